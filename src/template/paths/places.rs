//! What a template sees, as places of its context: which of them may be missing, and what goes with what.

use std::rc::Rc;

use rustc_hash::FxHashMap;
use tera::Value;

use super::conditions::{ABSENT, Formula, Known, Values, Variable};
use crate::contact::FactKind;
use crate::context::{Channel, Kind};
use crate::template::front_matter::{FIELDS, FrontMatter};
use crate::template::scope::DETAILS;

/// Facts that a path has at most, unless the template needs more kinds.
const MOST_FACTS: usize = 2;
/// Texts that one value is compared with and that are told apart.
const MOST_TEXTS: usize = 60;

/// A place of the context.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// As it is written: `contact.company`, `facts[0].what`.
    pub(super) path: Rc<str>,
    pub(super) thing: Thing,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    /// The contact or the writer.
    Person,
    /// A fact of a kind; `None` in Tera's sense when there is none.
    Fact(Variable),
    /// All facts: the variable's values are how many there are.
    Facts(Variable),
    /// A text that is not empty, or nothing.
    Text(Variable),
    /// One of few values that are known.
    Known(Variable),
}

impl Place {
    /// Whether it is `none` in Tera's sense when it is not there, and not undefined.
    pub(super) fn is_none_when_absent(&self) -> bool {
        matches!(self.thing, Thing::Fact(_)) || *self.path == *"today"
    }
}

/// What is told apart of a variable's values.
#[derive(Clone, Debug, Default)]
struct Entry {
    name: Rc<str>,
    /// The texts it is compared with.
    texts: Vec<Rc<str>>,
    /// The values it has, if they are known.
    values: Vec<Value>,
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
    needs: Vec<String>,
    language: Option<String>,
    kind: Option<Kind>,
    /// The kinds of facts that were asked for.
    kinds: Vec<(FactKind, Variable)>,
    most_facts: usize,
}

impl Variables {
    /// For a template, or for one that is only included when there is no front matter.
    pub(super) fn new(front: Option<&FrontMatter>) -> Self {
        let needs: Vec<_> = front.iter().flat_map(|front| front.needs.iter().map(|need| need.value.path())).collect();
        let kinds = FactKind::ALL.iter().filter(|kind| needs.iter().any(|need| need == kind.as_str())).count();
        Self {
            entries: Vec::new(),
            by_name: FxHashMap::default(),
            start: Known::default(),
            learnt: Vec::new(),
            needs,
            language: front.map(|front| front.language.clone()),
            kind: front.map(|front| front.kind),
            kinds: Vec::new(),
            most_facts: kinds.max(MOST_FACTS),
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
        let at = entry.texts.iter().position(|known| **known == *text);
        let at = at.unwrap_or_else(|| {
            entry.texts.push(text.into());
            entry.texts.len() - 1
        });
        (at < MOST_TEXTS).then(|| 1 << at)
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

    fn variable(&mut self, name: &str, values: &[Value]) -> Variable {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        let variable = Variable(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        let name: Rc<str> = name.into();
        self.by_name.insert(name.clone(), variable);
        self.entries.push(Entry { name, texts: Vec::new(), values: values.to_vec() });
        self.start.push(self.start_values(variable.0 as usize));
        variable
    }

    fn learn(&mut self, formula: Formula) {
        self.start.assert(&formula);
        self.learnt.push(formula);
    }

    /// What a name at the start of a path stands for.
    pub(super) fn root(&mut self, name: &str) -> Option<Place> {
        let thing = match name {
            "contact" | "me" => Thing::Person,
            "facts" => Thing::Facts(self.facts()),
            "today" => Thing::Text(self.variable(name, &[])),
            "detail" => Thing::Known(self.detail()),
            "kind" => {
                let kinds = Kind::ALL.into_iter().filter(|kind| self.kind.is_none_or(|only| only == *kind));
                let kinds: Vec<_> = kinds.map(|kind| kind.as_str().into()).collect();
                Thing::Known(self.variable(name, &kinds))
            }
            "channel" => {
                let channels: Vec<_> = Channel::all().map(|channel| channel.as_str().into()).collect();
                Thing::Known(self.variable(name, &channels))
            }
            "language" => match self.language.clone() {
                Some(language) => Thing::Known(self.variable(name, &[language.into()])),
                None => Thing::Text(self.present(name)),
            },
            _ => Thing::Fact(self.fact(FactKind::ALL.into_iter().find(|kind| kind.as_str() == name)?)),
        };
        Some(Place { path: name.into(), thing })
    }

    /// A field of a person or a part of a fact.
    pub(super) fn field(&mut self, of: &Place, name: &str) -> Option<Place> {
        let path = format!("{}.{name}", of.path);
        let thing = match of.thing {
            Thing::Person => {
                let field = FIELDS.iter().find(|field| **field == name)?;
                let always = *of.path == *"contact" && *field == "first_name";
                let is_needed = self.needs.contains(&path);
                Thing::Text(if always || is_needed { self.present(&path) } else { self.variable(&path, &[]) })
            }
            Thing::Fact(fact) => self.part(fact, &of.path.clone(), name)?,
            _ => return None,
        };
        Some(Place { path: path.into(), thing })
    }

    /// A fact of the list.
    pub(super) fn fact_at(&mut self, at: usize) -> Place {
        let path = format!("facts[{at}]");
        let variable = self.present(&path);
        Place { path: path.into(), thing: Thing::Fact(variable) }
    }

    /// Facts that there are at most.
    pub(super) const fn most_facts(&self) -> usize {
        self.most_facts
    }

    /// Whether there is anything in a person's map.
    pub(super) fn is_known(&mut self, person: &Place) -> Formula {
        if *person.path == *"contact" {
            return Formula::Is(true);
        }
        let is_new = !self.by_name.contains_key(&person.path);
        let variable = self.variable(&person.path, &[]);
        if is_new {
            let fields = FIELDS.iter().filter_map(|field| self.field(person, field)).collect::<Vec<_>>();
            let there = |place: &Place| match place.thing {
                Thing::Text(field) => Formula::In(field, !ABSENT),
                _ => Formula::Is(true),
            };
            for field in &fields {
                self.learn(Formula::any([there(field).not(), Formula::In(variable, !ABSENT)]));
            }
            self.learn(Formula::any(fields.iter().map(there).chain([Formula::In(variable, ABSENT)])));
        }
        Formula::In(variable, !ABSENT)
    }

    /// A variable that is never absent.
    fn present(&mut self, name: &str) -> Variable {
        let is_new = !self.by_name.contains_key(name);
        let variable = self.variable(name, &[]);
        if is_new {
            self.learn(Formula::In(variable, !ABSENT));
        }
        variable
    }

    fn detail(&mut self) -> Variable {
        self.variable("detail", &DETAILS.map(Value::from))
    }

    fn part(&mut self, fact: Variable, path: &str, name: &str) -> Option<Thing> {
        let full = format!("{path}.{name}");
        let is_new = !self.by_name.contains_key(&*full);
        let is_element = path.starts_with("facts[");
        if name == "kind" && is_element {
            let kinds = FactKind::ALL.map(|kind| Value::from(kind.as_str()));
            let variable = self.variable(&full, &kinds);
            if is_new {
                self.kinds.clone().into_iter().for_each(|(kind, of_kind)| self.tie_element(variable, kind, of_kind));
            }
            return Some(Thing::Known(variable));
        }
        let variable = match name {
            "what" | "detail" | "when" | "kind" => self.variable(&full, &[]),
            _ => return None,
        };
        if is_new {
            let there = Formula::In(variable, !ABSENT);
            self.learn(Formula::any([there.not(), Formula::In(fact, !ABSENT)]));
            match name {
                "kind" => {
                    let value = self.value_of(variable, path).unwrap_or(!ABSENT);
                    self.learn(Formula::In(variable, ABSENT | value));
                    self.learn(Formula::any([there, Formula::In(fact, ABSENT)]));
                }
                "what" => self.learn(Formula::any([there, Formula::In(fact, ABSENT)])),
                // What does not belong to `what` is told in full detail only.
                "detail" => {
                    let detail = self.detail();
                    self.learn(Formula::any([there.not(), Formula::In(detail, 1)]));
                }
                _ => {}
            }
        }
        Some(Thing::Text(variable))
    }

    fn fact(&mut self, kind: FactKind) -> Variable {
        let is_new = !self.by_name.contains_key(kind.as_str());
        let variable = self.variable(kind.as_str(), &[]);
        if is_new {
            if self.needs.iter().any(|need| need == kind.as_str()) {
                self.learn(Formula::In(variable, !ABSENT));
            }
            self.kinds.push((kind, variable));
            if self.by_name.contains_key("facts") {
                self.tie_kinds();
            }
            for at in 0..self.most_facts {
                if let Some(&element) = self.by_name.get(&*format!("facts[{at}].kind")) {
                    self.tie_element(element, kind, variable);
                }
            }
        }
        variable
    }

    fn facts(&mut self) -> Variable {
        let is_new = !self.by_name.contains_key("facts");
        let variable = self.count("facts", self.most_facts);
        if is_new {
            let needed = FactKind::ALL.into_iter().filter(|kind| self.needs.iter().any(|need| need == kind.as_str()));
            let needed = needed.collect::<Vec<_>>();
            self.learn(Formula::In(variable, !((1 << needed.len()) - 1)));
            for kind in needed {
                self.fact(kind);
            }
            self.tie_kinds();
        }
        variable
    }

    /// There are as many facts as there are kinds of them, or more.
    fn tie_kinds(&mut self) {
        let facts = self.facts();
        let kinds: Vec<_> = self.kinds.iter().map(|(_, variable)| Formula::In(*variable, ABSENT)).collect();
        let at_least = |count: usize| Formula::In(facts, !((1 << count) - 1));
        for (at, first) in kinds.iter().enumerate() {
            self.learn(Formula::any([first.clone(), at_least(1)]));
            for second in &kinds[..at] {
                self.learn(Formula::any([first.clone(), second.clone(), at_least(2)]));
            }
        }
    }

    /// A fact of a kind in the list is what the kind's own name stands for.
    fn tie_element(&mut self, element: Variable, kind: FactKind, of_kind: Variable) {
        if let Some(value) = self.value_of(element, kind.as_str()) {
            self.learn(Formula::any([Formula::In(element, !value), Formula::In(of_kind, !ABSENT)]));
        }
    }
}
