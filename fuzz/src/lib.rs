//! What is fuzzed: everything that reads a text somebody else may have written. Each function takes any text and comes
//! back; what it asserts holds for every text. `tests/fuzz.rs` of the package above runs them on damaged samples.

use cordial::compose::{GoodNote, Request};
use cordial::config::Config;
use cordial::contact::{self, Contact};
use cordial::context::{Channel, Context, Kind};
use cordial::diagnostic::{Diagnostic, Level};
use cordial::lint::{Linter, prove};
use cordial::rule::RuleSet;
use cordial::rule::phrase::Phrase;
use cordial::rule::spec::RuleSpec;
use cordial::template::{Library, Sample, with_expected};
use cordial::text::{Document, Origin, Span};
use cordial::{draft, text};
use tera::{ErrorKind, Tera};

/// The phrase language.
pub fn phrase(text: &str) {
    for exact in [false, true] {
        if let Err(error) = Phrase::parse(text, exact) {
            assert!(text.is_char_boundary(error.at), "{error:?}");
        }
    }
}

/// A rule file: read, compiled, proved, and run on its own text.
pub fn rule(text: &str) {
    let Ok(spec) = RuleSpec::from_yaml("my/rule", text).map_err(|error| inside(text, error.span)) else { return };
    let _ = prove(&spec);
    let (rules, _) = RuleSet::builtin().with(&[spec]);
    lint_with(&rules, text, &Context::default());
}

/// contacts.yaml, and a note to each of its people.
pub fn contacts(text: &str) {
    let (people, found) = contact::from_yaml(text);
    found.iter().for_each(|found| inside(text, found.span));
    let library = Library::builtin();
    let rules = RuleSet::builtin();
    let mut session = Linter::new(&rules).session();
    for person in people.iter().take(3) {
        let request = Request { others: &people, ..Request::default() };
        let _ = library.compose(person, &request, |document, context| session.lint(document, context));
    }
}

/// A draft with its front matter.
pub fn draft(text: &str) {
    let (draft, found) = draft::read(text);
    inside(text, draft.note);
    found.iter().for_each(|found| inside(text, found.span));
}

/// cordial.yaml.
pub fn config(text: &str) {
    let (_, found) = Config::from_yaml(text);
    found.iter().for_each(|found| inside(text, found.span));
}

/// A template: read, and rendered for its sample people. Each note is located, as one with a finding is.
pub fn template(source: &str) {
    let (library, found) = Library::builtin().with(&[("invite/own".to_owned(), source.to_owned())]);
    for (file, found) in found {
        inside(&library.sources().get(file).expect("a finding's file is known").text, found.span);
    }
    for template in library.templates().filter(|template| !template.is_builtin()) {
        let found = || Diagnostic::new("a/b", Level::Warning, "found", Span::default());
        let reading = library.read_samples(template.file(), None, |_, _| vec![found()]);
        for note in &reading.notes {
            assert_eq!(note.draft.document.text(), note.draft.text);
            typed_text_is_as_it_was_typed(&note.draft.document, &library);
            note.draft.subject_document.iter().for_each(|subject| typed_text_is_as_it_was_typed(subject, &library));
        }
        let samples = template.front().samples.iter();
        let of = |sample: &Sample| reading.notes.iter().find(|note| note.sample.span == sample.span);
        let given: Vec<_> = samples.map(|sample| Some(of(sample)?.given())).collect();
        if let Some(accepted) = with_expected(template.id(), source, &given) {
            assert_eq!(with_expected(template.id(), &accepted, &given), Some(accepted), "{source}");
        }
    }
}

fn typed_text_is_as_it_was_typed(document: &Document, library: &Library) {
    for piece in document.pieces() {
        if let Origin::Literal(source) = &piece.origin {
            let file = library.sources().get(source.file).expect("a piece's file is known");
            assert_eq!(&document.text()[piece.range.range()], &file.text[source.span.range()]);
        }
    }
}

/// The syntax of a template: what Tera cannot read is a finding with a place, and what it can read is none.
pub fn template_syntax(source: &str) {
    let (library, found) = Library::empty().with(&[("parts/own".to_owned(), source.to_owned())]);
    for (file, found) in &found {
        inside(&library.sources().get(*file).expect("a finding's file is known").text, found.span);
    }
    // Of chains of `elif` Tera reads more than its stack may hold, and a subject line is a template of its own.
    let is_refused = found.iter().any(|(_, found)| &*found.rule == "template/syntax");
    if source.len() <= 64 * 1024 && source.matches("elif").count() <= 128 && !source.contains("subject:") {
        let tera = Tera::default().add_raw_template("own", source);
        let tera = tera.is_err_and(|error| matches!(error.kind(), ErrorKind::SyntaxError(_)));
        assert_eq!(is_refused, tera, "{source:?}: {found:?}");
    }
}

/// Any text as a good note that a template is made from. The template gives it back.
pub fn from_note(text: &str) {
    let (text, library) = (text.trim(), Library::empty());
    let ana = r#"{"first_name":"Ana","company":"{{ Acme","facts":[{"talk":"figs","detail":"the part on #}","when":"2026-10"}]}"#;
    let ana: Contact = serde_json::from_str(ana).expect("a contact");
    if text.is_empty() || text.len() > 16_000 {
        return;
    }
    let note = GoodNote {
        text,
        subject: None,
        contact: &ana,
        me: Some(&ana),
        language: "en",
        channel: Some(Channel::LinkedinMessage),
        account: None,
        today: "2026-11-22".parse().ok(),
    };
    let made = library.template_from("message/own", Some("own"), &note);
    assert!(made.trouble.is_none() || text.encode_utf16().count() > 8_000, "{made:?}");
}

/// Any text as a note, by all rules.
pub fn lint(text: &str) {
    let rules = RuleSet::builtin();
    let ana = Contact { first_name: "Ana".into(), company: Some("Acme".into()), ..Contact::default() };
    for kind in Kind::ALL {
        for contact in [None, Some(&ana)] {
            lint_with(&rules, text, &Context { kind, contact, ..Context::default() });
        }
    }
}

/// A person as a line of JSON has it.
pub fn record(text: &str) {
    let Ok(person) = serde_json::from_str::<Contact>(text) else { return };
    assert!(!person.first_name.is_empty());
    let note = format!("Hi {}, {text}", person.first_name);
    let today = "2026-11-22".parse().ok();
    for kind in Kind::ALL {
        lint_with(&RuleSet::builtin(), &note, &Context { kind, contact: Some(&person), today, ..Context::default() });
    }
}

fn lint_with(rules: &RuleSet, text: &str, context: &Context<'_>) -> Vec<Diagnostic> {
    let found = Linter::new(rules).session().lint(&Document::from_text(text), context);
    for found in &found {
        inside(text, found.span);
        let _ = text::LineIndex::new(text).place(text, found.span.start);
        if let Some(fix) = &found.fix {
            assert!(fix.apply(text).is_some(), "{found:?}");
        }
    }
    found
}

/// A place is one of the text, between characters.
fn inside(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
}
