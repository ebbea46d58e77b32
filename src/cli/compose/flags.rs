//! The flags that state facts: one for each kind, in the order they are typed.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::contact::{Fact, FactKind};

/// What is stated about a person on the command line.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts(pub(super) Vec<Fact>);

impl clap::Args for Facts {
    fn augment_args(command: Command) -> Command {
        FactKind::ALL.into_iter().fold(command, |command, kind| command.arg(flag(kind)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn flag(kind: FactKind) -> Arg {
    let help = format!("{} ({})", what(kind), kind.sentence());
    Arg::new(kind.as_str())
        .long(kind.as_str())
        .value_name("WHAT")
        .help(help)
        .help_heading("What you share, the most telling first")
        .value_parser(said)
        .action(ArgAction::Append)
}

/// What somebody typed, if it says something.
fn said(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() { Err("it says nothing") } else { Ok(text.to_owned()) }
}

const fn what(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Event => "An event you were both at",
        FactKind::Talk => "A talk of theirs",
        FactKind::Post => "Something they wrote",
        FactKind::Project => "Something they made",
        FactKind::Mutual => "A person you both know",
        FactKind::Group => "A group you are both in",
        FactKind::School => "A school you both went to",
        FactKind::Employer => "An employer you shared",
        FactKind::Work => "Their job",
        FactKind::Vacancy => "A job they offer",
        FactKind::Application => "Your application to them",
        FactKind::Place => "A place you share",
        FactKind::Conversation => "Something you talked about",
        FactKind::News => "News of theirs",
    }
}

impl clap::FromArgMatches for Facts {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut typed = Vec::new();
        for kind in FactKind::ALL {
            let values = matches.get_many::<String>(kind.as_str()).unwrap_or_default();
            let places = matches.indices_of(kind.as_str()).unwrap_or_default();
            typed.extend(places.zip(values).map(|(place, what)| (place, fact(kind, what))));
        }
        typed.sort_by_key(|(place, _)| *place);
        Ok(Self(typed.into_iter().map(|(_, fact)| fact).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

pub(super) fn fact(kind: FactKind, what: &str) -> Fact {
    Fact { kind, what: what.trim().to_owned(), detail: None, when: None }
}
