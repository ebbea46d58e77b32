//! Questions, and what is needed for a note to be made at all.

use std::rc::Rc;

use super::conditions::{Condition, Formula, Variable};
use super::notes::{Outcome, Sort, words};
use super::places::{Place, Thing};
use super::value::{Hole, Value};
use super::walk::{Stop, Walk};
use super::{Choice, Effect, Taken};
use crate::template::syntax::tree::Expr;
use crate::text::{SourceSpan, Span};

/// Rounds of a loop over something of which nothing is known.
const MOST_ROUNDS: usize = 2;
/// Rounds of a loop that are followed.
const LONGEST_LOOP: usize = 200;

/// The items of a loop, with their keys if it asks for them.
type Items = Vec<(Option<Value>, Value)>;

impl<'t> Walk<'_, 't> {
    /// Whether a condition holds: `yes` is the outcome if it does, else it is one of `no`.
    pub(super) fn ask(
        &mut self,
        condition: &Condition,
        yes: Outcome,
        no: &[Outcome],
        span: Span,
    ) -> Result<bool, Stop> {
        self.step(span)?;
        self.shared.variables.update(&mut self.known);
        self.suspect(condition);
        self.was_open = false;
        let (guards, is_steady) = (&self.guards, self.is_steady);
        let when = |formula: &Formula| Formula::all(guards.iter().chain([formula]).cloned());
        self.chooser.hears(yes, &|| when(&condition.yes), is_steady);
        if let [no] = no {
            self.chooser.hears(*no, &|| when(&condition.no), is_steady);
        }
        let answer = match (&condition.yes, &condition.no) {
            (Formula::Is(true), _) => true,
            (_, Formula::Is(true)) => false,
            _ => self.answer(condition, yes, no)?,
        };
        let formula = if answer { &condition.yes } else { &condition.no };
        if !self.known.assert(formula) {
            return Err(Stop::Fails);
        }
        self.shared.steps += self.known.work();
        self.guards.push(formula.clone());
        Ok(answer)
    }

    fn answer(&mut self, condition: &Condition, yes: Outcome, no: &[Outcome]) -> Result<bool, Stop> {
        if let Some(answer) = self.script.next() {
            self.was_open = answer.is_open;
            return Ok(answer.value);
        }
        let is_possible = (self.known.allows(&condition.yes), self.known.allows(&condition.no));
        let answer = match is_possible {
            (false, false) => return Err(Stop::Fails),
            (true, true) => self.chooser.prefers_yes(yes, no),
            (yes, _) => yes,
        };
        self.was_open = is_possible == (true, true);
        self.script.answer(answer, self.was_open);
        Ok(answer)
    }

    /// Goes on only where a value is there; elsewhere Tera refuses.
    pub(super) fn need(&mut self, formula: Formula, at: SourceSpan, path: &str) -> Result<(), Stop> {
        if formula == Formula::Is(true) {
            return Ok(());
        }
        if let Some(needed) = self.needed.last_mut() {
            needed.push((formula, at, path.to_owned()));
            return Ok(());
        }
        self.shared.variables.update(&mut self.known);
        if self.known.allows(&formula.not()) {
            self.missing(at, path, Effect::Fails);
        }
        if self.known.allows(&formula) && self.known.assert(&formula) { Ok(()) } else { Err(Stop::Fails) }
    }

    /// Reads a condition, or a part of one, of which a value decides.
    pub(super) fn read(&mut self, read: impl FnOnce(&mut Self) -> Result<Condition, Stop>) -> Result<Condition, Stop> {
        self.needed.push(Vec::new());
        let condition = read(self);
        let needed = self.needed.pop().unwrap_or_default();
        let formula = Formula::all(needed.iter().map(|(formula, ..)| formula.clone()));
        self.suspects.extend(needed);
        Ok(condition?.given(&formula))
    }

    /// Notes what may be missing where a condition that was read is asked.
    fn suspect(&mut self, condition: &Condition) {
        if self.suspects.is_empty() {
            return;
        }
        let unsound = condition.sound().not();
        for (formula, at, path) in std::mem::take(&mut self.suspects) {
            if self.known.allows(&Formula::all([unsound.clone(), formula.not()])) {
                self.missing(at, &path, Effect::Fails);
            }
        }
    }

    /// Goes on only where a condition is no error to ask.
    pub(super) fn sound(&mut self, condition: &Condition) -> Result<(), Stop> {
        self.shared.variables.update(&mut self.known);
        self.suspect(condition);
        let sound = condition.sound();
        if self.known.allows(&sound) && self.known.assert(&sound) { Ok(()) } else { Err(Stop::Fails) }
    }

    /// The value, with what is true or false decided.
    pub(super) fn decided(&mut self, value: Value, span: Span) -> Result<Value, Stop> {
        match value {
            Value::Truth(condition) => Ok(Value::Known(self.holds(&condition, span)?.into())),
            value => Ok(value),
        }
    }

    /// Which of its few values a place has.
    pub(super) fn settled(&mut self, variable: Variable, span: Span) -> Result<tera::Value, Stop> {
        let values = self.shared.variables.values(variable).to_vec();
        let at = self.at(span);
        let what = words(self.shared.variables.name(variable));
        let question = self.shared.notes.question(at, Sort::Counts, || {
            let value = |value: &tera::Value| Taken::Value(value.to_string().into());
            values.iter().map(|own| Choice { at, what: what.clone(), taken: value(own) }).collect()
        });
        let chosen = self.chosen(variable, values.len(), question, span)?;
        Ok(values.into_iter().nth(chosen).unwrap_or_else(tera::Value::none))
    }

    /// Which of the values from the first on a variable has.
    fn chosen(
        &mut self,
        variable: Variable,
        count: usize,
        question: super::notes::Question,
        span: Span,
    ) -> Result<usize, Stop> {
        self.shared.variables.update(&mut self.known);
        let outcome = |at: usize| Outcome { question, answer: u8::try_from(at).unwrap_or(u8::MAX) };
        let all: Vec<_> = (0..count).map(outcome).collect();
        let guards = self.guards.len();
        let mut is_open = false;
        let mut chosen = count.saturating_sub(1);
        for at in 0..chosen {
            let condition = Condition::new(Formula::In(variable, 1 << at));
            let yes = self.ask(&condition, all[at], &all[at + 1..], span)?;
            is_open |= self.was_open;
            if yes {
                chosen = at;
                break;
            }
        }
        self.guards.truncate(guards);
        self.take(outcome(chosen), is_open);
        // Of one value only nothing was asked, so nothing may be known of the variable yet.
        self.shared.variables.update(&mut self.known);
        if !self.known.assert(&Formula::In(variable, 1 << chosen)) {
            return Err(Stop::Fails);
        }
        Ok(chosen)
    }

    /// How many rounds a loop over something makes.
    fn counted(&mut self, variable: Variable, most: usize, sort: Sort, span: Span) -> Result<usize, Stop> {
        let (at, source) = (self.at(span), self.source(span));
        let question = self.shared.notes.question(at, sort, || {
            (0..=most).map(|rounds| Choice { at, what: words(source), taken: Taken::Rounds(rounds) }).collect()
        });
        self.chosen(variable, most + 1, question, span)
    }

    /// The facts that there are on this path.
    pub(super) fn facts(&mut self, count: Variable, sort: Sort, span: Span) -> Result<Vec<Value>, Stop> {
        let most = self.shared.variables.most_facts();
        let count = self.counted(count, most, sort, span)?;
        Ok((0..count).map(|at| Value::Place(self.shared.variables.fact_at(at))).collect())
    }

    /// What a loop goes through.
    pub(super) fn items(&mut self, list: &'t Expr, has_key: bool, has_else: bool) -> Result<Items, Stop> {
        let value = self.value(list)?;
        let at = self.at(list.span);
        let sort = if has_else { Sort::Answers } else { Sort::Counts };
        let plain = |items: &[Value]| items.iter().map(|item| (None, item.clone())).collect::<Vec<_>>();
        let items = match &value {
            Value::List(items) if !has_key => plain(items),
            Value::Map(entries) => {
                let key = |key: &str| Value::derived(key, at, "the key of a map");
                entries.iter().map(|(name, value)| (Some(key(name)), value.clone())).collect()
            }
            Value::Place(Place { thing: Thing::Facts(count), .. }) if !has_key => {
                plain(&self.facts(*count, sort, list.span)?)
            }
            Value::Text(_) if !has_key && value.plain(self.shared.sources).is_some() => self.letters(&value, at)?,
            Value::Known(_) | Value::Truth(_) | Value::List(_) => {
                let path = self.source(list.span).to_owned();
                self.need(Formula::Is(false), at, &path)?;
                Vec::new()
            }
            Value::Place(_) | Value::Text(_) | Value::Made(_) | Value::Unknown(_) => {
                self.unknown_items(&value, sort, list.span)?
            }
        };
        if items.len() > LONGEST_LOOP {
            self.unread(list.span, "the loop makes more rounds than can be followed");
            return Err(Stop::Cut);
        }
        Ok(items)
    }

    /// The letters of a text.
    fn letters(&mut self, value: &Value, at: SourceSpan) -> Result<Items, Stop> {
        let text = value.plain(self.shared.sources).into_iter().collect::<Vec<_>>();
        let letters = self.shared.computer.compute("[c for c in __0]", &text).ok_or(Stop::Fails)?;
        let letters = letters.as_array().unwrap_or_default().iter();
        Ok(letters.map(|letter| (None, Value::computed(letter.clone(), at))).collect())
    }

    /// Rounds over something that is not known.
    fn unknown_items(&mut self, value: &Value, sort: Sort, span: Span) -> Result<Items, Stop> {
        let at = self.at(span);
        let words = value.words(self.shared.sources);
        self.need(value.is_there(), at, &words)?;
        self.unread(span, &format!("how many rounds the loop over {words} makes is not known"));
        let variable = self.shared.variables.count(&format!("{words} | length"), MOST_ROUNDS);
        let count = self.counted(variable, MOST_ROUNDS, sort, span)?;
        let item = |what: &str, at: usize| Value::Unknown(Rc::from(format!("{words}[{at}]{what}")));
        Ok((0..count).map(|at| (Some(item(".key", at)), item("", at))).collect())
    }

    /// A hole for a value.
    pub(super) fn hole(&self, path: &str, variable: Option<Variable>, span: Span) -> Hole {
        Hole { at: self.at(span), path: path.into(), variable, filters: "".into() }
    }
}
