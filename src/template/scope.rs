//! What a template sees.

use jiff::civil::Date;
use tera::{Context, Map, Value};

use super::front_matter::FIELDS;
use crate::contact::{Contact, Detail, Fact, FactKind, Unprintable, tidy_first_name};
use crate::context::{Channel, Kind};

/// The names every template sees, beside one for each kind of fact.
pub(super) const NAMES: &[&str] = &["contact", "me", "facts", "kind", "channel", "language", "detail", "today"];
/// What a fact has.
pub(super) const PARTS: &[&str] = &["kind", "what", "detail", "when"];

/// How much of the facts a note tells, from everything to the bare facts.
pub(crate) const DETAILS: [u8; 3] = [2, 1, 0];

/// A fact in the words of a note.
#[derive(Clone, Debug)]
pub(crate) struct PrintedFact {
    pub(crate) kind: FactKind,
    /// Its place among the contact's facts.
    pub(crate) index: usize,
    pub(crate) what: String,
    detail: Option<Detail>,
    when: Option<String>,
}

impl PrintedFact {
    /// The words for a note in a language. English knows how to turn them to the reader; in another language they
    /// are printed as they were written.
    pub(crate) fn new(index: usize, fact: &Fact, contact: &Contact, language: &str) -> Result<Self, Unprintable> {
        let english = is_english(language);
        let what = if english { fact.printed_to(contact)? } else { fact.printed_as_written()? };
        let detail = if english { fact.printed_detail() } else { fact.detail.clone().map(Detail::Part) };
        Ok(Self { kind: fact.kind, index, what, detail, when: fact.when.clone() })
    }

    /// What a template sees as its `what`, with this much detail.
    pub(crate) fn what_at(&self, detail: u8) -> String {
        match &self.detail {
            Some(Detail::Phrase(phrase)) if detail >= 1 => format!("{} {phrase}", self.what),
            _ => self.what.clone(),
        }
    }

    /// What a template sees as its `detail`, if anything.
    pub(crate) fn detail_at(&self, detail: u8) -> Option<&str> {
        match &self.detail {
            Some(Detail::Part(part)) if detail >= 2 => Some(part),
            _ => None,
        }
    }

    fn value(&self, detail: u8) -> Value {
        let mut map = Map::with_capacity(4);
        map.insert("kind".into(), self.kind.as_str().into());
        map.insert("what".into(), self.what_at(detail).into());
        if let Some(part) = self.detail_at(detail) {
            map.insert("detail".into(), part.into());
        }
        if let Some(when) = &self.when {
            map.insert("when".into(), when.as_str().into());
        }
        Value::from(map)
    }
}

/// Whether a language tag is one of English.
pub(crate) fn is_english(language: &str) -> bool {
    language == "en" || language.starts_with("en-")
}

/// What a note to one person sees, whatever its template.
pub(crate) struct Scope {
    base: Context,
}

impl Scope {
    pub(crate) fn new(
        contact: &Contact,
        me: Option<&Contact>,
        kind: Kind,
        channel: Channel,
        language: &str,
        today: Option<Date>,
    ) -> Self {
        let mut base = Context::new();
        base.insert_value("contact", person(contact));
        base.insert_value("me", me.map_or_else(|| Value::from(Map::new()), person));
        base.insert_value("kind", kind.as_str().into());
        base.insert_value("channel", channel.as_str().into());
        base.insert_value("language", language.into());
        base.insert_value("today", today.map(|day| day.to_string()).into());
        Self { base }
    }

    /// The names for one rendering: of each kind of fact the first of `facts`, which are in the order to prefer.
    pub(crate) fn with(&self, facts: &[&PrintedFact], detail: u8) -> Context {
        let mut context = self.base.clone();
        context.insert_value("detail", detail.into());
        for kind in FactKind::ALL {
            let value = facts.iter().find(|fact| fact.kind == kind).map_or_else(Value::none, |fact| fact.value(detail));
            context.insert_value(kind.as_str(), value);
        }
        let mut in_order = facts.to_vec();
        in_order.sort_by_key(|fact| fact.index);
        let all: Vec<Value> = in_order.iter().map(|fact| fact.value(detail)).collect();
        context.insert_value("facts", all.into());
        context
    }
}

/// A person's fields. What is not known is not there, so that printing it without asking first is an error.
fn person(contact: &Contact) -> Value {
    let mut map = Map::with_capacity(FIELDS.len());
    for field in FIELDS {
        if let Some(text) = field_of(contact, field) {
            map.insert((*field).into(), text.into());
        }
    }
    Value::from(map)
}

/// The text of a field, if the person has it.
pub(crate) fn field_of(contact: &Contact, field: &str) -> Option<String> {
    let text = match field {
        "first_name" => return Some(tidy_first_name(&contact.first_name)).filter(|name| !name.is_empty()),
        "last_name" => contact.last_name.as_deref(),
        "company" => contact.company.as_deref(),
        "role" => contact.role.as_deref(),
        "profile" => contact.profile.as_deref(),
        "language" => contact.language.as_deref(),
        "address" => contact.address.as_deref(),
        _ => None,
    };
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}
