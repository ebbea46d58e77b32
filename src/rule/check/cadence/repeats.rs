//! Notes that say again what an earlier one said.

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::{days, past};
use crate::contact::{Contact, EventKind};
use crate::rule::check::{Found, Note, Since};
use crate::text::{Sentence, Tokens};

/// Sentences of fewer words, such as *Best, Jo*, say nothing.
const LEAST: usize = 4;

/// A note of which `percent` stands in one of the notes that were sent before, by three words in a row. The sentence
/// that says again who writes does not count, when there are others.
pub(super) fn find(percent: usize, note: Note<'_>, contact: &Contact, today: Date) -> Option<Found> {
    let own = |what| matches!(what, EventKind::Invited | EventKind::Sent | EventKind::FollowedUp);
    let past = past(note, contact, today);
    past.iter().rev().filter(|event| own(event.what)).find_map(|event| {
        let share = share(note, event.text.as_deref()?)?;
        let days = days(event.on, today);
        (share >= percent).then(|| Found {
            count: share,
            limit: percent,
            since: Some(Since { date: event.on.to_string(), days, from: None }),
            ..Found::at(note.body_span())
        })
    })
}

/// Per cent of the note that stands in `earlier`; none for a note of a few words.
fn share(note: Note<'_>, earlier: &str) -> Option<usize> {
    let mut tokens = Tokens::default();
    tokens.read(earlier);
    let body = tokens.sentences().iter().filter(|sentence| !sentence.greeting);
    let known: FxHashSet<_> = body.flat_map(|sentence| threes(&tokens, *sentence)).collect();
    let sentences = note.body().map(|sentence| threes(note.tokens, sentence));
    let judged = sentences.filter(|threes| threes.len() + 2 >= LEAST);
    let mut judged: Vec<_> =
        judged.map(|threes| (threes.iter().filter(|three| known.contains(*three)).count(), threes.len())).collect();
    if judged.len() > 1
        && let Some(again) = judged.iter().position(|(known, all)| known * 2 >= *all)
    {
        judged.remove(again);
    }
    let (known, all) = judged.iter().fold((0, 0), |sum, next| (sum.0 + next.0, sum.1 + next.1));
    (all > 0).then(|| known * 100 / all)
}

/// Every three words in a row of a sentence.
fn threes(tokens: &Tokens, sentence: Sentence) -> Vec<[&str; 3]> {
    let words = tokens.tokens()[sentence.start..sentence.end].iter().filter(|token| token.kind.is_word());
    let words: Vec<_> = words.map(|token| tokens.folded(token)).collect();
    words.windows(3).map(|three| [three[0], three[1], three[2]]).collect()
}
