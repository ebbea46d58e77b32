//! `cadence`: what has passed between the two, and when. Without a contact, a history or a day it finds nothing.

mod repeats;
mod told;

use jiff::civil::Date;

use super::{Found, Note, Since};
use crate::contact::{Contact, Event, EventKind};
use crate::context::Context;
use crate::diagnostic::Level;
use crate::rule::pack::{Cadence, Hit, Watched};
use crate::rule::spec::Weekday;
use crate::text::Span;

/// Whether there can be a finding, as far as a short look at what is known tells.
#[must_use]
pub(crate) fn may_find(cadence: &Cadence, context: &Context<'_>) -> bool {
    let Some(contact) = context.contact else { return matches!(cadence.of, Watched::Weekdays(_)) };
    context.today.is_some()
        && match cadence.of {
            Watched::After { .. } | Watched::Repeats(_) => !contact.history.is_empty(),
            Watched::Told(_) | Watched::Untold(_) => contact.facts.iter().any(|fact| fact.when.is_some()),
            Watched::Volume { .. } | Watched::Weekdays(_) => true,
        }
}

pub(super) fn find(cadence: &Cadence, note: Note<'_>, hits: &[Hit]) -> Vec<Found> {
    let Some(today) = note.context.today else { return Vec::new() };
    if cadence.phrases && hits.is_empty() {
        return Vec::new();
    }
    if let Watched::Weekdays(days) = &cadence.of {
        return weekday(days, today, place(note, hits)).into_iter().collect();
    }
    let Some(contact) = note.context.contact else { return Vec::new() };
    let found = match &cadence.of {
        Watched::After { events, until } => after(cadence, events, until, note, contact, today, hits),
        Watched::Volume { events, max, with_text } => {
            volume(cadence, events, *max, *with_text, note, contact, today, hits)
        }
        Watched::Told(kinds) => told::told(cadence, kinds, note, contact, today, hits),
        Watched::Untold(kinds) => told::untold(cadence, kinds, note, contact, today, hits),
        Watched::Repeats(percent) => repeats::find(*percent, note, contact, today),
        Watched::Weekdays(_) => None,
    };
    found.into_iter().collect()
}

/// What a finding marks: the first phrase, or the whole note.
fn place(note: Note<'_>, hits: &[Hit]) -> Span {
    hits.first().map_or_else(|| Span::new(0, note.text.trim_end().len()), |hit| note.hit_span(hit))
}

/// What has happened so far, in order. What lies ahead has not happened, and a note that was written down today with
/// this very text is this note.
fn past<'c>(note: Note<'_>, contact: &'c Contact, today: Date) -> Vec<&'c Event> {
    let this =
        |event: &Event| event.on == today && event.text.as_deref().is_some_and(|text| text.trim() == note.text.trim());
    let mut past: Vec<_> = contact.history.iter().filter(|event| event.on <= today && !this(event)).collect();
    past.sort_by_key(|event| event.on);
    past
}

/// Days from one day to a later one.
fn days(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// The day that is so many days later, if the calendar has one.
fn later(day: Date, days: u32) -> Option<Date> {
    let days = jiff::Span::new().try_days(days).ok()?;
    day.checked_add(days).ok()
}

/// Whether something so many days ago is near enough, or far enough, to be a finding.
fn is_due(cadence: &Cadence, days: i64) -> bool {
    days >= 0
        && cadence.within.is_none_or(|within| days < i64::from(within))
        && cadence.beyond.is_none_or(|beyond| days > i64::from(beyond))
}

fn after(
    cadence: &Cadence,
    events: &[EventKind],
    until: &[EventKind],
    note: Note<'_>,
    contact: &Contact,
    today: Date,
    hits: &[Hit],
) -> Option<Found> {
    let past = past(note, contact, today);
    let at = past.iter().rposition(|event| events.contains(&event.what))?;
    if past[at + 1..].iter().any(|event| until.contains(&event.what)) {
        return None;
    }
    let on = past[at].on;
    let days = days(on, today);
    let mild = cadence.warn_from.is_some_and(|from| days >= i64::from(from));
    let from = cadence.within.and_then(|within| later(on, within));
    is_due(cadence, days).then(|| Found {
        level: mild.then_some(Level::Warning),
        since: Some(Since { date: on.to_string(), days, from }),
        ..Found::at(place(note, hits))
    })
}

#[expect(clippy::too_many_arguments, reason = "the settings, the note and the day")]
fn volume(
    cadence: &Cadence,
    events: &[EventKind],
    max: usize,
    with_text: bool,
    note: Note<'_>,
    contact: &Contact,
    today: Date,
    hits: &[Hit],
) -> Option<Found> {
    let others = note.context.others.iter().filter(|other| other.id != contact.id);
    let all = std::iter::once(contact).chain(others).flat_map(|person| &person.history);
    let counted = all.filter(|event| {
        events.contains(&event.what) && (!with_text || event.text.is_some()) && is_due(cadence, days(event.on, today))
    });
    let count = counted.count();
    (count > max).then(|| Found { count, limit: max, ..Found::at(place(note, hits)) })
}

fn weekday(days: &[Weekday], today: Date, place: Span) -> Option<Found> {
    let is_one = |day: Date| {
        let number = usize::try_from(day.weekday().to_monday_zero_offset()).ok();
        days.iter().any(|of| Some(*of as usize) == number)
    };
    let from = (1..7).filter_map(|ahead| later(today, ahead)).find(|day| !is_one(*day));
    is_one(today).then(|| Found {
        value: Some(today.strftime("%A").to_string()),
        since: Some(Since { date: today.to_string(), days: 0, from }),
        ..Found::at(place)
    })
}

#[cfg(test)]
mod tests;
