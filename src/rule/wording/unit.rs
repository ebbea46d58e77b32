//! What is counted of a note.

use crate::text::{Token, TokenKind, Tokens};

/// A word, or what stands for many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A word, by its number in the lexicon.
    Word(usize),
    /// One of a class.
    Class(Class),
}

/// What stands for many words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Where a sentence or a part of one ends.
    Break,
    Name,
    Date,
    Number,
    Money,
    Address,
    Emoji,
    Asks,
    Exclaims,
    /// A word of what is known of the reader.
    Fact,
    /// A word of the reader's company.
    Company,
}

impl Class {
    pub(super) const ALL: [Self; 11] = [
        Self::Break,
        Self::Name,
        Self::Date,
        Self::Number,
        Self::Money,
        Self::Address,
        Self::Emoji,
        Self::Asks,
        Self::Exclaims,
        Self::Fact,
        Self::Company,
    ];

    /// As the file of counts has it.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Break => "|",
            Self::Name => "<name>",
            Self::Date => "<date>",
            Self::Number => "<number>",
            Self::Money => "<money>",
            Self::Address => "<url>",
            Self::Emoji => "<emoji>",
            Self::Asks => "?",
            Self::Exclaims => "!",
            Self::Fact => "<fact>",
            Self::Company => "<company>",
        }
    }
}

const DAYS: [&str; 19] = [
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
];

/// What is counted, in order, each with the token it stands at. One break stands at each end and between sentences and
/// their parts. The tokens of `given` count as that.
pub(super) fn units(tokens: &Tokens, given: &[(usize, Class)]) -> impl Iterator<Item = (Unit, usize)> {
    const BREAK: Unit = Unit::Class(Class::Break);
    let all = tokens.tokens();
    let mut is_open = false;
    let mut found = Vec::with_capacity(all.len() + 16);
    for (at, token) in all.iter().enumerate() {
        let is_first = at == 0 || all[at - 1].sentence != token.sentence;
        if is_first || ends_part(token.kind) {
            if is_open || found.is_empty() {
                found.push((BREAK, at));
            }
            is_open = false;
        }
        let known = given.binary_search_by_key(&at, |(token, _)| *token).ok().map(|place| Unit::Class(given[place].1));
        if let Some(unit) = known.or_else(|| unit(tokens, token, is_first || !is_open)) {
            found.push((unit, at));
            is_open = true;
        }
    }
    if is_open {
        found.push((BREAK, all.len() - 1));
    }
    found.into_iter()
}

/// Whether a mark ends a part of a sentence.
const fn ends_part(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Mark('.' | ',' | ':' | ';' | '…' | '-' | '(' | ')' | '"'))
}

fn unit(tokens: &Tokens, token: &Token, is_first: bool) -> Option<Unit> {
    let class = match token.kind {
        TokenKind::Word if token.capital => match tokens.folded(token) {
            folded if DAYS.contains(&folded) => Class::Date,
            folded if is_first || folded == "i" => return Some(Unit::Word(token.word())),
            _ => Class::Name,
        },
        TokenKind::Word => return Some(Unit::Word(token.word())),
        TokenKind::Hole => Class::Name,
        TokenKind::Number => Class::Number,
        TokenKind::Money => Class::Money,
        TokenKind::Url | TokenKind::Email => Class::Address,
        TokenKind::Emoji => Class::Emoji,
        TokenKind::Mark('?') => Class::Asks,
        TokenKind::Mark('!') => Class::Exclaims,
        TokenKind::Mark(_) => return None,
    };
    Some(Unit::Class(class))
}

/// A unit as the file of counts has it.
pub(super) fn written(unit: Unit, at: usize, tokens: &Tokens) -> &str {
    match unit {
        Unit::Class(class) => class.as_str(),
        Unit::Word(_) => tokens.folded(&tokens.tokens()[at]),
    }
}
