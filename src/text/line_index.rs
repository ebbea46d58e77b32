use unicode_segmentation::UnicodeSegmentation;

/// Finds the line and column of a byte offset. Lines end at LF; a CR before it belongs to the line's end.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Places inside long lines, in order, so that a column is counted from the last of them and not from the line's
    /// start: a file of one line may have thousands of findings.
    marks: Vec<Mark>,
}

/// A place at which a character begins.
#[derive(Clone, Copy, Debug)]
struct Mark {
    offset: usize,
    column: usize,
    utf16: usize,
}

/// Bytes between two marks of a long line, at least.
const APART: usize = 1 << 10;

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
        let long = starts.iter().copied().zip(ends).filter(|(start, end)| end - start > 2 * APART);
        let marks = long.flat_map(|(start, end)| marks(text, start, end)).collect();
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
        let start = Mark { offset: self.starts[line - 1], column: 1, utf16: 1 };
        let last = self.marks[..self.marks.partition_point(|mark| mark.offset <= offset)].last();
        let from = last.filter(|mark| mark.offset > start.offset).unwrap_or(&start);
        let before = &text[from.offset..offset];
        let column = from.column + before.graphemes(true).count();
        LineColumn { line, column, utf16: from.utf16 + before.encode_utf16().count() }
    }
}

/// The marks of a long line.
fn marks(text: &str, start: usize, end: usize) -> Vec<Mark> {
    let mut marks = Vec::new();
    let (mut column, mut utf16, mut last) = (1, 1, start);
    for (at, cluster) in text[start..end].grapheme_indices(true) {
        if start + at >= last + APART {
            last = start + at;
            marks.push(Mark { offset: last, column, utf16 });
        }
        column += 1;
        utf16 += cluster.encode_utf16().count();
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_counted_as_a_short_one_is() {
        let text = format!("one\n{}\nlast {}", "é👩‍💻e\u{301} ab".repeat(700), "x".repeat(3000));
        let index = LineIndex::new(&text);
        assert!(index.marks.len() > 10);
        for (at, _) in text.char_indices().step_by(37) {
            let line = text[..at].matches('\n').count();
            let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
            let before = &text[start..at];
            let (column, utf16) = (before.graphemes(true).count() + 1, before.encode_utf16().count() + 1);
            assert_eq!(index.place(&text, at), LineColumn { line: line + 1, column, utf16 }, "{at}");
        }
    }

    #[test]
    fn counts_lines_graphemes_and_utf16_units() {
        let text = "a\r\n👩‍💻 b\n";
        let index = LineIndex::new(text);
        let at = text.find('b').unwrap();
        assert_eq!(index.place(text, at), LineColumn { line: 2, column: 3, utf16: 7 });
        assert_eq!(index.place(text, 0), LineColumn { line: 1, column: 1, utf16: 1 });
        assert_eq!(index.place(text, 999).line, 3);
    }
}
