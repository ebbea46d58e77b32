//! Linting a document whose values are not filled in.

use super::Session;
use crate::context::Context;
use crate::diagnostic::{CheckKind, Diagnostic};
use crate::text::{Document, Origin};

impl Session<'_> {
    /// The findings that hold whatever the holes of a document are filled with. What is said of a whole note, or of words
    /// that a hole is among, depends on the values.
    pub fn lint_open(&mut self, document: &Document, context: &Context<'_>) -> Vec<Diagnostic> {
        let mut found = self.lint(document, context);
        found.retain(|finding| !self.is_about_the_note(finding) && !has_hole(document, finding));
        found
    }

    fn is_about_the_note(&self, finding: &Diagnostic) -> bool {
        let active = self.rules.active.iter().find(|active| active.id == finding.rule);
        finding.check == Some(CheckKind::Density)
            || active.is_some_and(|active| self.rules.rule(active).check.is_about_the_note())
    }
}

fn has_hole(document: &Document, finding: &Diagnostic) -> bool {
    let holes = document.pieces().iter().filter(|piece| matches!(piece.origin, Origin::Hole { .. }));
    holes.into_iter().any(|hole| hole.range.overlaps(finding.span))
}
