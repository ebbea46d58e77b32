//! Which facts a note uses.
//!
//! A fact is used when one sentence holds a distinctive word of it (a name, a number, a word outside the common ones), or
//! two of its content words near one another, or a content word beside the word that stands beside it in the fact.
//! People also write its names in other forms, or name the person of a `mutual` fact.

mod forms;
mod known;
mod named;
mod words;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::Note;
use super::memo::Memo;
use super::words::{is_common, is_stop};
use crate::text::{Sentence, Span, TokenKind};
pub(crate) use known::known_words;
pub(crate) use words::bare;
use words::{FactWord, Weight, fact_words};
pub(super) use words::{bare_words, is_telling, own_words};

/// A fact that a note uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactUse {
    /// Its number among the contact's facts.
    pub fact: usize,
    /// The words that show it.
    pub span: Span,
}

/// The facts of the note's contact that the note uses, in the order of the facts.
#[must_use]
pub fn facts_used(note: Note<'_>) -> Vec<FactUse> {
    let Some(contact) = note.context.contact.filter(|contact| !contact.facts.is_empty()) else { return Vec::new() };
    let own = own_words(contact);
    let known: Vec<Vec<FactWord>> = contact.facts.iter().map(|fact| fact_words(fact, &own)).collect();
    let heads = Heads::of(known.iter().flatten());
    let sentences: Vec<Vec<Word<'_>>> = note.body().map(|sentence| note_words(note, sentence, &heads)).collect();
    let uses = contact.facts.iter().enumerate().filter_map(|(number, fact)| {
        let shown = sentences.iter().find_map(|sentence| shown(&known[number], sentence));
        let shown = shown.or_else(|| named::person_or_words(note, fact));
        let shown = shown.or_else(|| named::printed(note, contact, fact)).or_else(|| forms::find(note, fact, &own))?;
        Some(FactUse { fact: number, span: shown })
    });
    uses.collect()
}

/// Words apart that two content words may stand.
const WINDOW: usize = 8;

/// Words apart that a content word and a weak one may stand, in the note and in the fact: side by side, or with one
/// between them (`the calendar tool`, `four-day week`).
const BESIDE: usize = 2;

/// A word of the note.
struct Word<'n> {
    folded: &'n str,
    stem: Rc<str>,
    /// Its place among the sentence's words.
    at: usize,
    span: Span,
    capital: bool,
}

/// The place in a sentence that shows the fact, if there is one.
fn shown(fact: &[FactWord], sentence: &[Word<'_>]) -> Option<Span> {
    let known = |word: &Word<'_>| fact.iter().find(|known| known.stem == word.stem);
    let found: Vec<Shared<'_>> = sentence.iter().filter_map(|word| Some(Shared::new(known(word)?, word))).collect();
    if let Some(alone) = found.iter().find(|shared| shared.weight == Weight::Distinctive) {
        return Some(alone.word.span);
    }
    found.windows(2).find_map(|two| two[0].tells_with(&two[1]).then(|| two[0].word.span.join(two[1].word.span)))
}

/// A word that the note shares with a fact.
struct Shared<'a> {
    known: &'a FactWord,
    word: &'a Word<'a>,
    /// How much it tells as the note writes it.
    weight: Weight,
}

impl<'a> Shared<'a> {
    fn new(known: &'a FactWord, word: &'a Word<'a>) -> Self {
        let weight = match known.weight {
            // A name that is also an ordinary word is that word without its capital.
            _ if known.capital && !word.capital => Weight::Weak,
            // `blindness` tells, `blind` does not: both have one stem.
            Weight::Distinctive if !known.capital && is_common(word.folded) && !word.capital => Weight::Content,
            weight => weight,
        };
        Self { known, word, weight }
    }

    fn tells_with(&self, next: &Self) -> bool {
        let (apart, in_fact) = (next.word.at - self.word.at, self.known.at.abs_diff(next.known.at));
        let both = self.weight != Weight::Weak && next.weight != Weight::Weak && apart <= WINDOW;
        let beside = self.weight != next.weight && apart <= BESIDE && in_fact <= BESIDE;
        self.known.stem != next.known.stem && (both || beside)
    }
}

/// The first letters of the facts' words: only words that begin like one of them are worth stemming.
struct Heads([u64; 4]);

impl Heads {
    fn of<'f>(words: impl Iterator<Item = &'f FactWord>) -> Self {
        let mut heads = Self([0; 4]);
        for word in words {
            let bit = Self::bit(&word.stem);
            heads.0[bit / 64] |= 1 << (bit % 64);
        }
        heads
    }

    fn bit(word: &str) -> usize {
        let mut bytes = word.bytes();
        let (first, second) = (bytes.next().unwrap_or(0), bytes.next().unwrap_or(0));
        (usize::from(first).wrapping_mul(31) ^ usize::from(second)) % 256
    }

    /// Stems keep the first two letters of a word, and accents are gone in them.
    fn may_begin(&self, folded: &str) -> bool {
        let bit = Self::bit(folded);
        !folded.is_ascii() || folded.len() < 3 || self.0[bit / 64] & (1 << (bit % 64)) != 0
    }
}

fn note_words<'n>(note: Note<'n>, sentence: Sentence, heads: &Heads) -> Vec<Word<'n>> {
    let mut words = Vec::new();
    let mut first = true;
    for (at, token) in note.tokens.tokens()[sentence.start..sentence.end].iter().enumerate() {
        if !matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Money) {
            continue;
        }
        let folded = note.tokens.folded(token);
        if !token.glued && heads.may_begin(folded) && !is_stop(folded) {
            let capital = token.capital && !first;
            words.push(Word { folded, stem: stem(folded), at, span: token.span, capital });
        }
        first = false;
    }
    words
}

/// A folded word without its ending and its accents.
pub(crate) fn stem(folded: &str) -> Rc<str> {
    static STEMMER: OnceLock<Stemmer> = OnceLock::new();
    thread_local!(static STEMS: RefCell<Memo<Rc<str>>> = RefCell::default());
    let stemmer = STEMMER.get_or_init(|| Stemmer::create(Algorithm::English));
    STEMS.with_borrow_mut(|stems| stems.get(folded, || stemmer.stem(&bare(folded)).into()))
}
