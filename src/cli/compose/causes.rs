//! Where the words of findings come from: which line of a template, which field of whom.

use std::cell::OnceCell;

use super::Desk;
use crate::compose::{Draft, Field};
use crate::contact::{Contact, field_of};
use crate::project::{FileText, Files, shown};
use crate::report::{Cause, Places, causes};
use crate::text::LineIndex;

impl Desk<'_> {
    /// The places that the words of each finding come from.
    pub(super) fn causes(&self, contact: &Contact, draft: &Draft) -> Vec<Vec<Cause>> {
        let people = OnceCell::new();
        let mut places = Places::new(self.library.sources());
        let field = |path: &str| match draft.field(path)? {
            Field::Contact(field) => Some(self.field_of(contact, field, &people)),
            Field::Me(field) => Some(self.own_field(&field)),
        };
        draft.diagnostics.iter().map(|found| causes(&draft.document, found.span, &mut places, field)).collect()
    }

    /// A field of a person: in the file with the people, unless the command line says it.
    fn field_of(&self, contact: &Contact, field: String, people: &OnceCell<Option<FileText>>) -> Cause {
        let written = self.written(&field).and_then(|path| {
            let read = || Files::default().read(self.people.file.as_deref()?).ok();
            let people = people.get_or_init(read).as_ref()?;
            let span = field_of(&people.text, &contact.id, &path)?;
            Some((people.name.clone(), LineIndex::new(&people.text).line(span.start), path))
        });
        match written {
            Some((file, line, path)) => {
                Cause { file: Some(file), line: Some(line), field: Some(path), ..Cause::default() }
            }
            None => Cause { field: Some(field), ..Cause::default() },
        }
    }

    /// A field as the file with the people has it: facts of the command line go before its facts.
    fn written(&self, field: &str) -> Option<String> {
        let person = &self.args.person;
        match field {
            "company" if person.company.is_some() => None,
            "role" if person.role.is_some() => None,
            "language" if person.language.is_some() => None,
            _ => match field.strip_prefix("facts[").and_then(|rest| rest.split_once(']')) {
                Some((number, rest)) => {
                    let number = number.parse::<usize>().ok()?.checked_sub(self.args.facts.0.len())?;
                    Some(format!("facts[{number}]{rest}"))
                }
                None => Some(field.to_owned()),
            },
        }
    }

    /// A field of the writer, who stands in the config.
    fn own_field(&self, field: &str) -> Cause {
        let path = format!("me.{field}");
        let origin = self.workspace.project.me_origin(field);
        let (file, line) = origin.map(|origin| (shown(&origin.file), origin.line)).unzip();
        Cause { file, line, field: Some(path), ..Cause::default() }
    }
}
