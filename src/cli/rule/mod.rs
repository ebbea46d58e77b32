//! `cordial rule`: look at rules, and write your own.

mod explain;
mod list;
mod new;
mod test;

use clap::Subcommand;

use super::{ExitStatus, Failure, Terminal};
use crate::context::Kind;
use crate::diagnostic::Level;
use crate::rule::spec::{Run, name_and_language};
use crate::rule::{Listed, RuleSet};
use crate::text::{Language, similar};

/// Look at the rules, and write your own
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    List(list::Args),
    Explain(explain::Args),
    Test(test::Args),
    New(new::Args),
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    match &args.command {
        Command::List(args) => list::run(args, terminal),
        Command::Explain(args) => explain::run(args, terminal),
        Command::Test(args) => test::run(args, terminal),
        Command::New(args) => new::run(args, terminal),
    }
}

/// Whether a rule runs here, in one word.
fn state(listed: &Listed<'_>) -> &'static str {
    match (listed.replaced, listed.runs, listed.own) {
        (true, ..) => "replaced",
        (_, true, true) => "own",
        (_, true, false) => "on",
        _ if listed.rule.run == Run::Preview => "preview",
        _ => "off",
    }
}

/// The heaviest level of a rule, and what else is to be said about its levels.
fn levels(listed: &Listed<'_>) -> (Level, Option<String>) {
    let of: Vec<(Kind, Level)> = Kind::ALL.into_iter().filter_map(|kind| Some((kind, listed.level(kind)?))).collect();
    let heaviest = of.iter().map(|(_, level)| *level).max().unwrap_or(Level::Suggestion);
    let rest = if of.iter().any(|(_, level)| *level != heaviest) {
        let each: Vec<_> = of.iter().map(|(kind, level)| format!("{kind}: {level}")).collect();
        Some(each.join(", "))
    } else {
        let missing = Kind::ALL.into_iter().find(|kind| listed.level(*kind).is_none());
        match (of.as_slice(), missing) {
            ([(kind, _)], _) => Some(format!("{kind} only")),
            (_, Some(kind)) => Some(format!("not {kind}")),
            _ => None,
        }
    };
    (heaviest, rest)
}

/// The language of a rule that is written for another one than English.
fn foreign<'r>(listed: &Listed<'r>) -> Option<&'r str> {
    listed.rule.language.as_deref().filter(|language| *language != "en")
}

/// A language by its name, if it has one here.
fn spoken(tag: &str) -> &str {
    tag.parse::<Language>().ok().and_then(Language::name).unwrap_or(tag)
}

/// The rule with this id that is not replaced, or the way to the one that was meant.
fn find<'r>(rules: &'r RuleSet, id: &str) -> Result<Listed<'r>, Failure> {
    let (name, language) = name_and_language(id);
    let mut same: Vec<_> = rules.rules().filter(|listed| listed.rule.id == name && !listed.replaced).collect();
    same.sort_by_key(|listed| foreign(listed));
    let found = match language {
        Some(language) => same.iter().find(|listed| listed.rule.language.as_deref() == Some(language)),
        None => same.first(),
    };
    if let Some(found) = found {
        return Ok(*found);
    }
    if !same.is_empty() {
        let said = |listed: &Listed<'_>| listed.rule.language.clone().unwrap_or_else(|| "every language".to_owned());
        let languages: Vec<_> = same.iter().map(said).collect();
        let failure = Failure::new(format!("the rule {name} is not there in “{}”", language.unwrap_or_default()));
        return Err(failure.help(format!("it is there in {}", languages.join(", "))));
    }
    let ids: Vec<&str> = rules.rules().map(|listed| listed.rule.id.as_str()).collect();
    let failure = Failure::new(format!("there is no rule “{id}”"));
    let pack = id.trim_end_matches(['*', '/']);
    if rules.rules().any(|listed| listed.rule.pack() == pack) {
        return Err(failure.help(format!("{pack} is a pack: `cordial rule list {pack}` shows its rules")));
    }
    Err(match meant(&ids, id) {
        Some(near) => failure.help(format!("did you mean {near}?")),
        None => failure.help("`cordial rule list --all` shows all rules"),
    })
}

/// The id most like the one that was written, with its pack or without.
fn meant<'a>(ids: &[&'a str], id: &str) -> Option<&'a str> {
    let name = |id: &'a str| id.split_once('/').map_or(id, |(_, name)| name);
    let written = id.rsplit('/').next().unwrap_or_default();
    let same = ids.iter().copied().find(|known| name(known) == written);
    let start = || ids.iter().copied().find(|known| known.starts_with(id));
    same.or_else(|| similar(id, ids.iter().copied())).or_else(start).or_else(|| {
        let near = similar(written, ids.iter().copied().map(name))?;
        ids.iter().copied().find(|known| name(known) == near)
    })
}
