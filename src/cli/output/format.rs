//! The formats of findings, and which one is taken.

use crate::cli::ExitStatus;
use crate::project::Ci;
use crate::report::run::Run;
use crate::report::{github, gitlab, junit, sarif};

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Format {
    #[default]
    Text,
    Short,
    Json,
    Github,
    Sarif,
    Gitlab,
    Junit,
}

impl Format {
    /// The word for it.
    pub(in crate::cli) const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Short => "short",
            Self::Json => "json",
            Self::Github => "github",
            Self::Sarif => "sarif",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
        }
    }

    /// The format that was asked for, else the one that fits the place: in GitHub Actions its own, unless points are
    /// asked for, which it cannot show.
    pub(in crate::cli) fn chosen(asked: Option<Self>, score: bool, ci: &Ci) -> Self {
        asked.unwrap_or(if ci.is_github && !score { Self::Github } else { Self::Text })
    }

    /// Whether it has a place for points.
    pub(in crate::cli) const fn shows_scores(self) -> bool {
        matches!(self, Self::Text | Self::Json)
    }
}

/// A format that is written at the end, from all that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Late {
    Github,
    Sarif,
    Gitlab,
    Junit,
}

impl Late {
    /// The run; `status` is how it ended.
    pub(super) fn write(self, run: &Run, status: ExitStatus) -> String {
        match self {
            Self::Github => github::render(run),
            Self::Sarif => sarif::render(run, status != ExitStatus::Failed),
            Self::Gitlab => gitlab::render(run),
            Self::Junit => junit::render(run),
        }
    }
}
