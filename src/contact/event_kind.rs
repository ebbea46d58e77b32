use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::similar;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// You invited them.
    Invited,
    /// They accepted.
    Accepted,
    /// They declined.
    Declined,
    /// You took the invitation back.
    Withdrawn,
    /// You followed up.
    FollowedUp,
    /// You sent a message.
    Sent,
    /// They wrote to you.
    Received,
}

impl EventKind {
    /// All kinds of events.
    pub const ALL: [Self; 7] =
        [Self::Invited, Self::Accepted, Self::Declined, Self::Withdrawn, Self::FollowedUp, Self::Sent, Self::Received];

    /// The word used in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::FollowedUp => "followed_up",
            Self::Sent => "sent",
            Self::Received => "received",
        }
    }
}

impl FromStr for EventKind {
    type Err = String;

    /// Accepts `followed-up` for `followed_up`.
    fn from_str(text: &str) -> Result<Self, String> {
        let names = Self::ALL.map(Self::as_str);
        let wanted = text.replace('-', "_");
        Self::ALL.into_iter().find(|kind| kind.as_str() == wanted).ok_or_else(|| match similar(text, names) {
            Some(near) => format!("“{text}” is not an event: did you mean {near}?"),
            None => format!("“{text}” is not an event: use {}", names.join(", ")),
        })
    }
}
