//! The command-line program: one file per command.

mod args;
mod completions;
mod compose;
mod config;
mod eval;
pub mod exit;
mod explain;
pub mod failure;
mod init;
mod json_lines;
mod labelled;
mod lint;
mod loaded;
mod man;
mod output;
mod rule;
mod safe_name;
mod start;
mod template;
pub mod terminal;
mod workspace;

use std::ffi::OsString;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

pub use exit::ExitStatus;
pub use failure::Failure;
pub use terminal::Terminal;

use terminal::Colour;

/// Write personal connection notes, and check them before you send them
#[derive(Parser)]
#[command(name = "cordial", version, max_term_width = 100)]
struct Cli {
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t, hide_possible_values = true)]
    #[arg(help = "When to use colour: auto, always or never")]
    color: Colour,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Compose(compose::Args),
    Lint(lint::Args),
    Explain(explain::Args),
    Rule(rule::Args),
    Eval(eval::Args),
    Init(init::Args),
    Config(config::Args),
    Template(template::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// The sections of `cordial --help`; a test keeps them complete.
const SECTIONS: &[(&str, &[&str])] = &[
    ("Notes", &["compose", "lint"]),
    ("Templates", &["template"]),
    ("Rules", &["explain", "rule", "eval"]),
    ("Project", &["init", "config"]),
    ("Shell", &["completions", "man"]),
];

impl Command {
    fn run(&self, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
        match self {
            Self::Compose(args) => compose::run(args, terminal),
            Self::Lint(args) => lint::run(args, terminal),
            Self::Explain(args) => explain::run(args, terminal),
            Self::Rule(args) => rule::run(args, terminal),
            Self::Eval(args) => eval::run(args, terminal),
            Self::Init(args) => init::run(args, terminal),
            Self::Config(args) => config::run(args, terminal),
            Self::Template(args) => template::run(args, terminal),
            Self::Completions(args) => completions::run(args, terminal),
            Self::Man(args) => man::run(args, terminal),
        }
    }
}

/// Runs the program with its arguments, the first being its own name.
#[must_use]
pub fn run(args: Vec<OsString>) -> ExitStatus {
    let mut terminal = Terminal::new(asked_colour(&args));
    let command = start::with_sections(command(), SECTIONS, terminal.style().width);
    let cli = command.try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches));
    let done = match cli {
        Ok(Cli { command: Some(command), .. }) => command.run(&mut terminal),
        Ok(Cli { command: None, .. }) => start::run(&mut terminal),
        Err(error) => show(&error, &mut terminal),
    };
    match done.and_then(|status| Ok(terminal.flush().map(|()| status)?)) {
        Ok(status) => status,
        Err(Failure::ClosedPipe) => ExitStatus::Clean,
        Err(failure) => {
            terminal.fail(&failure);
            ExitStatus::Failed
        }
    }
}

/// The program's commands and flags.
fn command() -> clap::Command {
    Cli::command()
}

/// Shows what clap has to say: help and version on standard output, a wrong flag on standard error.
fn show(error: &clap::Error, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let text = error.render().ansi().to_string();
    if error.use_stderr() {
        terminal.tell(&text);
        return Ok(ExitStatus::Failed);
    }
    terminal.print(&text)?;
    Ok(ExitStatus::Clean)
}

/// The value of `--color`, read before the rest so that messages about the other flags obey it too.
fn asked_colour(args: &[OsString]) -> Colour {
    let after = |pair: &[OsString]| (pair[0] == "--color").then(|| pair[1].to_string_lossy().into_owned());
    let joined = |arg: &OsString| arg.to_str()?.strip_prefix("--color=").map(str::to_owned);
    let value = args.windows(2).find_map(after).or_else(|| args.iter().find_map(joined));
    value.and_then(|value| clap::ValueEnum::from_str(&value, false).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_are_sound() {
        command().debug_assert();
    }

    #[test]
    fn every_command_stands_in_one_section_of_the_help() {
        let mut listed: Vec<_> = SECTIONS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let command = command();
        let mut real: Vec<_> = command.get_subcommands().map(clap::Command::get_name).collect();
        listed.sort_unstable();
        real.sort_unstable();
        assert_eq!(listed, real);
    }

    #[test]
    fn colour_is_known_before_the_other_flags() {
        let args = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(asked_colour(&args("cordial --wrong --color never")), Colour::Never);
        assert_eq!(asked_colour(&args("cordial lint --color=always")), Colour::Always);
        assert_eq!(asked_colour(&args("cordial lint --color")), Colour::Auto);
    }
}
