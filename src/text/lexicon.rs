//! The words that texts were made of so far. Most words of a note have been met before: they are folded, split and
//! looked up once, and known by their number from then on.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::FxHashMap;

use super::contraction;
use super::token::{TokenKind, fold};

/// What a token is, wherever it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) kind: TokenKind,
    pub(super) capital: bool,
    /// Bytes of [`Lexicon::folded`].
    pub(super) folded: (u32, u32),
}

/// What a written word is read as: one word, or a contraction's two.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// The number of the first word. That of the second is the next one.
    pub(super) first: u32,
    /// The byte of the written word that the second one starts at.
    pub(super) cut: Option<u32>,
}

/// Words with their readings.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// No other lexicon has it: numbers mean nothing in another one.
    id: u64,
    folded: String,
    readings: FxHashMap<Box<str>, Reading>,
    words: Vec<Word>,
}

/// Most words and most bytes of them: about 8 MB together.
const MOST_WORDS: usize = 1 << 16;
const MOST_BYTES: usize = 1 << 20;

impl Default for Lexicon {
    fn default() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Self { id, folded: String::new(), readings: FxHashMap::default(), words: Vec::new() }
    }
}

impl Lexicon {
    /// Begins anew when there are too many words. Between texts only: the words of tokens are lost.
    pub(super) fn make_room(&mut self) {
        if self.words.len() > MOST_WORDS || self.folded.len() > MOST_BYTES {
            *self = Self::default();
        }
    }

    pub(super) const fn id(&self) -> u64 {
        self.id
    }

    pub(super) fn folded(&self, range: (u32, u32)) -> &str {
        &self.folded[range.0 as usize..range.1 as usize]
    }

    /// The word with this number.
    pub(super) fn word(&self, number: u32) -> Word {
        self.words[number as usize]
    }

    /// How a written word, number, mark and so on is read.
    pub(super) fn read(&mut self, written: &str, kind: TokenKind) -> Reading {
        match self.readings.get(written) {
            // A currency sign is an amount before far digits, else a mark.
            Some(known) if self.word(known.first).kind == kind => *known,
            _ => self.learn(written, kind),
        }
    }

    fn learn(&mut self, written: &str, kind: TokenKind) -> Reading {
        let folded: Cow<'_, str> = match kind {
            TokenKind::Word => fold(written).into(),
            TokenKind::Number | TokenKind::Money | TokenKind::Url | TokenKind::Email => written.to_lowercase().into(),
            TokenKind::Mark(c) => String::from(c).into(),
            TokenKind::Emoji | TokenKind::Hole => written.into(),
        };
        let parts = if kind == TokenKind::Word { split(written, &folded) } else { None };
        let reading = match parts {
            None => Reading { first: self.add(written, &folded, kind), cut: None },
            Some(parts) => {
                // The cut is counted from the end in characters: folding may change the number of bytes before it.
                let cut = written.char_indices().rev().nth(parts.tail - 1).map_or(0, |(at, _)| at);
                let first = self.add(&written[..cut], parts.head, kind);
                self.add(&written[cut..], parts.rest, kind);
                Reading { first, cut: Some(offset(cut)) }
            }
        };
        self.readings.insert(written.into(), reading);
        reading
    }

    /// Adds a word and returns its number.
    fn add(&mut self, written: &str, folded: &str, kind: TokenKind) -> u32 {
        let start = offset(self.folded.len());
        self.folded.push_str(folded);
        let folded = (start, offset(self.folded.len()));
        self.words.push(Word { kind, capital: written.starts_with(char::is_uppercase), folded });
        offset(self.words.len() - 1)
    }
}

/// The parts of a contraction, or of a French elision, unless its capitals make it a name: `D'Angelo`, `L'Oréal`.
fn split<'f>(written: &str, folded: &'f str) -> Option<contraction::Parts<'f>> {
    contraction::split(folded).or_else(|| {
        let parts = contraction::elision(folded)?;
        // Folding changes no characters of the head, but perhaps their number behind it.
        let head = parts.head.chars().count();
        let behind = written.chars().nth(head);
        let is_name = written.starts_with(char::is_uppercase) && behind.is_some_and(char::is_uppercase);
        (!is_name).then(|| contraction::Parts { tail: written.chars().count() - head, ..parts })
    })
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
