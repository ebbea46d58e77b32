use super::*;
use crate::contact::{Fact, FactKind};
use crate::rule::pack::{Lazy, Pack, Walk, Wants, compile};
use crate::text::{Span as Bytes, Tokens};

const TODAY: &str = "2026-11-22";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A history of `invited 2026-11-02; sent 2026-11-03 Hi Ana`.
fn history(text: &str) -> Contact {
    let events = text.split(';').map(str::trim).filter(|event| !event.is_empty()).map(|event| {
        let mut parts = event.splitn(3, ' ');
        let what = parts.next().unwrap().parse().unwrap();
        Event { what, on: day(parts.next().unwrap()), text: parts.next().map(str::to_owned) }
    });
    Contact { id: "ana".into(), first_name: "Ana".into(), history: events.collect(), ..Contact::default() }
}

fn look(of: Watched) -> Cadence {
    Cadence { of, within: None, beyond: None, warn_from: None, rules: Vec::new(), phrases: false }
}

fn after(events: &[EventKind], until: &[EventKind]) -> Cadence {
    look(Watched::After { events: events.to_vec(), until: until.to_vec() })
}

fn run(cadence: &Cadence, text: &str, contact: &Contact, others: &[Contact], hits: &[Hit]) -> Vec<Found> {
    let mut tokens = Tokens::default();
    tokens.read(text);
    let context = Context { contact: Some(contact), others, today: Some(day(TODAY)), ..Context::default() };
    assert!(may_find(cadence, &context) || contact.history.is_empty());
    find(cadence, Note { text, tokens: &tokens, context: &context }, hits)
}

#[test]
fn an_open_invitation_is_counted_in_days() {
    use EventKind::{Accepted, Declined, Invited, Received, Withdrawn};
    let cadence = Cadence {
        within: Some(28),
        warn_from: Some(14),
        ..after(&[Invited], &[Accepted, Declined, Received, Withdrawn])
    };
    for (past, found) in [
        ("invited 2026-11-22", Some((0, None, "2026-12-20"))),
        ("invited 2026-11-09", Some((13, None, "2026-12-07"))),
        ("invited 2026-11-08", Some((14, Some(Level::Warning), "2026-12-06"))),
        ("invited 2026-10-26", Some((27, Some(Level::Warning), "2026-11-23"))),
        ("invited 2026-10-25", None),
        ("invited 2026-11-23", None),
        ("invited 2026-11-02; accepted 2026-11-02", None),
        ("accepted 2026-11-20; invited 2026-11-02", None),
        ("invited 2026-09-01; withdrawn 2026-10-01; invited 2026-11-21", Some((1, None, "2026-12-19"))),
        ("sent 2026-11-21", None),
        ("invited 2026-11-22 Good to meet you.", None),
        ("invited 2026-11-22 Something else.", Some((0, None, "2026-12-20"))),
    ] {
        let found_now = run(&cadence, "Good to meet you.", &history(past), &[], &[]);
        let told = found_now.first().map(|found| {
            let since = found.since.as_ref().unwrap();
            (since.days, found.level, since.from.unwrap().to_string())
        });
        assert_eq!(told, found.map(|(days, level, from)| (days, level, from.to_owned())), "{past}");
    }
}

#[test]
fn long_ago_starts_the_day_after_the_last() {
    let cadence = Cadence { beyond: Some(180), ..after(&[EventKind::Invited], &[]) };
    for (past, count) in [("invited 2026-05-26", 0), ("invited 2026-05-25", 1), ("invited 1990-01-01", 1)] {
        assert_eq!(run(&cadence, "Hello.", &history(past), &[], &[]).len(), count, "{past}");
    }
}

#[test]
fn days_that_no_calendar_has_do_no_harm() {
    let cadence = Cadence { within: Some(u32::MAX), ..after(&[EventKind::Invited], &[]) };
    let found = run(&cadence, "Hello.", &history("invited -009999-01-01"), &[], &[]);
    assert!(found[0].since.as_ref().unwrap().from.is_none());
}

#[test]
fn without_a_contact_or_a_day_nothing_is_found() {
    let cadence = after(&[EventKind::Declined], &[]);
    let ana = history("declined 2026-11-01");
    let mut tokens = Tokens::default();
    tokens.read("Hello.");
    for context in [
        Context { contact: Some(&ana), ..Context::default() },
        Context { today: Some(day(TODAY)), ..Context::default() },
    ] {
        assert!(!may_find(&cadence, &context));
        assert!(find(&cadence, Note { text: "Hello.", tokens: &tokens, context: &context }, &[]).is_empty());
    }
}

#[test]
fn a_rule_with_phrases_needs_one_that_counts() {
    let cadence = Cadence { phrases: true, ..after(&[EventKind::Sent], &[]) };
    let ana = history("sent 2026-11-20");
    assert!(run(&cadence, "A quick call?", &ana, &[], &[]).is_empty());
    let found = run(&cadence, "A quick call?", &ana, &[], &[hit("quick call", "A quick call?")]);
    assert_eq!(found[0].span, Bytes::new(2, 12));
}

#[test]
fn what_goes_out_is_counted_over_all_contacts_once() {
    let of = |with_text| Cadence {
        within: Some(7),
        ..look(Watched::Volume { events: vec![EventKind::Invited], max: 2, with_text })
    };
    let ana = history("invited 2026-11-16; invited 2026-11-15");
    let other = |id: &str, past: &str| Contact { id: id.into(), ..history(past) };
    let others =
        [ana.clone(), other("bo", "invited 2026-11-22 Hi Bo; sent 2026-11-22"), other("cy", "invited 2026-11-20")];
    let found = run(&of(false), "Hello.", &ana, &others, &[]);
    assert_eq!((found[0].count, found[0].limit), (3, 2));
    assert!(run(&of(true), "Hello.", &ana, &others, &[]).is_empty());
    assert!(run(&of(false), "Hello.", &ana, &others[..2], &[]).is_empty());
}

#[test]
fn a_day_of_the_week_names_the_next_better_one() {
    let of = |days: &[Weekday]| look(Watched::Weekdays(days.to_vec()));
    let found = run(&of(&[Weekday::Sunday, Weekday::Monday]), "Hello.", &history(""), &[], &[]);
    assert_eq!(found[0].value.as_deref(), Some("Sunday"));
    assert_eq!(found[0].since.as_ref().unwrap().from, Some(day("2026-11-24")));
    assert!(run(&of(&[Weekday::Saturday]), "Hello.", &history(""), &[], &[]).is_empty());
}

const FIRST: &str =
    "Hi Ana, your talk on tide gauges at the Hull yard was great. Could I see the drawings of the hinge?";

#[test]
fn a_follow_up_that_says_the_same_again_is_found() {
    let ana = history(&format!("invited 2026-10-01 {FIRST}"));
    for (text, again) in [
        (FIRST, true),
        (
            "Hello Ana! Your talk on tide gauges at the Hull yard was really great. Could I see the drawings of the hinge? Best, Jo",
            true,
        ),
        ("Ana, could I see the drawings of the hinge please?", true),
        (
            "Your talk on tide gauges at the Hull yard was great. The bowl is fired, and a photo of it is attached.",
            false,
        ),
        ("Jo from the Hull yard: the new gauge holds, and here is its trace.", false),
        ("Thanks, Jo", false),
        ("", false),
    ] {
        let found = run(&look(Watched::Repeats(50)), text, &ana, &[], &[]);
        assert_eq!(!found.is_empty(), again, "{text}");
    }
    let theirs = history(&format!("received 2026-10-01 {FIRST}"));
    assert!(run(&look(Watched::Repeats(50)), FIRST, &theirs, &[], &[]).is_empty());
}

fn knowing(facts: &[(FactKind, &str, Option<&str>)]) -> Contact {
    let facts = facts.iter().map(|(kind, what, when)| Fact {
        kind: *kind,
        what: (*what).to_owned(),
        detail: None,
        when: when.map(str::to_owned),
    });
    Contact { facts: facts.collect(), ..history("") }
}

/// The first hit of a phrase in a text.
fn hit(phrase: &str, text: &str) -> Hit {
    let yaml = format!("summary: x\nlevel: error\nmessage: x\nexamples: {{}}\nphrases: [{phrase}]");
    let pack = Pack::open(compile(&[serde_yaml::from_str(&yaml).unwrap()], None).unwrap()).unwrap();
    let mut tokens = Tokens::default();
    tokens.read(text);
    let (mut walk, mut hits) = (Walk::default(), Vec::new());
    walk.read(text, &tokens);
    walk.find(text, &tokens, &pack, None, &mut Lazy::default(), Wants::All, &mut hits);
    hits[0]
}

#[test]
fn an_old_fact_is_not_recent() {
    use FactKind::{News, Post, Talk, Work};
    let told = Cadence { beyond: Some(90), ..look(Watched::Told(vec![Post, Talk, News, Work])) };
    for (text, facts, found) in [
        ("Your recent post helped me.", &[(Post, "hinge torque", Some("2026-05"))][..], Some("2026-05")),
        ("Your recent post on hinge torque", &[(Post, "hinge torque", Some("2025"))], Some("2025")),
        ("Your recent post helped me.", &[(Post, "hinge torque", Some("2026-09"))], None),
        ("Your recent post helped me.", &[(Post, "hinge torque", Some("2026"))], None),
        ("Your recent post helped me.", &[(Post, "hinge torque", Some("2025")), (Post, "tides", None)], None),
        ("Your recent post on tides", &[(Post, "hinge torque", Some("2025")), (Post, "tides", None)], None),
        ("Your recent post helped me.", &[(Talk, "hinge torque", Some("2025"))], None),
        ("Your new role is great.", &[(Work, "Lead Analyst", Some("2025-01-31"))], Some("2025-01-31")),
        ("Your new role at Moss as Head Gauger", &[(News, "Head Gauger at Moss", Some("2025-01"))], Some("2025-01")),
    ] {
        let found_now = run(&told, text, &knowing(facts), &[], &[hit("^ your <word> <word>", text)]);
        let date = found_now.first().map(|found| found.since.as_ref().unwrap().date.as_str());
        assert_eq!(date, found, "{text}");
        if let Some(found) = found_now.first() {
            assert_eq!(found.span, Bytes::new(0, text.split(' ').take(3).collect::<Vec<_>>().join(" ").len()));
        }
    }
}

#[test]
fn a_meeting_of_long_ago_wants_a_reminder() {
    use FactKind::{Conversation, Event, Talk};
    let untold = Cadence { beyond: Some(30), ..look(Watched::Untold(vec![Event, Conversation])) };
    for (text, facts, found) in [
        ("Good to meet you!", &[(Event, "FOSDEM", Some("2026-02-01"))][..], true),
        ("Good to meet you!", &[(Event, "FOSDEM", Some("2026-11-01"))], false),
        ("Good to meet you!", &[(Event, "FOSDEM", Some("2026"))], false),
        ("Good to meet you!", &[(Event, "FOSDEM", None)], false),
        ("Good to meet you!", &[(Event, "FOSDEM", Some("2025")), (Event, "RustConf", Some("2026-11"))], false),
        ("We spoke at FOSDEM.", &[(Event, "FOSDEM", Some("2026-02"))], false),
        ("We spoke after your talk on arenas.", &[(Event, "FOSDEM", Some("2025")), (Talk, "arenas", None)], false),
    ] {
        assert_eq!(!run(&untold, text, &knowing(facts), &[], &[hit("^ <word>", text)]).is_empty(), found, "{text}");
    }
}
