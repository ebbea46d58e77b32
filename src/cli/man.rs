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
    let shown = dir.display();
    clap_mangen::generate_to(command(), dir).map_err(|error| {
        Failure::new(format!("the manual pages could not be written: {error}"))
            .at(shown.to_string())
            .help("name a folder that exists and that you may write to")
    })?;
    terminal.suggest(&format!("man {}", dir.join("cordial.1").display()));
    Ok(ExitStatus::Clean)
}
