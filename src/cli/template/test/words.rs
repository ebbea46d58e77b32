//! What is said of a note that is not as it should be.

use crate::compose::{Outcome, SampleNote};
use crate::diagnostic::Diagnostic;
use crate::report::{Ink, Style, difference, snippet, wrap};
use crate::template::{Expected, Library};
use crate::text::{Document, FileId, LineIndex, Source, Span};

/// What keeps people from getting a note, where it is.
pub(super) fn findings<'f>(
    library: &Library,
    found: impl Iterator<Item = (FileId, &'f Diagnostic)>,
    style: Style,
) -> String {
    let shown = found.filter_map(|(file, found)| {
        let source = library.sources().get(file)?;
        let document = Document::from_source(file, &source.text, Span::new(0, source.text.len()));
        Some(snippet::render(&document, std::slice::from_ref(found), library.sources(), style))
    });
    shown.collect()
}

/// A note beside the one that the file says; nothing where they are the same.
pub(super) fn compared(note: &SampleNote<'_>, source: &Source, style: Style) -> String {
    let (what, ink, old) = match (note.outcome(), note.sample.expected()) {
        (Outcome::Same, _) => return String::new(),
        (_, Some(old)) => ("the note differs", Ink::Warning, Some(old)),
        (_, None) => ("there is no note to compare with", Ink::Suggestion, None),
    };
    let at = note.sample.note.as_ref().map_or(note.sample.span, |note| note.span);
    let line = LineIndex::new(&source.text).place(&source.text, at.start).line;
    let label = format!("{}:{line} ({})", source.name, note.sample.contact.first_name);
    let mut out = wrap::labelled(&label, ink, what, style);
    let new = whole(&note.given());
    match old {
        Some(old) => {
            let [old, new] = difference::render(&whole(&old), &new, style);
            out += &format!("The file says:\n{old}The template gives:\n{new}\n");
        }
        None => {
            let [_, new] = difference::render(&new, &new, style);
            out += &format!("The template gives:\n{new}\n");
        }
    }
    out
}

/// A note with its subject line.
fn whole(expected: &Expected) -> String {
    match &expected.subject {
        Some(subject) => format!("Subject: {subject}\n\n{}", expected.note),
        None => expected.note.clone(),
    }
}
