//! Which facts a note uses, and what it claims without one: data that was written before the code.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the cases are read from a file, misses are printed"
)]

use std::fs;

use cordial::contact::Contact;
use cordial::context::{Context, Kind};
use cordial::diagnostic::Setting;
use cordial::lint::Linter;
use cordial::rule::{RuleSet, Selection};
use cordial::text::{Document, Span};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    contact: serde_json::Value,
    #[serde(default)]
    uses: Vec<usize>,
    #[serde(default)]
    claims: Vec<String>,
    #[serde(default)]
    hard: bool,
    #[serde(default)]
    why: String,
}

impl Case {
    fn contact(&self) -> Contact {
        serde_json::from_value(self.contact.clone()).unwrap_or_else(|error| panic!("{}: {error}", self.text))
    }
}

fn cases(name: &str) -> Vec<Case> {
    let path = format!("{}/tests/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
    let yaml = fs::read_to_string(path).expect("the cases can be read");
    serde_yaml::from_str(&yaml).expect("the cases are YAML")
}

#[test]
fn facts_are_recognised_as_a_fair_reader_would() {
    let rules = RuleSet::builtin();
    let mut session = Linter::new(&rules).session();
    let (mut missed, mut invented, mut used, mut unused) = (0, 0, 0, 0);
    for case in cases("grounding.yaml") {
        let contact = case.contact();
        let context = Context { contact: Some(&contact), ..Context::default() };
        let found: Vec<usize> = session
            .facts_used(&Document::from_text(case.text.as_str()), &context)
            .iter()
            .map(|used| used.fact)
            .collect();
        for fact in 0..contact.facts.len() {
            let (expected, got) = (case.uses.contains(&fact), found.contains(&fact));
            used += usize::from(expected);
            unused += usize::from(!expected);
            missed += usize::from(expected && !got);
            invented += usize::from(!expected && got);
            if expected != got {
                let hard = if case.hard { " (hard)" } else { "" };
                println!(
                    "{} fact {fact}{hard}: {:?}\n    {:?} -- {}",
                    if got { "invented" } else { "missed" },
                    contact.facts[fact],
                    case.text,
                    case.why
                );
            }
        }
    }
    println!("facts used {used}, missed {missed}; not used {unused}, invented {invented}");
    assert!(missed <= 5 && invented <= 6, "missed {missed} of {used}, invented {invented} of {unused}");
}

#[test]
fn claims_without_a_record_are_found() {
    let only = Selection {
        levels: vec![("*".to_owned(), Setting::Off), ("context/unverified-relationship".to_owned(), Setting::On)],
    };
    let rules = RuleSet::builtin().select(&only);
    let mut session = Linter::new(&rules).session();
    let (mut missed, mut invented, mut claims, mut clean) = (0, 0, 0, 0);
    for case in cases("claims.yaml") {
        let contact = case.contact();
        let context = Context { kind: Kind::Message, contact: Some(&contact), ..Context::default() };
        let found = session.lint(&Document::from_text(case.text.as_str()), &context);
        claims += case.claims.len();
        clean += usize::from(case.claims.is_empty());
        for claim in &case.claims {
            let at = case.text.find(claim.as_str()).unwrap_or_else(|| panic!("{claim}"));
            let span = Span::new(at, at + claim.len());
            if !found.iter().any(|found| found.span.overlaps(span)) {
                println!("missed “{claim}”: {:?} -- {}", case.text, case.why);
                missed += 1;
            }
        }
        if case.claims.is_empty() && !found.is_empty() {
            println!(
                "invented {:?}: {:?} {:?}",
                found.iter().map(|found| &case.text[found.span.range()]).collect::<Vec<_>>(),
                case.text,
                contact.facts
            );
            invented += 1;
        }
    }
    println!("claims {claims}, missed {missed}; without {clean}, invented {invented}");
    assert!(missed <= 11 && invented == 0, "missed {missed} of {claims}, invented {invented} of {clean}");
}
