//! `cordial lint`: what is wrong with notes.

mod compare;
mod lines;
mod person;
mod template;

use std::path::{Path, PathBuf};

use clap::ValueHint;

use self::compare::Compared;
use super::args::{About, Redact, Where};
use super::exit::FailOn;
use super::output::{Format, Output, Shown};
use super::workspace::{People, Workspace};
use super::{ExitStatus, Failure, Terminal};
use crate::config::Override;
use crate::contact::Contact;
use crate::context::Context;
use crate::draft::{self, Draft};
use crate::lint::{Linter, Session, allow};
use crate::project::{self, Ci, FileText, Files, Problem, STDIN};
use crate::report;
use crate::template::Library;
use crate::text::{Document, Language, Sources};

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
    let mut run = Run { args, files: Files::default(), output, redact, status: ExitStatus::Clean };
    let inputs = run.inputs(terminal)?;
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
            return Ok(vec![Input { path: None, read }]);
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
                inputs.push(Input { path: Some(path), read });
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
        Ok(Input { path: self.args.stdin_filename.clone(), read })
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
        for input in inputs {
            let is_template = input.path.as_deref().is_some_and(|path| path.extension() == Some("tera".as_ref()));
            if is_template {
                self.template(&input, &mut group, terminal)?;
            } else {
                self.note(input, &mut group, terminal)?;
            }
        }
        self.status = self.status.max(group.compared.finish(&mut self.output, terminal)?);
        Ok(())
    }

    fn note(&mut self, input: Input, group: &mut Group<'_>, terminal: &mut Terminal) -> Result<(), Failure> {
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
        self.lint(&name, &input.read.text, &draft, &context, kind_assumed, fail_on, (session, compared), terminal)
    }

    fn fail_on(&self, workspace: &Workspace) -> FailOn {
        self.args.fail_on.or(workspace.project.config.fail_on.map(FailOn::from)).unwrap_or_default()
    }

    #[expect(clippy::too_many_arguments, reason = "one note with all that is known about it")]
    fn lint(
        &mut self,
        name: &str,
        text: &str,
        draft: &Draft,
        context: &Context<'_>,
        kind_assumed: bool,
        fail_on: FailOn,
        (session, compared): (&mut Session<'_>, &mut Compared<'_>),
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let mut sources = Sources::default();
        let file = sources.add(name, text);
        let document = Document::from_source(file, text, draft.note);
        let Some(mut diagnostics) = project::guarded(|| session.lint(&document, context)) else {
            let help = "This is a fault of cordial: please report it with the note. The other notes were checked.";
            self.give_up(Problem::new(name, "cordial failed on this note").with_help(help), terminal);
            return Ok(());
        };
        compared.add(name, &document, context, &draft.front_matter.allow, fail_on, session);
        let idle = allow(&mut diagnostics, &draft.front_matter.allow, session.rules());
        let idle: Vec<_> = idle.iter().map(|slip| Problem::from_diagnostic(name, text, slip)).collect();
        self.tell(&idle, terminal);
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
        let shown = Shown { note: &shown, sample: None, score, fails, causes: &[], rules, sources: &sources };
        self.output.note(&shown, terminal)
    }

    fn finish(self, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
        let summary = self.output.finish(self.status, terminal)?;
        if self.status == ExitStatus::Findings && summary.is_some() {
            terminal.suggest("cordial explain RULE");
        }
        Ok(self.status)
    }
}

/// The facts that the note uses, as they are written.
fn facts(session: &mut Session<'_>, document: &Document, context: &Context<'_>) -> Vec<String> {
    let Some(contact) = context.contact else { return Vec::new() };
    let what = |contact: &Contact, fact: usize| contact.facts[fact].what.clone();
    session.facts_used(document, context).iter().map(|used| what(contact, used.fact)).collect()
}
