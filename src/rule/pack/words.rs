//! The pack's words: text to symbol.

use std::collections::HashMap;
use std::ops::Range;

use super::bytes::{Numbers, Reader, Writer, narrow};

/// What a token is compared by. Below [`FIRST_WORD`] stand the classes and marks; a word's symbol is its number
/// behind that, a prefix's likewise.
pub(super) type Symbol = u32;

/// Symbols of marks begin here: this plus the ASCII code.
pub(super) const FIRST_MARK: Symbol = 16;
/// Symbols of words and prefixes begin here.
pub(super) const FIRST_WORD: Symbol = 160;
/// Any word of a gap.
pub(super) const ANY: Symbol = 8;
/// Words of rules with `case: exact` are stored behind this byte, so that they never meet folded ones.
pub(super) const EXACT: char = '=';
/// Prefixes are stored behind this byte.
const PREFIX: char = '*';
/// Bytes of a prefix that its bucket is found by.
pub(super) const HEAD: usize = 3;

/// Bits for the heads of prefixes, and for the first letters of words that are compared with their capitals.
const HEAD_BITS: usize = 1024;
const EXACT_BITS: usize = 256;

/// The symbol of a mark.
pub(super) fn mark(c: char) -> Symbol {
    let code = match c {
        '…' => 127,
        '\0'..='~' => c as u32,
        // Marks that cannot be written in a phrase.
        _ => 128,
    };
    FIRST_MARK + code
}

/// Collects words while a pack is compiled.
#[derive(Default)]
pub(super) struct WordsBuilder {
    known: HashMap<String, Symbol>,
    /// Symbols below this belong to the pack that this one extends.
    base: Symbol,
    keys: Vec<String>,
}

impl WordsBuilder {
    /// A builder whose new words get symbols behind those of `base`.
    pub(super) fn behind(base: Symbol) -> Self {
        Self { base, ..Self::default() }
    }

    pub(super) fn word(&mut self, word: &str, base: impl Fn(&str) -> Option<Symbol>) -> Symbol {
        self.symbol(word.to_owned(), base)
    }

    pub(super) fn prefix(&mut self, prefix: &str, base: impl Fn(&str) -> Option<Symbol>) -> Symbol {
        self.symbol(format!("{PREFIX}{prefix}"), base)
    }

    fn symbol(&mut self, key: String, base: impl Fn(&str) -> Option<Symbol>) -> Symbol {
        if let Some(symbol) = base(&key).or_else(|| self.known.get(&key).copied()) {
            return symbol;
        }
        let symbol = self.base + narrow(self.keys.len());
        self.known.insert(key.clone(), symbol);
        self.keys.push(key);
        symbol
    }

    /// The symbol behind the last one.
    pub(super) fn end(&self) -> Symbol {
        self.base + narrow(self.keys.len())
    }

    pub(super) fn write(&self, out: &mut Writer) {
        let mut strings = Vec::new();
        let mut ends = Vec::new();
        for key in &self.keys {
            strings.extend_from_slice(key.as_bytes());
            ends.push(narrow(strings.len()));
        }
        let size = (self.keys.len() * 2).next_power_of_two();
        let mut buckets = vec![0u32; size];
        for (number, key) in self.keys.iter().enumerate() {
            let mut at = hash(key.as_bytes()) as usize & (size - 1);
            while buckets[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            buckets[at] = narrow(number + 1);
        }
        let mut heads: Vec<(&[u8], u32)> = self.prefixes().collect();
        heads.sort_unstable();
        out.numbers(&[self.base]);
        out.blob(&strings);
        out.numbers(&ends);
        out.numbers(&buckets);
        out.numbers(&heads.iter().map(|(_, number)| *number).collect::<Vec<_>>());
        out.numbers(&self.first_letters());
    }

    /// The bits of [`Words::heads`], and behind them those of [`Words::exact`].
    fn first_letters(&self) -> Vec<u32> {
        let heads = self.prefixes().map(|(prefix, _)| head_bit(prefix));
        let words = self.keys.iter().map(|key| key.strip_prefix(PREFIX).unwrap_or(key));
        let exact =
            words.filter_map(|word| word.strip_prefix(EXACT)).map(|word| HEAD_BITS + exact_bit(word.as_bytes()));
        let mut bits = vec![0; (HEAD_BITS + EXACT_BITS) / 32];
        heads.chain(exact).for_each(|bit| bits[bit / 32] |= 1 << (bit % 32));
        bits
    }

    fn prefixes(&self) -> impl Iterator<Item = (&[u8], u32)> {
        let numbered = self.keys.iter().enumerate();
        numbered.filter_map(|(number, key)| Some((key.strip_prefix(PREFIX)?.as_bytes(), narrow(number))))
    }
}

/// The words of an opened pack.
#[derive(Clone, Debug)]
pub(super) struct Words {
    base: Symbol,
    strings: Range<usize>,
    ends: Numbers,
    buckets: Numbers,
    /// Numbers of the prefixes, in the order of their text.
    prefixes: Numbers,
    /// One bit for each hash of a prefix's head: most words are turned away here. Behind them, one for each hash of the
    /// first letters of words that are compared with their capitals.
    first_letters: Numbers,
}

impl Words {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let base = reader.numbers()?.get(reader.bytes, 0);
        let strings = reader.blob()?;
        let ends = reader.numbers()?;
        let buckets = reader.numbers()?;
        let prefixes = reader.numbers()?;
        let first_letters = reader.numbers()?;
        let words = Self { base, strings, ends, buckets, prefixes, first_letters };
        // A search ends at an empty bucket.
        let is_sparse = (0..words.buckets.len()).any(|at| words.buckets.get(reader.bytes, at) == 0);
        (words.buckets.len().is_power_of_two() && is_sparse).then_some(words)
    }

    /// Whether a bit of the first letters is set.
    fn may_begin(&self, bytes: &[u8], bit: usize) -> bool {
        self.first_letters.get(bytes, bit / 32) & 1 << (bit % 32) != 0
    }

    fn key<'b>(&self, bytes: &'b [u8], number: usize) -> &'b [u8] {
        let start = if number == 0 { 0 } else { self.ends.get(bytes, number - 1) as usize };
        let end = self.ends.get(bytes, number) as usize;
        bytes.get(self.strings.start + start..self.strings.start + end).unwrap_or_default()
    }

    /// Whether a word, with its capitals, begins like one of those that are compared with theirs.
    pub(super) fn may_be_exact(&self, bytes: &[u8], word: &str) -> bool {
        self.may_begin(bytes, HEAD_BITS + exact_bit(word.as_bytes()))
    }

    /// Adds the symbols of a word: its own, and those of the prefixes it begins with.
    pub(super) fn look_up(&self, bytes: &[u8], word: &str, symbols: &mut Vec<Symbol>) {
        symbols.extend(self.find(bytes, word.as_bytes()));
        self.prefixes_of(bytes, word.as_bytes(), |symbol| symbols.push(symbol));
    }

    /// The symbol of a stored key.
    pub(super) fn find(&self, bytes: &[u8], key: &[u8]) -> Option<Symbol> {
        let mask = self.buckets.len() - 1;
        let mut at = hash(key) as usize & mask;
        loop {
            let number = self.buckets.get(bytes, at).checked_sub(1)?;
            if self.key(bytes, number as usize) == key {
                return Some(self.base + number);
            }
            at = (at + 1) & mask;
        }
    }

    /// Calls `found` with the symbol of every prefix of `word`.
    fn prefixes_of(&self, bytes: &[u8], word: &[u8], mut found: impl FnMut(Symbol)) {
        if word.len() < HEAD || !self.may_begin(bytes, head_bit(word)) {
            return;
        }
        let text = |at: usize| &self.key(bytes, self.prefixes.get(bytes, at) as usize)[1..];
        let (mut low, mut high) = (0, self.prefixes.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if text(middle) < &word[..HEAD] { low = middle + 1 } else { high = middle }
        }
        while low < self.prefixes.len() && text(low).starts_with(&word[..HEAD]) {
            if word.starts_with(text(low)) {
                found(self.base + self.prefixes.get(bytes, low));
            }
            low += 1;
        }
    }
}

/// Two bytes are all that the shortest prefix of three letters and every word have, or their lack.
fn exact_bit(word: &[u8]) -> usize {
    let first = |at: usize| usize::from(word.get(at).copied().unwrap_or(0));
    (first(0).wrapping_mul(31) ^ first(1)) % EXACT_BITS
}

fn head_bit(word: &[u8]) -> usize {
    hash(&word[..HEAD.min(word.len())]) as usize % HEAD_BITS
}

/// FNV-1a: short keys, no attacker gains from a collision here.
fn hash(key: &[u8]) -> u32 {
    key.iter().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
