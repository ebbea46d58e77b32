//! The written shape of a contact, the same in YAML and JSON: keys are checked, and a misspelt one gets a suggestion.

mod word;

pub use word::parse_day;

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};

use self::word::{Address, Day, Id, Language, Parsed, Text, When, Words};
use super::{Contact, Event, EventKind, Fact, FactKind, slug};
use crate::text::similar;

const CONTACT: &[&str] =
    &["id", "first_name", "last_name", "company", "role", "profile", "language", "address", "facts", "history"];
const FACT: &[&str] = &["kind", "what", "detail", "when"];
const EVENT: &[&str] = &["what", "on", "text"];

/// Reads one of the keys that a mapping may have.
struct Key {
    /// What the mapping is.
    of: &'static str,
    known: &'static [&'static str],
    /// Whether a kind of fact may stand for a key: `talk: …`.
    kinds: bool,
}

#[derive(Clone, Copy)]
enum Found {
    Known(&'static str),
    Kind(FactKind),
}

impl<'de> DeserializeSeed<'de> for &Key {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &Key {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a key of {}", self.of)
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Found, E> {
        if let Some(known) = self.known.iter().find(|known| **known == key) {
            return Ok(Found::Known(known));
        }
        let kinds = if self.kinds { &FactKind::ALL[..] } else { &[] };
        if let (true, Ok(kind)) = (self.kinds, key.parse()) {
            return Ok(Found::Kind(kind));
        }
        let names = self.known.iter().copied().chain(kinds.iter().map(|kind| kind.as_str()));
        Err(E::custom(match similar(key, names.clone()) {
            Some(near) => format!("{} has no key `{key}`: did you mean `{near}`?", self.of),
            None => format!("{} has no key `{key}`: use {}", self.of, names.collect::<Vec<_>>().join(", ")),
        }))
    }
}

fn words<'de, M: MapAccess<'de>>(map: &mut M) -> Result<String, M::Error> {
    map.next_value::<Words>().map(|words| words.0)
}

/// Text that may be left out: nothing and empty text are the same.
fn optional<'de, M: MapAccess<'de>>(map: &mut M) -> Result<Option<String>, M::Error> {
    Ok(map.next_value::<Option<Text>>()?.map(|text| text.0).filter(|text| !text.is_empty()))
}

fn parsed<'de, T: FromStr<Err = String>, M: MapAccess<'de>>(map: &mut M) -> Result<Option<T>, M::Error> {
    Ok(map.next_value::<Option<Parsed<T>>>()?.map(|parsed| parsed.0))
}

/// Refuses a key that was read before; JSON allows it to stand twice.
fn once<E: de::Error>(seen: &mut Vec<&'static str>, key: &'static str) -> Result<(), E> {
    if seen.contains(&key) {
        return Err(E::custom(format_args!("`{key}` is given twice")));
    }
    seen.push(key);
    Ok(())
}

impl<'de> Deserialize<'de> for Contact {
    /// A contact without an id gets the slug of its name.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ContactVisitor)
    }
}

struct ContactVisitor;

impl<'de> Visitor<'de> for ContactVisitor {
    type Value = Contact;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a person (`first_name: …` and more)")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Contact, M::Error> {
        const KEY: &Key = &Key { of: "a contact", known: CONTACT, kinds: false };
        let mut contact = Contact::default();
        let mut seen = Vec::new();
        while let Some(found) = map.next_key_seed(KEY)? {
            let Found::Known(key) = found else { continue };
            once(&mut seen, key)?;
            match key {
                "id" => contact.id = parsed(&mut map)?.map(|Id(id)| id).unwrap_or_default(),
                "first_name" => contact.first_name = words(&mut map)?,
                "last_name" => contact.last_name = optional(&mut map)?,
                "company" => contact.company = optional(&mut map)?,
                "role" => contact.role = optional(&mut map)?,
                "profile" => contact.profile = optional(&mut map)?,
                "language" => contact.language = parsed(&mut map)?.map(|Language(tag)| tag),
                "address" => contact.address = parsed(&mut map)?.map(|Address(address)| address),
                "facts" => contact.facts = map.next_value::<Option<_>>()?.unwrap_or_default(),
                _ => contact.history = map.next_value::<Option<_>>()?.unwrap_or_default(),
            }
        }
        if contact.first_name.is_empty() {
            return Err(de::Error::custom("this person has no `first_name`"));
        }
        if contact.id.is_empty() {
            contact.id = slug(&contact.full_name());
        }
        Ok(contact)
    }
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FactVisitor)
    }
}

struct FactVisitor;

impl<'de> Visitor<'de> for FactVisitor {
    type Value = Fact;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fact with its kind, such as `talk: …`")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fact, M::Error> {
        const KEY: &Key = &Key { of: "a fact", known: FACT, kinds: true };
        let (mut kind, mut what, mut detail, mut when) = (None, None, None, None);
        let mut seen = Vec::new();
        while let Some(key) = map.next_key_seed(KEY)? {
            match key {
                Found::Kind(short) => {
                    once(&mut seen, "kind")?;
                    once(&mut seen, "what")?;
                    kind = Some(short);
                    what = Some(words(&mut map)?);
                }
                Found::Known(key) => {
                    once(&mut seen, key)?;
                    match key {
                        "kind" => kind = parsed(&mut map)?,
                        "what" => what = Some(words(&mut map)?),
                        "detail" => detail = optional(&mut map)?,
                        _ => when = parsed(&mut map)?.map(|When(when)| when),
                    }
                }
            }
        }
        let kind = kind.ok_or_else(|| de::Error::custom("this fact has no kind: write `kind: talk`, or `talk: …`"))?;
        let what = what.ok_or_else(|| de::Error::custom("this fact does not say what: add `what: …`"))?;
        Ok(Fact { kind, what, detail, when })
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EventVisitor)
    }
}

struct EventVisitor;

impl<'de> Visitor<'de> for EventVisitor {
    type Value = Event;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what happened and when, such as `{what: invited, on: 2026-10-03}`")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Event, M::Error> {
        const KEY: &Key = &Key { of: "an event", known: EVENT, kinds: false };
        let (mut what, mut on, mut text) = (None, None, None);
        let mut seen = Vec::new();
        while let Some(found) = map.next_key_seed(KEY)? {
            let Found::Known(key) = found else { continue };
            once(&mut seen, key)?;
            match key {
                "what" => what = parsed::<EventKind, _>(&mut map)?,
                "on" => on = parsed(&mut map)?.map(|Day(day)| day),
                _ => text = optional(&mut map)?,
            }
        }
        let what =
            what.ok_or_else(|| de::Error::custom("this event does not say what happened: add `what: invited`"))?;
        let on = on.ok_or_else(|| de::Error::custom("this event has no day: add `on: 2026-10-03`"))?;
        Ok(Event { what, on, text })
    }
}
