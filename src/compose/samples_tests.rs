use super::*;
use crate::template::{TemplateFile, with_expected};

/// What is said of a template, and of the notes to its sample people.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let sign = ("parts/sign".to_owned(), ", {{ contact.role }}".to_owned());
    let (library, _) = Library::empty().with(&[sign]);
    let file = TemplateFile { id: "invite/x".into(), name: "x.tera".into(), text: text.into() };
    let (library, file, slips) = library.with_file(file);
    assert_eq!(slips, []);
    let reading = library.read_samples(file, None, |_, _| Vec::new());
    let findings = reading.findings.iter().map(|(file, found)| {
        let source = library.sources().get(*file).unwrap();
        format!("{} {} [{}]: {}", source.name, found.rule, &source.text[found.span.range()], found.message)
    });
    let findings = findings.collect();
    (findings, reading.notes.into_iter().map(|note| note.draft.text).collect())
}

#[test]
fn each_sample_person_gets_a_note_or_a_finding_where_it_can_be_mended() {
    let front = |samples: &str| format!("{{#\ntitle: x\nneeds: [talk]\nsamples: [{samples}]\n#}}\n");
    let ana = "{ first_name: Ana, facts: [{ talk: figs }] }";
    for (samples, body, findings, notes) in [
        (ana, "{{ talk.what }}", &[][..], &["your talk on figs"][..]),
        (
            ana,
            "{{ talk.what }} at {{ contact.company }}",
            &[
                "x.tera template/missing [contact.company]: the template prints contact.company, which not everybody has: Ana has none",
            ],
            &[],
        ),
        (
            ana,
            "{{ talk.what }}{% include \"parts/sign\" %}",
            &[
                "parts/sign template/missing [contact.role]: the template prints contact.role, which not everybody has: Ana has none",
            ],
            &[],
        ),
        (
            "{ first_name: Bo }",
            "{{ talk.what }}",
            &["x.tera template/samples [{ first_name: Bo }]: the template needs talk, and Bo has none"],
            &[],
        ),
    ] {
        let (found, told) = read(&(front(samples) + body));
        assert_eq!(
            (found, told),
            (findings.iter().map(ToString::to_string).collect(), notes.iter().map(ToString::to_string).collect()),
            "{samples} {body}"
        );
    }
}

#[test]
fn a_note_that_is_too_long_is_shown_at_its_person() {
    let (found, _) = read(&format!("{{# title: x\nsamples: [{{ first_name: Ana }}] #}}\n{}", "word ".repeat(50)));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].contains("[{ first_name: Ana }]: even with the least detail the note to Ana is 249 long"),
        "{found:?}"
    );
}

#[test]
fn without_sample_people_some_are_suggested_that_give_a_note() {
    let text =
        "{# title: x\nneeds: [talk, me.role, contact.company] #}\n{{ talk.what }} {{ me.role }} {{ contact.company }}";
    let (library, file, _) =
        Library::empty().with_file(TemplateFile { id: "invite/x".into(), name: "x".into(), text: text.into() });
    let reading = library.read_samples(file, None, |_, _| Vec::new());
    let help = reading.findings[0].1.help.clone().unwrap();
    let samples = help.split('`').nth(1).unwrap();
    assert!(samples.starts_with("samples: [{ first_name: Ana"), "{help}");
    let (found, notes) = read(&text.replace(" #}", &format!("\n{samples} #}}")));
    assert_eq!((found, notes), (vec![], vec!["your talk on async traits engineer Acme".to_owned()]));
}

#[test]
fn the_sample_people_of_a_template_read_its_language() {
    let text = "{# title: x\nlanguage: de\nneeds: [event]\nsamples: [{ first_name: Ana, facts: [{ event: RustConf }] }] #}\nHallo, {{ event.what }}.";
    assert_eq!(read(text), (vec![], vec!["Hallo, RustConf.".to_owned()]));
}

#[test]
fn a_note_is_compared_with_the_one_that_the_file_says() {
    let text = "{#\r\ntitle: x\r\nsamples:\r\n  - first_name: Ana\r\n    note: |\r\n      Hi Ana,\r\n      figs.\r\n  - { first_name: Bo, note: Hi Bo }\r\n  - { first_name: Cy }\r\n#}\r\nHi {{ contact.first_name }},\r\nfigs.\r\n";
    let file = TemplateFile { id: "invite/x".into(), name: "x.tera".into(), text: text.into() };
    let (library, file, slips) = Library::empty().with_file(file);
    assert_eq!(slips, []);
    let reading = library.read_samples(file, None, |_, _| Vec::new());
    let outcomes: Vec<_> = reading.notes.iter().map(SampleNote::outcome).collect();
    assert_eq!(outcomes, [Outcome::Same, Outcome::Differs, Outcome::New]);
    let given: Vec<_> = reading.notes.iter().map(|note| Some(note.given())).collect();
    let accepted = with_expected("invite/x", text, &given).unwrap();
    let file = TemplateFile { id: "invite/x".into(), name: "x.tera".into(), text: accepted };
    let (library, file, _) = Library::empty().with_file(file);
    let reading = library.read_samples(file, None, |_, _| Vec::new());
    assert!(reading.notes.iter().all(|note| note.outcome() == Outcome::Same));
}
