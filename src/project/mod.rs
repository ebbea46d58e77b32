//! Projects on disk. This module alone reads and writes files, asks the environment, and knows what day it is.
//!
//! A project is a folder with a `cordial.yaml`. Rules, templates and people are read only beside one. Everything that
//! goes wrong is a [`Problem`]: a value with its file, place and a way out.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "here, and nowhere else")]

mod config_files;
mod decode;
mod environment;
mod guard;
pub mod init;
mod lines;
mod origins;
mod own_rules;
mod problem;
mod read;
mod walk;
mod write;

use std::path::{Path, PathBuf};

use self::config_files::Layer;
use crate::config::{Config, Override};
use crate::contact::{Contact, from_yaml};
use crate::text::yaml::Located;

pub use config_files::{CONFIG, Look, find_config};
pub use decode::{FileText, decode};
pub use environment::{Ci, today, var, working_folder};
pub use guard::guarded;
pub use lines::{LONGEST_LINE, Line, Lines};
pub use origins::Origin;
pub use own_rules::OwnRule;
pub use problem::Problem;
pub use read::{Files, STDIN, absolute, shown};
pub use walk::{NOTES, RULES, TEMPLATES, expand, expand_rules, expand_templates, files_in};
pub use write::{Existing, append, rewrite, write};

/// A text file that has a name of its own in the project: a rule, or a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedText {
    /// Its path in its folder, without the ending and with `/` on every system: `pushy/bump`.
    pub name: String,
    /// Where it stands.
    pub file: PathBuf,
    /// What is in it.
    pub text: String,
}

/// The settings that apply somewhere, and the files they stand for.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// What all the project's config files say together.
    pub config: Config,
    /// The config files, the nearest first, then what it extends.
    layers: Vec<Layer>,
}

impl Project {
    /// Opens the project that applies. Without one, everything has its default. What is right counts, whatever else
    /// is wrong.
    #[must_use]
    pub fn open(files: &Files, look: Look<'_>) -> (Self, Vec<Problem>) {
        let (layers, problems) = config_files::load(files, look);
        let config = layers.iter().rev().fold(Config::default(), |base, layer| layer.config.clone().over(base));
        (Self { config, layers }, problems)
    }

    /// The folder of the nearest config.
    #[must_use]
    pub fn root(&self) -> Option<&Path> {
        self.layers.first().map(|layer| &*layer.folder)
    }

    /// The config files that apply, the nearest first.
    pub fn config_files(&self) -> impl Iterator<Item = &Path> {
        self.layers.iter().map(|layer| &*layer.file)
    }

    /// The file with the people: the one that is set, else a `contacts.yaml` beside a config.
    #[must_use]
    pub fn contacts_file(&self, files: &Files) -> Option<PathBuf> {
        let set = self.layers.iter().find_map(|layer| Some(layer.folder.join(&layer.config.contacts.as_ref()?.value)));
        let beside = || self.layers.iter().map(|layer| layer.folder.join("contacts.yaml"));
        set.or_else(|| beside().find(|file| files.is_file(file)))
    }

    /// The people of the project. Those who can be read are returned.
    #[must_use]
    pub fn contacts(&self, files: &Files) -> (Vec<Contact>, Vec<Problem>) {
        let Some(file) = self.contacts_file(files) else { return (Vec::new(), Vec::new()) };
        let read = match files.read(&file) {
            Ok(read) => read,
            Err(problem) => {
                let set = |layer: &Layer| Some(layer.problem_from(&problem, layer.config.contacts.as_ref()?.span));
                return (Vec::new(), vec![self.layers.iter().find_map(set).unwrap_or(problem)]);
            }
        };
        let (contacts, found) = from_yaml(&read.text);
        let mut problems = Problem::from_diagnostics(&read.name, &read.text, &found);
        problems.extend(read.warning);
        (contacts, problems)
    }

    /// The project's own rules. Of two with one name, the nearer one comes last.
    #[must_use]
    pub fn rules(&self, files: &Files) -> (Vec<NamedText>, Vec<Problem>) {
        let set = |layer: &'_ Layer| layer.config.rules.clone();
        let (rules, mut problems) = self.texts(files, "rules", &RULES, set);
        let (rules, lost): (Vec<_>, Vec<_>) = rules.into_iter().partition(|rule| rule.name.split('/').count() == 2);
        problems.extend(lost.iter().map(|rule| {
            let problem = Problem::new(read::shown(&rule.file), "a rule stands in the folder of its pack");
            let name = rule.name.rsplit('/').next().unwrap_or_default();
            problem.with_help(format!("Move it to `rules/my/{name}.yaml`, and its id is `my/{name}`."))
        }));
        (rules, problems)
    }

    /// Where a new rule goes: the first folder for rules that is set, else `rules` beside the nearest config.
    #[must_use]
    pub fn rules_folder(&self) -> Option<PathBuf> {
        self.folder("rules", |config| config.rules.as_ref())
    }

    /// Where a new template goes: the first folder for templates that is set, else `templates` beside the nearest
    /// config.
    #[must_use]
    pub fn templates_folder(&self) -> Option<PathBuf> {
        self.folder("templates", |config| config.templates.as_ref())
    }

    fn folder(&self, default: &str, set: fn(&Config) -> Option<&Vec<Located<String>>>) -> Option<PathBuf> {
        let set = |layer: &Layer| Some(layer.folder.join(&set(&layer.config)?.first()?.value));
        self.layers.iter().find_map(set).or_else(|| Some(self.layers.first()?.folder.join(default)))
    }

    /// The folders whose rules and whose templates are read.
    #[must_use]
    pub fn own_folders(&self) -> (Vec<PathBuf>, Vec<PathBuf>) {
        let there = |(folders, _): (Vec<PathBuf>, Vec<Problem>)| folders.into_iter().filter(|folder| folder.is_dir());
        let rules = self.folders("rules", |layer| layer.config.rules.clone());
        let templates = self.folders("templates", |layer| layer.config.templates.clone());
        (there(rules).collect(), there(templates).collect())
    }

    /// The project's own templates. Of two with one name, the nearer one comes last.
    #[must_use]
    pub fn templates(&self, files: &Files) -> (Vec<NamedText>, Vec<Problem>) {
        self.texts(files, "templates", &TEMPLATES, |layer| layer.config.templates.clone())
    }

    /// The name of a template that stands in the project's folders, whether or not it is saved: `invite/talk`.
    #[must_use]
    pub fn template_name(&self, file: &Path) -> Option<String> {
        let file = read::absolute(file);
        let (folders, _) = self.folders("templates", |layer| layer.config.templates.clone());
        folders
            .iter()
            .rev()
            .map(|folder| read::absolute(folder))
            .find_map(|folder| file.starts_with(&folder).then(|| name_in(&folder, &file)))
    }

    /// The folders that are set, else the folder of this name beside each config.
    fn folders(
        &self,
        default: &str,
        set: impl Fn(&Layer) -> Option<Vec<Located<String>>>,
    ) -> (Vec<PathBuf>, Vec<Problem>) {
        let mut problems = Vec::new();
        let folders = match self.layers.iter().find_map(|layer| Some((layer, set(layer)?))) {
            Some((layer, folders)) => folders
                .iter()
                .filter_map(|folder| {
                    let path = layer.folder.join(&folder.value);
                    let missing = || format!("there is no folder “{}”", folder.value);
                    let found = path.is_dir();
                    problems.extend((!found).then(|| layer.problem_with(missing(), folder.span)));
                    found.then_some(path)
                })
                .collect(),
            None => self.layers.iter().rev().map(|layer| layer.folder.join(default)).collect::<Vec<_>>(),
        };
        (folders, problems)
    }

    /// The files with these endings in the folders that are set, else in the folder of this name beside each config.
    fn texts(
        &self,
        files: &Files,
        default: &str,
        endings: &[&str],
        set: impl Fn(&Layer) -> Option<Vec<Located<String>>>,
    ) -> (Vec<NamedText>, Vec<Problem>) {
        let (folders, mut problems) = self.folders(default, set);
        let mut texts = Vec::new();
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            let (found, trouble) = files_in(folder, endings);
            problems.extend(trouble);
            for file in found {
                match files.read(&file) {
                    Ok(read) => texts.push(NamedText { name: name_in(folder, &file), file, text: read.text }),
                    Err(problem) => problems.push(problem),
                }
            }
        }
        (texts, problems)
    }

    /// What the overrides say about a file; of several, the last and nearest.
    #[must_use]
    pub fn overrides(&self, file: &Path) -> Override {
        let file = read::absolute(file);
        let mut all = Override::default();
        for one in self.layers.iter().rev().flat_map(|layer| layer.overrides(&file)) {
            all.kind = one.kind.or(all.kind);
            all.channel = one.channel.or(all.channel);
            all.account = one.account.or(all.account);
            all.language = one.language.or(all.language);
        }
        all
    }

    /// The levels that are set for rules and packs that do not exist. `rules` are the ids of all rules.
    #[must_use]
    pub fn unknown_levels(&self, rules: &[&str]) -> Vec<Problem> {
        let of = |layer: &Layer| {
            let found = layer.config.unknown_levels(rules);
            found.iter().map(|diagnostic| layer.problem(diagnostic)).collect::<Vec<_>>()
        };
        self.layers.iter().flat_map(of).collect()
    }
}

/// A file's path in a folder, without its ending.
fn name_in(folder: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(folder).unwrap_or(file).with_extension("");
    let steps: Vec<_> = inside.iter().map(|step| step.to_string_lossy()).collect();
    steps.join("/")
}

#[cfg(test)]
mod tests;
