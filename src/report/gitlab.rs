//! Findings as a code quality report of GitLab: a JSON array with an issue for each, known again by its fingerprint.

use serde::Serialize;

use super::run::{Fingerprints, Run};
use crate::diagnostic::Level;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The name under which what could not be checked is reported.
const TROUBLE: &str = "cordial";

/// The report, with a line for each issue.
#[must_use]
pub fn render(run: &Run) -> String {
    let mut prints = Fingerprints::default();
    let mut issues = Vec::new();
    for trouble in &run.troubles {
        let line = trouble.place.map_or(1, |place| place.line);
        issues.push(Issue {
            description: trouble.message.clone(),
            check_name: TROUBLE,
            fingerprint: prints.next(&trouble.file, TROUBLE, &trouble.message),
            severity: severity(trouble.level, true),
            location: Location { path: &trouble.file, lines: Lines { begin: line, end: line } },
        });
    }
    for found in run.results() {
        let lines = Lines { begin: found.region.start.line, end: found.region.end.line };
        issues.push(Issue {
            description: found.said(),
            check_name: &found.rule,
            fingerprint: prints.of(found),
            severity: severity(found.level, false),
            location: Location { path: &found.region.file, lines },
        });
    }
    for (checked, error) in run.checked.iter().filter_map(|checked| Some((checked, checked.error.as_ref()?))) {
        issues.push(Issue {
            description: error.clone(),
            check_name: TROUBLE,
            fingerprint: prints.next(&checked.file, TROUBLE, error),
            severity: severity(Level::Error, true),
            location: Location { path: &checked.file, lines: Lines { begin: 1, end: 1 } },
        });
    }
    for (alike, file) in run.alike.iter().filter_map(|alike| Some((alike, alike.files.first()?))) {
        issues.push(Issue {
            description: format!("{}: {}", alike.message, alike.files.join(", ")),
            check_name: &alike.rule,
            fingerprint: prints.next(file, &alike.rule, ""),
            severity: severity(alike.level, false),
            location: Location { path: file, lines: Lines { begin: 1, end: 1 } },
        });
    }
    let lines: Vec<_> = issues.iter().map(line).collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

/// GitLab's word for how much something weighs.
const fn severity(level: Level, stops: bool) -> &'static str {
    match level {
        Level::Error if stops => "critical",
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Suggestion => "info",
    }
}

fn line(issue: &Issue<'_>) -> String {
    serde_json::to_string(issue).expect("every key is a string")
}
