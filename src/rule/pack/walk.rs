//! One walk over a note's tokens finds the phrases of all rules.

use crate::rule::phrase::Class;
use crate::text::{Sentence, Token, TokenKind, Tokens, Votes};

use super::Pack;
use super::automaton::Line;
use super::check::Check;
use super::class::{classes, concludes, divides, introduces, may_be_name};
use super::lazy::{self, IDLE, Kind, Lazy, Opens, Stance};
use super::locate::Place;
use super::reading::symbols;
use super::record::Role;

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

/// Which phrases are to be located.
#[derive(Clone, Copy)]
pub enum Wants<'w> {
    /// Those of all rules.
    All,
    /// Those that can change what the rules find for which this answers yes: it is told the number of a rule and at how
    /// many tokens a match of something that it finds may end.
    Useful(&'w dyn Fn(usize, usize) -> bool),
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
    /// For each rule, whether its phrases are located.
    wanted: Vec<bool>,
    /// Lines that end in the sentence at hand, with the token they end at.
    ended: Vec<(u32, usize, Line)>,
    /// All that tells a token's kind.
    key: Vec<u32>,
    /// Those before a token, and those behind it.
    threads: [Vec<(u32, usize)>; 2],
    /// The languages of the note that was read last.
    votes: Votes,
}

/// What a word is to every pack, wherever it stands.
#[derive(Clone, Copy, Debug)]
struct Traits {
    classes: u16,
    may_be_name: bool,
    votes: Votes,
}

/// Cues of a rule up to which it is asked whether they can add up at all.
const MOST_CUES: usize = 64;

impl Walk {
    /// Which languages the words of the note belong to that was read last.
    #[must_use]
    pub const fn votes(&self) -> Votes {
        self.votes
    }

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
            let mut clause = true;
            for (at, token) in inside.iter().enumerate() {
                let sentence = at <= opens;
                clause = sentence || clause;
                let name = self.is_name(text, inside, at, !sentence);
                self.stances.push(Stance { opens: Opens { sentence, clause }, name });
                clause = divides(token.kind) || (clause && introduces(token.kind));
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
        self.votes = Votes::default();
        for (at, token) in tokens.tokens().iter().enumerate() {
            if self.words.len() <= token.word() {
                self.words.resize(token.word() + 1, None);
            }
            let traits = self.words[token.word()].get_or_insert_with(|| {
                let folded = tokens.folded(token);
                let may_be_name = may_be_name(token, folded);
                Traits { classes: classes(token.kind, folded), may_be_name, votes: Votes::of(folded) }
            });
            if at < Votes::MOST {
                self.votes.add(traits.votes);
            }
        }
    }

    /// Finds the phrases of a pack that `wants` asks for. `base` is the pack that it extends: its words come first.
    #[expect(clippy::too_many_arguments, reason = "a note, a pack and what is kept for them")]
    pub fn find(
        &mut self,
        text: &str,
        tokens: &Tokens,
        pack: &Pack,
        base: Option<&Pack>,
        lazy: &mut Lazy,
        wants: Wants<'_>,
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
        self.wanted.clear();
        self.wanted.resize(pack.rules.len(), matches!(wants, Wants::All));
        if let Wants::Useful(useful) = wants {
            self.met.sort_unstable();
            let met = std::mem::take(&mut self.met);
            for times in met.chunk_by(|one, other| one == other) {
                self.wanted[times[0]] = useful(times[0], times.len()) && self.may_add_up(times[0], pack, lazy);
            }
            self.met = met;
        }
        if self.wanted.contains(&true) {
            self.locate_wanted(tokens, pack, lazy, matches!(wants, Wants::All), hits);
        }
    }

    /// Whether the signs of a rule that end somewhere in the note could add up to enough, if nothing spoke for the note.
    fn may_add_up(&self, number: usize, pack: &Pack, lazy: &Lazy) -> bool {
        let Check::Signs { at, points, cues } = &pack.rules[number].check else { return true };
        let mut heard = [false; MOST_CUES];
        let accepts = self.states.iter().flat_map(|state| lazy.accepts(*state));
        let mut sum = 0;
        for accept in accepts.filter(|accept| (accept.line.rule, accept.line.role) == (number, Role::Find)) {
            let cue = cues.get(accept.line.number).copied().unwrap_or(usize::MAX);
            let Some(heard) = heard.get_mut(cue) else { return true };
            if points[cue] > 0 && !std::mem::replace(heard, true) {
                sum += points[cue];
            }
        }
        sum >= *at
    }

    /// Finds the places of every phrase of the wanted rules.
    fn locate_wanted(&mut self, tokens: &Tokens, pack: &Pack, lazy: &Lazy, all: bool, hits: &mut Vec<Hit>) {
        for (sentence, closes) in tokens.sentences().iter().zip(&self.closes) {
            self.ended.clear();
            for at in sentence.start..sentence.end {
                let accepts = lazy.accepts(self.states[at]).iter();
                let wanted = accepts.filter(|accept| self.wanted[accept.line.rule]);
                self.ended.extend(wanted.map(|accept| (accept.slot, at, accept.line)));
            }
            self.ended.sort_unstable_by_key(|(slot, at, _)| (*slot, *at));
            // The line that was located last, and the token up to which.
            let mut located = None;
            for &(slot, at, line) in &self.ended {
                if located.is_some_and(|(of, end)| of == slot && at < end) {
                    continue;
                }
                let same = |hit: &Hit| (hit.line.rule, hit.line.role) == (line.rule, line.role);
                let one_will_do = pack.rules[line.rule].one_will_do(line.role);
                if one_will_do && !all && hits.iter().any(same) {
                    continue;
                }
                let own = pack.automaton.positions(&pack.bytes, slot);
                let place = Place { pack, lazy, line, own, kinds: &self.kinds };
                let begin = place.begin(&self.states, sentence.start, at);
                let end = place.locate(begin..sentence.end, at, *closes, &mut self.threads, hits);
                located = Some((slot, end));
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
        self.kinds.clear();
        for (at, token) in tokens.tokens().iter().enumerate() {
            let kind = self.look_up(text, tokens, token, self.stances[at], pack, base, &mut lazy);
            self.kinds.push(kind);
        }
        let mut nearest = None;
        let mut most = 0;
        for slot in 0..pack.automaton.slots() {
            let line = pack.automaton.line(&pack.bytes, slot);
            if line.rule != rule || line.role != Role::Find {
                continue;
            }
            let own = pack.automaton.positions(&pack.bytes, slot);
            let place = Place { pack, lazy: &lazy, line, own, kinds: &self.kinds };
            for sentence in sentences {
                place.walk(sentence.start..sentence.end, sentence.end, &mut self.threads, |_, first, last| {
                    let weight = weigh(first, last);
                    if weight > most {
                        (nearest, most) = (Some(Hit { line, first, last }), weight);
                    }
                });
            }
        }
        nearest
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
        let name = if stance.name { 1 << Class::Name as u16 } else { 0 };
        let classes = self.traits(token).classes | name;
        let possessive = token.glued && tokens.folded(token) == "'s";
        let opens = stance.opens;
        let opening = u32::from(opens.sentence) << 16 | u32::from(opens.clause) << 18;
        self.key.clear();
        self.key.push(u32::from(classes) | opening | u32::from(possessive) << 17);
        symbols(text, tokens, token, pack, base, &mut self.key);
        let symbols = &self.key[1..];
        lazy.kind(token.word(), stance, &self.key, || Kind {
            classes,
            opens,
            possessive,
            starts: lazy::starts(pack, classes, opens, symbols),
            symbols: symbols.to_vec(),
        })
    }

    fn traits(&self, token: &Token) -> Traits {
        self.words[token.word()].expect("`read` has met every word of the note")
    }
}
