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
