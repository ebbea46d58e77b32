//! A project with its rules and people, as commands use it.

use std::path::Path;

use super::args::Where;
use super::{Failure, Terminal};
use crate::contact::{self, Contact, from_yaml};
use crate::context::Kind;
use crate::diagnostic::Level;
use crate::project::{Files, Look, Problem, Project, shown};
use crate::report::{Ink, wrap};
use crate::rule::RuleSet;
use crate::template::{Library, TemplateFile};

/// What applies near one place.
pub(super) struct Workspace {
    pub(super) project: Project,
    pub(super) rules: RuleSet,
    /// Whether something that was told of keeps the job from being done whole.
    pub(super) broken: bool,
}

impl Workspace {
    /// Opens the project near a file or folder and tells what is wrong with it.
    pub(super) fn open(files: &Files, place: &Where, near: &Path, terminal: &mut Terminal) -> Self {
        Self::at(files, place.look(near), terminal)
    }

    /// Opens a project and tells what is wrong with it.
    pub(super) fn at(files: &Files, look: Look<'_>, terminal: &mut Terminal) -> Self {
        let (project, mut problems) = Project::open(files, look);
        let (rules, broken) = project.rule_set(files);
        problems.extend(broken);
        let broken = tell(&problems, terminal);
        Self { project, rules, broken }
    }

    /// The templates: built in, and the project's own. What is wrong with those is returned.
    pub(super) fn library(&self, files: &Files) -> (Library, Vec<Problem>) {
        let (own, mut problems) = self.project.templates(files);
        let own = own.into_iter().map(|own| TemplateFile { name: shown(&own.file), id: own.name, text: own.text });
        let (library, findings) = Library::builtin().with_files(&own.collect::<Vec<_>>());
        for (file, finding) in &findings {
            let Some(source) = library.sources().get(*file) else { continue };
            problems.push(Problem::from_diagnostic(&source.name, &source.text, finding));
        }
        (library, problems)
    }

    /// The id of a template's file: its path in the project's templates, else what its folders tell.
    pub(super) fn template_id(&self, file: &Path) -> String {
        self.project.template_name(file).unwrap_or_else(|| loose_id(file))
    }

    /// The people: of `--contacts`, else of the project. What is wrong with them is told.
    pub(super) fn people(&self, files: &Files, place: &Where, terminal: &mut Terminal) -> Result<People, Failure> {
        let (people, problems) = self.read_people(files, place)?;
        tell(&problems, terminal);
        Ok(people)
    }

    /// The people, and what is wrong with them.
    pub(super) fn read_people(&self, files: &Files, place: &Where) -> Result<(People, Vec<Problem>), Failure> {
        let (contacts, problems) = match &place.contacts {
            Some(file) => {
                let read = files.read(file).map_err(|problem| Failure::from(&problem))?;
                let (contacts, found) = from_yaml(&read.text);
                let problem = |diagnostic| Problem::from_diagnostic(&read.name, &read.text, diagnostic);
                (contacts, found.iter().map(problem).chain(read.warning.clone()).collect::<Vec<_>>())
            }
            None => self.project.contacts(files),
        };
        let file = place.contacts.clone().or_else(|| self.project.contacts_file(files));
        let broken = problems.iter().any(|problem| problem.level == Level::Error);
        Ok((People { broken, contacts, file: file.as_deref().map(shown) }, problems))
    }
}

/// The people notes can be written to.
pub(super) struct People {
    pub(super) contacts: Vec<Contact>,
    /// Where they come from.
    pub(super) file: Option<String>,
    pub(super) broken: bool,
}

impl People {
    /// The person with this id or part of a name.
    pub(super) fn find(&self, query: &str) -> Result<&Contact, Failure> {
        contact::find(&self.contacts, query).map_err(|error| {
            let said = error.to_string();
            let Some(file) = &self.file else {
                let help = "name the file with your people: --contacts FILE; `cordial init` makes one";
                return Failure::new(said).help(help);
            };
            let failure = Failure::new(said).at(file.clone());
            match self.contacts.iter().map(|contact| contact.id.as_str()).collect::<Vec<_>>()[..] {
                _ if !error.ambiguous.is_empty() => failure.help("type the whole name, or one of these ids"),
                _ if error.did_you_mean.is_some() => failure,
                [] if self.broken => failure.help("nobody in this file can be read; mend it first"),
                [] => failure.help("there is nobody in this file yet: add `- first_name: Ana`, and what you share"),
                ref ids if ids.len() <= SHOWN => failure.help(format!("this file has {}", ids.join(", "))),
                ref ids => {
                    failure.help(format!("this file has {}, and {} more", ids[..SHOWN].join(", "), ids.len() - SHOWN))
                }
            }
        })
    }
}

/// How many people a message names.
const SHOWN: usize = 6;

/// Shows problems on standard error. Returns whether one of them is an error.
pub(super) fn tell(problems: &[Problem], terminal: &mut Terminal) -> bool {
    let style = terminal.stderr_style();
    for problem in problems {
        if problem.level == Level::Error {
            terminal.fail(&Failure::from(problem));
        } else {
            let mut text = wrap::labelled("warning", Ink::Warning, &problem.to_string(), style);
            if let Some(help) = &problem.help {
                text += &wrap::labelled("help", Ink::Help, help, style);
            }
            terminal.tell(&text);
        }
    }
    problems.iter().any(|problem| problem.level == Level::Error)
}

impl From<&Problem> for Failure {
    fn from(problem: &Problem) -> Self {
        let failure = Self::new(problem.message.clone()).at(problem.location());
        match &problem.help {
            Some(help) => failure.help(help.to_string()),
            None => failure,
        }
    }
}

/// The id of a template that stands in no project's folder of templates.
fn loose_id(path: &Path) -> String {
    let name = |path: Option<&Path>| path?.file_name()?.to_str().map(str::to_owned);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent();
    let in_templates = || name(folder.and_then(Path::parent)).is_some_and(|name| name == "templates");
    match name(folder) {
        Some(folder) if folder.parse::<Kind>().is_ok() || in_templates() => format!("{folder}/{stem}"),
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_outside_a_project_has_the_id_its_folders_give_it() {
        for (path, id) in [
            ("x.tera", "x"),
            ("/tmp/x.tera", "x"),
            ("invite/x.tera", "invite/x"),
            ("follow-up/x.tera", "follow-up/x"),
            ("a/templates/parts/sign.tera", "parts/sign"),
            ("parts/sign.tera", "sign"),
        ] {
            assert_eq!(loose_id(Path::new(path)), id);
        }
    }
}
