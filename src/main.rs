//! The `cordial` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    cordial::cli::run(std::env::args_os().collect()).into()
}
