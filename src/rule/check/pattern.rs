//! `pattern`: a regular expression over the note with plain quotes, dashes and spaces.

use std::borrow::Cow;

use regex::Regex;

use super::{Found, Note};
use crate::text::{Span, fold_mark};

/// The note as patterns see it, made once per note and only when a pattern asks.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    text: Option<String>,
    /// Offsets behind which the plain text has lost bytes: (plain offset, source offset).
    shifts: Vec<(usize, usize)>,
    made: bool,
}

impl Plain {
    /// Forgets the note before.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The plain text of `source`: curly quotes, dashes and odd spaces are the ones of a typewriter.
    pub fn text<'a>(&'a mut self, source: &'a str) -> &'a str {
        if !self.made {
            self.made = true;
            if !source.is_ascii() {
                self.make(source);
            }
        }
        self.text.as_deref().unwrap_or(source)
    }

    fn make(&mut self, source: &str) {
        let mut text = String::with_capacity(source.len());
        for (at, c) in source.char_indices() {
            let plain = match c {
                '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
                '…' => c,
                _ => fold_mark(c),
            };
            text.push(plain);
            if plain.len_utf8() != c.len_utf8() {
                self.shifts.push((text.len(), at + c.len_utf8()));
            }
        }
        if !self.shifts.is_empty() {
            self.text = Some(text);
        }
    }

    /// The offset in the source of an offset in the plain text.
    fn source(&self, at: usize) -> usize {
        match self.shifts.partition_point(|(plain, _)| *plain <= at).checked_sub(1) {
            Some(before) => self.shifts[before].1 + (at - self.shifts[before].0),
            None => at,
        }
    }
}

/// What the matches of all patterns hold, so that one look at a note tells which can match.
#[derive(Clone, Debug, Default)]
pub struct Needles {
    /// Needles by their first byte: the pattern's number and the rest of the needle.
    by_first: Vec<Vec<(usize, Box<[u8]>)>>,
    /// One bit for each pair of bytes that a needle begins with: most places are turned away here.
    pairs: Vec<u64>,
    /// Patterns without needles, and the bytes of their shortest match.
    always: Vec<(usize, usize)>,
    /// Whether capitals matter.
    exact: bool,
}

impl Needles {
    /// Needles that are compared as they are written.
    #[must_use]
    pub fn exact() -> Self {
        Self { exact: true, ..Self::default() }
    }

    /// Adds a pattern's needles (in lower case unless capitals matter); without needles it is a candidate for texts of `least` bytes.
    pub fn add(&mut self, pattern: usize, needles: &[String], least: usize) {
        self.by_first.resize(256, Vec::new());
        if needles.is_empty() {
            self.always.push((pattern, least));
        }
        for needle in needles {
            let bytes = needle.as_bytes();
            self.pairs.resize(1024, 0);
            let seconds = bytes.get(1).map_or(0..=255, |second| *second..=*second);
            for second in seconds {
                let pair = pair(bytes[0], second);
                self.pairs[pair / 64] |= 1 << (pair % 64);
            }
            self.by_first[bytes[0] as usize].push((pattern, bytes[1..].into()));
        }
    }

    /// Adds the patterns that may match a text.
    pub fn candidates(&self, text: &str, found: &mut Vec<usize>) {
        found.extend(self.always.iter().filter(|(_, least)| text.len() >= *least).map(|(pattern, _)| *pattern));
        if self.pairs.is_empty() {
            return;
        }
        let folded = match (self.exact, text.is_ascii()) {
            (true, _) => Cow::Borrowed(text),
            (false, true) => Cow::Owned(text.to_ascii_lowercase()),
            // Letters beyond ASCII change bytes when their case changes.
            (false, false) => Cow::Owned(text.to_lowercase()),
        };
        let bytes = folded.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let pair = pair(*byte, bytes.get(at + 1).copied().unwrap_or(0));
            if self.pairs[pair / 64] & (1 << (pair % 64)) == 0 {
                continue;
            }
            for (pattern, rest) in &self.by_first[usize::from(*byte)] {
                if bytes[at + 1..].starts_with(rest) && !found.contains(pattern) {
                    found.push(*pattern);
                }
            }
        }
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

pub(super) fn find(note: Note<'_>, regex: &Regex, plain: &mut Plain) -> Vec<Found> {
    let text = plain.text(note.text);
    let spans: Vec<_> = regex.find_iter(text).map(|found| found.range()).collect();
    let found = spans.into_iter().filter(|range| !range.is_empty()).map(|range| {
        let span = Span::new(plain.source(range.start), plain.source(range.end));
        Found::at(widen(note.text, span))
    });
    found.collect()
}

/// The span with the words at its edges whole.
fn widen(text: &str, span: Span) -> Span {
    let inside = |c: char| c.is_alphanumeric();
    let mut span = span;
    if text[span.range()].starts_with(inside) {
        span.start -= text[..span.start].chars().rev().take_while(|c| inside(*c)).map(char::len_utf8).sum::<usize>();
    }
    if text[span.range()].ends_with(inside) {
        span.end += text[span.end..].chars().take_while(|c| inside(*c)).map(char::len_utf8).sum::<usize>();
    }
    span
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_its_way_back_from_the_plain_text() {
        let source = "a “b” — c\u{A0}d";
        let mut plain = Plain::default();
        assert_eq!(plain.text(source), "a \"b\" - c d");
        let at = plain.text(source).find('d').unwrap();
        assert_eq!(&source[plain.source(at)..], "d");
        assert_eq!(&source[plain.source(3)..plain.source(4)], "b");
    }

    #[test]
    fn needles_ignore_case() {
        let mut needles = Needles::default();
        needles.add(3, &["cal.".into()], 4);
        needles.add(1, &[], 1);
        needles.add(2, &[], 500);
        let mut found = Vec::new();
        needles.candidates("see CAL.example, é", &mut found);
        assert_eq!(found, [1, 3]);
        found.clear();
        needles.candidates("see", &mut found);
        assert_eq!(found, [1]);
    }
}
