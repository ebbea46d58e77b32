//! Phrases as one automaton: every atom is a position, a match walks from position to position.
//!
//! The construction is Glushkov's (1961): no empty moves, one position per atom, so that alternatives are branches
//! and never multiplied out.

use crate::rule::phrase::{Class, Item, Node, Phrase, Start};

use super::bytes::{Numbers, Reader, Writer, narrow};
use super::record::Role;
use super::words::{ANY, Symbol, mark};

/// Most positions of one rule, and most moves between them: what is optional can be passed over from everywhere.
pub(super) const MOST: [usize; 2] = [20_000, 2_000_000];

/// Positions of all phrases, while a pack is compiled.
#[derive(Default)]
pub(super) struct Builder {
    symbols: Vec<Symbol>,
    follow: Vec<Vec<u32>>,
    moves: usize,
    /// Slot of each position; the top bit says that a match may end here.
    slots: Vec<u32>,
    starts: Vec<(Symbol, u32)>,
    lines: Vec<Line>,
    /// The first position of each line; those of a line stand together.
    firsts: Vec<u32>,
}

/// What a matched phrase belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Number of the rule in its pack.
    pub rule: usize,
    /// What the phrase does.
    pub role: Role,
    /// Its number among the rule's phrases of that role.
    pub number: usize,
    pub(super) start: Start,
    pub(super) at_end: bool,
}

const ACCEPT: u32 = 1 << 31;

/// The bits of a starting position; those above say where its line may begin.
const START_BITS: u32 = 30;

/// Where a line may begin, by number.
const STARTS: [Start; 3] = [Start::Anywhere, Start::Sentence, Start::Clause];

/// Where a part of a phrase begins and ends.
#[derive(Clone, Default)]
struct Ends {
    first: Vec<u32>,
    last: Vec<u32>,
    nullable: bool,
}

impl Builder {
    /// Number of positions and of moves so far.
    pub(super) fn size(&self) -> [usize; 2] {
        [self.symbols.len(), self.moves]
    }

    /// Adds a phrase. `symbol` gives the symbols of a word, in order: a contraction has two.
    pub(super) fn add(
        &mut self,
        phrase: &Phrase,
        rule: usize,
        role: Role,
        number: usize,
        symbol: &mut dyn FnMut(&Node) -> Vec<Vec<Symbol>>,
    ) {
        let slot = narrow(self.lines.len());
        self.lines.push(Line { rule, role, number, start: phrase.start, at_end: phrase.end });
        self.firsts.push(narrow(self.symbols.len()));
        let ends = self.sequence(&phrase.items, slot, symbol);
        for &position in &ends.first {
            self.starts.push((self.symbols[position as usize], position));
        }
        for &position in &ends.last {
            self.slots[position as usize] |= ACCEPT;
        }
    }

    fn position(&mut self, symbol: Symbol, slot: u32) -> u32 {
        self.symbols.push(symbol);
        self.follow.push(Vec::new());
        self.slots.push(slot);
        narrow(self.symbols.len() - 1)
    }

    fn sequence(&mut self, items: &[Item], slot: u32, symbol: &mut dyn FnMut(&Node) -> Vec<Vec<Symbol>>) -> Ends {
        let mut whole = Ends { nullable: true, ..Ends::default() };
        for item in items {
            let mut part = self.node(&item.node, slot, symbol);
            part.nullable |= item.optional;
            whole = self.join(whole, part);
        }
        whole
    }

    /// One part behind another.
    fn join(&mut self, before: Ends, after: Ends) -> Ends {
        for &from in &before.last {
            self.follow[from as usize].extend_from_slice(&after.first);
            self.moves += after.first.len();
        }
        let mut ends = Ends { nullable: before.nullable && after.nullable, first: before.first, last: after.last };
        if before.nullable {
            ends.first.extend_from_slice(&after.first);
        }
        if after.nullable {
            ends.last.extend_from_slice(&before.last);
        }
        ends
    }

    fn node(&mut self, node: &Node, slot: u32, symbol: &mut dyn FnMut(&Node) -> Vec<Vec<Symbol>>) -> Ends {
        match node {
            Node::Group(branches) => {
                let mut all = Ends::default();
                for branch in branches {
                    let ends = self.sequence(branch, slot, symbol);
                    all.first.extend(ends.first);
                    all.last.extend(ends.last);
                    all.nullable |= ends.nullable;
                }
                all
            }
            Node::Gap(words) => self.gap(*words, slot),
            Node::Class(class) => self.one_of(&[*class as Symbol], slot),
            Node::Mark(c) => self.one_of(&[mark(*c)], slot),
            Node::Word(_) | Node::Prefix(_) => {
                let mut whole = Ends { nullable: true, ..Ends::default() };
                for readings in symbol(node) {
                    let part = self.one_of(&readings, slot);
                    whole = self.join(whole, part);
                }
                whole
            }
        }
    }

    /// One token with any of these symbols.
    fn one_of(&mut self, symbols: &[Symbol], slot: u32) -> Ends {
        let positions: Vec<u32> = symbols.iter().map(|&symbol| self.position(symbol, slot)).collect();
        Ends { first: positions.clone(), last: positions, nullable: false }
    }

    /// Up to `words` words, with commas before, between and behind them.
    fn gap(&mut self, words: usize, slot: u32) -> Ends {
        let comma = |builder: &mut Self| {
            let ends = builder.one_of(&[mark(',')], slot);
            ends.first.iter().for_each(|&position| builder.follow[position as usize].push(position));
            Ends { nullable: true, ..ends }
        };
        let mut whole = comma(self);
        for _ in 0..words {
            let mut part = self.one_of(&[ANY], slot);
            let behind = comma(self);
            part = self.join(part, behind);
            part.nullable = true;
            whole = self.join(whole, part);
        }
        whole
    }

    /// Writes the automaton; `symbols` is the number of symbols there are.
    pub(super) fn write(&mut self, symbols: Symbol, out: &mut Writer) {
        let mut ends = Vec::with_capacity(self.follow.len());
        let mut follow = Vec::new();
        for next in &mut self.follow {
            next.sort_unstable();
            next.dedup();
            follow.extend(next.iter().flat_map(|&next| [next, self.symbols[next as usize]]));
            ends.push(narrow(follow.len() / 2));
        }
        self.starts.sort_unstable();
        self.starts.dedup();
        let start_ends: Vec<u32> =
            (0..symbols).map(|symbol| narrow(self.starts.partition_point(|(known, _)| *known <= symbol))).collect();
        out.numbers(&self.slots);
        out.numbers(&ends);
        out.numbers(&follow);
        out.numbers(&start_ends);
        let start = |position: u32| self.lines[(self.slots[position as usize] & !ACCEPT) as usize].start;
        let starts = self.starts.iter().map(|(_, position)| position | (start(*position) as u32) << START_BITS);
        out.numbers(&starts.collect::<Vec<_>>());
        let lines = self.lines.iter().flat_map(|line| {
            let flags = line.role as u32 | (line.start as u32) << 8 | u32::from(line.at_end) << 10;
            [narrow(line.rule), narrow(line.number), flags]
        });
        out.numbers(&lines.collect::<Vec<_>>());
        self.firsts.push(narrow(self.symbols.len()));
        out.numbers(&self.firsts);
    }
}

/// The automaton of an opened pack.
#[derive(Clone, Debug)]
pub(super) struct Automaton {
    slots: Numbers,
    ends: Numbers,
    /// Positions with their symbols.
    follow: Numbers,
    start_ends: Numbers,
    starts: Numbers,
    lines: Numbers,
    firsts: Numbers,
}

impl Automaton {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            slots: reader.numbers()?,
            ends: reader.numbers()?,
            follow: reader.numbers()?,
            start_ends: reader.numbers()?,
            starts: reader.numbers()?,
            lines: reader.numbers()?,
            firsts: reader.numbers()?,
        })
    }

    /// The line a match that ends at this position belongs to, if one may end here.
    pub(super) fn accepts(&self, bytes: &[u8], position: u32) -> Option<u32> {
        let slot = self.slots.get(bytes, position as usize);
        (slot & ACCEPT != 0).then_some(slot & !ACCEPT)
    }

    /// The positions that may read the next token, with the symbol that each reads.
    pub(super) fn follow<'b>(&self, bytes: &'b [u8], position: u32) -> impl Iterator<Item = (u32, Symbol)> + 'b {
        self.follow.pairs(bytes, range(&self.ends, bytes, position))
    }

    /// The positions where a phrase can begin with this symbol, and where in a sentence it has to stand.
    pub(super) fn starts<'b>(&'b self, bytes: &'b [u8], symbol: Symbol) -> impl Iterator<Item = (u32, Start)> + 'b {
        range(&self.start_ends, bytes, symbol).map(|at| {
            let number = self.starts.get(bytes, at);
            let start = STARTS.get((number >> START_BITS) as usize).copied().unwrap_or_default();
            (number & !(u32::MAX << START_BITS), start)
        })
    }

    /// The positions of the line in this slot.
    pub(super) fn positions(&self, bytes: &[u8], slot: u32) -> std::ops::Range<u32> {
        let slot = slot as usize;
        self.firsts.get(bytes, slot)..self.firsts.get(bytes, slot + 1)
    }

    /// How many lines there are.
    pub(super) fn slots(&self) -> u32 {
        narrow(self.lines.len() / 3)
    }

    /// What the line in this slot belongs to.
    pub(super) fn line(&self, bytes: &[u8], slot: u32) -> Line {
        let at = slot as usize * 3;
        let flags = self.lines.get(bytes, at + 2);
        Line {
            rule: self.lines.get(bytes, at) as usize,
            number: self.lines.get(bytes, at + 1) as usize,
            role: Role::ALL[(flags & 3) as usize],
            start: STARTS.get((flags >> 8 & 3) as usize).copied().unwrap_or_default(),
            at_end: flags & 1 << 10 != 0,
        }
    }
}

/// The indices between the end of the list before and this one's.
fn range(ends: &Numbers, bytes: &[u8], number: u32) -> std::ops::Range<usize> {
    let number = number as usize;
    if number >= ends.len() {
        return 0..0;
    }
    let start = if number == 0 { 0 } else { ends.get(bytes, number - 1) as usize };
    start..ends.get(bytes, number) as usize
}

const _: () = assert!(Class::Word as u32 == 6, "classes are symbols 0 to 6");
