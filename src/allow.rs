//! What a writer allows: rules that are silent in a note, in a template, or in some lines of it.
//!
//! `pushy/bump, spam/* until 2026-12-01 -- she asked me to`: rules or packs, perhaps the last day on which that counts,
//! perhaps the reason. The words are the same under `allow:` in front matter and in a template's comments.

use jiff::civil::Date;

use crate::contact::parse_day;
use crate::diagnostic::{Diagnostic, Level};
use crate::text::Span;
use crate::text::yaml::Located;

/// The id under which an entry is reported that cannot be read.
pub const SYNTAX: &str = "suppress/syntax";
/// The id under which an entry is reported that names no rule there is.
pub const UNKNOWN: &str = "suppress/unknown";
/// The id under which an entry is reported whose last day is over.
pub const EXPIRED: &str = "suppress/expired";
/// The id under which an entry is reported that silences nothing.
pub const UNUSED: &str = "suppress/unused";

/// Rules that are silent somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The rules: ids, or packs as `pack/*`; at least one. The spans are those of the file.
    pub rules: Vec<Located<String>>,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// Why.
    pub reason: Option<String>,
    /// The bytes of the file in which the rules are silent; all of it when `None`.
    pub covers: Option<Span>,
    /// How it is written.
    pub entry: Located<String>,
}

impl Allowance {
    /// Reads an entry that is for these bytes of its file, or for all of it.
    ///
    /// # Errors
    /// It names no rule, has a wrong day, or words that mean nothing.
    pub fn read(entry: &Located<String>, covers: Option<Span>) -> Result<Self, Diagnostic> {
        let mut allowance = Self { rules: Vec::new(), until: None, reason: None, covers, entry: entry.clone() };
        let text = entry.value.as_str();
        let mut words = Words { text, at: 0 };
        while let Some((at, word)) = words.next() {
            if is_dash(word) {
                let reason = text[at + word.len()..].trim();
                allowance.reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
                break;
            }
            allowance.take(at, word, &mut words)?;
        }
        if allowance.rules.is_empty() {
            return Err(wrong("no rule is named here", entry.span));
        }
        Ok(allowance)
    }

    /// Takes a word before the reason.
    fn take(&mut self, at: usize, word: &str, words: &mut Words<'_>) -> Result<(), Diagnostic> {
        let span = inside(&self.entry, at, word);
        let is_listed = words.text[..at].trim_end().ends_with(',');
        if word == "until" && !is_listed && !self.rules.is_empty() && self.until.is_none() {
            let day = words.next().filter(|(_, day)| !is_dash(day));
            let (at, day) = day.ok_or_else(|| wrong("no day stands behind `until`", span))?;
            let read = parse_day(day).map_err(|message| wrong(message, inside(&self.entry, at, day)))?;
            self.until = Some(read);
        } else if self.until.is_none() && (is_listed || self.rules.is_empty()) {
            self.rules.push(Located { value: word.to_owned(), span });
        } else {
            return Err(wrong(format!("“{word}” means nothing here"), span));
        }
        Ok(())
    }

    /// Whether its last day is over.
    #[must_use]
    pub fn is_over(&self, today: Option<Date>) -> bool {
        self.until.zip(today).is_some_and(|(until, today)| until < today)
    }

    /// The word by which it names a rule, if it does.
    #[must_use]
    pub fn named(&self, rule: &str) -> Option<&Located<String>> {
        self.rules.iter().find(|named| names(&named.value, rule))
    }
}

fn wrong(message: impl Into<String>, span: Span) -> Diagnostic {
    let help = "Write ID, ID until 2026-10-03 -- the reason. Only the first ID is needed.";
    Diagnostic::new(SYNTAX, Level::Warning, message, span).with_help(help)
}

/// The entries of a front matter, which are for the whole file, and what is wrong with others.
#[must_use]
pub fn read_all(entries: &[Located<String>]) -> (Vec<Allowance>, Vec<Diagnostic>) {
    let mut wrong = Vec::new();
    let read = entries.iter().filter_map(|entry| Allowance::read(entry, None).map_err(|found| wrong.push(found)).ok());
    (read.collect(), wrong)
}

/// Whether a word of an entry names a rule: its id, or its pack as `pack/*`.
#[must_use]
pub fn names(named: &str, rule: &str) -> bool {
    named == rule || named.strip_suffix('*').is_some_and(|pack| rule.starts_with(pack))
}

fn is_dash(word: &str) -> bool {
    matches!(word, "--" | "—" | "–")
}

/// The words of an entry, with their places; commas stand between words.
struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Words<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let is_gap = |c: char| c.is_whitespace() || c == ',';
        let start = self.at + self.text[self.at..].find(|c| !is_gap(c))?;
        let rest = &self.text[start..];
        let word = &rest[..rest.find(is_gap).unwrap_or(rest.len())];
        self.at = start + word.len();
        Some((start, word))
    }
}

/// The place of a word of an entry; that of the entry where it was written with escapes or over several lines.
fn inside(entry: &Located<String>, at: usize, word: &str) -> Span {
    let start = match entry.span.len().checked_sub(entry.value.len()) {
        Some(0) => entry.span.start + at,
        // With quotes around it.
        Some(2) => entry.span.start + 1 + at,
        _ => return entry.span,
    };
    Span::new(start, start + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str) -> Located<String> {
        Located { value: text.to_owned(), span: Span::new(10, 10 + text.len()) }
    }

    #[test]
    fn reads_rules_a_last_day_and_a_reason() {
        for (text, rules, until, reason) in [
            ("pushy/bump", &["pushy/bump"][..], None, None),
            ("pushy/bump -- she asked -- twice", &["pushy/bump"], None, Some("she asked -- twice")),
            ("a/b, c/*,d/e", &["a/b", "c/*", "d/e"], None, None),
            ("a/b until 2026-12-01", &["a/b"], Some("2026-12-01"), None),
            (" a/b,  c/d\n until 2026-12-01 — it is a fair", &["a/b", "c/d"], Some("2026-12-01"), Some("it is a fair")),
            ("* --", &["*"], None, None),
            ("a/b, until", &["a/b", "until"], None, None),
        ] {
            let read = Allowance::read(&entry(text), None).unwrap();
            let named: Vec<_> = read.rules.iter().map(|rule| rule.value.as_str()).collect();
            let until = until.map(|day: &str| day.parse().unwrap());
            assert_eq!((&*named, read.until, read.reason.as_deref()), (rules, until, reason), "{text}");
            for rule in read.rules {
                assert_eq!(text.get(rule.span.start - 10..rule.span.end - 10), Some(rule.value.as_str()), "{text}");
            }
        }
    }

    #[test]
    fn says_which_word_is_wrong() {
        for (text, place, message) in [
            ("", "", "no rule is named here"),
            (" -- reason", " -- reason", "no rule is named here"),
            ("a/b because she asked", "because", "“because” means nothing here"),
            ("a/b c/d", "c/d", "“c/d” means nothing here"),
            ("a/b until", "until", "no day stands behind `until`"),
            ("a/b until -- reason", "until", "no day stands behind `until`"),
            ("a/b until 2026-13-01", "2026-13-01", "“2026-13-01” is not a day: write it as in 2026-10-03"),
            ("a/b until 2026-12-01 or so", "or", "“or” means nothing here"),
            ("a/b until 2026-12-01 until 2026-12-02", "until", "“until” means nothing here"),
        ] {
            let found = Allowance::read(&entry(text), None).unwrap_err();
            assert_eq!(found.message, message, "{text}");
            assert_eq!(text.get(found.span.start - 10..found.span.end - 10), Some(place), "{text}");
        }
    }

    #[test]
    fn its_last_day_counts() {
        let read = Allowance::read(&entry("a/b until 2026-12-01"), None).unwrap();
        let on = |day: &str| read.is_over(Some(day.parse().unwrap()));
        assert_eq!((on("2026-11-30"), on("2026-12-01"), on("2026-12-02")), (false, false, true));
        assert!(!read.is_over(None));
    }

    #[test]
    fn a_word_in_quotes_or_with_escapes_has_a_place_in_the_file() {
        let quoted = Located { value: "a/b, c/d".into(), span: Span::new(4, 14) };
        assert_eq!(Allowance::read(&quoted, None).unwrap().rules[1].span, Span::new(10, 13));
        let escaped = Located { span: Span::new(4, 20), ..quoted };
        assert_eq!(Allowance::read(&escaped, None).unwrap().rules[1].span, Span::new(4, 20));
    }

    proptest::proptest! {
        #[test]
        fn reading_never_panics_and_keeps_to_the_entry(text in "(a/b|until|2026-1[0-3]-01|--|—|é|[ ,\n*]){0,9}") {
            let span = match Allowance::read(&entry(&text), None) {
                Ok(read) => read.rules.last().unwrap().span,
                Err(found) => found.span,
            };
            proptest::prop_assert!(text.get(span.start - 10..span.end - 10).is_some());
        }
    }
}
