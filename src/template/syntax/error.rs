//! Why a template cannot be read.

use crate::text::{LineIndex, Span};

/// What is wrong with a template's syntax: the first thing, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// One line that can be understood alone.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
    pub(crate) span: Span,
    /// Another place that has to do with it, and what it is: the tag that was opened there.
    pub(crate) related: Option<(Span, &'static str)>,
}

impl SyntaxError {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, span, related: None }
    }

    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) const fn with_related(mut self, span: Span, what: &'static str) -> Self {
        self.related = Some((span, what));
        self
    }
}

/// A place for people: `line:column`, both from 1.
pub(super) fn place(source: &str, at: usize) -> String {
    let place = LineIndex::new(source).place(source, at);
    format!("{}:{}", place.line, place.column)
}
