//! One walk over a note's tokens finds the phrases of all rules.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use crate::text::{Sentence, Token, TokenKind, Tokens, Votes, fold, fold_mark};

use super::Pack;
use super::automaton::Line;
use super::class::{classes, concludes, introduces};
use super::lazy::{self, IDLE, Kind, Lazy};
use super::record::Role;
use super::words::{EXACT, Symbol, mark};

/// A phrase that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The phrase.
    pub line: Line,
    /// Its first token.
    pub first: usize,
    /// Its last token.
    pub last: usize,
}

/// What the phrases of all packs are compared with. The buffers are kept from note to note.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// Class bits of each token.
    classes: Vec<u16>,
    /// For each token: whether a phrase with `^` may begin here, and one with `$` end here.
    edges: Vec<(bool, bool)>,
    /// The kind of each token, for the pack at hand.
    kinds: Vec<u32>,
    /// The state behind each token.
    states: Vec<u32>,
    /// Rules of which something was found.
    wanted: Vec<usize>,
    /// Lines that end in the sentence at hand.
    ended: Vec<u32>,
    /// A token with all that tells its kind, as text and as symbols.
    word: String,
    key: Vec<u32>,
    threads: Vec<(u32, usize)>,
    next: Vec<(u32, usize)>,
    votes: Votes,
}

impl Walk {
    /// Which languages the words of the note belong to that was walked last.
    #[must_use]
    pub const fn votes(&self) -> Votes {
        self.votes
    }

    /// Prepares for a note: what every pack needs of its tokens.
    pub fn read(&mut self, text: &str, tokens: &Tokens) {
        self.classes.clear();
        self.edges.clear();
        for at in 0..tokens.tokens().len() {
            self.classes.push(classes(text, tokens, at));
        }
        for sentence in tokens.sentences() {
            let inside = &tokens.tokens()[sentence.start..sentence.end];
            let opens = inside.iter().position(|token| !introduces(token.kind)).unwrap_or(inside.len());
            let concluded =
                |token: &Token| concludes(token.kind) || (sentence.greeting && token.kind == TokenKind::Mark(','));
            let closes = inside.iter().rposition(|token| !concluded(token)).unwrap_or(0);
            self.edges.extend((0..inside.len()).map(|at| (at <= opens, at >= closes)));
        }
    }

    /// Finds the phrases of a pack: those that a rule looks for, and the other ones of the same rules. `base` is the
    /// pack that it extends: its words come first.
    pub fn find(
        &mut self,
        text: &str,
        tokens: &Tokens,
        pack: &Pack,
        base: Option<&Pack>,
        lazy: &mut Lazy,
        hits: &mut Vec<Hit>,
    ) {
        lazy.make_room();
        self.look_up(text, tokens, pack, base, lazy);
        self.wanted.clear();
        self.states.clear();
        for sentence in tokens.sentences() {
            let mut state = IDLE;
            for at in sentence.start..sentence.end {
                state = lazy.step(pack, state, self.kinds[at]);
                self.states.push(state);
                if lazy.finds(state) {
                    let found = lazy.accepts(state).iter().filter(|accept| accept.finds);
                    self.wanted.extend(found.map(|accept| accept.rule));
                }
            }
        }
        self.wanted.sort_unstable();
        self.wanted.dedup();
        if !self.wanted.is_empty() {
            self.locate_wanted(tokens, pack, lazy, hits);
        }
    }

    /// Finds the places of every phrase of the wanted rules.
    fn locate_wanted(&mut self, tokens: &Tokens, pack: &Pack, lazy: &Lazy, hits: &mut Vec<Hit>) {
        for sentence in tokens.sentences() {
            self.ended.clear();
            for state in &self.states[sentence.start..sentence.end] {
                let accepts = lazy.accepts(*state).iter();
                let wanted = accepts.filter(|accept| self.wanted.binary_search(&accept.rule).is_ok());
                self.ended.extend(wanted.map(|accept| accept.slot));
            }
            self.ended.sort_unstable();
            self.ended.dedup();
            for &slot in &self.ended {
                let place = Place { pack, lazy, slot, sentence: *sentence, kinds: &self.kinds, edges: &self.edges };
                place.locate(&mut self.threads, &mut self.next, hits);
            }
        }
    }

    /// The words in a row of these sentences that begin a phrase which a rule looks for and weigh most: what came
    /// nearest. `weigh` is given the first and the last token; what weighs nothing is passed over.
    pub fn nearest(
        &mut self,
        (text, tokens): (&str, &Tokens),
        sentences: &[Sentence],
        (pack, rule): (&Pack, usize),
        base: Option<&Pack>,
        weigh: impl Fn(usize, usize) -> usize,
    ) -> Option<Hit> {
        let mut lazy = Lazy::default();
        lazy.make_room();
        self.look_up(text, tokens, pack, base, &mut lazy);
        let mut nearest = None;
        let mut most = 0;
        for slot in 0..pack.automaton.slots() {
            let line = pack.automaton.line(&pack.bytes, slot);
            if line.rule != rule || line.role != Role::Find {
                continue;
            }
            for sentence in sentences {
                let place =
                    Place { pack, lazy: &lazy, slot, sentence: *sentence, kinds: &self.kinds, edges: &self.edges };
                place.walk(&mut self.threads, &mut self.next, |_, first, last| {
                    let weight = weigh(first, last);
                    if weight > most {
                        (nearest, most) = (Some(Hit { line, first, last }), weight);
                    }
                });
            }
        }
        nearest
    }

    /// The kind of every token.
    fn look_up(&mut self, text: &str, tokens: &Tokens, pack: &Pack, base: Option<&Pack>, lazy: &mut Lazy) {
        self.kinds.clear();
        self.votes = Votes::default();
        for (at, token) in tokens.tokens().iter().enumerate() {
            let folded = tokens.folded(token);
            let possessive = token.glued && folded == "'s";
            let (classes, opens) = (self.classes[at], self.edges[at].0);
            let flags = u32::from(classes) | u32::from(opens) << 16 | u32::from(possessive) << 17;
            let written = &text[token.span.range()];
            self.word.clear();
            // The flags as one character of the upper planes.
            self.word.extend(char::from_u32(0x1_0000 + flags));
            self.word.push_str(folded);
            if written != folded {
                self.word.push('\0');
                self.word.push_str(written);
            }
            let kind = lazy.word(&self.word).unwrap_or_else(|| {
                let votes = Votes::of(folded);
                self.key.clear();
                self.key.extend([flags, votes.bits()]);
                symbols(text, tokens, token, pack, base, &mut self.key);
                let key = &self.key;
                lazy.kind(&self.word, key, || Kind {
                    classes,
                    opens,
                    possessive,
                    votes,
                    starts: lazy::starts(pack, classes, opens, &key[2..]),
                    symbols: key[2..].to_vec(),
                })
            });
            if at < Votes::MOST {
                self.votes.add(lazy.token(kind).votes);
            }
            self.kinds.push(kind);
        }
    }
}

/// The symbols of a token.
fn symbols(text: &str, tokens: &Tokens, token: &Token, pack: &Pack, base: Option<&Pack>, out: &mut Vec<Symbol>) {
    match token.kind {
        TokenKind::Mark(c) => out.push(mark(c)),
        TokenKind::Word | TokenKind::Number => {
            let folded = tokens.folded(token);
            for pack in [base, Some(pack)].into_iter().flatten() {
                for reading in readings(folded) {
                    pack.words.look_up(&pack.bytes, reading, out);
                }
                for reading in readings(&written(text, token, folded)) {
                    if pack.words.may_be_exact(reading) {
                        pack.words.look_up(&pack.bytes, &format!("{EXACT}{reading}"), out);
                    }
                }
            }
        }
        _ => {}
    }
}

/// A sentence that holds a line.
struct Place<'a> {
    pack: &'a Pack,
    lazy: &'a Lazy,
    slot: u32,
    sentence: Sentence,
    kinds: &'a [u32],
    edges: &'a [(bool, bool)],
}

impl Place<'_> {
    /// All matches of the line.
    fn locate(&self, threads: &mut Vec<(u32, usize)>, next: &mut Vec<(u32, usize)>, hits: &mut Vec<Hit>) {
        let line = self.pack.automaton.line(&self.pack.bytes, self.slot);
        self.walk(threads, next, |position, first, at| {
            let hit = Hit { line, first, last: at };
            let ends = lazy::ends_at(self.pack, position).is_some() && (!line.at_end || self.edges[at].1);
            if ends && hits.last() != Some(&hit) {
                hits.push(hit);
            }
        });
    }

    /// Walks the sentence and calls `reach` with every position that is reached, the token it began at and the one it
    /// reads. Threads are positions with the token they began at.
    fn walk(
        &self,
        threads: &mut Vec<(u32, usize)>,
        next: &mut Vec<(u32, usize)>,
        mut reach: impl FnMut(u32, usize, usize),
    ) {
        let Self { pack, lazy, .. } = self;
        let own = pack.automaton.positions(&pack.bytes, self.slot);
        threads.clear();
        for at in self.sentence.start..self.sentence.end {
            let token = lazy.token(self.kinds[at]);
            next.clear();
            for &(position, first) in threads.iter() {
                lazy::follow(pack, position, token, |reached| {
                    if !next.contains(&(reached, first)) {
                        next.push((reached, first));
                    }
                });
            }
            if token.starts.last().is_some_and(|last| *last >= own.start) {
                let from = token.starts.partition_point(|start| *start < own.start);
                let starts = token.starts[from..].iter().take_while(|start| **start < own.end);
                next.extend(starts.map(|start| (*start, at)));
            }
            std::mem::swap(threads, next);
            threads.iter().for_each(|&(position, first)| reach(position, first, at));
        }
    }
}

/// A word with its capitals; of a contraction's long form only the first letter's are known.
fn written<'t>(text: &'t str, token: &Token, folded: &'t str) -> Cow<'t, str> {
    let written = &text[token.span.range()];
    if written.eq_ignore_ascii_case(folded) {
        return Cow::Borrowed(written);
    }
    // As `fold` leaves it, but for the capitals.
    let straight: String = written.nfc().map(fold_mark).collect();
    if fold(&straight) == folded {
        Cow::Owned(straight)
    } else if token.capital {
        Cow::Owned(capitalised(folded))
    } else {
        Cow::Borrowed(folded)
    }
}

/// A word with a capital.
pub(super) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The words that a folded token can stand for.
pub(super) fn readings(folded: &str) -> impl Iterator<Item = &str> {
    let long: &[&str] = match folded {
        "'s" => &["is", "has"],
        "'d" => &["would", "had"],
        _ => &[],
    };
    std::iter::once(folded).chain(long.iter().copied())
}
