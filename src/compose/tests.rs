use super::*;
use crate::contact::from_yaml;
use crate::diagnostic::Level;
use crate::text::{Origin, Span};

fn person(yaml: &str) -> Contact {
    let (mut people, findings) = from_yaml(yaml);
    assert_eq!(findings, []);
    people.swap_remove(0)
}

fn silent(_: &Document, _: &Context<'_>) -> Vec<Diagnostic> {
    Vec::new()
}

fn own(templates: &[(&str, &str)]) -> Library {
    let pairs: Vec<_> = templates.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect();
    let (library, findings) = Library::empty().with(&pairs);
    assert_eq!(findings, []);
    library
}

#[test]
fn the_closest_fact_wins_and_the_reason_is_said() {
    let ana = person("- first_name: ANA\n  facts: [{ talk: async traits }, { event: RustConf }, { place: Leith }]");
    let draft = Library::builtin().compose(&ana, &Request::default(), silent).unwrap();
    assert_eq!(draft.template, "invite/event");
    assert!(draft.text.starts_with("Hi Ana, our paths crossed at RustConf."), "{}", draft.text);
    assert_eq!(draft.facts_used.len(), 1);
    assert_eq!(draft.reason, "it uses the event, which says most about the two of you; 3 templates fit");
}

#[test]
fn a_clean_note_goes_before_a_closer_one() {
    let ana = person("- first_name: Ana\n  facts: [{ talk: async traits }, { event: RustConf }]");
    let no_paths = |document: &Document, _: &Context<'_>| {
        let crossed = document.text().contains("paths crossed");
        crossed.then(|| Diagnostic::new("x/y", Level::Warning, "x", Span::new(0, 2))).into_iter().collect::<Vec<_>>()
    };
    let drafts = Library::builtin().choices(&ana, &Request::default(), 3, no_paths).unwrap();
    let ids: Vec<_> = drafts.iter().map(|draft| draft.template.as_str()).collect();
    assert_eq!(ids, ["invite/talk", "invite/event"]);
    assert_eq!(
        drafts[0].reason,
        "it uses their talk, which says most about the two of you; of 2 templates that fit, only this one gives a clean note"
    );
}

#[test]
fn of_several_facts_of_a_kind_each_is_tried() {
    let library = own(&[("invite/x", "{# title: x\nneeds: [talk] #}\nI heard {{ talk.what }}.")]);
    let ana = person("- first_name: Ana\n  facts: [{ talk: her first }, { talk: her second }]");
    let no_first = |document: &Document, _: &Context<'_>| {
        let first = document.text().contains("first");
        first.then(|| Diagnostic::new("x/y", Level::Error, "x", Span::new(0, 2))).into_iter().collect::<Vec<_>>()
    };
    let draft = library.compose(&ana, &Request::default(), no_first).unwrap();
    assert_eq!(draft.text, "I heard your second.");
    assert_eq!(draft.facts_used[0].what, "her second");
}

#[test]
fn detail_goes_before_the_note_is_too_long_and_nothing_is_cut() {
    let text = "{# title: x\nneeds: [event] #}\nWe met at {{ event.what }}{% if detail == 2 %}. {{ \"long \" }}{{ filler }}{% endif %}.";
    let text = text.replace("{{ filler }}", &"words ".repeat(40));
    let library = own(&[("invite/x", &text)]);
    let ana = person("- first_name: Ana\n  facts: [{ event: RustConf, detail: near the stage }]");
    let draft = library.compose(&ana, &Request::default(), silent).unwrap();
    assert_eq!(draft.text, "We met at RustConf near the stage.");
    let long = person(&format!("- first_name: Ana\n  facts: [{{ event: {} }}]", "Conf".repeat(60)));
    let why = library.compose(&long, &Request::default(), silent).unwrap_err();
    assert_eq!(why.to_string(), "no note for Ana: even the shortest form of invite/x is 251 long, and 200 fit");
}

#[test]
fn a_missing_need_names_the_field_the_person_the_line_and_what_to_add() {
    let ana = person("- first_name: Ana\n  last_name: Silva\n  facts: [{ place: Leith }]");
    let request = Request { template: Some("invite/talk".into()), ..Request::default() };
    let why = Library::builtin().compose(&ana, &request, silent).unwrap_err();
    assert_eq!(
        why.to_string(),
        "no note for Ana Silva: invite/talk (line 16) needs a fact of the kind talk, and Ana Silva has none"
    );
    assert_eq!(why.help(), "Add a fact such as `talk: async traits` to Ana Silva.");
    let request = Request { template: Some("invite/hiring".into()), ..Request::default() };
    let work = person("- first_name: Ana\n  facts: [{ work: nurse }]");
    let why = Library::builtin().compose(&work, &request, silent).unwrap_err();
    assert_eq!(why.help(), "Add `company:` under `me:` in cordial.yaml.");
}

#[test]
fn a_fact_that_cannot_be_printed_is_explained() {
    let ana = person("- first_name: Ana\n  facts: [{ conversation: she asked for the advert }]");
    let why = Library::builtin().compose(&ana, &Request::default(), silent).unwrap_err();
    let told = why.to_string();
    assert!(told.contains("would print “she asked for the advert”, but it is a sentence"), "{told}");
    assert!(why.help().starts_with("Write what completes “We spoke about the night bus”"), "{}", why.help());
}

#[test]
fn nothing_known_gives_no_note() {
    let why = Library::builtin().compose(&person("- first_name: Ana"), &Request::default(), silent).unwrap_err();
    assert_eq!(why.to_string(), "no note for Ana: nothing is known that a note of the kind invite could build on");
    assert!(why.help().contains("`talk: async traits`"), "{}", why.help());
}

#[test]
fn nobody_gets_english_who_reads_another_language() {
    let ana = person("- first_name: Ana\n  language: pt\n  facts: [{ event: RustConf }]");
    let why = Library::builtin().compose(&ana, &Request::default(), silent).unwrap_err();
    assert_eq!(why.to_string(), "no note for Ana: no template is written in `pt`");
    let own = [(
        "invite/oi".to_owned(),
        "{# title: oi\nlanguage: pt\nneeds: [event] #}\nOi {{ contact.first_name }}, {{ event.what }}.".to_owned(),
    )];
    let (library, _) = Library::builtin().with(&own);
    assert_eq!(library.compose(&ana, &Request::default(), silent).unwrap().text, "Oi Ana, RustConf.");
    let british = person("- first_name: Ana\n  language: en-GB\n  facts: [{ event: RustConf }]");
    assert!(library.compose(&british, &Request::default(), silent).is_ok());
}

#[test]
fn a_name_finds_its_template_or_the_nearest_one() {
    let ana = person("- first_name: Ana\n  facts: [{ talk: async traits }]");
    let named = |name: &str| Request { template: Some(name.to_owned()), ..Request::default() };
    let library = Library::builtin();
    assert_eq!(
        library.compose(&ana, &named("school"), silent).unwrap_err().help(),
        "Add a fact such as `school: ETH` to Ana."
    );
    assert_eq!(library.compose(&ana, &named("invite/tlak"), silent).unwrap_err().help(), "Did you mean invite/talk?");
}

#[test]
fn an_optional_value_printed_unasked_is_located() {
    let library = own(&[("invite/x", "{# title: x #}\nHi {{ contact.first_name }}\nof {{ contact.company }}")]);
    let why = library.compose(&person("- first_name: Ana"), &Request::default(), silent).unwrap_err();
    assert_eq!(why.to_string(), "no note for Ana: invite/x (line 3) needs contact.company, which is not known");
}

#[test]
fn a_note_cannot_grow_or_loop_without_end() {
    let ana = person("- first_name: Ana");
    for (body, told) in [
        ("{% for a in range(end=1000) %}{% for b in range(end=1000) %}x{% endfor %}{% endfor %}", "10000 rounds"),
        ("{% for a in range(end=1001) %}x{% endfor %}", "at most 1000 numbers"),
        (
            "{% set x %}0123456789012345678901234567890123456789{% endset %}{% for a in range(end=1000) %}{{ x }}{{ x }}{% endfor %}",
            "64 kB",
        ),
        ("{% component A(n) %}{{ <A n={n}/> }}{{ <A n={n}/> }}{% endcomponent %}{{ <A n={1}/> }}", "recursion"),
    ] {
        let text = format!("{{# title: x #}}\n{body}");
        let pairs = [("invite/x".to_owned(), text)];
        let (library, findings) = Library::empty().with(&pairs);
        let told_by = match library.compose(&ana, &Request::default(), silent) {
            Ok(draft) => panic!("{body}: {}", draft.text.len()),
            Err(why) => format!("{why} {findings:?}"),
        };
        assert!(told_by.contains(told), "{told_by}");
    }
}

/// Each piece of a document: the file's words, or the field, that it comes from.
fn origins(library: &Library, draft: &Draft, document: &Document) -> Vec<String> {
    let pieces = document.pieces().iter().map(|piece| match &piece.origin {
        Origin::Literal(source) => {
            format!("`{}`", &library.sources().get(source.file).unwrap().text[source.span.range()])
        }
        Origin::Value { path, .. } => format!("{:?}", draft.field(path)),
        Origin::Derived { expr, .. } | Origin::Hole { expr, .. } => {
            format!("made by {}", &library.sources().get(expr.file).unwrap().text[expr.span.range()])
        }
    });
    pieces.collect()
}

#[test]
fn a_note_with_findings_knows_where_its_text_comes_from() {
    let library = own(&[
        (
            "message/x",
            "{#\ntitle: x\nchannel: email\nneeds: [talk]\nmay: [me.role]\nsubject: 'On  {{ talk.what }}  now'\n#}\n\n\
             Hi {{ contact.first_name }},\n{# c #}\n{{ talk.what }}{% for f in facts %}, {{ f.what | upper }}{% endfor %}\n\
             {%- include \"parts/sign\" %}\n",
        ),
        ("parts/sign", "{% if me.role %} {{ me.role }}{% endif %}"),
    ]);
    let ana = person(
        "- first_name: ANA\n  facts: [{ place: Leith }, { talk: she spoke well }, { talk: her figs, detail: on air }]",
    );
    let jo = person("- { first_name: Jo, role: baker }");
    let request =
        Request { kind: Some(Kind::Message), channel: Some(Channel::Email), me: Some(&jo), ..Request::default() };
    let clean = library.compose(&ana, &request, silent).unwrap();
    assert_eq!(clean.document.pieces().len(), 1, "nothing must be located");
    let found = |_: &Document, _: &Context<'_>| vec![Diagnostic::new("x/y", Level::Error, "x", Span::new(0, 2))];
    let draft = library.compose(&ana, &request, found).unwrap();
    assert_eq!(draft.document.text(), draft.text);
    assert_eq!(
        origins(&library, &draft, &draft.document),
        [
            "`Hi `",
            "Some(Contact(\"first_name\"))",
            "`,\n`",
            "Some(Contact(\"facts[2].what\"))",
            "`, `",
            "made by {{ f.what | upper }}",
            "`, `",
            "made by {{ f.what | upper }}",
            "` `",
            "Some(Me(\"role\"))",
        ]
    );
    let subject = draft.subject_document.as_ref().unwrap();
    assert_eq!(Some(subject.text()), draft.subject.as_deref());
    assert_eq!(origins(&library, &draft, subject), ["`On `", "Some(Contact(\"facts[2].what\"))", "` `", "`now`"]);
    assert_eq!(draft.field("facts[0].what"), Some(Field::Contact("facts[0].what".into())));
    assert_eq!(draft.field("facts[1].what"), Some(Field::Contact("facts[2].what".into())));
    assert_eq!((draft.field("detail"), draft.field("facts[7].what"), draft.field("event.what")), (None, None, None));
}
