use super::Span;

/// A file (or other named text) in a [`Sources`] table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A byte range of a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceSpan {
    /// The file.
    pub file: FileId,
    /// Bytes of its text.
    pub span: Span,
}

/// A named text that pieces can come from.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name to print, `<stdin>` for example.
    pub name: String,
    /// The text as it was read.
    pub text: String,
}

/// The texts that documents were made from.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds a text and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.0.push(Source { name: name.into(), text: text.into() });
        self.last()
    }

    /// The id of the text that was added last.
    #[must_use]
    pub fn last(&self) -> FileId {
        FileId(u32::try_from(self.0.len().saturating_sub(1)).unwrap_or(u32::MAX))
    }

    /// The text behind an id, if this table made it.
    #[must_use]
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.0.get(file.0 as usize)
    }
}

/// Where the text of a [`Piece`] comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Text that somebody typed: the bytes of the piece and of the source span are equal.
    Literal(SourceSpan),
    /// A contact's value that an expression of a template printed.
    Value {
        /// The expression.
        expr: SourceSpan,
        /// The value's path in the template's context, `contact.company` for example.
        path: String,
    },
    /// Text made by a filter, a number, or captured text: the expression that printed it.
    Derived {
        /// The expression.
        expr: SourceSpan,
        /// Why no better place is known.
        why: String,
    },
    /// A value that is not filled in: exactly one U+FFFC in the text.
    Hole {
        /// The expression.
        expr: SourceSpan,
        /// The path it would print.
        path: String,
    },
}

/// A stretch of a document with one origin. Empty pieces are kept: a field that printed nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the document's text.
    pub range: Span,
    /// Where they come from.
    pub origin: Origin,
}

/// What is linted: a text whose every byte has an origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    text: String,
    pieces: Vec<Piece>,
}

impl Document {
    /// A document that is one stretch of a file: the bytes `span` of `source`, whose id is `file`.
    ///
    /// A span that does not lie on character boundaries of the source gives an empty document.
    #[must_use]
    pub fn from_source(file: FileId, source: &str, span: Span) -> Self {
        let text = source.get(span.range()).unwrap_or_default().to_owned();
        let span = Span::new(span.start, span.start + text.len());
        let piece = Piece { range: Span::new(0, text.len()), origin: Origin::Literal(SourceSpan { file, span }) };
        Self { text, pieces: vec![piece] }
    }

    /// A document of one text that is its own source.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into();
        let span = Span::new(0, text.len());
        let origin = Origin::Literal(SourceSpan { file: FileId(0), span });
        Self { text, pieces: vec![Piece { range: span, origin }] }
    }

    /// A document from pieces that tile `text` in order.
    ///
    /// # Errors
    /// The text comes back when the pieces leave a gap, overlap, or do not end with it.
    pub fn from_pieces(text: String, pieces: Vec<Piece>) -> Result<Self, String> {
        let mut at = 0;
        for piece in &pieces {
            if piece.range.start != at || text.get(piece.range.range()).is_none() {
                return Err(text);
            }
            at = piece.range.end;
        }
        if at == text.len() { Ok(Self { text, pieces }) } else { Err(text) }
    }

    /// The text that rules see.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pieces, in order; they tile the text.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The pieces that have part in a range of the text, in order.
    pub fn touched(&self, span: Span) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(move |piece| touches(piece.range, span))
    }

    /// The source places of a range of the text: typed text first, then the expressions that printed the rest.
    #[must_use]
    pub fn locate(&self, span: Span) -> Vec<SourceSpan> {
        let mut typed = Vec::new();
        let mut printed = Vec::new();
        for piece in self.touched(span) {
            match &piece.origin {
                Origin::Literal(source) => {
                    let start = span.start.max(piece.range.start) - piece.range.start;
                    let end = span.end.min(piece.range.end) - piece.range.start;
                    typed.push(SourceSpan { file: source.file, span: Span::new(start, end).shift(source.span.start) });
                }
                Origin::Value { expr, .. } | Origin::Derived { expr, .. } | Origin::Hole { expr, .. } => {
                    printed.push(*expr);
                }
            }
        }
        typed.append(&mut printed);
        typed
    }
}

/// Whether a piece has part in a span: it shares a byte, or an empty span stands at its edge.
fn touches(piece: Span, span: Span) -> bool {
    if span.is_empty() { piece.start <= span.start && span.start <= piece.end } else { piece.overlaps(span) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locates_a_span_in_the_file_it_was_cut_from() {
        let file = "---\nkind: invite\n---\nHi Ana";
        let document = Document::from_source(FileId(7), file, Span::new(21, 27));
        assert_eq!(document.text(), "Hi Ana");
        let place = SourceSpan { file: FileId(7), span: Span::new(24, 27) };
        assert_eq!(document.locate(Span::new(3, 6)), [place]);
    }

    #[test]
    fn puts_typed_text_before_printed_text() {
        let at = |start, end| SourceSpan { file: FileId(0), span: Span::new(start, end) };
        let pieces = vec![
            Piece { range: Span::new(0, 3), origin: Origin::Value { expr: at(0, 9), path: "contact.x".into() } },
            Piece { range: Span::new(3, 6), origin: Origin::Literal(at(9, 12)) },
        ];
        let document = Document::from_pieces("Anahi!".into(), pieces).unwrap();
        assert_eq!(document.locate(Span::new(2, 5)), [at(9, 11), at(0, 9)]);
    }

    #[test]
    fn refuses_pieces_that_do_not_tile() {
        let gap = Piece {
            range: Span::new(1, 2),
            origin: Origin::Derived { expr: SourceSpan { file: FileId(0), span: Span::default() }, why: String::new() },
        };
        assert!(Document::from_pieces("ab".into(), vec![gap]).is_err());
    }
}
