//! Answers about words that are kept from note to note, since notes share most of their words.

use rustc_hash::FxHashMap;

/// Answers to one question about words.
#[derive(Debug)]
pub(super) struct Memo<T>(FxHashMap<Box<str>, T>);

/// Most answers that are kept: a megabyte or so.
const MOST: usize = 1 << 13;

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<T: Clone> Memo<T> {
    /// The answer for a word; `answer` is asked when the word is new.
    pub(super) fn get(&mut self, word: &str, answer: impl FnOnce() -> T) -> T {
        if let Some(known) = self.0.get(word) {
            return known.clone();
        }
        if self.0.len() >= MOST {
            self.0.clear();
        }
        let answer = answer();
        self.0.insert(word.into(), answer.clone());
        answer
    }
}
