use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::Problem;
use super::read::{absolute, shown, unreadable};

/// The endings of drafts and templates; other files are linted only when they are named.
pub const NOTES: [&str; 3] = ["txt", "md", "tera"];

/// The endings of rules.
pub const RULES: [&str; 2] = ["yaml", "yml"];

/// The ending of templates.
pub const TEMPLATES: [&str; 1] = ["tera"];

/// The files that paths stand for: a file for itself, a folder for the drafts and templates in it. Each comes once.
#[must_use]
pub fn expand(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Problem>) {
    let help = "Drafts end in .txt or .md, templates in .tera; name another file to have it checked.";
    files_of(paths, &NOTES, "there are no drafts in this folder", help)
}

/// As [`expand`], for rules.
#[must_use]
pub fn expand_rules(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Problem>) {
    let help = "Rules end in .yaml and stand in the folder of their pack: `rules/my/coffee.yaml`.";
    files_of(paths, &RULES, "there are no rules in this folder", help)
}

/// As [`expand`], for templates.
#[must_use]
pub fn expand_templates(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Problem>) {
    let help = "Templates end in .tera and stand in the folder of their kind: `templates/invite/hello.tera`.";
    files_of(paths, &TEMPLATES, "there are no templates in this folder", help)
}

fn files_of(paths: &[PathBuf], endings: &[&str], none: &str, help: &str) -> (Vec<PathBuf>, Vec<Problem>) {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        match path.metadata() {
            Ok(about) if about.is_dir() => {
                let (found, trouble) = files_in(path, endings);
                if found.is_empty() && trouble.is_empty() {
                    problems.push(Problem::new(shown(path), none).with_help(help));
                }
                files.extend(found);
                problems.extend(trouble);
            }
            Ok(_) => files.push(path.clone()),
            Err(error) => problems.push(unreadable(path, &error)),
        }
    }
    let mut seen = std::collections::HashSet::new();
    files.retain(|file| seen.insert(absolute(file)));
    (files, problems)
}

/// The files with one of these endings in a folder and the folders in it, sorted by name. Hidden files and what
/// `.ignore` names are left out. What git ignores is not: drafts and people are private and seldom in git.
#[must_use]
pub fn files_in(folder: &Path, endings: &[&str]) -> (Vec<PathBuf>, Vec<Problem>) {
    let mut walk = WalkBuilder::new(folder);
    walk.git_ignore(false).git_exclude(false).git_global(false);
    walk.filter_entry(|entry| entry.depth() == 0 || entry.file_name() != "node_modules");
    walk.sort_by_file_name(std::cmp::Ord::cmp);
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for entry in walk.build() {
        match entry {
            Ok(entry) => {
                let ending = entry.path().extension().and_then(|ending| ending.to_str());
                let wanted = ending.is_some_and(|ending| endings.contains(&ending));
                if wanted && entry.file_type().is_some_and(|kind| kind.is_file()) {
                    files.push(entry.into_path());
                }
            }
            Err(error) => problems.push(Problem::new(shown(folder), format!("this cannot be searched: {error}"))),
        }
    }
    (files, problems)
}
