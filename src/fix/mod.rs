//! Applies safe fixes to the files that notes were made from.

mod mend;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::text::{Document, FileId, Origin, Span};

pub use mend::{Linted, Mended, Refused, Why, mend};

/// Gathers the safe fixes of many notes and applies them to their files.
///
/// A fix is taken whole or not at all. The first of two that touch the same bytes wins; another run takes the rest. One
/// place of a file is changed once, however many notes were made from it.
#[derive(Clone, Debug, Default)]
pub struct Fixer {
    /// By the places where they begin. No two collide, so only neighbours can collide with a new one.
    edits: BTreeMap<(FileId, usize), Edit>,
}

impl Fixer {
    /// Takes the safe fixes of a note and returns how many were taken.
    pub fn add(&mut self, document: &Document, diagnostics: &[Diagnostic]) -> usize {
        let fixes = diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()).filter(|fix| fix.safe);
        fixes.filter(|fix| in_sources(document, fix).is_some_and(|edits| self.take(&edits))).count()
    }

    /// The text of a file with its fixes applied; `None` if there are none, or if it is not the text they were made for.
    #[must_use]
    pub fn apply(&self, file: FileId, text: &str) -> Option<String> {
        let of_file = self.edits.range((file, 0)..=(file, usize::MAX));
        let edits: Vec<_> = of_file.map(|(_, edit)| edit.clone()).collect();
        if edits.is_empty() { None } else { Fix { safe: true, edits }.apply(text) }
    }

    /// Takes the edits of one fix, if none collides with what was taken before.
    fn take(&mut self, edits: &[(FileId, Edit)]) -> bool {
        let mut taken = Vec::new();
        for (file, edit) in edits {
            let place = (*file, edit.span.start);
            let before = self.edits.range(..place).next_back().is_some_and(|other| collide(other, (&place, edit)));
            let behind = self.edits.range((*file, place.1 + 1)..).next();
            let behind = behind.is_some_and(|other| collide(other, (&place, edit)));
            match self.edits.entry(place) {
                Entry::Occupied(other) if other.get() == edit => {}
                Entry::Vacant(free) if !before && !behind => {
                    free.insert(edit.clone());
                    taken.push(place);
                }
                _ => {
                    taken.iter().for_each(|place| drop(self.edits.remove(place)));
                    return false;
                }
            }
        }
        true
    }
}

/// Whether two edits that begin at different places share a byte, or one is made inside the other.
fn collide(one: (&(FileId, usize), &Edit), other: (&(FileId, usize), &Edit)) -> bool {
    let inside = |at: Span, of: Span| of.start < at.start && at.start < of.end;
    let same_file = one.0.0 == other.0.0;
    let (one, other) = (one.1.span, other.1.span);
    same_file && (one.overlaps(other) || inside(one, other) || inside(other, one))
}

/// The edits of a fix in the files the note comes from. `None` if one of them touches text that a template printed:
/// what is right for this note may be wrong for the next.
#[must_use]
pub fn in_sources(document: &Document, fix: &Fix) -> Option<Vec<(FileId, Edit)>> {
    fix.edits.iter().map(|edit| in_source(document, edit)).collect()
}

fn in_source(document: &Document, edit: &Edit) -> Option<(FileId, Edit)> {
    document.text().get(edit.span.range())?;
    let end = document.text().len();
    document.pieces().iter().find_map(|piece| {
        let Origin::Literal(source) = &piece.origin else { return None };
        // Where typed text meets printed text, a change could join what belongs apart.
        let after_start = edit.span.start > piece.range.start || piece.range.start == 0;
        let before_end = edit.span.end < piece.range.end || piece.range.end == end;
        if !(piece.range.contains(edit.span) && after_start && before_end) {
            return None;
        }
        let start = source.span.start + (edit.span.start - piece.range.start);
        let span = Span::new(start, start + edit.span.len());
        Some((source.file, Edit { span, text: edit.text.clone() }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Level;
    use crate::text::{Piece, SourceSpan};

    const FILE: FileId = FileId(0);

    fn found(safe: bool, edits: &[(usize, usize, &str)]) -> Diagnostic {
        let edit = |&(start, end, text): &(usize, usize, &str)| Edit { span: Span::new(start, end), text: text.into() };
        let fix = Fix { safe, edits: edits.iter().map(edit).collect() };
        Diagnostic::new("a/b", Level::Warning, "", Span::default()).with_fix(fix)
    }

    fn fixed(text: &str, diagnostics: &[Diagnostic]) -> (usize, Option<String>) {
        let mut fixer = Fixer::default();
        let taken = fixer.add(&Document::from_text(text), diagnostics);
        (taken, fixer.apply(FILE, text))
    }

    #[test]
    fn applies_what_is_safe_and_does_not_collide() {
        for (text, found, taken, expected) in [
            ("abc", vec![], 0, None),
            ("abc", vec![found(false, &[(0, 1, "x")])], 0, None),
            ("abc", vec![found(true, &[(2, 3, "z")]), found(true, &[(0, 1, "x")])], 2, Some("xbz")),
            ("abc", vec![found(true, &[(0, 2, "x")]), found(true, &[(1, 3, "y")])], 1, Some("xc")),
            ("abc", vec![found(true, &[(0, 2, "x")]), found(true, &[(1, 1, "y")])], 1, Some("xc")),
            ("abc", vec![found(true, &[(1, 1, "x")]), found(true, &[(1, 1, "y")])], 1, Some("axbc")),
            ("abc", vec![found(true, &[(0, 1, "x")]), found(true, &[(0, 1, "x")])], 2, Some("xbc")),
            ("abc", vec![found(true, &[(0, 1, "")]), found(true, &[(1, 2, "")])], 2, Some("c")),
            ("abc", vec![found(true, &[(1, 2, "x")]), found(true, &[(0, 1, "y"), (1, 3, "z")])], 1, Some("axc")),
            ("é", vec![found(true, &[(0, 1, "x")])], 0, None),
            ("abc", vec![found(true, &[(2, 9, "x")])], 0, None),
        ] {
            assert_eq!(fixed(text, &found), (taken, expected.map(str::to_owned)), "{text} {found:?}");
        }
    }

    /// `Hi {{ name }}, asap` printed for two people: one change in the template.
    #[test]
    fn changes_a_template_once_and_never_at_the_edge_of_what_it_printed() {
        let template = "Hi {{ name }}, asap";
        let place = |start, end| SourceSpan { file: FILE, span: Span::new(start, end) };
        let note = |name: &str| {
            let text = format!("Hi {name}, asap");
            let (start, end) = (3, 3 + name.len());
            let value = Origin::Value { expr: place(3, 13), path: "name".into() };
            let pieces = vec![
                Piece { range: Span::new(0, start), origin: Origin::Literal(place(0, 3)) },
                Piece { range: Span::new(start, end), origin: value },
                Piece { range: Span::new(end, text.len()), origin: Origin::Literal(place(13, 19)) },
            ];
            Document::from_pieces(text, pieces).unwrap()
        };
        let mut fixer = Fixer::default();
        assert_eq!(fixer.add(&note("Ana"), &[found(true, &[(8, 12, "soon")])]), 1);
        assert_eq!(fixer.add(&note("Robert"), &[found(true, &[(11, 15, "soon")])]), 1);
        assert_eq!(fixer.add(&note("Ana"), &[found(true, &[(3, 6, "Bo")]), found(true, &[(6, 7, ".")])]), 0);
        assert_eq!(fixer.add(&note("Ana"), &[found(true, &[(0, 2, "Hello")])]), 1);
        assert_eq!(fixer.apply(FILE, template).as_deref(), Some("Hello {{ name }}, soon"));
        assert_eq!(fixer.apply(FileId(1), template), None);
    }
}
