//! `wording`: the words of a note are those of notes that readers minded.

use super::{Found, Note, Views, signs};
use crate::rule::spec::WordingSpec;

/// So many words and pairs are named.
const NAMED: usize = 3;

/// One finding at the most telling words, when the note is worded as bad ones are and speaks of this fault.
pub(super) fn find(settings: &WordingSpec, note: Note<'_>, views: &mut Views) -> Vec<Found> {
    let knows_facts = note.context.contact.is_some_and(|contact| !contact.facts.is_empty());
    let at = settings.with_facts.filter(|_| knows_facts).unwrap_or(settings.at);
    let wording = views.wording(note);
    if wording.score < at || !wording.has(settings.of) {
        return Vec::new();
    }
    let telling = views.telling(note, NAMED);
    let Some(first) = telling.first() else { return Vec::new() };
    let value = Some(signs::list(telling.iter().map(|span| &note.text[span.range()])));
    vec![Found { value, ..Found::at(*first) }]
}
