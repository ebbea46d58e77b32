//! Facts of the corpus, each with what a note prints of it.

use cordial::contact::{Detail, Fact, FactKind};
use serde::Deserialize;

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

#[test]
fn facts_are_printed_as_their_reader_should_see_them() {
    let cases: Vec<Case> = serde_yaml::from_str(include_str!("corpus/facts.yaml")).unwrap();
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
