//! `cordial lint x.tera`: a template, and the notes it gives for its own sample people.

use std::path::Path;

use super::{Failure, Group, Input, Run};
use crate::cli::output::{Read, Shown};
use crate::cli::{ExitStatus, Terminal};
use crate::compose::{Reading, SampleNote};
use crate::context::{Account, Context};
use crate::diagnostic::Diagnostic;
use crate::project::{self, Problem};
use crate::report::{Cause, Note, Places, causes};
use crate::template::{Library, TemplateFile};
use crate::text::{Document, FileId, Span};

impl Run<'_> {
    pub(super) fn template(
        &mut self,
        input: &Input,
        group: &mut Group<'_>,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let name = input.read.name.as_str();
        self.tell(input.read.warning.as_slice(), terminal);
        let path = input.path.as_deref().unwrap_or(Path::new(name));
        let id = group.workspace.template_id(path);
        let library = group.library.get_or_insert_with(|| group.workspace.library(&self.files).0).clone();
        let one = TemplateFile { id, name: name.to_owned(), text: input.read.text.clone() };
        let (library, file, slips) = library.with_file(one);
        let (about, overrides) = (&self.args.about, input.overrides(group.workspace));
        let account = about.account.or(overrides.account).or(group.workspace.project.config.account);
        let session = &mut group.session;
        let read = || library.read_samples(file, account, |note, context| session.lint(note, context));
        let Some(reading) = project::guarded(read) else {
            let help = "This is a fault of cordial: please report it with the template. The other files were checked.";
            self.give_up(Problem::new(name, "cordial failed on this template").with_help(help), terminal);
            return Ok(());
        };
        self.findings(&library, file, slips, &reading, group, terminal)?;
        for note in &reading.notes {
            self.sample_note(name, &library, note, account, group, terminal)?;
        }
        Ok(())
    }

    /// What is wrong with the template itself, and with what it includes.
    fn findings(
        &mut self,
        library: &Library,
        file: FileId,
        slips: Vec<Diagnostic>,
        reading: &Reading<'_>,
        group: &Group<'_>,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let fail_on = self.fail_on(group.workspace);
        let error = error(reading);
        if error.is_some() {
            self.status = ExitStatus::Failed;
        }
        let mut files = vec![(file, slips)];
        for (file, finding) in &reading.findings {
            match files.iter_mut().find(|(known, _)| known == file) {
                Some((_, found)) => found.push(finding.clone()),
                None => files.push((*file, vec![finding.clone()])),
            }
        }
        for (place, (file, mut found)) in files.into_iter().enumerate() {
            let Some(source) = library.sources().get(file) else { continue };
            found.sort_by_key(|found| found.span);
            self.status = self.status.max(fail_on.status(&found));
            let is_included = place > 0;
            let about = if is_included { "included by the template above".to_owned() } else { about(reading) };
            let document = Document::from_source(file, &source.text, Span::new(0, source.text.len()));
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
            let read = Read { about: &about, error, is_included };
            self.output.template(&shown, &read, fail_on.fails(&found), library.sources(), terminal)?;
        }
        Ok(())
    }

    fn sample_note(
        &mut self,
        name: &str,
        library: &Library,
        note: &SampleNote<'_>,
        account: Option<Account>,
        group: &mut Group<'_>,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let SampleNote { sample, draft } = note;
        let document = &draft.document;
        let fail_on = self.fail_on(group.workspace);
        self.status = self.status.max(fail_on.status(&draft.diagnostics));
        let context = Context {
            kind: draft.kind,
            channel: Some(draft.channel),
            account,
            language: library.get(&draft.template).and_then(|template| template.front().language.parse().ok()),
            contact: Some(&sample.contact),
            others: &[],
            today: sample.today,
        };
        let facts: Vec<_> = draft.facts_used.iter().map(|fact| fact.what.clone()).collect();
        let shown = Note {
            name,
            document,
            diagnostics: &draft.diagnostics,
            context: &context,
            kind_assumed: false,
            facts: &facts,
            shared: None,
        };
        let fails = fail_on.fails(&draft.diagnostics);
        let score = self.args.score.then(|| group.session.score(document, &context, &draft.diagnostics));
        let mut places = Places::new(library.sources());
        let field = |path: &str| {
            let (field, place) = note.field(library, path)?;
            let at = Places::new(library.sources()).of(place)?;
            Some(Cause { field: Some(field), ..at.into() })
        };
        let found = draft.diagnostics.iter();
        let causes: Vec<_> = found.map(|found| causes(document, found.span, &mut places, field)).collect();
        let shown = Shown {
            note: &shown,
            sample: Some(&sample.contact.first_name),
            score: score.as_ref(),
            fails,
            causes: &causes,
            rules: group.session.rules(),
            sources: library.sources(),
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
