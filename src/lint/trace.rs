use crate::rule::check::Note;
use crate::rule::pack::Hit;
use crate::text::Span;

/// Hears each step of a rule over a note. [`Untraced`] is what linting uses: nothing is left of it when compiled.
pub(super) trait Trace {
    /// A phrase of the check was hit, and perhaps dropped by an exception.
    fn hit(&mut self, _note: Note<'_>, _hit: &Hit, _by: Option<&Hit>) {}

    /// The check found a place, which is perhaps dropped.
    fn found(&mut self, _note: Note<'_>, _span: Span, _dropped: Option<Dropped<'_>>) {}

    /// Something keeps the rule from reporting at all. Whether that ends the work.
    fn stops(&mut self, _at: Stop) -> bool {
        true
    }
}

/// Nobody asks why.
pub(super) struct Untraced;

impl Trace for Untraced {}

/// Why a place is dropped.
#[derive(Clone, Copy)]
pub(super) enum Dropped<'h> {
    /// By an exception.
    By(&'h Hit),
    /// It is part of this value, which the writer gave.
    Given(&'h str),
    /// It is mentioned and not said.
    Quoted,
}

/// What keeps a rule from reporting anything in a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// None of its `when` phrases is there.
    When,
    /// There are too few different hits.
    Min {
        /// How many there are.
        different: usize,
        /// How many there must be.
        least: usize,
    },
}
