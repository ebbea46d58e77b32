//! What a note has that the checklist looks for, read off English words.

use crate::rule::check::Note;
use crate::text::TokenKind;

pub(super) fn greets(note: Note<'_>) -> bool {
    note.tokens.sentences().first().is_some_and(|sentence| sentence.greeting)
}

pub(super) fn thanks(note: Note<'_>) -> bool {
    has(note, &[&["thank"], &["thanks"], &["grateful"], &["appreciate"], &["appreciated"]])
}

pub(super) fn asks_politely(note: Note<'_>) -> bool {
    has(note, &[&["could", "you"], &["would", "you"]])
}

pub(super) fn gives_reason(note: Note<'_>) -> bool {
    has(note, &[&["because"], &["that", "is", "why"], &["which", "is", "why"], &["so", "that"], &["the", "reason"]])
}

/// A question for the reader, or an offer to them.
pub(super) fn offers(note: Note<'_>) -> bool {
    let asks = note.tokens.tokens().iter().any(|token| token.kind == TokenKind::Mark('?'));
    asks || has(
        note,
        &[
            &["happy", "to"],
            &["glad", "to"],
            &["gladly"],
            &["can", "send"],
            &["could", "send"],
            &["will", "send"],
            &["attached"],
        ],
    )
}

/// Whether one of these rows of words is in the note.
fn has(note: Note<'_>, rows: &[&[&str]]) -> bool {
    let tokens = note.tokens.tokens();
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| note.tokens.folded(token) == word);
    let starts = |at: usize, row: &[&str]| row.iter().enumerate().all(|(next, word)| is(at + next, word));
    (0..tokens.len()).any(|at| rows.iter().any(|row| starts(at, row)))
}
