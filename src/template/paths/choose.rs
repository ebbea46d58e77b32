//! How a question is answered when both answers are possible and no earlier path says which.

use super::conditions::Formula;
use super::notes::Outcome;

/// Somebody who chooses.
pub(super) trait Choose {
    /// Whether to say yes: `yes` comes of it, or else one of `no`.
    fn prefers_yes(&mut self, yes: Outcome, no: &[Outcome]) -> bool;

    /// Hears of an outcome, of what had to hold for it, and whether that is the same on every path.
    fn hears(&mut self, _outcome: Outcome, _when: &dyn Fn() -> Formula, _is_steady: bool) {}

    /// Hears of an outcome that the path takes.
    fn takes(&mut self, _outcome: Outcome) {}
}

/// Says yes.
pub(super) struct First;

impl Choose for First {
    fn prefers_yes(&mut self, _: Outcome, _: &[Outcome]) -> bool {
        true
    }
}
