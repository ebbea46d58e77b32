use std::path::{Path, PathBuf};

use clap::ValueHint;

use crate::cli::args::{Redact, Which, accounts};
use crate::cli::exit::FailOn;
use crate::cli::output::Format;
use crate::cli::workspace::{Workspace, tell};
use crate::cli::{ExitStatus, Failure, Terminal, lint};
use crate::context::Account;
use crate::project::{Files, TEMPLATES, expand_templates, shown};

/// Check templates on every path through them
///
/// The same as `cordial lint` on templates: every path that an if or a missing value opens, and the notes to the sample
/// people. Without PATH it takes the project's own templates. Exit status: 0 clean, 1 findings at or above --fail-on,
/// 2 something could not be checked.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Templates, or folders with templates
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,

    /// Your account: free (200 characters for an invitation) or premium (300)
    #[arg(long, value_name = "ACCOUNT", value_parser = accounts())]
    account: Option<Account>,

    /// How to print: text, short (one line each) or json; for CI github, sarif, gitlab or junit
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    format: Option<Format>,

    #[command(flatten)]
    redact: Redact,

    /// Exit with 1 from this level on: error, warning, suggestion or never
    #[arg(long, value_name = "LEVEL", value_enum, hide_possible_values = true)]
    fail_on: Option<FailOn>,

    #[command(flatten)]
    which: Which,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let (paths, is_broken) = if args.paths.is_empty() { own(args, terminal)? } else { named(args, terminal)? };
    let status = if is_broken { ExitStatus::Failed } else { ExitStatus::Clean };
    // Without a path `lint` would read standard input.
    if paths.is_empty() {
        return Ok(status);
    }
    let mut templates = lint::Args::of_templates(paths, args.which.clone(), args.format, args.redact);
    templates.about.account = args.account;
    templates.fail_on = args.fail_on;
    Ok(lint::run(&templates, terminal)?.max(status))
}

/// The project's own templates, and whether some could not be found.
fn own(args: &Args, terminal: &mut Terminal) -> Result<(Vec<PathBuf>, bool), Failure> {
    let files = Files::default();
    let workspace = Workspace::at(&files, args.which.look(Path::new(".")), terminal);
    let (own, problems) = workspace.project.templates(&files);
    if own.is_empty() && problems.is_empty() {
        let failure = Failure::new("there are no templates of your own here");
        return Err(failure.help("start one: cordial template new hello; or name files or folders with templates"));
    }
    let is_broken = tell(&problems, terminal) || workspace.broken;
    Ok((own.into_iter().map(|own| own.file).collect(), is_broken))
}

/// The templates that are meant, and whether some could not be found.
fn named(args: &Args, terminal: &mut Terminal) -> Result<(Vec<PathBuf>, bool), Failure> {
    let (paths, problems) = expand_templates(&args.paths);
    let is_template =
        |path: &&PathBuf| path.extension().is_some_and(|ending| TEMPLATES.iter().any(|one| ending == *one));
    if let Some(other) = paths.iter().find(|path| !is_template(path)) {
        let failure = Failure::new("this is no template: templates end in .tera").at(shown(other));
        return Err(failure.help(format!("check a note with: cordial lint {}", shown(other))));
    }
    Ok((paths, tell(&problems, terminal)))
}
