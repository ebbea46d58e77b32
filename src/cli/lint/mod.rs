//! `cordial lint`: what is wrong with notes.

mod allowed;
mod compare;
mod draft;
mod fix;
mod lines;
mod person;
mod template;

use std::path::{Path, PathBuf};

use clap::ValueHint;

use self::compare::Compared;
use self::fix::Mending;
use super::args::{About, Redact, Where};
use super::exit::FailOn;
use super::output::{Format, Output};
use super::workspace::{People, Workspace};
use super::{ExitStatus, Failure, Terminal};
use crate::config::Override;
use crate::lint::{Linter, Session};
use crate::project::{self, Ci, FileText, Files, Problem};
use crate::template::Library;
use crate::text::Language;

/// Check notes before you send them
///
/// Reads drafts (.txt, .md) from files and folders, or one note from standard input; on a terminal without a file it
/// asks for the note. Exit status: 0 clean, 1 findings at or above --fail-on, 2 something could not be checked.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Files or folders with notes; standard input when left out, or for -
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,

    /// The note itself
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["paths", "jsonl"])]
    text: Option<String>,

    #[command(flatten)]
    pub(super) about: About,

    /// The person it is written to: an id or a part of the name
    #[arg(long, value_name = "WHO", help_heading = "About the note")]
    contact: Option<String>,

    /// The language it is written in: en, de, es, fr …
    #[arg(long, value_name = "TAG", help_heading = "About the note")]
    language: Option<Language>,

    #[command(flatten)]
    pub(super) place: Where,

    /// The file that standard input belongs to, for its settings and in messages
    #[arg(long, value_name = "NAME", help_heading = "Project", value_hint = ValueHint::FilePath)]
    stdin_filename: Option<PathBuf>,

    /// How to print: text, short (one line each) or json; for CI github, sarif, gitlab or junit
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    format: Option<Format>,

    #[command(flatten)]
    pub(super) redact: Redact,

    /// Add points from 0 to 100 by a checklist, line by line; docs/score.md says what they are not
    #[arg(long)]
    pub(super) score: bool,

    /// Apply the fixes that are safe, then check what is left; piped text comes out mended
    #[arg(long, conflicts_with = "jsonl", help_heading = "Fixes")]
    fix: bool,

    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with_all = ["jsonl", "format", "score"], help_heading = "Fixes")]
    diff: bool,

    /// Exit with 1 from this level on: error, warning, suggestion or never
    #[arg(long, value_name = "LEVEL", value_enum, hide_possible_values = true)]
    pub(super) fail_on: Option<FailOn>,

    /// Read notes as JSON Lines and write one JSON line for each
    #[arg(long, conflicts_with = "format")]
    jsonl: bool,

    /// With --jsonl, compare the notes too: a last line for each group that is one text (files are always compared)
    #[arg(long, requires = "jsonl")]
    compare: bool,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    if args.jsonl {
        return lines::run(args, terminal);
    }
    let ci = Ci::here();
    let format = Format::chosen(args.format, args.score, &ci);
    if args.score && !format.shows_scores() {
        let said = format!("--format {} has no place for a score", format.as_str());
        return Err(Failure::new(said).help("use --format text or json"));
    }
    let redact = args.redact.is_on(&ci);
    let output = Output::new(format, redact, &ci);
    let mending = Mending::default();
    let mut run = Run { args, files: Files::default(), output, mending, redact, status: ExitStatus::Clean };
    let inputs = run.inputs(terminal)?;
    run.mending = Mending::new(&inputs);
    if args.fix && !args.diff && inputs.iter().any(|input| input.is_piped) {
        terminal.divert();
    }
    // Notes under one config share its rules and people.
    let mut notes = inputs.into_iter().peekable();
    while let Some(first) = notes.next() {
        let config = run.config(&first);
        let mut group = vec![first];
        while let Some(next) = notes.next_if(|next| run.config(next) == config) {
            group.push(next);
        }
        run.group(group, terminal)?;
    }
    run.finish(terminal)
}

/// A note to check.
struct Input {
    /// Its path, or the one that standard input stands for.
    path: Option<PathBuf>,
    read: FileText,
    /// Whether it stands in no file of its own.
    is_piped: bool,
}

impl Input {
    /// What the project says about files of this name.
    fn overrides(&self, workspace: &Workspace) -> Override {
        self.path.as_deref().map(|path| workspace.project.overrides(path)).unwrap_or_default()
    }
}

/// What the notes under one config share; people and templates are read when somebody asks for them.
struct Group<'a> {
    workspace: &'a Workspace,
    people: Option<People>,
    library: Option<Library>,
    session: Session<'a>,
    compared: Compared<'a>,
}

struct Run<'a> {
    args: &'a Args,
    files: Files,
    output: Output,
    mending: Mending,
    /// Whether what is known of people is kept out of what is printed.
    redact: bool,
    status: ExitStatus,
}

impl Run<'_> {
    /// Tells of problems with files that are checked all the same.
    fn tell(&mut self, problems: &[Problem], terminal: &mut Terminal) {
        if self.output.problems(problems, terminal) {
            self.status = ExitStatus::Failed;
        }
    }

    /// Tells why a file is not checked.
    fn give_up(&mut self, problem: Problem, terminal: &mut Terminal) {
        self.output.lose(1);
        self.tell(&[problem], terminal);
    }

    fn inputs(&mut self, terminal: &mut Terminal) -> Result<Vec<Input>, Failure> {
        if let Some(text) = &self.args.text {
            let read = FileText { name: "note".to_owned(), text: text.clone(), warning: None };
            return Ok(vec![Input { path: None, read, is_piped: true }]);
        }
        let is_stdin = |path: &&PathBuf| path.as_path() == Path::new("-");
        let mut inputs = Vec::new();
        if self.args.paths.is_empty() || self.args.paths.iter().any(|path| is_stdin(&path)) {
            inputs.push(self.stdin(terminal)?);
        }
        let named: Vec<_> = self.args.paths.iter().filter(|path| !is_stdin(path)).cloned().collect();
        let (paths, problems) = project::expand(&named);
        let unread = paths.into_iter().filter_map(|path| match self.files.read(&path) {
            Ok(read) => {
                inputs.push(Input { path: Some(path), read, is_piped: false });
                None
            }
            Err(problem) => Some(problem),
        });
        let problems: Vec<_> = problems.into_iter().chain(unread.collect::<Vec<_>>()).collect();
        problems.into_iter().for_each(|problem| self.give_up(problem, terminal));
        Ok(inputs)
    }

    fn stdin(&self, terminal: &mut Terminal) -> Result<Input, Failure> {
        if terminal.stdin_is_terminal() && self.args.paths.is_empty() {
            let end = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };
            terminal.say(&format!("Paste or type the note, then press {end} on an empty line."));
        }
        let mut read = self.files.read_stdin().map_err(|problem| Failure::from(&problem))?;
        if let Some(name) = &self.args.stdin_filename {
            read.name = name.display().to_string();
        }
        Ok(Input { path: self.args.stdin_filename.clone(), read, is_piped: true })
    }

    fn config(&self, input: &Input) -> Option<PathBuf> {
        input.path.as_deref().and_then(|path| project::find_config(&self.files, path))
    }

    fn group(&mut self, inputs: Vec<Input>, terminal: &mut Terminal) -> Result<(), Failure> {
        let near = inputs.first().and_then(|input| input.path.clone()).unwrap_or_else(|| PathBuf::from("."));
        let workspace = Workspace::open(&self.files, &self.args.place, &near, terminal);
        if workspace.broken {
            self.status = ExitStatus::Failed;
        }
        let linter = Linter::new(&workspace.rules);
        let mut group = Group {
            workspace: &workspace,
            people: None,
            library: None,
            session: linter.session(),
            compared: Compared::new(&workspace.rules),
        };
        for mut input in inputs {
            if let Some(text) = input.path.as_deref().and_then(|path| self.mending.text_of(path))
                && !input.is_piped
            {
                text.clone_into(&mut input.read.text);
            }
            let is_template = input.path.as_deref().is_some_and(|path| path.extension() == Some("tera".as_ref()));
            if is_template {
                self.template(input, &mut group, terminal)?;
            } else {
                self.note(input, &mut group, terminal)?;
            }
        }
        self.status = self.status.max(group.compared.finish(&mut self.output, terminal)?);
        Ok(())
    }

    fn fail_on(&self, workspace: &Workspace) -> FailOn {
        self.args.fail_on.or(workspace.project.config.fail_on.map(FailOn::from)).unwrap_or_default()
    }

    fn finish(self, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
        let Self { args, output, mending, status, .. } = self;
        let done = mending.finish(args, terminal)?;
        if args.diff {
            return Ok(status.max(done));
        }
        let summary = output.finish(status, terminal)?;
        if args.fix || summary.is_some() {
            mending.say(args, terminal);
        }
        if status == ExitStatus::Findings && summary.is_some() {
            terminal.suggest("cordial explain RULE");
        }
        Ok(status)
    }
}
