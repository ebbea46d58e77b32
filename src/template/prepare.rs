//! The text that Tera gets for a template, and the way back from its places to those of the file.

use super::syntax::segments;
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
        let segments = segments(source);
        for segment in &segments.list {
            prepared.copy(source, segment.given);
            // What follows may run many times.
            if matches!(segments.word(segment, source), Some("for" | "component")) {
                let dash = if segment.dashes.behind { "-" } else { "" };
                prepared.text += &format!("{{{{ {ROUND}() {dash}}}}}");
            }
        }
        prepared
    }

    fn copy(&mut self, source: &str, given: Span) {
        // A stretch goes on as long as nothing is left out of it or put into it.
        let goes_on = |&(here, there): &(usize, usize)| self.text.len() - here + there == given.start;
        if !given.is_empty() && !self.stretches.last().is_some_and(goes_on) {
            self.stretches.push((self.text.len(), given.start));
        }
        self.text += &source[given.range()];
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
