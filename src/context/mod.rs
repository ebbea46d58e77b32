//! What a note is for: its kind, channel and account, the person it is written to, and the day.

mod channel;
mod kind;

pub use channel::{Account, Channel, Limit, note_length};
pub use kind::Kind;

use jiff::civil::Date;

use crate::contact::Contact;
use crate::text::Language;

/// What is known about a note besides its text.
#[derive(Clone, Debug, Default)]
pub struct Context<'a> {
    /// What the note is for.
    pub kind: Kind,
    /// Where it will be sent; the kind's own channel when `None`.
    pub channel: Option<Channel>,
    /// The writer's account; `None` when it is not known.
    pub account: Option<Account>,
    /// The language it is written in, if somebody said so; the contact's, or the one its words show, when `None`.
    pub language: Option<Language>,
    /// The person it is written to.
    pub contact: Option<&'a Contact>,
    /// The other people of this run, whose details must not appear.
    pub others: &'a [Contact],
    /// The day it is written; `None` switches the rules that need it off.
    pub today: Option<Date>,
}

impl Context<'_> {
    /// The channel the note goes to.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.channel.unwrap_or_else(|| self.kind.channel())
    }

    /// The length limits that hold for the note, if its channel has any.
    #[must_use]
    pub fn limit(&self) -> Option<Limit> {
        self.channel().limit(self.account)
    }

    /// The language of the note, if it or its reader has one that is known.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        let theirs = || self.contact?.language.as_deref()?.parse().ok();
        self.language.or_else(theirs)
    }
}
