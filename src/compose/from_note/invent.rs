//! People who do not exist, in the place of those who do.

use super::value::{FIELDS, Source};
use crate::compose::Order;
use crate::contact::{Contact, Fact, FactKind};
use crate::template::{field_of, is_english};

/// Somebody who does not exist: their fields in the order of [`FIELDS`].
type Invented = [&'static str; FIELDS.len()];

/// Readers and writers, those with the shortest names last.
const READERS: [Invented; 4] = [
    ["Tessa", "Ravn", "Mossy Earth", "head of audit", "linkedin.com/in/tessa-ravn"],
    ["Beryl", "Oyelaran", "Werkhof", "oboist", "linkedin.com/in/beryl-o"],
    ["Jo", "Ås", "Ab", "cook", "jo.as"],
    ["Bo", "Ek", "Oy", "vet", "bo.ek"],
];
const WRITERS: [Invented; 2] =
    [["Noa", "Sørby", "Savanna Foods", "translator", "linkedin.com/in/noa-sorby"], ["Ny", "Aa", "Io", "cook", "ny.aa"]];

/// A fact of each kind: one of usual length, and a short one. Written as names they stand in every language.
const fn fact(kind: FactKind, english: bool, short: bool) -> &'static str {
    use FactKind::{
        Application, Conversation, Employer, Event, Group, Mutual, News, Place, Post, Project, School, Talk, Vacancy,
        Work,
    };
    match (kind, english, short) {
        (Event | Group, _, true) => "Anuga",
        (Event, _, _) => "RustConf",
        (Group, _, _) => "Elixir Forum",
        (Talk, true, false) => "her talk on tide tables",
        (Talk | Post, true, true) => "oats",
        (Talk, false, _) => "Terra Nova",
        (Post, true, false) => "her post about hinge torque",
        (Post, false, _) => "Mare Nostrum",
        (Project, true, false) => "her map of hut closures",
        (Project, ..) => "tidecal",
        (Mutual, _, false) => "Ilse Brandt",
        (Mutual, _, true) => "Ida Lee",
        (School | Employer, _, true) => "ETH",
        (School, ..) => "Girton",
        (Employer, ..) => "Nokia",
        (Work, true, _) => "vet",
        (Vacancy, true, _) => "cook",
        (Application, true, _) => "the cook role",
        (Place, ..) => "Leith",
        (Conversation, true, _) => "the night bus",
        (News, true, _) => "her new post",
        (Work | Vacancy | Application | Conversation | News, false, _) => "Anuga",
    }
}

/// The part of a fact, for kinds that have parts.
const PART: &str = "the part on fees";
/// A day, and the one before which it was.
pub(super) const DAYS: (&str, &str) = ("2026-09-30", "2026-10-07");

/// Which invented people a template is tried on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cast {
    /// Whether their names and facts are short, for a note that has no room.
    pub(super) short: bool,
    /// Whether they have what may be missing.
    pub(super) full: bool,
}

/// An invented reader and writer with what the template prints, and nothing else.
pub(super) fn people(order: &Order<'_>, used: &[Source], cast: Cast) -> (Contact, Contact) {
    // The second reader is another one.
    let readers = match (cast.full, cast.short) {
        (true, _) => &READERS[..],
        (false, false) => &READERS[1..],
        (false, true) => &READERS[..READERS.len() - 1],
    };
    let reader = choose(readers, order, cast.short);
    let writer = choose(&WRITERS, order, cast.short);
    let mut contact = of(reader, used, Source::Contact);
    contact.first_name = reader[0].to_owned();
    for (at, real) in order.facts.iter().enumerate().filter(|(at, _)| used.contains(&Source::What(*at))) {
        let has = |source: Source| cast.full && used.contains(&source);
        contact.facts.push(Fact {
            kind: real.kind,
            what: other_than(order, &order.contact.facts[real.index].what, real.kind, cast.short).to_owned(),
            detail: has(Source::Detail(at)).then(|| PART.to_owned()),
            when: has(Source::When(at)).then(|| DAYS.0.to_owned()),
        });
    }
    let mut me = of(writer, used, Source::Me);
    if used.iter().any(|source| matches!(source, Source::Me(_))) {
        me.first_name = writer[0].to_owned();
    }
    (contact, me)
}

/// An invented fact that is not a real one, and names nobody real.
fn other_than(order: &Order<'_>, real: &str, kind: FactKind, short: bool) -> &'static str {
    let english = is_english(order.language());
    let people = [Some(order.contact), order.request.me];
    let names = people
        .into_iter()
        .flatten()
        .flat_map(|real| [Some(&real.first_name), real.last_name.as_ref(), real.company.as_ref()]);
    let names: Vec<&String> = names.flatten().filter(|name| !name.is_empty()).collect();
    let invented = fact(kind, english, short);
    let is_real = real.contains(invented) || names.iter().any(|name| invented.contains(name.as_str()));
    if is_real { fact(kind, english, !short) } else { invented }
}

/// The first who shares nothing with the real people; with `short` the one with the shortest names.
fn choose<'i>(bank: &'i [Invented], order: &Order<'_>, short: bool) -> &'i Invented {
    let real = [Some(order.contact), order.request.me];
    let is_real = |invented: &&Invented| {
        let shares = |real: &Contact| {
            FIELDS
                .iter()
                .zip(**invented)
                .any(|(field, invented)| field_of(real, field).is_some_and(|real| real == invented))
        };
        real.into_iter().flatten().any(shares)
    };
    let mut free = bank.iter().filter(|invented| !is_real(invented));
    let chosen = if short { free.next_back() } else { free.next() };
    chosen.unwrap_or(&bank[0])
}

/// The fields of an invented person that the template prints.
fn of(invented: &Invented, used: &[Source], source: fn(&'static str) -> Source) -> Contact {
    let field = |name| {
        let at = FIELDS.iter().position(|field| *field == name)?;
        used.contains(&source(name)).then(|| invented[at].to_owned())
    };
    Contact {
        first_name: field("first_name").unwrap_or_default(),
        last_name: field("last_name"),
        company: field("company"),
        role: field("role"),
        profile: field("profile"),
        ..Contact::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_invented_fact_can_be_printed() {
        for kind in FactKind::ALL {
            for (english, short) in [(true, false), (true, true), (false, false), (false, true)] {
                let what = fact(kind, english, short).to_owned();
                let detail = Some(PART.to_owned());
                let fact = Fact { kind, what, detail, when: None };
                let printed = if english { fact.printed() } else { fact.printed_as_written() };
                assert!(printed.is_ok(), "{printed:?}");
                let has_parts = matches!(kind, FactKind::Talk | FactKind::Post | FactKind::Project);
                assert!(!has_parts || fact.printed_detail().is_some_and(|detail| detail.as_str() == PART), "{fact:?}");
            }
        }
    }
}
