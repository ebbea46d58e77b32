//! The text that Tera gets for a template, and the way back from its places to those of the file.

use super::syntax::{Token, TokenKind, tokens};
use crate::text::Span;

/// The function that loops call once a round; see [`limits`](super::limits).
pub(crate) const ROUND: &str = "__round";

/// A template as Tera gets it.
///
/// Three things differ from the file: a comment that stands alone on its line is gone with its line break, so that a
/// comment never leaves an empty line in a note; each loop counts its rounds; the last line break is gone.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub(crate) text: String,
    /// Where stretches of the file begin: offset here, offset in the file.
    stretches: Vec<(usize, usize)>,
    /// Length of the file.
    end: usize,
}

impl Prepared {
    pub(crate) fn new(source: &str) -> Self {
        let mut prepared = Self { text: String::with_capacity(source.len()), stretches: Vec::new(), end: source.len() };
        let mut at = 0;
        for token in tokens(source) {
            if let Some(line) = lone_comment(source, &token).filter(|line| line.start >= at) {
                prepared.copy(source, at, line.start);
                at = line.end;
            } else if loops(source, &token) {
                prepared.copy(source, at, token.span.end);
                at = token.span.end;
                let dash = if token.trims_right { "-" } else { "" };
                prepared.text += &format!("{{{{ {ROUND}() {dash}}}}}");
            }
        }
        prepared.copy(source, at, source.len());
        // The line break at the end belongs to the file, not to the text that another template includes.
        let end = prepared.text.strip_suffix('\n').map(|text| text.strip_suffix('\r').unwrap_or(text).len());
        prepared.text.truncate(end.unwrap_or(prepared.text.len()));
        prepared
    }

    fn copy(&mut self, source: &str, from: usize, to: usize) {
        self.stretches.push((self.text.len(), from));
        self.text += &source[from..to];
    }

    /// The bytes of the file behind a range of the prepared text.
    pub(crate) fn source_span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source_offset(start), self.source_offset(end))
    }

    fn source_offset(&self, at: usize) -> usize {
        let next = self.stretches.partition_point(|&(here, _)| here <= at);
        let Some(&(here, there)) = next.checked_sub(1).and_then(|last| self.stretches.get(last)) else { return 0 };
        // What was put in between belongs to the place it stands at.
        let limit = self.stretches.get(next).map_or(self.end, |&(_, there)| there);
        (there + (at - here)).min(limit)
    }
}

/// The lines of a comment with nothing else on them, with the line break behind it.
fn lone_comment(source: &str, token: &Token) -> Option<Span> {
    if token.kind != TokenKind::Comment {
        return None;
    }
    let before = &source[..token.span.start];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let after = &source[token.span.end..];
    let end = after.find('\n').map_or(after.len(), |at| at + 1);
    let is_blank = |text: &str| text.chars().all(char::is_whitespace);
    let alone = is_blank(&before[start..].replace('\u{feff}', "")) && is_blank(&after[..end]);
    alone.then(|| Span::new(start, token.span.end + end))
}

/// Whether what follows the token may run many times.
fn loops(source: &str, token: &Token) -> bool {
    let word = source[token.inner.range()].split_whitespace().next();
    token.kind == TokenKind::Tag && matches!(word, Some("for" | "component"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_alone_on_its_line_goes_with_its_line_break() {
        let source = "{# a\nb #}\nHi\n  {# c #}\n{{ x }} {# d #}\n{# e #}";
        let prepared = Prepared::new(source);
        assert_eq!(prepared.text, "Hi\n{{ x }} {# d #}");
        let at = prepared.text.find('x').unwrap();
        assert_eq!(
            prepared.source_span(at, at + 1),
            Span::new(source.find('x').unwrap(), source.find('x').unwrap() + 1)
        );
    }

    #[test]
    fn a_loop_counts_its_rounds_and_places_stay() {
        let source = "{% for f in facts -%} {{ f }}{% endfor %}";
        let prepared = Prepared::new(source);
        assert_eq!(prepared.text, "{% for f in facts -%}{{ __round() -}} {{ f }}{% endfor %}");
        for (at, c) in source.char_indices() {
            let places = prepared.text.char_indices().map(|(here, _)| here);
            let here = places.rev().find(|&here| prepared.source_offset(here) == at);
            assert!(here.is_some_and(|here| prepared.text[here..].starts_with(c)), "{at}");
        }
    }
}
