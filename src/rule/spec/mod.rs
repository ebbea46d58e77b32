//! What a rule file says, key by key. `docs/rules.md` explains each; a test compares `rules/schema.json` with it.

mod cadence;
mod grounding;
mod name;
mod ratio;
mod values;
mod wording;

use serde::{Deserialize, Serialize};

pub use cadence::{CadenceSpec, Weekday};
pub use grounding::{Claim, GroundingKind, GroundingSpec};
pub use name::{NameKind, NameSpec};
pub use ratio::RatioSpec;
pub use values::{Example, Levels, Swaps};
pub use wording::{Fault, WordingSpec};

use crate::context::Kind;

/// One rule file.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleSpec {
    /// `<pack>/<name>`; comes from the file's place, not from its text.
    #[serde(skip)]
    pub id: String,
    /// The language that the file's name ends in: `de` of `expand-network.de.yaml`.
    #[serde(skip)]
    pub file_language: Option<String>,
    /// One line: what the rule finds.
    pub summary: String,
    /// Its weight, perhaps by kind of note.
    pub level: Levels,
    /// Whether it runs without being selected.
    #[serde(default)]
    pub default: Run,
    /// The kinds of note it applies to; all when left out.
    pub kinds: Option<Vec<Kind>>,
    /// The channels it applies to; all when left out.
    #[cfg_attr(test, schemars(with = "Option<Vec<super::schema::ChannelId>>"))]
    pub channels: Option<Vec<String>>,
    /// The language of its phrases: that of the file's name, else `en`; `any` runs always.
    pub language: Option<String>,
    /// `exact`: capitals matter.
    pub case: Option<Case>,

    /// Check: phrases to find.
    pub phrases: Option<Vec<String>>,
    /// Check: a regular expression.
    pub pattern: Option<String>,
    /// Check: phrases with a better wording.
    pub swap: Option<Swaps>,
    /// Check: too many or too few of something.
    pub count: Option<CountSpec>,
    /// Check: repetition.
    pub repeat: Option<RepeatSpec>,
    /// Check: phrases of which the note must hold one.
    pub requires: Option<Vec<String>>,
    /// Check: weak signs that add up.
    pub signs: Option<SignsSpec>,
    /// Check: words that stood in notes which readers minded.
    pub wording: Option<WordingSpec>,
    /// Check: findings of several rules in one note.
    pub density: Option<DensitySpec>,
    /// Notes to different people that are one text.
    #[serde(default)]
    pub sameness: Option<SamenessSpec>,
    /// Check: longer than a share of the channel's limit.
    pub length: Option<LengthSpec>,
    /// Check: what a template left behind.
    pub placeholder: Option<PlaceholderSpec>,
    /// Check: the wrong person's details.
    pub recipient: Option<RecipientSpec>,
    /// Check: facts used, unused, or claimed without a record.
    pub grounding: Option<GroundingSpec>,
    /// Check: the familiar and the polite form of address.
    pub address: Option<AddressSpec>,
    /// Check: far more of one thing than of another.
    pub ratio: Option<RatioSpec>,
    /// Check: how the reader's name is written.
    pub name: Option<NameSpec>,
    /// Check: what has passed between the two, and when.
    pub cadence: Option<CadenceSpec>,

    /// Phrases that drop a finding they overlap.
    #[serde(default)]
    pub except: Vec<String>,
    /// Phrases that drop the findings of their sentence.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Phrases of which one must be in the note.
    #[serde(default)]
    pub when: Vec<String>,
    /// Least number of different hits.
    pub min: Option<usize>,
    /// Its level is one lower in a note whose wording has a lower score.
    pub holds_from: Option<i32>,
    /// What is printed; `{match}` and other names are filled in.
    pub message: String,
    /// Why it matters.
    pub why: Option<String>,
    /// What to do instead.
    pub help: Option<String>,
    /// Where the claim comes from.
    #[serde(default)]
    pub source: Vec<String>,
    /// How good the evidence is: A to D.
    pub evidence: Option<Evidence>,
    /// Texts that prove the rule.
    pub examples: Examples,
}

/// The id and the language that a rule's file is named for: `generic/expand-network.de` is
/// `generic/expand-network` in `de`.
#[must_use]
pub fn name_and_language(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('.') {
        Some((id, language)) if !language.contains('/') => (id, Some(language)),
        _ => (name, None),
    }
}

impl RuleSpec {
    /// The rule of the file with this name, `<pack>/<name>` or `<pack>/<name>.<language>`.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        let (id, language) = name_and_language(name);
        id.clone_into(&mut self.id);
        self.file_language = language.map(str::to_owned);
        self
    }
}

/// Whether a rule runs without being selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Run {
    /// It runs.
    #[default]
    On,
    /// It runs only when selected.
    Off,
    /// It runs only when selected, and may still change.
    Preview,
}

/// How letters are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// Capitals matter.
    Exact,
}

/// How good the evidence for a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Evidence {
    /// Replicated, or a large field experiment.
    A,
    /// One good study, or a platform's own data.
    B,
    /// Vendors' figures and small tests.
    C,
    /// Practitioners agree.
    D,
}

/// The settings of `count`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CountSpec {
    /// `words`, `sentences`, `questions`, `units`, `marks`, `phrases` or a class such as `<emoji>`.
    pub of: String,
    /// Counted over the note or each sentence.
    #[serde(default)]
    pub per: Per,
    /// Fewer than this is a finding.
    pub min: Option<usize>,
    /// More than this is a finding.
    pub max: Option<usize>,
    /// The marks that `of: marks` counts.
    pub marks: Option<String>,
    /// The phrases that `of: phrases` counts.
    #[serde(default)]
    pub phrases: Vec<String>,
}

/// What a count runs over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// The whole note.
    #[default]
    Note,
    /// Each sentence.
    Sentence,
}

/// The settings of `repeat`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RepeatSpec {
    /// How many in a row are a finding.
    pub run: usize,
    /// Sentences that hold one of these are counted instead of equal words.
    #[serde(default)]
    pub phrases: Vec<String>,
}

/// The settings of `signs`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignsSpec {
    /// So many points in one note are a finding.
    pub at: i32,
    /// The signs.
    pub cues: Vec<CueSpec>,
}

/// One sign that `signs` counts.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CueSpec {
    /// What it adds, once in a note; less than zero for a sign that all is well.
    pub points: i32,
    /// The phrases that show it.
    pub phrases: Vec<String>,
}

/// The settings of `density`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DensitySpec {
    /// The rules that count: `pack/*` or one id.
    pub rules: String,
    /// How many different ones are a finding.
    pub distinct: usize,
}

/// The settings of `sameness`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SamenessSpec {
    /// Percent of their word triples that notes must share.
    pub similar: usize,
    /// To how many different people.
    pub least: usize,
}

/// The settings of `length`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LengthSpec {
    /// Per cent of the limit above which the note is a finding.
    #[serde(default = "whole")]
    pub above: usize,
}

fn whole() -> usize {
    100
}

/// The settings of `placeholder`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlaceholderSpec {
    /// What is looked for.
    pub of: PlaceholderKind,
}

/// What a template can leave behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum PlaceholderKind {
    /// A merge field: `{{name}}`, `[Company]`, `%NAME%`, `FIRSTNAME`.
    Field,
    /// Where a value was missing: `Hi ,`, `at .`.
    Gap,
}

/// The settings of `recipient`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecipientSpec {
    /// What is compared with the contact.
    pub of: RecipientKind,
    /// For `company`: phrases that end in the name of the reader's employer.
    #[serde(default)]
    pub phrases: Vec<String>,
}

/// What can belong to the wrong person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RecipientKind {
    /// The name in the greeting.
    Name,
    /// The employer.
    Company,
    /// A detail that belongs to another contact of the run.
    Others,
}

/// The settings of `address`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AddressSpec {
    /// What is reported.
    pub of: AddressKind,
    /// Phrases that only the familiar form has: `du`, `tú`, `tu`.
    pub familiar: Vec<String>,
    /// Phrases that only the polite form has: `Sie`, `usted`, `vous`.
    pub polite: Vec<String>,
}

/// What `address` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum AddressKind {
    /// Both forms in one note.
    Mixed,
    /// Another form than the contact's `address`.
    Contact,
}

/// Texts that prove a rule.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// Texts it must find.
    #[serde(default)]
    pub flags: Vec<Example>,
    /// Texts it must not find.
    #[serde(default)]
    pub allows: Vec<Example>,
}
