//! One walk over a note's tokens finds the phrases of all rules.

use crate::text::{Sentence, Token, TokenKind, Tokens};

use super::Pack;
use super::automaton::Line;
use super::lazy::{self, IDLE, Kind, Lazy};
use super::record::Role;
use super::words::{ANY, EXACT, Symbol, mark};
use crate::rule::phrase::Class;

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
    /// Lines that end in a sentence: rule, role, slot and sentence.
    ended: Vec<(u32, Role, u32, u32)>,
    key: Vec<u32>,
    threads: Vec<(u32, usize)>,
    next: Vec<(u32, usize)>,
}

impl Walk {
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
        self.ended.clear();
        for (number, sentence) in tokens.sentences().iter().enumerate() {
            let mut state = IDLE;
            for at in sentence.start..sentence.end {
                state = lazy.step(pack, state, self.kinds[at]);
                let sentence = number as u32;
                self.ended.extend(lazy.accepts(state).iter().map(|slot| {
                    let line = pack.automaton.line(&pack.bytes, *slot);
                    (line.rule as u32, line.role, *slot, sentence)
                }));
            }
        }
        self.ended.sort_unstable();
        self.ended.dedup();
        for group in self.ended.chunk_by(|one, other| one.0 == other.0) {
            let wanted = !pack.finds[group[0].0 as usize] || group.iter().any(|(_, role, ..)| *role == Role::Find);
            for &(_, _, slot, sentence) in group.iter().filter(|_| wanted) {
                let sentence = tokens.sentences()[sentence as usize];
                let place = Place { pack, lazy, slot, sentence, kinds: &self.kinds, edges: &self.edges };
                place.locate(&mut self.threads, &mut self.next, hits);
            }
        }
    }

    /// The kind of every token.
    fn look_up(&mut self, text: &str, tokens: &Tokens, pack: &Pack, base: Option<&Pack>, lazy: &mut Lazy) {
        self.kinds.clear();
        for (at, token) in tokens.tokens().iter().enumerate() {
            let possessive = token.glued && tokens.folded(token) == "'s";
            let (classes, opens) = (self.classes[at], self.edges[at].0);
            self.key.clear();
            self.key.push(u32::from(classes) | u32::from(opens) << 16 | u32::from(possessive) << 17);
            symbols(text, tokens, token, pack, base, &mut self.key);
            let key = &self.key;
            let kind = lazy.kind(key, || Kind {
                classes,
                opens,
                possessive,
                starts: lazy::starts(pack, classes, opens, &key[1..]),
                symbols: key[1..].to_vec(),
            });
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
                    out.extend(pack.words.find(&pack.bytes, reading.as_bytes()));
                }
                pack.words.prefixes_of(&pack.bytes, folded.as_bytes(), |symbol| out.push(symbol));
                if pack.words.exact {
                    let exact = format!("{EXACT}{}", &text[token.span.range()]);
                    out.extend(pack.words.find(&pack.bytes, exact.as_bytes()));
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
            let from = token.starts.partition_point(|start| *start < own.start);
            let starts = token.starts[from..].iter().take_while(|start| **start < own.end);
            next.extend(starts.map(|start| (*start, at)));
            std::mem::swap(threads, next);
            for &(position, first) in threads.iter() {
                let hit = Hit { line, first, last: at };
                let ends =
                    pack.automaton.accepts(&pack.bytes, position).is_some() && (!line.at_end || self.edges[at].1);
                if ends && hits.last() != Some(&hit) {
                    hits.push(hit);
                }
            }
        }
    }
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

/// Quotes, bullets and emoji before the first word of a sentence.
const fn introduces(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Mark('"' | '\'' | '(' | '[' | '-' | '*' | '•' | '·' | '>') | TokenKind::Emoji)
}

/// What may stand behind the last word of a sentence.
const fn concludes(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Mark('.' | '!' | '?' | '…' | '"' | '\'' | ')' | ']' | ':') | TokenKind::Emoji)
}

fn classes(text: &str, tokens: &Tokens, at: usize) -> u16 {
    let token = &tokens.tokens()[at];
    let bit = |class: Class| 1u16 << class as u16;
    let word = bit(Class::Word) | 1 << ANY;
    match token.kind {
        TokenKind::Word => {
            let folded = tokens.folded(token);
            let date = if is_date_word(folded) { bit(Class::Date) } else { 0 };
            let number = if is_number_word(folded) { bit(Class::Number) } else { 0 };
            let name = if date == 0 && is_name(text, tokens, at) { bit(Class::Name) } else { 0 };
            word | date | number | name
        }
        TokenKind::Number => {
            let folded = tokens.folded(token);
            let year = folded.len() == 4 && folded.parse().is_ok_and(|year: u16| (1900..2100).contains(&year));
            1 << ANY | bit(Class::Number) | if year { bit(Class::Date) } else { 0 }
        }
        TokenKind::Money => 1 << ANY | bit(Class::Money),
        TokenKind::Url => 1 << ANY | bit(Class::Url),
        TokenKind::Email => 1 << ANY,
        TokenKind::Emoji => bit(Class::Emoji),
        TokenKind::Hole => word | bit(Class::Name),
        TokenKind::Mark(_) => 0,
    }
}

fn is_number_word(folded: &str) -> bool {
    matches!(
        folded,
        "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "eleven"
            | "twelve"
            | "fifteen"
            | "twenty"
            | "thirty"
            | "forty"
            | "fifty"
            | "sixty"
            | "ninety"
            | "hundred"
            | "thousand"
            | "million"
            | "dozen"
    )
}

fn is_date_word(folded: &str) -> bool {
    matches!(
        folded,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "mon"
            | "tue"
            | "tues"
            | "wed"
            | "thu"
            | "thur"
            | "thurs"
            | "fri"
            | "sat"
            | "sun"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
    )
}

/// Abbreviations that everybody writes in capitals: no names.
const ACRONYMS: &[&str] = &[
    "ai", "it", "hr", "pr", "cv", "ceo", "cto", "cfo", "coo", "cmo", "vp", "seo", "crm", "erp", "roi", "kpi", "sme",
    "b2b", "b2c", "saas", "api", "ok", "asap", "fyi", "ps", "uk", "us", "usa", "eu", "phd", "mba", "linkedin", "i",
];

/// Whether a word is a name as far as capitals tell: not the first of its sentence, unless another one follows.
fn is_name(text: &str, tokens: &Tokens, at: usize) -> bool {
    let list = tokens.tokens();
    let token = &list[at];
    let named = |at: usize| {
        let token: &Token = &list[at];
        token.kind == TokenKind::Word && token.capital && !token.glued && !ACRONYMS.contains(&tokens.folded(token))
    };
    if !named(at) {
        return false;
    }
    let before = list[..at].iter().rposition(|token| !introduces(token.kind));
    let first = before.is_none_or(|before| list[before].sentence != token.sentence);
    if !first {
        return true;
    }
    let next = list.get(at + 1).is_some_and(|next| next.sentence == token.sentence && named(at + 1));
    next && text[token.span.end..].starts_with(' ')
}
