//! `cordial lint x.tera`: a template, and the notes it gives for its own sample people.

use super::{Failure, Group, Input, Run};
use crate::cli::loaded::{Loaded, OfFile};
use crate::cli::output::{Read, Shown};
use crate::cli::{ExitStatus, Terminal};
use crate::compose::{Reading, SampleNote};
use crate::context::{Account, Context};
use crate::project::{self, Problem};
use crate::report::Note;

impl Run<'_> {
    pub(super) fn template(
        &mut self,
        mut input: Input,
        group: &mut Group<'_>,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let name = &input.read.name.clone();
        self.tell(input.read.warning.as_slice(), terminal);
        let mut loaded =
            Loaded::open(&input.read, input.path.as_deref(), group.workspace, &mut group.library, &self.files);
        let (about, overrides) = (&self.args.about, input.overrides(group.workspace));
        let account = about.account.or(overrides.account).or(group.workspace.project.config.account);
        if self.args.mends() {
            input.read.text = self.mend_template(&input, &loaded, account, group, terminal);
            loaded = Loaded::open(&input.read, input.path.as_deref(), group.workspace, &mut group.library, &self.files);
        }
        if self.args.diff {
            return Ok(());
        }
        let session = &mut group.session;
        let today = self.args.about.today();
        let read = || loaded.read(account, today, |note, context| session.lint(note, context));
        let Some(reading) = project::guarded(read) else {
            let help = "This is a fault of cordial: please report it with the template. The other files were checked.";
            self.give_up(Problem::new(name, "cordial failed on this template").with_help(help), terminal);
            return Ok(());
        };
        self.findings(&input, &loaded, &reading, group, terminal)?;
        for note in &reading.notes {
            self.sample_note(&input, &loaded, note, account, group, terminal)?;
        }
        Ok(())
    }

    /// What is wrong with the template itself, and with what it includes.
    fn findings(
        &mut self,
        input: &Input,
        loaded: &Loaded,
        reading: &Reading<'_>,
        group: &Group<'_>,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let fail_on = self.fail_on(group.workspace);
        let error = error(reading);
        if error.is_some() {
            self.status = ExitStatus::Failed;
        }
        let sources = loaded.library.sources();
        let today = self.args.about.today();
        for (place, mut of) in loaded.findings(reading, today).into_iter().enumerate() {
            if place == 0 {
                let session = &group.session;
                let could_look = |word: &str, note: &SampleNote<'_>| session.could_look(word, &loaded.context(note));
                of.found.extend(loaded.judge(reading, &of, session.rules(), today, could_look));
                of.found.sort_by_key(|found| found.span);
            }
            let OfFile { file, found, suppressed } = of;
            let Some(source) = sources.get(file) else { continue };
            self.status = self.status.max(fail_on.status(&found));
            let is_included = place > 0;
            let about = if is_included { "included by the template above".to_owned() } else { about(reading) };
            let document = loaded.whole(file);
            self.mending.see(&document, &found, input, sources);
            let context = Context::default();
            let shown = Note {
                name: &source.name,
                document: &document,
                diagnostics: &found,
                context: &context,
                kind_assumed: false,
                facts: &[],
                shared: None,
            };
            let error = error.as_deref().filter(|_| !is_included);
            let read = Read { about: &about, error, suppressed: suppressed.len(), shows_lines: true, is_included };
            self.output.template(&shown, &read, fail_on.fails(&found), sources, terminal)?;
        }
        Ok(())
    }

    fn sample_note(
        &mut self,
        input: &Input,
        loaded: &Loaded,
        note: &SampleNote<'_>,
        account: Option<Account>,
        group: &mut Group<'_>,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let SampleNote { sample, draft } = note;
        let document = &draft.document;
        let sources = loaded.library.sources();
        self.mending.see(document, &draft.diagnostics, input, sources);
        let fail_on = self.fail_on(group.workspace);
        self.status = self.status.max(fail_on.status(&draft.diagnostics));
        let context = Context { account, ..loaded.context(note) };
        let facts: Vec<_> = draft.facts_used.iter().map(|fact| fact.what.clone()).collect();
        let shown = Note {
            name: &input.read.name,
            document,
            diagnostics: &draft.diagnostics,
            context: &context,
            kind_assumed: false,
            facts: &facts,
            shared: None,
        };
        let fails = fail_on.fails(&draft.diagnostics);
        let score = self.args.score.then(|| group.session.score(document, &context, &draft.diagnostics));
        let shown = Shown {
            note: &shown,
            sample: Some(&sample.contact.first_name),
            score: score.as_ref(),
            suppressed: &draft.suppressed,
            fails,
            rules: group.session.rules(),
            sources,
        };
        self.output.note(&shown, terminal)
    }
}

/// What of the template was linted.
fn about(reading: &Reading<'_>) -> String {
    let notes = reading.notes.len();
    match (reading.is_part, notes, notes + reading.without) {
        (true, ..) => "a part for other templates to include; there is no note to lint".to_owned(),
        (_, 0, _) => "checked as a template; there is no note to lint".to_owned(),
        (_, 1, 1) => "linted as it reads for its sample person".to_owned(),
        (_, _, all) if notes == all => format!("linted as it reads for its {all} sample people"),
        (_, _, all) => format!("linted as it reads for {notes} of its {all} sample people"),
    }
}

/// Why a note of the template could not be linted.
fn error(reading: &Reading<'_>) -> Option<String> {
    if !reading.is_read {
        return Some("not linted as a note reads: the template has errors".to_owned());
    }
    let all = reading.notes.len() + reading.without;
    let without = if reading.without == all { "none".to_owned() } else { reading.without.to_string() };
    (reading.without > 0).then(|| match all {
        1 => "its sample person gets no note".to_owned(),
        _ if reading.notes.is_empty() => format!("{without} of its {all} sample people gets a note"),
        _ => format!("{}; {without} get no note", about(reading)),
    })
}
