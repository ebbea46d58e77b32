use serde::{Deserialize, Serialize};

/// The settings of `name`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NameSpec {
    /// What is looked for in the greeting.
    pub of: NameKind,
}

/// How a name can be written that nobody says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum NameKind {
    /// As a list keeps it: in capitals, in small letters, with the family name behind `Hi`.
    Stored,
    /// With a title that tells a gender nobody wrote down.
    Title,
}
