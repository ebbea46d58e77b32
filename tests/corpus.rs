//! What the rules make of labelled notes: good notes flagged, bad notes missed, with and without the contact.
//!
//! Run with `cargo test --test corpus -- --nocapture` to see the tables, with `CORPUS=misses` to see the notes too;
//! `cordial eval` prints the same of any file.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the notes are read from a file, the tables are printed"
)]

use std::fs;

use cordial::context::Context;
use cordial::eval::{Evaluation, Issues, LabelledNote, Tally, View};
use cordial::lint::Linter;
use cordial::report::{Style, figures, miss};
use cordial::rule::RuleSet;

const STYLE: Style = Style { width: 100, colour: false, unicode: true };

/// The files, and the precision and recall that were reached on each, bare and with contacts; a change that falls below
/// them has to say why. The words of the first two are counted (tests/wording.rs), so that they prove little. Of the sealed notes, which nobody looks at when rules are changed, only totals are printed.
const REACHED: [(&str, [(f64, f64); 2]); 4] = [
    ("notes.jsonl", [(0.98, 0.94), (0.98, 0.98)]),
    ("open.jsonl", [(0.98, 0.95), (0.97, 0.97)]),
    ("sealed.jsonl", [(0.95, 0.90), (0.97, 0.91)]),
    ("sealed-two.jsonl", [(0.98, 0.90), (0.97, 0.92)]),
];

fn read(name: &str) -> String {
    let path = format!("{}/tests/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).expect("the file can be read")
}

fn issues() -> Issues {
    let (issues, found) = Issues::from_yaml(&read("issues.yaml"));
    assert_eq!(found, []);
    issues
}

/// Judges the notes of a file; returns the misjudged ones as they are printed.
fn evaluate<'r>(name: &str, rules: &'r RuleSet) -> (Evaluation<'r>, String) {
    let mut evaluation = Evaluation::new(&Linter::new(rules), Some(issues()), Context::default());
    let mut shown = String::new();
    for (number, line) in (1..).zip(read(name).lines()) {
        let note: LabelledNote<'_> =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{name}:{number}: {error}"));
        let judged = evaluation.judge(&note);
        evaluation.count(&note, &judged);
        for missed in evaluation.misses(&note, &judged) {
            shown += &miss::render(&format!("{name}:{number}"), &note, &missed, STYLE);
        }
    }
    (evaluation, shown)
}

fn totals(evaluation: &Evaluation<'_>, view: View) -> Tally {
    evaluation.figures(view).expect("every note is judged in this view").all
}

#[test]
fn the_notes_are_judged_as_well_as_before() {
    let rules = RuleSet::builtin();
    for (name, reached) in REACHED {
        let (evaluation, misses) = evaluate(name, &rules);
        if !name.starts_with("sealed") {
            let shows = std::env::var("CORPUS").is_ok_and(|value| value == "misses");
            println!("\n{name}\n{}{}", figures::render(&evaluation, STYLE), if shows { misses } else { String::new() });
        }
        for (view, (precision, recall)) in View::ALL.into_iter().zip(reached) {
            let tally = totals(&evaluation, view);
            let line = format!("{name}, {}: {}", figures::title(view), figures::line(tally, true));
            println!("{line}");
            let reaches = |of: cordial::eval::Proportion, least: f64| of.share().is_some_and(|share| share >= least);
            assert!(reaches(tally.precision(), precision) && reaches(tally.recall(), recall), "{line}");
        }
    }
}

#[test]
fn no_good_note_gets_an_error() {
    let rules = RuleSet::builtin();
    let (evaluation, misses) = evaluate("notes.jsonl", &rules);
    assert_eq!(totals(&evaluation, View::Contact).errors, 0, "{misses}");
}

#[test]
fn the_table_of_issues_names_every_issue_and_rules_that_there_are() {
    let rules = RuleSet::builtin();
    assert_eq!(issues().unknown(&rules), []);
    for (name, _) in REACHED {
        assert_eq!(evaluate(name, &rules).0.unnamed_issues(), [""; 0], "{name}");
    }
}

#[test]
fn every_rule_stands_for_an_issue() {
    let issues = issues();
    let all = ["generic", "no_context", "salesy", "pushy", "guilt", "flattery", "placeholder", "too_long", "other"];
    let rules = RuleSet::builtin();
    let ids = rules.rules().map(|listed| listed.rule.id.as_str());
    let lost: Vec<_> = ids.filter(|id| !all.iter().any(|issue| issues.stands_for(id, issue))).collect();
    assert_eq!(lost, [""; 0], "say in tests/corpus/issues.yaml what a reader objects to where these rules report");
}
