//! What serde reports, in the words of somebody who writes YAML.

use std::fmt;

use serde::de::{self, Unexpected};

use super::super::similar;
use super::{Span, YamlError};

/// A serde error that collects its place on the way out.
#[derive(Debug)]
pub struct Error {
    message: String,
    help: Option<String>,
    span: Option<Span>,
}

impl Error {
    pub(super) fn new(message: String) -> Self {
        Self { message, help: None, span: None }
    }

    /// The same error with a place, unless something further in has given it one.
    pub(super) fn at(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }

    /// The error as the reader of the file sees it; `span` is the place if it has none yet.
    pub(super) fn or_at(self, span: Span) -> YamlError {
        YamlError { message: self.message, help: self.help, span: self.span.unwrap_or(span) }
    }

    /// A key that is not among those known.
    pub(super) fn unknown_key(key: &str, known: &[&str]) -> Self {
        Self::unknown(format!("there is no key `{key}` here"), key, known)
    }

    fn unknown(message: String, word: &str, known: &[&str]) -> Self {
        let help = match similar(word, known.iter().copied()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None if known.is_empty() => "Remove it.".to_owned(),
            None => format!("Known here: {}.", known.join(", ")),
        };
        Self { help: Some(help), ..Self::new(message) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(format!("expected {}, found {}", in_words(&expected.to_string()), found_in_words(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::unknown_key(field, known)
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        Self::unknown(format!("“{word}” is not known here"), word, known)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("the key `{field}` is missing"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("`{field}` is given twice"))
    }
}

/// What serde calls a type, in the words of a YAML file.
fn in_words(expected: &str) -> &str {
    match expected {
        "a string" | "a borrowed string" | "str" => "text",
        "a sequence" => "a list",
        "a map" => "keys with values",
        "a boolean" => "true or false",
        "usize" | "u8" | "u16" | "u32" | "u64" => "a number",
        derived if derived.starts_with("struct ") => "keys with values",
        derived if derived.starts_with("enum ") || derived == "variant identifier" => "one word",
        other => other,
    }
}

fn found_in_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Str(text) => format!("“{text}”"),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "keys with values".to_owned(),
        Unexpected::Bool(value) => value.to_string(),
        Unexpected::Unsigned(value) => value.to_string(),
        Unexpected::Signed(value) => value.to_string(),
        Unexpected::Float(value) => value.to_string(),
        other => other.to_string(),
    }
}
