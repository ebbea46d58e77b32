//! Notes as people read them, with what was found in them marked.

use super::fingerprint;
use crate::diagnostic::Diagnostic;
use crate::lint::Readiness;
use crate::text::Span;

/// A note as people read it.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The invented person it is written to, if a template gave it.
    pub sample: Option<String>,
    /// Its text; what was found in it is marked.
    pub text: Vec<Stretch>,
    /// How long it is and may be: `172/200`.
    pub gauge: String,
    /// What it still needs.
    pub readiness: Readiness,
    /// The text before the change that is under review, if it is known.
    pub before: Option<String>,
}

/// A part of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The words.
    pub text: String,
    /// Whether something was found here.
    pub marked: bool,
}

/// A note cut where what was found begins and ends.
pub(super) fn stretches(text: &str, diagnostics: &[Diagnostic]) -> Vec<Stretch> {
    let spans = diagnostics.iter().filter_map(|found| fingerprint::words(text, found));
    let mut spans: Vec<Span> = spans.collect();
    spans.sort();
    let mut out = Vec::new();
    let mut at = 0;
    let mut add = |from: usize, to: usize, marked: bool| {
        let text = text.get(from..to).filter(|text| !text.is_empty());
        out.extend(text.map(|text| Stretch { text: text.to_owned(), marked }));
    };
    for span in spans {
        if span.start > at {
            add(at, span.start, false);
        }
        add(span.start.max(at), span.end.max(at), true);
        at = at.max(span.end);
    }
    add(at, text.len(), false);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Level;

    #[test]
    fn what_was_found_is_marked_once() {
        let found = |spans: &[(usize, usize)]| -> Vec<Diagnostic> {
            spans
                .iter()
                .map(|(start, end)| Diagnostic::new("x/y", Level::Warning, "", Span::new(*start, *end)))
                .collect()
        };
        for (spans, marked) in [
            (&[][..], "Hi Ana, asap!"),
            (&[(8, 12)], "Hi Ana, [asap]!"),
            (&[(8, 13), (0, 2), (0, 99)], "[Hi] Ana, [asap!]"),
            (&[(0, 6), (3, 8), (4, 5)], "[Hi Ana][, ]asap!"),
        ] {
            let shown = stretches("Hi Ana, asap!", &found(spans)).into_iter();
            let shown: String =
                shown.map(|part| if part.marked { format!("[{}]", part.text) } else { part.text }).collect();
            assert_eq!(shown, marked);
        }
    }
}
