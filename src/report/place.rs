use std::collections::HashMap;

use crate::text::{Document, FileId, LineColumn, LineIndex, Source, SourceSpan, Sources, Span};

/// Where something stands, as people count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file's name.
    pub name: &'a str,
    /// Line, from 1.
    pub line: usize,
    /// Column in grapheme clusters, from 1.
    pub column: usize,
}

/// Finds places in files, indexing each file once.
#[derive(Debug)]
pub struct Places<'a> {
    sources: &'a Sources,
    indexes: HashMap<FileId, LineIndex>,
}

impl<'a> Places<'a> {
    /// Places in these files.
    #[must_use]
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, indexes: HashMap::new() }
    }

    /// The place of a span's start, if its file is known.
    #[must_use]
    pub fn of(&mut self, span: SourceSpan) -> Option<Place<'a>> {
        let (name, start, _) = self.ends(span)?;
        Some(Place { name, line: start.line, column: start.column })
    }

    /// The file of a span, and where the span starts and ends, if the file is known.
    #[must_use]
    pub fn ends(&mut self, span: SourceSpan) -> Option<(&'a str, LineColumn, LineColumn)> {
        let source = self.sources.get(span.file)?;
        let index = self.indexes.entry(span.file).or_insert_with(|| LineIndex::new(&source.text));
        let place = |at| index.place(&source.text, at);
        Some((&source.name, place(span.span.start), place(span.span.end)))
    }

    /// The file, if it is known.
    #[must_use]
    pub fn source(&self, file: FileId) -> Option<&'a Source> {
        self.sources.get(file)
    }

    /// The place of a span of a note: in the file it comes from, else in the note itself, which is called `name`.
    #[must_use]
    pub fn in_note<'b>(&mut self, name: &'b str, document: &Document, span: Span) -> Place<'b>
    where
        'a: 'b,
    {
        let located = document.locate(span).first().and_then(|&source| self.of(source));
        located.unwrap_or_else(|| {
            let place = LineIndex::new(document.text()).place(document.text(), span.start);
            Place { name, line: place.line, column: place.column }
        })
    }
}
