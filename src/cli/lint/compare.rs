//! The notes of a run beside one another: which of them are one text.

use super::allowed::Allowed;
use super::{Failure, Terminal};
use crate::cli::ExitStatus;
use crate::cli::exit::FailOn;
use crate::cli::output::Output;
use crate::context::Context;
use crate::lint::{Sameness, Session};
use crate::rule::RuleSet;
use crate::text::Document;

/// The notes so far, by their numbers.
pub(super) struct Compared<'r> {
    rules: &'r RuleSet,
    sameness: Option<Sameness<'r>>,
    names: Vec<String>,
    fail_on: FailOn,
}

impl<'r> Compared<'r> {
    pub(super) fn new(rules: &'r RuleSet) -> Self {
        Self { rules, sameness: Sameness::new(rules), names: Vec::new(), fail_on: FailOn::default() }
    }

    /// Adds a note, unless its front matter allows it to be like others.
    pub(super) fn add(
        &mut self,
        name: &str,
        document: &Document,
        context: &Context<'_>,
        allowed: &Allowed,
        fail_on: FailOn,
        session: &mut Session<'_>,
    ) {
        self.fail_on = fail_on;
        let Some(sameness) = &mut self.sameness else { return };
        if allowed.allows(sameness.rule(), context) {
            return;
        }
        if let Some(fingerprint) = session.fingerprint(document, context) {
            sameness.add(self.names.len(), fingerprint);
            self.names.push(name.to_owned());
        }
    }

    /// Says which notes are alike, and how the run ends for it.
    pub(super) fn finish(self, output: &mut Output, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
        let mut status = ExitStatus::Clean;
        for alike in self.sameness.map(Sameness::finish).unwrap_or_default() {
            let names: Vec<&str> = alike.notes.iter().map(|note| self.names[*note].as_str()).collect();
            let found = self.fail_on.status(std::slice::from_ref(&alike.diagnostic));
            output.alike(&alike, &names, found == ExitStatus::Findings, self.rules, terminal)?;
            status = status.max(found);
        }
        Ok(status)
    }
}
