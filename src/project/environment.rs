use std::path::PathBuf;

use jiff::civil::Date;

use super::Problem;

/// The day here and now.
#[must_use]
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

/// An environment variable that is set and says something.
#[must_use]
pub fn var(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The folder that the program was started in.
///
/// # Errors
/// It was deleted, or may not be read.
pub fn working_folder() -> Result<PathBuf, Problem> {
    std::env::current_dir().map_err(|error| {
        let message = format!("the working folder cannot be read: {error}");
        Problem::new(".", message).with_help("Change to another folder and try again.")
    })
}
