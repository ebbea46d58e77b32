mod from_note;
mod name;

use std::path::{Path, PathBuf};

use clap::ValueHint;
use jiff::civil::Date;

use self::name::Name;
use crate::cli::args::{Where, kinds};
use crate::cli::workspace::Workspace;
use crate::cli::{ExitStatus, Failure, Terminal};
use crate::contact::parse_day;
use crate::context::Kind;
use crate::project::{Existing, Files, shown, write};
use crate::template::{Library, Template, starter};
use crate::text::Language;

/// Start a template of your own
///
/// Writes a template that explains itself, with sample people and the notes they get. --from takes a good note: what is
/// known of its reader and of you becomes variables, and both become invented people. Prints the file's path.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Its name, perhaps with its kind: hello, follow_up/hello, hello.de
    #[arg(value_name = "NAME")]
    name: String,

    /// What it is for: invite (when nothing says otherwise), follow-up or message
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    kind: Option<Kind>,

    /// One line that says when to use it
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,

    /// Replace the file if there is one
    #[arg(long)]
    force: bool,

    /// A note to make it from: a file, or - for standard input
    #[arg(long, value_name = "NOTE", value_hint = ValueHint::FilePath, help_heading = "From a note")]
    from: Option<PathBuf>,

    /// The person it was written to, unless the note's front matter says it: an id or a part of the name
    #[arg(long, value_name = "WHO", requires = "from", help_heading = "From a note")]
    contact: Option<String>,

    /// The day it was written, instead of today: 2026-10-03
    #[arg(long, value_name = "DATE", requires = "from", value_parser = parse_day, help_heading = "From a note")]
    today: Option<Date>,

    #[command(flatten)]
    place: Where,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let name = Name::parse(&args.name, args.kind)?;
    if args.title.as_deref().is_some_and(|title| title.trim().is_empty()) {
        return Err(Failure::new("the title is empty").help("leave --title out, or say in one line when to use it"));
    }
    let files = Files::default();
    let workspace = Workspace::open(&files, &args.place, Path::new("."), terminal);
    let (library, _) = workspace.library(&files);
    let mut desk = Desk { args, files, workspace, library, trouble: false };
    let (id, text, made) = match &args.from {
        Some(from) => {
            let made = desk.make(&name, from, terminal)?;
            (made.id.clone(), made.template.text.clone(), Some(made))
        }
        None => (name.id(Kind::default()), desk.starter(&name)?, None),
    };
    let project = desk.workspace.project.templates_folder();
    let folder = project.clone().unwrap_or_else(|| PathBuf::from("templates"));
    let file = folder.join(format!("{id}.tera"));
    let existing = if args.force { Existing::Replace } else { Existing::Keep };
    write(&file, &text, existing).map_err(|problem| Failure::from(&problem))?;
    terminal.print(&format!("{}\n", shown(&file)))?;
    if let Some(made) = made {
        made.tell(terminal);
    }
    if desk.library.get(&id).is_some_and(Template::is_builtin) {
        terminal.note(&format!("it takes the place of the built-in template {id}"));
    }
    if project.is_none() {
        let text = "compose reads templates only in a folder with a cordial.yaml, or below one; cordial init makes it";
        terminal.note(text);
    }
    terminal.suggest(&format!("cordial template test {}", shown(&file)));
    Ok(if desk.trouble || desk.workspace.broken { ExitStatus::Failed } else { ExitStatus::Clean })
}

/// Everything a template is made from.
struct Desk<'a> {
    args: &'a Args,
    files: Files,
    workspace: Workspace,
    library: Library,
    /// Whether something that was told of keeps the job from being done whole.
    trouble: bool,
}

impl Desk<'_> {
    fn starter(&self, name: &Name) -> Result<String, Failure> {
        if name.language.is_some_and(|language| language != Language::ENGLISH) {
            let failure = Failure::new("there is a template to start from in English only");
            return Err(failure.help("make it from a note in that language: --from NOTE --contact WHO"));
        }
        Ok(starter(name.kind.unwrap_or_default(), self.args.title.as_deref()))
    }
}
