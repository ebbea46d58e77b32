use serde::{Deserialize, Serialize};

use crate::context::Kind;
use crate::diagnostic::CheckKind;
use crate::rule::spec::{
    AddressKind, Claim, DensitySpec, Evidence, Example, Levels, Per, PlaceholderKind, RecipientKind, Run, SamenessSpec,
};

/// A rule as it is run: checked, with its defaults filled in. Its phrases are in the pack's automaton.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// `<pack>/<name>`.
    pub id: String,
    /// One line: what it finds.
    pub summary: String,
    /// Level by kind of note; `None` where it does not apply.
    pub levels: [Option<crate::diagnostic::Level>; 3],
    /// Whether it runs without being selected.
    pub run: Run,
    /// The channels it applies to; all when empty.
    pub channels: Vec<String>,
    /// The language of its phrases; `None` runs always.
    pub language: Option<String>,
    /// Whether capitals matter.
    pub exact: bool,
    /// Its mechanism.
    pub check: Check,
    /// Whether it has `when` phrases.
    pub when: bool,
    /// Least number of different hits.
    pub min: usize,
    /// What is printed.
    pub message: String,
    /// What to do instead.
    pub help: Option<String>,
}

impl Rule {
    /// The rule's pack: `pushy` of `pushy/bump`.
    #[must_use]
    pub fn pack(&self) -> &str {
        self.id.split_once('/').map_or(&*self.id, |(pack, _)| pack)
    }

    /// The language of its phrases, if it is another one than English.
    #[must_use]
    pub fn foreign(&self) -> Option<&str> {
        self.language.as_deref().filter(|language| *language != "en")
    }

    /// The id, for a rule in another language than English with that behind a dot: `pushy/bump.de`.
    #[must_use]
    pub fn name(&self) -> String {
        self.foreign().map_or_else(|| self.id.clone(), |language| format!("{}.{language}", self.id))
    }

    /// Where a built-in rule's page is, from the root of the project: `docs/rules/pushy/bump.md`.
    #[must_use]
    pub fn page(&self) -> String {
        format!("docs/rules/{}.md", self.name())
    }

    /// The level for a kind of note.
    #[must_use]
    pub fn level(&self, kind: Kind) -> Option<crate::diagnostic::Level> {
        Levels(self.levels).of(kind)
    }
}

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
    Unused,
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
            Self::Density(_) => CheckKind::Density,
            Self::Sameness(_) => CheckKind::Sameness,
            Self::Length(_) => CheckKind::Length,
            Self::Placeholder(_) => CheckKind::Placeholder,
            Self::Recipient(_) => CheckKind::Recipient,
            Self::Address { .. } => CheckKind::Address,
            Self::Unused | Self::Claimed(_) | Self::Missing { .. } => CheckKind::Grounding,
        }
    }

    /// Whether the check finds nothing in a note that holds none of its phrases.
    #[must_use]
    pub const fn needs_a_hit(&self) -> bool {
        matches!(
            self,
            Self::Phrases
                | Self::Swap(_)
                | Self::Claimed(_)
                | Self::Address { .. }
                | Self::Repeat { phrases: true, .. }
        )
    }
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
    /// These marks.
    Marks(String),
    /// The rule's phrases, or the class given as one.
    Phrases,
}

/// What is read only when somebody asks about the rule.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RuleDoc {
    /// Why it matters.
    pub why: Option<String>,
    /// Where that is known from.
    pub source: Vec<String>,
    /// How good the evidence is.
    pub evidence: Option<Evidence>,
    /// The phrases or pattern as written: role and line.
    pub lines: Vec<(Role, String)>,
    /// Texts it finds.
    pub flags: Vec<ExampleDoc>,
    /// Texts it does not find.
    pub allows: Vec<ExampleDoc>,
}

/// A text that shows what a rule does, with what surrounds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleDoc {
    /// The note.
    pub text: String,
    /// The words that are marked; empty where nothing is found.
    pub found: String,
    /// The note after the fix.
    pub fix: Option<String>,
    /// The kind of note, where it was said.
    pub kind: Option<Kind>,
    /// The channel, where it was said.
    pub channel: Option<String>,
    /// The account, where it was said.
    pub account: Option<String>,
    /// The contact as JSON, where there is one.
    pub contact: Option<String>,
}

impl From<&Example> for ExampleDoc {
    fn from(example: &Example) -> Self {
        Self {
            text: example.text.clone(),
            found: example.found.clone().unwrap_or_default(),
            fix: example.fix.clone(),
            kind: example.kind,
            channel: example.channel.clone(),
            account: example.account.clone(),
            contact: example.contact.clone(),
        }
    }
}

/// What a phrase does for its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// It is what the check looks for.
    Find,
    /// It drops a hit that it overlaps.
    Except,
    /// It drops the hits of its sentence.
    Unless,
    /// One must be in the note.
    When,
}

impl Role {
    pub(super) const ALL: [Self; 4] = [Self::Find, Self::Except, Self::Unless, Self::When];
}
