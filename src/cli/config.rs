use std::path::{Path, PathBuf};

use clap::ValueHint;
use serde_json::json;

use super::args::{Format, Which};
use super::workspace::{Workspace, tell};
use super::{ExitStatus, Failure, Terminal};
use crate::config::FailOn;
use crate::context::{Account, Kind};
use crate::diagnostic::{Level, Setting};
use crate::draft::{self, FrontMatter};
use crate::project::{Files, Origin, Problem, Project, shown};
use crate::report::{Ink, columns};

/// Show which settings apply, and where they are written
#[derive(clap::Args)]
pub(super) struct Args {
    /// A draft, or a folder; the working folder when left out
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    file: Option<PathBuf>,

    /// How to print: text or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, hide_possible_values = true)]
    format: Format,

    #[command(flatten)]
    which: Which,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let files = Files::default();
    let near = args.file.clone().unwrap_or_else(|| PathBuf::from("."));
    let (draft, mut broken) = front_matter(&files, args.file.as_deref(), terminal)?;
    let workspace = Workspace::at(&files, args.which.look(&near), terminal);
    broken |= workspace.broken;
    let file = draft.is_some().then_some(near.as_path());
    let mut sheet = Sheet { project: &workspace.project, rows: Vec::new() };
    sheet.configs();
    sheet.note(file, &draft.unwrap_or_default());
    sheet.places(&files, workspace.rules.rules().filter(|listed| listed.own).count());
    sheet.levels();
    let isolated = workspace.project.root().is_none();
    let text = match args.format {
        Format::Json => document(args.file.as_deref(), &sheet.rows),
        Format::Text => {
            let rows: Vec<_> = sheet.rows.iter().map(Row::cells).collect();
            let table = columns::render(&rows, usize::MAX, terminal.style());
            let none = if isolated { "There is no project here: defaults apply.\n\n" } else { "" };
            format!("{none}{table}")
        }
    };
    terminal.print(&text)?;
    if isolated {
        terminal.suggest("cordial init");
    }
    Ok(if broken { ExitStatus::Failed } else { ExitStatus::Clean })
}

/// What a draft says about itself, and whether that has errors; nothing for a folder.
fn front_matter(
    files: &Files,
    file: Option<&Path>,
    terminal: &mut Terminal,
) -> Result<(Option<FrontMatter>, bool), Failure> {
    let Some(file) = file.filter(|file| !files.is_folder(file)) else { return Ok((None, false)) };
    let read = files.read(file).map_err(|problem| Failure::from(&problem))?;
    let (draft, slips) = draft::read(&read.text);
    let problems = Problem::from_diagnostics(&read.name, &read.text, &slips);
    Ok((Some(draft.front_matter), tell(&problems, terminal)))
}

/// A setting, its value, and whence it comes.
struct Row {
    name: &'static str,
    value: String,
    from: String,
}

impl Row {
    fn cells(&self) -> [(Ink, String); 3] {
        [(Ink::Strong, self.name.to_owned()), (Ink::Plain, self.value.clone()), (Ink::Dim, self.from.clone())]
    }
}

struct Sheet<'p> {
    project: &'p Project,
    rows: Vec<Row>,
}

const DEFAULT: &str = "default";
const FRONT: &str = "the draft's own lines";

impl Sheet<'_> {
    fn row(&mut self, name: &'static str, value: impl Into<String>, from: impl Into<String>) {
        self.rows.push(Row { name, value: value.into(), from: from.into() });
    }

    /// Where a setting with one value is written.
    fn origin(&self, key: &str) -> String {
        self.project.origin(key).map_or_else(|| DEFAULT.to_owned(), |origin| origin.to_string())
    }

    fn configs(&mut self) {
        let configs: Vec<_> = self.project.config_files().map(shown).collect();
        for (number, config) in configs.iter().enumerate() {
            let (name, from) = match number {
                0 => ("config", "the nearest".to_owned()),
                1 => ("extends", self.origin("extend")),
                _ => ("extends", configs[number - 1].clone()),
            };
            self.row(name, config.as_str(), from);
        }
        if let Some(me) = &self.project.config.me {
            let words = [Some(me.full_name()), me.role.clone(), me.company.clone()];
            let words: Vec<_> = words.into_iter().flatten().collect();
            self.row("me", words.join(", "), self.origin("me"));
        }
    }

    /// What holds for the note in a file; without a file, what holds unless a file says otherwise.
    fn note(&mut self, file: Option<&Path>, draft: &FrontMatter) {
        let project = self.project;
        let found = file.map(|file| project.override_origins(Some(file))).unwrap_or_default();
        let said = |origin: &Origin| origin.to_string();
        let kind = found.iter().rev().find_map(|(own, at)| Some((own.kind?, said(at))));
        let kind = draft.kind.map(|kind| (kind, FRONT.to_owned())).or(kind);
        let (kind, from) = kind.unwrap_or((Kind::default(), DEFAULT.to_owned()));
        self.row("kind", kind.as_str(), from);
        let channel = found.iter().rev().find_map(|(own, at)| Some((own.channel?, said(at))));
        let channel = draft.channel.map(|channel| (channel, FRONT.to_owned())).or(channel);
        let (channel, from) = channel.unwrap_or((kind.channel(), "goes with the kind".to_owned()));
        self.row("channel", channel.as_str(), from);
        let account = found.iter().rev().find_map(|(own, at)| Some((own.account?, said(at))));
        let account = draft.account.map(|account| (account, FRONT.to_owned())).or(account);
        let set = project.config.account.map(|account| (account, self.origin("account")));
        match account.or(set) {
            Some((account, from)) => self.row("account", account.as_str(), from),
            None => self.row("account", "not set", DEFAULT),
        }
        if file.is_none() {
            for (own, at) in project.override_origins(None) {
                let paths: Vec<_> = own.paths.iter().map(|path| path.value.as_str()).collect();
                let set = [
                    own.kind.map(|kind| format!("kind {kind}")),
                    own.channel.map(|channel| format!("channel {channel}")),
                    own.account.map(Account::as_str).map(|account| format!("account {account}")),
                ];
                let set: Vec<_> = set.into_iter().flatten().collect();
                self.row("override", format!("{}: {}", paths.join(" "), set.join(", ")), said(&at));
            }
        }
        let allowed: Vec<_> = draft.allow.iter().map(|entry| entry.value.as_str()).collect();
        if !allowed.is_empty() {
            self.row("allow", allowed.join(", "), FRONT);
        }
    }

    fn places(&mut self, files: &Files, own: usize) {
        let beside = |sheet: &Self, key: &str| match sheet.project.origin(key) {
            Some(origin) => origin.to_string(),
            None if sheet.project.root().is_some() => "beside the config".to_owned(),
            None => DEFAULT.to_owned(),
        };
        let names = |paths: &[PathBuf]| match paths {
            [] => "none".to_owned(),
            paths => paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", "),
        };
        let fail_on = match self.project.config.fail_on {
            Some(FailOn::Level(level)) => level.as_str(),
            Some(FailOn::Never) => "never",
            None => Level::Warning.as_str(),
        };
        self.row("fail_on", fail_on, self.origin("fail_on"));
        let people: Vec<_> = self.project.contacts_file(files).into_iter().collect();
        self.row("contacts", names(&people), beside(self, "contacts"));
        let (rules, templates) = self.project.own_folders();
        self.row("rules", names(&rules), beside(self, "rules"));
        self.row("own rules", own.to_string(), "");
        self.row("templates", names(&templates), beside(self, "templates"));
    }

    fn levels(&mut self) {
        for (name, setting, origin) in self.project.level_origins() {
            let setting = match setting {
                Setting::Level(level) => level.as_str(),
                Setting::On => "on",
                Setting::Off => "off",
            };
            self.row("level", format!("{name}: {setting}"), origin.to_string());
        }
    }
}

/// `{"v":1,"file":…,"settings":[{"name","value","from"}, …]}`
fn document(file: Option<&Path>, rows: &[Row]) -> String {
    let lines: Vec<_> =
        rows.iter().map(|row| json!({ "name": row.name, "value": row.value, "from": row.from }).to_string()).collect();
    let file = json!(file.map(shown));
    format!("{{\"v\":1,\"file\":{file},\"settings\":[\n{}\n]}}\n", lines.join(",\n"))
}
