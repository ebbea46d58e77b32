//! Which words stand for a merge field, in brackets or in capitals.

use super::Note;

/// Words that name a field by themselves.
const FIELDS: &[&str] = &[
    "name",
    "firstname",
    "lastname",
    "fname",
    "lname",
    "surname",
    "company",
    "companyname",
    "title",
    "jobtitle",
    "position",
    "role",
    "industry",
    "topic",
    "event",
    "eventname",
    "school",
    "university",
    "city",
    "location",
    "recipient",
    "contact",
    "product",
    "date",
    "link",
    "placeholder",
    "x",
    "xx",
    "xxx",
    "skill",
    "department",
    "firm",
    "organisation",
    "organization",
    "employer",
    "colleague",
    "prospect",
    "lead",
    "salutation",
];

/// Words that stand beside them.
const BESIDE: &[&str] = &[
    "first",
    "last",
    "full",
    "given",
    "family",
    "your",
    "their",
    "his",
    "her",
    "my",
    "the",
    "a",
    "an",
    "insert",
    "add",
    "job",
    "mutual",
    "connection",
    "connections",
    "news",
    "item",
    "current",
    "recent",
    "post",
    "article",
    "here",
    "of",
    "shared",
    "common",
    "friend",
    "interest",
    "project",
    "specific",
    "field",
    "group",
    "s",
    "or",
    "in",
    "user",
    "person",
    "contact",
    "sender",
    "talk",
    "subject",
    "url",
    "team",
    "work",
    "pain",
    "point",
    "value",
    "number",
    "check",
    "latest",
    "owner",
    "client",
    "customer",
    "conference",
    "museum",
    "exhibition",
    "personal",
    "sentence",
    "line",
    "detail",
];

/// Whether the words in a bracket name a field: `First Name`, `company_name`, `insert topic here`.
pub(super) fn names_a_field(content: &str) -> bool {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut lower_before = false;
    for c in content.chars() {
        let hump = c.is_uppercase() && lower_before;
        if (hump || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphabetic() {
            word.extend(c.to_lowercase());
        } else if !matches!(c, ' ' | '_' | '-' | '.' | '/' | '\'' | '’') && !c.is_numeric() {
            return false;
        }
        lower_before = c.is_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    let field = |word: &String| FIELDS.contains(&word.as_str());
    let known = |word: &String| field(word) || BESIDE.contains(&word.as_str());
    let pair = words.len() == 2
        && matches!(
            (words[0].as_str(), words[1].as_str()),
            ("news", "item") | ("mutual", "connection" | "friend") | ("pain", "point")
        );
    let pair =
        pair || words.windows(2).any(|two| two[0] == "personal" && matches!(&*two[1], "sentence" | "line" | "detail"));
    !words.is_empty() && words.len() <= 5 && words.iter().all(known) && (words.iter().any(field) || pair)
}

/// What a note to oneself asks for: `(paste the bit about their museum here)`.
const ASKED_FOR: &[&str] = &[
    "here",
    "name",
    "company",
    "their",
    "bit",
    "sentence",
    "topic",
    "detail",
    "something",
    "compliment",
    "personal",
    "recipient",
    "reference",
];

/// Whether the words in a bracket tell the writer what to do: `insert … here`, `fill in`, `LIST B - VERSION 2`.
pub(super) fn instructs(content: &str) -> bool {
    let lower = content.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let numbered = |word: &&str| word.chars().count() == 1 || word.chars().all(|c| c.is_ascii_digit());
    match words.as_slice() {
        ["fill", "in"] | ["insert", _] => true,
        ["insert" | "paste" | "personalise" | "personalize" | "customise" | "customize", rest @ ..] => {
            rest.iter().any(|word| ASKED_FOR.contains(word))
        }
        ["list" | "version" | "variant" | "template" | "segment", second, ..] => {
            numbered(second) && content.starts_with(char::is_uppercase)
        }
        _ => false,
    }
}

/// Whether a bracket holds one identifier: `achievement`, `last_talk`.
pub(super) fn identifies(content: &str) -> bool {
    content.len() > 2 && content.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}

/// Length of a field with a sign before it at the start of `text`: `$industry`, `@firstname`.
pub(super) fn signed(text: &str) -> Option<usize> {
    let inside = text.strip_prefix(['$', '@'])?;
    let word = &inside[..inside.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(inside.len())];
    let names = if text.starts_with('$') { FIELDS } else { SHOUTED };
    (word.len() > 3 && names.contains(&&*word.to_ascii_lowercase())).then_some(1 + word.len())
}

/// Words that stand only for a field when they are written in capitals.
const SHOUTED: &[&str] =
    &["firstname", "lastname", "fname", "lname", "surname", "companyname", "jobtitle", "eventname", "schoolname"];

/// Whether the word is a field in capitals: `FIRSTNAME`, or `NAME` behind a greeting, `COMPANY` behind `at`.
pub(super) fn shouts_a_field(note: Note<'_>, index: usize) -> bool {
    let tokens = note.tokens.tokens();
    let written = |at: usize| tokens.get(at).map_or("", |token| &note.text[token.span.range()]);
    let shouted = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c == '_');
    if !shouted(written(index)) {
        return false;
    }
    let folded = note.tokens.folded(&tokens[index]);
    if SHOUTED.contains(&folded) || (folded.len() >= 3 && folded.bytes().all(|b| b == b'x')) {
        return true;
    }
    let before = index.checked_sub(1).map_or("", |before| note.tokens.folded(&tokens[before]));
    let alone = !index.checked_sub(1).is_some_and(|before| shouted(written(before))) && !shouted(written(index + 1));
    match folded {
        "name" => matches!(before, "hi" | "hello" | "hey" | "dear" | "article" | "post" | "company" | "event" | "book"),
        "company" => matches!(before, "at" | "for" | "with" | "from" | "of"),
        "event" | "conference" | "project" | "topic" | "industry" | "city" | "university" => {
            alone && matches!(before, "at" | "on" | "in" | "about" | "from" | "of" | "for")
        }
        "first" | "last" => written(index + 1) == "NAME",
        "insert" => shouted(written(index + 1)) && !matches!(written(index + 1), "INTO" | "OR" | "ALL" | "VALUES"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_fields_from_brackets_that_people_write() {
        for field in [
            "First Name",
            "company_name",
            "firstName",
            "insert topic here",
            "Company",
            "news item",
            "NAME",
            "first name of owner",
            "conference name",
            "personal sentence here",
            "topic of latest post - check",
        ] {
            assert!(names_a_field(field), "{field}");
        }
        for words in ["citation needed", "sic", "rather long", "1", "at last", "the Rust one", "article here", ""] {
            assert!(!names_a_field(words), "{words}");
        }
    }

    #[test]
    fn tells_notes_to_oneself_from_asides() {
        for note in [
            "paste the bit about their museum here, check spelling",
            "LIST B - VERSION 2",
            "fill in",
            "insert a compliment",
        ] {
            assert!(instructs(note), "{note}");
        }
        for aside in
            ["paste, not powder", "insert the key upside down", "list below", "fill in both sides", "version two"]
        {
            assert!(!instructs(aside), "{aside}");
        }
    }

    #[test]
    fn a_sign_before_a_field_makes_it_one() {
        assert_eq!(signed("$industry firms"), Some(9));
        assert_eq!(signed("@firstname, hello"), Some(10));
        assert_eq!(signed("@company is our name there"), None);
        assert_eq!(signed("$80 to a charity"), None);
        assert_eq!(signed("$x and $PATH"), None);
    }
}
