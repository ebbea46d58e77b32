//! Whether a note may go, in words: what must change first, what is missing, or neither.

use serde::Serialize;

use crate::diagnostic::{CheckKind, Diagnostic, Level};

/// What a note still needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Readiness {
    /// Nothing stands against it.
    #[serde(rename = "ready")]
    Ready,
    /// It does not say what it has to do with this reader.
    #[serde(rename = "needs a reason")]
    NeedsReason,
    /// Something in it must change before it goes.
    #[serde(rename = "rewrite")]
    Rewrite,
}

impl Readiness {
    /// The words that are printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::NeedsReason => "needs a reason",
            Self::Rewrite => "rewrite",
        }
    }
}

/// Whether a note says what only its reader could be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SharedContext {
    /// It could go to anybody.
    None,
    /// It has words that are for this reader.
    Some,
    /// It says how they know each other, or what of theirs it is about.
    Strong,
    /// It uses a fact that was given about the reader.
    Used,
}

/// A fault for which a note must not go, whatever else is good about it; the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Gate {
    /// A template left something behind.
    Placeholder,
    /// It names somebody else, or their employer.
    Recipient,
    /// It does not fit its channel.
    Length,
    /// It is too early, or too late, for it.
    Cadence,
}

impl Gate {
    /// What is wrong, as a clause.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Placeholder => "something is left to fill in",
            Self::Recipient => "a detail belongs to somebody else",
            Self::Length => "it is too long to be sent",
            Self::Cadence => "it is not the time for it",
        }
    }
}

/// Which checks are gates, and from which level on.
const GATES: &[(CheckKind, Level, Gate)] = &[
    (CheckKind::Placeholder, Level::Warning, Gate::Placeholder),
    (CheckKind::Recipient, Level::Warning, Gate::Recipient),
    // Below an error the note fits some accounts.
    (CheckKind::Length, Level::Error, Gate::Length),
    (CheckKind::Cadence, Level::Warning, Gate::Cadence),
];

/// Packs whose warnings say that a note could go to anybody: what it needs is a reason.
const REASON_PACKS: &[&str] = &["generic", "context"];

/// Checks whose warnings say the same, in whatever pack.
const REASON_CHECKS: &[CheckKind] = &[CheckKind::Grounding, CheckKind::Requires];

/// Rules of those packs that find too much said, not too little.
const NO_REASON: &[&str] = &["context/surveillance-detail", "context/private-congratulations"];

/// From so many different warnings on, a note is better written anew.
const MANY: usize = 3;

/// The gate that a note does not pass, if there is one: the most pressing.
#[must_use]
pub fn gate(diagnostics: &[Diagnostic]) -> Option<Gate> {
    diagnostics.iter().filter_map(closed).min()
}

/// The gate that a finding closes.
pub(super) fn closed(found: &Diagnostic) -> Option<Gate> {
    let closes = |(check, least, _): &&(CheckKind, Level, Gate)| found.check == Some(*check) && found.level >= *least;
    GATES.iter().find(closes).map(|(.., gate)| *gate)
}

/// What a note with these findings still needs. `shared` is what is known of its shared context besides them.
///
/// `rewrite`: a gate is closed, or there is an error, or a warning about something that is in the note, or three
/// different warnings. `needs a reason`: what is left are warnings that it could go to anybody, or nothing in it is for
/// this reader. Suggestions never count.
#[must_use]
pub fn readiness(diagnostics: &[Diagnostic], shared: Option<SharedContext>) -> Readiness {
    let mut grave: Vec<&Diagnostic> = diagnostics.iter().filter(|found| found.level >= Level::Warning).collect();
    let must_go = grave.iter().any(|found| found.level == Level::Error || !asks_for_reason(found));
    let asks = !grave.is_empty() || shared == Some(SharedContext::None);
    grave.sort_unstable_by(|a, b| a.rule.cmp(&b.rule));
    grave.dedup_by(|a, b| a.rule == b.rule);
    match (must_go || grave.len() >= MANY || gate(diagnostics).is_some(), asks) {
        (true, _) => Readiness::Rewrite,
        (false, true) => Readiness::NeedsReason,
        (false, false) => Readiness::Ready,
    }
}

/// Whether a warning is about a reason that is missing.
fn asks_for_reason(found: &Diagnostic) -> bool {
    let is_listed =
        REASON_PACKS.contains(&found.pack()) || found.check.is_some_and(|check| REASON_CHECKS.contains(&check));
    is_listed && !NO_REASON.contains(&&*found.rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn found(rule: &str, check: CheckKind, level: Level) -> Diagnostic {
        Diagnostic { check: Some(check), ..Diagnostic::new(rule, level, "", Span::default()) }
    }

    #[test]
    fn says_what_a_note_still_needs() {
        use Level::{Error, Suggestion, Warning};
        use Readiness::{NeedsReason, Ready, Rewrite};
        let generic = |name: &str| found(&format!("generic/{name}"), CheckKind::Phrases, Warning);
        for (findings, expected) in [
            (vec![], Ready),
            (vec![found("structure/near-limit", CheckKind::Length, Suggestion)], Ready),
            (vec![generic("a")], NeedsReason),
            (vec![generic("a"), generic("a"), generic("b")], NeedsReason),
            (vec![generic("a"), generic("b"), generic("c")], Rewrite),
            (vec![found("generic/default", CheckKind::Phrases, Error)], Rewrite),
            (vec![found("self-focus/x", CheckKind::Requires, Warning)], NeedsReason),
            (vec![found("context/surveillance-detail", CheckKind::Phrases, Warning)], Rewrite),
            (vec![found("pushy/bump", CheckKind::Phrases, Warning)], Rewrite),
            (vec![found("generic/gap", CheckKind::Placeholder, Warning)], Rewrite),
            (vec![found("my/timing", CheckKind::Cadence, Warning)], Rewrite),
        ] {
            assert_eq!(readiness(&findings, None), expected, "{findings:?}");
        }
    }

    #[test]
    fn a_note_that_could_go_to_anybody_needs_a_reason() {
        assert_eq!(readiness(&[], Some(SharedContext::None)), Readiness::NeedsReason);
        assert_eq!(readiness(&[], Some(SharedContext::Some)), Readiness::Ready);
        let pushy = [found("pushy/bump", CheckKind::Phrases, Level::Warning)];
        assert_eq!(readiness(&pushy, Some(SharedContext::Used)), Readiness::Rewrite);
    }

    #[test]
    fn gates_come_first_and_the_most_pressing_of_them() {
        let long = found("structure/over-limit", CheckKind::Length, Level::Error);
        let named = found("context/name-mismatch", CheckKind::Recipient, Level::Error);
        assert_eq!(gate(&[long.clone(), named]), Some(Gate::Recipient));
        assert_eq!(gate(&[Diagnostic { level: Level::Suggestion, ..long }]), None);
    }
}
