//! What a rule file says, key by key. `docs/rules.md` explains each; a test compares `rules/schema.json` with it.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::context::Kind;
use crate::diagnostic::Level;

/// One rule file.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleSpec {
    /// `<pack>/<name>`; comes from the file's place, not from its text.
    #[serde(skip)]
    pub id: String,
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
    /// The language of its phrases: `en` when left out; `any` runs always.
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
    /// Check: findings of several rules in one note.
    pub density: Option<DensitySpec>,
    /// Check: longer than a share of the channel's limit.
    pub length: Option<LengthSpec>,
    /// Check: what a template left behind.
    pub placeholder: Option<PlaceholderSpec>,
    /// Check: the wrong person's details.
    pub recipient: Option<RecipientSpec>,
    /// Check: facts used, unused, or claimed without a record.
    pub grounding: Option<GroundingSpec>,

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

/// The settings of `grounding`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroundingSpec {
    /// What is reported.
    pub of: GroundingKind,
    /// For `claimed`: phrases that claim to have met or spoken.
    #[serde(default)]
    pub met: Vec<String>,
    /// For `claimed`: phrases that claim a shared acquaintance.
    #[serde(default)]
    pub mutual: Vec<String>,
    /// For `claimed`: phrases that claim to know a talk, post or other work of theirs.
    #[serde(default)]
    pub work: Vec<String>,
    /// For `claimed`: phrases that claim a shared school or employer.
    #[serde(default)]
    pub past: Vec<String>,
}

/// What a phrase of `grounding: {of: claimed}` claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Claim {
    /// To have met or spoken.
    Met,
    /// A shared acquaintance.
    Mutual,
    /// To know a work of theirs.
    Work,
    /// A shared school or employer.
    Past,
}

/// What `grounding` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum GroundingKind {
    /// Facts were given and the note uses none.
    Unused,
    /// The note claims something that no fact supports.
    Claimed,
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

/// A text with what surrounds it. A plain string is a text with nothing around it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Example {
    /// The note.
    pub text: String,
    /// Exactly the words that are marked.
    pub found: Option<String>,
    /// The whole note after the fix.
    pub fix: Option<String>,
    /// The kind of note; the first the rule applies to when left out.
    pub kind: Option<Kind>,
    /// The channel.
    pub channel: Option<String>,
    /// The account: `free` or `premium`.
    pub account: Option<String>,
    /// The contact, in the shape of contacts.yaml, as JSON.
    pub contact: Option<String>,
    /// The other contacts of the run, as a JSON list.
    pub others: Option<String>,
}

/// Levels by kind of note, in the order of [`Kind::ALL`]; `None` where the rule does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Levels(pub [Option<Level>; 3]);

impl Levels {
    /// The level for a kind of note.
    #[must_use]
    pub fn of(self, kind: Kind) -> Option<Level> {
        self.0[kind as usize]
    }
}

impl<'de> Deserialize<'de> for Levels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LevelsVisitor)
    }
}

struct LevelsVisitor;

impl<'de> Visitor<'de> for LevelsVisitor {
    type Value = Levels;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("error, warning or suggestion, or a map such as {invite: error, message: warning}")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Levels, E> {
        level(text).map(|level| Levels([Some(level); 3]))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Levels, A::Error> {
        let mut levels = [None; 3];
        while let Some((kind, text)) = map.next_entry::<Kind, String>()? {
            levels[kind as usize] = Some(level(&text)?);
        }
        Ok(Levels(levels))
    }
}

fn level<E: de::Error>(text: &str) -> Result<Level, E> {
    match text {
        "error" => Ok(Level::Error),
        "warning" => Ok(Level::Warning),
        "suggestion" => Ok(Level::Suggestion),
        _ => Err(E::custom(format!("“{text}” is not a level: use error, warning or suggestion"))),
    }
}

/// Phrases with their replacements, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Swaps(pub Vec<(String, String)>);

impl<'de> Deserialize<'de> for Swaps {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SwapsVisitor;
        impl<'de> Visitor<'de> for SwapsVisitor {
            type Value = Swaps;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from phrases to replacements")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Swaps, A::Error> {
                let mut swaps = Vec::new();
                while let Some((phrase, text)) = map.next_entry::<String, Option<String>>()? {
                    swaps.push((phrase, text.unwrap_or_default()));
                }
                Ok(Swaps(swaps))
            }
        }
        deserializer.deserialize_map(SwapsVisitor)
    }
}

impl<'de> Deserialize<'de> for Example {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ExampleVisitor)
    }
}

struct ExampleVisitor;

const EXAMPLE_KEYS: &[&str] = &["text", "match", "fix", "kind", "channel", "account", "contact", "others"];

impl<'de> Visitor<'de> for ExampleVisitor {
    type Value = Example;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or a map with `text` and `match`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Example, E> {
        Ok(Example { text: text.to_owned(), ..Example::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Example, A::Error> {
        let mut example = Example::default();
        let mut has_text = false;
        let json = |value: serde_yaml::Value| serde_json::to_string(&value).map_err(de::Error::custom);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "text" => {
                    example.text = map.next_value()?;
                    has_text = true;
                }
                "match" => example.found = map.next_value()?,
                "fix" => example.fix = map.next_value()?,
                "kind" => example.kind = map.next_value()?,
                "channel" => example.channel = map.next_value()?,
                "account" => example.account = map.next_value()?,
                "contact" => example.contact = Some(json(map.next_value()?)?),
                "others" => example.others = Some(json(map.next_value()?)?),
                _ => return Err(de::Error::unknown_field(&key, EXAMPLE_KEYS)),
            }
        }
        if has_text { Ok(example) } else { Err(de::Error::missing_field("text")) }
    }
}
