//! How jobs are printed: theirs, one they offer, one the writer asks for.

use super::kinds::{Printed, thing};
use super::phrase::{Phrase, is_preposition, listed, starts_small};
use super::{FactKind, Reason, a_or_an};

const VACANCIES: &str = "\
    role roles job jobs position positions opening openings vacancy vacancies ad advert adverts internship \
    posting placement apprenticeship";
const STEPS: &str = "interview application form test call visit letter assessment trial";

pub(super) fn work(phrase: &Phrase) -> Printed {
    let thing = thing(phrase)?;
    if thing.starts_with("your ") {
        return Ok(thing);
    }
    if phrase.noun_is(VACANCIES) || phrase.first() == "open" {
        return Err(Reason::Kind(FactKind::Vacancy));
    }
    let rest = ["works ", "working ", "work "].iter().find_map(|start| thing.strip_prefix(start));
    if let Some(rest) = rest.or_else(|| is_preposition(phrase.first()).then_some(&thing)) {
        let fits =
            ["at", "as", "for", "in", "on", "with", "near"].contains(&rest.split(' ').next().unwrap_or_default());
        return if fits { Ok(format!("your work {rest}")) } else { Err(Reason::Misfit) };
    }
    let first = phrase.first().to_lowercase();
    let noun = phrase.noun();
    if noun.ends_with("ing") || noun.ends_with("ics") || ["law", "medicine", "finance", "sales"].contains(&noun) {
        return Ok(format!("your work in {thing}"));
    }
    let is_plural = noun.ends_with('s') && !noun.ends_with("ss") && starts_small(noun);
    let is_verb =
        phrase.head().len() > 1 && first.ends_with('s') && !first.ends_with("ss") && starts_small(phrase.first());
    if is_plural || is_verb {
        return Err(Reason::Misfit);
    }
    Ok(format!("your work as {}", a_or_an(&thing)))
}

pub(super) fn vacancy(phrase: &Phrase) -> Printed {
    let thing = thing(phrase)?;
    if is_preposition(phrase.first()) {
        return Err(Reason::Misfit);
    }
    if thing.starts_with("your ") || (phrase.has_determiner() && phrase.after_article().is_none()) {
        return Ok(thing);
    }
    let bare = phrase.after_article().map_or(thing.as_str(), |_| thing.split_once(' ').map_or("", |(_, rest)| rest));
    let noun = phrase.noun();
    if listed(VACANCIES, &noun.to_lowercase()) {
        return Ok(format!("the {bare}"));
    }
    let is_plural = noun.ends_with('s') && !noun.ends_with("ss") && starts_small(noun);
    Ok(if is_plural { format!("the openings for {bare}") } else { format!("the opening for {}", a_or_an(bare)) })
}

pub(super) fn application(phrase: &Phrase) -> Printed {
    let thing = thing(phrase)?;
    if thing.starts_with("my ") {
        return Ok(thing);
    }
    if is_preposition(phrase.first()) && phrase.first() != "for" {
        return Err(Reason::Misfit);
    }
    let thing = thing.strip_prefix("for ").unwrap_or(&thing);
    let bare = ["the ", "a ", "an "].iter().find_map(|article| thing.strip_prefix(article));
    let noun = phrase.noun();
    if listed(STEPS, noun) {
        return Ok(format!("my {}", bare.unwrap_or(thing)));
    }
    if listed(VACANCIES, &noun.to_lowercase()) || thing.starts_with("your ") {
        let article = if thing.starts_with("your ") { "" } else { "the " };
        return Ok(format!("my application for {article}{}", bare.unwrap_or(thing)));
    }
    Ok(format!("my application as {}", a_or_an(bare.unwrap_or(thing))))
}
