//! The words that may stand for a contact's values. An error in one is shown at the word.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::de::{self, Deserialize, Deserializer, Visitor};

use crate::contact::check_id;
use crate::text;

/// A value that is text. A number or truth value is taken as the text it was written as.
pub(super) struct Text(pub(super) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.trim().to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }
}

/// Text that says something.
pub(super) struct Words(pub(super) String);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Text::deserialize(deserializer)?.0 {
            text if text.is_empty() => Err(de::Error::custom("expected text, found none")),
            text => Ok(Self(text)),
        }
    }
}

/// A word that something is made from; its error is shown at the word.
pub(super) struct Parsed<T>(pub(super) T);

impl<'de, T: FromStr<Err = String>> Deserialize<'de> for Parsed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer)?.0.parse().map(Self).map_err(de::Error::custom)
    }
}

/// A safe id.
pub(super) struct Id(pub(super) String);

impl FromStr for Id {
    type Err = String;

    fn from_str(id: &str) -> Result<Self, String> {
        check_id(id).map(|()| Self(id.to_owned()))
    }
}

pub(super) struct Language(pub(super) String);

impl FromStr for Language {
    type Err = String;

    fn from_str(tag: &str) -> Result<Self, String> {
        tag.parse::<text::Language>()?;
        let mut rest = tag.split('-').skip(1);
        if rest.all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
            let end = tag.find('-').unwrap_or(tag.len());
            return Ok(Self(tag[..end].to_ascii_lowercase() + &tag[end..]));
        }
        Err(format!("“{tag}” is not a language tag: write it as in en, de or pt-BR"))
    }
}

pub(super) struct Address(pub(super) String);

impl FromStr for Address {
    type Err = String;

    fn from_str(address: &str) -> Result<Self, String> {
        match address {
            "formal" | "informal" => Ok(Self(address.to_owned())),
            _ => Err(format!("“{address}” is not a way to address somebody: use formal or informal")),
        }
    }
}

/// `2026`, `2026-10` or `2026-10-03`.
pub(super) struct When(pub(super) String);

impl FromStr for When {
    type Err = String;

    fn from_str(when: &str) -> Result<Self, String> {
        let whole = match when.len() {
            4 => format!("{when}-01-01"),
            7 => format!("{when}-01"),
            _ => when.to_owned(),
        };
        match date(&whole) {
            Ok(_) => Ok(Self(when.to_owned())),
            Err(_) => Err(format!("“{when}” is not a time: write 2026, 2026-10 or 2026-10-03")),
        }
    }
}

pub(super) struct Day(pub(super) Date);

impl FromStr for Day {
    type Err = String;

    fn from_str(day: &str) -> Result<Self, String> {
        parse_day(day).map(Self)
    }
}

/// Reads a day such as `2026-10-03`.
///
/// # Errors
/// What a day looks like, in one line.
pub fn parse_day(day: &str) -> Result<Date, String> {
    date(day).map_err(|()| format!("“{day}” is not a day: write it as in 2026-10-03"))
}

/// A day as `2026-10-03`, and in no other of the forms that jiff reads.
fn date(text: &str) -> Result<Date, ()> {
    let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if plain { text.parse().map_err(|_| ()) } else { Err(()) }
}
