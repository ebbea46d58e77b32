//! What there is to say about a rule: on a terminal, and as the page in `docs/rules/`.

mod cadence;
mod markdown;
mod page;

pub use markdown::{index, markdown};
pub use page::{Amount, page};

use cadence::{cadence, happened};

use crate::contact::Contact;
use crate::context::{Account, Channel, Kind};
use crate::diagnostic::Level;
use crate::rule::Listed;
use crate::rule::pack::{Check, Count, Counted, ExampleDoc, Role, RuleDoc};
use crate::rule::spec::{AddressKind, Evidence, NameKind, Per, PlaceholderKind, RecipientKind, Run};
use crate::text::Language;

/// Whether a rule runs here, in one word.
#[must_use]
pub fn state(listed: &Listed<'_>) -> &'static str {
    match (listed.replaced, listed.runs, listed.own) {
        (true, ..) => "replaced",
        (_, true, true) => "own",
        (_, true, false) => "on",
        _ if listed.rule.run == Run::Preview => "preview",
        _ => "off",
    }
}

/// The heaviest level of a rule, and what else is to be said about its levels.
#[must_use]
pub fn levels(listed: &Listed<'_>) -> (Level, Option<String>) {
    let of: Vec<(Kind, Level)> = Kind::ALL.into_iter().filter_map(|kind| Some((kind, listed.level(kind)?))).collect();
    let heaviest = of.iter().map(|(_, level)| *level).max().unwrap_or(Level::Suggestion);
    let rest = if of.iter().any(|(_, level)| *level != heaviest) {
        let each: Vec<_> = of.iter().map(|(kind, level)| format!("{kind}: {level}")).collect();
        Some(each.join(", "))
    } else {
        let missing = Kind::ALL.into_iter().find(|kind| listed.level(*kind).is_none());
        match (of.as_slice(), missing) {
            ([(kind, _)], _) => Some(format!("{kind} only")),
            (_, Some(kind)) => Some(format!("not {kind}")),
            _ => None,
        }
    };
    (heaviest, rest)
}

/// What a rule looks for, as a sentence.
#[must_use]
pub fn looks_for(listed: &Listed<'_>) -> String {
    let rule = listed.rule;
    let mut text = finds(&rule.check);
    if rule.min > 1 {
        text += &format!(", at least {} different ones in a note", rule.min);
    }
    if rule.exact {
        text += "; capitals matter";
    }
    text
}

/// The phrases of a check as they are written, with what to write instead where the rule says so.
fn phrases(check: &Check, doc: &RuleDoc) -> Vec<String> {
    let lines = lines(doc, Role::Find);
    let Check::Swap(texts) = check else { return lines };
    let texts = texts.iter().map(|text| if text.is_empty() { "(leave it out)" } else { text });
    lines.iter().zip(texts).map(|(phrase, text)| format!("{phrase} → {text}")).collect()
}

/// The phrases of a role, as they are written.
fn lines(doc: &RuleDoc, role: Role) -> Vec<String> {
    doc.lines.iter().filter(|(of, _)| *of == role).map(|(_, text)| text.clone()).collect()
}

/// The phrases that narrow a rule, with what they do.
fn narrowing(check: &Check) -> [(Role, &'static str); 3] {
    let whole = matches!(check, Check::Requires | Check::Length(_) | Check::Unused { .. } | Check::Missing { .. });
    [
        (Role::Except, "Not where it overlaps"),
        (Role::Unless, if whole { "Not in a note with" } else { "Not in a sentence with" }),
        (Role::When, "Only in a note with"),
    ]
}

/// Texts a rule leaves alone. The same text may be found in one kind of note and left alone in another; that would
/// explain nothing.
fn allowed(doc: &RuleDoc) -> impl Iterator<Item = &ExampleDoc> {
    let is_found = |text: &str| doc.flags.iter().any(|found| found.text == text);
    doc.allows.iter().filter(move |example| !is_found(&example.text))
}

/// What surrounds an example: `follow_up, to Ana Silva (Brightwater; talk: calm rotations)`.
fn about(example: &ExampleDoc) -> Option<String> {
    let contact = example.contact.as_deref().and_then(|json| serde_json::from_str::<Contact>(json).ok());
    let account = example.account.as_ref().map(|account| format!("{account} account"));
    let said = [
        example.kind.map(|kind| kind.to_string()),
        example.channel.clone(),
        account,
        contact.map(to),
        example.today.as_ref().map(|day| format!("on {day}")),
    ];
    let said: Vec<_> = said.into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(", "))
}

fn to(contact: Contact) -> String {
    let facts = contact.facts.iter().map(|fact| {
        let when = fact.when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
        format!("{}: {}{when}", fact.kind.as_str(), fact.what)
    });
    let history = contact.history.iter().map(|event| format!("{} {}", happened(&[event.what]), event.on));
    let known: Vec<_> =
        contact.company.clone().into_iter().chain(contact.role.clone()).chain(facts).chain(history).collect();
    let name = contact.full_name();
    if known.is_empty() { format!("to {name}") } else { format!("to {name} ({})", known.join("; ")) }
}

/// What a channel allows, in words, with where that is known from.
fn limit(channel: Channel) -> String {
    let of = |account| channel.limit(Some(account)).map(|limit| limit.hard);
    match (of(Account::Free), of(Account::Premium)) {
        (Some(free), Some(premium)) if free == premium => format!("{free}"),
        (Some(free), Some(premium)) => format!("{free} with a free account, {premium} with Premium"),
        _ => "no limit".to_owned(),
    }
}

/// A language by its name, if it has one here.
#[must_use]
pub fn language(tag: &str) -> &str {
    tag.parse::<Language>().ok().and_then(Language::name).unwrap_or(tag)
}

const LIMITS: &str = "Limits, counted in UTF-16 units as a browser's text box counts";

/// Whether a rule's page shows the limits of the channels.
const fn is_about_limits(check: &Check) -> bool {
    matches!(check, Check::Length(_))
}

/// What a check looks for, as a title of its phrases.
pub(super) fn finds(check: &Check) -> String {
    match check {
        Check::Phrases => "Finds these phrases".into(),
        Check::Swap(_) => "Finds these phrases and offers other words".into(),
        Check::Pattern { .. } => "Finds what this regular expression matches".into(),
        Check::Count(count) => counts(count),
        Check::Repeat { run, phrases: false } => format!("Finds the same word {run} times in a row"),
        Check::Repeat { run, phrases: true } => format!("Finds {run} sentences in a row with one of these phrases"),
        Check::Requires => "Finds a note without any of these phrases".into(),
        Check::Signs { at, .. } => format!("Finds a note in which these signs add up to {at} points"),
        Check::Wording(settings) => format!(
            "Finds a note worded as {} notes are: a score of {} or more; docs/wording.md says how it is counted",
            settings.of.as_str(),
            settings.at
        ),
        Check::Sameness(settings) => format!(
            "Finds notes of one run, to {} or more people, that share {} % of their word triples, names and given values aside",
            settings.least, settings.similar
        ),
        Check::Density(settings) => {
            format!("Finds a note in which {} different rules of {} find something", settings.distinct, settings.rules)
        }
        Check::Length(100) => "Finds a note that is longer than its channel allows".into(),
        Check::Length(percent) => format!("Finds a note that is longer than {percent} % of what its channel allows"),
        Check::Placeholder(PlaceholderKind::Field) => {
            "Finds fields that were not filled in: {{name}}, [Company], %NAME%, FIRSTNAME".into()
        }
        Check::Placeholder(PlaceholderKind::Gap) => "Finds places where a value is missing: “Hi ,”, “at .”".into(),
        Check::Recipient(RecipientKind::Name) => "Finds a greeting to somebody else than the contact".into(),
        Check::Recipient(RecipientKind::Company) => {
            "Finds another employer than the contact's, behind one of these phrases".into()
        }
        Check::Recipient(RecipientKind::Others) => "Finds a detail that belongs to another contact of the run".into(),
        Check::Unused { asks: false } => "Finds a note that uses none of the facts you gave about the contact".into(),
        Check::Unused { asks: true } => {
            "Finds a note that uses none of the facts you gave; without one of these phrases, a personal one gets a suggestion"
                .into()
        }
        Check::Missing { .. } => {
            "Finds a note without a word that is only for its reader, when you gave no facts about them".into()
        }
        Check::Address { kind: AddressKind::Mixed, .. } => {
            "Finds a note with familiar and polite forms of address, such as these".into()
        }
        Check::Address { kind: AddressKind::Contact, .. } => {
            "Finds another form of address than the contact's, by these words".into()
        }
        Check::Claimed(_) => "Finds these phrases where no fact about the contact supports them".into(),
        Check::Ratio(ratio) => format!(
            "Finds a note with more than {} of the first {} of these for each of the others, and at least {}",
            ratio.max, ratio.of, ratio.min_of
        ),
        Check::Name(NameKind::Stored) => "Finds a greeting with the contact's name as a list keeps it".into(),
        Check::Name(NameKind::Title) => {
            "Finds a greeting with a title such as Mr or Ms that is not written down".into()
        }
        Check::Cadence(settings) => cadence(settings),
    }
}

fn counts(count: &Count) -> String {
    let of = match &count.of {
        Counted::Words => "words".to_owned(),
        Counted::Sentences => "sentences".to_owned(),
        Counted::Questions => "questions".to_owned(),
        Counted::Grade => "years of school needed to read it (Flesch–Kincaid, from 40 words on)".to_owned(),
        Counted::Units => "characters (UTF-16 units, as LinkedIn counts)".to_owned(),
        Counted::Marks(marks) => format!("of the marks {marks}"),
        Counted::Phrases => "of these".to_owned(),
    };
    let per = if count.per == Per::Note { "note" } else { "sentence" };
    match (count.min, count.max) {
        (Some(min), Some(max)) => format!("Finds a {per} with fewer than {min} or more than {max} {of}"),
        (Some(min), None) => format!("Finds a {per} with fewer than {min} {of}"),
        (None, Some(max)) => format!("Finds a {per} with more than {max} {of}"),
        (None, None) => format!("Counts {of} in a {per}"),
    }
}

/// What a grade of evidence means.
pub(super) const fn grade(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::A => "A: replicated, or a large field experiment",
        Evidence::B => "B: one good study, or a platform's own data",
        Evidence::C => "C: vendors' figures and small tests",
        Evidence::D => "D: practitioners agree; nobody has measured it",
    }
}
