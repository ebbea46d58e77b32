//! `cordial template`: look at templates, and write your own.

mod list;
mod new;
mod show;
mod test;

use clap::Subcommand;

use super::{ExitStatus, Failure, Terminal};

/// Look at the templates, and write your own
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    List(list::Args),
    Show(show::Args),
    New(new::Args),
    Test(test::Args),
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    match &args.command {
        Command::List(args) => list::run(args, terminal),
        Command::Show(args) => show::run(args, terminal),
        Command::New(args) => new::run(args, terminal),
        Command::Test(args) => test::run(args, terminal),
    }
}
