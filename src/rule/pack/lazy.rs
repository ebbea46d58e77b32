//! The automaton as it is met: sets of positions become states when a note first leads to them, and are kept for the
//! notes to come. One look-up for each token then tells which phrases are in a note; only those are located.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Pack;
use super::automaton::Line;
use super::words::Symbol;
use crate::rule::phrase::{Class, Start};

/// What a token is to the phrases of a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kind {
    /// Bits of the classes.
    pub(super) classes: u16,
    /// Which phrases may begin here.
    pub(super) opens: Opens,
    /// Whether it is a possessive `'s`, which a phrase may also pass over.
    pub(super) possessive: bool,
    /// Its symbols.
    pub(super) symbols: Vec<Symbol>,
    /// Positions where a phrase can begin with it, in order.
    pub(super) starts: Vec<u32>,
}

/// What begins with a token, besides phrases that may begin anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Opens {
    /// A sentence.
    pub(super) sentence: bool,
    /// A part of a sentence.
    pub(super) clause: bool,
}

impl Opens {
    fn lets(self, start: Start) -> bool {
        match start {
            Start::Anywhere => true,
            Start::Sentence => self.sentence,
            Start::Clause => self.clause,
        }
    }
}

/// States and moves met so far. A pack's own, and never larger than some megabytes.
#[derive(Clone, Debug, Default)]
pub struct Lazy {
    /// The kinds of the words met so far, one for each [`Stance`]: most words of a note have been met.
    words: Vec<[u32; Stance::ALL]>,
    /// What numbers the words.
    lexicon: Option<u64>,
    kinds: Vec<Kind>,
    kind_numbers: FxHashMap<Box<[u32]>, u32>,
    states: Vec<State>,
    state_numbers: FxHashMap<Box<[u32]>, u32>,
    /// The state behind a state and a kind of token, which are one key.
    moves: FxHashMap<u64, u32>,
    /// Positions held by all states together.
    held: usize,
}

#[derive(Clone, Debug)]
struct State {
    positions: Box<[u32]>,
    /// Lines of which a match may end here.
    accepts: Box<[Accept]>,
    /// Rules of which one can be what the rule finds, or is the only thing to find of it; each once.
    finds: Box<[usize]>,
}

/// A line of which a match may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Accept {
    pub(super) slot: u32,
    pub(super) line: Line,
    finds: bool,
}

/// Most positions held, and most moves: about 20 MB together. What is met after that is learnt anew.
const MOST_HELD: usize = 1 << 21;
const MOST_MOVES: usize = 1 << 18;

/// Marks a position whose match passed over a possessive `'s`: it goes on from there, but does not end there.
const PASSED: u32 = 1 << 31;

/// No kind yet.
const UNMET: u32 = u32::MAX;

/// How a word stands in its sentence, as far as phrases can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stance {
    pub(super) opens: Opens,
    /// Whether it is a name.
    pub(super) name: bool,
}

impl Stance {
    const ALL: usize = 8;

    fn number(self) -> usize {
        usize::from(self.opens.sentence) | usize::from(self.opens.clause) << 1 | usize::from(self.name) << 2
    }
}

/// The state between sentences: no phrase has begun.
pub(super) const IDLE: u32 = 0;

impl Lazy {
    /// Makes room when there is too little left. Between notes only: numbers change.
    pub(super) fn make_room(&mut self) {
        if self.held > MOST_HELD || self.moves.len() > MOST_MOVES {
            *self = Self::default();
        }
        if self.states.is_empty() {
            self.state(Vec::new(), Vec::new());
        }
    }

    /// Forgets the words that another lexicon numbers.
    pub(super) fn use_words_of(&mut self, lexicon: u64) {
        if self.lexicon != Some(lexicon) {
            self.words.clear();
            self.lexicon = Some(lexicon);
        }
    }

    /// The number of the kind of a word that was met before.
    pub(super) fn word(&self, word: usize, stance: Stance) -> Option<u32> {
        let kind = self.words.get(word)?[stance.number()];
        (kind != UNMET).then_some(kind)
    }

    /// The number of the kind of a word that is met for the first time. `key` tells kinds apart; `kind` is asked for
    /// a new one.
    pub(super) fn kind(&mut self, word: usize, stance: Stance, key: &[u32], kind: impl FnOnce() -> Kind) -> u32 {
        let number = self.kind_number(key, kind);
        if self.words.len() <= word {
            self.words.resize(word + 1, [UNMET; Stance::ALL]);
        }
        self.words[word][stance.number()] = number;
        number
    }

    fn kind_number(&mut self, key: &[u32], kind: impl FnOnce() -> Kind) -> u32 {
        if let Some(number) = self.kind_numbers.get(key) {
            return *number;
        }
        let number = number(self.kinds.len());
        self.held += key.len();
        self.kinds.push(kind());
        self.kind_numbers.insert(key.into(), number);
        number
    }

    /// A kind of token.
    pub(super) fn token(&self, kind: u32) -> &Kind {
        &self.kinds[kind as usize]
    }

    /// The state that a token leads to.
    pub(super) fn step(&mut self, pack: &Pack, from: u32, kind: u32) -> u32 {
        match self.moves.get(&key(from, kind)) {
            Some(to) => *to,
            None => self.learn(pack, from, kind),
        }
    }

    fn learn(&mut self, pack: &Pack, from: u32, kind: u32) -> u32 {
        let token = &self.kinds[kind as usize];
        let mut reached = Vec::new();
        for &position in &self.states[from as usize].positions {
            follow(pack, position, token, |next| reached.push(next));
        }
        reached.sort_unstable();
        reached.dedup();
        let positions = merged(&reached, &token.starts);
        let to = match self.state_numbers.get(positions.as_slice()) {
            Some(known) => *known,
            None => {
                let accepts = accepts(pack, &positions);
                self.state(positions, accepts)
            }
        };
        self.moves.insert(key(from, kind), to);
        to
    }

    fn state(&mut self, positions: Vec<u32>, accepts: Vec<Accept>) -> u32 {
        let number = number(self.states.len());
        self.held += 2 * positions.len();
        let mut finds: Vec<usize> =
            accepts.iter().filter(|accept| accept.finds).map(|accept| accept.line.rule).collect();
        finds.sort_unstable();
        finds.dedup();
        self.states.push(State { positions: positions.clone().into(), accepts: accepts.into(), finds: finds.into() });
        self.state_numbers.insert(positions.into(), number);
        number
    }

    /// The rules of which a match of something that they find may end in a state.
    pub(super) fn finds(&self, state: u32) -> &[usize] {
        &self.states[state as usize].finds
    }

    /// Whether a match of a line with these positions is under way in a state.
    pub(super) fn is_under_way(&self, state: u32, own: &Range<u32>) -> bool {
        let positions = &self.states[state as usize].positions;
        let holds = |from: u32, to: u32| {
            let first = positions.partition_point(|position| *position < from);
            positions.get(first).is_some_and(|position| *position < to)
        };
        let passed = positions.last().is_some_and(|last| *last >= PASSED);
        holds(own.start, own.end) || (passed && holds(own.start | PASSED, own.end | PASSED))
    }

    /// The lines of which a match may end in a state.
    pub(super) fn accepts(&self, state: u32) -> &[Accept] {
        &self.states[state as usize].accepts
    }
}

/// Two lists in order as one, without what stands in both a second time.
fn merged(mut one: &[u32], mut other: &[u32]) -> Vec<u32> {
    let mut all = Vec::with_capacity(one.len() + other.len());
    while let (Some(first), Some(second)) = (one.first(), other.first()) {
        all.push(*first.min(second));
        let (skips, passes) = (first <= second, second <= first);
        one = &one[usize::from(skips)..];
        other = &other[usize::from(passes)..];
    }
    all.extend_from_slice(one);
    all.extend_from_slice(other);
    all
}

/// The lines of which a match may end at one of these positions, each once.
fn accepts(pack: &Pack, positions: &[u32]) -> Vec<Accept> {
    let slots = positions.iter().filter_map(|position| ends_at(pack, *position));
    let mut accepts: Vec<Accept> = slots
        .map(|slot| {
            let line = pack.automaton.line(&pack.bytes, slot);
            Accept { slot, line, finds: pack.needed[line.rule].is_none_or(|role| role == line.role) }
        })
        .collect();
    accepts.dedup();
    accepts
}

/// Calls `reach` with the positions that a token leads to from one.
pub(super) fn follow(pack: &Pack, position: u32, token: &Kind, mut reach: impl FnMut(u32)) {
    for (next, symbol) in pack.automaton.follow(&pack.bytes, position & !PASSED) {
        if if symbol < 16 { token.classes & (1 << symbol) != 0 } else { token.symbols.contains(&symbol) } {
            reach(next);
        }
    }
    // Between two words of a phrase a possessive may stand: both readings are tried.
    if token.possessive {
        reach(position | PASSED);
    }
}

/// The line of which a match may end at a position.
pub(super) fn ends_at(pack: &Pack, position: u32) -> Option<u32> {
    if position & PASSED == 0 { pack.automaton.accepts(&pack.bytes, position) } else { None }
}

/// The positions where a phrase can begin with a token.
pub(super) fn starts(pack: &Pack, classes: u16, opens: Opens, symbols: &[Symbol]) -> Vec<u32> {
    let class_symbols = (0..Class::ALL.len() as Symbol).filter(|class| classes & (1 << class) != 0);
    let mut starts = Vec::new();
    for symbol in class_symbols.chain(symbols.iter().copied()) {
        let begun = pack.automaton.starts(&pack.bytes, symbol).filter(|(_, start)| opens.lets(*start));
        starts.extend(begun.map(|(position, _)| position));
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

fn key(from: u32, kind: u32) -> u64 {
    u64::from(from) << 32 | u64::from(kind)
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
