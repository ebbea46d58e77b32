//! `phrases` and `swap`: the phrases themselves, with a better wording where there is one.

use super::{Found, Note};
use crate::rule::pack::Hit;

pub(super) fn find(note: Note<'_>, hits: &[Hit], replacements: &[String]) -> Vec<Found> {
    let found = hits.iter().map(|hit| {
        let span = note.hit_span(hit);
        let replacement = replacements.get(hit.line.number).map(|text| adapt(&note.text[span.range()], text));
        Found { replacement, ..Found::at(span) }
    });
    found.collect()
}

/// The replacement with the capital that the replaced words had.
fn adapt(written: &str, replacement: &str) -> String {
    let mut chars = replacement.chars();
    match chars.next() {
        Some(first) if written.starts_with(char::is_uppercase) => first.to_uppercase().chain(chars).collect(),
        _ => replacement.to_owned(),
    }
}
