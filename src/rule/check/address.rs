//! `address`: the familiar and the polite form of address, in one note or against the contact's own.

use super::{Found, Note};
use crate::rule::pack::Hit;
use crate::rule::spec::AddressKind;

/// The hits come in order; the first `familiar` lines of the rule are the familiar forms.
pub(super) fn find(kind: AddressKind, familiar: usize, exact: bool, note: Note<'_>, hits: &[Hit]) -> Vec<Found> {
    // Where only the capital tells the polite form, the first word of a sentence tells nothing.
    let is_polite = |hit: &&Hit| hit.line.number >= familiar && !(exact && opens(note, hit.first));
    let polite: Vec<_> = hits.iter().filter(is_polite).collect();
    let familiar: Vec<_> = hits.iter().filter(|hit| hit.line.number < familiar).collect();
    let (wrong, right) = match kind {
        AddressKind::Mixed if familiar.len() < polite.len() => (&familiar, &polite),
        AddressKind::Mixed if polite.len() < familiar.len() => (&polite, &familiar),
        // As often one as the other: what came first was meant.
        AddressKind::Mixed => match (familiar.first(), polite.first()) {
            (Some(one), Some(other)) if one.first < other.first => (&polite, &familiar),
            _ => (&familiar, &polite),
        },
        AddressKind::Contact => match note.context.contact.and_then(|contact| contact.address.as_deref()) {
            Some("formal") => (&familiar, &polite),
            Some(_) => (&polite, &familiar),
            None => return Vec::new(),
        },
    };
    let Some(first) = wrong.first() else { return Vec::new() };
    if kind == AddressKind::Mixed && right.is_empty() {
        return Vec::new();
    }
    let value = right.first().map(|hit| note.text[note.hit_span(hit).range()].to_owned());
    vec![Found { value, count: wrong.len(), ..Found::at(note.hit_span(first)) }]
}

/// Whether a token is the first word of its sentence.
fn opens(note: Note<'_>, token: usize) -> bool {
    let sentence = note.sentence(token);
    !note.tokens.tokens()[sentence.start..token].iter().any(|before| before.kind.is_word())
}
