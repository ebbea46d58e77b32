//! What the program tells the shell.

use std::process::ExitCode;

use crate::diagnostic::{Diagnostic, Level};

/// How a run ended. Of two endings the larger counts, so trouble outweighs findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExitStatus {
    /// The job is done and nothing needs a look.
    #[default]
    Clean = 0,
    /// There are findings at or above `--fail-on`.
    Findings = 1,
    /// The job, or a part of it, could not be done.
    Failed = 2,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status as u8)
    }
}

/// The level from which findings make a run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum FailOn {
    /// Fail on errors only.
    Error,
    /// Fail on warnings and errors.
    #[default]
    Warning,
    /// Fail on any finding.
    Suggestion,
    /// Findings never fail the run.
    Never,
}

impl FailOn {
    /// Whether findings as grave as these fail a run.
    #[must_use]
    pub fn fails(self, diagnostics: &[Diagnostic]) -> bool {
        self.status(diagnostics) == ExitStatus::Findings
    }

    /// How a run with these findings ends.
    #[must_use]
    pub fn status(self, diagnostics: &[Diagnostic]) -> ExitStatus {
        let least = match self {
            Self::Error => Level::Error,
            Self::Warning => Level::Warning,
            Self::Suggestion => Level::Suggestion,
            Self::Never => return ExitStatus::Clean,
        };
        let fails = diagnostics.iter().any(|diagnostic| diagnostic.level >= least);
        if fails { ExitStatus::Findings } else { ExitStatus::Clean }
    }
}

impl From<crate::config::FailOn> for FailOn {
    fn from(set: crate::config::FailOn) -> Self {
        use crate::config::FailOn as Set;
        match set {
            Set::Level(Level::Error) => Self::Error,
            Set::Level(Level::Suggestion) => Self::Suggestion,
            Set::Level(Level::Warning) => Self::Warning,
            Set::Never => Self::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn fails_from_the_chosen_level_up() {
        let warning = [Diagnostic::new("pushy/bump", Level::Warning, "", Span::default())];
        assert_eq!(FailOn::Error.status(&warning), ExitStatus::Clean);
        assert_eq!(FailOn::Warning.status(&warning), ExitStatus::Findings);
        assert_eq!(FailOn::Suggestion.status(&warning), ExitStatus::Findings);
        assert_eq!(FailOn::Never.status(&warning), ExitStatus::Clean);
        assert_eq!(FailOn::Suggestion.status(&[]), ExitStatus::Clean);
    }

    #[test]
    fn trouble_outweighs_findings() {
        assert_eq!(ExitStatus::Findings.max(ExitStatus::Failed), ExitStatus::Failed);
        assert_eq!(ExitStatus::Clean.max(ExitStatus::Findings), ExitStatus::Findings);
    }
}
