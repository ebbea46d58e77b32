//! `cordial rule`: look at rules, and write your own.

mod list;
mod new;
mod test;
mod trial;

use clap::Subcommand;

use super::{ExitStatus, Failure, Terminal, explain};
use crate::rule::spec::name_and_language;
use crate::rule::{Listed, RuleSet};
use crate::text::similar;

/// Look at the rules, and write your own
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    List(list::Args),
    #[command(hide = true)]
    Explain(explain::Args),
    Test(test::Args),
    New(new::Args),
    Try(trial::Args),
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    match &args.command {
        Command::List(args) => list::run(args, terminal),
        Command::Explain(args) => explain::run(args, terminal),
        Command::Test(args) => test::run(args, terminal),
        Command::New(args) => new::run(args, terminal),
        Command::Try(args) => trial::run(args, terminal),
    }
}

/// The rule with this id that is not replaced, or the way to the one that was meant. Of a rule and its translations
/// that whose language stands behind the id, as in `pushy/bump.de`, else the English one.
pub(super) fn find<'r>(rules: &'r RuleSet, id: &str) -> Result<Listed<'r>, Failure> {
    let (name, language) = name_and_language(id);
    let mut same: Vec<_> = rules.rules().filter(|listed| listed.rule.id == name && !listed.replaced).collect();
    same.sort_by_key(|listed| listed.rule.foreign());
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

/// Whether a rule of one's own has the id of a built-in one.
pub(super) fn replaces(rules: &RuleSet, listed: &Listed<'_>) -> bool {
    listed.own && rules.rules().any(|other| !other.own && other.rule.id == listed.rule.id)
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
