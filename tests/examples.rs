//! The examples do what they say.

#[path = "../examples/compose.rs"]
#[expect(dead_code, reason = "an example has a main function")]
mod compose;
#[path = "../examples/eval.rs"]
#[expect(dead_code, reason = "an example has a main function")]
mod eval;
#[path = "../examples/lint.rs"]
#[expect(dead_code, reason = "an example has a main function")]
mod lint;
#[path = "../examples/own_rule.rs"]
#[expect(dead_code, reason = "an example has a main function")]
mod own_rule;
#[path = "../examples/own_template.rs"]
#[expect(dead_code, reason = "an example has a main function")]
mod own_template;

#[test]
fn a_note_is_linted() {
    let findings = lint::findings();
    assert!(findings.contains("warning: “pick your brain”"), "{findings}");
    assert!(findings.contains("[generic/came-across-profile]"), "{findings}");
}

#[test]
fn a_rule_of_ones_own_finds_what_it_should() {
    let found = own_rule::findings("Hi Ana, how about a quick coffee near the station?").unwrap();
    assert_eq!(found[0].message, "“quick coffee” asks for time before you have met");
    assert_eq!(own_rule::findings("Hi Ana, your talk was a delight."), Ok(Vec::new()));
}

#[test]
fn a_note_is_composed() {
    let note = compose::note().unwrap();
    assert!(note.starts_with("Hi Ana, I heard your talk on async traits"), "{note}");
}

#[test]
fn a_template_of_ones_own_is_linted_as_its_readers_see_it() {
    let findings = own_template::findings();
    assert!(findings[0].starts_with("to Tessa: “pick your brain”"), "{findings:?}");
}

#[test]
fn labelled_notes_are_counted() {
    let totals = eval::totals().unwrap();
    assert!(totals.starts_with("good flagged 0/1 (0–79.3 %), bad missed 0/1"), "{totals}");
}
