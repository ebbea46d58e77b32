use super::*;
use crate::lint::Linter;
use crate::rule::RuleSet;

/// What is found on every path of a template with this front matter and text, and in how many paths.
fn read(front: &str, body: &str) -> (EveryPath, Vec<String>) {
    let part = "{% if contact.company %}I have to pick your brain.{% else %}Bye.{% endif %}";
    let source = format!("{{# title: x{front} #}}\n{body}");
    let files =
        [("templates/parts/p.tera".to_owned(), part.to_owned()), ("templates/invite/t.tera".to_owned(), source)];
    let (library, slips) = Library::empty().with(&files);
    assert!(!slips.iter().any(|(_, slip)| slip.level == Level::Error), "{slips:?}");
    let file = library.get("invite/t").unwrap().file();
    let rules = RuleSet::builtin();
    let mut session = Linter::new(&rules).session();
    let reading = library.read_samples(file, None, |document, context| session.lint(document, context));
    let today = "2026-10-03".parse().ok();
    let every = library.every_path(file, None, &reading, today, |note, context| session.lint_open(note, context));
    let every = every.unwrap();
    let told = every.findings.iter().map(|(file, finding)| {
        let words = &library.sources().get(*file).unwrap().text[finding.span.range()];
        format!("{} {} [{words}]", finding.rule, finding.message)
    });
    let told = told.collect();
    (every, told)
}

const BRAIN: &str = "pushy/big-favour-first-contact “pick your brain” is a large favour for a first note";

#[test]
fn a_cause_is_told_once_with_the_shortest_path_that_shows_it() {
    let branches = "{% if event.when %}a{% endif %}{% if contact.role %}b{% endif %}";
    for (body, way) in [
        ("I have to pick your brain.", ""),
        ("{% if contact.company %}I have to pick your brain.{% endif %} Hi", " (if contact.company)"),
        ("{% if not contact.company %}I have to pick your brain.{% endif %} Hi", " (without contact.company)"),
        ("{% if contact.company %}Hi{% else %}I have to pick your brain.{% endif %}", " (without contact.company)"),
        (
            "{% if contact.company %}{% if not event.detail %}I have to pick your brain.{% endif %}{% endif %} Hi",
            " (if contact.company, without event.detail)",
        ),
        ("{% include \"parts/p\" %}", " (if contact.company)"),
        ("{{ \"I have to pick your brain.\" if contact.company else \"Hi.\" }}", " (if contact.company)"),
    ] {
        let (_, told) = read("\nneeds: [event]", &format!("{body}{branches}"));
        assert_eq!(told, [format!("{BRAIN}{way} [pick your brain]")], "{body}");
    }
}

#[test]
fn what_a_sample_note_shows_and_what_is_allowed_is_not_told_again() {
    let person = "\nsamples: [{ first_name: Ana, company: Acme }]";
    let body = "Hi {{ contact.first_name }}. {% if contact.company %}I have to pick your brain.{% endif %}";
    assert_eq!(read("", body).1.len(), 1);
    assert_eq!(read(person, body).1, [""; 0]);
    let (every, told) = read("\nallow: [pushy/big-favour-first-contact]", body);
    assert_eq!((told.len(), every.suppressed.len()), (0, 1));
    let (every, told) = read("", &format!("{{# cordial: allow pushy/* #}}\n{body}"));
    assert_eq!((told.len(), every.suppressed.len()), (0, 1));
}

#[test]
fn what_depends_on_the_values_is_left_to_the_notes() {
    for body in ["Hi", "Hi {{ contact.first_name }}, I have {{ event.what }} to pick."] {
        assert_eq!(read("\nneeds: [event]", body).1, [""; 0], "{body}");
    }
}

#[test]
fn the_template_itself_is_judged_by_its_paths() {
    for (body, expected) in [
        (
            "Hi {{ contact.first_name }}{% if contact.company %}, you are at {{ contact.role }}{% endif %}.",
            "template/missing the template prints contact.role, which not everybody has [contact.role]",
        ),
        (
            "{% if contact.first_name %}Hi{% else %}Hello{% endif %}.",
            "template/dead no note goes without this branch: “contact.first_name” always holds here [contact.first_name]",
        ),
        (
            "Good to see {% if me.company %}{{ me.company }}{% endif %}, again",
            "template/gap a space is left before “,” where me.company is missing [see {% if me.company %}{{ me.company }}{% endif %},]",
        ),
    ] {
        assert_eq!(read("", body).1, [expected], "{body}");
    }
}

#[test]
fn a_subject_line_is_read_on_its_paths_too() {
    let front = "\nkind: message\nchannel: email\nsubject: 'You ({{ contact.company | default(value=\"\") }})'";
    let (_, told) = read(front, "Hi.");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("template/gap nothing is left inside the brackets where contact.company"), "{told:?}");
}
