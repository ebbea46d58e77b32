//! The variables that stand for values of the context, and what is known of them before anything is asked.

use std::rc::Rc;

use rustc_hash::FxHashMap;
use tera::Value;

use super::compute::Computer;
use super::conditions::{ABSENT, Formula, Known, Values, Variable};
use super::places::Promises;

/// Texts that one value is compared with and that are told apart.
const MOST_TEXTS: usize = 60;

/// Questions about one text whose answers are tied to the texts that are told apart. Others may have any answer.
const MOST_QUESTIONS: usize = 12;

/// What is told apart of a variable's values.
#[derive(Clone, Debug, Default)]
struct Entry {
    name: Rc<str>,
    /// The texts it is compared with.
    texts: Vec<Rc<str>>,
    /// The values it has, if they are known.
    values: Vec<Value>,
    /// What else is asked of it.
    questions: Vec<Question>,
}

/// A question about a text, which Tera can answer once it knows the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    /// Yes and no.
    pub(super) other: Variable,
    pub(super) expression: String,
    /// The place of the text among the values of the expression.
    pub(super) at: usize,
    pub(super) values: Vec<Option<Value>>,
}

impl Question {
    fn answer(&self, text: &str, computer: &mut Computer) -> Option<bool> {
        let mut values = self.values.clone();
        values[self.at] = Some(text.into());
        let values: Option<Vec<_>> = values.into_iter().collect();
        computer.compute(&self.expression, &values?).map(|answer| answer.is_truthy())
    }
}

/// The variables of a template's paths. They keep their numbers from path to path.
#[derive(Debug)]
pub(super) struct Variables {
    entries: Vec<Entry>,
    by_name: FxHashMap<Rc<str>, Variable>,
    /// What is known of them before anything is asked.
    start: Known,
    /// What was learnt since a path took it over.
    learnt: Vec<Formula>,
    /// What the template's front matter promises.
    pub(super) promises: Promises,
}

impl Variables {
    pub(super) fn new(promises: Promises) -> Self {
        Self {
            entries: Vec::new(),
            by_name: FxHashMap::default(),
            start: Known::default(),
            learnt: Vec::new(),
            promises,
        }
    }

    /// What is known at the start of a path.
    pub(super) fn start(&self) -> Known {
        self.start.clone()
    }

    /// Brings a path up to date with variables that it met first.
    pub(super) fn update(&mut self, known: &mut Known) {
        while known.len() < self.entries.len() {
            known.push(self.start_values(known.len()));
        }
        for formula in std::mem::take(&mut self.learnt) {
            known.assert(&formula);
        }
    }

    fn start_values(&self, at: usize) -> Values {
        let entry = &self.entries[at];
        if entry.values.is_empty() { !0 } else { (1 << entry.values.len()) - 1 }
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.entries.len()
    }

    /// The variable's name.
    pub(super) fn name(&self, variable: Variable) -> &Rc<str> {
        &self.entries[variable.0 as usize].name
    }

    /// The values of a variable that is known to have one of few.
    pub(super) fn values(&self, variable: Variable) -> &[Value] {
        &self.entries[variable.0 as usize].values
    }

    /// The values that meet a condition, of a variable that is known to have one of few.
    pub(super) fn which(&self, variable: Variable, meets: impl Fn(&Value) -> bool) -> Values {
        let values = self.values(variable).iter().enumerate();
        values.filter(|(_, value)| meets(value)).fold(0, |which, (at, _)| which | 1 << at)
    }

    /// The text behind one of a variable's values.
    pub(super) fn text(&self, variable: Variable, value: Values) -> Option<&Rc<str>> {
        self.entries[variable.0 as usize].texts.get(value.trailing_zeros() as usize)
    }

    #[cfg(test)]
    pub(super) fn texts(&self, variable: Variable) -> &[Rc<str>] {
        &self.entries[variable.0 as usize].texts
    }

    #[cfg(test)]
    pub(super) fn all_texts(&self) -> usize {
        self.entries.iter().map(|entry| entry.texts.len()).sum()
    }

    /// The value of a variable that stands for a text.
    pub(super) fn value_of(&mut self, variable: Variable, text: &str) -> Option<Values> {
        let entry = &mut self.entries[variable.0 as usize];
        if !entry.values.is_empty() {
            let at = entry.values.iter().position(|value| value.as_str() == Some(text));
            return Some(at.map_or(0, |at| 1 << at));
        }
        let known = entry.texts.iter().position(|known| **known == *text);
        let at = known.unwrap_or(entry.texts.len());
        if at >= MOST_TEXTS {
            return None;
        }
        if known.is_none() {
            entry.texts.push(text.into());
        }
        Some(1 << at)
    }

    /// The variable of a name that was asked for.
    pub(super) fn known(&self, name: &str) -> Option<Variable> {
        self.by_name.get(name).copied()
    }

    /// A condition of which only the words are known: the same words, the same answer.
    pub(super) fn other(&mut self, words: &str) -> Variable {
        self.variable(words, &[Value::from(true), Value::from(false)])
    }

    /// A count from nothing to `most`.
    pub(super) fn count(&mut self, name: &str, most: usize) -> Variable {
        let values: Vec<_> = (0..=most).map(Value::from).collect();
        self.variable(name, &values)
    }

    /// The variable of a name, which has one of some values, if they are known.
    pub(super) fn variable(&mut self, name: &str, values: &[Value]) -> Variable {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        let variable = Variable(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        let name: Rc<str> = name.into();
        self.by_name.insert(name.clone(), variable);
        self.entries.push(Entry { name, texts: Vec::new(), values: values.to_vec(), questions: Vec::new() });
        self.start.push(self.start_values(variable.0 as usize));
        variable
    }

    /// Ties the answers of a question about a text to the texts that are told apart.
    pub(super) fn tie_question(&mut self, variable: Variable, question: Question, computer: &mut Computer) {
        let entry = &mut self.entries[variable.0 as usize];
        let is_known = entry.questions.iter().any(|known| known.other == question.other);
        if is_known || entry.questions.len() >= MOST_QUESTIONS {
            return;
        }
        entry.questions.push(question);
        for at in 0..entry.texts.len() {
            self.tie_text(variable, 1 << at, computer);
        }
    }

    /// Ties a text to the answers of the questions about it.
    pub(super) fn tie_text(&mut self, variable: Variable, value: Values, computer: &mut Computer) {
        let Some(text) = self.text(variable, value).cloned() else { return };
        for question in self.entries[variable.0 as usize].questions.clone() {
            if let Some(answer) = question.answer(&text, computer) {
                let is_answer = Formula::In(question.other, if answer { 1 } else { 2 });
                self.learn(Formula::any([Formula::In(variable, !value), is_answer]));
            }
        }
    }

    /// Takes in what always holds.
    pub(super) fn learn(&mut self, formula: Formula) {
        if !self.start.has(&formula) {
            self.start.assert(&formula);
            self.learnt.push(formula);
        }
    }

    /// A variable that is never absent.
    pub(super) fn present(&mut self, name: &str) -> Variable {
        let is_new = self.known(name).is_none();
        let variable = self.variable(name, &[]);
        if is_new {
            self.learn(Formula::In(variable, !ABSENT));
        }
        variable
    }
}
