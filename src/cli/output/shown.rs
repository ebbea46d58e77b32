//! What is shown of notes and templates.

use crate::lint::{Score, Suppressed};
use crate::report::{Note, Summary};
use crate::rule::RuleSet;
use crate::text::Sources;

/// A note as it is to be shown.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Shown<'a> {
    pub(in crate::cli) note: &'a Note<'a>,
    /// The invented person of the template it was made from, if it was.
    pub(in crate::cli) sample: Option<&'a str>,
    /// There when it was asked for.
    pub(in crate::cli) score: Option<&'a Option<Score>>,
    /// What was found and is allowed.
    pub(in crate::cli) suppressed: &'a [Suppressed],
    /// Whether a finding fails the run.
    pub(in crate::cli) fails: bool,
    pub(in crate::cli) rules: &'a RuleSet,
    pub(in crate::cli) sources: &'a Sources,
}

/// How a template was read.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Read<'a> {
    /// What of it was linted.
    pub(in crate::cli) about: &'a str,
    /// Why a note of it was not.
    pub(in crate::cli) error: Option<&'a str>,
    /// How many findings in its file are allowed.
    pub(in crate::cli) suppressed: usize,
    /// Whether lines of the file may be shown.
    pub(in crate::cli) shows_lines: bool,
    /// Whether another template that was linted includes it, or it is the front matter of a note.
    pub(in crate::cli) is_included: bool,
}

impl Read<'_> {
    pub(super) fn count(&self, shown: &Note<'_>, summary: &mut Summary) {
        if self.is_included {
            summary.count(shown.diagnostics);
        } else {
            summary.add_template(shown.diagnostics, self.error.is_some());
        }
    }
}
