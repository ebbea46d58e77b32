//! Facts that a note names in full: its own words, the person of a `mutual` fact, the words the composer prints.

use super::words::{bare, split};
use crate::contact::{Contact, Fact, FactKind, may_be_the_same_name};
use crate::rule::check::Note;
use crate::rule::check::words::is_stop;
use crate::text::Span;

/// The place where the note says the fact in its own words, without the his, her or the before it, or names the
/// person of a `mutual` fact. Ordinary words do for this: a name such as Will Hope needs its capitals only.
pub(super) fn person_or_words(note: Note<'_>, fact: &Fact) -> Option<Span> {
    let words: Vec<&str> = split(&fact.what).collect();
    let said = match words.first()?.to_lowercase().as_str() {
        "his" | "her" | "their" | "the" | "a" | "an" => &words[1..],
        _ => &words[..],
    };
    let person = fact.kind == FactKind::Mutual;
    let names =
        if person { said.iter().take_while(|word| word.starts_with(char::is_uppercase)).count() } else { said.len() };
    let said: Vec<String> = said[..names].iter().map(|word| bare(&word.to_lowercase())).collect();
    let enough =
        if person { said.first().is_some_and(|first| said.len() > 1 || !is_stop(first)) } else { said.len() > 1 };
    if !enough {
        return None;
    }
    let tokens = note.tokens.tokens();
    let is = |at: usize, word: &str| {
        let token = tokens.get(at)?;
        let said = bare(note.tokens.folded(token));
        let same = if person { token.capital && may_be_the_same_name(&said, word) } else { said == word };
        same.then_some(token.span)
    };
    let places = (0..tokens.len()).filter(|at| !note.sentence(*at).greeting);
    let whole = |at: usize, length: usize| {
        let spans = said[..length].iter().enumerate().map(|(next, word)| is(at + next, word));
        spans.reduce(|before, next| Some(before?.join(next?))).flatten()
    };
    // A first name alone will do, unless it is a word such as Will.
    let by_first_name = person && !is_stop(&said[0]);
    let lengths = if by_first_name { vec![said.len(), 1] } else { vec![said.len()] };
    places.into_iter().find_map(|at| lengths.iter().find_map(|length| whole(at, *length)))
}

/// The place where the note says the fact just as the composer prints it: `your blog` for `her blog`. So a note that
/// was composed from a fact always uses it, however ordinary its words.
pub(super) fn printed(note: Note<'_>, contact: &Contact, fact: &Fact) -> Option<Span> {
    let words = fact.printed_to(contact).ok()?;
    let body = note.body_span();
    let text = &note.text[body.range()];
    let joins = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
    let mut places = text.match_indices(&words).map(|(at, _)| Span::new(at, at + words.len()));
    let place = places.find(|place| {
        let before = text[..place.start].trim_end();
        // At the start of a sentence May and Will are mostly no names.
        let telling =
            !is_stop(&words.to_lowercase()) || before.ends_with(|last: char| last.is_alphanumeric() || last == ',');
        telling && !joins(text[..place.start].chars().next_back()) && !joins(text[place.end..].chars().next())
    })?;
    Some(place.shift(body.start))
}
