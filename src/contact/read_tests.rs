use super::*;
use crate::contact::{EventKind, FactKind};

const ANA: &str = "\
# People
- id: ana
  first_name: Ana
  last_name: Ruíz  # with an accent
  company: 7
  role: yes
  profile: https://www.linkedin.com/in/ana
  language: de
  address: formal
  facts:
    - talk: Rust, the hard parts
      when: 2026-10
    - {kind: person, what: Jo Ramirez, detail: 'plays chess'}
    - role: structural engineer
  history:
    - { what: invited, on: 2026-10-03, text: \"Hi Ana\" }
    - { what: followed-up, on: 2026-10-20 }
";

/// The only person of a text that is right.
fn one(text: &str) -> Contact {
    let (contacts, found) = from_yaml(text);
    assert_eq!(found, []);
    contacts.into_iter().next().unwrap()
}

#[test]
fn reads_everything_that_can_be_said_of_a_person() {
    let ana = one(ANA);
    assert_eq!((ana.id.as_str(), ana.full_name().as_str()), ("ana", "Ana Ruíz"));
    assert_eq!(ana.company.as_deref(), Some("7"));
    assert_eq!(ana.role.as_deref(), Some("yes"));
    assert_eq!(
        ana.facts.iter().map(|fact| fact.kind).collect::<Vec<_>>(),
        [FactKind::Talk, FactKind::Mutual, FactKind::Work]
    );
    assert_eq!(ana.facts[0].what, "Rust, the hard parts");
    assert_eq!(ana.facts[0].when.as_deref(), Some("2026-10"));
    assert_eq!(ana.facts[1].detail.as_deref(), Some("plays chess"));
    assert_eq!(ana.history[0].text.as_deref(), Some("Hi Ana"));
    assert_eq!(ana.history[1].what, EventKind::FollowedUp);
}

#[test]
fn json_has_the_same_shape() {
    let ana = one(ANA);
    let json = serde_json::to_string(&ana).unwrap();
    assert_eq!(serde_json::from_str::<Contact>(&json).unwrap(), ana);
    let short = r#"{"first_name": "Ana", "company": 7, "role": null, "facts": [{"talk": "Rust", "when": 2026}]}"#;
    let ana: Contact = serde_json::from_str(short).unwrap();
    assert_eq!((ana.id.as_str(), ana.company.as_deref(), ana.role), ("ana", Some("7"), None));
    assert_eq!(ana.facts[0].when.as_deref(), Some("2026"));
    for (json, message) in [
        (r#"{"frist_name": "Ana"}"#, "a contact has no key `frist_name`: did you mean `first_name`?"),
        (r#"{"first_name": "Ana", "first_name": "Bo"}"#, "`first_name` is given twice"),
        (r#"{"company": "X"}"#, "this person has no `first_name`"),
    ] {
        let error = serde_json::from_str::<Contact>(json).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn a_bad_row_is_reported_at_its_place_and_the_others_load() {
    for (row, place, message, help) in [
        ("first_nam: Bo", "first_nam", "a contact has no key `first_nam`: did you mean `first_name`?", ""),
        ("company: Acme", "company: Acme", "this person has no `first_name`", ""),
        ("first_name: ''", "''", "expected text, found none", ""),
        ("first_name:", "", "expected text, found nothing", ""),
        ("first_name: Bo\n  company: [A]", "[A]", "expected text, found a list", "Write: company: \"[A]\""),
        ("first_name: Bo\n  language: German", "German", "“German” is not a language tag", ""),
        ("first_name: Bo\n  language: tlh", "tlh", "“tlh” is no language that cordial knows", ""),
        ("first_name: Bo\n  address: polite", "polite", "“polite” is not a way to address somebody", ""),
        ("first_name: Bo\n  id: Bo!", "Bo!", "“Bo!” cannot be an id", ""),
        ("first_name: Bo\n  id: nul", "nul", "“nul” cannot be an id: Windows", ""),
        ("first_name: Bo\n  facts: [{talc: x}]", "talc", "a fact has no key `talc`: did you mean `talk`?", ""),
        (
            "first_name: Bo\n  facts: [{kind: talc, what: x}]",
            "talc",
            "“talc” is not a kind of fact: did you mean talk?",
            "",
        ),
        ("first_name: Bo\n  facts:\n    - met her", "met her", "expected a fact with its kind, such as `talk: …`", ""),
        ("first_name: Bo\n  facts:\n    - talk:", "", "expected text, found nothing", ""),
        ("first_name: Bo\n  facts:\n    - talk: x\n      post: y", "talk: x", "`kind` is given twice", ""),
        ("first_name: Bo\n  facts:\n    - talk: x\n      when: May", "May", "“May” is not a time", ""),
        (
            "first_name: Bo\n  facts:\n    - talk: Rust: the hard parts",
            ": the",
            "a colon inside",
            "Write: talk: \"Rust: the hard parts\"",
        ),
        (
            "first_name: Bo\n  facts:\n    - group: @rustlang",
            "@rust",
            "YAML does not allow `@`",
            "Write: group: \"@rustlang\"",
        ),
        (
            "first_name: Bo\n  facts:\n    - post: [Re]thinking",
            "think",
            "the brackets",
            "Write: post: \"[Re]thinking\"",
        ),
        (
            "first_name: Bo\n  facts:\n    - event: #meetup",
            "#meetup",
            "`event` is empty: YAML takes",
            "Write: event: \"#meetup\"",
        ),
        (
            "first_name: Bo\n  history: [{what: invite, on: 2026-10-03}]",
            "invite,",
            "“invite” is not an event: did you mean invited?",
            "",
        ),
        ("first_name: Bo\n  history: [{what: sent, on: 3.10.2026}]", "3.10", "“3.10.2026” is not a day", ""),
        ("first_name: Bo\n  history: [{what: sent}]", "what: sent", "this event has no day", ""),
        ("Bo", "Bo", "expected a person (`first_name: …` and more), found “Bo”", ""),
    ] {
        for end in ["\n", "\r\n"] {
            let text = format!("- first_name: Ana\n- {row}\n- first_name: Cy\n").replace('\n', end);
            let (contacts, found) = from_yaml(&text);
            assert_eq!(contacts.iter().map(|contact| &*contact.id).collect::<Vec<_>>(), ["ana", "cy"], "{row}");
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].message.starts_with(message), "{row}: {found:?}");
            let at = &text[found[0].span.start..];
            assert!(at.starts_with(place), "{row}: {at}");
            assert!(found[0].help.as_deref().unwrap_or_default().starts_with(help), "{row}: {found:?}");
        }
    }
}

#[test]
fn a_cut_off_value_loads_with_a_warning() {
    let (contacts, found) =
        from_yaml("- first_name: Ana\n  facts:\n    - post: Issue #3  \n    - talk: C# 12 # heard it\n");
    assert_eq!(contacts[0].facts[0].what, "Issue");
    assert_eq!(contacts[0].facts[1].what, "C# 12");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].level, Level::Warning);
    assert_eq!(found[0].message, "`post` is read as “Issue”: YAML takes all from the # on for a comment");
    assert_eq!(found[0].help.as_deref(), Some("Write: post: \"Issue #3\""));
}

#[test]
fn what_is_no_list_of_people_is_said_so() {
    for text in ["first_name: Ana\n", "people:\n  - first_name: Ana\n", "Ana\n"] {
        let (contacts, found) = from_yaml(text);
        assert_eq!((contacts.len(), found.len()), (0, 1));
        assert_eq!(found[0].message, "contacts are a list of people");
    }
    assert_eq!(from_yaml("# nobody yet\n"), (Vec::new(), Vec::new()));
}

#[test]
fn ids_that_are_written_go_first_and_clashes_are_numbered() {
    let text = "- first_name: Ana\n- {id: ana, first_name: Anna}\n- first_name: ÁNA\n- {id: ana, first_name: Bo}\n";
    let (contacts, found) = from_yaml(text);
    assert_eq!(contacts.iter().map(|contact| &*contact.id).collect::<Vec<_>>(), ["ana-2", "ana", "ana-3"]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "the id `ana` belongs to Anna already");
    assert_eq!(&text[found[0].span.range()], "ana");
    assert_eq!(found[0].span.start, text.rfind("ana").unwrap());
}

proptest::proptest! {
    #[test]
    fn reading_never_panics_and_reports_places_in_the_text(
        text in "(- first_name: |  facts:\r?\n|    - talk: |  id: |\n|[-:#@'\"\\[\\]{}a-c ]|é|👍|\u{feff}){0,40}",
    ) {
        let (contacts, found) = from_yaml(&text);
        for diagnostic in found {
            assert!(text.get(diagnostic.span.range()).is_some(), "{diagnostic:?}");
        }
        let ids: HashSet<_> = contacts.iter().map(|contact| &contact.id).collect();
        assert_eq!(ids.len(), contacts.len());
        assert!(contacts.iter().all(|contact| crate::contact::check_id(&contact.id).is_ok() && !contact.first_name.is_empty()));
    }
}

#[test]
fn a_field_is_found_where_it_is_written() {
    let text = format!(
        "{ANA}- first_name: Bo\n  facts: [{{ talk: figs }}, {{ kind: event, what: RustConf }}]\n- first_name: Bo\n  company: Acme\n"
    );
    for (id, path, written) in [
        ("ana", "company", "7"),
        ("ana", "facts[0].what", "Rust, the hard parts"),
        ("ana", "facts[0].when", "2026-10"),
        ("ana", "facts[1].detail", "'plays chess'"),
        ("ana", "facts[1].kind", "person"),
        ("bo", "facts[0].what", "figs"),
        ("bo", "facts[0].kind", "talk"),
        ("bo", "facts[1].what", "RustConf"),
        ("bo-2", "company", "Acme"),
    ] {
        let span = field_of(&text, id, path).unwrap_or_else(|| panic!("{id} {path}"));
        assert_eq!(&text[span.range()], written, "{id} {path}");
    }
    for (id, path) in [("bo", "company"), ("cy", "first_name"), ("bo", "facts[7].what"), ("bo", "facts[0].when")] {
        assert_eq!(field_of(&text, id, path), None);
    }
    let broken = "- first_name: Ana\n  facts: [\n- first_name: Bo\n  role: baker\n";
    assert_eq!(field_of(broken, "bo", "role").map(|span| &broken[span.range()]), Some("baker"));
}
