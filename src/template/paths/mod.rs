//! Every path of a template: one choice for each `if`, loop and fallback, as a document whose values are not filled in.
//!
//! The walk takes one path at a time through the tree of the template and of all it includes, extends and calls. What
//! it cannot decide it asks, and answers itself, one way on this path and the other way on a later one. Answers that no
//! person could give together are never given. Nothing is rendered; what filters make of typed text Tera is asked.

mod align;
mod ask;
mod choose;
mod component;
mod compute;
mod conditions;
mod cover;
mod document;
mod expression;
mod filter;
mod forest;
mod gaps;
mod names;
mod notes;
mod operator;
mod places;
mod print;
mod script;
mod search;
mod value;
mod variables;
mod walk;

#[cfg(test)]
pub(super) mod generate;
#[cfg(test)]
mod limit_tests;
#[cfg(test)]
mod oracle_tests;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::text::{Document, SourceSpan};

pub(crate) use gaps::{Gap, gaps};
pub(crate) use search::{walk, walk_subject, walk_telling};

/// The paths of a template.
#[derive(Debug)]
pub(crate) struct Paths {
    /// In the order of the template: what stands in it first.
    pub(crate) paths: Vec<Path>,
    pub(crate) coverage: Coverage,
    /// What could not be analysed, and why.
    pub(crate) unread: Vec<Unread>,
    /// Values that the template prints or uses though they may be missing.
    pub(crate) missing: Vec<Missing>,
    /// Branches that no person's note takes.
    pub(crate) dead: Vec<Dead>,
}

/// One way through a template.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    /// The note with a hole for each value; trimmed, as a note is.
    pub(crate) document: Document,
    /// Where it could have gone another way, in order.
    pub(crate) choices: Vec<Choice>,
    /// What each hole prints, in order: a value and the filters on it, `contact.first_name | upper`.
    pub(crate) fills: Vec<Arc<str>>,
    /// What a person has who gets this note: the places of the context that matter to it.
    pub(crate) person: Vec<Given>,
}

/// A question that a path answered one way and another path answers another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The condition, the operand or the loop.
    pub(crate) at: SourceSpan,
    /// Its words: `contact.company`, `detail >= 1`, `facts`.
    pub(crate) what: Arc<str>,
    pub(crate) taken: Taken,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    Yes,
    No,
    /// So many rounds of a loop.
    Rounds(usize),
    /// One of few values.
    Value(Arc<str>),
}

impl Choice {
    /// In words: `contact.company is missing`, `“detail >= 1” holds`.
    pub(crate) fn told(&self) -> String {
        let is_path = |what: &str| what.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '[' | ']'));
        let (what, taken) = match (self.what.strip_prefix("not "), &self.taken) {
            (Some(rest), Taken::Yes) if is_path(rest) => (rest, &Taken::No),
            (Some(rest), Taken::No) if is_path(rest) => (rest, &Taken::Yes),
            (_, taken) => (&*self.what, taken),
        };
        match taken {
            Taken::Yes if is_path(what) => format!("{what} is there"),
            Taken::No if is_path(what) => format!("{what} is missing"),
            Taken::Yes => format!("“{what}” holds"),
            Taken::No => format!("“{what}” does not hold"),
            Taken::Rounds(0) => format!("{what} is empty"),
            Taken::Rounds(rounds) => format!("{what} has {rounds}"),
            Taken::Value(value) => format!("{what} is {value}"),
        }
    }
}

/// Something a path supposes of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// `contact.company`, `facts`, or the words of a condition.
    pub(crate) path: Arc<str>,
    pub(crate) is: Is,
}

/// What is supposed of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Is {
    Absent,
    There,
    /// The value, as it would be printed.
    Value(Arc<str>),
}

/// How much of a template its paths show.
#[derive(Clone, Debug, PartialEq)]
pub enum Coverage {
    /// All that are possible.
    All {
        /// How many.
        paths: usize,
    },
    /// Some of them.
    Cover {
        /// How many.
        paths: usize,
        /// About how many are possible.
        possible: f64,
        /// Outcomes of branches.
        branches: Tally,
        /// Two outcomes of different branches on one path.
        pairs: Tally,
    },
}

/// How many of a kind were covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All there are.
    pub total: usize,
    /// Those that a path shows.
    pub covered: usize,
    /// Those that no path can have. What is neither is not known.
    pub impossible: usize,
}

/// Something that could not be analysed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) at: SourceSpan,
    pub(crate) why: String,
}

/// A value that may be missing where it is used.
#[derive(Clone, Debug)]
pub(crate) struct Missing {
    pub(crate) at: SourceSpan,
    /// `contact.company`
    pub(crate) path: String,
    pub(crate) effect: Effect,
    /// The shortest way there.
    pub(crate) choices: Vec<Choice>,
}

/// What a missing value does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// No note is made.
    Fails,
    /// Nothing is printed, without complaint.
    PrintsNothing,
}

/// A branch that no path takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dead {
    /// The condition, the operand or the loop.
    pub(crate) at: SourceSpan,
    pub(crate) what: Arc<str>,
    /// The answer that is never given.
    pub(crate) never: Taken,
}
