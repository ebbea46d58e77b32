use clap_complete::Shell;

use super::{ExitStatus, Failure, Terminal, command};

/// Print a completion script for your shell
#[derive(clap::Args)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "cordial", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    terminal.suggest(&match args.shell {
        Shell::Bash => "cordial completions bash > ~/.local/share/bash-completion/completions/cordial".into(),
        Shell::Fish => "cordial completions fish > ~/.config/fish/completions/cordial.fish".into(),
        shell => format!("save this where {shell} looks for completions"),
    });
    Ok(ExitStatus::Clean)
}
