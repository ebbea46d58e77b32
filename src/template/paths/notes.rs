//! What the walk notes on its way: the questions it met, what it could not read, and what may be missing.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Choice, Dead, Effect, Missing, Taken, Unread};
use crate::text::SourceSpan;

/// Things of a sort that are reported at most; more tell nobody anything.
const MOST: usize = 200;

/// A question of the template: which arm of an `if`, whether an operand is there, how many rounds of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Question(pub(super) u32);

/// A question answered one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Outcome {
    pub(super) question: Question,
    /// Its place among the answers.
    pub(super) answer: u8,
}

/// The answers of a question, as they are shown.
#[derive(Debug)]
struct Shown {
    answers: Vec<Choice>,
    /// The answers it was given on some path.
    given: u64,
    sort: Sort,
}

/// What kind of question it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// The arms of an `if`: an answer says no to all before it.
    Arms,
    /// Answers that each lead somewhere.
    Answers,
    /// Answers that nobody misses when they are never given.
    Counts,
}

/// What is noted on all paths together.
#[derive(Debug, Default)]
pub(super) struct Notes {
    questions: Vec<Shown>,
    by_place: FxHashMap<SourceSpan, Question>,
    unread: Vec<Unread>,
    known_unread: FxHashSet<(SourceSpan, String)>,
    missing: Vec<Missing>,
}

/// The words of a condition on one line.
pub(super) fn words(text: &str) -> Arc<str> {
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

impl Notes {
    /// The question at a place, with its answers.
    pub(super) fn question(&mut self, at: SourceSpan, sort: Sort, answers: impl FnOnce() -> Vec<Choice>) -> Question {
        *self.by_place.entry(at).or_insert_with(|| {
            let question = Question(u32::try_from(self.questions.len()).unwrap_or(u32::MAX));
            self.questions.push(Shown { answers: answers(), given: 0, sort });
            question
        })
    }

    fn shown(&self, question: Question) -> &Shown {
        &self.questions[question.0 as usize]
    }

    /// Marks outcomes that a path has.
    pub(super) fn reach(&mut self, outcomes: impl IntoIterator<Item = Outcome>) {
        for outcome in outcomes {
            self.questions[outcome.question.0 as usize].given |= bit(outcome);
        }
    }

    /// The choices that some outcomes stand for, each once.
    pub(super) fn choices(&self, outcomes: impl IntoIterator<Item = Outcome>) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        for outcome in outcomes {
            let shown = self.shown(outcome.question);
            let at = usize::from(outcome.answer);
            let before = if shown.sort == Sort::Arms { &shown.answers[..at] } else { &[] };
            let before = before.iter().map(|choice| Choice { taken: Taken::No, ..choice.clone() });
            for choice in before.chain(shown.answers.get(at).cloned()) {
                if !choices.contains(&choice) {
                    choices.push(choice);
                }
            }
        }
        choices
    }

    /// All outcomes of all questions.
    pub(super) fn outcomes(&self) -> Vec<Outcome> {
        let of = |(at, shown): (u32, &Shown)| {
            let answers = 0..u8::try_from(shown.answers.len()).unwrap_or(u8::MAX);
            answers.map(move |answer| Outcome { question: Question(at), answer })
        };
        (0_u32..).zip(&self.questions).flat_map(of).collect()
    }

    pub(super) fn is_reached(&self, outcome: Outcome) -> bool {
        self.shown(outcome.question).given & bit(outcome) != 0
    }

    /// The outcomes that no path has, of those that `is_proven`.
    pub(super) fn dead(&self, is_proven: impl Fn(Outcome) -> bool) -> Vec<Dead> {
        let matters = |outcome: &Outcome| self.shown(outcome.question).sort != Sort::Counts;
        let never = self.outcomes().into_iter().filter(|outcome| !self.is_reached(*outcome) && matters(outcome));
        let never = never.filter(|outcome| is_proven(*outcome));
        let choice = |outcome: Outcome| self.shown(outcome.question).answers[usize::from(outcome.answer)].clone();
        never.map(choice).map(|Choice { at, what, taken }| Dead { at, what, never: taken }).collect()
    }

    pub(super) fn unread(&mut self, at: SourceSpan, why: &str) {
        if self.unread.len() < MOST && self.known_unread.insert((at, why.to_owned())) {
            self.unread.push(Unread { at, why: why.to_owned() });
        }
    }

    /// Notes a value that may be missing, on the way of `outcomes`.
    pub(super) fn missing(&mut self, at: SourceSpan, path: &str, effect: Effect, outcomes: &[Outcome]) {
        let known =
            self.missing.iter().position(|known| known.at == at && known.effect == effect && known.path == path);
        let is_longer = |known: usize| self.missing[known].choices.len() <= outcomes.len();
        if known.is_some_and(is_longer) || (known.is_none() && self.missing.len() >= MOST) {
            return;
        }
        let choices = self.choices(outcomes.iter().copied());
        let missing = Missing { at, path: path.to_owned(), effect, choices };
        match known {
            Some(known) => self.missing[known] = missing,
            None => self.missing.push(missing),
        }
    }

    pub(super) fn into_lists(self) -> (Vec<Unread>, Vec<Missing>) {
        (self.unread, self.missing)
    }
}

/// The bit of an outcome among those of its question.
const fn bit(outcome: Outcome) -> u64 {
    1 << if outcome.answer > 63 { 63 } else { outcome.answer }
}
