//! The parts of a rendered text that make a note or a subject.

use super::read::Unmarked;
use crate::text::{Origin, Piece, SourceSpan, Span};

/// A note: the text without white space at its ends.
pub(super) fn note(read: Unmarked, _: SourceSpan) -> Unmarked {
    let start = read.text.len() - read.text.trim_start().len();
    let kept = Span::new(start, start + read.text.trim().len());
    let mut note = Cut::of(&read);
    note.take(kept);
    note.cut
}

/// A subject: its words, with one space between them.
pub(super) fn subject(read: Unmarked, whole: SourceSpan) -> Unmarked {
    let mut subject = Cut::of(&read);
    let mut end = None;
    for word in read.text.split_whitespace() {
        // Both are parts of one text, so the difference is where the word starts.
        let start = word.as_ptr() as usize - read.text.as_ptr() as usize;
        if let Some(end) = end {
            match read.text[end..start].find(' ') {
                Some(space) => subject.take(Span::new(end + space, end + space + 1)),
                None => subject.add_space(whole),
            }
        }
        subject.take(Span::new(start, start + word.len()));
        end = Some(start + word.len());
    }
    subject.cut
}

/// What is taken from a text.
struct Cut<'r> {
    read: &'r Unmarked,
    cut: Unmarked,
    /// The piece behind the one that was taken from last.
    next: usize,
    /// Whether the last piece may grow.
    may_grow: bool,
}

impl<'r> Cut<'r> {
    fn of(read: &'r Unmarked) -> Self {
        let cut = Unmarked { text: String::with_capacity(read.text.len()), pieces: Vec::new() };
        Self { read, cut, next: 0, may_grow: false }
    }

    fn add_space(&mut self, whole: SourceSpan) {
        let at = self.cut.text.len();
        self.cut.text.push(' ');
        let origin = Origin::Derived { expr: whole, why: "a line break in a subject becomes a space".to_owned() };
        self.cut.pieces.push(Piece { range: Span::new(at, at + 1), origin });
        self.may_grow = false;
    }

    /// Takes a stretch of the text.
    fn take(&mut self, kept: Span) {
        let first = self.read.pieces.partition_point(|piece| piece.range.end < kept.start);
        for (index, piece) in self.read.pieces.iter().enumerate().skip(first) {
            let (start, end) = (piece.range.start.max(kept.start), piece.range.end.min(kept.end));
            if piece.range.start > kept.end {
                break;
            }
            // An empty piece at the end of one stretch is also at the start of the next.
            if start == end && (!piece.range.is_empty() || index < self.next) {
                continue;
            }
            let at = self.cut.text.len();
            self.cut.text += &self.read.text[start..end];
            let range = Span::new(at, self.cut.text.len());
            let mut origin = piece.origin.clone();
            if let Origin::Literal(source) = &mut origin {
                let from = source.span.start + start - piece.range.start;
                source.span = Span::new(from, from + range.len());
            }
            let last = self.cut.pieces.last_mut().filter(|_| self.may_grow && self.next == index + 1);
            if !last.is_some_and(|last| grow(last, &origin, range)) {
                self.cut.pieces.push(Piece { range, origin });
            }
            (self.next, self.may_grow) = (index + 1, true);
        }
    }
}

/// Adds to a piece more of what it was taken from, if that goes on where the piece ends.
fn grow(last: &mut Piece, origin: &Origin, range: Span) -> bool {
    match (&mut last.origin, origin) {
        (Origin::Literal(one), Origin::Literal(more)) if one.span.end == more.span.start => {
            one.span.end = more.span.end
        }
        (Origin::Literal(_), _) => return false,
        _ => {}
    }
    last.range.end = range.end;
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    fn read(parts: &[(&str, Option<&str>)]) -> Unmarked {
        let mut read = Unmarked { text: String::new(), pieces: Vec::new() };
        for (text, path) in parts {
            let at = read.text.len();
            read.text += text;
            let range = Span::new(at, read.text.len());
            let source = SourceSpan { file: FileId(0), span: range.shift(100) };
            let origin = match path {
                Some(path) => Origin::Value { expr: source, path: (*path).to_owned() },
                None => Origin::Literal(source),
            };
            read.pieces.push(Piece { range, origin });
        }
        read
    }

    fn told(cut: &Unmarked) -> Vec<String> {
        let told = cut.pieces.iter().map(|piece| {
            let text = &cut.text[piece.range.range()];
            match &piece.origin {
                Origin::Literal(source) => format!("{text}@{}..{}", source.span.start, source.span.end),
                Origin::Value { path, .. } => format!("{text}={path}"),
                Origin::Derived { .. } | Origin::Hole { .. } => format!("{text}?"),
            }
        });
        told.collect()
    }

    #[test]
    fn a_note_loses_the_white_space_at_its_ends_and_keeps_empty_values() {
        let read =
            read(&[("\n ", None), ("", Some("a")), (" Hi ", None), ("", Some("b")), ("x ", Some("c")), ("\n", None)]);
        let whole = SourceSpan { file: FileId(0), span: Span::default() };
        assert_eq!(told(&note(read, whole)), ["Hi @103..106", "=b", "x=c"]);
    }

    #[test]
    fn a_subject_is_one_line_of_words() {
        let read =
            read(&[(" On  ", None), ("two\n", Some("a")), ("", Some("b")), ("lines ", Some("c")), ("now", None)]);
        let whole = SourceSpan { file: FileId(0), span: Span::default() };
        let subject = subject(read, whole);
        assert_eq!(subject.text, "On two lines now");
        assert_eq!(told(&subject), ["On @101..104", "two=a", " ?", "=b", "lines =c", "now@115..118"]);
    }
}
