//! `ratio`: far more of one thing than of another.

use super::{Found, Note};
use crate::rule::pack::{Hit, Ratio};
use crate::text::Span;

pub(super) fn find(ratio: Ratio, note: Note<'_>, hits: &[Hit]) -> Vec<Found> {
    let of = hits.iter().filter(|hit| hit.line.number < ratio.of).count();
    let to = hits.len() - of;
    if of < ratio.min_of.max(1) || of <= to.saturating_mul(ratio.max) {
        return Vec::new();
    }
    let whole = Span::new(0, note.text.trim_end().len());
    vec![Found { count: of, limit: to, ..Found::at(whole) }]
}
