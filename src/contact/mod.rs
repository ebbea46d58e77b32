//! The people notes are written to, and what the writer shares with them.

mod fact;
mod name;
mod print;

pub use fact::{Fact, FactKind};
pub use name::{possessive, tidy_first_name};
pub use print::{Detail, Reason, Unprintable, a_or_an};

use jiff::civil::Date;

/// A person a note is written to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Safe as a file name: `[a-z0-9][a-z0-9_-]{0,63}`.
    pub id: String,
    /// The name used in the greeting; never empty.
    pub first_name: String,
    /// The family name.
    pub last_name: Option<String>,
    /// Where they work.
    pub company: Option<String>,
    /// What they do there.
    pub role: Option<String>,
    /// The address of their profile.
    pub profile: Option<String>,
    /// The language to write in, as a tag such as `de`.
    pub language: Option<String>,
    /// How to address them, where the language distinguishes: `formal` or `informal`.
    pub address: Option<String>,
    /// What you share with them or know of them, most telling first.
    pub facts: Vec<Fact>,
    /// What has passed between you.
    pub history: Vec<Event>,
}

/// Something that happened between the writer and a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub what: EventKind,
    /// The day.
    pub on: Date,
    /// The words of the note, where it was one.
    pub text: Option<String>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
