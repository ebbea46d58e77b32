//! What a draft allows, and what became of it.

use super::{Failure, Input, Run};
use crate::allow::{Allowance, read_all};
use crate::cli::Terminal;
use crate::cli::exit::FailOn;
use crate::cli::output::Read;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::draft::Draft;
use crate::lint::{Session, Suppressed, Watch, stale, suppress};
use crate::report::Note;
use crate::text::{Document, FileId, Sources, Span};

/// What a draft allows.
pub(super) struct Allowed {
    pub(super) list: Vec<Allowance>,
    /// What is wrong with that, in bytes of the draft's file.
    wrong: Vec<Diagnostic>,
}

impl Allowed {
    pub(super) fn of(draft: &Draft, session: &Session<'_>, context: &Context<'_>) -> Self {
        let (list, mut wrong) = read_all(&draft.front_matter.allow);
        wrong.extend(stale(&list, session.rules(), context.today));
        Self { list, wrong }
    }

    /// Whether it allows what a rule finds, wherever that is.
    pub(super) fn allows(&self, rule: &str, context: &Context<'_>) -> bool {
        self.list.iter().any(|one| !one.is_over(context.today) && one.named(rule).is_some())
    }

    /// Takes away the findings that are allowed.
    pub(super) fn take(
        &self,
        found: &mut Vec<Diagnostic>,
        file: FileId,
        document: &Document,
        context: &Context<'_>,
    ) -> Vec<Suppressed> {
        suppress(found, document, file, |_| &self.list, context.today)
    }

    /// Notes which entries had nothing to do.
    pub(super) fn judge(
        &mut self,
        suppressed: &[Suppressed],
        file: FileId,
        document: &Document,
        (session, context): (&Session<'_>, &Context<'_>),
    ) {
        let mut watch = Watch::default();
        watch.note(document, suppressed, &self.list, |word| session.could_look(word, context));
        self.wrong.extend(watch.unused(file, &self.list, &[], session.rules(), context.today));
        self.wrong.sort_by_key(|found| found.span);
    }
}

impl Run<'_> {
    /// Shows what is wrong with the entries under `allow:`.
    pub(super) fn front_matter(
        &mut self,
        input: &Input,
        allowed: &Allowed,
        fail_on: FailOn,
        sources: &Sources,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        if allowed.wrong.is_empty() {
            return Ok(());
        }
        self.status = self.status.max(fail_on.status(&allowed.wrong));
        let text = &input.read.text;
        let shown = Note {
            name: &input.read.name,
            document: &Document::from_source(sources.last(), text, Span::new(0, text.len())),
            diagnostics: &allowed.wrong,
            context: &Context::default(),
            kind_assumed: false,
            facts: &[],
            shared: None,
        };
        let read =
            Read { about: "front matter", error: None, suppressed: 0, shows_lines: !self.redact, is_included: true };
        self.output.template(&shown, &read, fail_on.fails(&allowed.wrong), sources, terminal)
    }
}
