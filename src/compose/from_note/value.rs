//! What a template can print of a note's words.

use std::cmp::Reverse;

use crate::compose::Order;
use crate::contact::{Contact, FactKind, a_or_an};
use crate::template::{capfirst, field_of, human_date, speaks};
use crate::text::Language;

/// The detail that is looked for: a note is rendered with all of it first.
pub(super) const DETAIL: u8 = 2;

/// The fields of a person that a note may say.
pub(super) const FIELDS: [&str; 5] = ["first_name", "last_name", "company", "role", "profile"];

/// Where a value comes from. Facts are those that can be printed, by their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    What(usize),
    Detail(usize),
    Contact(&'static str),
    Me(&'static str),
    When(usize),
}

impl Source {
    /// The fact it belongs to.
    pub(super) const fn fact(self) -> Option<usize> {
        match self {
            Self::What(fact) | Self::Detail(fact) | Self::When(fact) => Some(fact),
            Self::Contact(_) | Self::Me(_) => None,
        }
    }

    /// Whether it may be missing where the rest is there, so that it must be asked for.
    pub(super) const fn is_optional(self) -> bool {
        matches!(self, Self::Detail(_) | Self::When(_))
    }

    /// `contact.company`, `talk.what`
    pub(super) fn path(self, kind_of: impl Fn(usize) -> FactKind) -> String {
        match self {
            Self::What(fact) => format!("{}.what", kind_of(fact)),
            Self::Detail(fact) => format!("{}.detail", kind_of(fact)),
            Self::When(fact) => format!("{}.when", kind_of(fact)),
            Self::Contact(field) => format!("contact.{field}"),
            Self::Me(field) => format!("me.{field}"),
        }
    }
}

/// Words that a template can print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) words: String,
    pub(super) source: Source,
    /// The filter that makes these words of it.
    pub(super) filter: Option<&'static str>,
}

/// All that can be printed of what is known, with this much detail, the longest first; of two that are the same, the one that tells most.
pub(super) fn values(order: &Order<'_>, detail: u8) -> Vec<Value> {
    let mut values = Vec::new();
    let mut add = |words: String, source, filter| {
        if !words.trim().is_empty() {
            values.push(Value { words, source, filter });
        }
    };
    for (at, fact) in order.facts.iter().enumerate() {
        for (words, source) in [
            (Some(fact.what_at(detail)), Source::What(at)),
            (fact.detail_at(detail).map(str::to_owned), Source::Detail(at)),
        ] {
            let Some(words) = words else { continue };
            let capital = capfirst(&words);
            if capital != words {
                add(capital, source, Some("capfirst"));
            }
            add(words, source, None);
        }
        if let Some(when) = order.contact.facts[fact.index].when.as_deref().filter(|_| order.has_words("ago")) {
            let language = order.language().parse().unwrap_or(Language::ENGLISH);
            add(human_date(when, order.request.today, language), Source::When(at), Some("ago"));
        }
    }
    for field in FIELDS {
        let of = |person: &Contact| field_of(person, field);
        for (text, source) in
            [(of(order.contact), Source::Contact(field)), (order.request.me.and_then(of), Source::Me(field))]
        {
            let Some(text) = text else { continue };
            let with_article = a_or_an(&text);
            if field == "role" && with_article != text && order.has_words("a_or_an") {
                add(with_article, source, Some("a_or_an"));
            }
            add(text, source, None);
        }
    }
    values.sort_by_key(|value| (Reverse(value.words.len()), value.source));
    values
}

impl Order<'_> {
    /// Whether a filter has words for the note's language.
    fn has_words(&self, filter: &str) -> bool {
        speaks(filter, self.language())
    }
}
