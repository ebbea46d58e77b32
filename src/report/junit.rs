//! Findings as a JUnit report, which most services for continuous integration show as tests: one for each note and each
//! template.

use std::fmt::Write as _;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::run::{Checked, Found, Run, What, counts};
use crate::diagnostic::Level;

/// The report. A note fails where it fails the run; what is found in the others stands in its output.
#[must_use]
pub fn render(run: &Run) -> String {
    let mut suite = TestSuite::new("cordial lint");
    for trouble in run.troubles.iter().filter(|trouble| trouble.level == Level::Error) {
        let place = trouble.place.map(|place| format!("{}:{}: ", place.line, place.column)).unwrap_or_default();
        let help = trouble.help.as_deref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let said = format!("{place}{}{help}", trouble.message);
        suite.add_test_case(failed(&trouble.file, "file", NonSuccessKind::Error, &trouble.message, &said));
    }
    for checked in &run.checked {
        suite.add_test_case(case(checked));
    }
    for alike in &run.alike {
        let help = alike.help.as_deref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let said = format!("{} {}: {}{help}", alike.level, alike.rule, alike.message);
        let name = alike.files.join(", ");
        if alike.fails {
            suite.add_test_case(failed(&name, "alike", NonSuccessKind::Failure, &alike.message, &said));
        } else {
            suite.add_test_case(passed(&name, "alike", &said));
        }
    }
    let mut report = Report::new("cordial");
    report.add_test_suite(suite);
    report.to_string().expect("a string takes every write, and what XML cannot hold was taken out")
}

fn case(checked: &Checked) -> TestCase {
    let (name, class) = match &checked.what {
        What::Template => (checked.file.clone(), "template"),
        What::Note(prose) => match &prose.sample {
            Some(sample) => (format!("{} ({sample})", checked.file), "note"),
            None => (checked.file.clone(), "note"),
        },
    };
    let said = said(&checked.found);
    if let Some(error) = &checked.error {
        let said = format!("{error}\n{said}");
        failed(&name, class, NonSuccessKind::Error, error, said.trim_end())
    } else if checked.fails {
        failed(&name, class, NonSuccessKind::Failure, &counts(&checked.found), &said)
    } else {
        passed(&name, class, &said)
    }
}

fn failed(name: &str, class: &str, kind: NonSuccessKind, message: &str, said: &str) -> TestCase {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(message).set_description(said);
    let mut case = TestCase::new(name, status);
    case.set_classname(class);
    case
}

fn passed(name: &str, class: &str, said: &str) -> TestCase {
    let mut case = TestCase::new(name, TestCaseStatus::success());
    case.set_classname(class);
    if !said.is_empty() {
        case.set_system_out(said);
    }
    case
}

/// The findings, each with its place: `4:9: warning words/asap: …`.
fn said(found: &[Found]) -> String {
    let mut out = String::new();
    for found in found {
        let start = found.region.start;
        let _ = writeln!(out, "{}:{}: {} {}: {}", start.line, start.column, found.level, found.rule, found.message);
        if let Some(help) = &found.help {
            let _ = writeln!(out, "  help: {help}");
        }
    }
    out.trim_end().to_owned()
}
