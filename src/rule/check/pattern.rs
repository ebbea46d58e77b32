//! `pattern`: a regular expression over the note with plain quotes, dashes and spaces.

use std::borrow::Cow;

use regex::Regex;
use rustc_hash::FxHashMap;

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

/// A pattern's number, and a needle without its first three bytes.
type Needle = (usize, Box<[u8]>);

/// What the matches of all patterns hold, so that one look at a note tells which can match.
#[derive(Clone, Debug, Default)]
pub struct Needles {
    /// Needles of three bytes and more by their first three: the pattern's number and the rest of the needle.
    long: FxHashMap<[u8; 3], Vec<Needle>>,
    /// One bit for each hash of three bytes that a needle begins with: most places are turned away here.
    heads: Vec<u64>,
    /// Shorter needles, with the pattern's number.
    short: Vec<(usize, String)>,
    /// Patterns without needles, and the bytes of their shortest match.
    always: Vec<(usize, usize)>,
    /// Patterns that match nothing in ASCII.
    beyond_ascii: Vec<usize>,
    /// Patterns that match nothing without a digit.
    digit: Vec<usize>,
    /// Whether capitals matter.
    exact: bool,
}

impl Needles {
    /// Needles that are compared as they are written.
    #[must_use]
    pub fn exact() -> Self {
        Self { exact: true, ..Self::default() }
    }

    /// Adds a pattern's needles (in lower case unless capitals matter); without needles it is a candidate for texts
    /// of `least` bytes. `digit` says that it matches nothing without a digit.
    pub fn add(&mut self, pattern: usize, needles: &[String], digit: bool, least: usize) {
        self.digit.extend(digit.then_some(pattern));
        self.heads.resize(1024, 0);
        if needles.is_empty() {
            self.always.push((pattern, least));
        }
        for needle in needles {
            match needle.as_bytes().split_first_chunk::<3>() {
                Some((head, rest)) => {
                    let bit = head_bit(*head);
                    self.heads[bit / 64] |= 1 << (bit % 64);
                    self.long.entry(*head).or_default().push((pattern, rest.into()));
                }
                None => self.short.push((pattern, needle.clone())),
            }
        }
    }

    /// Adds a pattern that matches nothing in ASCII; it is a candidate for every other text.
    pub fn add_beyond_ascii(&mut self, pattern: usize) {
        self.beyond_ascii.push(pattern);
    }

    /// Adds the patterns that may match a text.
    pub fn candidates(&self, text: &str, found: &mut Vec<usize>) {
        self.holding(text, found);
        if !self.digit.is_empty() && !text.bytes().any(|byte| byte.is_ascii_digit()) {
            found.retain(|pattern| !self.digit.contains(pattern));
        }
    }

    /// Adds the patterns of which the text holds a needle.
    fn holding(&self, text: &str, found: &mut Vec<usize>) {
        found.extend(self.always.iter().filter(|(_, least)| text.len() >= *least).map(|(pattern, _)| *pattern));
        if !self.beyond_ascii.is_empty() && !text.is_ascii() {
            found.extend(&self.beyond_ascii);
        }
        if self.heads.is_empty() {
            return;
        }
        // Two letters beyond ASCII fold to ASCII ones: the long s and the Kelvin sign.
        let odd = !self.exact && !text.is_ascii() && text.contains(['\u{17F}', '\u{212A}']);
        if odd {
            let all = self.long.values().flatten().map(|(pattern, _)| *pattern);
            found.extend(all.chain(self.short.iter().map(|(pattern, _)| *pattern)));
            found.sort_unstable();
            return found.dedup();
        }
        let folded = if self.exact { Cow::Borrowed(text) } else { Cow::Owned(text.to_ascii_lowercase()) };
        for (pattern, needle) in &self.short {
            if !found.contains(pattern) && holds(folded.as_bytes(), needle.as_bytes()) {
                found.push(*pattern);
            }
        }
        let bytes = folded.as_bytes();
        for (at, head) in bytes.windows(3).enumerate() {
            let head = [head[0], head[1], head[2]];
            let bit = head_bit(head);
            if self.heads[bit / 64] & (1 << (bit % 64)) == 0 {
                continue;
            }
            for (pattern, rest) in self.long.get(&head).into_iter().flatten() {
                if bytes[at + 3..].starts_with(rest) && !found.contains(pattern) {
                    found.push(*pattern);
                }
            }
        }
    }
}

/// Whether a text holds one or two bytes in a row.
fn holds(text: &[u8], needle: &[u8]) -> bool {
    match needle {
        [only] => text.contains(only),
        [first, second] => text.windows(2).any(|pair| pair == [*first, *second]),
        _ => false,
    }
}

fn head_bit(head: [u8; 3]) -> usize {
    let three = u32::from(head[0]) << 16 | u32::from(head[1]) << 8 | u32::from(head[2]);
    (three.wrapping_mul(0x9E37_79B1) >> 16) as usize
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
        needles.add(3, &["cal.".into()], false, 4);
        needles.add(1, &[], false, 1);
        needles.add(2, &[], false, 500);
        let mut found = Vec::new();
        needles.candidates("see CAL.example, é", &mut found);
        assert_eq!(found, [1, 3]);
        found.clear();
        needles.candidates("see", &mut found);
        assert_eq!(found, [1]);
    }
}
