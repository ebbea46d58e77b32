//! The people notes are written to, and what the writer shares with them.

mod event_kind;
mod fact;
mod field;
mod find;
mod history;
mod id;
mod name;
mod nickname;
mod print;
mod read;
mod shape;

pub use event_kind::EventKind;
pub use fact::{Fact, FactKind};
pub use field::field;
pub use find::{NotFound, find};
pub use history::Event;
pub use id::{check_id, slug};
pub use name::{possessive, split_name, tidy_first_name};
pub use nickname::may_be_the_same_name;
pub use print::{Detail, Reason, Unprintable, a_or_an};
pub use read::{field_of, from_yaml};
pub use shape::parse_day;

use serde::Serialize;

/// A person a note is written to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// Safe as a file name: `[a-z0-9][a-z0-9_-]{0,63}`.
    pub id: String,
    /// The name used in the greeting; never empty.
    pub first_name: String,
    /// The family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Where they work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// What they do there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The address of their profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// The language to write in, as a tag such as `de`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// How to address them, where the language distinguishes: `formal` or `informal`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What you share with them or know of them, most telling first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// What has passed between you.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Event>,
}
