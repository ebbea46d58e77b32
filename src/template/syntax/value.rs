//! Variables and the way into them, arrays, maps and the loops inside arrays.

use super::error::SyntaxError;
use super::expression::{Expressions, TERNARY};
use super::token::TokenKind;
use super::tree::{Entry, Expr, ExprKind, MapKey, Name};

/// How deep brackets behind values nest: `a[b[c]]` is two. Tera's own bound.
const DEEPEST_BRACKETS: usize = 4;
/// How deep arrays nest. Tera's own bound.
const MOST_DIMENSIONS: usize = 2;
/// Fields of `loop`.
const LOOP_FIELDS: &[&str] = &["index", "index0", "first", "last", "length"];
/// Names that no loop or `set` can give.
const RESERVED: &[&str] =
    &["loop", "self", "and", "or", "not", "is", "in", "continue", "break", "none", "None", "null"];

/// A name given to a value.
pub(super) fn binding(name: Name) -> Result<Name, SyntaxError> {
    if RESERVED.contains(&&*name.value) {
        let message = format!("“{}” is a word of Tera and names no value", name.value);
        return Err(SyntaxError::new(name.span, message).with_help("Choose another name."));
    }
    Ok(name)
}

impl Expressions<'_> {
    /// A variable with the way into it, or a function.
    pub(super) fn variable(&mut self) -> Result<Expr, SyntaxError> {
        let name = self.cursor.name("a name")?;
        if self.cursor.is("(") {
            let arguments = self.arguments()?;
            let span = self.since(name.span);
            return Ok(Expr { kind: ExprKind::Function(super::tree::Call { name, arguments, span }), span });
        }
        let is_loop = self.in_loop && name.value == "loop";
        let mut expr = Expr { span: name.span, kind: ExprKind::Variable(name.value) };
        loop {
            expr = match self.cursor.text() {
                "." | "?." => {
                    self.count_part()?;
                    self.attribute(expr, is_loop)?
                }
                "[" | "?[" => {
                    self.count_part()?;
                    self.item(expr)?
                }
                "(" => {
                    let message = "only a function's bare name can be called";
                    let error = SyntaxError::new(self.cursor.span(), message);
                    return Err(error.with_help("Values have filters, not methods: name | upper."));
                }
                _ => return Ok(expr),
            };
        }
    }

    fn attribute(&mut self, of: Expr, is_loop: bool) -> Result<Expr, SyntaxError> {
        let is_optional = self.cursor.is("?.");
        self.cursor.skip();
        let name = self.cursor.name("a name")?;
        if is_loop && !LOOP_FIELDS.contains(&&*name.value) {
            let message = format!("loop has no “{}”", name.value);
            return Err(SyntaxError::new(name.span, message).with_help(format!("It has {}.", LOOP_FIELDS.join(", "))));
        }
        let span = of.span.join(name.span);
        Ok(Expr { kind: ExprKind::Attribute { of: Box::new(of), name, is_optional }, span })
    }

    /// `of[index]`, `of[start:end:step]`
    pub(super) fn item(&mut self, of: Expr) -> Result<Expr, SyntaxError> {
        if self.brackets == DEEPEST_BRACKETS {
            let message = format!("brackets are nested more than {DEEPEST_BRACKETS} deep");
            return Err(
                SyntaxError::new(self.cursor.span(), message).with_help("Take the inner ones out with {% set %}.")
            );
        }
        let is_optional = self.cursor.is("?[");
        self.cursor.skip();
        self.brackets += 1;
        let mut bounds = Vec::new();
        if !self.cursor.is(":") {
            bounds.push(self.expression(0)?);
        }
        let is_slice = self.cursor.takes(":");
        if is_slice && !matches!(self.cursor.text(), ":" | "]") {
            bounds.push(self.expression(0)?);
        }
        if is_slice && self.cursor.takes(":") {
            bounds.push(self.expression(0)?);
        }
        self.cursor.expect("]")?;
        self.brackets -= 1;
        let (span, of) = (self.since(of.span), Box::new(of));
        let kind = match bounds.pop() {
            Some(index) if !is_slice => ExprKind::Item { of, index: Box::new(index), is_optional },
            last => {
                bounds.extend(last);
                ExprKind::Slice { of, bounds, is_optional }
            }
        };
        Ok(Expr { kind, span })
    }

    /// `[a, ...b]`, `[a for b in c if d]`
    pub(super) fn array(&mut self) -> Result<Expr, SyntaxError> {
        let start = self.cursor.span();
        self.dimensions += 1;
        if self.dimensions > MOST_DIMENSIONS {
            let message = format!("arrays are nested more than {MOST_DIMENSIONS} deep");
            return Err(SyntaxError::new(start, message).with_help("Take the inner ones out with {% set %}."));
        }
        self.cursor.skip();
        let mut entries = Vec::new();
        while !self.cursor.is("]") {
            if !entries.is_empty() && !self.cursor.takes_comma("]")? {
                break;
            }
            let is_spread = self.cursor.takes("...");
            let value = self.expression(0)?;
            if !is_spread && entries.is_empty() && self.cursor.is("for") {
                self.dimensions -= 1;
                let kind = self.comprehension(value)?;
                return Ok(Expr { kind, span: self.since(start) });
            }
            entries.push(Entry { value, is_spread });
        }
        self.dimensions -= 1;
        self.cursor.expect("]")?;
        Ok(Expr { kind: ExprKind::Array(entries), span: self.since(start) })
    }

    fn comprehension(&mut self, item: Expr) -> Result<ExprKind, SyntaxError> {
        self.cursor.expect("for")?;
        let names = self.loop_names()?;
        let list = Box::new(self.expression(TERNARY + 1)?);
        let condition = if self.cursor.takes("if") { Some(Box::new(self.expression(TERNARY + 1)?)) } else { None };
        self.cursor.expect("]")?;
        Ok(ExprKind::Comprehension { item: Box::new(item), names, list, condition })
    }

    /// `value in`, `key, value in`
    pub(super) fn loop_names(&mut self) -> Result<Vec<Name>, SyntaxError> {
        let mut names = vec![binding(self.cursor.name("a name for each item")?)?];
        if self.cursor.takes(",") {
            names.push(binding(self.cursor.name("a name for each value")?)?);
        }
        self.cursor.expect("in")?;
        Ok(names)
    }

    /// `{"a": b, ...c}`
    pub(super) fn map(&mut self) -> Result<Expr, SyntaxError> {
        let start = self.cursor.span();
        self.cursor.expect("{")?;
        let mut entries = Vec::new();
        while !self.cursor.is("}") {
            if !entries.is_empty() && !self.cursor.takes_comma("}")? {
                break;
            }
            if self.cursor.takes("...") {
                entries.push((MapKey::Spread, self.expression(0)?));
                continue;
            }
            let is_key = |kind| matches!(kind, TokenKind::String | TokenKind::Integer(_) | TokenKind::Bool(_));
            let Some(key) = self.cursor.peek().filter(|token| is_key(token.kind)) else {
                return Err(self.cursor.expected("a key in quotes"));
            };
            self.cursor.skip();
            self.cursor.expect(":")?;
            entries.push((MapKey::Written(key.span), self.expression(0)?));
        }
        self.cursor.expect("}")?;
        Ok(Expr { kind: ExprKind::Map(entries), span: self.since(start) })
    }
}

/// Whether an expression is written out: no variable, operator or spread in it.
pub(super) fn is_literal(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::None | ExprKind::Bool(_) | ExprKind::Integer(_) | ExprKind::Float(_) | ExprKind::String(_) => true,
        ExprKind::Negative(of) => {
            matches!(of.kind, ExprKind::Integer(_) | ExprKind::Float(_) | ExprKind::Negative(_)) && is_literal(of)
        }
        ExprKind::Array(entries) => entries.iter().all(|entry| !entry.is_spread && is_literal(&entry.value)),
        ExprKind::Map(entries) => {
            entries.iter().all(|(key, value)| matches!(key, MapKey::Written(_)) && is_literal(value))
        }
        _ => false,
    }
}
