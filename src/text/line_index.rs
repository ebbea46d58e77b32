use unicode_segmentation::UnicodeSegmentation;

/// Finds the line and column of a byte offset. Lines end at LF; a CR before it belongs to the line's end.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Places inside long lines, so that a column is counted from the one before and not from the line's start.
    marks: Vec<Mark>,
}

/// A place inside a long line.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    graphemes: usize,
    utf16: usize,
}

/// Bytes from one mark to the next.
const STEP: usize = 1 << 10;

/// A place as people and editors count: lines and columns from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in grapheme clusters (what a reader sees as one character), from 1.
    pub column: usize,
    /// Column in UTF-16 code units, from 1, as editors speaking LSP count.
    pub utf16: usize,
}

impl LineIndex {
    /// Indexes the lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
        let ends = starts[1..].iter().copied().chain([text.len()]);
        let lines = starts.iter().zip(ends).filter(|(start, end)| *end - *start > STEP);
        let marks = lines.flat_map(|(start, end)| marks(&text[*start..end], *start)).collect();
        Self { starts, marks }
    }

    /// The line number (from 1) that holds the byte at `offset`.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// The place of `offset` in `text`, which must be the text that was indexed. An offset inside a character
    /// counts as that character's start; one behind the end, as the end.
    #[must_use]
    pub fn place(&self, text: &str, offset: usize) -> LineColumn {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line(offset);
        let start = self.starts[line - 1];
        let mark = self.marks[..self.marks.partition_point(|mark| mark.at <= offset)].last();
        let from = mark.copied().filter(|mark| mark.at > start).unwrap_or(Mark { at: start, graphemes: 0, utf16: 0 });
        let before = &text[from.at..offset];
        let (graphemes, utf16) = (before.graphemes(true).count(), before.encode_utf16().count());
        LineColumn { line, column: from.graphemes + graphemes + 1, utf16: from.utf16 + utf16 + 1 }
    }
}

/// A mark every so many bytes of a line that starts at `start`.
fn marks(line: &str, start: usize) -> Vec<Mark> {
    let mut marks = Vec::new();
    let (mut utf16, mut next) = (0, STEP);
    for (graphemes, (at, grapheme)) in line.grapheme_indices(true).enumerate() {
        if at >= next {
            marks.push(Mark { at: start + at, graphemes, utf16 });
            next = at + STEP;
        }
        utf16 += grapheme.encode_utf16().count();
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_graphemes_and_utf16_units() {
        let text = "a\r\n👩‍💻 b\n";
        let index = LineIndex::new(text);
        let at = text.find('b').unwrap();
        assert_eq!(index.place(text, at), LineColumn { line: 2, column: 3, utf16: 7 });
        assert_eq!(index.place(text, 0), LineColumn { line: 1, column: 1, utf16: 1 });
        assert_eq!(index.place(text, 999).line, 3);
    }

    #[test]
    fn counts_in_a_long_line_as_in_a_short_one() {
        let text = format!("short\n{}\nshort {}", "👩‍💻 é x".repeat(400), "y".repeat(3000));
        let index = LineIndex::new(&text);
        for (at, _) in text.char_indices() {
            let before = text[..at].rsplit('\n').next().unwrap_or_default();
            let place = index.place(&text, at);
            assert_eq!(
                (place.column, place.utf16),
                (before.graphemes(true).count() + 1, before.encode_utf16().count() + 1)
            );
        }
    }
}
