//! `placeholder`: what a template left behind.

use super::{Found, Note};
use crate::rule::spec::PlaceholderKind;
use crate::text::{Span, Token, TokenKind};

pub(super) fn find(kind: PlaceholderKind, note: Note<'_>) -> Vec<Found> {
    let spans = match kind {
        PlaceholderKind::Field => fields(note),
        PlaceholderKind::Gap => gaps(note),
    };
    spans.into_iter().map(Found::at).collect()
}

/// Brackets that merge fields stand in. `strict` ones also hold ordinary words, so that only a known field counts.
const BRACKETS: &[(&str, &str, bool)] = &[
    ("{{", "}}", false),
    ("{%", "%}", false),
    ("${", "}", false),
    ("*|", "|*", false),
    ("%%", "%%", true),
    ("{", "}", true),
    ("[[", "]]", true),
    ("[", "]", true),
    ("<<", ">>", true),
    ("<", ">", true),
    ("(", ")", true),
    ("%", "%", true),
    ("#", "#", true),
];

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
    "detail",
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
];

/// The bytes that a bracket or a blank begins with.
const OPENS: [bool; 256] = {
    let mut opens = [false; 256];
    let mut rest: &[u8] = b"{[<(%*#$_";
    while let [first, behind @ ..] = rest {
        opens[*first as usize] = true;
        rest = behind;
    }
    opens
};

fn fields(note: Note<'_>) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let text = note.text;
    let mut at = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(|byte| OPENS[usize::from(*byte)]) {
        at += next;
        match bracketed(&text[at..]).or_else(|| blank(&text[at..])) {
            Some(len) => {
                found.push(Span::new(at, at + len));
                at += len;
            }
            None => at += 1,
        }
    }
    for (index, token) in note.tokens.tokens().iter().enumerate() {
        let inside = || found.iter().any(|span| span.contains(token.span));
        if token.capital && token.kind == TokenKind::Word && shouts_a_field(note, index) && !inside() {
            found.push(token.span);
        }
    }
    found.sort_unstable();
    found
}

/// Length of the merge field at the start of `text`.
fn bracketed(text: &str) -> Option<usize> {
    BRACKETS.iter().find_map(|&(open, close, strict)| {
        let inside = text.strip_prefix(open)?;
        let end = inside.char_indices().take(48).find(|(at, _)| inside[*at..].starts_with(close))?.0;
        let content = &inside[..end];
        let spaced = content.starts_with(' ') && matches!(open, "%" | "#" | "<");
        let field = if strict { !spaced && names_a_field(content) } else { !content.trim().is_empty() };
        field.then_some(open.len() + end + close.len())
    })
}

/// Length of a line to fill in: three underscores or more.
fn blank(text: &str) -> Option<usize> {
    let len = text.len() - text.trim_start_matches('_').len();
    (len >= 3).then_some(len)
}

/// Whether the words in a bracket name a field: `First Name`, `company_name`, `insert topic here`.
fn names_a_field(content: &str) -> bool {
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
    !words.is_empty() && words.len() <= 5 && words.iter().all(known) && (words.iter().any(field) || pair)
}

/// Words that stand only for a field when they are written in capitals.
const SHOUTED: &[&str] =
    &["firstname", "lastname", "fname", "lname", "companyname", "jobtitle", "eventname", "schoolname"];

/// Whether the word is a field in capitals: `FIRSTNAME`, or `NAME` behind a greeting, `COMPANY` behind `at`.
fn shouts_a_field(note: Note<'_>, index: usize) -> bool {
    let tokens = note.tokens.tokens();
    let token = &tokens[index];
    let written = &note.text[token.span.range()];
    if !written.chars().all(|c| c.is_uppercase() || c == '_') {
        return false;
    }
    let folded = note.tokens.folded(token);
    if SHOUTED.contains(&folded) || (written.len() >= 3 && written.bytes().all(|b| b == b'X')) {
        return true;
    }
    let before = index.checked_sub(1).map_or("", |before| note.tokens.folded(&tokens[before]));
    match folded {
        "name" => matches!(before, "hi" | "hello" | "hey" | "dear"),
        "company" => matches!(before, "at" | "for" | "with" | "from" | "of"),
        "first" | "last" => tokens.get(index + 1).is_some_and(|next| &note.text[next.span.range()] == "NAME"),
        _ => false,
    }
}

/// Words that need another one behind them.
const LEADS: &[&str] = &["at", "about", "for", "with", "in", "from", "to", "of", "on", "dear", "hi", "hello", "hey"];

/// Places where a value was empty: `Hi ,` and `meeting you at .`, with the blank that a template left.
fn gaps(note: Note<'_>) -> Vec<Span> {
    let tokens = note.tokens.tokens();
    let pairs = tokens.windows(2).filter_map(|pair| {
        let [word, mark]: &[Token; 2] = pair.try_into().ok()?;
        if !matches!(mark.kind, TokenKind::Mark(',' | '.')) || mark.span.len() != 1 {
            return None;
        }
        let blank = note.text.get(word.span.end..mark.span.start).filter(|blank| !blank.is_empty())?;
        let lead = word.kind == TokenKind::Word && LEADS.contains(&note.tokens.folded(word));
        let left = blank.chars().all(|c| c == ' ' || c == '\u{A0}');
        (lead && left).then(|| word.span.join(mark.span))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_fields_from_brackets_that_people_write() {
        for field in ["First Name", "company_name", "firstName", "insert topic here", "Company", "news item", "NAME"] {
            assert!(names_a_field(field), "{field}");
        }
        for words in ["citation needed", "sic", "rather long", "1", "at last", "the Rust one", ""] {
            assert!(!names_a_field(words), "{words}");
        }
    }

    #[test]
    fn a_bracket_is_found_whole() {
        assert_eq!(bracketed("{{ user.name }} x"), Some(15));
        assert_eq!(bracketed("*|FNAME|*, hi"), Some(9));
        assert_eq!(bracketed("(at last)"), None);
        assert_eq!(bracketed("{} is the empty set"), None);
        assert_eq!(bracketed("% of a 60% margin"), None);
    }
}
