use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{FileText, Problem, decode};
use crate::text::similar;

/// What standard input is called in messages.
pub const STDIN: &str = "<stdin>";

/// The largest file that is read, in bytes.
const LARGEST: u64 = 50_000_000;

/// Files as they are read: from disk, or from an editor that has not saved them yet.
#[derive(Clone, Debug, Default)]
pub struct Files {
    unsaved: HashMap<PathBuf, String>,
}

impl Files {
    /// Puts a text over a file, whether or not that is on disk.
    pub fn set_unsaved(&mut self, path: &Path, text: impl Into<String>) {
        self.unsaved.insert(absolute(path), text.into());
    }

    /// Takes the text over a file away again.
    pub fn forget_unsaved(&mut self, path: &Path) {
        self.unsaved.remove(&absolute(path));
    }

    /// Whether there is such a file.
    #[must_use]
    pub fn is_file(&self, path: &Path) -> bool {
        self.unsaved.contains_key(&absolute(path)) || path.is_file()
    }

    /// Whether there is such a folder.
    #[must_use]
    pub fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    /// Reads a text file.
    ///
    /// # Errors
    /// It is missing, may not be read, is larger than 50 MB, or is no UTF-8 text.
    pub fn read(&self, path: &Path) -> Result<FileText, Problem> {
        let name = shown(path);
        if let Some(text) = self.unsaved.get(&absolute(path)) {
            return Ok(FileText { name, text: text.clone(), warning: None });
        }
        if path.is_dir() {
            return Err(Problem::new(name, "this is a folder").with_help("Name a file."));
        }
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        read_from(&name, file)
    }

    /// Reads standard input to its end.
    ///
    /// # Errors
    /// It cannot be read, is larger than 50 MB, or is no UTF-8 text.
    pub fn read_stdin(&self) -> Result<FileText, Problem> {
        read_from(STDIN, io::stdin().lock())
    }
}

fn read_from(name: &str, source: impl Read) -> Result<FileText, Problem> {
    let mut bytes = Vec::new();
    let read = source.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| Problem::new(name, format!("this cannot be read: {error}")))?;
    if bytes.len() as u64 > LARGEST {
        let problem = Problem::new(name, "this is larger than 50 MB");
        return Err(problem.with_help("A note is a few hundred characters. Split a large batch into several files."));
    }
    decode(name, bytes)
}

/// Says why a file cannot be opened, and which one may have been meant.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let name = shown(path);
    match error.kind() {
        io::ErrorKind::NotFound => {
            let help = match neighbour(path) {
                Some(near) => format!("Did you mean {near}?"),
                None => "Check the name; paths start in the working folder.".to_owned(),
            };
            Problem::new(name, "there is no such file").with_help(help)
        }
        io::ErrorKind::PermissionDenied => {
            Problem::new(name, "you may not read this file").with_help("Check the permissions of the file.")
        }
        _ => Problem::new(name, format!("this file cannot be read: {error}")),
    }
}

/// The path of the file in the same folder with the name most like this one.
fn neighbour(path: &Path) -> Option<String> {
    let folder = match path.parent()? {
        empty if empty.as_os_str().is_empty() => Path::new("."),
        folder => folder,
    };
    let entries = folder.read_dir().ok()?.take(1000).flatten();
    let mut names: Vec<_> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_unstable();
    let near = similar(path.file_name()?.to_str()?, names.iter().map(String::as_str))?;
    Some(shown(&path.with_file_name(near)))
}

/// A path that means the same from every working folder. The file need not exist.
#[must_use]
pub fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    // `a/../b` is `b`: what is looked up as text must not depend on how it was written.
    let mut plain = PathBuf::new();
    for step in path.components() {
        match step {
            std::path::Component::ParentDir => {
                plain.pop();
            }
            step => plain.push(step),
        }
    }
    plain
}

/// A path as people like to read it: relative where it is in the working folder.
#[must_use]
pub fn shown(path: &Path) -> String {
    let short = std::env::current_dir().ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    let short = short.filter(|short| !short.as_os_str().is_empty());
    short.as_deref().unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_no_more_than_fifty_megabytes() {
        let problem = read_from(STDIN, io::repeat(b'a')).unwrap_err();
        assert_eq!(problem.to_string(), "<stdin>: this is larger than 50 MB");
        assert_eq!(read_from(STDIN, &b"Hi"[..]).unwrap().text, "Hi");
    }
}
