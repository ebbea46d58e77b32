use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::args::accounts;
use super::{ExitStatus, Failure, Terminal};
use crate::context::Account;
use crate::project::init::{Answers, Made, init, is_free};
use crate::project::{CONFIG, Files, absolute, find_config, shown};
use crate::report::{Ink, wrap};

/// Make a project: settings, people and a rule of your own
///
/// Asks for what it needs on a terminal; elsewhere give it as flags. Files that are there already stay as they are.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder; it is made if need be
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true, value_hint = ValueHint::DirPath)]
    dir: PathBuf,

    /// Your name; templates sign with it
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Where you work
    #[arg(long, value_name = "COMPANY")]
    company: Option<String>,

    /// Your LinkedIn account: free or premium
    #[arg(long, value_name = "ACCOUNT", value_parser = accounts())]
    account: Option<Account>,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let dir = absolute(&args.dir);
    is_free(&dir).map_err(|problem| Failure::from(&problem))?;
    let asked = match &args.name {
        Some(name) => Asked { name: name.clone(), company: args.company.clone(), account: args.account },
        None if terminal.stdin_is_terminal() => Asked::ask(args, terminal)?,
        None => {
            let failure = Failure::new("your name is not known, and there is nobody to ask");
            let help = "give it as a flag: cordial init --name 'Kim Larsen'; --company and --account free or premium \
                        are welcome too; --name '' leaves it out";
            return Err(failure.help(help));
        }
    };
    let answers = Answers { name: &asked.name, company: asked.company.as_deref(), account: asked.account };
    let outer = dir.parent().and_then(|above| find_config(&Files::default(), above));
    let made = init(&dir, &answers).map_err(|problem| Failure::from(&problem))?;
    terminal.print(&list(&made))?;
    if let Some(outer) = outer {
        let depth =
            outer.parent().and_then(|above| dir.strip_prefix(above).ok()).map_or(1, |steps| steps.iter().count());
        let text = format!(
            "the settings of {} no longer hold here; to keep them, add to the new {CONFIG}: extend: {}{CONFIG}",
            shown(&outer),
            "../".repeat(depth),
        );
        let text = wrap::labelled("note", Ink::Help, &text, terminal.stderr_style());
        terminal.tell(&text);
    }
    let go =
        if dir == absolute(Path::new(".")) { String::new() } else { format!("cd {} and then: ", args.dir.display()) };
    terminal.suggest(&format!("{go}cordial compose nadia-okafor"));
    Ok(ExitStatus::Clean)
}

/// What was done, a file on each line.
fn list(made: &Made) -> String {
    let written = made.written.iter().map(|file| format!("Wrote {}\n", shown(file)));
    let kept = made.kept.iter().map(|file| format!("Kept {}, which was there already\n", shown(file)));
    let ignored = made.ignored.iter().map(|file| format!("Named the private files in {}\n", shown(file)));
    written.chain(kept).chain(ignored).collect()
}

/// The answers to the questions, or the flags in their place.
struct Asked {
    name: String,
    company: Option<String>,
    account: Option<Account>,
}

impl Asked {
    fn ask(args: &Args, terminal: &mut Terminal) -> Result<Self, Failure> {
        terminal.tell("Press Enter alone to leave something out.\n");
        let name = terminal.ask("Your name: ")?.unwrap_or_default();
        let company = match &args.company {
            Some(company) => Some(company.clone()),
            None => terminal.ask("Where you work: ")?,
        };
        let account = match args.account {
            Some(account) => Some(account),
            None => account(terminal)?,
        };
        Ok(Self { name, company, account })
    }
}

/// Asks until the answer is an account, or nothing.
fn account(terminal: &mut Terminal) -> Result<Option<Account>, Failure> {
    loop {
        let answer = terminal.ask("Your LinkedIn account, free or premium: ")?.unwrap_or_default();
        if answer.is_empty() {
            return Ok(None);
        }
        match answer.to_lowercase().parse() {
            Ok(account) => return Ok(Some(account)),
            Err(_) => terminal.tell("Type free or premium. It decides how long an invitation may be.\n"),
        }
    }
}
