//! The text that Tera gets for a template, and the way back from its places to those of the file.

use super::syntax::segments;
use crate::text::Span;

/// The function that sees how large a value is that a template made; see [`limits`](super::limits).
pub(crate) const HELD: &str = "__held";
/// The function that loops call once a round, and blocks, components and includes once a use; see [`limits`](super::limits).
pub(crate) const ROUND: &str = "__round";

/// A template as Tera gets it.
///
/// Three things differ from the file: a comment that stands alone on its line is gone with its line break, so that a
/// comment never leaves an empty line in a note; each loop, block, component and include counts its rounds, and a value
/// that is made is seen to be small; the last line break is gone.
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
        let mut watch = Watch::default();
        for segment in &segments.list {
            prepared.copy(source, segment.given);
            if let Some(call) = watch.behind(&segments.tag(segment, source)) {
                let dash = if segment.dashes.behind { "-" } else { "" };
                prepared.text += &format!("{{{{ {call} {dash}}}}}");
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

/// What is put behind tags to keep a note within its bounds.
#[derive(Default)]
struct Watch<'t> {
    /// The names of the `set` blocks that are open.
    captured: Vec<&'t str>,
}

impl<'t> Watch<'t> {
    /// The call behind a tag, given its tokens.
    fn behind(&mut self, tag: &[&'t str]) -> Option<String> {
        match tag {
            ["for" | "include" | "block", ..] => Some(format!("{ROUND}()")),
            ["component", rest @ ..] => {
                // What a component is given may grow from one use to the next.
                let given: Vec<_> = parameters(rest).chain(["body"]).map(|name| format!("{name}={name}")).collect();
                Some(format!("{ROUND}({})", given.join(", ")))
            }
            ["set" | "set_global", name, "=", value @ ..] => {
                let is_small =
                    value.len() == 1 || value.iter().all(|token| matches!(*token, "." | "?.") || is_name(token));
                (!is_small).then(|| format!("{HELD}(value={name})"))
            }
            ["set" | "set_global", name, ..] => {
                self.captured.push(name);
                None
            }
            ["endset"] => self.captured.pop().map(|name| format!("{HELD}(value={name})")),
            _ => None,
        }
    }
}

/// The names of a component's parameters, from the tokens behind its tag's word.
fn parameters<'t>(tokens: &[&'t str]) -> impl Iterator<Item = &'t str> {
    let mut depth = 0;
    let is_parameter = move |pair: &&[&str]| {
        depth += match pair[0] {
            "(" | "[" | "{" => 1,
            ")" | "]" | "}" => -1,
            _ => 0,
        };
        depth == 1 && matches!(pair[0], "(" | "," | "@" | "...") && is_name(pair[1])
    };
    let pairs: Vec<_> = tokens.windows(2).filter(is_parameter).map(|pair| pair[1]).collect();
    pairs.into_iter()
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic())
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
    fn what_may_grow_is_watched() {
        let prepared = |source: &str| Prepared::new(source).text;
        assert_eq!(
            prepared("{% component ui.A(a, b: map = {\"x\": [c, d]}, @e, ...f) {\"g\": 1} %}"),
            "{% component ui.A(a, b: map = {\"x\": [c, d]}, @e, ...f) {\"g\": 1} %}{{ __round(a=a, b=b, e=e, f=f, body=body) }}"
        );
        assert_eq!(prepared("{% set a = 1 %}{% set_global b = c?.d %}"), "{% set a = 1 %}{% set_global b = c?.d %}");
        assert_eq!(prepared("{% set a = b ~ c -%} x"), "{% set a = b ~ c -%}{{ __held(value=a) -}} x");
        assert_eq!(
            prepared("{% set a %}{% set b | trim %}{% endset %}{% endset %}"),
            "{% set a %}{% set b | trim %}{% endset %}{{ __held(value=b) }}{% endset %}{{ __held(value=a) }}"
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
