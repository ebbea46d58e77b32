//! The way through the tokens of one tag.

use super::error::SyntaxError;
use super::hint;
use super::token::{Token, TokenKind, unquoted};
use super::tree::{Name, Quoted};
use crate::text::Span;

/// A place among the tokens of a tag.
pub(super) struct Cursor<'t> {
    pub(super) source: &'t str,
    tokens: &'t [Token],
    at: usize,
    /// The delimiter that ends the tag, and where.
    close: (&'static str, Span),
    /// Why it has no end.
    broken: Option<&'t SyntaxError>,
}

impl<'t> Cursor<'t> {
    pub(super) const fn new(
        source: &'t str,
        tokens: &'t [Token],
        close: (&'static str, Span),
        broken: Option<&'t SyntaxError>,
    ) -> Self {
        Self { source, tokens, at: 0, close, broken }
    }

    pub(super) fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    /// The text of the token `ahead` of the next one; empty behind the last.
    pub(super) fn text_ahead(&self, ahead: usize) -> &'t str {
        self.tokens.get(self.at + ahead).map_or("", |token| &self.source[token.span.range()])
    }

    /// The next token's text; empty at the end.
    pub(super) fn text(&self) -> &'t str {
        self.text_ahead(0)
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.text() == text
    }

    pub(super) fn is_word(&self) -> bool {
        self.peek().is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// Where the next token stands, or the end of the tag.
    pub(super) fn span(&self) -> Span {
        self.peek().map_or(self.close.1, |token| token.span)
    }

    /// Where the token before ends.
    pub(super) fn end_before(&self) -> usize {
        self.at.checked_sub(1).map_or(self.span().start, |before| self.tokens[before].span.end)
    }

    pub(super) const fn skip(&mut self) {
        self.at += 1;
    }

    /// Goes behind the next token, if it is this one.
    pub(super) fn takes(&mut self, text: &str) -> bool {
        let takes = self.is(text);
        self.at += usize::from(takes);
        takes
    }

    /// Goes behind the next token, which is to be this one.
    pub(super) fn expect(&mut self, text: &str) -> Result<(), SyntaxError> {
        if self.takes(text) { Ok(()) } else { Err(self.expected(&format!("“{text}”"))) }
    }

    /// Goes behind the comma between two entries of a list, or tells that the list ends.
    pub(super) fn takes_comma(&mut self, close: &str) -> Result<bool, SyntaxError> {
        if self.takes(",") {
            return Ok(!self.is(close));
        }
        let error = self.expected(&format!("“,” or “{close}”"));
        let is_cut = close == "}" && self.peek().is_none() && self.broken.is_none();
        Err(if is_cut {
            error.with_help("Two braces in a row end the print: write “} }” with a space.")
        } else {
            error
        })
    }

    /// The name that stands here.
    pub(super) fn name(&mut self, what: &str) -> Result<Name, SyntaxError> {
        let Some(token) = self.peek().filter(|token| token.kind == TokenKind::Word) else {
            return Err(self.expected(what));
        };
        self.skip();
        Ok(Name { value: self.source[token.span.range()].to_owned(), span: token.span })
    }

    /// A component's name, which may have dots.
    pub(super) fn dotted_name(&mut self) -> Result<Name, SyntaxError> {
        let mut name = self.name("the name of a component")?;
        while self.takes(".") {
            let part = self.name("the name of a component")?;
            name.value = format!("{}.{}", name.value, part.value);
            name.span = name.span.join(part.span);
        }
        Ok(name)
    }

    /// The string that stands here.
    pub(super) fn quoted(&mut self) -> Option<Quoted> {
        let token = self.peek().filter(|token| token.kind == TokenKind::String)?;
        self.skip();
        Some(Quoted { value: unquoted(&self.source[token.span.range()]), span: token.span })
    }

    /// The end of the tag, which is to be here.
    pub(super) fn finish(&self) -> Result<(), SyntaxError> {
        if self.peek().is_none() && self.broken.is_none() {
            return Ok(());
        }
        let error = self.expected(&format!("“{}”", self.close.0));
        let is_value = self.peek().is_some_and(|token| token.kind != TokenKind::Sign);
        Err(if is_value && error.help.is_none() {
            error.with_help("An operator stands between two values (~ joins texts), or a filter (|).")
        } else {
            error
        })
    }

    /// The error that something else stands here than what can.
    pub(super) fn expected(&self, what: &str) -> SyntaxError {
        let Some(token) = self.peek() else {
            if let Some(broken) = self.broken {
                return broken.clone();
            }
            return SyntaxError::new(self.close.1, format!("the tag ends where {what} should stand"));
        };
        let found = self.text();
        let before = self.at.checked_sub(1).map_or("", |at| &self.source[self.tokens[at].span.range()]);
        let error = SyntaxError::new(token.span, format!("“{found}” stands where {what} should"));
        match hint::instead_of(found, before, self.text_ahead(1)) {
            Some(help) => error.with_help(help),
            None => error,
        }
    }
}
