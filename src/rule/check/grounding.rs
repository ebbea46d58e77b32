//! `grounding`: facts that go unused, and claims that no fact supports.

use super::facts::{bare, facts_used, own_words};
use super::specific::is_specific;
use super::{Found, Note};
use crate::contact::{Contact, FactKind};
use crate::diagnostic::Level;
use crate::rule::pack::Hit;
use crate::rule::spec::Claim;
use crate::text::{Language, Span, TokenKind};

/// Facts were given and the note uses none: its first sentence is marked. Where it asks nothing of the reader and is
/// personal all the same, that is a suggestion: people name what they share in words that no list of facts has.
pub(super) fn unused(note: Note<'_>, asks_nothing: bool) -> Vec<Found> {
    let Some(contact) = note.context.contact else { return Vec::new() };
    let Some(first) = contact.facts.first() else { return Vec::new() };
    if !facts_used(note).is_empty() {
        return Vec::new();
    }
    let sentence = note.body().next();
    let span = sentence.map_or(Span::new(0, note.text.len()), |sentence| note.tokens.sentence_span(sentence));
    // The phrases and the common words are English: in another language nothing is known of either.
    let english = note.context.language().is_none_or(|language| language == Language::ENGLISH);
    let level = (english && asks_nothing && is_specific(note, PERSONAL)).then_some(Level::Suggestion);
    vec![Found { fact: Some(first.what.clone()), count: contact.facts.len(), level, ..Found::at(span) }]
}

/// What the words of a personal note weigh at least: a name in a sentence, or two rare words.
const PERSONAL: usize = 2;

/// No facts were given, and the note says nothing that is only for its reader: its first sentence is marked.
pub(super) fn missing(note: Note<'_>, below: usize) -> Vec<Found> {
    let given = note.context.contact.is_some_and(|contact| !contact.facts.is_empty());
    if given || is_specific(note, below) {
        return Vec::new();
    }
    let sentence = note.body().next();
    sentence.map(|sentence| Found::at(note.tokens.sentence_span(sentence))).into_iter().collect()
}

/// Claims of the note that no fact supports. Without a contact nothing is known, so nothing is said.
pub(super) fn claimed(claims: &[Claim], note: Note<'_>, hits: &[Hit]) -> Vec<Found> {
    let Some(contact) = note.context.contact else { return Vec::new() };
    let used: Vec<FactKind> = facts_used(note).iter().map(|used| contact.facts[used.fact].kind).collect();
    let claimed = hits.iter().filter_map(|hit| {
        let claim = *claims.get(hit.line.number)?;
        let span = with_name(note, hit);
        let supported = supports_in(contact, claim, &used) || supports_unnamed(note, contact, claim, span);
        (!supported).then(|| Found::at(span))
    });
    claimed.collect()
}

/// Whether the note uses a fact that fits the claim.
fn supports_in(contact: &Contact, claim: Claim, used: &[FactKind]) -> bool {
    let written = claim == Claim::Met && !contact.history.is_empty();
    written || used.iter().any(|kind| fits(claim, *kind))
}

/// Whether the claim names nothing of its own and there is a fact that fits it.
fn supports_unnamed(note: Note<'_>, contact: &Contact, claim: Claim, span: Span) -> bool {
    let own = own_words(contact);
    let inside = note.tokens.tokens().iter().filter(|token| span.contains(token.span));
    let named = inside.skip(1).any(|token| {
        let ordinary = matches!(note.tokens.folded(token), "i" | "linkedin");
        token.kind == TokenKind::Word && token.capital && !ordinary && !own.contains(&bare(note.tokens.folded(token)))
    });
    !named && contact.facts.iter().any(|fact| fits(claim, fact.kind))
}

/// The kinds of facts that can support a claim. Loose on purpose: a wrong doubt costs more than a missed one.
fn fits(claim: Claim, kind: FactKind) -> bool {
    use FactKind::{
        Application, Conversation, Employer, Event, Group, Mutual, News, Place, Post, Project, School, Talk, Vacancy,
        Work,
    };
    match claim {
        Claim::Met => matches!(
            kind,
            Event | Conversation | School | Employer | Group | Project | Mutual | Application | Talk | Place
        ),
        Claim::Mutual => matches!(kind, Mutual | Conversation | Event),
        Claim::Work => matches!(kind, Talk | Post | Project | Work | News | Event | Vacancy | Conversation | Group),
        Claim::Past => matches!(kind, School | Employer | Group | Event | Project | Place | Mutual),
    }
}

/// The hit with the capitalised words behind it: `great meeting you at` + `RustConf`.
fn with_name(note: Note<'_>, hit: &Hit) -> Span {
    let tokens = note.tokens.tokens();
    let names = tokens[hit.last + 1..].iter().take_while(|next| {
        let name = next.kind == TokenKind::Word && next.capital && !next.glued && note.tokens.folded(next) != "i";
        name && next.sentence == tokens[hit.last].sentence
    });
    note.tokens.span(hit.first, hit.last + names.count())
}
