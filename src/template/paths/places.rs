//! What a template sees, as places of its context: which of them may be missing, and what goes with what.

use std::rc::Rc;

use tera::Value;

use super::conditions::{ABSENT, Formula, Variable};
use super::variables::Variables;
use crate::contact::FactKind;
use crate::context::{Channel, Kind};
use crate::template::front_matter::{FIELDS, FrontMatter};
use crate::template::scope::DETAILS;

/// Facts that a path has at most, unless the template needs more kinds.
const MOST_FACTS: usize = 2;

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

/// What a template's front matter promises of everybody who gets its notes.
#[derive(Debug)]
pub(super) struct Promises {
    needs: Vec<String>,
    language: Option<String>,
    kind: Option<Kind>,
    most_facts: usize,
    /// How much of the facts is told.
    details: &'static [u8],
}

impl Promises {
    /// Of a template, or of one that is only included when there is no front matter.
    pub(super) fn new(front: Option<&FrontMatter>) -> Self {
        let needs = front.iter().flat_map(|front| front.needs.iter().map(|need| need.value.path()));
        let (language, kind) = (front.map(|front| front.language.clone()), front.map(|front| front.kind));
        let mut promises = Self { needs: needs.collect(), language, kind, most_facts: MOST_FACTS, details: &DETAILS };
        promises.most_facts = promises.kinds().len().max(MOST_FACTS);
        promises
    }

    /// The same where only so much of the facts is told.
    pub(super) const fn telling(mut self, details: &'static [u8]) -> Self {
        self.details = details;
        self
    }

    /// The kinds of facts that are needed.
    fn kinds(&self) -> Vec<FactKind> {
        let is_needed = |kind: &FactKind| self.needs.iter().any(|need| need == kind.as_str());
        FactKind::ALL.into_iter().filter(is_needed).collect()
    }
}

impl Place {
    /// Whether it is `none` in Tera's sense when it is not there, and not undefined.
    pub(super) fn is_none_when_absent(&self) -> bool {
        matches!(self.thing, Thing::Fact(_)) || *self.path == *"today"
    }
}

impl Variables {
    /// What a name at the start of a path stands for.
    pub(super) fn root(&mut self, name: &str) -> Option<Place> {
        let thing = match name {
            "contact" | "me" => Thing::Person,
            "facts" => Thing::Facts(self.facts()),
            "today" => Thing::Text(self.variable(name, &[])),
            "detail" => Thing::Known(self.detail()),
            "kind" => {
                let kinds = Kind::ALL.into_iter().filter(|kind| self.promises.kind.is_none_or(|only| only == *kind));
                let kinds: Vec<_> = kinds.map(|kind| kind.as_str().into()).collect();
                Thing::Known(self.variable(name, &kinds))
            }
            "channel" => {
                let channels: Vec<_> = Channel::all().map(|channel| channel.as_str().into()).collect();
                Thing::Known(self.variable(name, &channels))
            }
            "language" => match self.promises.language.clone() {
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
                let is_needed = self.promises.needs.contains(&path);
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
        self.promises.most_facts
    }

    /// Whether there is anything in a person's map.
    pub(super) fn is_known(&mut self, person: &Place) -> Formula {
        if *person.path == *"contact" {
            return Formula::Is(true);
        }
        let is_new = self.known(&person.path).is_none();
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

    fn detail(&mut self) -> Variable {
        let details: Vec<_> = self.promises.details.iter().map(|detail| Value::from(*detail)).collect();
        self.variable("detail", &details)
    }

    fn part(&mut self, fact: Variable, path: &str, name: &str) -> Option<Thing> {
        let full = format!("{path}.{name}");
        let is_new = self.known(&full).is_none();
        let is_element = path.starts_with("facts[");
        if name == "kind" && is_element {
            return Some(Thing::Known(self.kind_of(&full)));
        }
        let variable = match name {
            "what" | "detail" | "when" | "kind" => self.variable(&full, &[]),
            _ => return None,
        };
        if is_new {
            let (there, absent) = (Formula::In(variable, !ABSENT), Formula::In(variable, ABSENT));
            self.learn(Formula::any([absent.clone(), Formula::In(fact, !ABSENT)]));
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
                    let full = self.which(detail, |value| value.as_u64() == Some(DETAILS[0].into()));
                    self.learn(Formula::any([absent, Formula::In(detail, full)]));
                }
                _ => {}
            }
            self.tie();
        }
        Some(Thing::Text(variable))
    }

    fn fact(&mut self, kind: FactKind) -> Variable {
        let is_new = self.known(kind.as_str()).is_none();
        let variable = self.variable(kind.as_str(), &[]);
        if is_new {
            if self.promises.needs.iter().any(|need| need == kind.as_str()) {
                self.learn(Formula::In(variable, !ABSENT));
            }
            self.tie();
        }
        variable
    }

    fn facts(&mut self) -> Variable {
        let is_new = self.known("facts").is_none();
        let variable = self.count("facts", self.promises.most_facts);
        if is_new {
            for kind in self.promises.kinds() {
                self.fact(kind);
            }
            self.tie();
        }
        variable
    }

    /// The kind of a fact of the list.
    fn kind_of(&mut self, path: &str) -> Variable {
        self.variable(path, &FactKind::ALL.map(|kind| Value::from(kind.as_str())))
    }

    /// Ties the list of facts to the names of their kinds: what the name of a kind stands for is one of the list.
    fn tie(&mut self) {
        let Some(count) = self.known("facts") else { return };
        let elements: Vec<_> = (0..self.promises.most_facts)
            .map(|at| {
                let path = format!("facts[{at}]");
                let kind = self.kind_of(&format!("{path}.kind"));
                (Formula::In(count, !((1 << (at + 1)) - 1)), path, kind)
            })
            .collect();
        for kind in FactKind::ALL {
            let Some(named) = self.known(kind.as_str()) else { continue };
            let there = Formula::In(named, !ABSENT);
            let mut any = vec![there.not()];
            for (is_there, path, element) in &elements {
                let is_kind = Formula::In(*element, self.value_of(*element, kind.as_str()).unwrap_or_default());
                self.learn(Formula::any([is_there.not(), is_kind.not(), there.clone()]));
                let parts = ["detail", "when"].map(|part| self.alike(kind.as_str(), path, part));
                any.push(Formula::all([is_there.clone(), is_kind].into_iter().chain(parts)));
            }
            self.learn(Formula::any(any));
        }
    }

    /// Whether a part is in both facts or in neither, as far as both were asked for.
    fn alike(&self, one: &str, other: &str, part: &str) -> Formula {
        let pair = [one, other].map(|path| self.known(&format!("{path}.{part}")));
        let [Some(one), Some(other)] = pair else { return Formula::Is(true) };
        let both = |values| Formula::all([Formula::In(one, values), Formula::In(other, values)]);
        Formula::any([both(ABSENT), both(!ABSENT)])
    }
}
