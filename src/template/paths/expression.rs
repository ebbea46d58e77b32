//! What an expression gives on a path.

use std::rc::Rc;

use super::conditions::{Condition, Formula};
use super::names::Found;
use super::notes::Sort;
use super::places::{Place, Thing};
use super::value::{Fragment, Value};
use super::walk::{Stop, Walk};
use crate::template::syntax::tree::{Call, Entry, Expr, ExprKind, MapKey, Operator};
use crate::text::Span;

impl<'t> Walk<'_, 't> {
    /// What an expression gives.
    pub(super) fn value(&mut self, expr: &'t Expr) -> Result<Value, Stop> {
        self.step(expr.span)?;
        self.depth += 1;
        let value = self.value_inside(expr);
        self.depth -= 1;
        value
    }

    fn value_inside(&mut self, expr: &'t Expr) -> Result<Value, Stop> {
        Ok(match &expr.kind {
            ExprKind::None => Value::none(),
            ExprKind::Bool(value) => Value::Known((*value).into()),
            ExprKind::Integer(value) => Value::Known((*value).into()),
            ExprKind::Float(value) => Value::Known((*value).into()),
            ExprKind::String(value) => self.quoted(expr, value),
            ExprKind::Variable(name) => self.named(name, expr.span),
            ExprKind::Attribute { of, name, is_optional } => {
                if let Some(count) = self.count(of, &name.value) {
                    return Ok(count);
                }
                let value = self.value(of)?;
                self.attribute(value, &name.value, *is_optional, of.span)?
            }
            ExprKind::Item { of, index, is_optional } => {
                let (value, index) = (self.value(of)?, self.value(index)?);
                self.item(value, &index, *is_optional, of)?
            }
            ExprKind::Slice { of, bounds, .. } => {
                let value = self.value(of)?;
                for bound in bounds {
                    self.value(bound)?;
                }
                self.slice(&value, of, expr)?
            }
            ExprKind::Filter { of, call } if call.name.value == "default" => {
                let value = self.value(of)?;
                self.default(value, call, of.span)?
            }
            ExprKind::Filter { of, call } => {
                let value = self.value(of)?;
                self.apply(value, call, of.span)?
            }
            ExprKind::Test { .. } | ExprKind::Not(_) => self.truth(expr)?,
            ExprKind::Function(call) => self.function(call, expr.span)?,
            ExprKind::Component(call) => {
                self.output.push(Vec::new());
                self.component(call, None, expr.span)?;
                Value::Text(self.output.pop().unwrap_or_default().into())
            }
            ExprKind::Negative(of) => {
                let value = self.value(of)?;
                self.computed("-__0", &[value], &[of], expr.span)?
            }
            ExprKind::Binary { operator, left, right } => self.binary(*operator, left, right, expr)?,
            ExprKind::Ternary { condition, then, otherwise } => {
                let asked = self.condition(condition)?;
                if self.holds(&asked, condition.span)? { self.value(then)? } else { self.value(otherwise)? }
            }
            ExprKind::Array(entries) => self.array(entries, expr.span)?,
            ExprKind::Map(entries) => self.map(entries, expr.span)?,
            ExprKind::Comprehension { .. } => {
                self.unread(expr.span, "a loop inside an expression is not followed");
                Value::Unknown(self.source(expr.span).into())
            }
        })
    }

    /// A string: literal text, unless its bytes are written otherwise.
    fn quoted(&self, expr: &Expr, value: &str) -> Value {
        // The span has the quotes, and the parentheses around them.
        let source = self.source(expr.span);
        let is_around = |c: char| c.is_whitespace() || matches!(c, '(' | ')');
        let start = source.len() - source.trim_start_matches(is_around).len() + 1;
        let inside = Span::new(start, start + value.len());
        if source.get(inside.range()) == Some(value) {
            return Value::Text(Rc::new([Fragment::Literal(self.at(inside.shift(expr.span.start)))]));
        }
        Value::derived(value, self.at(expr.span), "a text with escapes")
    }

    fn named(&mut self, name: &str, span: Span) -> Value {
        match self.names.find(name) {
            Found::Set(value) | Found::Round(value) => {
                self.is_steady = false;
                value
            }
            Found::Nothing => Value::undefined(),
            Found::Context if name == "__tera_context" => {
                self.unread(span, "what the whole context prints is not known");
                Value::Unknown(name.into())
            }
            Found::Context => self.shared.variables.root(name).map_or_else(Value::undefined, Value::Place),
        }
    }

    /// `loop.index` and its like.
    fn count(&mut self, of: &Expr, name: &str) -> Option<Value> {
        let is_loop = matches!(&of.kind, ExprKind::Variable(variable) if variable == "loop");
        let count = self.names.count(name).filter(|_| is_loop);
        self.is_steady &= count.is_none();
        count
    }

    fn attribute(&mut self, of: Value, name: &str, is_optional: bool, span: Span) -> Result<Value, Stop> {
        let at = self.at(span);
        Ok(match of {
            Value::Known(value) if value.is_undefined() => {
                if !is_optional {
                    let path = self.source(span).to_owned();
                    self.need(Formula::Is(false), at, &path)?;
                }
                Value::undefined()
            }
            Value::Map(entries) => {
                let entry = entries.iter().find(|(key, _)| **key == *name);
                entry.map_or_else(Value::undefined, |(_, value)| value.clone())
            }
            Value::Unknown(_) | Value::Made(_) => {
                Value::Unknown(format!("{}.{name}", of.words(self.shared.sources)).into())
            }
            Value::Place(place) => match self.shared.variables.field(&place, name) {
                Some(field) => Value::Place(field),
                None => {
                    let value = Value::Place(place);
                    if !is_optional {
                        let path = value.words(self.shared.sources);
                        self.need(value.is_defined(), at, &path)?;
                    }
                    Value::undefined()
                }
            },
            Value::Known(_) | Value::Text(_) | Value::List(_) | Value::Truth(_) => Value::undefined(),
        })
    }

    fn item(&mut self, of: Value, index: &Value, is_optional: bool, expr: &'t Expr) -> Result<Value, Stop> {
        let sources = self.shared.sources;
        let Some(plain) = index.plain(sources) else {
            let words = format!("{}[{}]", of.words(sources), index.words(sources));
            self.unread(expr.span, "which item is meant is not known");
            return Ok(Value::Unknown(words.into()));
        };
        if let (Some(name), Value::Place(_) | Value::Map(_) | Value::Known(_)) = (plain.as_str(), &of) {
            return self.attribute(of, name, is_optional, expr.span);
        }
        let items = match &of {
            Value::List(items) => Some(items.to_vec()),
            Value::Place(Place { thing: Thing::Facts(count), .. }) => {
                Some(self.facts(*count, Sort::Counts, expr.span)?)
            }
            _ => None,
        };
        if let Some(items) = items {
            let length = i128::try_from(items.len()).unwrap_or(i128::MAX);
            let at = plain.as_i128().map(|at| if at < 0 { at + length } else { at });
            let item = at.and_then(|at| usize::try_from(at).ok()).and_then(|at| items.into_iter().nth(at));
            return Ok(item.unwrap_or_else(Value::undefined));
        }
        self.computed("__0[__1]", &[of, index.clone()], &[expr], expr.span)
    }

    fn slice(&mut self, of: &Value, expr: &'t Expr, whole: &Expr) -> Result<Value, Stop> {
        let bounds = Span::new(expr.span.end, whole.span.end);
        let source = self.source(bounds).trim_end_matches(|c: char| c == ')' || c.is_whitespace());
        self.computed(&format!("__0{source}"), std::slice::from_ref(of), &[expr], whole.span)
    }

    /// The value, or what stands in for it.
    pub(super) fn default(&mut self, value: Value, call: &'t Call, span: Span) -> Result<Value, Stop> {
        let argument = |name: &str| call.arguments.iter().find(|(own, _)| own.value == name).map(|(_, expr)| expr);
        let boolean = argument("boolean").map(|expr| self.value(expr)).transpose()?;
        let is_boolean = boolean.and_then(|value| value.plain(self.shared.sources)).is_some_and(|v| v.is_truthy());
        let condition = if is_boolean {
            value.truth(&mut self.shared.variables, self.shared.sources)
        } else {
            Condition::new(value.is_defined())
        };
        match argument("value") {
            Some(fallback) if !self.holds(&condition, span)? => self.value(fallback),
            _ => Ok(value),
        }
    }

    fn binary(&mut self, operator: Operator, left: &'t Expr, right: &'t Expr, expr: &'t Expr) -> Result<Value, Stop> {
        let symbol = match operator {
            Operator::Or | Operator::And => {
                let value = self.value(left)?;
                let truth = value.truth(&mut self.shared.variables, self.shared.sources);
                let is_true = self.holds(&truth, left.span)?;
                return if is_true == (operator == Operator::Or) { Ok(value) } else { self.value(right) };
            }
            Operator::Join => {
                let value = self.value(left)?;
                let mut text = self.joined(&value, left.span)?;
                let value = self.value(right)?;
                text.extend(self.joined(&value, right.span)?);
                return Ok(Value::Text(text.into()));
            }
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
            Operator::FloorDivide => "//",
            Operator::Modulo => "%",
            Operator::Power => "**",
            _ => return self.truth(expr),
        };
        let values = [self.value(left)?, self.value(right)?];
        self.computed(&format!("__0 {symbol} __1"), &values, &[left, right], expr.span)
    }

    /// What Tera makes of values that are all known; else only the words are.
    pub(super) fn computed(
        &mut self,
        expression: &str,
        values: &[Value],
        operands: &[&Expr],
        span: Span,
    ) -> Result<Value, Stop> {
        let mut plain = Vec::new();
        let mut words = expression.to_owned();
        for (at, value) in values.iter().enumerate() {
            let operand = operands.get(at).map_or(span, |operand| operand.span);
            let value = &self.decided(value.clone(), operand)?;
            words = words.replace(&format!("__{at}"), &value.words(self.shared.sources));
            if let Value::Place(Place { thing: Thing::Known(variable), .. }) = value {
                plain.push(self.settled(*variable, operand)?);
                continue;
            }
            plain.extend(value.plain(self.shared.sources));
            let (there, path) = (value.is_there(), value.words(self.shared.sources));
            self.need(there, self.at(operand), &path)?;
        }
        let at = self.at(span);
        if plain.len() < values.len() {
            return Ok(Value::Unknown(words.into()));
        }
        match self.shared.computer.compute(expression, &plain) {
            Some(value) => Ok(Value::computed(value, at)),
            None => {
                self.need(Formula::Is(false), at, &words)?;
                Ok(Value::undefined())
            }
        }
    }

    fn truth(&mut self, expr: &'t Expr) -> Result<Value, Stop> {
        let condition = self.condition(expr)?;
        if self.needed.is_empty() {
            self.sound(&condition)?;
        }
        Ok(Value::Truth(condition.into()))
    }

    fn array(&mut self, entries: &'t [Entry], span: Span) -> Result<Value, Stop> {
        let mut items = Vec::new();
        for entry in entries {
            let value = self.value(&entry.value)?;
            match value {
                Value::List(spread) if entry.is_spread => items.extend(spread.iter().cloned()),
                Value::Place(Place { thing: Thing::Facts(count), .. }) if entry.is_spread => {
                    items.extend(self.facts(count, Sort::Counts, entry.value.span)?);
                }
                _ if entry.is_spread => {
                    self.unread(span, "what is spread into the list is not known");
                    return Ok(Value::Unknown(self.source(span).into()));
                }
                value => items.push(value),
            }
        }
        Ok(Value::List(items.into()))
    }

    fn map(&mut self, entries: &'t [(MapKey, Expr)], span: Span) -> Result<Value, Stop> {
        let mut map: Vec<(Rc<str>, Value)> = Vec::new();
        for (key, expr) in entries {
            let value = self.value(expr)?;
            let MapKey::Written(key) = key else {
                self.unread(span, "what is spread into the map is not known");
                return Ok(Value::Unknown(self.source(span).into()));
            };
            let key = self.source(*key).trim_matches(['"', '\'', '`']);
            map.retain(|(known, _)| **known != *key);
            map.push((key.into(), value));
        }
        Ok(Value::Map(map.into()))
    }

    fn function(&mut self, call: &'t Call, span: Span) -> Result<Value, Stop> {
        if call.name.value == "super" {
            return self.parent_block(span);
        }
        let mut values = Vec::new();
        for (_, expr) in &call.arguments {
            values.push(self.value(expr)?);
        }
        let named = |(at, (name, _)): (usize, &(_, _))| -> String {
            let name: &crate::template::syntax::tree::Name = name;
            format!("{}=__{at}", name.value)
        };
        let arguments: Vec<_> = call.arguments.iter().enumerate().map(named).collect();
        let operands: Vec<_> = call.arguments.iter().map(|(_, expr)| expr).collect();
        let expression = format!("{}({})", call.name.value, arguments.join(", "));
        let value = self.computed(&expression, &values, &operands, span)?;
        if matches!(value, Value::Unknown(_)) {
            self.unread(span, &format!("what {} gives is not known", call.name.value));
        }
        Ok(value)
    }
}
