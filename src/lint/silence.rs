use crate::rule::check::Note;
use crate::rule::pack::{Hit, Role};
use crate::text::Span;

/// What `except` and `unless` drop.
pub(super) struct Silence<'a> {
    note: Note<'a>,
    /// The hits of exceptions only: a long text has many others.
    exceptions: &'a [Hit],
}

impl<'a> Silence<'a> {
    /// The exceptions among a rule's hits, which come sorted by role.
    pub(super) fn new(note: Note<'a>, row: &'a [Hit]) -> Self {
        let start = row.partition_point(|hit| hit.line.role < Role::Except);
        let end = row.partition_point(|hit| hit.line.role <= Role::Unless);
        Self { note, exceptions: &row[start..end] }
    }

    /// The exception that drops a hit of a phrase.
    pub(super) fn of_hit(&self, hit: &Hit) -> Option<&'a Hit> {
        let sentence = |token: usize| self.note.tokens.tokens()[token].sentence;
        self.exceptions.iter().find(|other| match other.line.role {
            Role::Except => other.first <= hit.last && hit.first <= other.last,
            Role::Unless => sentence(other.first) == sentence(hit.first),
            Role::Find | Role::When => false,
        })
    }

    /// The exception that drops a place that a check found.
    pub(super) fn of(&self, span: Span) -> Option<&'a Hit> {
        self.exceptions.iter().find(|other| match other.line.role {
            Role::Except => self.note.hit_span(other).overlaps(span),
            Role::Unless => self.note.tokens.sentence_span(self.note.sentence(other.first)).overlaps(span),
            Role::Find | Role::When => false,
        })
    }
}

/// The leftmost hits, the longest of each place, without overlaps. The hits come sorted that way.
pub(super) fn leftmost<'a>(hits: impl Iterator<Item = &'a Hit>) -> Vec<Hit> {
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        if kept.last().is_none_or(|last| last.last < hit.first) {
            kept.push(*hit);
        }
    }
    kept
}
