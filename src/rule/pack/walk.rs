//! One walk over a note's tokens finds the phrases of all rules.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use crate::rule::phrase::Class;
use crate::text::{Sentence, Token, TokenKind, Tokens, fold, fold_mark};

use super::Pack;
use super::automaton::Line;
use super::class::{classes, concludes, introduces, may_be_name};
use super::lazy::{self, IDLE, Kind, Lazy, Stance};
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
    /// What is known of the words met so far.
    words: Vec<Option<Traits>>,
    /// What numbers them.
    lexicon: Option<u64>,
    /// How each token stands in its sentence.
    stances: Vec<Stance>,
    /// For each sentence: the first token at which a phrase with `$` may end.
    closes: Vec<usize>,
    /// The kind of each token, for the pack at hand.
    kinds: Vec<u32>,
    /// The state behind each token.
    states: Vec<u32>,
    /// Rules of which something was found.
    wanted: Vec<usize>,
    /// Lines that end in the sentence at hand.
    ended: Vec<u32>,
    /// All that tells a token's kind.
    key: Vec<u32>,
    threads: Vec<(u32, usize)>,
    next: Vec<(u32, usize)>,
}

/// What a word is to every pack, wherever it stands.
#[derive(Clone, Copy, Debug)]
struct Traits {
    classes: u16,
    may_be_name: bool,
}

impl Walk {
    /// Prepares for a note: what every pack needs of its tokens.
    pub fn read(&mut self, text: &str, tokens: &Tokens) {
        self.meet(tokens);
        self.stances.clear();
        self.closes.clear();
        for sentence in tokens.sentences() {
            let inside = &tokens.tokens()[sentence.start..sentence.end];
            let opens = inside.iter().position(|token| !introduces(token.kind)).unwrap_or(inside.len());
            let concluded =
                |token: &Token| concludes(token.kind) || (sentence.greeting && token.kind == TokenKind::Mark(','));
            let closes = inside.iter().rposition(|token| !concluded(token)).unwrap_or(0);
            self.closes.push(sentence.start + closes);
            for at in 0..inside.len() {
                let name = self.is_name(text, inside, at, at > opens);
                self.stances.push(Stance::new(at <= opens, name));
            }
        }
    }

    /// Whether a token of a sentence is a name as far as capitals tell: not the first word, unless another one follows.
    fn is_name(&self, text: &str, sentence: &[Token], at: usize, is_inside: bool) -> bool {
        let token = &sentence[at];
        let followed = || {
            let named = sentence.get(at + 1).is_some_and(|next| self.traits(next).may_be_name);
            named && text[token.span.end..].starts_with(' ')
        };
        self.traits(token).may_be_name && (is_inside || followed())
    }

    /// Looks at the words that no note before had.
    fn meet(&mut self, tokens: &Tokens) {
        if self.lexicon != Some(tokens.lexicon()) {
            self.words.clear();
            self.lexicon = Some(tokens.lexicon());
        }
        for token in tokens.tokens() {
            if self.words.len() <= token.word() {
                self.words.resize(token.word() + 1, None);
            }
            self.words[token.word()].get_or_insert_with(|| {
                let folded = tokens.folded(token);
                Traits { classes: classes(token.kind, folded), may_be_name: may_be_name(token, folded) }
            });
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
        lazy.use_words_of(tokens.lexicon());
        self.kinds.clear();
        self.states.clear();
        self.wanted.clear();
        for sentence in tokens.sentences() {
            let mut state = IDLE;
            for (at, token) in tokens.tokens()[sentence.start..sentence.end].iter().enumerate() {
                let stance = self.stances[sentence.start + at];
                let known = lazy.word(token.word(), stance);
                let kind = known.unwrap_or_else(|| self.look_up(text, tokens, token, stance, pack, base, lazy));
                state = lazy.step(pack, state, kind);
                self.kinds.push(kind);
                self.states.push(state);
                if lazy.finds(state) {
                    let found = lazy.accepts(state).iter().filter(|accept| accept.finds);
                    self.wanted.extend(found.map(|accept| accept.rule));
                }
            }
        }
        if !self.wanted.is_empty() {
            self.wanted.sort_unstable();
            self.wanted.dedup();
            self.locate_wanted(tokens, pack, lazy, hits);
        }
    }

    /// Finds the places of every phrase of the wanted rules.
    fn locate_wanted(&mut self, tokens: &Tokens, pack: &Pack, lazy: &Lazy, hits: &mut Vec<Hit>) {
        for (number, sentence) in tokens.sentences().iter().enumerate() {
            self.ended.clear();
            for state in &self.states[sentence.start..sentence.end] {
                let accepts = lazy.accepts(*state).iter();
                let wanted = accepts.filter(|accept| self.wanted.binary_search(&accept.rule).is_ok());
                self.ended.extend(wanted.map(|accept| accept.slot));
            }
            self.ended.sort_unstable();
            self.ended.dedup();
            for &slot in &self.ended {
                let closes = self.closes[number];
                let place = Place { pack, lazy, slot, sentence: *sentence, kinds: &self.kinds, closes };
                place.locate(&mut self.threads, &mut self.next, hits);
            }
        }
    }

    /// The kind of a token whose word is new to the pack.
    #[expect(clippy::too_many_arguments, reason = "a token with all that tells its kind")]
    fn look_up(
        &mut self,
        text: &str,
        tokens: &Tokens,
        token: &Token,
        stance: Stance,
        pack: &Pack,
        base: Option<&Pack>,
        lazy: &mut Lazy,
    ) -> u32 {
        let name = if stance.is_name() { 1 << Class::Name as u16 } else { 0 };
        let classes = self.traits(token).classes | name;
        let possessive = token.glued && tokens.folded(token) == "'s";
        self.key.clear();
        self.key.push(u32::from(classes) | u32::from(stance.opens()) << 16 | u32::from(possessive) << 17);
        symbols(text, tokens, token, pack, base, &mut self.key);
        let symbols = &self.key[1..];
        lazy.kind(token.word(), stance, &self.key, || Kind {
            classes,
            opens: stance.opens(),
            possessive,
            starts: lazy::starts(pack, classes, stance.opens(), symbols),
            symbols: symbols.to_vec(),
        })
    }

    fn traits(&self, token: &Token) -> Traits {
        self.words[token.word()].expect("`read` has met every word of the note")
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
    /// The first token at which a phrase with `$` may end.
    closes: usize,
}

impl Place<'_> {
    /// All matches of the line. Threads are positions with the token they began at.
    fn locate(&self, threads: &mut Vec<(u32, usize)>, next: &mut Vec<(u32, usize)>, hits: &mut Vec<Hit>) {
        let Self { pack, lazy, .. } = self;
        let line = pack.automaton.line(&pack.bytes, self.slot);
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
            for &(position, first) in threads.iter() {
                let hit = Hit { line, first, last: at };
                let ends = lazy::ends_at(pack, position).is_some() && (!line.at_end || at >= self.closes);
                if ends && hits.last() != Some(&hit) {
                    hits.push(hit);
                }
            }
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
