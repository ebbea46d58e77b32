//! The language of a note is told from its words, and English is never taken for another one.

use std::collections::BTreeMap;

use cordial::context::Context;
use cordial::lint::Linter;
use cordial::rule::RuleSet;
use cordial::text::Document;

#[test]
fn short_notes_are_read_in_their_language() {
    let notes: BTreeMap<String, Vec<String>> =
        serde_yaml::from_str(include_str!("corpus/languages.yaml")).expect("lists of notes by language");
    let rules = RuleSet::builtin();
    let mut session = Linter::new(&rules).session();
    let mut wrong = Vec::new();
    for (language, texts) in notes {
        for text in texts {
            session.lint(&Document::from_text(text.as_str()), &Context::default());
            if session.language().as_str() != language {
                wrong.push(format!("{text} is read as {}, and is {language}", session.language()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What needs no words is checked in every language.
#[test]
fn rules_without_phrases_run_on_every_note() {
    let rules = RuleSet::builtin();
    let mut session = Linter::new(&rules).session();
    let note =
        "Hallo Ana, ich freue mich auf dich!!!! Hier ist mein Kalender: calendly.com/jo/15min {{firma}} 🎉🎉🎉🎉";
    let found = session.lint(&Document::from_text(note), &Context::default());
    let ids: Vec<_> = found.iter().map(|found| &*found.rule).collect();
    assert_eq!(session.language().as_str(), "de");
    for id in [
        "structure/exclamation-overuse",
        "spam/calendar-link",
        "generic/unfilled-placeholder",
        "structure/emoji-overuse",
    ] {
        assert!(ids.contains(&id), "{id} is not in {ids:?}");
    }
    let long = "Hallo Ana, ich habe deinen Vortrag gehört und er war gut. ".repeat(8);
    let found = session.lint(&Document::from_text(long), &Context::default());
    assert!(found.iter().any(|found| &*found.rule == "structure/over-limit"), "{found:?}");
}

/// Notes as good people write them. They share words with what the rules look for.
#[test]
fn good_notes_in_other_languages_are_not_flagged() {
    let notes: BTreeMap<String, Vec<String>> =
        serde_yaml::from_str(include_str!("corpus/good-notes.yaml")).expect("lists of notes by language");
    let rules = RuleSet::builtin();
    let mut session = Linter::new(&rules).session();
    let mut wrong = Vec::new();
    for (language, texts) in notes {
        for text in texts {
            let found = session.lint(&Document::from_text(text.as_str()), &Context::default());
            let grave = found.iter().filter(|found| found.level > cordial::diagnostic::Level::Suggestion);
            wrong.extend(grave.map(|found| format!("{text}: {} {}", found.rule, found.message)));
            if session.language().as_str() != language {
                wrong.push(format!("{text} is read as {}", session.language()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
