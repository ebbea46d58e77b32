//! One walk over a note's tokens finds the phrases of all rules.

use crate::text::{Token, TokenKind, Tokens};

use super::Pack;
use super::automaton::Line;
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

/// What the phrases are compared with: the symbols of every token. The buffers are kept from note to note.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// Class bits of each token.
    classes: Vec<u16>,
    symbols: Vec<Symbol>,
    ends: Vec<u32>,
    /// For each token: whether a phrase with `^` may begin here, and one with `$` end here.
    edges: Vec<(bool, bool)>,
    threads: Vec<(u32, u32)>,
    next: Vec<(u32, u32)>,
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

    /// Finds the phrases of a pack. `base` is the pack that it extends: its words come first.
    pub fn find(&mut self, text: &str, tokens: &Tokens, pack: &Pack, base: Option<&Pack>, hits: &mut Vec<Hit>) {
        self.look_up(text, tokens, pack, base);
        let list = tokens.tokens();
        self.threads.clear();
        for at in 0..list.len() {
            if at > 0 && list[at].sentence != list[at - 1].sentence {
                self.threads.clear();
            }
            self.step(pack, list, tokens, at);
            std::mem::swap(&mut self.threads, &mut self.next);
            for &(position, first) in &self.threads {
                let Some(slot) = pack.automaton.accepts(&pack.bytes, position) else { continue };
                let line = pack.automaton.line(&pack.bytes, slot);
                if !line.at_end || self.edges[at].1 {
                    hits.push(Hit { line, first: first as usize, last: at });
                }
            }
        }
    }

    /// Moves every thread over token `at`, and begins new ones.
    fn step(&mut self, pack: &Pack, list: &[Token], tokens: &Tokens, at: usize) {
        self.next.clear();
        let range = (if at == 0 { 0 } else { self.ends[at - 1] as usize })..self.ends[at] as usize;
        let symbols = &self.symbols[range];
        let classes = self.classes[at];
        for &(position, first) in &self.threads {
            for next in pack.automaton.follow(&pack.bytes, position) {
                let symbol = pack.automaton.symbol(&pack.bytes, next);
                let reads = if symbol < 16 { classes & (1 << symbol) != 0 } else { symbols.contains(&symbol) };
                if reads && !self.next.contains(&(next, first)) {
                    self.next.push((next, first));
                }
            }
        }
        let begun = self.next.len();
        let class_symbols = (0..Class::ALL.len() as Symbol).filter(|class| classes & (1 << class) != 0);
        for symbol in class_symbols.chain(symbols.iter().copied()) {
            for start in pack.automaton.starts(&pack.bytes, symbol) {
                let anchored = pack.automaton.line(&pack.bytes, pack.automaton.slot(&pack.bytes, start)).at_start;
                if !anchored || self.edges[at].0 {
                    self.next.push((start, at as u32));
                }
            }
        }
        debug_assert!(begun <= self.next.len());
        // A possessive 's between two words of a phrase: both readings are tried.
        if list[at].glued && tokens.folded(&list[at]) == "'s" {
            for thread in &self.threads {
                if pack.automaton.accepts(&pack.bytes, thread.0).is_none() && !self.next.contains(thread) {
                    self.next.push(*thread);
                }
            }
        }
    }

    /// The symbols of every token.
    fn look_up(&mut self, text: &str, tokens: &Tokens, pack: &Pack, base: Option<&Pack>) {
        self.symbols.clear();
        self.ends.clear();
        let packs = [base, Some(pack)];
        for token in tokens.tokens() {
            match token.kind {
                TokenKind::Mark(c) => self.symbols.push(mark(c)),
                TokenKind::Word | TokenKind::Number => {
                    let folded = tokens.folded(token);
                    for pack in packs.into_iter().flatten() {
                        for reading in readings(folded) {
                            self.symbols.extend(pack.words.find(&pack.bytes, reading.as_bytes()));
                        }
                        pack.words.prefixes_of(&pack.bytes, folded.as_bytes(), |symbol| self.symbols.push(symbol));
                        if pack.words.exact {
                            let exact = format!("{EXACT}{}", &text[token.span.range()]);
                            self.symbols.extend(pack.words.find(&pack.bytes, exact.as_bytes()));
                        }
                    }
                }
                _ => {}
            }
            self.ends.push(u32::try_from(self.symbols.len()).unwrap_or(u32::MAX));
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
            let number = if NUMBER_WORDS.contains(&folded) { bit(Class::Number) } else { 0 };
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

const NUMBER_WORDS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
    "twenty", "thirty", "forty", "fifty", "sixty", "ninety", "hundred", "thousand", "million", "dozen",
];

const DATE_WORDS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

fn is_date_word(folded: &str) -> bool {
    (3..=9).contains(&folded.len()) && DATE_WORDS.contains(&folded)
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
