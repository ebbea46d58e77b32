//! What is known of a person, in words that can be found again.

use std::rc::Rc;

use unicode_normalization::char::is_combining_mark;

use crate::contact::Contact;
use crate::rule::check::{bare, is_common, is_stop, is_weak, stem};
use crate::text::Span;

/// A value of a contact.
#[derive(Debug)]
pub(super) struct Value {
    /// Where it stands, as it is shown in its place: `‹contact.company›`.
    pub(super) label: String,
    pub(super) words: Vec<ValueWord>,
    pub(super) sort: Sort,
}

/// A word of a value.
#[derive(Debug)]
pub(super) struct ValueWord {
    pub(super) key: Rc<str>,
    pub(super) tells: Tells,
    /// Whether the word also holds sentences together, so that alone it is the value only with a capital: Will, May.
    pub(super) capital: bool,
}

/// How much of a value a word gives away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tells {
    /// It is recognised alone.
    Alone,
    /// It is recognised together with another one.
    Together,
    /// Every note may hold it: talk, team.
    Little,
    /// It holds a sentence together: of, the.
    Nothing,
}

/// A word of a text.
#[derive(Debug)]
pub(super) struct Word<'t> {
    pub(super) span: Span,
    pub(super) text: &'t str,
    pub(super) key: Rc<str>,
}

impl Word<'_> {
    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// The words of a text, with what makes different spellings and forms of a word one.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let word = |word| {
        // The slices lie in the text.
        let start = str::as_ptr(word) as usize - text.as_ptr() as usize;
        Word { span: Span::new(start, start + word.len()), text: word, key: key(word) }
    };
    split(text).map(word).collect()
}

/// Words as they may be joined with others: *Ana* in *l'Ana* and in *Ana's*.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c))).filter(|word| !word.is_empty())
}

fn key(word: &str) -> Rc<str> {
    stem(&bare(&word.to_lowercase()))
}

/// All that is known of a contact. Of two values with the same words the first names them.
pub(super) fn values(contact: &Contact) -> Vec<Value> {
    let mut values = Vec::new();
    let names = [("first_name", Some(&contact.first_name)), ("last_name", contact.last_name.as_ref())];
    for (field, name) in names {
        values.extend(name.and_then(|name| value(&format!("contact.{field}"), name, Sort::Name)));
    }
    let others = [
        ("company", contact.company.as_ref()),
        ("role", contact.role.as_ref()),
        ("profile", contact.profile.as_ref()),
        // Most ids are made from the name.
        ("id", Some(&contact.id).filter(|id| !split(id).all(|word| is_in(&values, &key(word))))),
    ];
    for (field, text) in others {
        values.extend(text.and_then(|text| value(&format!("contact.{field}"), text, Sort::Other)));
    }
    for (at, fact) in contact.facts.iter().enumerate() {
        let texts = [("what", Some(&fact.what)), ("detail", fact.detail.as_ref())];
        for (key, text) in texts {
            values.extend(text.and_then(|text| value(&fact_label(at, key), text, Sort::Other)));
        }
    }
    for (at, event) in contact.history.iter().enumerate() {
        let text = event.text.as_ref();
        values.extend(text.and_then(|text| value(&format!("contact.history[{at}].text"), text, Sort::Text)));
    }
    // As they stand in addresses: `brightwaterlabs.com`, `@nadiaokafor`.
    let name = format!("{} {}", contact.first_name, contact.last_name.as_deref().unwrap_or_default());
    values.extend(value("contact.first_name", &joined(&name), Sort::Name));
    let company = contact.company.as_deref().map(joined).unwrap_or_default();
    values.extend(value("contact.company", &company, Sort::Other));
    values
}

/// A value of several words in one.
fn joined(text: &str) -> String {
    split(text).collect()
}

fn is_in(values: &[Value], key: &str) -> bool {
    values.iter().flat_map(|value| &value.words).any(|word| &*word.key == key)
}

pub(super) fn fact_label(at: usize, key: &str) -> String {
    format!("contact.facts[{at}].{key}")
}

/// What sort of value it is; of several that stand in one place the first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A part of a name.
    Name,
    /// What they do, and what is shared with them.
    Other,
    /// A whole note.
    Text,
}

fn value(path: &str, text: &str, sort: Sort) -> Option<Value> {
    let words = split(text).map(|word| {
        let folded = word.to_lowercase();
        let (tells, capital) = match sort {
            // A particle, van or de, is no name alone.
            Sort::Name if word.starts_with(char::is_lowercase) && word.chars().count() < 4 => (Tells::Nothing, false),
            Sort::Name if word.chars().nth(1).is_none() && word.is_ascii() => (Tells::Together, false),
            Sort::Name => (Tells::Alone, is_stop(&folded)),
            Sort::Other | Sort::Text => (weigh(&folded), false),
        };
        ValueWord { key: key(word), tells, capital }
    });
    let mut words: Vec<_> = words.collect();
    // A value of one word is that word, however common.
    let content = words.iter().filter(|word| matches!(word.tells, Tells::Alone | Tells::Together)).count();
    if let ([word], 1) = (&mut *words, content) {
        word.tells = Tells::Alone;
    }
    (!words.is_empty()).then(|| Value { label: format!("‹{path}›"), words, sort })
}

fn weigh(folded: &str) -> Tells {
    let is_short_number = folded.len() < 5 && folded.bytes().all(|byte| byte.is_ascii_digit());
    if is_stop(folded) {
        Tells::Nothing
    } else if is_weak(folded) {
        Tells::Little
    } else if is_common(folded) || is_short_number {
        Tells::Together
    } else {
        Tells::Alone
    }
}
