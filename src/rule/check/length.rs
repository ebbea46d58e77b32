//! `length`: the note against its channel's limit.

use super::{Found, Note};
use crate::context::note_length;
use crate::diagnostic::Level;
use crate::text::Span;

/// A note above `above` per cent of the limit. At 100 the part that does not fit is marked. Below, only notes that
/// still fit are found, for the others another rule speaks.
///
/// Without an account a note that fits the larger limit only is a suggestion: it can be sent by some.
pub(super) fn find(above: usize, note: Note<'_>) -> Vec<Found> {
    let Some(limit) = note.context.limit() else { return Vec::new() };
    let bound = limit.safe.saturating_mul(above);
    // The length in bytes is never less than in UTF-16 units.
    if note.text.len() * 100 <= bound {
        return Vec::new();
    }
    let units = note_length(note.text);
    if above < 100 {
        let near = units * 100 > bound && units <= limit.safe;
        let tail = Span::new(cut(note.text, bound / 100), note.text.len());
        return if near { vec![Found { count: units, limit: limit.safe, ..Found::at(tail) }] } else { Vec::new() };
    }
    if units * 100 <= bound {
        return Vec::new();
    }
    let (limit, level) = if units > limit.hard { (limit.hard, None) } else { (limit.safe, Some(Level::Suggestion)) };
    let span = Span::new(cut(note.text, limit), note.text.len());
    vec![Found { count: units, limit, level, ..Found::at(span) }]
}

/// Byte offset of the first character that does not fit into `units`.
pub(super) fn cut(text: &str, units: usize) -> usize {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        if c == '\r' && text[at..].starts_with("\r\n") {
            continue;
        }
        used += c.len_utf16();
        if used > units {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn cuts_between_characters_and_counts_a_windows_line_end_once() {
        assert_eq!(cut("a👍b", 2), 1);
        assert_eq!(cut("a\r\nb", 2), 3);
        assert_eq!(cut("ab", 9), 2);
    }
}
