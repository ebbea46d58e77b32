//! Expressions, by binding power. What Tera 2.4.0 reads and what it refuses is the same here, its bounds included.

use super::cursor::Cursor;
use super::error::SyntaxError;
use super::token::{Token, TokenKind, unquoted};
use super::tree::{Expr, ExprKind, Operator};
use crate::text::Span;

/// How deep expressions nest. Tera's own bound.
const DEEPEST: usize = 40;
/// Operators, steps into values and filters of one expression. Tera's own bound.
const MOST_PARTS: usize = 256;

/// Binding power: of `if … else`, of `in` and `is`, of a filter, of `-` and `not` before a value.
pub(super) const TERNARY: u8 = 0;
const MEMBERSHIP: u8 = 5;
const FILTER: u8 = 17;
const MINUS: u8 = 20;
const NOT: u8 = 5;

/// The expressions of one tag.
pub(super) struct Expressions<'t> {
    pub(super) cursor: Cursor<'t>,
    /// Whether `loop` has the fields of a loop.
    pub(super) in_loop: bool,
    depth: usize,
    parts: usize,
    /// How deep brackets nest, and arrays.
    pub(super) brackets: usize,
    pub(super) dimensions: usize,
}

impl<'t> Expressions<'t> {
    pub(super) const fn new(cursor: Cursor<'t>, in_loop: bool) -> Self {
        Self { cursor, in_loop, depth: 0, parts: 0, brackets: 0, dimensions: 0 }
    }

    /// An expression whose operators all bind at least as strongly as `least`.
    pub(super) fn expression(&mut self, least: u8) -> Result<Expr, SyntaxError> {
        if self.depth == 0 {
            self.parts = 0;
        }
        if self.depth == DEEPEST {
            let message = format!("this expression is nested more than {DEEPEST} deep");
            return Err(SyntaxError::new(self.cursor.span(), message).with_help("Take parts of it out with {% set %}."));
        }
        self.depth += 1;
        let first = self.operand();
        let whole = first.and_then(|first| self.operators(first, least));
        self.depth -= 1;
        whole
    }

    /// Counts a part of the expression.
    pub(super) fn count_part(&mut self) -> Result<(), SyntaxError> {
        self.parts += 1;
        if self.parts <= MOST_PARTS {
            return Ok(());
        }
        let message = format!("this expression has more than {MOST_PARTS} parts");
        Err(SyntaxError::new(self.cursor.span(), message).with_help("Take parts of it out with {% set %}."))
    }

    /// A value without operators.
    pub(super) fn operand(&mut self) -> Result<Expr, SyntaxError> {
        let Some(&token) = self.cursor.peek() else { return Err(self.cursor.expected("a value")) };
        let kind = match token.kind {
            TokenKind::Integer(number) => ExprKind::Integer(number),
            TokenKind::Float(number) => ExprKind::Float(number),
            TokenKind::Bool(is_true) => ExprKind::Bool(is_true),
            TokenKind::String => ExprKind::String(unquoted(self.cursor.text())),
            TokenKind::Word => match self.cursor.text() {
                "none" | "None" | "null" => ExprKind::None,
                "not" => return self.negation(token, NOT),
                _ => return self.variable(),
            },
            TokenKind::Sign => return self.signed_operand(token),
        };
        self.cursor.skip();
        Ok(Expr { kind, span: token.span })
    }

    /// An operand that starts with a sign.
    fn signed_operand(&mut self, token: Token) -> Result<Expr, SyntaxError> {
        match self.cursor.text() {
            "-" => self.negation(token, MINUS),
            "[" => self.array(),
            "{" => self.map(),
            "<" => self.component(),
            "(" => {
                self.cursor.skip();
                let inner = self.expression(0)?;
                self.cursor.expect(")")?;
                Ok(Expr { span: self.since(token.span), ..inner })
            }
            _ => Err(self.cursor.expected("a value")),
        }
    }

    /// `-x`, `not x`
    fn negation(&mut self, token: Token, binds: u8) -> Result<Expr, SyntaxError> {
        self.cursor.skip();
        if matches!(self.cursor.text(), "-" | "not") {
            let message = format!("“{}” cannot stand behind another - or not", self.cursor.text());
            return Err(SyntaxError::new(self.cursor.span(), message).with_help("Put what follows into parentheses."));
        }
        let of = Box::new(self.expression(binds)?);
        let span = token.span.join(of.span);
        Ok(Expr { kind: if binds == MINUS { ExprKind::Negative(of) } else { ExprKind::Not(of) }, span })
    }

    fn operators(&mut self, first: Expr, least: u8) -> Result<Expr, SyntaxError> {
        let mut left = first;
        loop {
            let text = self.cursor.text();
            left = match text {
                "[" => {
                    self.count_part()?;
                    self.item(left)?
                }
                "if" if least == TERNARY => return self.ternary(left),
                "|" if least <= FILTER => {
                    self.operator()?;
                    let call = self.call("the name of a filter")?;
                    let span = left.span.join(call.span);
                    Expr { kind: ExprKind::Filter { of: Box::new(left), call }, span }
                }
                "is" if least <= MEMBERSHIP => {
                    self.operator()?;
                    let is_negated = self.cursor.takes("not");
                    let call = self.call("the name of a test")?;
                    let span = left.span.join(call.span);
                    Expr { kind: ExprKind::Test { of: Box::new(left), call, is_negated }, span }
                }
                "not" if least <= MEMBERSHIP => {
                    self.cursor.skip();
                    if !self.cursor.is("in") {
                        return Err(self.cursor.expected("“in”"));
                    }
                    self.binary(left, Operator::NotIn, MEMBERSHIP + 1)?
                }
                _ => match binary_operator(text) {
                    Some((operator, binds, right)) if least <= binds => self.binary(left, operator, right)?,
                    _ => return Ok(left),
                },
            };
        }
    }

    /// Goes behind an operator.
    fn operator(&mut self) -> Result<(), SyntaxError> {
        self.count_part()?;
        self.cursor.skip();
        Ok(())
    }

    fn binary(&mut self, left: Expr, operator: Operator, least: u8) -> Result<Expr, SyntaxError> {
        self.operator()?;
        let right = self.expression(least)?;
        if operator == Operator::Join && is_negation(&right) {
            let message = "a negation cannot stand behind ~";
            return Err(SyntaxError::new(right.span, message).with_help("Take it out with {% set %}."));
        }
        let span = left.span.join(right.span);
        Ok(Expr { kind: ExprKind::Binary { operator, left: Box::new(left), right: Box::new(right) }, span })
    }

    fn ternary(&mut self, then: Expr) -> Result<Expr, SyntaxError> {
        self.cursor.skip();
        let condition = Box::new(self.expression(0)?);
        self.cursor.expect("else")?;
        let otherwise = Box::new(self.expression(0)?);
        let span = then.span.join(otherwise.span);
        Ok(Expr { kind: ExprKind::Ternary { condition, then: Box::new(then), otherwise }, span })
    }

    /// From the start of a span to where the last token ends.
    pub(super) fn since(&self, start: Span) -> Span {
        Span::new(start.start, self.cursor.end_before())
    }
}

/// An operator between two values, with how strongly it binds to the left, and what may follow on the right.
fn binary_operator(text: &str) -> Option<(Operator, u8, u8)> {
    Some(match text {
        "or" => (Operator::Or, 1, 2),
        "and" => (Operator::And, 3, 4),
        "in" => (Operator::In, MEMBERSHIP, MEMBERSHIP + 1),
        "==" => (Operator::Equal, 7, 8),
        "!=" => (Operator::NotEqual, 7, 8),
        "<" => (Operator::Less, 7, 8),
        "<=" => (Operator::LessOrEqual, 7, 8),
        ">" => (Operator::Greater, 7, 8),
        ">=" => (Operator::GreaterOrEqual, 7, 8),
        "+" => (Operator::Add, 11, 12),
        "-" => (Operator::Subtract, 11, 12),
        "*" => (Operator::Multiply, 13, 14),
        "/" => (Operator::Divide, 13, 14),
        "//" => (Operator::FloorDivide, 13, 14),
        "%" => (Operator::Modulo, 13, 14),
        "~" => (Operator::Join, 13, 14),
        "**" => (Operator::Power, 16, 15),
        _ => return None,
    })
}

/// Whether Tera reads an expression as `-x` or `not x`; a negative number is a number to it.
fn is_negation(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Negative(of) => !is_number(of),
        ExprKind::Not(_)
        | ExprKind::Test { is_negated: true, .. }
        | ExprKind::Binary { operator: Operator::NotIn, .. } => true,
        _ => false,
    }
}

fn is_number(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Integer(_) | ExprKind::Float(_) => true,
        ExprKind::Negative(of) => is_number(of),
        _ => false,
    }
}
