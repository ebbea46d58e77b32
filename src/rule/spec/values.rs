//! Values that a rule file may write in more than one way.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::context::Kind;
use crate::diagnostic::Level;

/// A text with what surrounds it. A plain string is a text with nothing around it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Example {
    /// The note.
    pub text: String,
    /// Exactly the words that are marked.
    pub found: Option<String>,
    /// The whole note after the fix.
    pub fix: Option<String>,
    /// The kind of note; the first the rule applies to when left out.
    pub kind: Option<Kind>,
    /// The channel.
    pub channel: Option<String>,
    /// The account: `free` or `premium`.
    pub account: Option<String>,
    /// The contact, in the shape of contacts.yaml, as JSON.
    pub contact: Option<String>,
    /// The other contacts of the run, as a JSON list.
    pub others: Option<String>,
    /// The day it is written.
    pub today: Option<String>,
    /// Another note of the run, for `sameness`.
    pub beside: Option<String>,
}

/// Levels by kind of note, in the order of [`Kind::ALL`]; `None` where the rule does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Levels(pub [Option<Level>; 3]);

impl Levels {
    /// The level for a kind of note.
    #[must_use]
    pub fn of(self, kind: Kind) -> Option<Level> {
        self.0[kind as usize]
    }
}

impl<'de> Deserialize<'de> for Levels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LevelsVisitor)
    }
}

struct LevelsVisitor;

impl<'de> Visitor<'de> for LevelsVisitor {
    type Value = Levels;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("error, warning or suggestion, or a map such as {invite: error, message: warning}")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Levels, E> {
        level(text).map(|level| Levels([Some(level); 3]))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Levels, A::Error> {
        let mut levels = [None; 3];
        while let Some((kind, text)) = map.next_entry::<Kind, String>()? {
            levels[kind as usize] = Some(level(&text)?);
        }
        Ok(Levels(levels))
    }
}

fn level<E: de::Error>(text: &str) -> Result<Level, E> {
    match text {
        "error" => Ok(Level::Error),
        "warning" => Ok(Level::Warning),
        "suggestion" => Ok(Level::Suggestion),
        _ => Err(E::custom(format!("“{text}” is not a level: use error, warning or suggestion"))),
    }
}

/// Phrases with their replacements, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Swaps(pub Vec<(String, String)>);

impl<'de> Deserialize<'de> for Swaps {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SwapsVisitor;
        impl<'de> Visitor<'de> for SwapsVisitor {
            type Value = Swaps;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from phrases to replacements")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Swaps, A::Error> {
                let mut swaps = Vec::new();
                while let Some((phrase, text)) = map.next_entry::<String, Option<String>>()? {
                    swaps.push((phrase, text.unwrap_or_default()));
                }
                Ok(Swaps(swaps))
            }
        }
        deserializer.deserialize_map(SwapsVisitor)
    }
}

impl<'de> Deserialize<'de> for Example {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ExampleVisitor)
    }
}

struct ExampleVisitor;

const EXAMPLE_KEYS: &[&str] =
    &["text", "match", "fix", "kind", "channel", "account", "contact", "others", "beside", "today"];

impl<'de> Visitor<'de> for ExampleVisitor {
    type Value = Example;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or a map with `text` and `match`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Example, E> {
        Ok(Example { text: text.to_owned(), ..Example::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Example, A::Error> {
        let mut example = Example::default();
        let mut has_text = false;
        let json = |value: serde_yaml::Value| serde_json::to_string(&value).map_err(de::Error::custom);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "text" => {
                    example.text = map.next_value()?;
                    has_text = true;
                }
                "match" => example.found = map.next_value()?,
                "fix" => example.fix = map.next_value()?,
                "kind" => example.kind = map.next_value()?,
                "channel" => example.channel = map.next_value()?,
                "account" => example.account = map.next_value()?,
                "contact" => example.contact = Some(json(map.next_value()?)?),
                "beside" => example.beside = map.next_value()?,
                "others" => example.others = Some(json(map.next_value()?)?),
                "today" => example.today = map.next_value()?,
                _ => return Err(de::Error::unknown_field(&key, EXAMPLE_KEYS)),
            }
        }
        if has_text { Ok(example) } else { Err(de::Error::missing_field("text")) }
    }
}
