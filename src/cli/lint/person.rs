//! Whom a draft is written to.

use super::{Failure, Group, Run, Terminal};
use crate::cli::ExitStatus;
use crate::cli::workspace::People;
use crate::contact::Contact;
use crate::draft::Draft;
use crate::project::Problem;

/// How to see what is not told where others read it.
const ALONE: &str = "Run it with --no-redact where nobody else reads along.";

impl Run<'_> {
    /// Reads the people of a group of notes, once somebody is asked for.
    pub(super) fn know_people(&mut self, group: &mut Group<'_>, terminal: &mut Terminal) -> Result<(), Failure> {
        if group.people.is_some() {
            return Ok(());
        }
        let (people, problems) = group.workspace.read_people(&self.files, &self.args.place)?;
        let problems: Vec<_> = problems.into_iter().map(|problem| self.quiet(problem)).collect();
        self.tell(&problems, terminal);
        group.people = Some(people);
        Ok(())
    }

    /// The person that a draft is written to. One whom only the draft names, and whom nobody knows, is told of.
    pub(super) fn person<'p>(
        &mut self,
        name: &str,
        text: &str,
        draft: &Draft,
        people: Option<&'p People>,
        terminal: &mut Terminal,
    ) -> Result<Option<&'p Contact>, Failure> {
        let own = draft.front_matter.contact.as_ref();
        let Some(who) = self.args.contact.as_deref().or(own.map(|who| &*who.value)) else { return Ok(None) };
        let Some(people) = people else { return Ok(None) };
        let failure = match people.find(who) {
            Ok(contact) => return Ok(Some(contact)),
            Err(_) if self.redact => Failure::new("it is not clear who this note is written to").at(name).help(ALONE),
            Err(failure) => failure,
        };
        if self.args.contact.is_some() {
            return Err(failure);
        }
        self.output.failure(&failure, name, own.map(|who| (text, who.span)), terminal);
        self.status = ExitStatus::Failed;
        Ok(None)
    }

    /// A problem with the people, told where others read it by its place only: what cannot be read cannot be known again.
    fn quiet(&self, problem: Problem) -> Problem {
        if !self.redact {
            return problem;
        }
        let message = "something about a person cannot be read here".to_owned();
        Problem { message, help: Some(ALONE.into()), ..problem }
    }
}
