//! What checks look at beside the tokens of a note: made once per note, when one asks.

use super::{Note, Plain};
use crate::rule::wording::{Judge, Wording};
use crate::text::Span;

/// Other views of the note that is linted.
#[derive(Debug, Default)]
pub struct Views {
    /// Its text as patterns see it.
    pub plain: Plain,
    judge: Judge,
    wording: Option<Wording>,
}

impl Views {
    /// Forgets the note before.
    pub fn clear(&mut self) {
        self.plain.clear();
        self.wording = None;
    }

    /// How it is worded.
    pub fn wording(&mut self, note: Note<'_>) -> Wording {
        *self.wording.get_or_insert_with(|| self.judge.read(note))
    }

    /// The words that stand most for its wording, the strongest first.
    pub fn telling(&mut self, note: Note<'_>, most: usize) -> Vec<Span> {
        self.wording(note);
        self.judge.telling(note.tokens, most)
    }
}
