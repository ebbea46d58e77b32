//! Why a template cannot be read.

use crate::diagnostic::{Diagnostic, Level};
use crate::text::{LineIndex, Span};

/// What is wrong with a template's syntax: the first thing, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
    pub(crate) span: Span,
    /// Another place that has to do with it, and what joins it to the message: ` opened`, for a tag.
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

    pub(super) const fn with_related(mut self, span: Span, joint: &'static str) -> Self {
        self.related = Some((span, joint));
        self
    }

    /// The finding in the template that has it.
    pub(crate) fn into_diagnostic(self, source: &str) -> Diagnostic {
        let mut message = self.message;
        if let Some((span, joint)) = self.related {
            let place = LineIndex::new(source).place(source, span.start);
            message += &format!("{joint} at {}:{}", place.line, place.column);
        }
        let mut finding = Diagnostic::new("template/syntax", Level::Error, message, self.span);
        finding.help = self.help.map(Into::into);
        finding
    }
}
