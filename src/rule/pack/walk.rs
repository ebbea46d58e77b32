//! One walk over a note's tokens finds the phrases of all rules.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use crate::rule::phrase::Class;
use crate::text::{Token, TokenKind, Tokens, fold, fold_mark};

use super::Pack;
use super::automaton::Line;
use super::class::{classes, concludes, introduces, may_be_name};
use super::lazy::{self, IDLE, Kind, Lazy, Stance};
use super::locate::Place;
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
    /// Rules of which something was met, once for each token.
    met: Vec<usize>,
    /// Those whose phrases are located.
    wanted: Vec<usize>,
    /// Lines that end in the sentence at hand, with the token they end at.
    ended: Vec<(u32, usize)>,
    /// All that tells a token's kind.
    key: Vec<u32>,
    /// Those before a token, and those behind it.
    threads: [Vec<(u32, usize)>; 2],
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

    /// Finds the phrases of the rules of a pack that `wants` asks for: it is told the number of a rule and at how many
    /// tokens a match of it may end. `base` is the pack that it extends: its words come first.
    #[expect(clippy::too_many_arguments, reason = "a note, a pack and what is kept for them")]
    pub fn find(
        &mut self,
        text: &str,
        tokens: &Tokens,
        pack: &Pack,
        base: Option<&Pack>,
        lazy: &mut Lazy,
        wants: impl Fn(usize, usize) -> bool,
        hits: &mut Vec<Hit>,
    ) {
        lazy.make_room();
        lazy.use_words_of(tokens.lexicon());
        self.kinds.clear();
        self.states.clear();
        self.met.clear();
        for sentence in tokens.sentences() {
            let mut state = IDLE;
            for (at, token) in tokens.tokens()[sentence.start..sentence.end].iter().enumerate() {
                let stance = self.stances[sentence.start + at];
                let known = lazy.word(token.word(), stance);
                let kind = known.unwrap_or_else(|| self.look_up(text, tokens, token, stance, pack, base, lazy));
                state = lazy.step(pack, state, kind);
                self.kinds.push(kind);
                self.states.push(state);
                self.met.extend_from_slice(lazy.finds(state));
            }
        }
        self.met.sort_unstable();
        let times = self.met.chunk_by(|one, other| one == other);
        let wanted = times.filter(|times| wants(times[0], times.len())).map(|times| times[0]);
        self.wanted.clear();
        self.wanted.extend(wanted);
        if !self.wanted.is_empty() {
            self.locate_wanted(tokens, pack, lazy, hits);
        }
    }

    /// Finds the places of every phrase of the wanted rules.
    fn locate_wanted(&mut self, tokens: &Tokens, pack: &Pack, lazy: &Lazy, hits: &mut Vec<Hit>) {
        for (sentence, closes) in tokens.sentences().iter().zip(&self.closes) {
            self.ended.clear();
            for at in sentence.start..sentence.end {
                let accepts = lazy.accepts(self.states[at]).iter();
                let wanted = accepts.filter(|accept| self.wanted.binary_search(&accept.rule).is_ok());
                self.ended.extend(wanted.map(|accept| (accept.slot, at)));
            }
            self.ended.sort_unstable();
            // The line that was located last, and the token up to which.
            let mut located = None;
            for &(slot, at) in &self.ended {
                if located.is_some_and(|(of, end)| of == slot && at < end) {
                    continue;
                }
                let line = pack.automaton.line(&pack.bytes, slot);
                let same = |hit: &Hit| (hit.line.rule, hit.line.role) == (line.rule, line.role);
                if pack.rules[line.rule].one_will_do(line.role) && hits.iter().any(same) {
                    continue;
                }
                let own = pack.automaton.positions(&pack.bytes, slot);
                let (kinds, states) = (&*self.kinds, &*self.states);
                let place = Place { pack, lazy, line, own, kinds, states, closes: *closes };
                let begin = place.begin(sentence.start, at);
                let end = place.locate(begin..sentence.end, at, &mut self.threads, hits);
                located = Some((slot, end));
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
