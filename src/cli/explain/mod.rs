//! `cordial explain`: a rule, or why it did or did not fire in a note.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::ValueHint;
use jiff::civil::Date;

mod template;

use super::args::{About, Where};
use super::rule::{find, replaces};
use super::workspace::{Workspace, tell};
use super::{ExitStatus, Failure, Terminal};
use crate::allow::{Allowance, read_all};
use crate::diagnostic::Setting;
use crate::draft::{self, Draft};
use crate::lint::Linter;
use crate::project::{self, FileText, Files, Problem};
use crate::report::Note;
use crate::report::explain::{Explained, render};
use crate::report::rule::{Amount, page};
use crate::rule::spec::{Run, name_and_language};
use crate::rule::{Listed, Selection};
use crate::text::{Document, Language, LineIndex, Sources, Span};

/// Explain a rule, or why it did or did not fire in a note
///
/// Without --on: what the rule finds, why, and how to switch it off. With --on: whether it fires in that note, by which
/// phrase, and what else kept it from firing.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The rule, such as pushy/bump
    #[arg(value_name = "RULE")]
    id: String,

    /// Show every phrase, however many there are
    #[arg(long)]
    all: bool,

    /// Say why the rule did or did not fire in this note, or on this line of its file; - is standard input
    #[arg(long, value_name = "FILE[:LINE]", value_hint = ValueHint::FilePath, conflicts_with = "all")]
    on: Option<PathBuf>,

    #[command(flatten)]
    about: About,

    /// The person it is written to: an id or a part of the name
    #[arg(long, value_name = "WHO", help_heading = "About the note")]
    contact: Option<String>,

    /// The language it is written in: en, de, es, fr …
    #[arg(long, value_name = "TAG", help_heading = "About the note")]
    language: Option<Language>,

    #[command(flatten)]
    place: Where,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let files = Files::default();
    let Some(on) = &args.on else {
        let workspace = Workspace::at(&files, args.place.look(Path::new(".")), terminal);
        let listed = find(&workspace.rules, &args.id)?;
        let amount = if args.all { Amount::All } else { Amount::Few };
        let same = workspace.rules.rules().filter(|other| other.rule.id == listed.rule.id && !other.replaced);
        let others = same.filter(|other| other.rule.language != listed.rule.language);
        let others: Vec<_> = others.filter_map(|other| other.rule.language.as_deref()).collect();
        let replaces = replaces(&workspace.rules, &listed);
        terminal.print(&page(listed, replaces, &others, amount, terminal.style()))?;
        return Ok(status(workspace.broken));
    };
    let (path, line) = split(&files, on);
    if path.extension() == Some(OsStr::new("tera")) {
        return template::explain(args, &files, (&path, line), terminal);
    }
    let is_stdin = path == Path::new("-");
    let read = if is_stdin { files.read_stdin() } else { files.read(&path) };
    let read = read.map_err(|problem| Failure::from(&problem))?;
    let near = if is_stdin { Path::new(".") } else { &path };
    let workspace = Workspace::open(&files, &args.place, near, terminal);
    explain(args, &Input { files: &files, read, path: (!is_stdin).then_some(&path), line }, workspace, terminal)
}

fn status(broken: bool) -> ExitStatus {
    if broken { ExitStatus::Failed } else { ExitStatus::Clean }
}

/// `notes/ana.txt:3` is line 3 of a file, unless there is a file of that name.
fn split(files: &Files, on: &Path) -> (PathBuf, Option<usize>) {
    let whole = || (on.to_owned(), None);
    if files.is_file(on) {
        return whole();
    }
    let split = on.to_str().and_then(|text| text.rsplit_once(':'));
    let line = split.and_then(|(file, line)| Some((PathBuf::from(file), Some(line.parse().ok()?))));
    line.unwrap_or_else(whole)
}

/// A note's file, and what of it is asked about.
struct Input<'a> {
    files: &'a Files,
    read: FileText,
    path: Option<&'a Path>,
    line: Option<usize>,
}

fn explain(
    args: &Args,
    input: &Input<'_>,
    mut workspace: Workspace,
    terminal: &mut Terminal,
) -> Result<ExitStatus, Failure> {
    let FileText { name, text, warning } = &input.read;
    let off = off(find(&workspace.rules, &args.id)?, &workspace);
    if off.is_some() {
        workspace = wake(workspace, name_and_language(&args.id).0);
    }
    let rule = find(&workspace.rules, &args.id)?;
    let (draft, slips) = draft::read(text);
    let mut problems: Vec<_> = warning.iter().cloned().collect();
    problems.extend(Problem::from_diagnostics(name, text, &slips));
    let mut broken = workspace.broken | tell(&problems, terminal);
    if draft.note.is_empty() {
        return Err(Failure::new("there is no note here")
            .at(name.clone())
            .help("Write the note, or name another file."));
    }
    let who = args.contact.as_deref().or(draft.front_matter.contact.as_ref().map(|who| who.value.as_str()));
    let people = who.map(|_| workspace.people(input.files, &args.place, terminal)).transpose()?;
    broken |= people.as_ref().is_some_and(|people| people.broken);
    let contact = who.zip(people.as_ref()).map(|(who, people)| people.find(who)).transpose()?;
    let overrides = input.path.map(|path| workspace.project.overrides(path)).unwrap_or_default();
    let people = people.as_ref().map_or(&[][..], |people| &people.contacts);
    let config = &workspace.project.config;
    let (context, kind_assumed) =
        args.about.context(&draft.front_matter, &overrides, config, args.language, contact, people);
    let mut sources = Sources::default();
    let document = Document::from_source(sources.add(name, text), text, draft.note);
    let part = input.line.map(|line| part(name, text, &draft, line)).transpose()?;
    let linter = Linter::new(&workspace.rules);
    let explained = project::guarded(|| linter.session().explain(&args.id, &document, &context, part)).flatten();
    let Some(explanation) = explained else {
        let failure = Failure::new("cordial failed on this note").at(name.clone());
        return Err(failure.help("This is a fault of cordial: please report it with the note."));
    };
    // Of a rule and its translations the one in the language of the note is told of.
    let rule = find(&workspace.rules, &format!("{}.{}", args.id, explanation.language)).unwrap_or(rule);
    let allowed = allowed(rule, &draft, context.today, (name, text));
    let note =
        Note { name, document: &document, diagnostics: &[], context: &context, kind_assumed, facts: &[], shared: None };
    let explained = Explained {
        note,
        rule,
        explanation: &explanation,
        off: off.as_deref(),
        allowed: allowed.as_deref().filter(|_| !explanation.findings.is_empty() || explanation.elsewhere > 0),
        line: input.line,
    };
    terminal.print(&render(&explained, terminal.style()))?;
    terminal.suggest(&format!("cordial explain {}", args.id));
    Ok(status(broken))
}

/// Why a rule does not run in this project; nothing for one that does.
fn off(listed: Listed<'_>, workspace: &Workspace) -> Option<String> {
    if listed.runs {
        return None;
    }
    let rule = listed.rule;
    let origins = workspace.project.level_origins();
    let names = |name: &str| name == rule.id || name == "*" || name == format!("{}/*", rule.pack());
    // What names the rule goes before what names its pack, and that before what names all.
    let set = origins.iter().filter(|(name, ..)| names(name)).max_by_key(|(name, ..)| (*name != "*", name.len()));
    Some(match set {
        Some((name, Setting::Off, origin)) => format!("{origin} switches it off (`{name}: off`)."),
        _ if rule.run == Run::Preview => {
            format!("It is in preview and runs only when it is switched on (`{}: on` under `levels:`).", rule.id)
        }
        _ => format!("It runs only when it is switched on (`{}: on` under `levels:` in cordial.yaml).", rule.id),
    })
}

/// The project with one more rule switched on.
fn wake(workspace: Workspace, id: &str) -> Workspace {
    let mut selection: Selection = workspace.project.selection();
    selection.levels.push((id.to_owned(), Setting::On));
    let rules = workspace.rules.select(&selection);
    Workspace { rules, ..workspace }
}

/// What of the note silences a rule.
fn allowed(rule: Listed<'_>, draft: &Draft, today: Option<Date>, file: (&str, &str)) -> Option<String> {
    let (list, _) = read_all(&draft.front_matter.allow);
    let allowance = list.iter().find(|one| !one.is_over(today) && one.named(&rule.rule.id).is_some())?;
    Some(says("note", allowance, file))
}

/// `The note allows it: notes/ana.txt:3 says …`. `what` is a note or a template with this name and text.
fn says(what: &str, allowance: &Allowance, (name, text): (&str, &str)) -> String {
    let line = LineIndex::new(text).line(allowance.entry.span.start);
    let colon = if allowance.covers.is_none() { ":" } else { "" };
    format!("The {what} allows it: {name}:{line} says `allow{colon} {}`.", allowance.entry.value)
}

/// A line of a note's file, as bytes of the note.
fn part(name: &str, text: &str, draft: &Draft, line: usize) -> Result<Span, Failure> {
    let note = draft.note;
    let lines = LineIndex::new(text);
    let (first, last) = (lines.line(note.start), lines.line(note.end));
    if !(first..=last).contains(&line) {
        let where_it_is =
            if first == last { format!("on line {first}") } else { format!("on lines {first} to {last}") };
        let failure = Failure::new(format!("there is no note on line {line}")).at(name.to_owned());
        return Err(failure.help(format!("the note stands {where_it_is}")));
    }
    let before: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let end = before + text[before..].split_inclusive('\n').next().unwrap_or_default().len();
    Ok(Span::new(before.max(note.start) - note.start, end.min(note.end) - note.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_stand_behind_the_file() {
        let mut files = Files::default();
        files.set_unsaved(Path::new("a:7"), "");
        for (on, file, line) in [
            ("notes/a.txt", "notes/a.txt", None),
            ("notes/a.txt:12", "notes/a.txt", Some(12)),
            ("-:2", "-", Some(2)),
            ("a:7", "a:7", None),
            ("C:\\a.txt", "C:\\a.txt", None),
        ] {
            assert_eq!(split(&files, Path::new(on)), (PathBuf::from(file), line));
        }
    }

    #[test]
    fn a_line_of_the_file_is_a_part_of_the_note() {
        let text = "---\r\nkind: invite\r\n---\r\n\r\nHi Ana,\r\nsee you.\r\n";
        let (draft, _) = draft::read(text);
        let note = &text[draft.note.range()];
        let line = |line| part("a.txt", text, &draft, line).map(|span| &note[span.range()]);
        assert_eq!(line(5).ok(), Some("Hi Ana,\r\n"));
        assert_eq!(line(6).ok(), Some("see you."));
        for outside in [0, 2, 4, 7] {
            assert!(line(outside).is_err(), "{outside}");
        }
    }
}
