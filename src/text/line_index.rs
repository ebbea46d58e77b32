use unicode_segmentation::UnicodeSegmentation;

/// Finds the line and column of a byte offset. Lines end at LF; a CR before it belongs to the line's end.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

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
        Self { starts: std::iter::once(0).chain(breaks).collect() }
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
        let before = &text[self.starts[line - 1]..offset];
        LineColumn { line, column: before.graphemes(true).count() + 1, utf16: before.encode_utf16().count() + 1 }
    }
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
}
