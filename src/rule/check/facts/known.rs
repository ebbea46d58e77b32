//! The words of a note that tell what is known of its reader.

use super::words::{bare, bare_words, own_words};
use super::{Heads, Note, fact_words, note_words};
use crate::text::TokenKind;

/// Tokens of a note by what they tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownWords {
    /// Those that stand in one of the facts, however little they tell.
    pub(crate) facts: Vec<usize>,
    /// Those of the reader's company.
    pub(crate) company: Vec<usize>,
}

/// The words of the note that tell what is known of its reader; the reader's name is none.
pub(crate) fn known_words(note: Note<'_>) -> KnownWords {
    let Some(contact) = note.context.contact else { return KnownWords::default() };
    let own = own_words(contact);
    let known: Vec<_> = contact.facts.iter().flat_map(|fact| fact_words(fact, &own)).collect();
    let heads = Heads::of(known.iter());
    let company: Vec<String> = contact.company.iter().flat_map(|company| bare_words(company)).collect();
    let mut words = KnownWords::default();
    for sentence in note.body() {
        let of_facts = note_words(note, sentence, &heads)
            .into_iter()
            .filter(|word| known.iter().any(|fact| fact.stem == word.stem));
        words.facts.extend(of_facts.map(|word| sentence.start + word.at));
        let tokens = (sentence.start..sentence.end).filter(|_| !company.is_empty());
        words.company.extend(tokens.filter(|at| {
            let token = &note.tokens.tokens()[*at];
            token.kind == TokenKind::Word && token.capital && company.contains(&bare(note.tokens.folded(token)))
        }));
    }
    words
}
