//! Flags that several commands share.

use std::path::{Path, PathBuf};

use clap::ValueHint;
use jiff::civil::Date;

use crate::config::{Config, Override};
use crate::contact::{Contact, parse_day};
use crate::context::{Account, Channel, Context, Kind};
use crate::draft::FrontMatter;
use crate::project::{self, Ci, Look};
use crate::text::Language;

/// How a list is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// What a note is for.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(next_help_heading = "About the note")]
pub(super) struct About {
    /// What it is for: invite (when nothing says otherwise), follow-up or message
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub(super) kind: Option<Kind>,

    /// Where it is sent: linkedin-invite, linkedin-message, linkedin-inmail or email
    #[arg(long, value_name = "CHANNEL", value_parser = channels())]
    pub(super) channel: Option<Channel>,

    /// Your account: free (200 characters for an invitation) or premium (300)
    #[arg(long, value_name = "ACCOUNT", value_parser = accounts())]
    pub(super) account: Option<Account>,

    /// The day to write from, instead of today: 2026-10-03
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub(super) today: Option<Date>,
}

impl About {
    /// What is known about a note: from the flags (`language` is one), its front matter, the overrides of its file, the
    /// contact and the project, in this order. Also whether nothing says what kind of note it is.
    pub(super) fn context<'c>(
        &self,
        front: &FrontMatter,
        overrides: &Override,
        config: &Config,
        language: Option<Language>,
        contact: Option<&'c Contact>,
        people: &'c [Contact],
    ) -> (Context<'c>, bool) {
        let kind = self.kind.or(front.kind).or(overrides.kind);
        let context = Context {
            kind: kind.unwrap_or_default(),
            channel: self.channel.or(front.channel).or(overrides.channel),
            account: self.account.or(front.account).or(overrides.account).or(config.account),
            language: language
                .or(front.language)
                .or(overrides.language)
                .or_else(|| contact?.language.as_deref()?.parse().ok())
                .or(config.language),
            contact,
            others: if contact.is_some() { people } else { &[] },
            today: Some(self.today()),
        };
        (context, kind.is_none())
    }

    /// The day that is given, else that of the run.
    pub(super) fn today(&self) -> Date {
        self.today.unwrap_or_else(project::today)
    }
}

pub(super) fn kinds() -> impl clap::builder::TypedValueParser<Value = Kind> {
    use clap::builder::TypedValueParser as _;
    clap::builder::PossibleValuesParser::new(["invite", "follow_up", "follow-up", "message"])
        .map(|text| text.parse::<Kind>().expect("clap lets only kinds through"))
}

fn channels() -> impl clap::builder::TypedValueParser<Value = Channel> {
    use clap::builder::TypedValueParser as _;
    clap::builder::PossibleValuesParser::new(Channel::all().map(Channel::as_str))
        .map(|text| text.parse::<Channel>().expect("clap lets only channels through"))
}

pub(super) fn accounts() -> impl clap::builder::TypedValueParser<Value = Account> {
    use clap::builder::TypedValueParser as _;
    clap::builder::PossibleValuesParser::new(["free", "premium"])
        .map(|text| text.parse::<Account>().expect("clap lets only accounts through"))
}

/// Whether what is known of people may be printed.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
pub(super) struct Redact {
    /// Keep what is known of people out of what is printed: names, companies, facts, dates; on in CI
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[arg(hide_possible_values = true, overrides_with = "no_redact")]
    redact: Option<bool>,

    /// The same as --redact=false
    #[arg(long, overrides_with = "redact", hide = true)]
    no_redact: bool,
}

impl Redact {
    /// The answer of the flags, else that of the place: the log of a service is read by others.
    pub(super) fn is_on(self, ci: &Ci) -> bool {
        self.redact.unwrap_or(!self.no_redact && ci.is_ci)
    }
}

/// Which project applies.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(next_help_heading = "Project")]
pub(super) struct Which {
    /// This cordial.yaml, instead of the nearest one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) config: Option<PathBuf>,

    /// Use no project: only what is built in
    #[arg(long, conflicts_with = "config")]
    pub(super) isolated: bool,
}

impl Which {
    /// Which config applies to something at `near`.
    pub(super) fn look<'a>(&'a self, near: &'a Path) -> Look<'a> {
        match &self.config {
            Some(config) => Look::At(config),
            None if self.isolated => Look::Isolated,
            None => Look::Near(near),
        }
    }
}

/// Which project applies, and who its people are.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(next_help_heading = "Project")]
pub(super) struct Where {
    /// The file with the people, instead of the project's
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) contacts: Option<PathBuf>,

    #[command(flatten)]
    pub(super) which: Which,
}

impl Where {
    /// Which config applies to something at `near`.
    pub(super) fn look<'a>(&'a self, near: &'a Path) -> Look<'a> {
        self.which.look(near)
    }
}
