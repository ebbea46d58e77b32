//! How each kind of fact is printed.

use super::jobs::{application, vacancy, work};
use super::phrase::{Phrase, is_preposition, listed, readdressed, starts_small};
use super::{FactKind, Reason};

pub(super) type Printed = Result<String, Reason>;

const TALKS: &str = "\
    talk talks keynote session lecture lectures panel workshop tutorial presentation webinar interview podcast \
    intro introduction speech demo course class seminar toast poster slides episode sermon reading masterclass";
const POSTS: &str = "\
    post posts article articles thread comment comments notes note blog paper papers essay essays piece \
    newsletter book map guide series column review reviews rules list write-up report tutorial thesis letter \
    story question answer reply interview podcast video study preprint translation recipe poem";
const PROJECTS: &str = "\
    parser library tool app crate plugin package framework study exhibit exhibition book game site website \
    newsletter podcast map garden film project compiler editor engine dataset archive atlas font choir museum \
    clinic survey";
const PROGRAMMES: &str = "\
    school college university course programme program class academy institute faculty department bootcamp \
    seminar MBA MSc PhD BA BSc LLM masters";
const CHATS: &str = "chat call talk conversation discussion exchange";

/// What a fact of this kind prints.
pub(super) fn printed(kind: FactKind, phrase: &Phrase) -> Printed {
    if phrase.text().is_empty() {
        return Err(Reason::Empty);
    }
    if matches!(kind, FactKind::Talk | FactKind::Post)
        && let Some(title) = phrase.quoted()
    {
        return Ok(titled(kind, title));
    }
    if phrase.opens_with_subject() || phrase.opens_with_remark() {
        return Err(Reason::Sentence);
    }
    if phrase.names_writer() {
        return Err(Reason::Sender);
    }
    match kind {
        FactKind::Talk => work_of_theirs(kind, phrase, TALKS),
        FactKind::Post => work_of_theirs(kind, phrase, POSTS),
        FactKind::Project => project(phrase),
        FactKind::Mutual => mutual(phrase),
        FactKind::School => school(phrase),
        FactKind::Event | FactKind::Group | FactKind::Employer => name(phrase),
        FactKind::Place => place(phrase),
        FactKind::Work => work(phrase),
        FactKind::Vacancy => vacancy(phrase),
        FactKind::Application => application(phrase),
        FactKind::Conversation => conversation(phrase),
        FactKind::News => news(phrase),
    }
}

/// The phrase as a thing: his, her and their turned to the reader; no clause and no pronoun left.
pub(super) fn thing(phrase: &Phrase) -> Printed {
    if phrase.is_several() {
        return Err(Reason::Several);
    }
    if phrase.is_clause() {
        return Err(Reason::Sentence);
    }
    let (owner, rest) = match (phrase.owned(), phrase.addressed()) {
        (Some(rest), _) | (_, Some(rest)) => ("your ", rest),
        _ => ("", phrase.text()),
    };
    let rest = readdressed(rest);
    // The `your` that was just put there is no stray one.
    match Phrase::new(&rest.replacen(" your ", " ", 1)).stray_pronoun() {
        Some(word) if !phrase.text().contains(" your ") => Err(Reason::Pronoun(word.to_owned())),
        _ if phrase.text().contains(" your ") => Err(Reason::Pronoun("your".into())),
        _ => Ok(format!("{owner}{rest}")),
    }
}

/// A talk or a post: `your talk on async traits`, `your post “Moving house, slowly”`.
fn work_of_theirs(kind: FactKind, phrase: &Phrase, heads: &str) -> Printed {
    let about = if kind == FactKind::Talk { "on" } else { "about" };
    if phrase.owned().is_some() || phrase.addressed().is_some() {
        return thing(phrase);
    }
    if is_preposition(phrase.first()) {
        return Ok(format!("your {kind} {}", thing(phrase)?));
    }
    if let Some(rest) = phrase.after_article() {
        let inner = Phrase::new(rest);
        let thing = thing(phrase)?;
        let bare = thing.split_once(' ').map_or(thing.as_str(), |(_, rest)| rest);
        return Ok(if inner.noun_is(heads) { format!("your {bare}") } else { format!("your {kind} {about} {thing}") });
    }
    if is_work(phrase, heads) {
        // `Ana's talk`: without the contact nobody can tell whether Ana is the reader.
        if phrase.first().starts_with(char::is_uppercase)
            && phrase.first().ends_with(['s', 'S'])
            && phrase.first().contains(['\'', '’'])
        {
            return Err(Reason::Misfit);
        }
        return thing(phrase).map(|thing| format!("your {}", uncapitalised(phrase, thing)));
    }
    if is_title(phrase) {
        return Ok(titled(kind, phrase.text()));
    }
    thing(phrase).map(|thing| format!("your {kind} {about} {thing}"))
}

/// Whether the phrase says what sort of work it is: `SaaStock session on silent accounts`.
fn is_work(phrase: &Phrase, heads: &str) -> bool {
    if phrase.noun_is(heads) {
        return true;
    }
    let first = phrase.first().to_lowercase();
    let next = phrase.words().nth(1).unwrap_or_default();
    listed(heads, &first) && ["about", "on", "for", "with", "to", "under"].contains(&next)
}

/// Whether the phrase is a title rather than a topic.
fn is_title(phrase: &Phrase) -> bool {
    let text = phrase.text();
    if text.contains(": ") || text.ends_with(['?', '!', '…']) || text.contains(" – ") || text.contains(" — ") {
        return true;
    }
    if starts_small(phrase.first()) {
        return false;
    }
    let count = phrase.words().count();
    text.contains(", ")
        || text.contains(" (")
        || phrase.has_auxiliary()
        || (count >= 2 && phrase.is_title_case())
        || (count >= 2 && phrase.has_sentence_capital())
}

fn titled(kind: FactKind, title: &str) -> String {
    format!("your {kind} “{}”", title.trim())
}

/// The text without the capital of its first word, where only the start of the line gave it.
fn uncapitalised(phrase: &Phrase, text: String) -> String {
    let first = phrase.first().to_lowercase();
    let is_common = listed(TALKS, &first) || listed(POSTS, &first);
    match text.split_once(' ') {
        Some((_, rest)) if is_common => format!("{first} {rest}"),
        _ if is_common => first,
        _ => text,
    }
}

/// An event, a group, an employer: names as they are, things with `the`.
fn name(phrase: &Phrase) -> Printed {
    let inner = ["at ", "in "].iter().find_map(|start| phrase.text().strip_prefix(start));
    let phrase = &Phrase::new(inner.unwrap_or(phrase.text()));
    if is_preposition(phrase.first()) {
        return Err(Reason::Misfit);
    }
    let thing = thing(phrase)?;
    let is_one_name = phrase.words().count() == 1 && !thing.chars().all(char::is_lowercase);
    if phrase.has_determiner() || thing.starts_with("your ") || is_one_name || !starts_small(phrase.noun()) {
        return Ok(thing);
    }
    Ok(format!("the {thing}"))
}

fn school(phrase: &Phrase) -> Printed {
    // `ETH, class of 2012`: the year is not shared.
    let phrase = &Phrase::new(phrase.text().split(',').next().unwrap_or_default());
    let thing = thing(phrase)?;
    if is_preposition(phrase.first()) {
        return Err(Reason::Misfit);
    }
    // A programme is one of many (the part-time MBA); a subject is not (Cork physics).
    let several = phrase.head().len() > 1;
    let bare = !phrase.has_determiner() && !thing.starts_with("your ");
    Ok(if bare && several && phrase.noun_is(PROGRAMMES) { format!("the {thing}") } else { thing })
}

fn place(phrase: &Phrase) -> Printed {
    let inner = ["in ", "on ", "near "].iter().find_map(|start| phrase.text().strip_prefix(start));
    let phrase = &Phrase::new(inner.unwrap_or(phrase.text()));
    let thing = thing(phrase)?;
    let is_name = !starts_small(phrase.first());
    Ok(if is_name || phrase.has_determiner() || thing.starts_with("your ") { thing } else { format!("the {thing}") })
}

/// A person: a name, or somebody's somebody with a name.
fn mutual(phrase: &Phrase) -> Printed {
    // What stands behind a comma tells more about the person and is not part of the name.
    let text = phrase.text().split([',', '(']).next().unwrap_or_default().trim();
    let phrase = Phrase::new(text);
    if phrase.is_clause() {
        return Err(Reason::Sentence);
    }
    let text = thing(&phrase)?;
    let has_name = text.split(' ').any(|word| word.starts_with(char::is_uppercase));
    let is_relation = ["my", "our", "your", "the"].contains(&text.split(' ').next().unwrap_or_default());
    let small_ok = |word: &str| is_preposition(word) || listed(PARTICLES, word);
    let is_name = text.starts_with(char::is_uppercase) || listed(PARTICLES, phrase.first());
    let tail = text.split(' ').position(is_preposition).unwrap_or(usize::MAX);
    let plain = text.split(' ').take(tail).all(|word| !starts_small(word) || small_ok(word));
    if has_name && ((is_name && plain) || is_relation) { Ok(text) } else { Err(Reason::Misfit) }
}

const PARTICLES: &str = "de da di del della dos das do du la le van von der den ter ten bin al el and y";

/// A project: a name as it is, a thing with `your`.
fn project(phrase: &Phrase) -> Printed {
    let thing = thing(phrase)?;
    if thing.starts_with("your ") {
        return Ok(thing);
    }
    if let Some(rest) = phrase.after_article() {
        let rest = thing.split_once(' ').map_or(rest, |(_, rest)| rest);
        let is_named = phrase.first().eq_ignore_ascii_case("the") && !starts_small(Phrase::new(rest).first());
        return Ok(if is_named { thing } else { format!("your {rest}") });
    }
    if is_preposition(phrase.first()) || phrase.has_determiner() {
        return Err(Reason::Misfit);
    }
    let count = phrase.words().count();
    let is_name = if count == 1 { !listed(PROJECTS, &thing) } else { !starts_small(phrase.noun()) };
    if is_name {
        return Ok(thing);
    }
    let is_doing = phrase.first().ends_with("ing") && starts_small(phrase.first()) && count > 2;
    Ok(if is_doing { format!("your work on {thing}") } else { format!("your {thing}") })
}

fn conversation(phrase: &Phrase) -> Printed {
    // `our chat about kilns` is about kilns.
    let mut words = phrase.text().split(' ').skip_while(|word| ["our", "a", "the", "my"].contains(word));
    let is_chat = words.next().is_some_and(|word| listed(CHATS, word))
        && words.next().is_some_and(|word| ["about", "on"].contains(&word));
    let topic = if is_chat { words.collect::<Vec<_>>().join(" ") } else { phrase.text().to_owned() };
    let topic = ["about ", "on "].iter().find_map(|start| topic.strip_prefix(start)).unwrap_or(&topic);
    // `late shipments, in June`: when it was needs no pause.
    let topic = topic.replacen(", in ", " in ", 1).replacen(", last ", " last ", 1);
    let phrase = &Phrase::new(&topic);
    if phrase.opens_with_subject() || phrase.opens_with_remark() || is_preposition(phrase.first()) {
        return Err(Reason::Sentence);
    }
    let second = phrase.words().nth(1).unwrap_or_default();
    let acts = phrase.first().ends_with("ed") && starts_small(phrase.first()) && !phrase.first().contains('-');
    if acts && is_preposition(second) {
        return Err(Reason::Sentence);
    }
    thing(phrase)
}

fn news(phrase: &Phrase) -> Printed {
    let thing = thing(phrase)?;
    if thing.starts_with("your ") || phrase.first() == "the" {
        return Ok(thing);
    }
    if let Some(rest) = phrase.after_article() {
        return Ok(format!("your {}", thing.split_once(' ').map_or(rest, |(_, rest)| rest)));
    }
    let is_name = !starts_small(phrase.noun());
    if is_name || is_preposition(phrase.first()) || phrase.has_determiner() {
        return Err(Reason::Misfit);
    }
    let of = phrase.words().nth(phrase.head().len()) == Some("of");
    Ok(if of { format!("the {thing}") } else { format!("your {thing}") })
}
