//! What a finding is known by from one run to the next, however the lines above it change.

use std::collections::HashMap;

use super::Found;
use crate::diagnostic::{Diagnostic, Inserted};
use crate::text::{Span, fold};

/// What tells a finding from the others of its rule: the words that were found. A finding about the note as a whole
/// has none, so that a change to the note does not make it another one.
pub(super) fn key(text: &str, found: &Diagnostic) -> String {
    let words = words(text, found).map(|span| fold(&text[span.range()])).unwrap_or_default();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Findings of more bytes than this are about the note, not about words in it.
const WORDS: usize = 120;

/// The words of a text that a finding is about. A rule that does not quote them is about the note as a whole.
pub(super) fn words(text: &str, found: &Diagnostic) -> Option<Span> {
    let quotes = found.check.is_none() || found.inserts.iter().any(|insert| insert.of == Inserted::Found);
    let fits = |span: &Span| !span.is_empty() && span.len() <= WORDS && text.get(span.range()).is_some();
    Some(found.span).filter(fits).filter(|_| quotes)
}

/// Gives out fingerprints, and tells equal findings of a file by their order.
#[derive(Debug, Default)]
pub struct Fingerprints<'a> {
    seen: HashMap<[&'a str; 3], usize>,
}

impl<'a> Fingerprints<'a> {
    /// The fingerprint of a finding in its file: 16 hexadecimal digits. Take them in the order of the findings.
    pub fn of(&mut self, found: &'a Found) -> String {
        self.next(&found.region.file, &found.rule, &found.key)
    }

    /// The fingerprint of what is said of a file.
    pub fn next(&mut self, file: &'a str, rule: &'a str, key: &'a str) -> String {
        let times = self.seen.entry([file, rule, key]).or_default();
        *times += 1;
        let order = times.to_string();
        format!("{:016x}", hash([file, rule, key, &order].into_iter()))
    }
}

/// 64-bit FNV-1a of several texts. A hash map's hasher may change with its crate; this one has to stay.
fn hash<'t>(texts: impl Iterator<Item = &'t str>) -> u64 {
    let bytes = texts.flat_map(|text| text.bytes().chain(std::iter::once(0)));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{CheckKind, Level};

    #[test]
    fn the_hash_is_the_published_one() {
        // The test vectors for an empty byte and "a", with the zero byte that ends each text.
        assert_eq!(hash(std::iter::empty()), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash([""].into_iter()), 0xaf63_bd4c_8601_b7df);
    }

    #[test]
    fn words_are_known_again_in_another_line_and_other_capitals() {
        let found = |start, end| Diagnostic::new("x/y", Level::Warning, "", Span::new(start, end));
        let text = "Hi Ana,\nTouch \r\n base";
        assert_eq!(key(text, &found(8, text.len())), "touch base");
        assert_eq!(key(text, &found(0, 3)), key("hi ", &found(0, 3)));
        assert_eq!(key(&"a ".repeat(100), &found(0, 200)), "");
        assert_eq!(key("é", &found(1, 2)), "");
        let about_the_note = Diagnostic { check: Some(CheckKind::Length), ..found(0, 3) };
        assert_eq!(key(text, &about_the_note), "");
    }

    #[test]
    fn equal_findings_of_a_file_are_told_by_their_order() {
        let mut one = Fingerprints::default();
        let first = one.next("a.md", "x/y", "asap");
        assert_ne!(one.next("a.md", "x/y", "asap"), first);
        assert_ne!(one.next("b.md", "x/y", "asap"), first);
        assert_eq!(Fingerprints::default().next("a.md", "x/y", "asap"), first);
    }
}
