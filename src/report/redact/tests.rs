use proptest::prelude::*;

use super::*;
use crate::lint::Linter;
use crate::rule::RuleSet;

fn contact(json: &str) -> Contact {
    serde_json::from_str(json).unwrap()
}

fn nadia() -> Contact {
    contact(
        r#"{"first_name":"Nadia","last_name":"van Okafor","company":"Brightwater Labs","role":"site engineer",
            "profile":"linkedin.com/in/nokafor","facts":[{"talk":"her talk on calm on-call rotations","detail":"the pager game","when":"2026-09"},
            {"event":"the International Conference on Kiln Physics"}],
            "history":[{"what":"invited","on":"2026-10-01","text":"Hi Nadia, the glaze in Hull was wonderful."}]}"#,
    )
}

/// A text to somebody as it may be shown.
fn shown(text: &str, contact: &Contact) -> String {
    let context = Context { contact: Some(contact), ..Context::default() };
    let redactor = Redactor::new(text, &context, &[]).unwrap();
    redactor.masks.apply(text, Span::new(0, text.len()))
}

#[test]
fn a_value_is_shown_as_its_field_in_whatever_form_it_stands() {
    let nadia = nadia();
    for (text, expected) in [
        ("Hi Nadia, how are you?", "Hi ‹contact.first_name›, how are you?"),
        ("hi nadia!", "hi ‹contact.first_name›!"),
        ("NADIA’s and Nádia's", "‹contact.first_name›’s and ‹contact.first_name›'s"),
        ("Dear Ms Okafor,", "Dear Ms ‹contact.last_name›,"),
        ("to Nadia van Okafor", "to ‹contact.first_name› ‹contact.last_name›"),
        ("nadia.okafor@brightwaterlabs.com", "‹contact.first_name›.‹contact.last_name›@‹contact.company›.com"),
        ("I like Brightwater a lot", "I like ‹contact.company› a lot"),
        ("The labs are closed", "The labs are closed"),
        ("a site engineer, an engineer", "a ‹contact.role›, an engineer"),
        ("your talk on calm on-call rotation in May", "your ‹contact.facts[0].what› in May"),
        ("your talk on trees", "your talk on trees"),
        ("the pager game", "‹contact.facts[0].detail›"),
        ("a pager game", "a ‹contact.facts[0].detail›"),
        ("I was at ICKP too.", "I was at ‹contact.facts[1].what› too."),
        ("the glaze, and Hull", "the ‹contact.history[0].text›, and ‹contact.history[0].text›"),
        ("", ""),
    ] {
        assert_eq!(shown(text, &nadia), expected, "{text}");
    }
}

#[test]
fn names_that_are_ordinary_words_are_hidden_where_they_are_names() {
    let will = contact(r#"{"first_name":"Will","last_name":"de Rose"}"#);
    for (text, expected) in [
        ("Hi Will, I will write.", "Hi ‹contact.first_name›, I will write."),
        ("hi will, the rose is red", "hi ‹contact.first_name›, the ‹contact.last_name› is red"),
        ("Mr Rose", "Mr ‹contact.last_name›"),
    ] {
        assert_eq!(shown(text, &will), expected);
    }
    let katherine = contact(r#"{"first_name":"Katherine"}"#);
    assert_eq!(shown("Hi Kate, Kate is late.", &katherine), "Hi ‹contact.first_name›, Kate is late.");
    let tanaka = contact(r#"{"first_name":"田中","company":"夜行バス"}"#);
    assert_eq!(shown("田中さん、夜行バスの件", &tanaka), "‹contact.first_name›さん、‹contact.company›の件");
}

fn lint(text: &str, contact: Option<&Contact>, others: &[Contact]) -> Option<(Redacted, Vec<Diagnostic>)> {
    let rules = RuleSet::builtin();
    let document = Document::from_text(text);
    let today = "2026-10-10".parse().ok();
    let context = Context { contact, others, today, kind: crate::context::Kind::FollowUp, ..Context::default() };
    let diagnostics = Linter::new(&rules).session().lint(&document, &context);
    let facts = ["her talk on calm on-call rotations".to_owned()];
    let redacted = note(&Note {
        name: "a.md",
        document: &document,
        diagnostics: &diagnostics,
        context: &context,
        kind_assumed: false,
        facts: &facts,
        shared: None,
    });
    redacted.map(|redacted| (redacted, diagnostics))
}

#[test]
fn messages_fixes_and_places_say_no_value() {
    let nadia = nadia();
    let others = [nadia.clone(), contact(r#"{"first_name":"Bo","last_name":"Ek","company":"Moss Group","id":"bo"}"#)];
    let text = "Hi NADIA, how are things at Moss Group? I hope this finds you well, Nadia!!! Please, asap.";
    let (redacted, found) = lint(text, Some(&nadia), &others).unwrap();
    assert!(found.len() > 3);
    for (diagnostic, plain) in redacted.diagnostics.iter().zip(&found) {
        assert_eq!(diagnostic.span, plain.span);
        for value in ["Nadia", "NADIA", "Moss", "Bo", "2026", "days ago"] {
            assert!(!diagnostic.message.contains(value), "{diagnostic:?}");
        }
    }
    let of = |rule: &str| redacted.diagnostics.iter().find(|found| &*found.rule == rule).unwrap();
    assert_eq!(of("generic/name-as-stored").fix, None);
    let message = &of("context/context-contradiction").message;
    assert_eq!(message, "“‹somebody else›” belongs to another contact of this run, not to ‹contact.first_name›");
    assert!(
        of("cadence/follow-up-too-soon").message.starts_with("‹contact.first_name› was invited on ‹contact.history›")
    );
    assert_eq!(redacted.facts, ["‹contact.facts[0].what›"]);
    let shown = redacted.document.text();
    for (diagnostic, plain) in redacted.shown.iter().zip(&found) {
        if &*plain.rule == "pushy/deadline-demand" {
            assert_eq!(&shown[diagnostic.span.range()], "asap");
        }
        assert!(shown.get(diagnostic.span.range()).is_some());
    }
    assert!(lint(text, None, &[]).is_none(), "a note to nobody is what somebody typed");
}

proptest! {
    #[test]
    fn no_word_of_a_name_or_company_is_left_in_a_text(
        text in "((Hi |nadia|Okafor|Brightwater|labs|BRIGHTWATER|é|👩‍💻|calm|rotations|asap|van|the|on|Nadia's|[-,. \n])[ ]?){0,20}",
    ) {
        let nadia = nadia();
        let Some((redacted, _)) = lint(&text, Some(&nadia), &[]) else { return Ok(()) };
        let shown = redacted.document.text().to_lowercase();
        for value in ["nadia", "okafor", "brightwater", "rotations"] {
            // Words that are glued to others are other words.
            let alone = |at: usize| !shown[..at].ends_with(char::is_alphanumeric) && !shown[at + value.len()..].starts_with(char::is_alphanumeric);
            prop_assert!(!shown.match_indices(value).any(|(at, _)| alone(at)), "{}", shown);
        }
        for diagnostic in &redacted.shown {
            prop_assert!(redacted.document.text().get(diagnostic.span.range()).is_some());
        }
    }
}
