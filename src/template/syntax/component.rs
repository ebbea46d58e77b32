//! Definitions of components: their parameters with types and defaults.

use super::block::Blocks;
use super::error::SyntaxError;
use super::expression::Expressions;
use super::nesting::OpenKind;
use super::stray;
use super::token::TokenKind;
use super::tree::{Body, Expr, ExprKind, Name, Node, Parameter, Passing};
use super::value::is_literal;
use crate::text::{Span, similar};

/// The types of parameters.
const TYPES: &[&str] = &["string", "bool", "integer", "float", "number", "array", "map", "bytes"];

impl<'t> Blocks<'t> {
    /// `{% component Name(a: string = "x", …) {"meta": 1} %} … {% endcomponent Name %}`
    pub(super) fn read_component(&mut self, tag: Span, mut read: Expressions<'t>) -> Result<Node, SyntaxError> {
        self.nesting.allow_at_top("a component", tag)?;
        let name = read.cursor.dotted_name()?;
        if let Some(first) = self.components.insert(name.value.clone(), name.span) {
            let error = SyntaxError::new(name.span, format!("there already is a component “{}”", name.value));
            return Err(error.with_help("Give this one another name.").with_related(first, ""));
        }
        let parameters = read.parameters()?;
        if read.cursor.is("{") {
            let about = read.map()?;
            literal(&about, "what is said about a component")?;
        }
        read.cursor.finish()?;
        self.nesting.open(OpenKind::Component, tag);
        let nodes = self.nodes(&["endcomponent"])?;
        let (_, end, mut read) = self.end(OpenKind::Component, tag)?;
        if read.cursor.is_word() {
            let again = read.cursor.dotted_name()?;
            stray::same_name(&name, &again, "component")?;
        }
        read.cursor.finish()?;
        self.nesting.close();
        Ok(Node::Component { tag, name, parameters, body: Body { nodes, end } })
    }
}

impl Expressions<'_> {
    fn parameters(&mut self) -> Result<Vec<Parameter>, SyntaxError> {
        self.cursor.expect("(")?;
        let mut parameters: Vec<Parameter> = Vec::new();
        while !self.cursor.is(")") {
            if !parameters.is_empty() && !self.cursor.takes_comma(")")? {
                break;
            }
            let parameter = self.parameter()?;
            if let Some(first) = parameters.iter().find(|known| known.name.value == parameter.name.value) {
                let error = SyntaxError::new(
                    parameter.name.span,
                    format!("there already is a parameter “{}”", first.name.value),
                );
                return Err(error.with_help("Give one another name.").with_related(first.name.span, ""));
            }
            let is_rest = parameter.passing == Passing::Rest;
            parameters.push(parameter);
            if is_rest && !self.cursor.is(")") {
                let error = SyntaxError::new(self.cursor.span(), "what takes the rest is the last parameter");
                return Err(error.with_help("Put it at the end."));
            }
        }
        self.cursor.expect(")")?;
        Ok(parameters)
    }

    /// `...name`, `@name: type = default`
    fn parameter(&mut self) -> Result<Parameter, SyntaxError> {
        let passing = match self.cursor.text() {
            "..." => Passing::Rest,
            "@" => Passing::Implicit,
            _ => Passing::Named,
        };
        if passing != Passing::Named {
            self.cursor.skip();
        }
        let name = self.cursor.name("the name of a parameter")?;
        if name.value == "body" {
            let error = SyntaxError::new(name.span, "body is what stands inside a component where it is used");
            return Err(error.with_help("Choose another name."));
        }
        if passing == Passing::Rest {
            return Ok(Parameter { name, default: None, passing });
        }
        let type_name = if self.cursor.takes(":") { Some(self.type_name()?) } else { None };
        let default = if self.cursor.takes("=") { Some(self.default(&name, type_name.as_ref())?) } else { None };
        Ok(Parameter { name, default, passing })
    }

    fn type_name(&mut self) -> Result<Name, SyntaxError> {
        let mut name = self.cursor.name("a type")?;
        name.value = name.value.to_lowercase();
        if TYPES.contains(&&*name.value) {
            return Ok(name);
        }
        let mut message = format!("“{}” is no type", name.value);
        if let Some(near) = similar(&name.value, TYPES.iter().copied()) {
            message += &format!(": did you mean {near}?");
        }
        Err(SyntaxError::new(name.span, message).with_help(format!("Types are {}.", TYPES.join(", "))))
    }

    /// A default is written out.
    fn default(&mut self, name: &Name, type_name: Option<&Name>) -> Result<Expr, SyntaxError> {
        let start = self.cursor.span();
        let value = match self.cursor.text() {
            "[" => self.array()?,
            "{" => self.map()?,
            "-" => {
                self.cursor.skip();
                let of = self.plain(|kind| matches!(kind, TokenKind::Integer(_) | TokenKind::Float(_)))?;
                Expr { span: start.join(of.span), kind: ExprKind::Negative(Box::new(of)) }
            }
            "none" | "None" | "null" => self.plain(|kind| kind == TokenKind::Word)?,
            _ => self.plain(|kind| !matches!(kind, TokenKind::Word | TokenKind::Sign))?,
        };
        literal(&value, "a default")?;
        match type_name.filter(|type_name| !fits(&type_name.value, &value)) {
            None => Ok(value),
            Some(type_name) => {
                let message = format!("the default of “{}” is no {}", name.value, type_name.value);
                let error = SyntaxError::new(value.span, message).with_help("Change the type or the default.");
                Err(error.with_related(type_name.span, ", the type given"))
            }
        }
    }

    /// A value of one token.
    fn plain(&mut self, allows: impl Fn(TokenKind) -> bool) -> Result<Expr, SyntaxError> {
        if !self.cursor.peek().is_some_and(|token| allows(token.kind)) {
            return Err(self.cursor.expected("a value in quotes, a number, true, false, none, […] or {…}"));
        }
        self.operand()
    }
}

fn literal(value: &Expr, what: &str) -> Result<(), SyntaxError> {
    if is_literal(value) {
        return Ok(());
    }
    let message = format!("{what} is written out, without variables");
    Err(SyntaxError::new(value.span, message).with_help("Write the value itself."))
}

/// Whether a value that is written out is of a type; `none` is of all.
fn fits(type_name: &str, value: &Expr) -> bool {
    match &value.kind {
        ExprKind::String(_) => type_name == "string",
        ExprKind::Bool(_) => type_name == "bool",
        ExprKind::Integer(_) => matches!(type_name, "integer" | "number"),
        ExprKind::Float(_) => matches!(type_name, "float" | "number"),
        ExprKind::Negative(of) => fits(type_name, of),
        ExprKind::Array(_) => type_name == "array",
        ExprKind::Map(_) => type_name == "map",
        _ => true,
    }
}
