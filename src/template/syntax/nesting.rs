//! What stands inside what, and what may not.

use super::error::SyntaxError;
use crate::text::Span;

/// Joins the place of a tag to a message.
pub(super) const OPENED: &str = " opened";

/// A tag that was opened and is not yet closed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) kind: OpenKind,
    pub(super) tag: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OpenKind {
    If,
    For,
    /// The `else` of a `for`: no loop any more.
    ForElse,
    Set,
    Filter,
    Block,
    Component,
    /// `{% <Name> %}`
    Call,
}

impl OpenKind {
    /// The tag that opens it.
    pub(super) const fn opening(self) -> &'static str {
        match self {
            Self::If => "{% if %}",
            Self::For | Self::ForElse => "{% for %}",
            Self::Set => "{% set %}",
            Self::Filter => "{% filter %}",
            Self::Block => "{% block %}",
            Self::Component => "{% component %}",
            Self::Call => "{% <…> %}",
        }
    }

    /// The word that closes it.
    pub(super) const fn closing(self) -> &'static str {
        match self {
            Self::If => "endif",
            Self::For | Self::ForElse => "endfor",
            Self::Set => "endset",
            Self::Filter => "endfilter",
            Self::Block => "endblock",
            Self::Component => "endcomponent",
            Self::Call => "</…>",
        }
    }

    /// Whether what is printed inside is caught, and printed elsewhere or not at all.
    const fn captures(self) -> bool {
        matches!(self, Self::Set | Self::Filter | Self::Call)
    }
}

/// The tags that are open, from the outermost.
#[derive(Debug, Default)]
pub(super) struct Nesting(Vec<Open>);

impl Nesting {
    pub(super) fn open(&mut self, kind: OpenKind, tag: Span) {
        self.0.push(Open { kind, tag });
    }

    pub(super) fn close(&mut self) {
        self.0.pop();
    }

    pub(super) fn last(&self) -> Option<Open> {
        self.0.last().copied()
    }

    pub(super) fn has(&self, kind: OpenKind) -> bool {
        self.0.iter().any(|open| open.kind == kind)
    }

    /// Nothing but the `else` of loops is open. Tera takes that for the top of the template.
    pub(super) fn is_top(&self) -> bool {
        self.outer().next().is_none()
    }

    fn outer(&self) -> impl DoubleEndedIterator<Item = Open> + '_ {
        self.0.iter().copied().filter(|open| open.kind != OpenKind::ForElse)
    }

    /// `extends` and component definitions stand in no other tag.
    pub(super) fn allow_at_top(&self, what: &str, tag: Span) -> Result<(), SyntaxError> {
        self.outer().next_back().map_or(Ok(()), |open| Err(inside(what, tag, open)))
    }

    /// Blocks stand in no loop and in no component.
    pub(super) fn allow_block(&self, tag: Span) -> Result<(), SyntaxError> {
        let bars = |open: &Open| matches!(open.kind, OpenKind::For | OpenKind::Component);
        self.outer().find(bars).map_or(Ok(()), |open| Err(inside("a block", tag, open)))
    }

    /// `break` and `continue` stand in a loop, with nothing between that catches text.
    pub(super) fn allow_jump(&self, word: &str, tag: Span) -> Result<(), SyntaxError> {
        let is_end = |open: &Open| open.kind == OpenKind::For || open.kind.captures();
        match self.outer().rev().find(is_end) {
            Some(open) if open.kind == OpenKind::For => Ok(()),
            Some(open) => Err(inside(word, tag, open)),
            None => Err(SyntaxError::new(tag, format!("{word} stands in no loop")).with_help("Take it out.")),
        }
    }
}

fn inside(what: &str, tag: Span, open: Open) -> SyntaxError {
    let message = format!("{what} cannot stand in the {}", open.kind.opening());
    SyntaxError::new(tag, message).with_help("Put it outside.").with_related(open.tag, OPENED)
}
