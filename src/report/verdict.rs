use unicode_segmentation::UnicodeSegmentation as _;

use crate::context::{Context, note_length};
use crate::diagnostic::{Diagnostic, Level};

/// How long a note is, and how long it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// UTF-16 code units, a line break counting as one.
    pub value: usize,
    /// The length to write for, if the channel has one.
    pub limit: Option<usize>,
    /// What the largest account could send.
    pub hard: Option<usize>,
}

impl Length {
    /// What [`value`](Self::value) counts.
    pub const UNIT: &'static str = "utf-16";

    /// The length of a note's text where it will be sent.
    #[must_use]
    pub fn of(text: &str, context: &Context<'_>) -> Self {
        let limit = context.limit();
        Self { value: note_length(text), limit: limit.map(|limit| limit.safe), hard: limit.map(|limit| limit.hard) }
    }

    /// The weight of being this long.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        let above = |limit: Option<usize>| limit.is_some_and(|limit| self.value > limit);
        if above(self.hard) { Some(Level::Error) } else { above(self.limit).then_some(Level::Suggestion) }
    }

    /// `172/200`, with the number of characters where it differs: `172/200 (168 characters)`.
    #[must_use]
    pub fn gauge(&self, text: &str) -> String {
        let characters = text.graphemes(true).count();
        let Some(limit) = self.limit else { return count(characters, "character") };
        let mut remarks = Vec::new();
        if characters != self.value {
            remarks.push(count(characters, "character"));
        }
        if let Some(hard) = self.hard.filter(|&hard| self.value > limit && hard > limit) {
            remarks.push(format!("{hard} on a premium account"));
        }
        let gauge = format!("{}/{limit}", self.value);
        if remarks.is_empty() { gauge } else { format!("{gauge} ({})", remarks.join("; ")) }
    }
}

/// How many findings there are of each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Suggestions.
    pub suggestions: usize,
}

impl Counts {
    /// Counts the findings.
    #[must_use]
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        Self::of_levels(diagnostics.iter().map(|diagnostic| diagnostic.level))
    }

    /// Counts findings by their levels.
    #[must_use]
    pub fn of_levels(levels: impl Iterator<Item = Level>) -> Self {
        let mut counts = Self::default();
        for level in levels {
            match level {
                Level::Error => counts.errors += 1,
                Level::Warning => counts.warnings += 1,
                Level::Suggestion => counts.suggestions += 1,
            }
        }
        counts
    }

    /// `1 error, 2 warnings`; nothing when there are none.
    #[must_use]
    pub fn words(self) -> String {
        [(self.errors, "error"), (self.warnings, "warning"), (self.suggestions, "suggestion")]
            .into_iter()
            .filter(|&(number, _)| number > 0)
            .map(|(number, noun)| count(number, noun))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// What a run over many notes came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Notes that were checked.
    pub notes: usize,
    /// Notes without a finding.
    pub clean: usize,
    /// Templates that were read.
    pub templates: usize,
    /// Files that could not be checked.
    pub failed: usize,
    /// The findings.
    pub counts: Counts,
}

impl Summary {
    /// Takes a note into account.
    pub fn add(&mut self, diagnostics: &[Diagnostic]) {
        self.notes += 1;
        self.clean += usize::from(diagnostics.is_empty());
        self.count(diagnostics);
    }

    /// Takes the findings in a template's file into account.
    pub fn add_template(&mut self, diagnostics: &[Diagnostic], failed: bool) {
        self.templates += 1;
        self.failed += usize::from(failed);
        self.count(diagnostics);
    }

    /// Takes findings into account that are no note's.
    pub fn count(&mut self, diagnostics: &[Diagnostic]) {
        let counts = Counts::of(diagnostics);
        self.counts.errors += counts.errors;
        self.counts.warnings += counts.warnings;
        self.counts.suggestions += counts.suggestions;
    }

    /// The line at the end: `Checked 12 notes: 9 clean, 1 error, 2 warnings`.
    #[must_use]
    pub fn line(&self) -> String {
        let mut parts = Vec::new();
        parts.push(match (self.clean, self.notes) {
            (_, 0) => String::new(),
            (1, 1) => "clean".to_owned(),
            (clean, notes) if clean == notes => "all clean".to_owned(),
            (clean, _) => format!("{clean} clean"),
        });
        parts.push(self.counts.words());
        if self.failed > 0 {
            parts.push(format!("{} could not be checked", self.failed));
        }
        parts.retain(|part| !part.is_empty());
        let read = [(self.templates, "template"), (self.notes, "note")].into_iter();
        let read = read.filter(|&(number, noun)| number > 0 || (noun == "note" && self.templates == 0));
        let read = list(&read.map(|(number, noun)| count(number, noun)).collect::<Vec<_>>());
        let gap = if parts.is_empty() { "" } else { ": " };
        format!("Checked {read}{gap}{}", parts.join(", "))
    }
}

/// `1 note`, `2 notes`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::{Account, Channel};
    use crate::text::Span;

    #[test]
    fn gauges_what_linkedin_counts_and_what_people_see() {
        let invite = |account| Context { account, ..Context::default() };
        let long = "a".repeat(214);
        for (text, account, gauge) in [
            ("Hi Ana", None, "6/200"),
            ("Hi 👩‍💻", None, "8/200 (4 characters)"),
            (&*long, None, "214/200 (300 on a premium account)"),
            (&*long, Some(Account::Free), "214/200"),
            (&*long, Some(Account::Premium), "214/300"),
        ] {
            assert_eq!(Length::of(text, &invite(account)).gauge(text), gauge);
        }
        let email = Context { channel: Some(Channel::Email), ..Context::default() };
        assert_eq!(Length::of("👩‍💻", &email).gauge("👩‍💻"), "1 character");
    }

    #[test]
    fn sums_up_a_run() {
        let finding = |level| Diagnostic::new("a/b", level, "", Span::default());
        let mut summary = Summary::default();
        summary.add(&[]);
        assert_eq!(summary.line(), "Checked 1 note: clean");
        summary.add(&[]);
        assert_eq!(summary.line(), "Checked 2 notes: all clean");
        summary.add(&[finding(Level::Error), finding(Level::Warning), finding(Level::Warning)]);
        summary.failed = 1;
        assert_eq!(summary.line(), "Checked 3 notes: 2 clean, 1 error, 2 warnings, 1 could not be checked");
        summary.add_template(&[], false);
        assert!(summary.line().starts_with("Checked 1 template and 3 notes: 2 clean"), "{}", summary.line());
        let mut templates = Summary::default();
        templates.add_template(&[], false);
        templates.add_template(&[finding(Level::Suggestion)], false);
        assert_eq!(templates.line(), "Checked 2 templates: 1 suggestion");
    }
}
