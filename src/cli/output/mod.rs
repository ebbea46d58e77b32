//! What a run over notes and templates prints, as it goes and at its end.

mod format;
mod shown;

use std::path::PathBuf;

use super::exit::ExitStatus;
use super::workspace::tell;
use super::{Failure, Terminal};
use crate::diagnostic::{Diagnostic, Level};
use crate::lint::{Alike, allowed};
use crate::project::{self, Ci, Problem};
use crate::report::json::{Json, Trouble};
use crate::report::redact::{self, Redacted};
use crate::report::run::{self, Root, Run, Telling};
use crate::report::{Ink, Note, Places, Summary, alike, escape, note, score, short, snippet, summary, wrap};
use crate::rule::RuleSet;
use crate::text::{Document, LineIndex, Sources, Span};

use format::Late;

pub(super) use format::Format;
pub(super) use shown::{Read, Shown};

/// What is printed, and what is kept until the end.
pub(super) struct Output {
    form: Form,
    /// Whether something has been printed for people: the next thing stands apart.
    is_begun: bool,
    /// All that was found, for what is written at the end.
    run: Option<Run>,
    /// The file that the summary of the job is added to.
    job_summary: Option<PathBuf>,
    /// Whether what is known of people is kept out of it.
    redact: bool,
}

/// The largest summary that GitHub takes from a step, in bytes.
const LARGEST_SUMMARY: u64 = 1 << 20;

/// What has been printed so far.
enum Form {
    Text(Summary),
    Short(Summary),
    Json(Json),
    Late(Late),
}

impl Output {
    pub(super) fn new(format: Format, redact: bool, ci: &Ci) -> Self {
        let form = match format {
            Format::Text => Form::Text(Summary::default()),
            Format::Short => Form::Short(Summary::default()),
            Format::Json => Form::Json(Json::default()),
            Format::Github => Form::Late(Late::Github),
            Format::Sarif => Form::Late(Late::Sarif),
            Format::Gitlab => Form::Late(Late::Gitlab),
            Format::Junit => Form::Late(Late::Junit),
        };
        let is_kept = matches!(form, Form::Late(_)) || ci.job_summary.is_some();
        let run = is_kept.then(|| Run::new(root(ci)));
        Self { form, is_begun: false, run, job_summary: ci.job_summary.clone(), redact }
    }

    /// Shows what is wrong with files: on one line each where findings are. Returns whether something is an error.
    pub(super) fn problems(&mut self, problems: &[Problem], terminal: &mut Terminal) -> bool {
        if let Some(run) = &mut self.run {
            problems.iter().for_each(|problem| run.trouble(trouble(problem)));
        }
        match &mut self.form {
            // Its commands say all of it where it is read.
            Form::Late(Late::Github) => {}
            Form::Text(_) | Form::Late(_) => return tell(problems, terminal),
            Form::Short(_) => {
                let style = terminal.stderr_style();
                for problem in problems {
                    let said = format!("{}: {}: {}", problem.location(), problem.level, problem.message);
                    terminal.tell(&format!("{}\n", style.fold(&escape::visible(&said, style.unicode))));
                }
            }
            Form::Json(json) => {
                for problem in problems.iter().filter(|problem| problem.level == Level::Error) {
                    let place = problem.place;
                    let error = Trouble {
                        message: &problem.message,
                        help: problem.help.as_deref(),
                        line: place.map(|place| place.line),
                        column: place.map(|place| place.column),
                    };
                    json.error(&problem.file, error);
                }
                return tell(problems, terminal);
            }
        }
        problems.iter().any(|problem| problem.level == Level::Error)
    }

    /// Tells of what keeps something about a file from being checked; `place` are its text and the bytes it is about.
    pub(super) fn failure(
        &mut self,
        failure: &Failure,
        file: &str,
        place: Option<(&str, Span)>,
        terminal: &mut Terminal,
    ) {
        if let (Some(run), Some((message, help))) = (&mut self.run, failure.told()) {
            run.trouble(run::Trouble {
                file: file.to_owned(),
                level: Level::Error,
                message: message.to_owned(),
                help: help.map(str::to_owned),
                place: place.map(|(text, span)| LineIndex::new(text).place(text, span.start)),
            });
        }
        if !matches!(self.form, Form::Late(Late::Github)) {
            terminal.fail(failure);
        }
    }

    /// Counts files that could not be checked.
    pub(super) const fn lose(&mut self, files: usize) {
        if let Form::Text(summary) | Form::Short(summary) = &mut self.form {
            summary.failed += files;
        }
        if let Some(run) = &mut self.run {
            run.summary.failed += files;
        }
    }

    /// A note.
    pub(super) fn note(&mut self, shown: &Shown<'_>, terminal: &mut Terminal) -> Result<(), Failure> {
        // Sample people are invented.
        let redacted = if self.redact && shown.sample.is_none() { redact::note(shown.note) } else { None };
        let Some(Redacted { diagnostics, document, shown: found, facts, shared }) = redacted else {
            return self.note_as(shown, None, terminal);
        };
        let note = Note { diagnostics: &diagnostics, facts: &facts, shared: shared.as_ref(), ..*shown.note };
        self.note_as(&Shown { note: &note, ..*shown }, Some((&document, &found)), terminal)
    }

    /// A note, whose text may be replaced, with what was found in that.
    fn note_as(
        &mut self,
        shown: &Shown<'_>,
        body: Option<(&Document, &[Diagnostic])>,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let Shown { note, sample, score, suppressed, fails, rules, sources } = *shown;
        let mut places = Places::new(sources);
        if let Some(run) = &mut self.run {
            run.note(note, Telling { sample, fails, before: None, shown: body }, rules, &mut places);
        }
        match &mut self.form {
            Form::Text(summary) => {
                let gap = if std::mem::replace(&mut self.is_begun, true) { "\n" } else { "" };
                summary.add(note.diagnostics);
                let named = sample.map(|sample| format!("{} ({sample})", note.name));
                let note = Note { name: named.as_deref().unwrap_or(note.name), ..*note };
                let (document, found) = body.unwrap_or((note.document, note.diagnostics));
                let mut text = note::render_as(&note, document, found, terminal.style());
                if !suppressed.is_empty() {
                    let said = allowed(suppressed, !self.redact || sample.is_some());
                    text += &wrap::labelled("Allowed", Ink::Dim, &said, terminal.style());
                }
                if let Some(points) = score {
                    text += &format!("\n{}", score::render(points.as_ref(), terminal.style()));
                }
                terminal.show(&format!("{gap}{text}"))?;
            }
            Form::Short(summary) => {
                summary.add(note.diagnostics);
                let mut found = note.diagnostics.to_vec();
                if let Some(sample) = sample {
                    found.iter_mut().for_each(|found| found.message = format!("to {sample}: {}", found.message));
                }
                let text = short::render(&Note { diagnostics: &found, ..*note }, &mut places, terminal.style());
                terminal.show(&text)?;
            }
            Form::Json(json) => {
                json.note(note, sample, score.and_then(Option::as_ref), suppressed.len(), fails, &mut places);
            }
            Form::Late(_) => {}
        }
        Ok(())
    }

    /// A template and the findings in its file.
    pub(super) fn template(
        &mut self,
        shown: &Note<'_>,
        read: &Read<'_>,
        fails: bool,
        sources: &Sources,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let Read { about, error, suppressed, shows_lines, is_included } = *read;
        let mut places = Places::new(sources);
        let style = terminal.style();
        if let Some(run) = &mut self.run {
            run.template(shown, about, error, is_included, fails, &mut places);
        }
        match &mut self.form {
            Form::Text(summary) => {
                let gap = if std::mem::replace(&mut self.is_begun, true) { "\n" } else { "" };
                read.count(shown, summary);
                let name = style.paint(Ink::Strong, escape::visible(shown.name, style.unicode));
                let mut text = format!("{gap}{name}\n");
                for line in wrap::lines(&style.fold(error.unwrap_or(about)), style.width - 2, style.width - 2) {
                    text += &format!("  {}\n", style.paint(Ink::Dim, line));
                }
                if !shows_lines {
                    text += &short::render(shown, &mut places, style);
                } else if !shown.diagnostics.is_empty() {
                    let drawn = snippet::render(shown.document, shown.diagnostics, sources, style);
                    text += &format!("\n{}\n", drawn.trim_end());
                }
                terminal.show(&text)?;
            }
            Form::Short(summary) => {
                read.count(shown, summary);
                terminal.show(&short::render(shown, &mut places, style))?;
            }
            Form::Json(json) => json.template(shown, error, suppressed, fails, &mut places),
            Form::Late(_) => {}
        }
        Ok(())
    }

    /// Notes of the run that are one text.
    pub(super) fn alike(
        &mut self,
        alike: &Alike,
        names: &[&str],
        fails: bool,
        rules: &RuleSet,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let style = terminal.style();
        if let Some(run) = &mut self.run {
            run.alike(alike, names, fails, rules);
        }
        match &mut self.form {
            Form::Text(summary) => {
                summary.count(std::slice::from_ref(&alike.diagnostic));
                terminal.show(&format!("\n{}", alike::render(alike, names, style)))?;
            }
            Form::Short(summary) => {
                summary.count(std::slice::from_ref(&alike.diagnostic));
                terminal.show(&alike::short(alike, names, style))?;
            }
            Form::Json(json) => json.alike(alike, names),
            Form::Late(_) => {}
        }
        Ok(())
    }

    /// Ends what is printed. `status` is how the run ended.
    pub(super) fn finish(self, status: ExitStatus, terminal: &mut Terminal) -> Result<Option<Summary>, Failure> {
        if let (Some(run), Some(file)) = (&self.run, &self.job_summary) {
            let added = project::append(file, LARGEST_SUMMARY, |room| summary::render(run, room));
            // The findings are told all the same.
            let problem = added.err().map(|problem| Problem { level: Level::Warning, ..problem });
            tell(problem.as_slice(), terminal);
        }
        match self.form {
            Form::Text(summary) => {
                if summary.templates > 1 || summary.notes + summary.failed > 1 {
                    let (line, width) = (summary.line(), terminal.style().width);
                    let lines = wrap::lines(&line, width, width.saturating_sub(2));
                    terminal.print(&format!("\n{}\n", lines.join("\n  ")))?;
                }
                Ok(Some(summary))
            }
            Form::Short(summary) => Ok(Some(summary)),
            Form::Json(json) => {
                terminal.print(&String::from_utf8_lossy(&json.finish()))?;
                Ok(None)
            }
            Form::Late(late) => {
                let text = self.run.map(|run| late.write(&run, status)).unwrap_or_default();
                terminal.print(&text)?;
                Ok(None)
            }
        }
    }
}

/// Where the run stands in the repository, as far as that is known.
fn root(ci: &Ci) -> Root {
    let here = ci.repository.as_ref().and_then(|_| project::working_folder().ok());
    let root = ci.repository.as_ref().zip(here);
    root.map(|(folder, here)| Root::new(folder, &here.to_string_lossy())).unwrap_or_default()
}

fn trouble(problem: &Problem) -> run::Trouble {
    run::Trouble {
        file: problem.file.clone(),
        level: problem.level,
        message: problem.message.clone(),
        help: problem.help.as_deref().map(str::to_owned),
        place: problem.place,
    }
}
