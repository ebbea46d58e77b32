use std::collections::{HashMap, HashSet};

use super::id::Ids;
use super::{Contact, field};
use crate::diagnostic::{Diagnostic, Level};
use crate::text::Span;
use crate::text::yaml::{self, Node, Places, YamlError};

/// The id under which everything about a contacts file is reported.
pub(super) const RULE: &str = "contacts";

/// Reads `contacts.yaml`: a list of people. People who can be read are returned; what is wrong with the others is
/// reported with bytes of `text`.
#[must_use]
pub fn from_yaml(text: &str) -> (Vec<Contact>, Vec<Diagnostic>) {
    let mut reading = Reading::of(text, None);
    let contacts = reading.with_ids().into_iter().map(|(contact, _)| contact).collect();
    reading.found.sort_by_key(|diagnostic| diagnostic.span);
    (contacts, reading.found)
}

/// The bytes of a field, `facts[0].what` for example, of the person with this id in `contacts.yaml`.
#[must_use]
pub fn field_of(text: &str, id: &str, path: &str) -> Option<Span> {
    let people = Reading::of(text, Some(path)).with_ids();
    people.into_iter().find(|(contact, _)| contact.id == id)?.1
}

/// A person who could be read.
struct Row {
    contact: Contact,
    /// Where the id is written, if it is.
    id: Option<Span>,
    /// Where the field that is looked for is written.
    field: Option<Span>,
}

struct Reading<'t> {
    text: &'t str,
    /// The path of a field to find.
    field: Option<&'t str>,
    rows: Vec<Row>,
    found: Vec<Diagnostic>,
}

impl<'t> Reading<'t> {
    fn of(text: &'t str, field: Option<&'t str>) -> Self {
        let mut reading = Self { text, field, rows: Vec::new(), found: Vec::new() };
        match Places::parse(text) {
            Ok(places) => reading.list(text, places.root(), 0),
            Err(error) => reading.each_alone(&error),
        }
        reading
    }

    /// Reads the people of a parsed part of the file, which starts at byte `offset` of it.
    fn list(&mut self, part: &str, root: &Node<'_>, offset: usize) {
        if !root.entries().is_empty() || (root.items().is_empty() && root.text().is_some() && !root.is_null()) {
            let span = root.entries().first().map_or(root.span, |(key, _)| key.span);
            let message = "contacts are a list of people";
            let help = "Start each person with a hyphen: `- first_name: Ana`.";
            self.found.push(Diagnostic::new(RULE, Level::Error, message, span.shift(offset)).with_help(help));
        }
        for row in root.items() {
            self.row(part, row, offset);
        }
    }

    fn row(&mut self, part: &str, row: &Node<'_>, offset: usize) {
        let slips = yaml::slips(part, row);
        let emptied = slips.iter().any(|slip| slip.emptied);
        self.found.extend(slips.into_iter().map(|slip| {
            let level = if slip.emptied { Level::Error } else { Level::Warning };
            Diagnostic { level, ..Diagnostic::from_yaml(RULE, slip.error, offset) }
        }));
        match yaml::read::<Contact>(row) {
            // The slip says why already.
            _ if emptied => {}
            Ok(contact) => {
                let id = row.get("id").filter(|id| !id.is_null()).map(|id| id.span.shift(offset));
                let field = self.field.and_then(|path| field(row, path)).map(|span| span.shift(offset));
                self.rows.push(Row { contact, id, field });
            }
            Err(error) => self.error(part, error, offset),
        }
    }

    /// Reports an error in a part of the file.
    fn error(&mut self, part: &str, error: YamlError, offset: usize) {
        self.found.push(Diagnostic::from_yaml(RULE, error.with_quotes(part), offset));
    }

    /// Reads each person alone, because the file as a whole is no YAML: one slip must not lose the others.
    fn each_alone(&mut self, error: &YamlError) {
        let (text, before) = (self.text, self.found.len());
        for part in parts(text) {
            let source = &text[part.range()];
            match Places::parse(source) {
                Ok(places) => self.list(source, places.root(), part.start),
                Err(error) => self.error(source, error, part.start),
            }
        }
        if self.found.len() == before {
            self.error(text, error.clone(), 0);
        }
    }

    /// The people with ids that are theirs alone. Ids that are written go before ids that are made.
    fn with_ids(&mut self) -> Vec<(Contact, Option<Span>)> {
        let mut written: HashMap<&str, &str> = HashMap::new();
        let mut twice = HashSet::new();
        for (at, row) in self.rows.iter().enumerate() {
            let Some(span) = row.id else { continue };
            let contact = &row.contact;
            if let Some(first) = written.insert(&contact.id, &contact.first_name) {
                let message = format!("the id `{}` belongs to {first} already", contact.id);
                let help = "Give each person an id of their own, or leave it out to have one made from the name.";
                self.found.push(Diagnostic::new(RULE, Level::Error, message, span).with_help(help));
                twice.insert(at);
                written.insert(&contact.id, first);
            }
        }
        let mut ids = Ids::without(written.into_keys().map(str::to_owned));
        let rows = std::mem::take(&mut self.rows).into_iter().enumerate();
        rows.filter(|(at, _)| !twice.contains(at))
            .map(|(_, mut row)| {
                if row.id.is_none() {
                    row.contact.id = ids.free(&row.contact.full_name());
                }
                (row.contact, row.field)
            })
            .collect()
    }
}

/// The stretches of a list's text that hold one person each, and what stands before the first.
fn parts(text: &str) -> Vec<Span> {
    let mut starts = Vec::new();
    let mut indent = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches('\u{feff}').trim_start_matches(' ');
        let starts_item =
            bare.strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r', '\n']));
        let depth = line.len() - bare.len();
        if starts_item && depth <= *indent.get_or_insert(depth) {
            starts.push(at);
        }
        at += line.len();
    }
    let head = text[..starts.first().copied().unwrap_or(text.len())].lines();
    let says_something =
        |line: &str| !matches!(line.trim_matches([' ', '\u{feff}']), "" | "---") && !line.starts_with('#');
    if head.into_iter().any(says_something) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| Span::new(start, end)).collect()
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
