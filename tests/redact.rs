//! With what is known of people kept out, none of it is in any format: tried on the labelled notes to invented people.

#![expect(clippy::disallowed_methods, reason = "the notes are read from files")]

use std::fs;

use cordial::contact::Contact;
use cordial::context::Context;
use cordial::eval::LabelledNote;
use cordial::lint::{Linter, Session};
use cordial::report::json::Json;
use cordial::report::run::{Run, Telling};
use cordial::report::{Note, Places, Style, github, gitlab, junit, note, redact, sarif, short, summary};
use cordial::rule::RuleSet;
use cordial::text::{Document, Sources, Span};

/// The note in all formats.
fn formats(text: &str, contact: &Contact, rules: &RuleSet, session: &mut Session<'_>) -> Vec<(&'static str, String)> {
    let mut sources = Sources::default();
    let file = sources.add("a.md", text);
    let document = Document::from_source(file, text, Span::new(0, text.len()));
    let today = "2026-10-14".parse().ok();
    let context = Context { contact: Some(contact), today, ..Context::default() };
    let diagnostics = session.lint(&document, &context);
    let shared = session.shared_context(&document, &context);
    let facts: Vec<_> = contact.facts.iter().map(|fact| fact.what.clone()).collect();
    let whole = Note {
        name: "a.md",
        document: &document,
        diagnostics: &diagnostics,
        context: &context,
        kind_assumed: false,
        facts: &facts,
        shared: shared.as_ref(),
    };
    let redacted = redact::note(&whole).expect("the note is to somebody");
    let (diagnostics, facts, shared) = (&redacted.diagnostics, &redacted.facts, redacted.shared.as_ref());
    let shown = Note { diagnostics, facts, shared, ..whole };
    let mut places = Places::new(&sources);
    let mut run = Run::default();
    let body = Some((&redacted.document, &*redacted.shown));
    run.note(&shown, Telling { shown: body, ..Telling::default() }, rules, &mut places);
    let style = Style { width: 20_000, colour: false, unicode: true };
    let mut json = Json::default();
    json.note(&shown, None, None, 0, true, &mut places);
    vec![
        ("text", note::render_as(&shown, &redacted.document, &redacted.shown, style)),
        ("short", short::render(&shown, &mut places, style)),
        ("json", String::from_utf8(json.finish()).expect("JSON is UTF-8")),
        ("github", github::render(&run)),
        ("gitlab", gitlab::render(&run)),
        ("junit", junit::render(&run)),
        ("sarif", sarif::render(&run, true)),
        ("summary", summary::render(&run, 1 << 20)),
    ]
}

/// What must not be in the output: each name, the company, the profile, each fact and each earlier note.
fn values(contact: &Contact) -> Vec<String> {
    let fields =
        [Some(&contact.first_name), contact.last_name.as_ref(), contact.company.as_ref(), contact.profile.as_ref()];
    let facts = contact.facts.iter().flat_map(|fact| std::iter::once(&fact.what).chain(&fact.detail));
    let history = contact.history.iter().filter_map(|event| event.text.as_ref());
    fields.into_iter().flatten().chain(facts).chain(history).map(|value| value.trim().to_lowercase()).collect()
}

/// Whether a value stands in a text as words of its own.
fn stands(text: &str, value: &str) -> bool {
    let alone = |at: usize| {
        !text[..at].ends_with(char::is_alphanumeric) && !text[at + value.len()..].starts_with(char::is_alphanumeric)
    };
    text.match_indices(value).any(|(at, _)| alone(at))
}

#[test]
fn no_value_of_a_contact_is_in_any_format() {
    let rules = RuleSet::builtin();
    let linter = Linter::new(&rules);
    let mut session = linter.session();
    let nobody: Contact = serde_json::from_str(r#"{"first_name":"Qqq"}"#).expect("a contact");
    // What a format says of any note, in its own words.
    let own = formats("Hi Qqq, asap.", &nobody, &rules, &mut session).remove(6).1.to_lowercase();
    let (mut notes, mut tried, mut leaks) = (0, 0, Vec::new());
    for name in ["notes.jsonl", "open.jsonl"] {
        let path = format!("{}/tests/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
        for line in fs::read_to_string(path).expect("the file can be read").lines() {
            let labelled: LabelledNote<'_> = serde_json::from_str(line).expect("a labelled note");
            let Some(contact) = &labelled.contact else { continue };
            notes += 1;
            for (format, text) in formats(&labelled.text, contact, &rules, &mut session) {
                let text = text.to_lowercase();
                for value in values(contact) {
                    tried += 1;
                    if stands(&text, &value) && !stands(&own, &value) {
                        let at = text.find(&value).unwrap_or_default();
                        leaks.push(format!(
                            "{name} {format}: {value} in …{}",
                            text[at..].chars().take(80).collect::<String>()
                        ));
                    }
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks[..leaks.len().min(12)].join("\n"));
    assert!(notes > 100 && tried > 1000, "{notes} notes, {tried} values");
}
