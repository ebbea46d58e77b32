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

/// The service for continuous integration that a run is part of, as far as the environment tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ci {
    /// Whether there is one: others than the writer may read what is printed.
    pub is_ci: bool,
    /// Whether it is GitHub Actions, or what is compatible with it.
    pub is_github: bool,
    /// The file that the summary of the job is added to.
    pub job_summary: Option<PathBuf>,
    /// The folder of the repository: findings are shown at paths from there.
    pub repository: Option<String>,
}

impl Ci {
    /// What the environment of this run tells.
    #[must_use]
    pub fn here() -> Self {
        Self::told(var)
    }

    fn told(var: impl Fn(&str) -> Option<String>) -> Self {
        let is_set = |name| var(name).is_some_and(|value| !matches!(&*value, "false" | "0"));
        let is_github = is_set("GITHUB_ACTIONS");
        Self {
            is_ci: is_github || is_set("CI"),
            is_github,
            job_summary: var("GITHUB_STEP_SUMMARY").filter(|_| is_github).map(PathBuf::from),
            repository: var("GITHUB_WORKSPACE").or_else(|| var("CI_PROJECT_DIR")),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_tells_who_reads_the_output() {
        let told = |set: &[(&str, &str)]| {
            Ci::told(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
        };
        for (set, is_ci, is_github) in [
            (&[][..], false, false),
            (&[("CI", "true")], true, false),
            (&[("CI", "1")], true, false),
            (&[("CI", "false")], false, false),
            (&[("GITHUB_ACTIONS", "true")], true, true),
            (&[("GITHUB_ACTIONS", "false"), ("CI", "0")], false, false),
        ] {
            let ci = told(set);
            assert_eq!((ci.is_ci, ci.is_github), (is_ci, is_github), "{set:?}");
        }
        let actions = told(&[("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", "s.md"), ("GITHUB_WORKSPACE", "/w")]);
        assert_eq!((actions.job_summary, actions.repository.as_deref()), (Some("s.md".into()), Some("/w")));
        assert_eq!(told(&[("GITHUB_STEP_SUMMARY", "s.md")]).job_summary, None);
    }
}
