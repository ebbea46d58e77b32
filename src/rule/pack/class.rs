//! The classes of tokens, and what may stand at the edges of a sentence.

use crate::rule::phrase::Class;
use crate::text::{Token, TokenKind};

use super::words::ANY;

/// Quotes, bullets and emoji before the first word of a sentence.
pub(super) const fn introduces(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Mark('"' | '\'' | '(' | '[' | '-' | '*' | '•' | '·' | '>') | TokenKind::Emoji)
}

/// What divides a sentence into parts.
pub(super) const fn divides(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Mark(',' | ';' | ':' | '-' | '(' | ')'))
}

/// What may stand behind the last word of a sentence.
pub(super) const fn concludes(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Mark('.' | '!' | '?' | '…' | '"' | '\'' | ')' | ']' | ':') | TokenKind::Emoji)
}

/// The classes of a token wherever it stands, one bit each; [`Class::Name`] also depends on the words around it.
pub(super) fn classes(kind: TokenKind, folded: &str) -> u16 {
    let bit = |class: Class| 1u16 << class as u16;
    let word = bit(Class::Word) | 1 << ANY;
    match kind {
        TokenKind::Word => {
            let date = if is_date_word(folded) { bit(Class::Date) } else { 0 };
            let number = if is_number_word(folded) { bit(Class::Number) } else { 0 };
            word | date | number
        }
        TokenKind::Number => 1 << ANY | bit(Class::Number) | if is_date_number(folded) { bit(Class::Date) } else { 0 },
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

/// A year, or a date such as `14.10.2026`.
fn is_date_number(folded: &str) -> bool {
    let is_year = |part: &str| part.len() == 4 && part.parse().is_ok_and(|year: u16| (1900..2100).contains(&year));
    let is_short = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = folded.split('.');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), None, ..) => is_year(year),
        (Some(day), Some(month), Some(year), None) => is_short(day) && is_short(month) && is_year(year),
        _ => false,
    }
}

/// Abbreviations that everybody writes in capitals: no names.
const ACRONYMS: &[&str] = &[
    "ai", "it", "hr", "pr", "cv", "ceo", "cto", "cfo", "coo", "cmo", "vp", "seo", "crm", "erp", "roi", "kpi", "sme",
    "b2b", "b2c", "saas", "api", "ok", "asap", "fyi", "ps", "uk", "us", "usa", "eu", "phd", "mba", "linkedin", "i",
];

/// Whether a word may be a name as far as capitals tell.
pub(super) fn may_be_name(token: &Token, folded: &str) -> bool {
    let capital = token.kind == TokenKind::Word && token.capital && !token.glued;
    capital && !ACRONYMS.contains(&folded) && !is_date_word(folded)
}
