use serde::{Deserialize, Serialize};

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
    /// For `unused`: phrases that ask, sell or praise. A personal note without one of them gets a suggestion at most.
    #[serde(default)]
    pub asks: Vec<String>,
    /// For `missing`: report a note with fewer person-specific words than this; 2 when left out. A name counts as two.
    #[serde(default)]
    pub below: Option<usize>,
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
    /// No facts were given and the note says nothing that is only for this reader.
    Missing,
}
