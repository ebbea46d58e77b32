//! What a token can stand for: its symbols.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use super::Pack;
use super::words::{EXACT, Symbol, mark};
use crate::text::{Token, TokenKind, Tokens, fold, fold_mark};

/// The symbols of a token.
pub(super) fn symbols(
    text: &str,
    tokens: &Tokens,
    token: &Token,
    pack: &Pack,
    base: Option<&Pack>,
    out: &mut Vec<Symbol>,
) {
    match token.kind {
        TokenKind::Mark(c) => out.push(mark(c)),
        TokenKind::Word | TokenKind::Number => {
            let folded = tokens.folded(token);
            for pack in [base, Some(pack)].into_iter().flatten() {
                for reading in readings(folded) {
                    pack.words.look_up(&pack.bytes, reading, out);
                }
                for reading in readings(&written(text, token, folded)) {
                    if pack.words.may_be_exact(&pack.bytes, reading) {
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
