//! `pattern`: a regular expression over the note with plain quotes, dashes and spaces.

use regex::Regex;

use super::{Found, Note};
use crate::text::{Span, fold_mark};

/// The note as patterns see it, made once per note and only when a pattern asks. The buffers are kept from note to note.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    text: String,
    /// Offsets behind which the plain text has lost bytes: (plain offset, source offset). Without them the note is
    /// plain as it stands.
    shifts: Vec<(usize, usize)>,
    made: bool,
}

impl Plain {
    /// Forgets the note before.
    pub fn clear(&mut self) {
        self.text.clear();
        self.shifts.clear();
        self.made = false;
    }

    /// The plain text of `source`: curly quotes, dashes and odd spaces are the ones of a typewriter.
    pub fn text<'a>(&'a mut self, source: &'a str) -> &'a str {
        if !self.made {
            self.made = true;
            if !source.is_ascii() {
                self.make(source);
            }
        }
        if self.shifts.is_empty() { source } else { &self.text }
    }

    fn make(&mut self, source: &str) {
        let (mut copied, mut at) = (0, 0);
        while let Some(next) = source.as_bytes()[at..].iter().position(|byte| !byte.is_ascii()) {
            let start = at + next;
            let Some(c) = source[start..].chars().next() else { break };
            at = start + c.len_utf8();
            if let Some(plain) = plain(c) {
                self.text.push_str(&source[copied..start]);
                self.text.push(plain);
                self.shifts.push((self.text.len(), at));
                copied = at;
            }
        }
        self.text.push_str(&source[copied..]);
    }

    /// The offset in the source of an offset in the plain text.
    fn source(&self, at: usize) -> usize {
        match self.shifts.partition_point(|(plain, _)| *plain <= at).checked_sub(1) {
            Some(before) => self.shifts[before].1 + (at - self.shifts[before].0),
            None => at,
        }
    }
}

/// The typewriter's letter for one beyond ASCII, if it has one.
fn plain(c: char) -> Option<char> {
    let plain = match c {
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        _ => fold_mark(c),
    };
    plain.is_ascii().then_some(plain)
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
}
