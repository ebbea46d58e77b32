//! Whatever is in a rule file or a pack, compiling, opening and linting come back with an answer.

use cordial::context::Context;
use cordial::lint::{Linter, prove};
use cordial::rule::RuleSet;
use cordial::rule::pack::{Pack, compile};
use cordial::rule::spec::RuleSpec;
use cordial::text::Document;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// Words, marks and letters that mean something to phrases, patterns and messages, with odd ones between.
fn lines() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "talk", "Ana", "i'd", " ", "(", ")", "|", "?", "*", "..", "..9", "<name>", "<", ">", "\\", "\\b", "\\d",
        "\\p{L}", "[", "]", "[^", "{", "}", "{match}", "{3}", "{1,900}", "^", "$", "(?i)", "(?=", "(?-u:", ".", "+",
        "é", "ſ", "\u{212A}", "\u{130}", "👋", "\u{FFFC}", "\u{301}", "\n", "-", "'", "’", "…",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn lists() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(lines(), 0..3)
}

/// One check with its settings.
fn checks() -> impl Strategy<Value = (&'static str, Value)> {
    let number = || select(vec![0_usize, 1, 2, 3, 200, usize::MAX]);
    let of =
        select(vec!["words", "sentences", "questions", "units", "marks", "phrases", "<emoji>", "<name>", "<", "x"]);
    prop_oneof![
        3 => lists().prop_map(|lines| ("phrases", json!(lines))),
        3 => lines().prop_map(|line| ("pattern", json!(line))),
        1 => (lines(), lines()).prop_map(|(line, text)| ("swap", json!({ line: text }))),
        2 => (of, select(vec!["note", "sentence"]), number(), number(), lines(), lists()).prop_map(
            |(of, per, min, max, marks, phrases)| {
                ("count", json!({ "of": of, "per": per, "min": min, "max": max, "marks": marks, "phrases": phrases }))
            }
        ),
        1 => (number(), lists()).prop_map(|(run, phrases)| ("repeat", json!({ "run": run, "phrases": phrases }))),
        1 => lists().prop_map(|lines| ("requires", json!(lines))),
        1 => (-1_i32..4, prop::collection::vec((-2_i32..4, lists()), 0..3)).prop_map(|(at, cues)| {
            let cues: Vec<_> =
                cues.into_iter().map(|(points, phrases)| json!({ "points": points, "phrases": phrases })).collect();
            ("signs", json!({ "at": at, "cues": cues }))
        }),
        1 => (lines(), number()).prop_map(|(rules, distinct)| ("density", json!({ "rules": rules, "distinct": distinct }))),
        1 => number().prop_map(|above| ("length", json!({ "above": above }))),
        1 => select(vec!["field", "gap"]).prop_map(|of| ("placeholder", json!({ "of": of }))),
        1 => (select(vec!["name", "company", "others"]), lists())
            .prop_map(|(of, phrases)| ("recipient", json!({ "of": of, "phrases": phrases }))),
        1 => (select(vec!["mixed", "contact"]), lists(), lists())
            .prop_map(|(of, familiar, polite)| ("address", json!({ "of": of, "familiar": familiar, "polite": polite }))),
        1 => (select(vec!["unused", "claimed"]), lists(), lists())
            .prop_map(|(of, met, work)| ("grounding", json!({ "of": of, "met": met, "work": work }))),
    ]
}

fn specs() -> impl Strategy<Value = RuleSpec> {
    let level = select(vec![json!("error"), json!({ "invite": "warning", "message": "error" }), json!({})]);
    let around = (lists(), lists(), lists(), prop::option::of(0_usize..4), any::<bool>());
    (checks(), level, around, lines(), lists(), lists()).prop_map(
        |((check, settings), level, (except, unless, when, min, exact), message, flags, allows)| {
            let mut spec = json!({
                "summary": "A rule", "level": level, "message": message, "min": min,
                "except": except, "unless": unless, "when": when,
                "examples": { "flags": flags, "allows": allows },
            });
            spec[check] = settings;
            if exact {
                spec["case"] = "exact".into();
            }
            let mut spec: RuleSpec = serde_json::from_value(spec).expect("the shape of a rule file");
            spec.id = "my/rule".to_owned();
            spec
        },
    )
}

/// Texts that stand where they could break something: at the edges of characters, words and sentences.
fn notes() -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![lines(), "(?s).{0,6}"], 0..6).prop_map(|lines| lines.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_rule_is_compiled_or_refused_and_then_lints_anything(spec in specs(), notes in prop::collection::vec(notes(), 4)) {
        if let Ok(bytes) = compile(std::slice::from_ref(&spec), None) {
            prop_assert!(Pack::open(bytes).is_some());
        }
        let (rules, _) = RuleSet::builtin().with(std::slice::from_ref(&spec));
        let mut session = Linter::new(&rules).session();
        for note in notes {
            for found in session.lint(&Document::from_text(note.as_str()), &Context::default()) {
                prop_assert!(note.get(found.span.range()).is_some(), "{:?} in {note:?}", found);
                if let Some(fix) = found.fix {
                    prop_assert!(fix.apply(&note).is_some());
                }
            }
        }
        let _ = prove(&spec);
    }

    /// What may be embedded or kept is checked when it is opened.
    #[test]
    fn a_damaged_pack_is_opened_or_refused(
        spec in specs(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = compile(&[spec], None).unwrap_or_default();
        for (at, byte) in damage.iter().filter(|_| !bytes.is_empty()).map(|(at, byte)| (at.index(bytes.len()), *byte)).collect::<Vec<_>>() {
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        if let Some(pack) = Pack::open(bytes) {
            let _ = pack.doc(0);
            // Words are found in it, or not.
            let _ = compile(&[], Some(&pack));
        }
    }

    #[test]
    fn bytes_that_are_no_pack_are_refused(bytes in prop::collection::vec(prop_oneof![Just(0_u8), Just(1), Just(4), any::<u8>()], 0..200)) {
        let _ = Pack::open(bytes);
    }
}
