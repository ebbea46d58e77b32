//! `cordial compose`: notes from templates and what is known about a person.

mod ask;
mod batch;
mod flags;
mod lines;
mod show;

use std::path::{Path, PathBuf};

use clap::ValueHint;
use jiff::civil::Date;

use self::flags::Facts;
use super::args::{About, Where};
use super::exit::FailOn;
use super::workspace::{Workspace, tell};
use super::{ExitStatus, Failure, Terminal};
use crate::compose::{Draft, Request};
use crate::contact::{Contact, find, from_yaml, slug, split_name};
use crate::lint::Session;
use crate::project::{self, Files};
use crate::report::json;
use crate::template::Library;
use crate::text::Language;

/// Compose a note to a person
///
/// Picks the template that says most about the two of you, and says why. The note goes to standard output, everything
/// else to standard error. Works without any file: cordial compose --name 'Ana Silva' --talk 'async traits'.
/// Exit status: 0 a clean note, 1 a note with findings, 2 somebody got none.
#[derive(clap::Args)]
pub(super) struct Args {
    /// People of contacts.yaml: ids, or parts of their names
    #[arg(value_name = "WHO", conflicts_with_all = ["all", "name"])]
    who: Vec<String>,

    /// Everybody in contacts.yaml, one draft each
    #[arg(long, conflicts_with_all = ["name", "choices"])]
    all: bool,

    /// Try it on invented people
    #[arg(long, conflicts_with = "name")]
    sample: bool,

    /// The template to use, instead of the best one
    #[arg(long, value_name = "NAME")]
    template: Option<String>,

    /// Show the N best notes, each from another template
    #[arg(long, value_name = "N", conflicts_with = "template", value_parser = clap::value_parser!(u8).range(1..))]
    choices: Option<u8>,

    /// Write drafts into this folder (with --all: drafts, unless another is named)
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out: Option<PathBuf>,

    /// Replace drafts that are there already and differ
    #[arg(long)]
    force: bool,

    /// Print the subject line instead of the note
    #[arg(long, conflicts_with_all = ["json", "out", "all"])]
    subject: bool,

    /// Print the drafts as JSON, with what was found in them
    #[arg(long)]
    json: bool,

    /// Read people as JSON Lines, from a file or standard input, and write one JSON line for each
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(conflicts_with_all = ["who", "all", "sample", "choices", "name", "contacts", "out", "force", "subject", "json"])]
    jsonl: Option<Option<PathBuf>>,

    /// Exit with 1 from this level on: error, warning, suggestion or never
    #[arg(long, value_name = "LEVEL", value_enum, hide_possible_values = true)]
    fail_on: Option<FailOn>,

    #[command(flatten)]
    person: Person,

    #[command(flatten)]
    facts: Facts,

    #[command(flatten)]
    about: About,

    #[command(flatten)]
    place: Where,
}

/// A person who stands in no file.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(next_help_heading = "The person")]
struct Person {
    /// Their name, first name first
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Where they work
    #[arg(long, value_name = "NAME")]
    company: Option<String>,

    /// What they do there
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,

    /// The language to write in: en, de, pt …
    #[arg(long, value_name = "TAG", value_parser = tag)]
    language: Option<String>,
}

/// A tag of a language that is known.
fn tag(text: &str) -> Result<String, String> {
    text.parse::<Language>().map(|_| text.to_owned())
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let files = Files::default();
    let workspace = Workspace::open(&files, &args.place, Path::new("."), terminal);
    let (library, broken) = library(&workspace, &files, terminal);
    let mut status = if broken || workspace.broken { ExitStatus::Failed } else { ExitStatus::Clean };
    if let Some(file) = &args.jsonl {
        let people = People::only(Vec::new());
        let desk = Desk { args, workspace: &workspace, library: &library, people: &people, today: args.about.today };
        return Ok(status.max(lines::run(&desk, file.as_deref(), terminal)?));
    }
    let people = people(args, &workspace, &files, terminal)?;
    status = status.max(if people.broken { ExitStatus::Failed } else { ExitStatus::Clean });
    let desk = Desk { args, workspace: &workspace, library: &library, people: &people, today: args.about.today };
    let done = if args.all || args.out.is_some() { batch::run(&desk, terminal)? } else { show::run(&desk, terminal)? };
    Ok(status.max(done))
}

/// The templates: built in, and the project's own.
pub(super) fn library(workspace: &Workspace, files: &Files, terminal: &mut Terminal) -> (Library, bool) {
    let (library, problems) = workspace.library(files);
    let broken = tell(&problems, terminal);
    (library, broken)
}

/// Whom to write to, and whose details must not stray into other notes.
struct People {
    /// Those who get a note.
    chosen: Vec<Contact>,
    /// Everybody.
    all: Vec<Contact>,
    /// Whether somebody could not be read.
    broken: bool,
    /// Whether they were asked for at the terminal.
    asked: bool,
}

impl People {
    const fn only(chosen: Vec<Contact>) -> Self {
        Self { chosen, all: Vec::new(), broken: false, asked: false }
    }
}

fn people(args: &Args, workspace: &Workspace, files: &Files, terminal: &mut Terminal) -> Result<People, Failure> {
    if let Some(name) = &args.person.name {
        let mut contact = described(name).ok_or_else(|| Failure::new("--name is empty"))?;
        add(args, &mut contact);
        return Ok(People::only(vec![contact]));
    }
    if args.sample {
        return sample(args);
    }
    let found = workspace.people(files, &args.place, terminal)?;
    let broken = found.broken;
    let mut chosen = Vec::new();
    for who in &args.who {
        chosen.push(found.find(who)?.clone());
    }
    if args.all {
        chosen.clone_from(&found.contacts);
        if chosen.is_empty() {
            let failure = Failure::new("there is nobody to write to");
            return Err(match &found.file {
                Some(file) => failure.at(file.clone()).help("add people: `- first_name: Ana`, and what you share"),
                None => failure.help("make a contacts.yaml with `cordial init`, or name one with --contacts FILE"),
            });
        }
    }
    let asked = chosen.is_empty();
    if asked {
        if !(terminal.stdin_is_terminal() && terminal.stderr_is_terminal()) {
            let help = "name somebody of contacts.yaml, or describe them: --name 'Ana Silva' --talk 'async traits'";
            return Err(Failure::new("nobody says whom the note is for").help(help));
        }
        chosen.push(ask::person(&found, terminal)?);
    }
    for contact in &mut chosen {
        add(args, contact);
    }
    Ok(People { chosen, all: found.contacts, broken, asked })
}

/// The invented people: those who are named, else all or the first.
fn sample(args: &Args) -> Result<People, Failure> {
    let (mut invented, _) = from_yaml(include_str!("people.yaml"));
    let names: Vec<_> = invented.iter().map(Contact::full_name).collect();
    let one = |who: &String| {
        let help = format!("the invented people are {}", names.join(", "));
        find(&invented, who).cloned().map_err(|error| Failure::new(error.to_string()).help(help))
    };
    let named = args.who.iter().map(one).collect::<Result<Vec<_>, _>>()?;
    if !args.all {
        invented.truncate(1);
    }
    Ok(People::only(if named.is_empty() { invented } else { named }))
}

/// Somebody who stands in no file.
fn described(name: &str) -> Option<Contact> {
    let (first_name, last_name) = split_name(name)?;
    let contact = Contact { first_name, last_name, ..Contact::default() };
    Some(Contact { id: slug(&contact.full_name()), ..contact })
}

/// What the flags say of a person goes before what the file says.
fn add(args: &Args, contact: &mut Contact) {
    let Person { company, role, language, .. } = args.person.clone();
    contact.company = company.or(contact.company.take());
    contact.role = role.or(contact.role.take());
    contact.language = language.or(contact.language.take());
    let known = std::mem::take(&mut contact.facts);
    contact.facts = args.facts.0.iter().cloned().chain(known).collect();
}

/// Everything a note is made from.
struct Desk<'a> {
    args: &'a Args,
    workspace: &'a Workspace,
    library: &'a Library,
    people: &'a People,
    today: Option<Date>,
}

impl Desk<'_> {
    fn request(&self) -> Request<'_> {
        let About { kind, channel, account, .. } = self.args.about;
        let config = &self.workspace.project.config;
        Request {
            kind,
            channel,
            account: account.or(config.account),
            language: None,
            template: self.args.template.clone(),
            me: config.me.as_ref(),
            others: &self.people.all,
            today: Some(self.today.unwrap_or_else(project::today)),
            allowed_on: Some(self.today.unwrap_or_else(project::today)),
        }
    }

    /// The language to write in: that of the command line, the person's, the project's.
    fn language(&self, contact: &Contact) -> Option<String> {
        let of_project = || self.workspace.project.config.language.map(|language| language.to_string());
        self.args.person.language.clone().or_else(|| contact.language.clone()).or_else(of_project)
    }

    /// The best notes to a person.
    fn drafts(&self, contact: &Contact, most: usize, session: &mut Session<'_>) -> Result<Vec<Draft>, Trouble> {
        let request = Request { language: self.language(contact), ..self.request() };
        let work = || self.library.choices(contact, &request, most, |note, context| session.lint(note, context));
        match project::guarded(work) {
            Some(Ok(drafts)) => Ok(drafts),
            Some(Err(why)) => Err(Trouble { message: why.to_string(), help: why.help() }),
            None => Err(Trouble {
                message: format!("cordial failed on the note for {}", contact.full_name()),
                help: "This is a fault of cordial: please report it with the template and the facts.".to_owned(),
            }),
        }
    }

    fn fail_on(&self) -> FailOn {
        self.args.fail_on.or(self.workspace.project.config.fail_on.map(FailOn::from)).unwrap_or_default()
    }
}

/// Why there is no note.
struct Trouble {
    message: String,
    help: String,
}

impl Trouble {
    fn told(&self) -> json::Trouble<'_> {
        json::Trouble { message: &self.message, help: Some(&self.help), ..json::Trouble::default() }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::new(trouble.message).help(trouble.help)
    }
}
