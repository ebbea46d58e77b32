mod tally;
mod targets;
mod words;

use std::path::{Path, PathBuf};
use std::rc::Rc;

use self::tally::Tally;
use self::targets::Target;
use crate::cli::args::Which;
use crate::cli::workspace::Workspace;
use crate::cli::{ExitStatus, Failure, Terminal};
use crate::compose::{Outcome, Reading};
use crate::context::Account;
use crate::diagnostic::{Diagnostic, Level};
use crate::project::{self, Existing, FileText, Files, Problem, find_config, write};
use crate::report::{Ink, wrap};
use crate::template::{Library, Template, TemplateFile, with_expected};
use crate::text::FileId;

/// Compare the notes that templates give with those they should give
///
/// Writes to each template's sample people and compares with the `note` that each sample has. Without NAME it takes the
/// project's own templates; without a project the built-in ones. Exit status: 0 all notes are as they should be, 1 a
/// note differs or has nothing to be compared with, 2 a template cannot be tested.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Templates: files, folders with templates, or names such as invite/talk
    #[arg(value_name = "NAME", value_hint = clap::ValueHint::AnyPath)]
    names: Vec<String>,

    /// Write the notes that differ or are missing into the templates' files
    #[arg(long)]
    accept: bool,

    #[command(flatten)]
    which: Which,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let mut run = Run { args, files: Files::default(), desks: Vec::new(), tally: Tally::default() };
    let here = run.desk(Path::new("."), terminal);
    let targets = if args.names.is_empty() { run.all(here, terminal)? } else { run.named(here, terminal) };
    for target in targets {
        match target {
            Target::File(file) => run.file(&file, terminal)?,
            Target::BuiltIn(id) => run.builtin(&id, here, terminal)?,
        }
    }
    run.finish(terminal)
}

/// The templates of one project.
struct Desk {
    config: Option<PathBuf>,
    workspace: Workspace,
    library: Rc<Library>,
}

struct Run<'a> {
    args: &'a Args,
    files: Files,
    desks: Vec<Desk>,
    tally: Tally,
}

impl Run<'_> {
    /// The project near a file or folder, as its place among those that are open.
    fn desk(&mut self, near: &Path, terminal: &mut Terminal) -> usize {
        let is_chosen = self.args.which.isolated || self.args.which.config.is_some();
        let config = if is_chosen { None } else { find_config(&self.files, near) };
        if let Some(known) = self.desks.iter().position(|desk| desk.config == config) {
            return known;
        }
        let workspace = Workspace::at(&self.files, self.args.which.look(near), terminal);
        self.tally.trouble |= workspace.broken;
        // What is wrong with a template is told when it is its turn.
        let (library, _) = workspace.library(&self.files);
        self.desks.push(Desk { config, workspace, library: Rc::new(library) });
        self.desks.len() - 1
    }

    fn file(&mut self, path: &Path, terminal: &mut Terminal) -> Result<(), Failure> {
        let read = match self.files.read(path) {
            Ok(read) => read,
            Err(problem) => {
                self.tally.untested();
                terminal.fail(&Failure::from(&problem));
                return Ok(());
            }
        };
        let desk = self.desk(path, terminal);
        let Desk { workspace, library, .. } = &self.desks[desk];
        let account = workspace.project.overrides(path).account.or(workspace.project.config.account);
        let id = workspace.template_id(path);
        let known = library.get(&id).filter(|known| !known.is_builtin() && known.source() == read.text);
        let (library, file, slips) = match known.map(Template::file) {
            Some(file) => (Rc::clone(library), file, Vec::new()),
            None => {
                let file = TemplateFile { id, name: read.name.clone(), text: read.text.clone() };
                let (library, file, slips) = Library::clone(library).with_file(file);
                (Rc::new(library), file, slips)
            }
        };
        let Some(reading) = self.test(&library, file, &slips, account, terminal)? else { return Ok(()) };
        let changed = reading.notes.iter().filter(|note| note.outcome() != Outcome::Same).count();
        if self.args.accept && changed > 0 {
            match accept(path, &library, file, &reading, &read) {
                Ok(()) => self.tally.accepted += changed,
                Err(problem) => {
                    self.tally.trouble = true;
                    terminal.fail(&Failure::from(&problem));
                }
            }
        }
        Ok(())
    }

    fn builtin(&mut self, id: &str, here: usize, terminal: &mut Terminal) -> Result<(), Failure> {
        let Desk { workspace, library, .. } = &self.desks[here];
        let (account, library) = (workspace.project.config.account, Rc::clone(library));
        match library.get(id) {
            Some(template) => self.test(&library, template.file(), &[], account, terminal).map(drop),
            None => Ok(()),
        }
    }

    /// Renders a template for its sample people and tells what is not as it should be.
    fn test<'l>(
        &mut self,
        library: &'l Library,
        file: FileId,
        slips: &[Diagnostic],
        account: Option<Account>,
        terminal: &mut Terminal,
    ) -> Result<Option<Reading<'l>>, Failure> {
        let Some(source) = library.sources().get(file) else { return Ok(None) };
        let Some(reading) = project::guarded(|| library.read_samples(file, account, |_, _| Vec::new())) else {
            self.tally.untested();
            let failure = Failure::new("cordial failed on this template").at(source.name.clone());
            terminal.fail(&failure.help("this is a fault of cordial: please report it with the template"));
            return Ok(None);
        };
        let is_builtin = library.of(file).is_some_and(Template::is_builtin);
        self.tally.template(&reading, is_builtin);
        let style = terminal.style();
        let errors = slips.iter().filter(|slip| slip.level == Level::Error).map(|slip| (file, slip));
        let found = reading.findings.iter().map(|(file, found)| (*file, found));
        let mut out = words::findings(library, errors.chain(found), style);
        for note in &reading.notes {
            if !(is_builtin && note.outcome() == Outcome::New) {
                out += &words::compared(note, source, style);
            }
        }
        terminal.print(&out)?;
        Ok(Some(reading))
    }

    fn finish(self, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
        let Self { tally, args, .. } = self;
        let style = terminal.style();
        if let Some(line) = tally.line(args.accept) {
            let lines = wrap::lines(&line, style.width, style.width.saturating_sub(2)).join("\n  ");
            terminal.print(&format!("{lines}\n"))?;
        }
        if let Some(help) = tally.help(args.accept) {
            terminal.print(&wrap::labelled("help", Ink::Help, help, style))?;
        }
        Ok(tally.status(args.accept))
    }
}

/// Writes the notes that a template gives now into its file.
fn accept(path: &Path, library: &Library, file: FileId, reading: &Reading<'_>, read: &FileText) -> Result<(), Problem> {
    let samples = library.of(file).map(|template| (template.id(), &template.front().samples));
    let Some((id, samples)) = samples else { return Ok(()) };
    let given = samples.iter().map(|sample| {
        let note = reading.notes.iter().find(|note| note.sample.span == sample.span)?;
        (note.outcome() != Outcome::Same).then(|| note.given())
    });
    let Some(text) = with_expected(id, &read.text, &given.collect::<Vec<_>>()) else {
        let problem = Problem::new(&read.name, "the notes cannot be written into this file");
        return Err(problem.with_help("Write `note:` below each of its sample people yourself, one key a line."));
    };
    write(path, &text, Existing::Replace)
}
