//! `repeat`: the same word several times in a row, or sentences in a row that hold a phrase.

use super::{Found, Note, hits_in};
use crate::rule::pack::Hit;
use crate::text::TokenKind;

/// Runs of equal words inside a sentence; the fix keeps the first.
pub(super) fn words(run: usize, note: Note<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for sentence in note.tokens.sentences() {
        let tokens = &note.tokens.tokens()[sentence.start..sentence.end];
        if !tokens.windows(2).any(|pair| note.tokens.are_alike(&pair[0], &pair[1])) {
            continue;
        }
        let mut first = 0;
        for at in 1..=tokens.len() {
            let same = at < tokens.len()
                && tokens[at].kind == TokenKind::Word
                && !tokens[at].glued
                && note.tokens.are_alike(&tokens[at], &tokens[first])
                && !hyphenated(note, sentence.start + at);
            if same {
                continue;
            }
            if at - first >= run && tokens[first].kind == TokenKind::Word {
                let once = note.tokens.span(sentence.start + first, sentence.start + first);
                let span = once.join(note.tokens.span(sentence.start + at - 1, sentence.start + at - 1));
                let replacement = Some(note.text[once.range()].to_owned());
                found.push(Found { count: at - first, limit: run, replacement, ..Found::at(span) });
            }
            first = at;
        }
    }
    found
}

/// Whether a hyphen joins this word to the one before: `Chi-Chi` and `win-win` are written so on purpose.
fn hyphenated(note: Note<'_>, at: usize) -> bool {
    let (before, here) = (note.tokens.span(at - 1, at - 1), note.tokens.span(at, at));
    &note.text[before.range().end..here.range().start] == "-"
}

/// Runs of sentences of which each holds a phrase.
pub(super) fn sentences(run: usize, note: Note<'_>, hits: &[Hit]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut row: Vec<&Hit> = Vec::new();
    for sentence in note.body() {
        match hits_in(hits, sentence).first() {
            Some(hit) => row.push(hit),
            None => row.clear(),
        }
        if row.len() == run {
            let span = row.last().map_or_else(|| note.body_span(), |hit| note.hit_span(hit));
            found.push(Found { count: run, limit: run, ..Found::at(span) });
        }
    }
    found
}
