use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::{Style, escape};
use crate::text::{Document, Origin, Span};

/// What is drawn as one: a character as the reader sees it, or a mark of ours.
#[derive(Clone, Debug)]
pub(super) struct Cell<'a> {
    /// What is printed.
    pub(super) shown: Cow<'a, str>,
    /// Its columns; at least one, but for a break.
    pub(super) width: usize,
    /// The bytes of the note it stands for.
    pub(super) span: Span,
    pub(super) role: Role,
}

/// What a cell does in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    /// White space where a line may end; it is not printed there.
    Space,
    /// White space that a finding starts or ends with, so it must be seen.
    Pinned,
    /// The end of a line of the note.
    Break,
    /// The number behind a finding: its index among the marks.
    Number(usize),
}

impl<'a> Cell<'a> {
    pub(super) fn new(shown: impl Into<Cow<'a, str>>, span: Span, role: Role) -> Self {
        let shown = shown.into();
        Self { width: shown.width(), shown, span, role }
    }
}

/// The note as cells. `is_pinned` tells for white space whether it must be seen.
pub(super) fn cells<'a>(document: &'a Document, style: Style, is_pinned: impl Fn(Span) -> bool) -> Vec<Cell<'a>> {
    let text = document.text();
    let mut cells = Vec::with_capacity(text.len());
    for (at, cluster) in text.grapheme_indices(true) {
        let span = Span::new(at, at + cluster.len());
        match cluster {
            "\n" | "\r\n" => {
                if is_pinned(span) {
                    cells.push(Cell::new(if style.unicode { "↵" } else { "\\n" }, span, Role::Pinned));
                }
                cells.push(Cell { shown: "".into(), width: 0, span: Span::new(span.end, span.end), role: Role::Break });
            }
            " " | "\t" => {
                let role = if is_pinned(span) { Role::Pinned } else { Role::Space };
                cells.push(Cell::new(if cluster == " " { " " } else { "    " }, span, role));
            }
            "\u{fffc}" if let Some(path) = unfilled(document, at) => {
                let shown = format!("{{{{ {} }}}}", escape::visible(path, style.unicode));
                cells.extend(shown.graphemes(true).map(|part| Cell::new(part.to_owned(), span, Role::Text)));
            }
            _ => push_shown(&mut cells, cluster, at, style),
        }
    }
    cells
}

/// The path of the value that is not filled in yet at an offset.
fn unfilled(document: &Document, at: usize) -> Option<&str> {
    document
        .pieces()
        .iter()
        .find(|piece| piece.range.start == at && !piece.range.is_empty())
        .and_then(|piece| if let Origin::Hole { path, .. } = &piece.origin { Some(path.as_str()) } else { None })
}

/// One cell for a cluster that can be shown, else one for each of its characters: their names are long.
fn push_shown<'a>(cells: &mut Vec<Cell<'a>>, cluster: &'a str, at: usize, style: Style) {
    let span = Span::new(at, at + cluster.len());
    if let Cow::Borrowed(cluster) = escape::cluster(cluster, style.unicode) {
        return cells.push(Cell::new(style.fold(cluster), span, Role::Text));
    }
    for (offset, c) in cluster.char_indices() {
        let span = Span::new(at + offset, at + offset + c.len_utf8());
        cells.push(Cell::new(escape::character(c, style.unicode), span, Role::Text));
    }
}

/// Breaks cells into rows of at most `room` columns: at spaces, or where it must be.
pub(super) fn rows(cells: &[Cell<'_>], room: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut used, mut at) = (0, 0, 0);
    // Where the row may end: at a space behind some text.
    let (mut space, mut has_text) = (None, false);
    while let Some(cell) = cells.get(at) {
        let is_too_long = used + cell.width > room && at > start && cell.role != Role::Space;
        if cell.role == Role::Break {
            rows.push(start..at);
            at += 1;
            start = at;
        } else if is_too_long {
            let end = space.unwrap_or(at);
            rows.push(start..end);
            start = end + cells[end..].iter().take_while(|cell| cell.role == Role::Space).count();
            at = start;
        } else {
            if cell.role == Role::Space {
                space = if has_text { Some(at) } else { None };
            } else {
                has_text = true;
            }
            used += cell.width;
            at += 1;
            continue;
        }
        (used, space, has_text) = (0, None, false);
    }
    if start < cells.len() || rows.is_empty() {
        rows.push(start..cells.len());
    }
    for row in &mut rows {
        let spaces = cells[row.clone()].iter().rev().take_while(|cell| cell.role == Role::Space).count();
        row.end -= spaces;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, room: usize) -> Vec<String> {
        let style = Style { width: room, colour: false, unicode: true };
        let document = Document::from_text(text);
        let cells = cells(&document, style, |_| false);
        rows(&cells, room).into_iter().map(|row| cells[row].iter().map(|cell| &*cell.shown).collect()).collect()
    }

    #[test]
    fn breaks_a_note_into_rows() {
        for (text, room, rows) in [
            ("one two three", 7, vec!["one two", "three"]),
            ("one two\r\n\r\nthree\n", 20, vec!["one two", "", "three"]),
            ("a\tb", 9, vec!["a    b"]),
            ("https://example.com", 8, vec!["https://", "example.", "com"]),
            ("日本語", 4, vec!["日本", "語"]),
            ("e\u{301}e\u{301}", 1, vec!["e\u{301}", "e\u{301}"]),
            ("\u{301}a", 20, vec!["⟨U+0301⟩a"]),
            ("a\u{202e}b\x1b[2J", 20, vec!["a⟨U+202E⟩b\\x1b[2J"]),
            ("a                b", 4, vec!["a", "b"]),
            ("", 4, vec![""]),
            ("\n", 4, vec![""]),
        ] {
            assert_eq!(drawn(text, room), rows, "{text:?} at {room}");
        }
    }
}
