//! Conditions: what `if` asks.

use super::conditions::{ABSENT, Condition, Formula, Variable};
use super::notes::Sort;
use super::places::{Place, Thing};
use super::value::{Fragment, Value};
use super::variables::Question;
use super::walk::{Stop, Walk};
use crate::template::syntax::tree::{Call, Expr, ExprKind, Operator};

impl<'t> Walk<'_, 't> {
    /// When an expression is true.
    pub(super) fn condition(&mut self, expr: &'t Expr) -> Result<Condition, Stop> {
        self.step(expr.span)?;
        self.depth += 1;
        let condition = self.condition_inside(expr);
        self.depth -= 1;
        condition
    }

    fn condition_inside(&mut self, expr: &'t Expr) -> Result<Condition, Stop> {
        match &expr.kind {
            ExprKind::Not(of) => Ok(self.condition(of)?.not()),
            ExprKind::Binary { operator: Operator::And, left, right } => {
                let left = self.condition(left)?;
                if left.yes == Formula::Is(false) { Ok(left) } else { Ok(left.and(self.condition(right)?)) }
            }
            ExprKind::Binary { operator: Operator::Or, left, right } => {
                let left = self.condition(left)?;
                if left.yes == Formula::Is(true) { Ok(left) } else { Ok(left.or(self.condition(right)?)) }
            }
            ExprKind::Binary { operator, left, right } if compares(*operator) => {
                self.read(|walk| walk.compare(*operator, left, right))
            }
            ExprKind::Test { of, call, is_negated } => {
                let condition = self.read(|walk| walk.test(of, call))?;
                Ok(if *is_negated { condition.not() } else { condition })
            }
            ExprKind::Ternary { condition, then, otherwise } => {
                let asked = self.condition(condition)?;
                let (then, otherwise) = (self.condition(then)?, self.condition(otherwise)?);
                Ok(asked.clone().and(then).or(asked.not().and(otherwise)))
            }
            _ => self.read(|walk| {
                let value = walk.value(expr)?;
                Ok(value.truth(&mut walk.shared.variables, walk.shared.sources))
            }),
        }
    }

    fn compare(&mut self, operator: Operator, left: &'t Expr, right: &'t Expr) -> Result<Condition, Stop> {
        let (a, b) = (self.value(left)?, self.value(right)?);
        let (a, b) = (self.decided(a, left.span)?, self.decided(b, right.span)?);
        match operator {
            Operator::Equal => Ok(self.equal(&a, &b)),
            Operator::NotEqual => Ok(self.equal(&a, &b).not()),
            Operator::In => self.contains(&b, &a, right),
            Operator::NotIn => Ok(self.contains(&b, &a, right)?.not()),
            _ => self.tried(&format!("__0 {} __1", symbol(operator)), &[a, b], &[left, right]),
        }
    }

    /// What Tera says of values, where they are known; else the words stand for themselves.
    fn tried(&mut self, expression: &str, values: &[Value], operands: &[&Expr]) -> Result<Condition, Stop> {
        let sources = self.shared.sources;
        let plain: Vec<_> = values.iter().map(|value| value.plain(sources)).collect();
        let few = values.iter().enumerate().filter_map(|(at, value)| few(value).map(|variable| (at, variable)));
        let few: Vec<_> = few.collect();
        if let [(at, variable)] = few[..]
            && plain.iter().enumerate().all(|(other, plain)| other == at || plain.is_some())
        {
            return Ok(self.each(expression, plain, at, variable));
        }
        if let Some(plain) = plain.into_iter().collect::<Option<Vec<_>>>() {
            return Ok(match self.shared.computer.compute(expression, &plain) {
                Some(answer) => Condition::constant(answer.is_truthy()),
                None => Condition { yes: Formula::Is(false), no: Formula::Is(false) },
            });
        }
        let mut words = expression.to_owned();
        for (at, value) in values.iter().enumerate() {
            let own = value.words(sources);
            if let Some(operand) = operands.get(at) {
                self.need(value.is_there(), self.at(operand.span), &own)?;
            }
            words = words.replace(&format!("__{at}"), &own);
        }
        let other = self.shared.variables.other(&words);
        self.known_of(other, expression, values);
        Ok(Condition::new(Formula::In(other, 1)))
    }

    /// Ties the answer of a question about one text to the texts that it is compared with.
    fn known_of(&mut self, other: Variable, expression: &str, values: &[Value]) {
        let open: Vec<_> =
            values.iter().enumerate().filter(|(_, value)| value.plain(self.shared.sources).is_none()).collect();
        let [(at, value)] = open[..] else { return };
        let Some((variable, filters)) = made_of(value) else { return };
        let plain = values.iter().map(|value| value.plain(self.shared.sources));
        let own = format!("__{at}");
        let expression = expression.replace(&own, &format!("({own}{filters})"));
        let question = Question { other, expression, at, values: plain.collect() };
        self.shared.variables.tie_question(variable, question, &mut self.shared.computer);
    }

    /// The values of a place with few of them for which an expression is true.
    fn each(
        &mut self,
        expression: &str,
        mut plain: Vec<Option<tera::Value>>,
        at: usize,
        variable: Variable,
    ) -> Condition {
        let (mut yes, mut no) = (0, 0);
        for (bit, value) in self.shared.variables.values(variable).to_vec().into_iter().enumerate() {
            plain[at] = Some(value);
            let values: Vec<_> = plain.iter().flatten().cloned().collect();
            match self.shared.computer.compute(expression, &values) {
                Some(answer) if answer.is_truthy() => yes |= 1 << bit,
                Some(_) => no |= 1 << bit,
                None => {}
            }
        }
        Condition { yes: Formula::In(variable, yes), no: Formula::In(variable, no) }
    }

    /// Whether two values are equal. Tera compares anything with anything.
    fn equal(&mut self, a: &Value, b: &Value) -> Condition {
        let sources = self.shared.sources;
        if let (Some(a), Some(b)) = (a.plain(sources), b.plain(sources)) {
            return Condition::constant(a == b);
        }
        let (open, plain) = match (a.plain(sources), b.plain(sources)) {
            (Some(plain), _) => (b, Some(plain)),
            (_, plain) => (a, plain),
        };
        let Some(plain) = plain else { return self.same(a, b) };
        let variables = &mut self.shared.variables;
        if let Some(variable) = few(open) {
            return Condition::new(Formula::In(variable, variables.which(variable, |value| *value == plain)));
        }
        if let (Some((variable, place)), None) = (text_of(open), plain.as_str()) {
            let is_nothing = match place {
                Some(place) if place.is_none_when_absent() => plain.is_none(),
                Some(_) => plain.is_undefined(),
                None => false,
            };
            return Condition::new(if is_nothing { Formula::In(variable, ABSENT) } else { Formula::Is(false) });
        }
        if let (Some((variable, _)), Some(text)) = (text_of(open), plain.as_str()) {
            if text.is_empty() {
                return Condition::constant(false);
            }
            if let Some(value) = variables.value_of(variable, text) {
                variables.tie_text(variable, value, &mut self.shared.computer);
                return Condition::new(Formula::In(variable, value));
            }
        }
        self.same(a, b)
    }

    /// Whether two values of which little is known are the same.
    fn same(&mut self, a: &Value, b: &Value) -> Condition {
        let mut words = [a, b].map(|value| value.words(self.shared.sources));
        if words[0] == words[1] {
            return Condition::constant(true);
        }
        words.sort();
        let other = self.shared.variables.other(&words.join(" == "));
        self.known_of(other, "__0 == __1", &[a.clone(), b.clone()]);
        Condition::new(Formula::In(other, 1))
    }

    fn contains(&mut self, container: &Value, item: &Value, expr: &'t Expr) -> Result<Condition, Stop> {
        let items = match container {
            Value::List(items) => items.to_vec(),
            Value::Place(Place { thing: Thing::Facts(count), .. }) => self.facts(*count, Sort::Counts, expr.span)?,
            _ => {
                // What is not there is in nothing.
                let there = Condition::new(item.is_there());
                let inside = self.tried("__1 in __0", &[container.clone(), item.clone()], &[expr])?;
                return Ok(there.and(inside));
            }
        };
        let equal = items.iter().map(|one| self.equal(one, item));
        Ok(equal.fold(Condition::constant(false), Condition::or))
    }

    fn test(&mut self, of: &'t Expr, call: &'t Call) -> Result<Condition, Stop> {
        let name = &*call.name.value;
        if matches!(&of.kind, ExprKind::Variable(variable) if variable == "loop") {
            // Only its fields are there.
            return Ok(Condition::constant(name == "undefined"));
        }
        let value = self.value(of)?;
        let value = self.decided(value, of.span)?;
        let is_place = matches!(value, Value::Place(Place { thing: Thing::Text(_) | Thing::Fact(_), .. }));
        let is_text = matches!(value, Value::Place(Place { thing: Thing::Text(_), .. }));
        let known = match name {
            "defined" => value.is_defined(),
            "undefined" => value.is_defined().not(),
            "none" if is_place => Formula::all([value.is_there().not(), value.is_defined()]),
            "string" | "iterable" if is_text => value.is_there(),
            "map" | "iterable" if is_place && !is_text => value.is_there(),
            "string" | "map" | "number" | "integer" | "float" | "bool" | "array" if is_place => Formula::Is(false),
            _ => return self.tested(value, of, call),
        };
        Ok(Condition::new(known))
    }

    fn tested(&mut self, value: Value, of: &'t Expr, call: &'t Call) -> Result<Condition, Stop> {
        let mut values = vec![value];
        let mut operands = vec![of];
        let mut arguments = Vec::new();
        for (at, (name, expr)) in call.arguments.iter().enumerate() {
            values.push(self.value(expr)?);
            operands.push(expr);
            arguments.push(format!("{}=__{}", name.value, at + 1));
        }
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        self.tried(&format!("__0 is {}{arguments}", call.name.value), &values, &operands)
    }
}

/// The variable behind a place that has one of few values.
const fn few(value: &Value) -> Option<Variable> {
    match value {
        Value::Place(Place { thing: Thing::Known(variable), .. }) => Some(*variable),
        _ => None,
    }
}

/// The variable whose text a value is, and its place, unless it was printed and so is there.
fn text_of(value: &Value) -> Option<(Variable, Option<&Place>)> {
    match value {
        Value::Place(place) => match place.thing {
            Thing::Text(variable) => Some((variable, Some(place))),
            _ => None,
        },
        Value::Text(text) => match &text[..] {
            [Fragment::Hole(hole)] if hole.filters.is_empty() => hole.variable.map(|variable| (variable, None)),
            _ => None,
        },
        _ => None,
    }
}

/// The variable of which a value is made, and the filters that made it.
fn made_of(value: &Value) -> Option<(Variable, &str)> {
    match value {
        Value::Place(Place { thing: Thing::Text(variable), .. }) => Some((*variable, "")),
        Value::Made(hole) => Some((hole.variable?, &*hole.filters)),
        Value::Text(text) => match &text[..] {
            [Fragment::Hole(hole)] => Some((hole.variable?, &*hole.filters)),
            _ => None,
        },
        _ => None,
    }
}

const fn compares(operator: Operator) -> bool {
    use Operator::{Equal, Greater, GreaterOrEqual, In, Less, LessOrEqual, NotEqual, NotIn};
    matches!(operator, Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual | In | NotIn)
}

const fn symbol(operator: Operator) -> &'static str {
    match operator {
        Operator::Less => "<",
        Operator::LessOrEqual => "<=",
        Operator::Greater => ">",
        _ => ">=",
    }
}
