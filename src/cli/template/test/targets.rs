use std::path::PathBuf;

use super::{Desk, Run};
use crate::cli::workspace::tell;
use crate::cli::{Failure, Terminal};
use crate::project::{NamedText, Problem, expand_templates};
use crate::template::Library;

/// A template to test.
pub(super) enum Target {
    File(PathBuf),
    BuiltIn(String),
}

impl Run<'_> {
    /// The project's own templates, or the built-in ones where there is no project.
    pub(super) fn all(&mut self, here: usize, terminal: &mut Terminal) -> Result<Vec<Target>, Failure> {
        let Desk { workspace, library, .. } = &self.desks[here];
        if workspace.project.root().is_none() {
            return Ok(library.templates().map(|template| Target::BuiltIn(template.id().to_owned())).collect());
        }
        let (own, problems) = workspace.project.templates(&self.files);
        if own.is_empty() && problems.is_empty() {
            let failure = Failure::new("there are no templates of your own here");
            let help = "start one: cordial template new hello; or name a built-in one: cordial template test talk";
            return Err(failure.help(help));
        }
        self.tally.trouble |= tell(&problems, terminal);
        Ok(own.into_iter().map(|own| Target::File(own.file)).collect())
    }

    /// The templates that are meant; what is no file or folder is a name.
    pub(super) fn named(&mut self, here: usize, terminal: &mut Terminal) -> Vec<Target> {
        let Desk { workspace, library, .. } = &self.desks[here];
        let (own, _) = workspace.project.templates(&self.files);
        let mut targets = Vec::new();
        let mut problems = Vec::new();
        for name in &self.args.names {
            let path = PathBuf::from(name);
            let is_there = self.files.is_file(&path) || self.files.is_folder(&path);
            if let Some(target) = template(name, library, &own).filter(|_| !is_there) {
                targets.push(target);
            } else if is_there || name.ends_with(".tera") {
                let (files, trouble) = expand_templates(&[path]);
                targets.extend(files.into_iter().map(Target::File));
                problems.extend(trouble);
            } else {
                let help = match library.nearest(name, None) {
                    Some(near) => format!("Did you mean {near}?"),
                    None => "`cordial template list` lists them.".to_owned(),
                };
                problems.push(Problem::new(name, "there is no template or file of this name").with_help(help));
            }
        }
        self.tally.trouble |= tell(&problems, terminal);
        targets
    }
}

/// The template of this name. One that has errors is in no library, but it has a file.
fn template(name: &str, library: &Library, own: &[NamedText]) -> Option<Target> {
    let named = library.named(name, None);
    let id = named.map_or(name, |template| template.id());
    // Of two with one name the nearer comes last.
    let file = own.iter().rev().find(|own| own.name == id);
    file.map(|own| Target::File(own.file.clone())).or_else(|| Some(Target::BuiltIn(named?.id().to_owned())))
}
