use std::io;
use std::path::PathBuf;

use clap::ValueHint;

use super::{ExitStatus, Failure, Terminal, command};

/// Print the manual page, or write one page per command
#[derive(clap::Args)]
pub(super) struct Args {
    /// A folder to write all pages into; prints cordial.1 when left out
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let Some(dir) = &args.dir else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command()).render(&mut page)?;
        terminal.print(&String::from_utf8_lossy(&page))?;
        terminal.suggest("cordial man DIR writes a page for every command");
        return Ok(ExitStatus::Clean);
    };
    clap_mangen::generate_to(command(), dir).map_err(|error| unwritten(&error, &dir.display().to_string()))?;
    terminal.suggest(&format!("man {}", dir.join("cordial.1").display()));
    Ok(ExitStatus::Clean)
}

fn unwritten(error: &io::Error, dir: &str) -> Failure {
    if error.kind() == io::ErrorKind::NotFound {
        return Failure::new("there is no such folder").at(dir).help("make the folder first");
    }
    Failure::new(format!("the manual pages could not be written: {error}"))
        .at(dir)
        .help("name a folder that you may write to")
}
