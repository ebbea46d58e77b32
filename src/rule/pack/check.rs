//! The check of a rule, with its settings filled in.

use serde::{Deserialize, Serialize};

use crate::contact::{EventKind, FactKind};
use crate::diagnostic::CheckKind;
use crate::rule::spec::{
    AddressKind, Claim, DensitySpec, NameKind, Per, PlaceholderKind, RecipientKind, SamenessSpec, Weekday, WordingSpec,
};

/// The mechanism of a rule. The phrases of a check stand in the automaton under the rule's number.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Check {
    /// Phrases to find.
    Phrases,
    /// A regular expression, and what a note must have for it to match.
    Pattern {
        /// The expression.
        regex: String,
        /// Lower-case texts, one of which is in every match; none when there is no such list.
        needles: Vec<String>,
        /// Whether every match holds a digit.
        digit: bool,
        /// Whether every match holds something beyond ASCII.
        beyond_ascii: bool,
        /// Bytes of the shortest match.
        least: usize,
    },
    /// Replacements, in the order of the phrases.
    Swap(Vec<String>),
    /// Too many or too few.
    Count(Count),
    /// A run of equal words, or of sentences that hold a phrase.
    Repeat {
        /// How many in a row.
        run: usize,
        /// Whether sentences with a phrase are counted.
        phrases: bool,
    },
    /// None of the phrases.
    Requires,
    /// Weak signs that add up.
    Signs {
        /// So many points are a finding.
        at: i32,
        /// The points of each cue.
        points: Vec<i32>,
        /// The cue of each phrase.
        cues: Vec<usize>,
    },
    /// Words that stood in notes which readers minded.
    Wording(WordingSpec),
    /// Several rules in one note.
    Density(DensitySpec),
    /// Notes to different people that are one text.
    Sameness(SamenessSpec),
    /// Above this percentage of the limit.
    Length(usize),
    /// What a template left behind.
    Placeholder(PlaceholderKind),
    /// The wrong person's details.
    Recipient(RecipientKind),
    /// Facts were given and none is used.
    Unused {
        /// Whether a personal note without one of the phrases gets a suggestion at most.
        asks: bool,
    },
    /// The familiar and the polite form of address.
    Address {
        /// What is reported.
        kind: AddressKind,
        /// So many of the first phrases are familiar; the others are polite.
        familiar: usize,
        /// Whether capitals tell the forms apart.
        exact: bool,
    },
    /// Claims without a record: what each phrase claims.
    Claimed(Vec<Claim>),
    /// Far more of one thing than of another.
    Ratio(Ratio),
    /// How the reader's name is written.
    Name(NameKind),
    /// What has passed between the two, and when.
    Cadence(Cadence),
    /// Nothing in the note is only for its reader.
    Missing {
        /// Fewer person-specific words than this are a finding.
        below: usize,
    },
}

impl Check {
    /// Which of the check keys the rule's file has.
    #[must_use]
    pub const fn kind(&self) -> CheckKind {
        match self {
            Self::Phrases => CheckKind::Phrases,
            Self::Pattern { .. } => CheckKind::Pattern,
            Self::Swap(_) => CheckKind::Swap,
            Self::Count(_) => CheckKind::Count,
            Self::Repeat { .. } => CheckKind::Repeat,
            Self::Requires => CheckKind::Requires,
            Self::Signs { .. } => CheckKind::Signs,
            Self::Wording(_) => CheckKind::Wording,
            Self::Density(_) => CheckKind::Density,
            Self::Sameness(_) => CheckKind::Sameness,
            Self::Length(_) => CheckKind::Length,
            Self::Placeholder(_) => CheckKind::Placeholder,
            Self::Recipient(_) => CheckKind::Recipient,
            Self::Address { .. } => CheckKind::Address,
            Self::Unused { .. } | Self::Claimed(_) | Self::Missing { .. } => CheckKind::Grounding,
            Self::Ratio(_) => CheckKind::Ratio,
            Self::Name(_) => CheckKind::Name,
            Self::Cadence(_) => CheckKind::Cadence,
        }
    }

    /// The number of hits below which the check finds nothing; 0 where it may find something without any.
    #[must_use]
    pub fn least_hits(&self) -> usize {
        match self {
            Self::Phrases
            | Self::Swap(_)
            | Self::Claimed(_)
            | Self::Address { .. }
            | Self::Recipient(RecipientKind::Company) => 1,
            // As many of the weightiest sign as make the sum.
            Self::Signs { at, points, .. } => {
                let most = points.iter().copied().max().unwrap_or(0).max(1).unsigned_abs();
                at.max(&1).unsigned_abs().div_ceil(most) as usize
            }
            Self::Cadence(Cadence { phrases: true, .. }) => 1,
            Self::Ratio(ratio) if ratio.min_of > 0 => ratio.min_of,
            Self::Ratio(_) => 1,
            Self::Repeat { run, phrases: true } => *run,
            Self::Count(Count { of: Counted::Phrases, min: None, max: Some(max), .. }) => *max + 1,
            _ => 0,
        }
    }

    /// Whether the check judges the note, so that a finding may mark what the writer gave.
    #[must_use]
    pub const fn is_about_the_note(&self) -> bool {
        matches!(
            self,
            Self::Requires
                | Self::Length(_)
                | Self::Count(_)
                | Self::Signs { .. }
                | Self::Wording(_)
                | Self::Ratio(_)
                | Self::Unused { .. }
                | Self::Missing { .. }
                | Self::Name(_)
                | Self::Cadence(_)
        )
    }

    /// Whether the check goes by words that good notes have as well, so that a note which reads well otherwise is given the
    /// benefit of the doubt.
    #[must_use]
    pub const fn goes_by_words(&self) -> bool {
        matches!(
            self,
            Self::Phrases | Self::Swap(_) | Self::Ratio(_) | Self::Requires | Self::Signs { .. } | Self::Density(_)
        )
    }

    /// Whether the check looks at what the other rules found, and so runs behind them.
    #[must_use]
    pub fn runs_last(&self) -> bool {
        match self {
            Self::Density(_) => true,
            Self::Cadence(cadence) => !cadence.rules.is_empty(),
            _ => false,
        }
    }
}

/// What `ratio` compares.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Ratio {
    /// How many of the phrases, from the first, are those there can be too many of.
    pub of: usize,
    /// Fewer of these are never a finding.
    pub min_of: usize,
    /// More for each of the others are one.
    pub max: usize,
}

/// What `cadence` looks at, and how long ago it has to be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cadence {
    /// What is looked at.
    pub of: Watched,
    /// Fewer days than this are a finding.
    pub within: Option<u32>,
    /// More days than this are one.
    pub beyond: Option<u32>,
    /// From this many days on it is a warning at most.
    pub warn_from: Option<u32>,
    /// The rules of which one has to find something; none when empty.
    pub rules: Vec<String>,
    /// Whether one of its phrases has to be in the note.
    pub phrases: bool,
}

/// What `cadence` looks at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Watched {
    /// The last of these events, unless one of `until` came after it.
    After {
        /// What happened.
        events: Vec<EventKind>,
        /// What settles it.
        until: Vec<EventKind>,
    },
    /// How many of these events there were, over all contacts.
    Volume {
        /// What happened.
        events: Vec<EventKind>,
        /// More than this are a finding.
        max: usize,
        /// Whether only events with a text count.
        with_text: bool,
    },
    /// Facts of these kinds that the note tells.
    Told(Vec<FactKind>),
    /// Facts of these kinds that the note does not tell.
    Untold(Vec<FactKind>),
    /// Per cent of the note that stands in an earlier one.
    Repeats(usize),
    /// The day of the week.
    Weekdays(Vec<Weekday>),
}

/// What `count` compares.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Count {
    /// What is counted.
    pub of: Counted,
    /// Over what.
    pub per: Per,
    /// Fewer is a finding.
    pub min: Option<usize>,
    /// More is a finding.
    pub max: Option<usize>,
}

/// What can be counted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Counted {
    /// Written words.
    Words,
    /// Sentences.
    Sentences,
    /// Sentences that ask.
    Questions,
    /// UTF-16 code units.
    Units,
    /// The years of school that its reader needs.
    Grade,
    /// These marks.
    Marks(String),
    /// The rule's phrases, or the class given as one.
    Phrases,
}
