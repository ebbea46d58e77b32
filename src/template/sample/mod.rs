//! The invented people of a template, and the notes they should get.

mod write;

use jiff::civil::Date;

pub use write::with_expected;

use crate::contact::Contact;
use crate::text::yaml::{self, Located, Node, Value, YamlError};
use crate::text::{Span, similar};

/// An invented person a template is tried on.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The person it is written to.
    pub contact: Contact,
    /// The writer.
    pub me: Contact,
    /// The day it is written.
    pub today: Option<Date>,
    /// The note it should give, as it is written in the file.
    pub note: Option<Located<String>>,
    /// The subject line it should give.
    pub subject: Option<Located<String>>,
    /// Where it stands in the template's file.
    pub span: Span,
}

/// What a template gives a sample person, or should give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The note, without outer white space, and with LF for its line breaks.
    pub note: String,
    /// The subject line, on a channel that has one.
    pub subject: Option<String>,
}

impl Expected {
    /// A note and its subject. White space around them does not count, nor does the kind of line break: a template's
    /// file may have either.
    #[must_use]
    pub fn new(note: &str, subject: Option<&str>) -> Self {
        let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
        Self { note: plain(note), subject: subject.map(plain) }
    }
}

impl Sample {
    /// What the template should give this person, if the file says it.
    #[must_use]
    pub fn expected(&self) -> Option<Expected> {
        let subject = self.subject.as_ref().map(|subject| subject.value.as_str());
        self.note.as_ref().map(|note| Expected::new(&note.value, subject))
    }

    /// The same person in a text that starts at byte `by` of the file.
    pub(super) fn shift(self, by: usize) -> Self {
        let shift = |text: Option<Located<String>>| text.map(|text| text.shift(by));
        Self { note: shift(self.note), subject: shift(self.subject), span: self.span.shift(by), ..self }
    }
}

/// Reads the list of them.
pub(super) fn all(node: &Node<'_>) -> Result<Vec<Sample>, YamlError> {
    node.items().iter().map(sample).collect()
}

/// The keys that a sample has beside those of a contact.
const KEYS: [&str; 4] = ["from", "today", "note", "subject"];

fn sample(node: &Node<'_>) -> Result<Sample, YamlError> {
    let mut sample = Sample { span: node.span, ..Sample::default() };
    let mut of_contact = Vec::new();
    for (key, value) in node.entries() {
        match key.text() {
            Some("from") => sample.me = yaml::read(value)?,
            Some("today") => sample.today = Some(day(value)?),
            Some("note") => sample.note = written(value)?,
            Some("subject") => sample.subject = written(value)?,
            _ => of_contact.push((key.clone(), value.clone())),
        }
    }
    let contact = Node { span: node.span, value: Value::Mapping(of_contact) };
    sample.contact = yaml::read(&contact).map_err(|error| meant(error, node))?;
    Ok(sample)
}

/// A text that may still have to be written.
fn written(node: &Node<'_>) -> Result<Option<Located<String>>, YamlError> {
    if node.is_null() { Ok(None) } else { yaml::text(node).map(Some) }
}

/// An error about a key that no contact has, where a key of samples was meant.
fn meant(error: YamlError, node: &Node<'_>) -> YamlError {
    let key = node.entries().iter().find(|(key, _)| key.span == error.span).and_then(|(key, _)| key.text());
    match key.and_then(|key| Some((key, similar(key, KEYS)?))) {
        Some((key, near)) => {
            YamlError { message: format!("a sample has no key `{key}`: did you mean `{near}`?"), ..error }
        }
        None => error,
    }
}

fn day(node: &Node<'_>) -> Result<Date, YamlError> {
    let Located { value, span } = yaml::text(node)?;
    value.parse().map_err(|_| YamlError {
        message: format!("“{value}” is not a day"),
        help: Some("Write it as 2026-10-03.".into()),
        span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::yaml::Places;

    fn read(yaml: &str) -> Result<Vec<Sample>, YamlError> {
        all(Places::parse(yaml).unwrap().root())
    }

    #[test]
    fn a_sample_may_say_which_note_it_gets() {
        let yaml = "- first_name: Ana\n  note: |\n    Hi Ana,\n\n      figs\n  subject: \" Figs\"\n- { first_name: Bo, note: \"\" }\n- { first_name: Cy, note: }\n";
        let samples = read(yaml).unwrap();
        assert_eq!(samples[0].expected(), Some(Expected::new("Hi Ana,\r\n\r\n  figs", Some("Figs"))));
        assert_eq!(samples[1].expected(), Some(Expected::default()));
        assert_eq!(samples[2].expected(), None);
        let note = samples[0].note.as_ref().unwrap();
        assert!(yaml[note.span.range()].starts_with("Hi Ana,"));
    }

    #[test]
    fn a_misspelt_key_gets_a_suggestion() {
        let error = |yaml: &str| read(yaml).unwrap_err().message;
        assert_eq!(error("- { first_name: Ana, notes: Hi }"), "a sample has no key `notes`: did you mean `note`?");
        assert_eq!(error("- { frist_name: Ana }"), "a contact has no key `frist_name`: did you mean `first_name`?");
    }
}
