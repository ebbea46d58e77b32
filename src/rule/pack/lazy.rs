//! The automaton as it is met: sets of positions become states when a note first leads to them, and are kept for the
//! notes to come. One look-up for each token then tells which phrases are in a note; only those are located.

use rustc_hash::FxHashMap;

use super::Pack;
use super::record::Role;
use super::words::Symbol;
use crate::rule::phrase::Class;
use crate::text::Votes;

/// What a token is to the phrases of a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kind {
    /// Bits of the classes.
    pub(super) classes: u16,
    /// Whether a phrase with `^` may begin here.
    pub(super) opens: bool,
    /// Whether it is a possessive `'s`, which a phrase may also pass over.
    pub(super) possessive: bool,
    /// The languages it belongs to.
    pub(super) votes: Votes,
    /// Its symbols.
    pub(super) symbols: Vec<Symbol>,
    /// Positions where a phrase can begin with it, in order.
    pub(super) starts: Vec<u32>,
}

/// States and moves met so far. A pack's own, and never larger than some megabytes.
#[derive(Clone, Debug, Default)]
pub struct Lazy {
    /// The kinds of words met so far: most words of a note have been met.
    words: FxHashMap<Box<str>, u32>,
    kinds: Vec<Kind>,
    kind_numbers: FxHashMap<Box<[u32]>, u32>,
    states: Vec<State>,
    state_numbers: FxHashMap<Box<[u32]>, u32>,
    moves: FxHashMap<(u32, u32), u32>,
    /// Positions held by all states together.
    held: usize,
}

#[derive(Clone, Debug)]
struct State {
    positions: Box<[u32]>,
    /// Lines of which a match may end here.
    accepts: Box<[Accept]>,
    /// Whether one of them can be what a rule finds.
    finds: bool,
}

/// A line of which a match may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Accept {
    pub(super) slot: u32,
    pub(super) rule: usize,
    /// Whether it can be what the rule finds, or is the only thing to find of it.
    pub(super) finds: bool,
}

/// Most positions held, and most moves: about 20 MB together. What is met after that is learnt anew.
const MOST_HELD: usize = 1 << 21;
const MOST_MOVES: usize = 1 << 18;

/// Marks a position whose match passed over a possessive `'s`: it goes on from there, but does not end there.
const PASSED: u32 = 1 << 31;

/// What a word weighs among the positions held.
const WORD: usize = 20;

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

    /// The number of the kind of a word that was met before.
    pub(super) fn word(&self, word: &str) -> Option<u32> {
        self.words.get(word).copied()
    }

    /// The number of the kind of a word that is met for the first time. `key` tells kinds apart; `kind` is asked for
    /// a new one.
    pub(super) fn kind(&mut self, word: &str, key: &[u32], kind: impl FnOnce() -> Kind) -> u32 {
        let number = self.kind_number(key, kind);
        self.held += WORD + word.len() / 4;
        self.words.insert(word.into(), number);
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
        if let Some(to) = self.moves.get(&(from, kind)) {
            return *to;
        }
        let token = &self.kinds[kind as usize];
        let mut positions = Vec::with_capacity(token.starts.len() + 8);
        for &position in &self.states[from as usize].positions {
            follow(pack, position, token, |next| positions.push(next));
        }
        positions.extend_from_slice(&token.starts);
        positions.sort_unstable();
        positions.dedup();
        let to = match self.state_numbers.get(positions.as_slice()) {
            Some(known) => *known,
            None => {
                let accepts = accepts(pack, &positions);
                self.state(positions, accepts)
            }
        };
        self.moves.insert((from, kind), to);
        to
    }

    fn state(&mut self, positions: Vec<u32>, accepts: Vec<Accept>) -> u32 {
        let number = number(self.states.len());
        self.held += 2 * positions.len();
        let finds = accepts.iter().any(|accept| accept.finds);
        self.states.push(State { positions: positions.clone().into(), accepts: accepts.into(), finds });
        self.state_numbers.insert(positions.into(), number);
        number
    }

    /// Whether a match of something that a rule finds may end in a state.
    pub(super) fn finds(&self, state: u32) -> bool {
        self.states[state as usize].finds
    }

    /// The lines of which a match may end in a state.
    pub(super) fn accepts(&self, state: u32) -> &[Accept] {
        &self.states[state as usize].accepts
    }
}

/// The lines of which a match may end at one of these positions, each once.
fn accepts(pack: &Pack, positions: &[u32]) -> Vec<Accept> {
    let slots = positions.iter().filter_map(|position| ends_at(pack, *position));
    let mut accepts: Vec<Accept> = slots
        .map(|slot| {
            let line = pack.automaton.line(&pack.bytes, slot);
            Accept { slot, rule: line.rule, finds: line.role == Role::Find || !pack.finds[line.rule] }
        })
        .collect();
    accepts.dedup();
    accepts
}

/// Calls `reach` with the positions that a token leads to from one.
pub(super) fn follow(pack: &Pack, position: u32, token: &Kind, mut reach: impl FnMut(u32)) {
    for next in pack.automaton.follow(&pack.bytes, position & !PASSED) {
        let symbol = pack.automaton.symbol(&pack.bytes, next);
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
pub(super) fn starts(pack: &Pack, classes: u16, opens: bool, symbols: &[Symbol]) -> Vec<u32> {
    let class_symbols = (0..Class::ALL.len() as Symbol).filter(|class| classes & (1 << class) != 0);
    let mut starts = Vec::new();
    for symbol in class_symbols.chain(symbols.iter().copied()) {
        for start in pack.automaton.starts(&pack.bytes, symbol) {
            if opens || !pack.automaton.line(&pack.bytes, pack.automaton.slot(&pack.bytes, start)).at_start {
                starts.push(start);
            }
        }
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
