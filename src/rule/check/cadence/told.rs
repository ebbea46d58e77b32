//! Facts of long ago: those a note calls recent, and those it leaves out.

use jiff::civil::Date;

use super::{days, is_due, place};
use crate::contact::{Contact, Fact, FactKind};
use crate::rule::check::facts::facts_used;
use crate::rule::check::{Found, Note, Since};
use crate::rule::pack::{Cadence, Hit};

/// The phrase in whose sentence the note tells an old fact. A sentence that tells none means the fact its phrase has
/// a word for: *your recent post*.
pub(super) fn told(
    cadence: &Cadence,
    kinds: &[FactKind],
    note: Note<'_>,
    contact: &Contact,
    today: Date,
    hits: &[Hit],
) -> Option<Found> {
    let used = facts_used(note);
    hits.iter().find_map(|hit| {
        let sentence = note.tokens.tokens()[hit.first].sentence;
        let mut here = used.iter().filter(|used| note.sentence_at(used.span.start) == sentence).peekable();
        let fact = if here.peek().is_some() {
            youngest(here.map(|used| &contact.facts[used.fact]), today)
        } else {
            let words = note.tokens.tokens()[hit.first..=hit.last].iter().map(|token| note.tokens.folded(token));
            let words: Vec<_> = words.collect();
            let meant = |fact: &&Fact| words.iter().any(|word| names(fact.kind, word));
            youngest(contact.facts.iter().filter(meant), today)
        };
        let (fact, days) = fact.filter(|(fact, _)| kinds.contains(&fact.kind))?;
        is_due(cadence, days).then(|| found(fact, days, note, std::slice::from_ref(hit)))
    })
}

/// A note that tells no fact at all, though all of these kinds are old ones.
pub(super) fn untold(
    cadence: &Cadence,
    kinds: &[FactKind],
    note: Note<'_>,
    contact: &Contact,
    today: Date,
    hits: &[Hit],
) -> Option<Found> {
    let (fact, days) = youngest(contact.facts.iter().filter(|fact| kinds.contains(&fact.kind)), today)?;
    (is_due(cadence, days) && facts_used(note).is_empty()).then(|| found(fact, days, note, hits))
}

fn found(fact: &Fact, days: i64, note: Note<'_>, hits: &[Hit]) -> Found {
    Found {
        fact: Some(fact.what.clone()),
        since: Some(Since { date: fact.when.clone().unwrap_or_default(), days, from: None }),
        ..Found::at(place(note, hits))
    }
}

/// The latest of some facts and how many days ago it was, at least. None when one of them has no time: it could be
/// the latest.
fn youngest<'f>(facts: impl Iterator<Item = &'f Fact>, today: Date) -> Option<(&'f Fact, i64)> {
    let dated: Option<Vec<_>> = facts.map(|fact| Some((fact, last_day(fact.when.as_deref()?)?))).collect();
    let (fact, day) = dated?.into_iter().max_by_key(|(_, day)| *day)?;
    Some((fact, days(day, today)))
}

/// The last day of `2026`, `2026-10` or `2026-10-03`.
fn last_day(when: &str) -> Option<Date> {
    let first = |rest: &str| format!("{when}{rest}").parse::<Date>().ok();
    match when.len() {
        4 => first("-12-31"),
        7 => first("-01").map(Date::last_of_month),
        _ => first(""),
    }
}

/// Whether a word means a fact of this kind.
fn names(kind: FactKind, word: &str) -> bool {
    match kind {
        FactKind::Post => matches!(word, "post" | "posts" | "article" | "essay" | "piece" | "published" | "wrote"),
        FactKind::Talk => matches!(word, "talk" | "keynote" | "lecture" | "presentation" | "panel"),
        FactKind::Project => matches!(word, "project" | "release" | "launch"),
        FactKind::Work => matches!(word, "role" | "job" | "position" | "promotion" | "joined" | "joining"),
        _ => false,
    }
}
