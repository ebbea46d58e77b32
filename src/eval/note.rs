use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::Value;

use crate::contact::Contact;
use crate::context::{Account, Channel, Context, Kind};

/// What a fair reader thinks of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// It may go as it is.
    Good,
    /// It should not.
    Bad,
}

impl Label {
    /// The word used in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Label {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "good" => Ok(Self::Good),
            "bad" => Ok(Self::Bad),
            _ => Err(format!("“{text}” is not a label: use good or bad")),
        }
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// A note with what a fair reader says of it: a line of a corpus. Keys that are not known are passed over, since every
/// corpus has some of its own.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(expecting = "a labelled note such as {\"text\": …, \"label\": \"good\"}")]
pub struct LabelledNote<'a> {
    /// Its name in the corpus.
    pub id: Option<Value>,
    /// The note.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// What a fair reader thinks of it.
    pub label: Label,
    /// What it is for.
    pub kind: Option<Kind>,
    /// Where it is sent.
    pub channel: Option<Channel>,
    /// The writer's account.
    pub account: Option<Account>,
    /// The day it is written.
    pub today: Option<Date>,
    /// The person it is written to.
    pub contact: Option<Contact>,
    /// What a fair reader objects to.
    #[serde(default, deserialize_with = "or_nothing")]
    pub issues: Vec<String>,
    /// Whether the writer grew up with the language.
    pub native: Option<bool>,
}

/// `null` says as much as a key that is left out.
fn or_nothing<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl LabelledNote<'_> {
    /// Its id as it is printed.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.id.as_ref().filter(|id| !id.is_null()).map(|id| match id {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }

    /// What is known about it, with its contact or without. What the note does not say, `base` says.
    #[must_use]
    pub fn context<'c>(&'c self, base: &Context<'_>, with_contact: bool) -> Context<'c> {
        Context {
            kind: self.kind.unwrap_or(base.kind),
            channel: self.channel.or(base.channel),
            account: self.account.or(base.account),
            language: base.language,
            contact: self.contact.as_ref().filter(|_| with_contact),
            others: &[],
            today: self.today.or(base.today),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_line_of_a_corpus_and_passes_over_what_it_does_not_know() {
        let line = r#"{"id":7,"label":"bad","issues":null,"contact":null,"voice":"nurse","text":"Hi\n"}"#;
        let note: LabelledNote<'_> = serde_json::from_str(line).unwrap();
        assert_eq!((note.label, &*note.text, note.name().as_deref()), (Label::Bad, "Hi\n", Some("7")));
        assert!(note.issues.is_empty() && note.contact.is_none() && note.kind.is_none());
    }

    #[test]
    fn a_label_is_good_or_bad() {
        let error = serde_json::from_str::<LabelledNote<'_>>(r#"{"text":"Hi","label":"Good"}"#).unwrap_err();
        assert!(error.to_string().starts_with("“Good” is not a label: use good or bad"), "{error}");
    }
}
