//! What a run over notes and templates prints, as it goes and at its end.

use super::workspace::tell;
use super::{Failure, Terminal};
use crate::diagnostic::Level;
use crate::lint::{Alike, Score};
use crate::project::Problem;
use crate::report::json::{Json, Trouble};
use crate::report::{Ink, Note, Places, Summary, alike, escape, note, score, short, snippet, wrap};
use crate::text::Sources;

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    #[default]
    Text,
    Short,
    Json,
}

/// What has been printed so far.
pub(super) enum Output {
    Text(Summary),
    Short(Summary),
    Json(Json),
}

/// How a template was read.
#[derive(Clone, Copy)]
pub(super) struct Read<'a> {
    /// What of it was linted.
    pub(super) about: &'a str,
    /// Why a note of it was not.
    pub(super) error: Option<&'a str>,
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
        match format {
            Format::Text => Self::Text(Summary::default()),
            Format::Short => Self::Short(Summary::default()),
            Format::Json => Self::Json(Json::default()),
        }
    }

    /// Shows what is wrong with files: on one line each where findings are. Returns whether something is an error.
    pub(super) fn problems(&mut self, problems: &[Problem], terminal: &mut Terminal) -> bool {
        match self {
            Self::Text(_) => return tell(problems, terminal),
            Self::Short(_) => {
                let style = terminal.stderr_style();
                for problem in problems {
                    let said = format!("{}: {}: {}", problem.location(), problem.level, problem.message);
                    terminal.tell(&format!("{}\n", style.fold(&escape::visible(&said, style.unicode))));
                }
            }
            Self::Json(json) => {
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
        if let Self::Text(summary) | Self::Short(summary) = self {
            summary.failed += files;
        }
    }

    /// A note; `sample` is the invented person of the template it was made from, if it was. `score` is there when it is
    /// asked for.
    pub(super) fn note(
        &mut self,
        shown: &Note<'_>,
        sample: Option<&str>,
        score: Option<&Option<Score>>,
        fails: bool,
        sources: &Sources,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let mut places = Places::new(sources);
        match self {
            Self::Text(summary) => {
                let gap = if summary.notes > 0 || sample.is_some() { "\n" } else { "" };
                summary.add(shown.diagnostics);
                let named = sample.map(|sample| format!("{} ({sample})", shown.name));
                let shown = Note { name: named.as_deref().unwrap_or(shown.name), ..*shown };
                let mut text = note::render(&shown, terminal.style());
                if let Some(points) = score {
                    text += &format!("\n{}", score::render(points.as_ref(), terminal.style()));
                }
                terminal.print(&format!("{gap}{text}"))?;
            }
            Self::Short(summary) => {
                summary.add(shown.diagnostics);
                let mut found = shown.diagnostics.to_vec();
                if let Some(sample) = sample {
                    found.iter_mut().for_each(|found| found.message = format!("to {sample}: {}", found.message));
                }
                let text = short::render(&Note { diagnostics: &found, ..*shown }, &mut places, terminal.style());
                terminal.print(&text)?;
            }
            Self::Json(json) => json.note(shown, sample, score.and_then(Option::as_ref), fails, &mut places),
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
        let Read { about, error, .. } = *read;
        let mut places = Places::new(sources);
        let style = terminal.style();
        match self {
            Self::Text(summary) => {
                let gap = if summary.notes > 0 || summary.templates > 0 { "\n" } else { "" };
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
            Self::Short(summary) => {
                read.count(shown, summary);
                terminal.print(&short::render(shown, &mut places, style))?;
            }
            Self::Json(json) => json.template(shown, error, fails, &mut places),
        }
        Ok(())
    }

    /// Notes of the run that are one text.
    pub(super) fn alike(&mut self, alike: &Alike, names: &[&str], terminal: &mut Terminal) -> Result<(), Failure> {
        let style = terminal.style();
        match self {
            Self::Text(summary) => {
                summary.count(std::slice::from_ref(&alike.diagnostic));
                terminal.print(&format!("\n{}", alike::render(alike, names, style)))?;
            }
            Self::Short(summary) => {
                summary.count(std::slice::from_ref(&alike.diagnostic));
                terminal.print(&alike::short(alike, names, style))?;
            }
            Self::Json(json) => json.alike(alike, names),
        }
        Ok(())
    }

    pub(super) fn finish(self, terminal: &mut Terminal) -> Result<Option<Summary>, Failure> {
        match self {
            Self::Text(summary) => {
                if summary.templates > 1 || summary.notes + summary.failed > 1 {
                    let (line, width) = (summary.line(), terminal.style().width);
                    let lines = wrap::lines(&line, width, width.saturating_sub(2));
                    terminal.print(&format!("\n{}\n", lines.join("\n  ")))?;
                }
                Ok(Some(summary))
            }
            Self::Short(summary) => Ok(Some(summary)),
            Self::Json(json) => {
                terminal.print(&String::from_utf8_lossy(&json.finish()))?;
                Ok(None)
            }
        }
    }
}
