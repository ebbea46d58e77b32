use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::Problem;

/// The day here and now.
#[must_use]
pub fn today() -> Date {
    match local_zone() {
        Some(zone) => Timestamp::now().to_zoned(zone).date(),
        None => Zoned::now().date(),
    }
}

/// The time zone of the system, where a file says it. jiff looks for its name first and lists the whole database of
/// zones to do so, which takes longer than linting a note.
fn local_zone() -> Option<TimeZone> {
    if cfg!(not(unix)) || std::env::var_os("TZ").is_some() {
        return None;
    }
    let file = std::fs::read("/etc/localtime").ok()?;
    TimeZone::tzif("local", &file).ok()
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
