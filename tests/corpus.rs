//! What the rules make of labelled notes: good notes flagged, bad notes missed, with and without the contact.
//!
//! Run with `cargo test --test corpus -- --nocapture` to see the table, with `CORPUS=misses` to see the notes too.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the notes are read from a file, the table is printed"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use cordial::contact::Contact;
use cordial::context::{Context, Kind};
use cordial::diagnostic::{Diagnostic, Level};
use cordial::lint::{Linter, Session};
use cordial::rule::RuleSet;
use cordial::text::Document;

#[derive(serde::Deserialize)]
struct Labelled {
    id: String,
    label: String,
    kind: Kind,
    #[serde(default)]
    issues: Vec<String>,
    contact: Contact,
    text: String,
}

/// Good notes flagged and bad notes missed, of how many.
#[derive(Clone, Copy, Default)]
struct Tally {
    good: usize,
    flagged: usize,
    bad: usize,
    missed: usize,
}

impl Tally {
    fn add(&mut self, good: bool, flagged: bool) {
        if good {
            self.good += 1;
            self.flagged += usize::from(flagged);
        } else {
            self.bad += 1;
            self.missed += usize::from(!flagged);
        }
    }

    fn precision(self) -> f64 {
        let hits = self.bad - self.missed;
        hits as f64 / (hits + self.flagged).max(1) as f64
    }

    fn recall(self) -> f64 {
        (self.bad - self.missed) as f64 / self.bad.max(1) as f64
    }

    fn row(self, name: &str) -> String {
        format!(
            "{name:<14} good flagged {:>3}/{:<3} bad missed {:>3}/{:<3} precision {:.3} recall {:.3}\n",
            self.flagged,
            self.good,
            self.missed,
            self.bad,
            self.precision(),
            self.recall()
        )
    }
}

fn notes(name: &str) -> Vec<Labelled> {
    let path = format!("{}/tests/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).expect("the notes can be read");
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

fn lint(session: &mut Session<'_>, note: &Labelled, with_contact: bool) -> Vec<Diagnostic> {
    let context = Context { kind: note.kind, contact: with_contact.then_some(&note.contact), ..Context::default() };
    let mut found = session.lint(&Document::from_text(note.text.as_str()), &context);
    found.retain(|diagnostic| diagnostic.level >= Level::Warning);
    found
}

fn judge(name: &str, with_contact: bool) -> (Tally, String) {
    let rules = RuleSet::builtin();
    let mut session = Linter::new(&rules).session();
    let show = name != "sealed.jsonl" && std::env::var("CORPUS").is_ok_and(|value| value == "misses");
    let mut whole = Tally::default();
    let mut by_kind: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut by_issue: BTreeMap<String, Tally> = BTreeMap::new();
    let mut shown = String::new();
    let notes = notes(name);
    for note in &notes {
        let found = lint(&mut session, note, with_contact);
        let good = note.label == "good";
        whole.add(good, !found.is_empty());
        by_kind.entry(note.kind.as_str()).or_default().add(good, !found.is_empty());
        for issue in &note.issues {
            by_issue.entry(issue.clone()).or_default().add(good, !found.is_empty());
        }
        if show && good != found.is_empty() {
            let rules: Vec<_> = found.iter().map(|found| format!("{} {}", found.rule, found.message)).collect();
            writeln!(shown, "{} {} {} {:?}\n   {rules:?}", note.id, note.label, note.kind, note.text)
                .expect("a string takes all");
        }
    }
    let mut table = whole.row(if with_contact { "with contacts" } else { "bare text" });
    by_kind.iter().for_each(|(name, tally)| table += &tally.row(&format!("  {name}")));
    by_issue.iter().for_each(|(name, tally)| table += &tally.row(&format!("  {name}")));
    (whole, table + &shown)
}

/// The figures that were reached; a change that falls below them has to say why.
#[test]
fn the_corpus_is_judged_as_well_as_before() {
    let (bare, bare_table) = judge("notes.jsonl", false);
    let (with, with_table) = judge("notes.jsonl", true);
    println!("{with_table}\n{bare_table}");
    assert!(with.precision() >= 0.98 && with.recall() >= 0.98, "{with_table}");
    assert!(bare.precision() >= 0.98 && bare.recall() >= 0.94, "{bare_table}");
}

#[test]
fn no_good_note_gets_an_error() {
    let rules = RuleSet::builtin();
    let mut session = Linter::new(&rules).session();
    for note in notes("notes.jsonl").iter().filter(|note| note.label == "good") {
        let errors: Vec<_> =
            lint(&mut session, note, true).into_iter().filter(|found| found.level == Level::Error).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", note.text);
    }
}

/// Notes by somebody who had not seen the rules. They are never looked at when rules are changed, so only their
/// totals are printed.
#[test]
fn notes_that_nobody_tuned_to_are_judged_as_well_as_before() {
    for (with_contact, precision, recall) in [(true, 0.90, 0.68), (false, 0.88, 0.44)] {
        let (tally, table) = judge("sealed.jsonl", with_contact);
        let totals = table.lines().next().unwrap_or_default();
        println!("sealed {totals}");
        assert!(tally.precision() >= precision && tally.recall() >= recall, "{totals}");
    }
}
