/// Words that begin with a vowel letter and a consonant sound.
const CONSONANT_SOUND: [&str; 14] =
    ["uni", "use", "usu", "util", "uk", "eu", "ewe", "one", "once", "ubiq", "ufo", "uran", "urol", "uto"];
/// Words whose `h` is silent.
const SILENT_H: [&str; 5] = ["hour", "honest", "honour", "honor", "heir"];
/// Words that begin with `uni` and a vowel sound.
const UNI_VOWEL: [&str; 3] = ["unin", "unim", "unid"];

/// Whether a phrase takes `an`: by the sound of its first word, an acronym by its letters' names.
fn takes_an(phrase: &str) -> bool {
    let word = phrase.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let number = word.trim_end_matches(|c: char| c.is_alphabetic());
        return number.starts_with('8') || number == "11" || number == "18";
    }
    let is_acronym = word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if is_acronym || word.chars().count() == 1 {
        return word.starts_with(|c: char| "AEFHILMNORSX".contains(c.to_ascii_uppercase()));
    }
    let word = word.to_lowercase();
    let begins = |list: &[&str]| list.iter().any(|start| word.starts_with(start));
    if begins(&SILENT_H) {
        return true;
    }
    if begins(&CONSONANT_SOUND) && !begins(&UNI_VOWEL) {
        return false;
    }
    word.starts_with(|c: char| "aeiouàáâäåæèéêëìíîïòóôöøùúûü".contains(c))
}

/// Posts that one person of a house holds: `CTO`, and these before `of`.
const SOLE: [&str; 10] =
    ["head", "director", "chair", "dean", "president", "founder", "co-founder", "owner", "chief", "editor"];

/// Whether a phrase stands without an article: it has its determiner, or one person holds the post.
fn stands_alone(phrase: &str) -> bool {
    let mut words = phrase.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let next = words.next().unwrap_or_default().to_lowercase();
    let determined = ["a", "an", "the", "my", "your", "our", "one"].contains(&first.as_str());
    let sole = SOLE.contains(&first.as_str()) && (next == "of" || first == "chief");
    determined || sole || ["ceo", "cto", "cfo", "coo", "vp", "svp"].contains(&first.as_str())
}

/// The phrase with its indefinite article before it: `an engineer`, `a union rep`, `an MBA`. A post that one person
/// holds gets none (`head of audit`, `CTO`), nor does a phrase that has its own.
#[must_use]
pub fn a_or_an(phrase: &str) -> String {
    if stands_alone(phrase) {
        return phrase.to_owned();
    }
    let article = if takes_an(phrase) { "an" } else { "a" };
    format!("{article} {phrase}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_that_one_person_holds_gets_no_article() {
        for phrase in ["head of audit", "CTO", "Director of Nursing", "the night editor", "chief surveyor"] {
            assert_eq!(a_or_an(phrase), phrase);
        }
        assert_eq!(a_or_an("chair"), "a chair");
    }

    #[test]
    fn goes_by_the_sound() {
        let cases = "an engineer|a union rep|an MBA|a UX writer|an hour|a European|an SRE|a one-off|an 8-hour day|a PhD|\
                     an uninvited guest|a designer|an X-ray|an Áras guide|a user|an underwriter|an HR lead|an NGO|\
                     an urgent case|a utility planner|an heir|a house|an 18th birthday|a 100-mile run|an unidentified bird";
        for case in cases.split('|') {
            let (_, phrase) = case.split_once(' ').unwrap();
            assert_eq!(a_or_an(phrase), case);
        }
    }
}
