//! Every built-in template on its sample people, as prose to read: `corpus/notes.yaml` holds each note. Write it anew
//! with `SNAPSHOTS=overwrite cargo test --test templates`.

use cordial::compose::Request;
use cordial::context::{Kind, note_length};
use cordial::lint::Linter;
use cordial::rule::RuleSet;
use cordial::template::{Library, Template, TemplateFile, starter};
use snapbox::{Data, assert_data_eq};

/// The notes of a template, one for each sample.
fn notes(library: &Library, template: &Template) -> Vec<(String, cordial::compose::Draft)> {
    let samples = template.front().samples.iter();
    let drafts = samples.map(|sample| {
        let request = Request::for_sample(template, sample);
        let draft = library.compose(&sample.contact, &request, |_, _| Vec::new());
        (sample.contact.first_name.clone(), draft.unwrap_or_else(|why| panic!("{}: {why}", template.id())))
    });
    drafts.collect()
}

#[test]
fn notes_read_as_they_should() {
    let library = Library::builtin();
    let mut page = String::from("# What the built-in templates give for their sample people. Read it aloud.\n");
    for template in library.templates() {
        page += &format!("\n{}:\n", template.id());
        for (name, draft) in notes(&library, template) {
            page += &format!("  - to: {name}\n    length: {}\n", draft.length);
            if let Some(subject) = draft.subject {
                page += &format!("    subject: {subject}\n");
            }
            page += "    note: |\n";
            for line in draft.text.lines() {
                page += format!("      {line}").trim_end();
                page += "\n";
            }
        }
    }
    assert_data_eq!(page, Data::read_from("tests/corpus/notes.yaml".as_ref(), None).raw());
}

#[test]
fn every_template_is_complete() {
    let library = Library::builtin();
    assert!(library.templates().count() >= 18);
    for template in library.templates() {
        let (id, front) = (template.id(), template.front());
        assert!(front.samples.len() >= 2, "{id} has fewer than two sample people");
        assert!(!front.title.ends_with('.'), "{id}: a title is no sentence");
        for (name, draft) in notes(&library, template) {
            if let Some(limit) = draft.limit {
                assert!(note_length(&draft.text) <= limit.safe, "{id} for {name} is too long");
            }
            assert_eq!(draft.subject.is_some(), draft.channel.has_subject(), "{id}");
            assert!(!draft.facts_used.is_empty(), "{id} for {name} tells no fact");
        }
    }
}

#[test]
fn no_note_has_a_gap_or_a_stock_phrase() {
    let library = Library::builtin();
    let never = [
        "  ",
        "\n ",
        "\n\n\n",
        " ,",
        " .",
        ",,",
        "..",
        "{{",
        "%}",
        "hope you",
        "came across",
        "pick your brain",
        "my network",
        "reach out",
        "reaching out",
        "checking in",
        "love to",
        "following up",
        "heard back",
        "touch base",
        "!",
        " she ",
        " he ",
        " her ",
    ];
    for template in library.templates() {
        for (name, draft) in notes(&library, template) {
            for phrase in never {
                assert!(!draft.text.contains(phrase), "{} for {name}: “{phrase}” in {}", template.id(), draft.text);
            }
        }
    }
}

#[test]
fn every_note_is_clean() {
    let library = Library::builtin();
    let rules = RuleSet::builtin();
    let linter = Linter::new(&rules);
    let mut findings = Vec::new();
    for template in library.templates() {
        for sample in &template.front().samples {
            let request = Request::for_sample(template, sample);
            let mut session = linter.session();
            let draft = library.compose(&sample.contact, &request, |document, context| session.lint(document, context));
            for finding in draft.expect("every sample gets a note").diagnostics {
                let place = (template.id(), &sample.contact.first_name);
                findings.push(format!("{place:?} {} {}: {}", finding.level, finding.rule, finding.message));
            }
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn what_one_starts_from_is_sound_and_clean() {
    let rules = RuleSet::builtin();
    let linter = Linter::new(&rules);
    for kind in Kind::ALL {
        for title in [None, Some("#} x: \"y\"")] {
            let text = starter(kind, title);
            let file = TemplateFile { id: format!("{kind}/own"), name: "own.tera".into(), text };
            let (library, file, slips) = Library::builtin().with_file(file);
            assert_eq!(slips, []);
            let mut session = linter.session();
            let reading = library.read_samples(file, None, |document, context| session.lint(document, context));
            assert_eq!(reading.findings, []);
            assert!(reading.notes.len() > 1);
            for note in &reading.notes {
                assert_eq!(note.draft.diagnostics, []);
                assert_eq!(Some(note.given()), note.sample.expected(), "{kind}");
            }
            let front = library.of(file).expect("it is one of its templates").front();
            assert_eq!((front.kind, title.is_none_or(|title| front.title == title)), (kind, true));
        }
    }
}

#[test]
fn the_example_of_the_manual_gives_the_note_it_shows() {
    let manual = include_str!("../docs/templates.md");
    let source = manual.split("```jinja\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let (library, findings) = Library::empty().with(&[("invite/example".to_owned(), source.to_owned())]);
    assert_eq!(findings, []);
    let shown: Vec<_> = manual.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    let template = library.get("invite/example").expect("it was just read");
    assert_eq!(notes(&library, template)[0].1.text, shown.join(" "));
}
