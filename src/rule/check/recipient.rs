//! `recipient`: details that belong to somebody else.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::facts;
use super::{Found, Note};
use crate::contact::{Contact, may_be_the_same_name};
use crate::rule::pack::Hit;
use crate::rule::spec::RecipientKind;
use crate::text::{Span, TokenKind, fold};

pub(super) fn find(kind: RecipientKind, note: Note<'_>, hits: &[Hit]) -> Vec<Found> {
    let Some(contact) = note.context.contact else { return Vec::new() };
    match kind {
        RecipientKind::Name => name(note, contact),
        RecipientKind::Company => company(note, contact, hits),
        RecipientKind::Others => others(note, contact),
    }
}

/// Words of a greeting that are no names.
const NO_NAMES: &str = "\
    there all team everyone everybody again folks madam friend good morning afternoon evening day hi hello hey dear \
    hiya howdy greetings and from the hallo guten tag morgen abend moin servus grüezi grüß gott sehr geehrte \
    geehrter liebe lieber frau herr hola buenos días dias buenas tardes buen día dia estimada estimado querida \
    querido señor señora bonjour bonsoir salut coucou cher chère madame monsieur doc doctor boss chief neighbour \
    neighbor colleague colleagues comrade teacher master skipper guys friends both crew gang people world stranger \
    mate lady lord sensei";
/// Words that stand before a family name, or in its place.
const TITLES: &str = "\
    mr mrs ms mx dr prof professor dean sr sra mme miss mister sir rev reverend coach captain chef uncle auntie aunt \
    father brother sister nurse officer sensei maestro";

fn is_no_name(word: &str) -> bool {
    static WORDS: OnceLock<FxHashSet<&str>> = OnceLock::new();
    WORDS.get_or_init(|| NO_NAMES.split(' ').collect()).contains(word)
}

fn is_title(word: &str) -> bool {
    static WORDS: OnceLock<FxHashSet<&str>> = OnceLock::new();
    WORDS.get_or_init(|| TITLES.split(' ').collect()).contains(word)
}

/// A greeting whose name is not the contact's. Short forms (Kate, Katherine) count as the same name.
fn name(note: Note<'_>, contact: &Contact) -> Vec<Found> {
    let Some(greeting) = note.tokens.sentences().first().filter(|sentence| sentence.greeting) else {
        return Vec::new();
    };
    let tokens = &note.tokens.tokens()[greeting.start..greeting.end];
    let named: Vec<_> = tokens
        .iter()
        .filter(|token| token.kind == TokenKind::Word && token.capital && !token.glued)
        .filter(|token| !is_no_name(note.tokens.folded(token)) && !is_title(note.tokens.folded(token)))
        .collect();
    let (Some(first), Some(last)) = (named.first(), named.last()) else { return Vec::new() };
    let own = facts::own_words(contact);
    let same = |word: &str| own.iter().any(|own| may_be_the_same_name(own, word));
    let place = tokens.iter().any(|token| note.tokens.folded(token) == "from");
    // Behind a title stands a family name, which may not be known.
    let family = tokens.iter().any(|token| is_title(note.tokens.folded(token)));
    if place || (family && contact.last_name.is_none()) {
        return Vec::new();
    }
    if named.iter().any(|token| same(&facts::bare(note.tokens.folded(token)))) {
        return Vec::new();
    }
    vec![Found { value: Some(contact.first_name.clone()), ..Found::at(first.span.join(last.span)) }]
}

/// An employer, named by one of the rule's phrases, that is not the contact's and in none of their facts.
fn company(note: Note<'_>, contact: &Contact, hits: &[Hit]) -> Vec<Found> {
    let Some(company) = &contact.company else { return Vec::new() };
    let mut known = facts::own_words(contact);
    for fact in &contact.facts {
        known.extend(facts::bare_words(&fact.what));
        known.extend(fact.detail.iter().flat_map(|detail| facts::bare_words(detail)));
    }
    let initials: String = facts::bare_words(company).iter().filter_map(|word| word.chars().next()).collect();
    let found = hits.iter().filter_map(|hit| {
        let span = capitals(note, hit.last);
        let words = facts::bare_words(&note.text[span.range()]);
        let joined = words.concat();
        let same = words.iter().any(|word| known.contains(word))
            || joined == initials
            || facts::bare_words(company).concat() == joined;
        (!same).then(|| Found { value: Some(company.clone()), ..Found::at(span) })
    });
    found.collect()
}

/// The capitalised words that end with the hit's last one and go on behind it.
fn capitals(note: Note<'_>, last: usize) -> Span {
    let tokens = note.tokens.tokens();
    let mut end = last;
    while tokens.get(end + 1).is_some_and(|next| next.kind == TokenKind::Word && next.capital && !next.glued) {
        end += 1;
    }
    tokens[last].span.join(tokens[end].span)
}

/// The full name or the company of another contact of the run, unless this contact shares it.
fn others(note: Note<'_>, contact: &Contact) -> Vec<Found> {
    let mut found = Vec::new();
    if note.context.others.is_empty() {
        return found;
    }
    let own = fold(&own_text(contact));
    // A sentence that uses a fact of this contact may name another thing beside it.
    let used: Vec<usize> = facts::facts_used(note).iter().map(|used| note.sentence_at(used.span.start)).collect();
    for other in
        note.context.others.iter().filter(|other| other.id != contact.id || other.first_name != contact.first_name)
    {
        let full = other.last_name.as_ref().map(|last| format!("{} {last}", other.first_name));
        let facts = other.facts.iter().map(|fact| fact.what.clone()).filter(|what| facts::is_telling(what));
        for value in full.into_iter().chain(other.company.clone()).chain(facts) {
            let known = own.contains(&fold(&value));
            let at = note.text.match_indices(value.as_str()).map(|(at, text)| Span::new(at, at + text.len()));
            let whole = at
                .into_iter()
                .find(|span| stands_alone(note.text, *span) && !used.contains(&note.sentence_at(span.start)));
            if let (false, Some(span)) = (known, whole) {
                found.push(Found { value: Some(other.first_name.clone()), ..Found::at(span) });
            }
        }
    }
    found
}

fn own_text(contact: &Contact) -> String {
    let mut text = format!("{} {}", contact.first_name, contact.last_name.as_deref().unwrap_or_default());
    for value in [&contact.company, &contact.role].into_iter().flatten() {
        text = text + " " + value;
    }
    for fact in &contact.facts {
        text = text + " " + &fact.what + " " + fact.detail.as_deref().unwrap_or_default();
    }
    text
}

fn stands_alone(text: &str, span: Span) -> bool {
    !text[..span.start].ends_with(char::is_alphanumeric) && !text[span.end..].starts_with(char::is_alphanumeric)
}
