//! What is printed: one format per file. Nothing here prints; everything returns text.

pub mod alike;
mod cause;
mod cell;
pub mod columns;
#[cfg(feature = "cli")]
pub mod diff;
#[cfg(feature = "cli")]
pub mod difference;
pub mod escape;
mod excerpt;
pub mod explain;
pub mod figures;
pub mod github;
pub mod gitlab;
pub mod json;
#[cfg(feature = "cli")]
pub mod junit;
pub mod lengths;
mod mark;
mod markdown;
pub mod miss;
pub mod note;
mod place;
pub mod redact;
pub mod rule;
pub mod run;
pub mod sarif;
pub mod score;
pub mod short;
#[cfg(feature = "cli")]
pub mod snippet;
mod style;
pub mod summary;
mod verdict;
pub mod wrap;

pub use cause::{Cause, causes};
pub use excerpt::excerpt;
pub use place::{Place, Places};
pub use style::{Ink, Style};
pub use verdict::{Counts, Length, Summary, count};

use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::lint::{Readiness, Shared, SharedContext, readiness};
use crate::text::Document;

/// A note and what was found in it.
#[derive(Clone, Copy, Debug)]
pub struct Note<'a> {
    /// Its name: a path, `<stdin>`, a contact's id.
    pub name: &'a str,
    /// The note.
    pub document: &'a Document,
    /// The findings, in any order.
    pub diagnostics: &'a [Diagnostic],
    /// What it is for.
    pub context: &'a Context<'a>,
    /// Whether nobody said what kind of note it is.
    pub kind_assumed: bool,
    /// The facts it uses, as one speaks of them: `her talk at RiskMinds`.
    pub facts: &'a [String],
    /// What it shares with its reader, where that was asked.
    pub shared: Option<&'a Shared>,
}

impl Note<'_> {
    /// How long it is, and may be.
    #[must_use]
    pub fn length(&self) -> Length {
        Length::of(self.document.text(), self.context)
    }

    /// What it still needs.
    #[must_use]
    pub fn readiness(&self) -> Readiness {
        let used = (!self.facts.is_empty()).then_some(SharedContext::Used);
        readiness(self.diagnostics, used.or_else(|| self.shared.map(|shared| shared.answer)))
    }
}
