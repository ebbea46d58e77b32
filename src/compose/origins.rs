//! Where a composed note comes from: which places of templates, and which fields of people.

use super::fill::Note;
use super::{Draft, Order};
use crate::contact::FactKind;
use crate::template::Library;
use crate::text::Document;

/// A field of a person, as a path into what is written of them: `facts[0].detail`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// Of the person the note is written to.
    Contact(String),
    /// Of the writer.
    Me(String),
}

impl Draft {
    /// The field behind a path of the template, `talk.what` for example; none for what is no person's.
    #[must_use]
    pub fn field(&self, path: &str) -> Option<Field> {
        if let Some(field) = path.strip_prefix("me.") {
            return Some(Field::Me(field.to_owned()));
        }
        if let Some(field) = path.strip_prefix("contact.") {
            return Some(Field::Contact(field.to_owned()));
        }
        let (root, field) = path.split_once('.')?;
        let fact = match root.strip_prefix("facts[").and_then(|rest| rest.strip_suffix(']')) {
            // Templates see all facts in the contact's order.
            Some(number) => {
                let mut places: Vec<_> = self.given.iter().map(|(_, place)| *place).collect();
                places.sort_unstable();
                *places.get(number.parse::<usize>().ok()?)?
            }
            None => {
                let kind: FactKind = root.parse().ok()?;
                self.given.iter().find(|(known, _)| *known == kind)?.1
            }
        };
        Some(Field::Contact(format!("facts[{fact}].{field}")))
    }
}

impl Order<'_> {
    /// The note and its subject, with where their text comes from.
    pub(super) fn traced(&self, library: &Library, note: &Note<'_>) -> (Document, Option<Document>) {
        let facts = note.given.iter().filter_map(|place| self.facts.iter().find(|fact| fact.index == *place));
        let (facts, scope) = (facts.collect::<Vec<_>>(), self.scope(note.template));
        let text = library.trace(note.template, &scope.with(&facts, note.detail), note.document.text().to_owned());
        let subject = |text: &String| library.trace_subject(note.template, &scope.with(&facts, 0), text.clone());
        (text, note.subject.as_ref().map(subject))
    }
}
