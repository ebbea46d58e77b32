use std::fmt;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Level};
use crate::text::{LineColumn, LineIndex, Span};

/// Something that is wrong with a file, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it should be shown.
    pub file: String,
    /// Where in the file, if it has a place.
    pub place: Option<LineColumn>,
    /// Bytes of the file's text; empty where there is no place.
    pub span: Span,
    /// Errors keep something from being read; warnings do not.
    pub level: Level,
    /// What is wrong: one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<Arc<str>>,
}

impl Problem {
    /// An error that concerns a file as a whole.
    #[must_use]
    pub fn new(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            place: None,
            span: Span::default(),
            level: Level::Error,
            message: message.into(),
            help: None,
        }
    }

    /// A finding in a file's text.
    #[must_use]
    pub fn from_diagnostic(file: &str, text: &str, diagnostic: &Diagnostic) -> Self {
        Self::at_place(file, LineIndex::new(text).place(text, diagnostic.span.start), diagnostic)
    }

    /// The findings in a file's text.
    #[must_use]
    pub fn from_diagnostics(file: &str, text: &str, found: &[Diagnostic]) -> Vec<Self> {
        let lines = LineIndex::new(text);
        let problem = |found: &Diagnostic| Self::at_place(file, lines.place(text, found.span.start), found);
        found.iter().map(problem).collect()
    }

    fn at_place(file: &str, place: LineColumn, diagnostic: &Diagnostic) -> Self {
        Self {
            file: file.to_owned(),
            place: Some(place),
            span: diagnostic.span,
            level: diagnostic.level,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
        }
    }

    /// The same problem with a way out.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<Arc<str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.level = Level::Warning;
        self
    }

    /// The file, and the line and column in it: `contacts.yaml:3:7`.
    #[must_use]
    pub fn location(&self) -> String {
        match self.place {
            Some(LineColumn { line, column, .. }) => format!("{}:{line}:{column}", self.file),
            None => self.file.clone(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location(), self.message)
    }
}

impl std::error::Error for Problem {}
