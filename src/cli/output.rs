//! What a run over notes and templates prints, as it goes and at its end.

use super::exit::ExitStatus;
use super::workspace::tell;
use super::{Failure, Terminal};
use crate::diagnostic::Level;
use crate::lint::{Alike, Score, Suppressed, allowed};
use crate::project::Problem;
use crate::report::json::{Json, Trouble};
use crate::report::run::{self, Run, Telling};
use crate::report::{
    Ink, Note, Places, Summary, alike, escape, github, gitlab, junit, note, sarif, score, short, snippet, wrap,
};
use crate::rule::RuleSet;
use crate::text::Sources;

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    #[default]
    Text,
    Short,
    Json,
    Github,
    Sarif,
    Gitlab,
    Junit,
}

impl Format {
    /// The word for it.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Short => "short",
            Self::Json => "json",
            Self::Github => "github",
            Self::Sarif => "sarif",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
        }
    }

    /// Whether it has a place for points.
    pub(super) const fn shows_scores(self) -> bool {
        matches!(self, Self::Text | Self::Json)
    }
}

/// What is printed, and what is kept until the end.
pub(super) struct Output {
    form: Form,
    /// Whether something has been printed for people: the next thing stands apart.
    is_begun: bool,
    /// All that was found, for what is written at the end.
    run: Option<Run>,
}

/// What has been printed so far.
enum Form {
    Text(Summary),
    Short(Summary),
    Json(Json),
    /// A format that is written at the end.
    Late(Format),
}

/// A note as it is to be shown.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) note: &'a Note<'a>,
    /// The invented person of the template it was made from, if it was.
    pub(super) sample: Option<&'a str>,
    /// There when it was asked for.
    pub(super) score: Option<&'a Option<Score>>,
    /// What was found and is allowed.
    pub(super) suppressed: &'a [Suppressed],
    /// Whether a finding fails the run.
    pub(super) fails: bool,
    pub(super) rules: &'a RuleSet,
    pub(super) sources: &'a Sources,
}

/// How a template was read.
#[derive(Clone, Copy)]
pub(super) struct Read<'a> {
    /// What of it was linted.
    pub(super) about: &'a str,
    /// Why a note of it was not.
    pub(super) error: Option<&'a str>,
    /// How many findings in its file are allowed.
    pub(super) suppressed: usize,
    /// Whether another template that was linted includes it.
    pub(super) is_included: bool,
}

impl Read<'_> {
    fn count(&self, shown: &Note<'_>, summary: &mut Summary) {
        if self.is_included {
            summary.count(shown.diagnostics);
        } else {
            summary.add_template(shown.diagnostics, self.error.is_some());
        }
    }
}

impl Output {
    pub(super) fn new(format: Format) -> Self {
        let form = match format {
            Format::Text => Form::Text(Summary::default()),
            Format::Short => Form::Short(Summary::default()),
            Format::Json => Form::Json(Json::default()),
            late => Form::Late(late),
        };
        let run = matches!(form, Form::Late(_)).then(Run::default);
        Self { form, is_begun: false, run }
    }

    /// Shows what is wrong with files: on one line each where findings are. Returns whether something is an error.
    pub(super) fn problems(&mut self, problems: &[Problem], terminal: &mut Terminal) -> bool {
        if let Some(run) = &mut self.run {
            problems.iter().for_each(|problem| run.trouble(trouble(problem)));
        }
        match &mut self.form {
            // Its commands say all of it where it is read.
            Form::Late(Format::Github) => {}
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
        let Shown { note, sample, score, suppressed, fails, rules, sources } = *shown;
        let mut places = Places::new(sources);
        if let Some(run) = &mut self.run {
            run.note(note, Telling { sample, fails, shown: None }, rules, &mut places);
        }
        match &mut self.form {
            Form::Text(summary) => {
                let gap = if std::mem::replace(&mut self.is_begun, true) { "\n" } else { "" };
                summary.add(note.diagnostics);
                let named = sample.map(|sample| format!("{} ({sample})", note.name));
                let note = Note { name: named.as_deref().unwrap_or(note.name), ..*note };
                let mut text = note::render(&note, terminal.style());
                if !suppressed.is_empty() {
                    text += &wrap::labelled("Allowed", Ink::Dim, &allowed(suppressed), terminal.style());
                }
                if let Some(points) = score {
                    text += &format!("\n{}", score::render(points.as_ref(), terminal.style()));
                }
                terminal.print(&format!("{gap}{text}"))?;
            }
            Form::Short(summary) => {
                summary.add(note.diagnostics);
                let mut found = note.diagnostics.to_vec();
                if let Some(sample) = sample {
                    found.iter_mut().for_each(|found| found.message = format!("to {sample}: {}", found.message));
                }
                let text = short::render(&Note { diagnostics: &found, ..*note }, &mut places, terminal.style());
                terminal.print(&text)?;
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
        let Read { about, error, suppressed, is_included } = *read;
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
                if !shown.diagnostics.is_empty() {
                    let drawn = snippet::render(shown.document, shown.diagnostics, sources, style);
                    text += &format!("\n{}\n", drawn.trim_end());
                }
                terminal.print(&text)?;
            }
            Form::Short(summary) => {
                read.count(shown, summary);
                terminal.print(&short::render(shown, &mut places, style))?;
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
                terminal.print(&format!("\n{}", alike::render(alike, names, style)))?;
            }
            Form::Short(summary) => {
                summary.count(std::slice::from_ref(&alike.diagnostic));
                terminal.print(&alike::short(alike, names, style))?;
            }
            Form::Json(json) => json.alike(alike, names),
            Form::Late(_) => {}
        }
        Ok(())
    }

    /// Ends what is printed. `status` is how the run ended.
    pub(super) fn finish(self, status: ExitStatus, terminal: &mut Terminal) -> Result<Option<Summary>, Failure> {
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
            Form::Late(format) => {
                let text = self.run.map(|run| written(&run, format, status)).unwrap_or_default();
                terminal.print(&text)?;
                Ok(None)
            }
        }
    }
}

/// A run in a format that is written at the end.
fn written(run: &Run, format: Format, status: ExitStatus) -> String {
    match format {
        Format::Sarif => sarif::render(run, status != ExitStatus::Failed),
        Format::Gitlab => gitlab::render(run),
        Format::Junit => junit::render(run),
        Format::Github | Format::Text | Format::Short | Format::Json => github::render(run),
    }
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
