//! Why a rule did or did not fire in the notes that a template gives for its sample people.

use std::path::Path;

use super::{Args, find, off, says, status, wake};
use crate::cli::loaded::Loaded;
use crate::cli::workspace::Workspace;
use crate::cli::{ExitStatus, Failure, Terminal};
use crate::compose::SampleNote;
use crate::context::{Account, Context};
use crate::lint::{Linter, Session};
use crate::project::{self, Files};
use crate::report::Note;
use crate::report::explain::{Explained, render};
use crate::rule::spec::name_and_language;

pub(super) fn explain(
    args: &Args,
    files: &Files,
    (path, line): (&Path, Option<usize>),
    terminal: &mut Terminal,
) -> Result<ExitStatus, Failure> {
    let read = files.read(path).map_err(|problem| Failure::from(&problem))?;
    if line.is_some() {
        let failure = Failure::new("a template is explained as a whole: a line of it may stand in many notes");
        return Err(failure.at(read.name).help("leave out the number of the line"));
    }
    let mut workspace = Workspace::open(files, &args.place, path, terminal);
    let off = off(find(&workspace.rules, &args.id)?, &workspace);
    if off.is_some() {
        workspace = wake(workspace, name_and_language(&args.id).0);
    }
    let overrides = workspace.project.overrides(path);
    let account = args.about.account.or(overrides.account).or(workspace.project.config.account);
    let loaded = Loaded::open(&read, Some(path), &workspace, &mut None, files);
    let linter = Linter::new(&workspace.rules);
    let mut session = linter.session();
    let reading = loaded.read(account, args.about.today(), |note, context| session.lint(note, context));
    if reading.notes.is_empty() {
        let failure = Failure::new("no note can be made of this template, so no rule looks at one").at(read.name);
        return Err(failure.help(format!("`cordial lint {}` says why", project::shown(path))));
    }
    let page = Page { args, workspace: &workspace, loaded: &loaded, off: off.as_deref(), account };
    for (place, note) in reading.notes.iter().enumerate() {
        let gap = if place > 0 { "\n" } else { "" };
        let text = page.note(note, &read.name, &mut session, terminal)?;
        terminal.print(&format!("{gap}{text}"))?;
    }
    terminal.suggest(&format!("cordial explain {}", args.id));
    Ok(status(workspace.broken))
}

/// What the notes of a template share.
struct Page<'a> {
    args: &'a Args,
    workspace: &'a Workspace,
    loaded: &'a Loaded,
    off: Option<&'a str>,
    account: Option<Account>,
}

impl Page<'_> {
    fn note(
        &self,
        note: &SampleNote<'_>,
        name: &str,
        session: &mut Session<'_>,
        terminal: &Terminal,
    ) -> Result<String, Failure> {
        let id = &self.args.id;
        let context = Context { account: self.account, ..self.loaded.context(note) };
        let explained = project::guarded(|| session.explain(id, &note.draft.document, &context, None)).flatten();
        let Some(mut explanation) = explained else {
            let failure = Failure::new("cordial failed on a note of this template").at(name.to_owned());
            return Err(failure.help("This is a fault of cordial: please report it with the template."));
        };
        let rules = &self.workspace.rules;
        let rule = find(rules, &format!("{id}.{}", explanation.language)).or_else(|_| find(rules, id))?;
        let mut by = note.draft.suppressed.iter().filter(|one| *one.diagnostic.rule == *rule.rule.id).peekable();
        let first = by.peek().copied();
        let silent: Vec<_> = by.map(|one| one.diagnostic.span).collect();
        let is_silent = explanation.findings.iter().all(|found| silent.contains(&found.span));
        if !is_silent {
            explanation.findings.retain(|found| !silent.contains(&found.span));
        }
        let allowed = first.filter(|_| is_silent).and_then(|one| {
            let source = self.loaded.library.sources().get(one.by.file)?;
            Some(says("template", &one.allowance, (&source.name, &source.text)))
        });
        let name = format!("{name} ({})", note.sample.contact.first_name);
        let shown = Note {
            name: &name,
            document: &note.draft.document,
            diagnostics: &[],
            context: &context,
            kind_assumed: false,
            facts: &[],
            shared: None,
        };
        let explained = Explained {
            note: shown,
            rule,
            explanation: &explanation,
            off: self.off,
            allowed: allowed.as_deref(),
            line: None,
        };
        Ok(render(&explained, terminal.style()))
    }
}
