//! Facts of the corpus, each with what a note prints of it.

use cordial::compose::Request;
use cordial::contact::{Contact, Detail, Fact, FactKind};
use cordial::lint::Linter;
use cordial::rule::RuleSet;
use cordial::template::Library;
use serde::Deserialize;
use snapbox::{Data, assert_data_eq};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    kind: FactKind,
    what: String,
    detail: Option<String>,
    prints: Option<String>,
    why: Option<String>,
    phrase: Option<String>,
    part: Option<String>,
}

fn cases() -> Vec<Case> {
    serde_yaml::from_str(include_str!("corpus/facts.yaml")).expect("the corpus is YAML")
}

/// The page to read aloud: every fact that is printed, in the invitation for its kind.
#[test]
fn every_fact_reads_right_in_a_note() {
    let library = Library::builtin();
    let rules = RuleSet::builtin();
    let linter = Linter::new(&rules);
    let mut findings = Vec::new();
    let me = Contact { first_name: "Noor".into(), role: Some("night baker".into()), ..Contact::default() };
    let mut page = String::from("# Every fact that is printed, in the invitation for its kind. Read it aloud.\n\n");
    for case in cases().into_iter().filter(|case| case.prints.is_some()) {
        let fact = Fact { kind: case.kind, what: case.what, detail: case.detail, when: None };
        let mut facts = vec![fact.clone()];
        let template = if fact.kind == FactKind::Vacancy { "job-mutual" } else { fact.kind.as_str() };
        if fact.kind == FactKind::Vacancy {
            facts.push(Fact { kind: FactKind::Mutual, what: "Jo Ramirez".into(), detail: None, when: None });
        }
        let robin = Contact { first_name: "Robin".into(), facts, ..Contact::default() };
        let request = Request { template: Some(format!("invite/{template}")), me: Some(&me), ..Request::default() };
        let mut session = linter.session();
        let draft = library.compose(&robin, &request, |document, context| session.lint(document, context));
        let draft = draft.unwrap_or_else(|why| panic!("{why}"));
        for finding in &draft.diagnostics {
            findings.push(format!("{} {}: {} in {}", finding.level, finding.rule, finding.message, draft.text));
        }
        assert!(draft.facts_used.contains(&fact), "{fact:?} is not in {}", draft.text);
        page += &format!("{}\n", draft.text.replace('\n', " / "));
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    assert_data_eq!(page, Data::read_from("tests/corpus/fact-notes.txt".as_ref(), None).raw());
}

#[test]
fn facts_are_printed_as_their_reader_should_see_them() {
    let cases = cases();
    assert!(cases.len() > 200, "the corpus is complete");
    let mut wrong = Vec::new();
    for case in cases {
        let fact = Fact { kind: case.kind, what: case.what, detail: case.detail, when: None };
        let (prints, why) = match fact.printed() {
            Ok(text) => (Some(text), None),
            Err(error) => (None, Some(error.reason.to_string())),
        };
        let (phrase, part) = match fact.printed_detail() {
            Some(Detail::Phrase(text)) => (Some(text), None),
            Some(Detail::Part(text)) => (None, Some(text)),
            None => (None, None),
        };
        let (expected, found) = ((case.prints, case.why, case.phrase, case.part), (prints, why, phrase, part));
        if expected != found {
            wrong.push(format!("{} “{}”: expected {expected:?}, found {found:?}", fact.kind, fact.what));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
