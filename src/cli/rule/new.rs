use std::path::{Path, PathBuf};

use crate::cli::args::Which;
use crate::cli::safe_name::near;
use crate::cli::workspace::Workspace;
use crate::cli::{ExitStatus, Failure, Terminal};
use crate::contact::check_id;
use crate::context::{Context, Kind};
use crate::lint::{Linter, Sketch, sketch};
use crate::project::{Existing, Files, shown, write};
use crate::rule::RuleSet;
use crate::rule::pack::Check;
use crate::text::Document;

/// What editors check rule files with.
const SCHEMA: &str = include_str!("../../../rules/schema.json");

/// Start a rule of your own
///
/// Writes a rule file that proves itself, with comments. --from takes a sentence that the rule should find. Prints the
/// file's path.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Its pack and name, such as my/pick-your-brain
    #[arg(value_name = "ID")]
    id: String,

    /// A sentence that it should find
    #[arg(long, value_name = "SENTENCE")]
    from: Option<String>,

    /// Replace the file if there is one
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    which: Which,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    check(&args.id)?;
    if args.from.as_deref().is_some_and(|sentence| sentence.trim().is_empty()) {
        return Err(Failure::new("the sentence behind --from is empty").help("leave --from out, or give a sentence"));
    }
    let files = Files::default();
    let workspace = Workspace::at(&files, args.which.look(Path::new(".")), terminal);
    let project = workspace.project.rules_folder();
    let folder = project.clone().unwrap_or_else(|| PathBuf::from("rules"));
    let file = folder.join(format!("{}.yaml", args.id));
    let sketch = sketch(&args.id, args.from.as_deref());
    let existing = if args.force { Existing::Replace } else { Existing::Keep };
    write(&file, &sketch.text, existing).map_err(|problem| Failure::from(&problem))?;
    let schema = folder.join("schema.json");
    if !files.is_file(&schema) {
        write(&schema, SCHEMA, Existing::Keep).map_err(|problem| Failure::from(&problem))?;
        terminal.note(&format!("{} is there for your editor: it knows the keys of rules now", shown(&schema)));
    }
    terminal.print(&format!("{}\n", shown(&file)))?;
    report(args, &sketch, &workspace.rules, terminal);
    if project.is_none() {
        terminal.note("lint reads rules only in a folder with a cordial.yaml, or below one; cordial init makes it");
    }
    terminal.suggest(&format!("cordial rule test {}", shown(&file)));
    Ok(if workspace.broken { ExitStatus::Failed } else { ExitStatus::Clean })
}

/// Checks an id; it becomes a path, so both its parts must be names for files.
fn check(id: &str) -> Result<(), Failure> {
    let (pack, rule) = id.split_once('/').unwrap_or(("my", id));
    if id.contains('/') && check_id(pack).is_ok() && check_id(rule).is_ok() {
        return Ok(());
    }
    let near = format!("{}/{}", near(pack, "my"), near(rule, "rule"));
    let failure = Failure::new(format!("“{id}” is not the id of a rule"));
    Err(failure.help(format!("write {near}: a pack and a name in small letters, digits, - and _")))
}

/// Tells what the rule finds, what is missing, and which rules find the sentence already.
fn report(args: &Args, sketch: &Sketch, rules: &RuleSet, terminal: &mut Terminal) {
    if rules.rules().any(|listed| !listed.own && listed.rule.id == args.id) {
        terminal.note(&format!("it takes the place of the built-in rule {}", args.id));
    }
    let Some(sentence) = &args.from else { return };
    match (&sketch.found, sketch.failures.is_empty()) {
        (Some(found), true) => terminal.note(&format!("it finds “{found}”; widen or narrow the phrase as you like")),
        _ => terminal.warn("no phrase could be proved with this sentence; the file says what to fill in"),
    }
    for (id, found) in known(rules, &args.id, sentence) {
        terminal.note(&format!("{id} already finds “{found}” in this sentence"));
    }
}

/// The rules that find words of the sentence in some kind of note, with the words. Rules about the note as a whole
/// say nothing about a sentence.
fn known(rules: &RuleSet, own: &str, sentence: &str) -> Vec<(String, String)> {
    let linter = Linter::new(rules);
    let mut session = linter.session();
    let document = Document::from_text(sentence);
    let words = |id: &str| {
        let mut listed = rules.rules().filter(|listed| listed.rule.id == id && !listed.replaced);
        listed.any(|listed| matches!(listed.rule.check, Check::Phrases | Check::Swap(_) | Check::Pattern { .. }))
    };
    let mut known: Vec<(String, String)> = Vec::new();
    for kind in Kind::ALL {
        let context = Context { kind, ..Context::default() };
        for found in session.lint(&document, &context) {
            if *found.rule != *own && words(&found.rule) && !known.iter().any(|(id, _)| *id == *found.rule) {
                let marked = sentence[found.span.range()].split_whitespace().collect::<Vec<_>>().join(" ");
                known.push((found.rule.to_string(), marked));
            }
        }
    }
    known
}
