//! `cordial lint ana.txt`: a draft.

use super::allowed::Allowed;
use super::compare::Compared;
use super::{Failure, Group, Input, Run};
use crate::cli::Terminal;
use crate::cli::exit::FailOn;
use crate::cli::output::Shown;
use crate::contact::Contact;
use crate::context::Context;
use crate::draft::{self, Draft};
use crate::lint::Session;
use crate::project::{self, FileText, Problem, STDIN};
use crate::report;
use crate::text::{Document, Sources};

impl Run<'_> {
    pub(super) fn note(
        &mut self,
        mut input: Input,
        group: &mut Group<'_>,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let name = input.read.name.clone();
        let (draft, slips) = draft::read(&input.read.text);
        let mut problems: Vec<_> = input.read.warning.iter().cloned().collect();
        problems.extend(slips.iter().map(|slip| Problem::from_diagnostic(&name, &input.read.text, slip)));
        if draft.note.is_empty() {
            let help = if name == STDIN {
                "Pipe a note in, or name a file."
            } else {
                "Write the note, or leave the file out."
            };
            self.tell(&problems, terminal);
            self.give_up(Problem::new(&name, "there is no note here").with_help(help), terminal);
            return Ok(());
        }
        if self.args.contact.is_some() || draft.front_matter.contact.is_some() {
            self.know_people(group, terminal)?;
        }
        let Group { workspace, people, session, compared, .. } = group;
        let contact = self.person(&name, &input.read.text, &draft, people.as_ref(), terminal)?;
        self.tell(&problems, terminal);
        let others = people.as_ref().map_or(&[][..], |people| &people.contacts);
        let overrides = input.overrides(workspace);
        let config = &workspace.project.config;
        let (context, kind_assumed) =
            self.args.about.context(&draft.front_matter, &overrides, config, self.args.language, contact, others);
        let fail_on = self.fail_on(workspace);
        if self.args.mends() {
            input.read.text = self.mend_draft(&input, &draft, &context, session, terminal);
        }
        if self.args.diff {
            return Ok(());
        }
        let (draft, _) = draft::read(&input.read.text);
        self.lint(&input, &draft, &context, kind_assumed, fail_on, (session, compared), terminal)
    }

    #[expect(clippy::too_many_arguments, reason = "one note with all that is known about it")]
    fn lint(
        &mut self,
        input: &Input,
        draft: &Draft,
        context: &Context<'_>,
        kind_assumed: bool,
        fail_on: FailOn,
        (session, compared): (&mut Session<'_>, &mut Compared<'_>),
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let FileText { name, text, .. } = &input.read;
        let mut sources = Sources::default();
        let file = sources.add(name, text);
        let document = Document::from_source(file, text, draft.note);
        let Some(mut diagnostics) = project::guarded(|| session.lint(&document, context)) else {
            let help = "This is a fault of cordial: please report it with the note. The other notes were checked.";
            self.give_up(Problem::new(name, "cordial failed on this note").with_help(help), terminal);
            return Ok(());
        };
        let mut allowed = Allowed::of(draft, session, context);
        compared.add(name, &document, context, &allowed, fail_on, session);
        let suppressed = allowed.take(&mut diagnostics, file, &document, context);
        allowed.judge(&suppressed, file, &document, (session, context));
        self.front_matter(input, &allowed, fail_on, &sources, terminal)?;
        self.mending.see(&document, &diagnostics, input, &sources);
        self.status = self.status.max(fail_on.status(&diagnostics));
        let fails = fail_on.fails(&diagnostics);
        let facts = facts(session, &document, context);
        let context = &Context { language: Some(session.language()), ..context.clone() };
        let shared = session.shared_context(&document, context);
        let (diagnostics, shared) = (&*diagnostics, shared.as_ref());
        let shown =
            report::Note { name, document: &document, diagnostics, context, kind_assumed, facts: &facts, shared };
        let score = self.args.score.then(|| session.score(&document, context, diagnostics));
        let (score, rules) = (score.as_ref(), session.rules());
        let shown =
            Shown { note: &shown, sample: None, score, suppressed: &suppressed, fails, rules, sources: &sources };
        self.output.note(&shown, terminal)
    }
}

/// The facts that the note uses, as they are written.
fn facts(session: &mut Session<'_>, document: &Document, context: &Context<'_>) -> Vec<String> {
    let Some(contact) = context.contact else { return Vec::new() };
    let what = |contact: &Contact, fact: usize| contact.facts[fact].what.clone();
    session.facts_used(document, context).iter().map(|used| what(contact, used.fact)).collect()
}
