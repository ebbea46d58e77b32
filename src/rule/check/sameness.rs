//! `sameness`: notes to different people that are one text. A note is boiled down to a fingerprint; fingerprints are
//! compared when all notes are known, in whatever order they came.
//!
//! MinHash: A. Broder, “On the resemblance and containment of documents”, 1997. The share of equal places of two
//! fingerprints estimates the share of word triples (Jaccard) that the two notes have in common.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::Note;
use super::facts::{bare, bare_words, own_words};
use crate::contact::FactKind;
use crate::text::TokenKind;

/// Places of a fingerprint: its estimates are off by 0.06 (one standard deviation) where notes share 60 %.
const PLACES: usize = 64;

/// Words that a run needs to be compared.
const RUN: usize = 3;

/// Words of the shortest note that is compared: shorter ones (“Thank you, Ana!”) are alike by nature.
const SHORTEST: usize = 8;

/// What a note's words boil down to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    places: [u32; PLACES],
    /// Whom the note is written to, as a hash, if that is known: notes to one person may be alike.
    reader: Option<u64>,
}

impl Fingerprint {
    /// The smallest hash of each place.
    pub(crate) const fn places(&self) -> &[u32; PLACES] {
        &self.places
    }

    /// Whom the note is written to, if that is known.
    pub(crate) const fn reader(&self) -> Option<u64> {
        self.reader
    }

    /// Percent of their word triples that two notes share, estimated.
    #[must_use]
    pub fn alike(&self, other: &Self) -> usize {
        let equal = self.places.iter().zip(&other.places).filter(|(one, other)| one == other).count();
        equal * 100 / PLACES
    }
}

/// A note's fingerprint: names, given values and a shared event are one and the same word in it. `None` when the note
/// is too short to be compared.
pub(crate) fn fingerprint(note: Note<'_>) -> Option<Fingerprint> {
    let words = words(note);
    if words.iter().filter(|word| **word != FILLED).count() < SHORTEST {
        return None;
    }
    let mut places = [u32::MAX; PLACES];
    for run in words.windows(RUN) {
        let run = hash(run);
        for (place, least) in places.iter_mut().enumerate() {
            *least = (*least).min(mixed(run, place));
        }
    }
    Some(Fingerprint { places, reader: reader(note) })
}

/// Stands for whatever was filled in.
const FILLED: u64 = 0;

/// The hashes of the words behind the greeting; what was filled in is one word, however many it has.
fn words(note: Note<'_>) -> Vec<u64> {
    let given = given(note);
    let tokens = note.tokens.tokens();
    let mut words = Vec::new();
    for sentence in note.body() {
        for (at, token) in tokens[sentence.start..sentence.end].iter().enumerate() {
            if !token.kind.is_word() && token.kind != TokenKind::Number {
                continue;
            }
            let folded = note.tokens.folded(token);
            let name = token.capital && at > 0 && folded != "i";
            let filled = name || given.contains(&bare(folded));
            let word = if filled { FILLED } else { hash(folded) };
            if word != FILLED || words.last() != Some(&FILLED) {
                words.push(word);
            }
        }
    }
    words
}

/// The words of the reader's name and company, and of a shared event: thirty guests of one evening may be thanked in
/// the same words.
fn given(note: Note<'_>) -> Vec<String> {
    let Some(contact) = note.context.contact else { return Vec::new() };
    let mut given = own_words(contact);
    given.extend(contact.role.iter().flat_map(|role| bare_words(role)));
    let events = contact.facts.iter().filter(|fact| fact.kind == FactKind::Event);
    given.extend(events.flat_map(|fact| bare_words(&fact.what)));
    given
}

/// Whom the note is written to: the contact, or the words of the greeting.
fn reader(note: Note<'_>) -> Option<u64> {
    if let Some(contact) = note.context.contact {
        return Some(hash((contact.first_name.to_lowercase(), contact.last_name.as_deref().map(str::to_lowercase))));
    }
    let greeting = note.tokens.sentences().first().filter(|sentence| sentence.greeting)?;
    let words = note.tokens.tokens()[greeting.start..greeting.end].iter().filter(|token| token.kind.is_word());
    let named: Vec<&str> = words.skip(1).map(|token| note.tokens.folded(token)).collect();
    (!named.is_empty()).then(|| hash(named))
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    // Zero stands for what was filled in.
    hasher.finish() | 1
}

/// The hash of a run at one place: each place orders the runs differently (the finaliser of SplitMix64).
fn mixed(run: u64, place: usize) -> u32 {
    let mut mixed = run ^ (place as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed >> 32) as u32
}
