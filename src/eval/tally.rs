use std::collections::BTreeMap;
use std::sync::Arc;

use super::issues::Reasons;
use super::{Label, LabelledNote, Proportion};
use crate::context::Kind;
use crate::diagnostic::{Diagnostic, Level};

/// What was made of some notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Good notes.
    pub good: usize,
    /// Good notes with a finding that is a warning or more.
    pub flagged: usize,
    /// Good notes with an error.
    pub errors: usize,
    /// Bad notes.
    pub bad: usize,
    /// Bad notes with a finding that is a warning or more.
    pub caught: usize,
    /// Bad notes that say what is wrong with them.
    pub explained: usize,
    /// Those of them that a rule flags which stands for one of their issues.
    pub right: usize,
}

impl Tally {
    /// Good notes flagged, of all good ones.
    #[must_use]
    pub const fn good_flagged(self) -> Proportion {
        Proportion::new(self.flagged, self.good)
    }

    /// Bad notes missed, of all bad ones.
    #[must_use]
    pub const fn bad_missed(self) -> Proportion {
        Proportion::new(self.bad - self.caught, self.bad)
    }

    /// Bad notes, of all flagged ones.
    #[must_use]
    pub const fn precision(self) -> Proportion {
        Proportion::new(self.caught, self.caught + self.flagged)
    }

    /// Bad notes flagged, of all bad ones.
    #[must_use]
    pub const fn recall(self) -> Proportion {
        Proportion::new(self.caught, self.bad)
    }

    /// Bad notes flagged by a rule that stands for one of their issues, of the bad ones that have some.
    #[must_use]
    pub const fn right_reason(self) -> Proportion {
        Proportion::new(self.right, self.explained)
    }

    /// Good notes with an error, of all good ones.
    #[must_use]
    pub const fn good_with_errors(self) -> Proportion {
        Proportion::new(self.errors, self.good)
    }

    fn add(&mut self, label: Label, found: &Weighed, right: Option<bool>) {
        match label {
            Label::Good => {
                self.good += 1;
                self.flagged += usize::from(found.flags);
                self.errors += usize::from(found.has_error);
            }
            Label::Bad => {
                self.bad += 1;
                self.caught += usize::from(found.flags);
                self.explained += usize::from(right.is_some());
                self.right += usize::from(right == Some(true));
            }
        }
    }
}

/// In how many notes a rule found something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleHits {
    /// Good notes that it flags.
    pub good: usize,
    /// Bad notes that it flags.
    pub bad: usize,
    /// Those of the bad ones that have an issue it stands for.
    pub right: usize,
    /// Good notes in which it only suggests something.
    pub good_suggested: usize,
    /// Bad notes in which it only suggests something.
    pub bad_suggested: usize,
}

impl RuleHits {
    fn add(&mut self, label: Label, flags: bool, right: bool) {
        let place = match (label, flags) {
            (Label::Good, true) => &mut self.good,
            (Label::Bad, true) => &mut self.bad,
            (Label::Good, false) => &mut self.good_suggested,
            (Label::Bad, false) => &mut self.bad_suggested,
        };
        *place += 1;
        self.right += usize::from(flags && right);
    }
}

/// The figures of many notes, all of them and by what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// All notes.
    pub all: Tally,
    /// By what they are for.
    pub by_kind: BTreeMap<Kind, Tally>,
    /// By what a reader objects to; a note with two issues is in two rows. Right is here who flags for this issue.
    pub by_issue: BTreeMap<String, Tally>,
    /// By whether the writer grew up with the language; notes that do not say are in no row.
    pub by_native: BTreeMap<bool, Tally>,
    /// By rule.
    pub rules: BTreeMap<Arc<str>, RuleHits>,
}

/// What findings come to.
struct Weighed {
    flags: bool,
    has_error: bool,
}

/// Whether a finding is grave enough to flag its note.
pub(super) fn flags(found: &Diagnostic) -> bool {
    found.level >= Level::Warning
}

impl Figures {
    /// Counts a note of this kind and what was found in it.
    pub(super) fn add(&mut self, note: &LabelledNote<'_>, kind: Kind, found: &[Diagnostic], reasons: Option<&Reasons>) {
        let weighed = Weighed {
            flags: found.iter().any(flags),
            has_error: found.iter().any(|found| found.level == Level::Error),
        };
        let right = right(note, found, reasons);
        self.all.add(note.label, &weighed, right);
        self.by_kind.entry(kind).or_default().add(note.label, &weighed, right);
        if let Some(native) = note.native {
            self.by_native.entry(native).or_default().add(note.label, &weighed, right);
        }
        for (at, issue) in note.issues.iter().enumerate().filter(|(at, issue)| !note.issues[..*at].contains(issue)) {
            let own = std::slice::from_ref(&note.issues[at]);
            let right = reasons.map(|reasons| is_right(own, found, reasons));
            self.by_issue.entry(issue.clone()).or_default().add(note.label, &weighed, right);
        }
        self.hits(note, found, reasons);
    }

    /// Counts the note once for each rule that found something.
    fn hits(&mut self, note: &LabelledNote<'_>, found: &[Diagnostic], reasons: Option<&Reasons>) {
        for (at, one) in found.iter().enumerate() {
            let same = |other: &&Diagnostic| other.rule == one.rule;
            if found[..at].iter().any(|other| same(&other)) {
                continue;
            }
            let flags = found.iter().filter(same).any(flags);
            let right = reasons.is_some_and(|reasons| reasons.are_right(&one.rule, &note.issues));
            self.rules.entry(one.rule.clone()).or_default().add(note.label, flags, right);
        }
    }
}

/// Whether a rule that flags the note stands for one of its issues; `None` where nothing can be said: the note has no
/// issues, or there is no table of them.
pub(super) fn right(note: &LabelledNote<'_>, found: &[Diagnostic], reasons: Option<&Reasons>) -> Option<bool> {
    let reasons = reasons.filter(|_| !note.issues.is_empty())?;
    Some(is_right(&note.issues, found, reasons))
}

fn is_right(named: &[String], found: &[Diagnostic], reasons: &Reasons) -> bool {
    found.iter().filter(|found| flags(found)).any(|found| reasons.are_right(&found.rule, named))
}
