//! What filters, tests, functions and components are given.

use std::collections::HashMap;

use super::error::SyntaxError;
use super::expression::Expressions;
use super::token::TokenKind;
use super::tree::{Argument, Call, ComponentCall, Expr, ExprKind, Name};

impl Expressions<'_> {
    /// A filter or test, with its arguments if it has any.
    pub(super) fn call(&mut self, what: &str) -> Result<Call, SyntaxError> {
        let name = self.cursor.name(what)?;
        let arguments = if self.cursor.is("(") { self.arguments()? } else { Vec::new() };
        Ok(Call { span: self.since(name.span), name, arguments })
    }

    /// Filters with `|` between them, and behind the first one.
    pub(super) fn filters(&mut self) -> Result<Vec<Call>, SyntaxError> {
        let mut filters = vec![self.call("the name of a filter")?];
        while self.cursor.takes("|") {
            filters.push(self.call("the name of a filter")?);
        }
        Ok(filters)
    }

    /// `(name=value, …)`
    pub(super) fn arguments(&mut self) -> Result<Vec<(Name, Expr)>, SyntaxError> {
        self.cursor.expect("(")?;
        let mut arguments: Vec<(Name, Expr)> = Vec::new();
        let mut known = HashMap::new();
        while !self.cursor.is(")") {
            if !arguments.is_empty() && !self.cursor.takes_comma(")")? {
                break;
            }
            let name = self.argument_name()?;
            if let Some(first) = known.insert(name.value.clone(), name.span) {
                let error = SyntaxError::new(name.span, format!("“{}” is already given", name.value));
                return Err(error.with_help("Keep one of the two.").with_related(first, ""));
            }
            arguments.push((name, self.expression(0)?));
        }
        self.cursor.expect(")")?;
        Ok(arguments)
    }

    /// `name =`; elsewhere arguments go without.
    fn argument_name(&mut self) -> Result<Name, SyntaxError> {
        let is_named = self.cursor.is_word() && self.cursor.text_ahead(1) == "=";
        if is_named || self.cursor.peek().is_none() {
            let name = self.cursor.name("the name of an argument")?;
            self.cursor.expect("=")?;
            return Ok(name);
        }
        let error = SyntaxError::new(self.cursor.span(), "this argument has no name");
        Err(error.with_help("Arguments are written name=value: truncate(length=20), default(value=\"you\")."))
    }

    /// `<Name a="x" b={y}/>`
    pub(super) fn component(&mut self) -> Result<Expr, SyntaxError> {
        let start = self.cursor.span();
        self.cursor.skip();
        let call = self.component_call()?;
        if self.cursor.is(">") {
            let error = SyntaxError::new(self.cursor.span(), "a component in {{ }} has no body");
            let help = format!("Close it with />, or write {{% <{0}> %}} … {{% </{0}> %}}.", call.name.value);
            return Err(error.with_help(help));
        }
        self.cursor.expect("/")?;
        self.cursor.expect(">")?;
        Ok(Expr { kind: ExprKind::Component(call), span: self.since(start) })
    }

    /// A component's name and arguments.
    pub(super) fn component_call(&mut self) -> Result<ComponentCall, SyntaxError> {
        let name = self.cursor.dotted_name()?;
        let mut arguments = Vec::new();
        while self.cursor.is_word() || self.cursor.is("{") {
            arguments.push(self.component_argument()?);
        }
        Ok(ComponentCall { name, arguments })
    }

    fn component_argument(&mut self) -> Result<Argument, SyntaxError> {
        if self.cursor.takes("{") {
            self.cursor.expect("...")?;
            let all = self.expression(0)?;
            self.cursor.expect("}")?;
            return Ok(Argument::Spread(all));
        }
        let name = self.cursor.name("the name of an argument")?;
        if !self.cursor.takes("=") {
            return Ok(Argument::Short(name));
        }
        if let Some(text) = self.cursor.quoted() {
            return Ok(Argument::Named { name, value: Expr { kind: ExprKind::String(text.value), span: text.span } });
        }
        if self.cursor.takes("{") {
            let value = self.expression(0)?;
            self.cursor.expect("}")?;
            return Ok(Argument::Named { name, value });
        }
        let error = self.cursor.expected("a string or {…}");
        let is_value = self.cursor.peek().is_some_and(|token| token.kind != TokenKind::Sign);
        Err(if is_value { error.with_help(format!("Write {}={{{}}}.", name.value, self.cursor.text())) } else { error })
    }
}
