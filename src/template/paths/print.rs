//! What a value prints.

use std::rc::Rc;

use super::Effect;
use super::conditions::Condition;
use super::places::{Place, Thing};
use super::value::{Fragment, Hole, Value};
use super::walk::{Stop, Walk};
use crate::template::syntax::tree::Expr;
use crate::text::Span;

impl Walk<'_, '_> {
    /// What `{{ expr }}` prints. What is undefined is an error.
    pub(super) fn print(&mut self, value: &Value, expr: &Expr) -> Result<Vec<Fragment>, Stop> {
        let path = self.source(expr.span);
        self.print_at(value, expr.span, path)
    }

    pub(super) fn print_at(&mut self, value: &Value, span: Span, path: &str) -> Result<Vec<Fragment>, Stop> {
        let defined = value.is_defined();
        let path = match value {
            Value::Place(place) => place.path.clone(),
            _ => Rc::from(path),
        };
        self.need(defined, self.at(span), &path)?;
        self.printed(value, span, &path)
    }

    /// What an operand of `~` gives. What is not there gives nothing, in silence.
    pub(super) fn joined(&mut self, value: &Value, span: Span) -> Result<Vec<Fragment>, Stop> {
        self.printed(value, span, self.source(span))
    }

    fn printed(&mut self, value: &Value, span: Span, path: &str) -> Result<Vec<Fragment>, Stop> {
        let at = self.at(span);
        let derived = |text: String, why: &str| vec![Fragment::Derived { text: text.into(), at, why: why.into() }];
        Ok(match value {
            Value::Text(text) => text.to_vec(),
            Value::Known(known) if known.is_undefined() || known.is_none() => {
                self.missing(at, path, Effect::PrintsNothing);
                vec![Fragment::Nothing { at, path: path.into() }]
            }
            Value::Known(known) => derived(known.to_string(), "a number"),
            Value::Truth(condition) => derived(self.holds(condition, span)?.to_string(), "true or false"),
            // It may be a number, and is text from here on.
            Value::Made(hole) => {
                vec![Fragment::Hole(Hole { filters: format!("{} | str", hole.filters).into(), ..hole.clone() })]
            }
            Value::Unknown(words) => {
                vec![Fragment::Hole(Hole { filters: " | str".into(), ..self.hole(words, None, span) })]
            }
            Value::Place(place) => self.printed_place(place, span)?,
            Value::List(_) | Value::Map(_) => match value.plain(self.shared.sources) {
                Some(plain) => derived(plain.to_string(), "a list"),
                None => {
                    self.unread(span, "the note prints a list as such");
                    vec![Fragment::Hole(self.hole(&value.words(self.shared.sources), None, span))]
                }
            },
        })
    }

    fn printed_place(&mut self, place: &Place, span: Span) -> Result<Vec<Fragment>, Stop> {
        let at = self.at(span);
        match place.thing {
            Thing::Known(variable) => {
                let value = self.settled(variable, span)?;
                Ok(vec![Fragment::Derived { text: value.to_string().into(), at, why: place.path.clone() }])
            }
            Thing::Person | Thing::Facts(_) => {
                self.unread(span, "the note prints a list as such");
                Ok(vec![Fragment::Hole(self.hole(&place.path, None, span))])
            }
            Thing::Text(variable) | Thing::Fact(variable) => {
                let there = Value::Place(place.clone()).is_there();
                self.shared.variables.update(&mut self.known);
                if self.known.allows(&there.not()) {
                    self.missing(at, &place.path, Effect::PrintsNothing);
                    if !self.holds(&Condition::new(there), span)? {
                        return Ok(vec![Fragment::Nothing { at, path: place.path.clone() }]);
                    }
                }
                let is_text = matches!(place.thing, Thing::Text(_));
                if !is_text {
                    self.unread(span, "the note prints a list as such");
                }
                Ok(vec![Fragment::Hole(self.hole(&place.path, is_text.then_some(variable), span))])
            }
        }
    }
}
