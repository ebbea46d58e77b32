use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Kind;

include!(concat!(env!("OUT_DIR"), "/channels.rs"));

impl Kind {
    /// The channel such a note goes to unless another is named.
    #[must_use]
    pub const fn channel(self) -> Channel {
        match self {
            Self::Invite => Channel::LinkedinInvite,
            Self::FollowUp | Self::Message => Channel::LinkedinMessage,
        }
    }
}

/// The writer's account at the channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Account {
    /// Without a subscription.
    Free,
    /// Premium, Sales Navigator or Recruiter.
    Premium,
}

impl Account {
    /// The word used in files and flags.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Premium => "premium",
        }
    }
}

impl FromStr for Account {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "free" => Ok(Self::Free),
            "premium" => Ok(Self::Premium),
            _ => Err(format!("“{text}” is not an account: use free or premium")),
        }
    }
}

/// The lengths a note may have, in UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What fits whatever the account: the length to write for.
    pub safe: usize,
    /// What fits the largest account that this note could be sent from: above it nobody can send it.
    pub hard: usize,
}

/// One row of the channel table.
struct Row {
    channel: Channel,
    id: &'static str,
    name: &'static str,
    /// Free and premium.
    limit: Option<(usize, usize)>,
    subject: Option<usize>,
    source: &'static str,
    checked: &'static str,
    confidence: &'static str,
}

impl Channel {
    /// All channels.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.channel)
    }

    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// The word used in files and flags.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.row().id
    }

    /// What it is called in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The limits on a note's length. Without an account the safe one is the free account's.
    #[must_use]
    pub fn limit(self, account: Option<Account>) -> Option<Limit> {
        let (free, premium) = self.row().limit?;
        Some(match account {
            Some(Account::Free) => Limit { safe: free, hard: free },
            Some(Account::Premium) => Limit { safe: premium, hard: premium },
            None => Limit { safe: free, hard: premium },
        })
    }

    /// The limit on the subject, in UTF-16 units, where the channel has a subject line with a limit.
    #[must_use]
    pub fn subject_limit(self) -> Option<usize> {
        self.row().subject
    }

    /// Whether a note on this channel has a subject line.
    #[must_use]
    pub const fn has_subject(self) -> bool {
        matches!(self, Self::LinkedinInmail | Self::Email)
    }

    /// Where the limits come from, the day they were checked, and how sure they are.
    #[must_use]
    pub fn evidence(self) -> (&'static str, &'static str, &'static str) {
        let row = self.row();
        (row.source, row.checked, row.confidence)
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Channel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::all().find(|channel| channel.as_str() == text).ok_or_else(|| {
            let known: Vec<_> = Self::all().map(Self::as_str).collect();
            format!("“{text}” is not a channel: use one of {}", known.join(", "))
        })
    }
}

/// The length of a note as the channels count it: UTF-16 code units, with CR LF as one.
#[must_use]
pub fn note_length(text: &str) -> usize {
    let breaks = if text.contains('\r') { text.matches("\r\n").count() } else { 0 };
    if text.is_ascii() {
        return text.len() - breaks;
    }
    // A character of four bytes has two units.
    let pairs = text.bytes().map(|byte| u32::from(byte >= 0xF0)).sum::<u32>() as usize;
    text.chars().count() + pairs - breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of DOMAIN facts: what a browser's text box counts.
    #[test]
    fn counts_as_a_text_box_does() {
        for (text, units) in [("👍", 2), ("👩‍💻", 5), ("🇬🇧", 4), ("e\u{301}", 2), ("𝗯𝗼𝗹𝗱", 8), ("a\r\nb", 3), ("日本", 2)]
        {
            assert_eq!(note_length(text), units, "{text:?}");
        }
    }

    #[test]
    fn an_unknown_account_writes_for_the_free_limit() {
        let invite = Channel::LinkedinInvite;
        assert_eq!(invite.limit(None), Some(Limit { safe: 200, hard: 300 }));
        assert_eq!(invite.limit(Some(Account::Premium)), Some(Limit { safe: 300, hard: 300 }));
        assert_eq!(Channel::Email.limit(None), None);
    }

    #[test]
    fn every_row_stands_where_its_channel_says() {
        for channel in Channel::all() {
            assert_eq!(channel.row().channel, channel);
            assert_eq!(channel.as_str().parse(), Ok(channel));
        }
    }
}
