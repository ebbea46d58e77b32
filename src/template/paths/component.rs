//! Includes, blocks and components: other templates' text in the place where it is used.

use std::rc::Rc;

use super::conditions::Formula;
use super::names::{Found, Frame};
use super::places::Place;
use super::value::Value;
use super::walk::{Inheritance, Stop, Walk};
use crate::template::syntax::tree::{Argument, Body, ComponentCall, Parameter, Passing};
use crate::text::Span;

/// Includes and components inside one another. Tera's own limit on components is 20.
const MOST_FRAMES: usize = 20;

/// What a component is given, by name.
type Given<'t> = Vec<(&'t str, Value)>;

impl<'t> Walk<'_, 't> {
    /// The text of another template. It sees the names of this one, and what it sets is gone behind it.
    pub(super) fn include(&mut self, tag: Span, id: &str) -> Result<(), Stop> {
        let forest = self.shared.forest;
        let Some(leaf) = forest.get(id) else {
            self.unread(tag, &format!("there is no template {id}, or it cannot be read"));
            return Ok(());
        };
        self.not_too_deep(tag)?;
        let (_, blocks) = forest.lineage(leaf);
        let inheritance = std::mem::replace(&mut self.inheritance, Inheritance { blocks, open: Vec::new() });
        let base = std::mem::replace(&mut self.base, leaf.base);
        self.names.enter(Frame { is_included: true, ..Frame::default() });
        let flow = self.nodes(leaf.nodes);
        self.names.leave();
        self.base = base;
        self.inheritance = inheritance;
        flow.map(|_| ())
    }

    fn not_too_deep(&mut self, span: Span) -> Result<(), Stop> {
        if self.names.depth() <= MOST_FRAMES {
            return Ok(());
        }
        self.unread(span, "templates and components are nested deeper here than can be followed");
        Err(Stop::Cut)
    }

    /// A block, as the last template that has it wrote it.
    pub(super) fn block(&mut self, name: &'t str, own: &'t Body) -> Result<(), Stop> {
        let (base, body) = match self.inheritance.blocks.get(name).and_then(|bodies| bodies.first()) {
            Some((base, body)) => (*base, *body),
            None => (self.base, own),
        };
        self.inheritance.open.push((name, 0));
        let base = std::mem::replace(&mut self.base, base);
        let flow = self.nodes(&body.nodes);
        self.base = base;
        self.inheritance.open.pop();
        flow.map(|_| ())
    }

    /// `super()`
    pub(super) fn parent_block(&mut self, span: Span) -> Result<Value, Stop> {
        let open = self.inheritance.open.last().copied();
        let above =
            open.and_then(|(name, level)| Some((name, level, *self.inheritance.blocks.get(name)?.get(level + 1)?)));
        let Some((name, level, (base, body))) = above else {
            let at = self.at(span);
            self.need(Formula::Is(false), at, "super()")?;
            return Ok(Value::undefined());
        };
        self.inheritance.open.push((name, level + 1));
        let base = std::mem::replace(&mut self.base, base);
        let text = self.captured(body);
        self.base = base;
        self.inheritance.open.pop();
        text
    }

    /// Prints a component.
    pub(super) fn component(&mut self, call: &'t ComponentCall, body: Option<Value>, span: Span) -> Result<(), Stop> {
        let Some(definition) = self.shared.forest.component(&call.name.value) else {
            self.unread(span, &format!("there is no component {}", call.name.value));
            return Ok(());
        };
        let given = self.given(&call.arguments)?;
        if self.names.depth() > MOST_FRAMES {
            // Tera refuses here too.
            self.unread(span, "a component that calls itself is followed 20 times");
            return Err(Stop::Fails);
        }
        let arguments = self.arguments(definition.parameters, given, body, span)?;
        self.names.enter(Frame { arguments: Some(arguments), ..Frame::default() });
        let base = std::mem::replace(&mut self.base, definition.base);
        let inheritance = std::mem::take(&mut self.inheritance);
        let flow = self.nodes(&definition.body.nodes);
        self.inheritance = inheritance;
        self.base = base;
        self.names.leave();
        flow.map(|_| ())
    }

    fn given(&mut self, arguments: &'t [Argument]) -> Result<Vec<(Rc<str>, Value)>, Stop> {
        let mut given: Vec<(Rc<str>, Value)> = Vec::new();
        let mut add = |name: Rc<str>, value| {
            given.retain(|(known, _)| *known != name);
            given.push((name, value));
        };
        for argument in arguments {
            match argument {
                Argument::Named { name, value } => add((*name.value).into(), self.value(value)?),
                Argument::Short(name) => {
                    let value = self.variable(&name.value);
                    add((*name.value).into(), value);
                }
                Argument::Spread(map) => match self.value(map)? {
                    Value::Map(entries) => entries.iter().for_each(|(name, value)| add(name.clone(), value.clone())),
                    _ => self.unread(map.span, "what the component is given is not known"),
                },
            }
        }
        Ok(given)
    }

    /// What a name stands for.
    fn variable(&mut self, name: &str) -> Value {
        match self.names.find(name) {
            Found::Set(value) | Found::Round(value) => value,
            Found::Nothing => Value::undefined(),
            Found::Context => self.of_context(name),
        }
    }

    fn of_context(&mut self, name: &str) -> Value {
        self.shared.variables.root(name).map_or_else(Value::undefined, |place: Place| Value::Place(place))
    }

    /// The names a component sees.
    fn arguments(
        &mut self,
        parameters: &'t [Parameter],
        mut given: Vec<(Rc<str>, Value)>,
        body: Option<Value>,
        span: Span,
    ) -> Result<Given<'t>, Stop> {
        let mut arguments = Given::new();
        let mut rest = None;
        for parameter in parameters {
            let name = &*parameter.name.value;
            if parameter.passing == Passing::Rest {
                rest = Some(name);
                continue;
            }
            let own = given.iter().position(|(known, _)| **known == *name).map(|at| given.swap_remove(at).1);
            let implicit = || (parameter.passing == Passing::Implicit).then(|| self.names.find_implicit(name));
            let value = match own.map(Found::Set).or_else(implicit) {
                Some(Found::Set(value) | Found::Round(value)) => value,
                Some(Found::Context) => self.of_context(name),
                Some(Found::Nothing) | None => Value::undefined(),
            };
            let value = match &parameter.default {
                Some(default) if value.is_undefined() => self.value(default)?,
                _ => value,
            };
            if value.is_undefined() {
                let at = self.at(span);
                self.need(Formula::Is(false), at, name)?;
            }
            arguments.push((name, value));
        }
        match rest {
            Some(rest) => arguments.push((rest, Value::Map(given.into()))),
            None if given.is_empty() => {}
            None => {
                let (at, name) = (self.at(span), given[0].0.clone());
                self.need(Formula::Is(false), at, &name)?;
            }
        }
        arguments.extend(body.map(|body| ("body", body)));
        Ok(arguments)
    }
}
