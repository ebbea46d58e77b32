use serde::{Deserialize, Serialize};

use crate::contact::{EventKind, FactKind};

/// The settings of `cadence`. Exactly one of `after`, `told`, `untold`, `repeats` and `weekdays` says what is looked at.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CadenceSpec {
    /// The last of these events in the contact's history.
    #[serde(default)]
    pub after: Vec<EventKind>,
    /// Events that settle it: after one of these nothing is found.
    #[serde(default)]
    pub until: Vec<EventKind>,
    /// Facts of these kinds, with a time, that the note tells in the sentence of a phrase.
    #[serde(default)]
    pub told: Vec<FactKind>,
    /// Facts of these kinds, with a time, of which the note tells none.
    #[serde(default)]
    pub untold: Vec<FactKind>,
    /// Per cent of the note's words that stand in an earlier note of the history.
    pub repeats: Option<usize>,
    /// The days of the week on which it is written.
    #[serde(default)]
    pub weekdays: Vec<Weekday>,
    /// A finding up to this many days after, not counting the last.
    pub within: Option<u32>,
    /// A finding from the day behind this many days on.
    pub beyond: Option<u32>,
    /// From this many days on a warning at most.
    pub warn_from: Option<u32>,
    /// A finding when more than this many events fall within the days, over all contacts.
    pub max: Option<usize>,
    /// Counts only events that have a text.
    #[serde(default)]
    pub with_text: bool,
    /// Reports only where one of these rules finds something: `pack/*` or ids; runs last.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Reports only where one of these phrases is, and marks it.
    #[serde(default)]
    pub phrases: Vec<String>,
}

/// A day of the week, in the order of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}
