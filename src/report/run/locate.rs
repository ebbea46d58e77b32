//! Places of findings in files.

use super::Root;
use crate::diagnostic::Diagnostic;
use crate::fix::in_sources;
use crate::report::Note;
use crate::report::place::Places;
use crate::text::{LineColumn, LineIndex, SourceSpan, Span};

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Region {
    /// The file.
    pub file: String,
    /// Its first character.
    pub start: LineColumn,
    /// Behind its last character.
    pub end: LineColumn,
}

/// Words of a file to put in the place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What goes.
    pub region: Region,
    /// What comes.
    pub text: String,
}

/// The places of a finding, the main one first: in the files the note comes from, else in the note itself.
pub(super) fn regions(note: &Note<'_>, diagnostic: &Diagnostic, root: &Root, places: &mut Places<'_>) -> Vec<Region> {
    let text = note.document.text();
    let span = Span::new(diagnostic.span.start.min(text.len()), diagnostic.span.end.min(text.len()));
    let located = note.document.locate(span);
    let mut regions: Vec<_> = located.into_iter().filter_map(|place| region(place, root, places)).collect();
    if regions.is_empty() {
        let lines = LineIndex::new(text);
        let (start, end) = (lines.place(text, span.start), lines.place(text, span.end));
        regions.push(Region { file: root.name(note.name), start, end });
    }
    regions.dedup();
    regions
}

/// The changes of a fix, if all of them can be made in files that are known.
pub(super) fn replacements(
    note: &Note<'_>,
    diagnostic: &Diagnostic,
    root: &Root,
    places: &mut Places<'_>,
) -> Option<Vec<Replacement>> {
    let edits = in_sources(note.document, diagnostic.fix.as_ref()?)?;
    let replacement = |(file, edit): (_, crate::diagnostic::Edit)| {
        let region = region(SourceSpan { file, span: edit.span }, root, places)?;
        Some(Replacement { region, text: edit.text })
    };
    edits.into_iter().map(replacement).collect()
}

fn region(place: SourceSpan, root: &Root, places: &mut Places<'_>) -> Option<Region> {
    let (name, start, end) = places.ends(place)?;
    Some(Region { file: root.name(name), start, end })
}
