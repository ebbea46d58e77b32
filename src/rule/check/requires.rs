//! `requires`: none of the phrases is in the note.

use super::{Found, Note};
use crate::rule::pack::Hit;

pub(super) fn find(note: Note<'_>, hits: &[Hit]) -> Vec<Found> {
    if hits.is_empty() { vec![Found::at(note.body_span())] } else { Vec::new() }
}
