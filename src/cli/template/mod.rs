//! `cordial template`: look at templates.

mod list;
mod show;

use clap::Subcommand;

use super::{ExitStatus, Failure, Terminal};

/// List and show templates
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    List(list::Args),
    Show(show::Args),
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    match &args.command {
        Command::List(args) => list::run(args, terminal),
        Command::Show(args) => show::run(args, terminal),
    }
}
