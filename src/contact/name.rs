use unicode_segmentation::UnicodeSegmentation;

/// Small words that belong to a name and keep their case.
const PARTICLES: [&str; 12] = ["van", "von", "der", "den", "de", "da", "di", "du", "la", "le", "al", "bin"];
/// Titles before a name, without their full stop.
const TITLES: [&str; 11] = ["dr", "prof", "mr", "mrs", "ms", "mx", "miss", "sir", "dipl", "ing", "rev"];

/// A first name fit for a greeting: `JOHN` is John, `Ana 🚀` Ana, `Dr. Ada, PhD` Ada; `O'Brien`, `McDonald`, `Zoë` and
/// `van der Berg` stay as they are.
///
/// A name of which nothing would be left comes back trimmed.
#[must_use]
pub fn tidy_first_name(name: &str) -> String {
    let core = core(name);
    let words: Vec<String> = core.split_whitespace().filter(|word| !is_title(word)).map(tidy_word).collect();
    let tidy = words.iter().filter(|word| !word.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    if tidy.is_empty() { name.trim().to_owned() } else { tidy }
}

/// The name without what stands behind a comma or in brackets: a degree, a pronoun or a company.
fn core(name: &str) -> &str {
    name.split([',', '(', '[', '|', '/', '“', '"']).find(|part| !part.trim().is_empty()).unwrap_or(name)
}

/// The first and the last name in a whole one: Ada and Lovelace in `Dr. Ada Lovelace, PhD`. `None` for one that says
/// nothing.
#[must_use]
pub fn split_name(name: &str) -> Option<(String, Option<String>)> {
    let is_word = |word: &&str| !is_title(word) && word.contains(char::is_alphabetic);
    let words: Vec<_> = core(name).split_whitespace().filter(is_word).collect();
    // Who is called `van der Berg` alone is greeted so.
    let first = words.iter().take_while(|word| PARTICLES.contains(word)).count() + 1;
    let (first, last) = words.split_at(first.min(words.len()));
    let first = if first.is_empty() { name.trim().to_owned() } else { first.join(" ") };
    (!first.is_empty()).then(|| (first, Some(last.join(" ")).filter(|last| !last.is_empty())))
}

fn is_title(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|title| TITLES.contains(&title.to_lowercase().as_str()))
}

/// One word of a name: letters and the marks of names only, capitals as in a name.
fn tidy_word(word: &str) -> String {
    let kept: String = word.graphemes(true).filter(|cluster| belongs(cluster)).collect();
    let kept = kept.trim_matches(['-', '\'', '’']).to_owned();
    let letters = || kept.chars().filter(|c| c.is_alphabetic());
    let shouts = letters().count() > 2 && letters().all(char::is_uppercase);
    let whispers = letters().all(char::is_lowercase) && !PARTICLES.contains(&kept.as_str());
    if shouts || whispers { capitalised(&kept) } else { kept }
}

fn belongs(cluster: &str) -> bool {
    // Mathematical letters (𝗔𝗻𝗮) are alphabetic, but no name.
    let plain = |c: char| c.is_alphabetic() && !('\u{1D400}'..='\u{1D7FF}').contains(&c);
    cluster.chars().next().is_some_and(|c| plain(c) || matches!(c, '-' | '\'' | '’' | '.'))
}

/// Each part of `JEAN-LUC` and `O'BRIEN` with one capital. Scripts without case stay as they are.
fn capitalised(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut at_start = true;
    for c in word.chars() {
        if at_start {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        at_start = matches!(c, '-' | '\'' | '’');
    }
    out
}

/// The possessive of a name: `Ana’s`, `James’s`.
#[must_use]
pub fn possessive(name: &str) -> String {
    format!("{name}’s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_a_whole_name() {
        for (name, first, last) in [
            ("Ana Silva", "Ana", "Silva"),
            ("Ana", "Ana", ""),
            ("DR. ANA SILVA, PhD 🚀", "ANA", "SILVA"),
            ("🌍 Zoë van der Berg (she/her)", "Zoë", "van der Berg"),
            ("van der Berg", "van der Berg", ""),
            ("🚀", "🚀", ""),
        ] {
            let last = Some(last.to_owned()).filter(|last| !last.is_empty());
            assert_eq!(split_name(name), Some((first.to_owned(), last)), "{name}");
        }
        assert_eq!(split_name("  "), None);
    }

    #[test]
    fn tidies_a_first_name_for_a_greeting() {
        let cases = [
            ("JOHN", "John"),
            ("john", "John"),
            ("Ana 🚀", "Ana"),
            ("🌍 Zoë 👩‍💻", "Zoë"),
            ("Dr. Ada", "Ada"),
            ("Smith, PhD", "Smith"),
            ("JEAN-LUC", "Jean-Luc"),
            ("O'Brien", "O'Brien"),
            ("O'BRIEN", "O'Brien"),
            ("McDonald", "McDonald"),
            ("van der Berg", "van der Berg"),
            ("Ana (she/her)", "Ana"),
            ("  Mary   Ann ", "Mary Ann"),
            ("JD", "JD"),
            ("J. R.", "J. R."),
            ("ayşe", "Ayşe"),
            ("ŁUKASZ", "Łukasz"),
            ("李", "李"),
            ("आन्या", "आन्या"),
            ("\u{1D5D4}\u{1D5FB}\u{1D5EE}", "\u{1D5D4}\u{1D5FB}\u{1D5EE}"),
            ("🚀", "🚀"),
        ];
        for (given, tidy) in cases {
            assert_eq!(tidy_first_name(given), tidy, "{given}");
        }
    }

    #[test]
    fn tidying_twice_changes_nothing() {
        for name in ["JOHN", "Dr. Ada, PhD", "O'BRIEN", "Ana 🚀", "van der Berg"] {
            let once = tidy_first_name(name);
            assert_eq!(tidy_first_name(&once), once);
        }
    }
}
