//! A path's pieces as a document.

use std::sync::Arc;

use super::value::Fragment;
use crate::text::{Document, Origin, Piece, SourceSpan, Sources, Span};

/// The document of a note, which is trimmed, and what its holes print.
pub(super) fn document(fragments: &[Fragment], sources: &Sources) -> (Document, Vec<Arc<str>>) {
    let mut text = String::new();
    let mut ranges = Vec::with_capacity(fragments.len());
    for fragment in fragments {
        let start = text.len();
        text.push_str(fragment.printed(sources));
        ranges.push(Span::new(start, text.len()));
    }
    let start = text.len() - text.trim_start().len();
    let kept = Span::new(start, start + text.trim().len());
    let mut pieces = Vec::with_capacity(fragments.len());
    let mut fills = Vec::new();
    for (fragment, range) in fragments.iter().zip(ranges) {
        let inside = Span::new(range.start.clamp(kept.start, kept.end), range.end.clamp(kept.start, kept.end));
        // What printed nothing is kept; white space around the note is not.
        if inside.is_empty() && !range.is_empty() {
            continue;
        }
        if let Fragment::Hole(hole) = fragment {
            fills.push(format!("{}{}", hole.path, hole.filters).into());
        }
        let cut = Span::new(inside.start.saturating_sub(range.start), inside.end.saturating_sub(range.start));
        let range = Span::new(inside.start - kept.start, inside.end - kept.start);
        pieces.push(Piece { range, origin: origin(fragment, cut) });
    }
    (Document::from_pieces(text[kept.range()].to_owned(), pieces).unwrap_or_else(Document::from_text), fills)
}

/// Where a fragment is from; of typed text the stretch `cut`.
fn origin(fragment: &Fragment, cut: Span) -> Origin {
    match fragment {
        Fragment::Literal(at) => Origin::Literal(SourceSpan { file: at.file, span: cut.shift(at.span.start) }),
        Fragment::Derived { at, why, .. } => Origin::Derived { expr: *at, why: why.to_string() },
        Fragment::Hole(hole) => Origin::Hole { expr: hole.at, path: hole.path.to_string() },
        Fragment::Nothing { at, path } => Origin::Value { expr: *at, path: path.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    #[test]
    fn white_space_around_the_note_goes_and_what_printed_nothing_stays() {
        let mut sources = Sources::default();
        let file = sources.add("a.tera", " \n Hi {{ x }} \n");
        let at = |start, end| SourceSpan { file, span: Span::new(start, end) };
        let nothing = Fragment::Nothing { at: at(9, 10), path: "x".into() };
        let (document, fills) =
            document(&[Fragment::Literal(at(0, 6)), nothing, Fragment::Literal(at(13, 15))], &sources);
        assert_eq!((document.text(), fills.len()), ("Hi", 0));
        let origins: Vec<_> = document.pieces().iter().map(|piece| (piece.range, &piece.origin)).collect();
        assert_eq!(origins[0], (Span::new(0, 2), &Origin::Literal(at(3, 5))));
        assert!(matches!(origins[1], (range, Origin::Value { .. }) if range.is_empty()));
        assert_eq!((origins.len(), file), (2, FileId(0)));
    }
}
