use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a note is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An invitation to connect.
    #[default]
    Invite,
    /// A second note about an invitation or message that is still open.
    #[serde(alias = "follow-up")]
    FollowUp,
    /// A message to somebody you are connected with.
    Message,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Invite, Self::FollowUp, Self::Message];

    /// The word used in files and flags.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::FollowUp => "follow_up",
            Self::Message => "message",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = String;

    /// Accepts `follow-up` for `follow_up`.
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text.replace('-', "_"))
            .ok_or_else(|| format!("“{text}” is not a kind of note: use invite, follow_up or message"))
    }
}
