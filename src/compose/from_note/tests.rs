use super::*;
use crate::compose::Outcome;
use crate::contact::from_yaml;
use crate::template::TemplateFile;

const ANA: &str = "\
- first_name: ANA
  last_name: Ruiz
  company: Fennel Foods
  role: product designer
  facts:
    - { talk: her talk at RiskMinds, detail: about model drift, when: 2026-10-07 }
    - { post: her accessibility blog, detail: the piece on donate buttons }
    - { event: SEBA spring mixer }
    - { mutual: \"Jo Ramirez, who taught us\" }
    - { conversation: she asked for the advert }
";

fn person(yaml: &str) -> Contact {
    let (mut people, found) = from_yaml(yaml);
    assert_eq!(found, []);
    people.swap_remove(0)
}

fn me() -> Contact {
    person("- { first_name: Noor, last_name: Haddad, company: Polar, role: actuary }")
}

fn note<'a>(text: &'a str, contact: &'a Contact, me: &'a Contact) -> GoodNote<'a> {
    GoodNote {
        text,
        subject: None,
        contact,
        me: Some(me),
        language: "en",
        channel: None,
        account: None,
        today: "2026-10-14".parse().ok(),
    }
}

/// The template's body for a note to Ana from Noor.
fn body(text: &str) -> (String, Vec<String>) {
    let (ana, me) = (person(ANA), me());
    let made = Library::builtin().template_from("message/own", None, &note(text, &ana, &me));
    assert_eq!(made.trouble, None, "{}", made.text);
    let body = made.text.split_once("#}").unwrap().1.trim().to_owned();
    (body, made.left.iter().map(|left| format!("{}: {}", left.words, left.why)).collect())
}

#[test]
fn what_is_known_becomes_variables() {
    for (note, template) in [
        ("Hi Ana, thank you.\nNoor", "Hi {{ contact.first_name }}, thank you.\n{{ me.first_name }}"),
        (
            "Dear Ana Ruiz, I heard your talk at RiskMinds about model drift last week.",
            "Dear {{ contact.first_name }} {{ contact.last_name }}, I heard {{ talk.what }}{% if talk.when %} {{ talk.when | ago }}{% endif %}.",
        ),
        (
            "Hi Ana, your accessibility blog, above all the piece on donate buttons, helped us.",
            "Hi {{ contact.first_name }}, {{ post.what }}{% if post.detail %}, above all {{ post.detail }},{% endif %} helped us.",
        ),
        ("The SEBA spring mixer was fun, Ana.", "{{ event.what | capfirst }} was fun, {{ contact.first_name }}."),
        ("Ana, Jo Ramirez suggested it.", "{{ contact.first_name }}, {{ mutual.what }} suggested it."),
        (
            "I am Noor Haddad, an actuary at Polar. Fennel Foods’s bread is good.",
            "I am {{ me.first_name }} {{ me.last_name }}, {{ me.role | a_or_an }} at {{ me.company }}. {{ contact.company }}’s bread is good.",
        ),
        (
            "Ana's, O'Ana, Ana-Maria, Anas, ana@ana.org",
            "{{ contact.first_name }}'s, O'Ana, Ana-Maria, Anas, ana@ana.org",
        ),
        (
            "{{ Ana }} {%{Ana}",
            "{{ \"{{\" }} {{ contact.first_name }} }} {{ \"{%\" }}{{ \"{\" }}{{ contact.first_name }}}",
        ),
        ("Hi,\r\nAna", "Hi,\r\n{{ contact.first_name }}"),
    ] {
        assert_eq!(body(note).0, template);
    }
}

#[test]
fn what_is_left_is_said() {
    for (note, left) in [
        (
            "Hi Ana, I liked your talk at RiskMinds.",
            vec!["RiskMinds: talk.what would print “your talk at RiskMinds about model drift”"],
        ),
        ("Hi Ana, Fennel does well.", vec!["Fennel: contact.company is “Fennel Foods”"]),
        (
            "Hi Ana, your accessibility blog is good and the piece on donate buttons made me laugh.",
            vec![
                "donate buttons: post.detail would print “the piece on donate buttons”, and it must be possible to leave it out",
            ],
        ),
        (
            "Hi Ana, you asked for the advert.",
            vec![
                "advert: the conversation “she asked for the advert” cannot be printed: it is a sentence, and a note needs the thing itself",
            ],
        ),
        (
            "Hi Ana. Last week I heard your talk at RiskMinds about model drift.",
            vec!["Last week: it is the day of the talk: right behind talk.what it becomes {{ talk.when | ago }}"],
        ),
        ("Hi Ana, it was fun.", vec![]),
    ] {
        assert_eq!(body(note).1, left, "{note}");
    }
}

#[test]
fn the_file_has_invented_people_and_their_notes() {
    let (ana, me) = (person(ANA), me());
    let text = "Dear Ana, I heard your talk at RiskMinds about model drift last week. I work as an actuary.\nNoor";
    let made = Library::builtin().template_from("invite/own", None, &note(text, &ana, &me));
    assert_eq!(made.trouble, None);
    let file = "\
{#
title: You heard them speak
needs: [talk, me.role, me.first_name]
# Invented people, and the note that each should get: `cordial template test` compares them.
samples:
  - first_name: Tessa
    facts: [{ talk: her talk on tide tables, when: 2026-09-30 }]
    from: { first_name: Noa, role: translator }
    today: 2026-10-07
    note: |
      Dear Tessa, I heard your talk on tide tables last week. I work as a translator.
      Noa
  - first_name: Beryl
    facts: [{ talk: her talk on tide tables }]
    from: { first_name: Noa, role: translator }
    note: |
      Dear Beryl, I heard your talk on tide tables. I work as a translator.
      Noa
#}
Dear {{ contact.first_name }}, I heard {{ talk.what }}{% if talk.when %} {{ talk.when | ago }}{% endif %}. I work as {{ me.role | a_or_an }}.
{{ me.first_name }}
";
    assert_eq!(made.text, file);
}

#[test]
fn nothing_of_the_real_people_stands_in_the_file() {
    let (ana, me) = (person(ANA), me());
    let text = "Dear Ana Ruiz of Fennel Foods, your talk at RiskMinds about model drift and your accessibility blog, above all the piece on donate buttons, were good. The SEBA spring mixer too, says Jo Ramirez.\nNoor Haddad, an actuary at Polar";
    let made = Library::empty().template_from("message/own", None, &note(text, &ana, &me));
    assert_eq!((made.trouble, made.left), (None, vec![]));
    for word in [
        "Ana",
        "ANA",
        "Ruiz",
        "Fennel",
        "RiskMinds",
        "drift",
        "accessibility",
        "donate",
        "SEBA",
        "Jo ",
        "Noor",
        "Haddad",
        "actuary",
        "Polar",
        "2026-10-07 }",
    ] {
        assert!(!made.text.contains(word), "{word} in {}", made.text);
    }
}

#[test]
fn invented_people_are_as_short_as_the_note_needs() {
    let bo = person("- { first_name: Bo, facts: [{ talk: figs }] }");
    let text = format!("Hi Bo, your talk on figs {}", "x".repeat(200 - 25));
    let made = Library::empty().template_from("invite/own", None, &note(&text, &bo, &me()));
    assert_eq!(made.trouble, None);
    assert!(
        made.text.contains("first_name: Jo\n    facts: [{ talk: oats }]") && made.text.contains("note: |"),
        "{}",
        made.text
    );
    let text = format!("{text}x");
    let made = Library::empty().template_from("invite/own", None, &note(&text, &bo, &me()));
    assert!(matches!(made.trouble, Some(Trouble::None(_))), "{:?}", made.trouble);
}

#[test]
fn a_subject_is_turned_too() {
    let (ana, me) = (person(ANA), me());
    let note = GoodNote {
        subject: Some("Ana: your talk at RiskMinds {{"),
        channel: Some(Channel::Email),
        ..note("Hi Ana.", &ana, &me)
    };
    let made = Library::empty().template_from("message/own", None, &note);
    assert_eq!(made.trouble, None);
    let line =
        "channel: email\nneeds: [talk]\nsubject: \"{{ contact.first_name }}: {{ talk.what }} {{ \\\"{{\\\" }}\"\n";
    assert!(made.text.contains(line), "{}", made.text);
    assert!(made.text.contains("    subject: \"Tessa: your talk on tide tables {{\"\n"), "{}", made.text);
}

#[test]
fn a_name_that_is_a_word_is_one_only_where_a_mark_follows() {
    let contact = person("- { first_name: Will, last_name: Grace, facts: [{ talk: figs }, { talk: peat }] }");
    let me = person("- { first_name: Will }");
    let text = "Hi Will, Will you be there? Your talk on peat helped. So did your talk on figs, Will Grace.\nWill";
    let made = Library::empty().template_from("message/own", Some("x"), &note(text, &contact, &me));
    let body = made.text.split_once("#}\n").unwrap().1;
    assert_eq!(
        body,
        "Hi {{ contact.first_name }}, Will you be there? Your talk on peat helped. So did {{ talk.what }}, \
         {{ contact.first_name }} {{ contact.last_name }}.\n{{ me.first_name }}\n"
    );
    let left: Vec<_> = made.left.iter().map(|left| format!("{}: {}", left.words, left.why)).collect();
    assert_eq!(left, ["peat: a template sees one talk, and it is another one"]);
}

#[test]
fn of_two_facts_of_a_kind_the_person_may_be_told_the_other() {
    let contact = person("- { first_name: Bo, facts: [{ talk: figs }, { talk: peat }] }");
    let text = "Hi Bo, your talk on peat helped.";
    let made = Library::empty().template_from("message/own", Some("x"), &note(text, &contact, &me()));
    assert!(made.text.ends_with("#}\nHi {{ contact.first_name }}, {{ talk.what }} helped.\n"), "{}", made.text);
    assert_eq!(made.trouble, Some(Trouble::Other("Hi Bo, your talk on figs helped.".to_owned())));
}

#[test]
fn in_another_language_facts_stand_as_they_were_written() {
    let jana = person("- { first_name: Jana, facts: [{ talk: Modelle altern, when: 2026-10-07 }] }");
    let text = "Hallo Jana, ich habe letzte Woche deinen Vortrag „Modelle altern“ gehört.";
    let note = GoodNote { language: "de", ..note(text, &jana, &jana) };
    let made = Library::empty().template_from("message/own", None, &note);
    assert_eq!((&made.trouble, &made.left), (&None, &vec![]));
    let body = "Hallo {{ contact.first_name }}, ich habe{% if talk.when %} {{ talk.when | ago }}{% endif %} deinen Vortrag „{{ talk.what }}“ gehört.\n";
    assert!(made.text.ends_with(body) && made.text.contains("language: de\n"), "{}", made.text);
}

#[test]
fn a_short_form_of_the_name_is_said_where_it_greets() {
    let katherine = person("- { first_name: Katherine }");
    for (text, left) in [("Hi Kate, it was fun.", 1), ("Kate, it was fun.", 1), ("It was fun. Kate Bush sang.", 0)] {
        let made = Library::empty().template_from("message/own", Some("x"), &note(text, &katherine, &katherine));
        assert_eq!(made.left.len(), left, "{text}: {:?}", made.left);
    }
}

/// A note made of these pieces; `@field` stands for what is known, in the words that are printed of it.
fn written(pieces: &[String], contact: &Contact, me: &Contact) -> String {
    let request = Request { me: Some(me), today: "2026-10-14".parse().ok(), ..Request::default() };
    let order = Order::new(contact, &request);
    let values = value::values(&order, DETAIL);
    let known = |piece: &String| match piece.strip_prefix('@').and_then(|number| number.parse::<usize>().ok()) {
        Some(number) if !values.is_empty() => values[number % values.len()].words.clone(),
        _ => piece.clone(),
    };
    pieces.iter().map(known).collect::<String>().trim().to_owned()
}

fn pieces() -> impl proptest::strategy::Strategy<Value = Vec<String>> {
    use proptest::prelude::*;
    let code = prop::sample::select(vec![
        "{",
        "}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "{% raw %}",
        "{% endraw %}",
        "{% if talk %}",
        "{% endif %}",
        "{{ contact }}",
        "-",
        "{%-",
        "-%}",
        "\\",
        "\"",
    ]);
    let marks = prop::sample::select(vec![
        " ",
        " ",
        " ",
        ", ",
        ". ",
        "\n",
        "\r\n",
        "\n\n",
        "'s ",
        "’s ",
        " (",
        ") ",
        "-",
        "! ",
        "? ",
        "; ",
        ": ",
        " – ",
        "\t",
        "\u{a0}",
        "\u{301}",
        "👩‍💻",
        "\u{fffc}",
        "\u{200d}",
        "\u{feff}",
    ]);
    let words = prop::sample::select(vec![
        "Hi",
        "I heard",
        "above all",
        "at",
        "Ana",
        "ana",
        "Will",
        "will",
        "RiskMinds",
        "last week",
        "Last week",
        "the piece",
        "your",
        "Noor",
        "Polar",
        "Zoë",
        "und",
        "thank you",
        "--- ",
        "title: x",
        "# ",
    ]);
    let known = (0_usize..40).prop_map(|number| format!("@{number}"));
    let piece = prop_oneof![
        4 => known,
        2 => words.prop_map(str::to_owned),
        4 => marks.prop_map(str::to_owned),
        2 => code.prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..24)
}

const WILL: &str = r##"- first_name: Will
  last_name: Öz-Noor
  company: Polar
  role: actuary
  profile: linkedin.com/in/will
  facts:
    - { event: RustConf, when: 2026-10 }
    - { post: figs, when: 2025 }
    - { place: Leith }
    - { work: actuary }
    - { project: the parser, detail: 'the part on "{{" and "}}"' }
    - { news: "her #} {{ prize }}", when: 2026-10-13 }
"##;

proptest::proptest! {
    /// The contract of the whole module.
    #[test]
    fn the_template_gives_the_note_back_byte_for_byte(
        pieces in pieces(), about in pieces(), ana: bool, no_me: bool, mail: bool,
    ) {
        let contact = person(if ana { ANA } else { WILL });
        let me = if no_me { Contact::default() } else { me() };
        let text = written(&pieces, &contact, &me);
        proptest::prop_assume!(!text.trim_matches('\u{feff}').trim().is_empty());
        let subject = written(&about, &contact, &me).split_whitespace().collect::<Vec<_>>().join(" ");
        let mail = mail && !subject.is_empty();
        let note = GoodNote {
            me: (!no_me).then_some(&me),
            subject: mail.then_some(&subject),
            channel: mail.then_some(Channel::Email),
            ..note(&text, &contact, &me)
        };
        let library = Library::empty();
        let made = library.template_from("message/own", Some("x #} y"), &note);
        proptest::prop_assert_eq!(&made.trouble, &None, "{}", made.text);
        // Nothing is wrong with the file, and its people get the notes that it says.
        let file = TemplateFile { id: "message/own".into(), name: "own".into(), text: made.text.clone() };
        let (library, file, slips) = library.with_file(file);
        proptest::prop_assert_eq!(&slips, &[], "{}", made.text);
        let reading = library.read_samples(file, None, |_, _| Vec::new());
        proptest::prop_assert_eq!(&reading.findings, &[], "{}", made.text);
        proptest::prop_assert!(!reading.notes.is_empty());
        for note in &reading.notes {
            proptest::prop_assert_eq!(note.outcome(), Outcome::Same, "{}", made.text);
        }
    }
}
