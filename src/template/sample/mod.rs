//! The invented people of a template.

use jiff::civil::Date;

use crate::contact::Contact;
use crate::text::Span;
use crate::text::yaml::{self, Located, Node, Value, YamlError};

/// An invented person a template is tried on.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The person it is written to.
    pub contact: Contact,
    /// The writer.
    pub me: Contact,
    /// The day it is written.
    pub today: Option<Date>,
    /// Where it stands in the template's file.
    pub span: Span,
}

/// Reads the list of them.
pub(super) fn all(node: &Node<'_>) -> Result<Vec<Sample>, YamlError> {
    node.items().iter().map(sample).collect()
}

/// A sample is a contact with two keys of its own: `from`, the writer, and `today`.
fn sample(node: &Node<'_>) -> Result<Sample, YamlError> {
    let mut sample = Sample { span: node.span, ..Sample::default() };
    let mut of_contact = Vec::new();
    for (key, value) in node.entries() {
        match key.text() {
            Some("from") => sample.me = yaml::read(value)?,
            Some("today") => sample.today = Some(day(value)?),
            _ => of_contact.push((key.clone(), value.clone())),
        }
    }
    sample.contact = yaml::read(&Node { span: node.span, value: Value::Mapping(of_contact) })?;
    Ok(sample)
}

fn day(node: &Node<'_>) -> Result<Date, YamlError> {
    let Located { value, span } = yaml::text(node)?;
    value.parse().map_err(|_| YamlError {
        message: format!("“{value}” is not a day"),
        help: Some("Write it as 2026-10-03.".into()),
        span,
    })
}
