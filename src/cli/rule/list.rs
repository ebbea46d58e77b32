use std::path::Path;

use serde_json::{Map, Value, json};

use super::replaces;
use crate::cli::args::{Format, Which};
use crate::cli::workspace::Workspace;
use crate::cli::{ExitStatus, Failure, Terminal};
use crate::context::Kind;
use crate::project::Files;
use crate::report::rule::{language, levels, state};
use crate::report::{Ink, Style, columns, wrap};
use crate::rule::spec::Run;
use crate::rule::{Listed, RuleSet};
use crate::text::similar;

/// List the rules that run here
#[derive(clap::Args)]
pub(super) struct Args {
    /// Packs, such as pushy; all packs when left out
    #[arg(value_name = "PACK")]
    packs: Vec<String>,

    /// The rules that do not run too: switched off, in preview, or replaced
    #[arg(long)]
    all: bool,

    /// How to print: text or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, hide_possible_values = true)]
    format: Format,

    #[command(flatten)]
    which: Which,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let workspace = Workspace::at(&Files::default(), args.which.look(Path::new(".")), terminal);
    let rules = &workspace.rules;
    let packs = packs(rules, &args.packs)?;
    let mut wanted: Vec<_> = rules.rules().filter(|listed| packs.contains(&listed.rule.pack())).collect();
    // Packs in the order of the built-in ones, then one's own; a replaced rule before the one in its place.
    let place = |listed: &Listed<'_>| packs.iter().position(|pack| *pack == listed.rule.pack());
    wanted.sort_by_key(|listed| (place(listed), &listed.rule.id, listed.rule.foreign(), listed.own));
    if args.format == Format::Text {
        // A rule and its translations are one.
        wanted
            .dedup_by(|next, first| next.rule.id == first.rule.id && next.own == first.own && next.runs == first.runs);
    }
    let hidden = wanted.iter().filter(|listed| !listed.runs).count();
    let all = wanted.len();
    if !args.all {
        wanted.retain(|listed| listed.runs);
    }
    let text = match args.format {
        Format::Json => document(rules, &wanted),
        Format::Text => {
            let mut text = table(rules, &wanted, terminal.style());
            text += &count(all - hidden, hidden, args.all, terminal.style());
            text
        }
    };
    terminal.print(&text)?;
    if args.format == Format::Text {
        terminal.suggest("cordial explain ID");
    }
    Ok(if workspace.broken { ExitStatus::Failed } else { ExitStatus::Clean })
}

/// The packs that are asked for: `pushy`, `pushy/*`.
fn packs<'r>(rules: &'r RuleSet, asked: &[String]) -> Result<Vec<&'r str>, Failure> {
    let mut known: Vec<&str> = Vec::new();
    for listed in rules.rules() {
        if !known.contains(&listed.rule.pack()) {
            known.push(listed.rule.pack());
        }
    }
    if asked.is_empty() {
        return Ok(known);
    }
    for asked in asked {
        let name = asked.trim_end_matches('*').trim_end_matches('/');
        if !known.contains(&name) {
            let failure = Failure::new(format!("there is no pack “{name}”"));
            let id = rules.rules().any(|listed| listed.rule.id == name);
            return Err(match similar(name, known.iter().copied()) {
                _ if id => failure.help(format!("this is a rule: `cordial explain {name}`")),
                Some(near) => failure.help(format!("did you mean {near}?")),
                None => failure.help(format!("the packs are {}", known.join(", "))),
            });
        }
    }
    let is_asked = |pack: &&str| asked.iter().any(|asked| asked.trim_end_matches('*').trim_end_matches('/') == *pack);
    known.retain(is_asked);
    Ok(known)
}

/// Ids wider than this stand on a line of their own.
const WIDEST: usize = 30;

fn table(rules: &RuleSet, wanted: &[Listed<'_>], style: Style) -> String {
    // Where every rule simply runs, a column that says so tells nothing.
    let states = wanted.iter().any(|listed| state(listed) != "on");
    let row = |listed: &Listed<'_>| {
        let (level, rest) = levels(listed);
        let ink = if listed.runs { Ink::Strong } else { Ink::Dim };
        let state = if states { state(listed) } else { "" };
        [
            (ink, listed.rule.id.clone()),
            (if listed.runs { level.into() } else { Ink::Dim }, level.to_string()),
            (Ink::Plain, state.to_owned()),
            (Ink::Plain, summary(rules, listed, rest)),
        ]
    };
    let rows: Vec<_> = wanted.iter().map(row).collect();
    let drawn = columns::blocks(&rows, WIDEST, style);
    let mut out = String::new();
    let mut pack = None;
    for (listed, text) in wanted.iter().zip(drawn) {
        if pack.is_some_and(|pack| pack != listed.rule.pack()) {
            out.push('\n');
        }
        pack = Some(listed.rule.pack());
        out += &text;
    }
    out
}

/// What the rule finds, and what is special about it.
fn summary(rules: &RuleSet, listed: &Listed<'_>, levels: Option<String>) -> String {
    let replaces = replaces(rules, listed).then(|| "replaces the built-in rule".to_owned());
    let off = (listed.own && !listed.runs && !listed.replaced).then(|| "own".to_owned());
    let same = |other: &Listed<'_>| other.rule.id == listed.rule.id && other.own == listed.own;
    let tags: Vec<_> = rules.rules().filter(same).filter_map(|other| other.rule.foreign().map(language)).collect();
    let english = if listed.rule.foreign().is_none() { "also " } else { "" };
    let languages = (!tags.is_empty()).then(|| format!("{english}in {}", tags.join(", ")));
    let remarks: Vec<_> = languages.into_iter().chain(levels).chain(replaces).chain(off).collect();
    if remarks.is_empty() {
        return listed.rule.summary.clone();
    }
    format!("{} ({})", listed.rule.summary, remarks.join("; "))
}

/// `52 rules, and 4 that do not run: cordial rule list --all`
fn count(running: usize, hidden: usize, all: bool, style: Style) -> String {
    let rules = |number: usize| format!("{number} {}", if number == 1 { "rule" } else { "rules" });
    let runs = format!("{} here", if running == 1 { "runs" } else { "run" });
    let text = match (hidden, all) {
        (0, _) => format!("{} {runs}.", rules(running)),
        (_, true) => format!("{} {runs}, {hidden} {} not.", rules(running), if hidden == 1 { "does" } else { "do" }),
        (_, false) => {
            let more = if hidden == 1 { "1 more does not" } else { &format!("{hidden} more do not") };
            format!("{} {runs}; {more}: cordial rule list --all", rules(running))
        }
    };
    let lines = wrap::lines(&text, style.width, style.width);
    let gap = if running > 0 || all { "\n" } else { "" };
    format!("{gap}{}\n", lines.join("\n"))
}

/// `{"v":1,"rules":[…]}`, a rule on each line.
fn document(rules: &RuleSet, wanted: &[Listed<'_>]) -> String {
    let lines: Vec<_> = wanted.iter().map(|listed| entry(rules, listed).to_string()).collect();
    format!("{{\"v\":1,\"rules\":[\n{}\n]}}\n", lines.join(",\n"))
}

fn entry(rules: &RuleSet, listed: &Listed<'_>) -> Value {
    let levels: Map<String, Value> =
        Kind::ALL.into_iter().map(|kind| (kind.as_str().to_owned(), json!(listed.level(kind)))).collect();
    json!({
        "id": listed.rule.id,
        "summary": listed.rule.summary,
        "levels": levels,
        "runs": listed.runs,
        "default": match listed.rule.run { Run::On => "on", Run::Off => "off", Run::Preview => "preview" },
        "own": listed.own,
        "replaced": listed.replaced,
        "replaces_builtin": replaces(rules, listed),
        "language": listed.rule.language,
        "channels": listed.rule.channels,
    })
}
