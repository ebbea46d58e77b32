use serde_json::json;

use super::Tally;
use crate::diagnostic::Setting;
use crate::rule::pack::SpecError;
use crate::rule::spec::RuleSpec;
use crate::rule::{RuleSet, Selection};

/// How the words of a trial are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// In the phrase language.
    Phrase,
    /// As a regular expression.
    Pattern,
}

/// The id of a trial's only rule.
const ID: &str = "try/it";

/// A phrase on trial: the rules of one who has only a rule with this phrase, which finds it in notes of every kind, channel
/// and language.
#[derive(Debug)]
pub struct Trial {
    rules: RuleSet,
}

impl Trial {
    /// Puts a phrase on trial. With `exact`, capitals matter.
    ///
    /// # Errors
    /// What is wrong with it; `at` is its byte.
    ///
    /// # Panics
    /// Never: the rule around the phrase has the shape of a rule file.
    pub fn new(words: &str, wording: Wording, exact: bool) -> Result<Self, SpecError> {
        let mut rule = json!({
            "summary": "On trial", "level": "warning", "language": "any", "message": "found", "examples": {},
        });
        match wording {
            Wording::Phrase => rule["phrases"] = json!([words]),
            Wording::Pattern => rule["pattern"] = json!(words),
        }
        if exact {
            rule["case"] = json!("exact");
        }
        let spec: RuleSpec = serde_json::from_value(rule).expect("this is the shape of a rule file");
        let (rules, mut errors) = RuleSet::builtin().with(&[RuleSpec { id: ID.to_owned(), ..spec }]);
        if let Some((_, error)) = errors.pop() {
            return Err(error);
        }
        let levels = vec![("*".to_owned(), Setting::Off), (ID.to_owned(), Setting::On)];
        Ok(Self { rules: rules.select(&Selection { levels }) })
    }

    /// The rules to lint with.
    #[must_use]
    pub const fn rules(&self) -> &RuleSet {
        &self.rules
    }
}

/// What hits on good and bad notes suggest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// No note has it.
    Nothing,
    /// Bad notes have it and good ones do not.
    OnlyBad,
    /// Good notes have it and bad ones do not.
    OnlyGood,
    /// Bad notes have it more often than good ones: their intervals do not meet.
    MoreBad,
    /// Good and bad notes have it; which have it more often cannot be told from so few.
    Unclear,
}

impl Signal {
    /// What the hits of a rule suggest.
    #[must_use]
    pub fn of(tally: Tally) -> Self {
        let (good, bad) = (tally.good_flagged(), tally.recall());
        match (good.count, bad.count) {
            (0, 0) => Self::Nothing,
            (0, _) => Self::OnlyBad,
            (_, 0) => Self::OnlyGood,
            _ if good.interval().zip(bad.interval()).is_some_and(|(good, bad)| good.high < bad.low) => Self::MoreBad,
            _ => Self::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::lint::Linter;
    use crate::text::Document;

    fn found<'t>(trial: &Trial, text: &'t str) -> Vec<&'t str> {
        let found = Linter::new(trial.rules()).session().lint(&Document::from_text(text), &Context::default());
        found.iter().map(|found| &text[found.span.range()]).collect()
    }

    #[test]
    fn finds_a_phrase_and_nothing_else() {
        let text = "Hi Ana, I came across your profile and would LOVE to pick your brain.";
        let phrase = Trial::new("would (really)? love", Wording::Phrase, false).unwrap();
        assert_eq!(found(&phrase, text), ["would LOVE"]);
        let exact = Trial::new("would love", Wording::Phrase, true).unwrap();
        assert_eq!(found(&exact, text), [""; 0]);
        let pattern = Trial::new("p[a-z]+ile", Wording::Pattern, false).unwrap();
        assert_eq!(found(&pattern, text), ["profile"]);
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        for (words, wording, at) in
            [("follow-up", Wording::Phrase, 6), ("a(b", Wording::Pattern, 1), ("", Wording::Phrase, 0)]
        {
            assert_eq!(Trial::new(words, wording, false).unwrap_err().at, at, "{words}");
        }
    }

    #[test]
    fn hits_on_good_notes_count_against_a_phrase() {
        let of = |flagged, caught| Signal::of(Tally { good: 50, flagged, bad: 50, caught, ..Tally::default() });
        assert_eq!(of(0, 0), Signal::Nothing);
        assert_eq!(of(0, 1), Signal::OnlyBad);
        assert_eq!(of(3, 0), Signal::OnlyGood);
        assert_eq!(of(1, 30), Signal::MoreBad);
        assert_eq!(of(2, 4), Signal::Unclear);
    }
}
