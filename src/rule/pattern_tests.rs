//! What stands before a pattern never loses a match: the needles, and the bound on its size.

use proptest::prelude::*;
use proptest::sample::select;

use super::RuleSet;
use super::pack::Check;
use super::spec::RuleSpec;

/// Patterns with letters whose case changes their bytes or their number.
const HOSTILE: &[&str] = &[
    "ask",
    "straße",
    "ſpam",
    "[ſt]op",
    "İstanbul",
    "ΟΔΟΣ",
    "σας?",
    "[kq]elvin",
    "(?:s|k)",
    r"\bé\w+",
    "(?-i:Spam|ſ)",
    "ﬁne|ŉ",
    "a{2}b",
    "x*yz?",
    "(?:ab)?cd|ef",
    "[a-f]{3}",
    r"\p{Lu}{3}",
    r"\d{3}",
    r"\p{Nd}{2}",
    r"no|\d+ of \d+",
    "ǆ",
    "ᲀ",
    "ß",
];

fn rules() -> RuleSet {
    let spec = |(number, pattern): (usize, &&str)| {
        let case = if number.is_multiple_of(2) { serde_json::json!("exact") } else { serde_json::Value::Null };
        let mut spec: RuleSpec = serde_json::from_value(serde_json::json!({
            "summary": "s", "level": "warning", "message": "m", "examples": {}, "pattern": pattern, "case": case,
        }))
        .unwrap();
        spec.id = format!("my/{number}");
        spec
    };
    // Each pattern twice: with capitals and without.
    let specs: Vec<_> = HOSTILE.iter().flat_map(|pattern| [pattern; 2]).enumerate().map(spec).collect();
    let (rules, errors) = RuleSet::builtin().with(&specs);
    assert_eq!(errors, []);
    rules
}

/// Pieces of what patterns look for and of what the built-in examples hold, with capitals changed.
fn texts(rules: &RuleSet) -> impl Strategy<Value = String> + use<> {
    let patterns = || rules.rules().filter(|listed| matches!(listed.rule.check, Check::Pattern { .. }));
    let needles = patterns().flat_map(|listed| match &listed.rule.check {
        Check::Pattern { needles, .. } => needles.clone(),
        _ => Vec::new(),
    });
    let examples = patterns().filter_map(|listed| listed.doc()).flat_map(|doc| doc.flags);
    let mut pieces: Vec<String> = needles.chain(examples.flat_map(|example| [example.text, example.found])).collect();
    pieces.extend(
        HOSTILE
            .iter()
            .chain(&["aab", "yz", "cd", "abc", "ABC", "123", "٣٣", "1 of 2", " ", "é", "\u{212A}", "…", "-"])
            .map(|text| (*text).into()),
    );
    let change = select(vec![
        |text: &str| text.to_owned(),
        |text: &str| text.to_uppercase(),
        |text: &str| text.to_lowercase(),
        |text: &str| text.replace('s', "ſ").replace('k', "\u{212A}").replace('i', "İ"),
        |text: &str| text.chars().take(text.chars().count() / 2).collect(),
    ]);
    let piece = (select(pieces), change).prop_map(|(piece, change)| change(&piece));
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_note_that_a_pattern_matches_is_always_one_of_its_candidates() {
    let rules = rules();
    let mut candidates = Vec::new();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let tried = runner.run(&(texts(&rules),), |(text,)| {
        let mut candidates = Vec::new();
        rules.needles.candidates(&text, &mut candidates);
        for (place, active) in rules.active.iter().enumerate() {
            let matches = rules.regex(active).is_some_and(|regex| regex.is_match(&text));
            let id = &active.id;
            prop_assert!(!matches || candidates.contains(&place), "{id} {:?} in {text:?}", rules.regex(active));
        }
        Ok(())
    });
    tried.unwrap();
    // The filter filters.
    rules.needles.candidates("Hi Ana, thank you.", &mut candidates);
    assert!(candidates.len() < rules.active.len() / 4, "{candidates:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A pattern that the matcher refuses would find nothing and say nothing.
    #[test]
    fn every_pattern_that_is_accepted_can_be_compiled(
        parts in prop::collection::vec((
            select(vec!["a", "é", r"\w", r"\p{L}", ".", "[^x]", "[a-f0-9]", "(?:a|b|)", r"\b"]),
            prop_oneof![
                select(vec!["", "?", "*"]).prop_map(str::to_owned),
                (1..9_999).prop_map(|times| format!("{{{times}}}")),
                (1..99, 100..999).prop_map(|(least, most)| format!("{{{least},{most}}}")),
            ],
        ), 1..6),
    ) {
        let pattern: String = parts.into_iter().map(|(atom, times)| atom.to_owned() + &times).collect();
        let spec: RuleSpec = serde_json::from_value(serde_json::json!({
            "summary": "s", "level": "warning", "message": "m", "examples": {}, "pattern": pattern,
        }))
        .unwrap();
        let (rules, errors) = RuleSet::builtin().with(&[spec]);
        if let Some(own) = rules.active.iter().find(|active| active.pack > 0) {
            prop_assert!(errors.is_empty() && rules.regex(own).is_some(), "{pattern}");
        }
    }
}
