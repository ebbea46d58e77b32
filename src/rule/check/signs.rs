//! `signs`: signs that say little alone and much together.
//!
//! Mail filters add up many weak signs before they act (SpamAssassin's scores): one price or one "our tool" is an
//! honest note, a price with a visit, a deadline and "firms like yours" is a sales talk.

use std::fmt::Write as _;

use super::{Found, Note};
use crate::rule::pack::Hit;

/// One finding at the first sign, when the points of the signs in the note reach `at`. A sign counts once.
pub(super) fn find(at: i32, points: &[i32], cues: &[usize], note: Note<'_>, hits: &[Hit]) -> Vec<Found> {
    let mut seen = vec![false; points.len()];
    let mut sum = 0_i32;
    let mut signs = Vec::new();
    for hit in hits {
        let Some(&cue) = cues.get(hit.line.number) else { continue };
        if std::mem::replace(&mut seen[cue], true) {
            continue;
        }
        sum = sum.saturating_add(points[cue]);
        if points[cue] > 0 {
            signs.push(note.hit_span(hit));
        }
    }
    let Some(first) = signs.first().filter(|_| sum >= at) else { return Vec::new() };
    let value = Some(list(signs.iter().map(|sign| &note.text[sign.range()])));
    vec![Found { count: signs.len(), value, ..Found::at(*first) }]
}

/// `“our tool”, “40 a head” and “this week”`, on one line.
pub(super) fn list<'t>(texts: impl ExactSizeIterator<Item = &'t str>) -> String {
    let last = texts.len().saturating_sub(1);
    let mut out = String::new();
    for (number, text) in texts.enumerate() {
        out += match number {
            0 => "",
            _ if number == last => " and ",
            _ => ", ",
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        let _ = write!(out, "“{}”", words.join(" "));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_listed_as_a_sentence_would() {
        for (texts, listed) in [
            (vec!["our tool"], "“our tool”"),
            (vec!["our tool", "40 a\nhead"], "“our tool” and “40 a head”"),
            (vec!["our tool", "40 a head", "this week"], "“our tool”, “40 a head” and “this week”"),
        ] {
            assert_eq!(list(texts.into_iter()), listed);
        }
    }
}
