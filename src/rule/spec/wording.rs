use serde::{Deserialize, Serialize};

/// The settings of `wording`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WordingSpec {
    /// What the words are to speak of.
    pub of: Fault,
    /// From this score on the note is a finding.
    pub at: i32,
    /// The same where facts about the reader are known, which count too; `at` when left out.
    pub with_facts: Option<i32>,
}

/// What readers mind in a note, as its words show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// It presses, orders or reproaches.
    Pushing,
    /// It sells.
    Selling,
    /// It says nothing that is only for its reader.
    Vague,
}

impl Fault {
    /// All of them, in the order of the columns of the file of counts.
    pub const ALL: [Self; 3] = [Self::Pushing, Self::Selling, Self::Vague];

    /// The word that is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pushing => "pushing",
            Self::Selling => "selling",
            Self::Vague => "vague",
        }
    }
}
