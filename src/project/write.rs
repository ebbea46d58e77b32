use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::Builder;

use super::read::shown;
use super::{Files, Problem};

/// What to do where a file is already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Leave it as it is; that is an error.
    Keep,
    /// Put the new text in its place.
    Replace,
}

/// Puts another text in the place of the one that was read from a file, whole or not at all.
///
/// # Errors
/// The file holds another text by now, is protected, or the folder may not be written.
pub fn rewrite(path: &Path, before: &str, after: &str) -> Result<(), Problem> {
    let there = Files::default().read(path)?;
    if there.text != before {
        let problem = Problem::new(shown(path), "this file has changed since it was read, and is left as it is");
        return Err(problem.with_help("Run the command again."));
    }
    if path.metadata().is_ok_and(|about| about.permissions().readonly()) {
        let problem = Problem::new(shown(path), "this file is protected, and is left as it is");
        return Err(problem.with_help("Make it writable, or see with --diff what would change."));
    }
    write(path, after, Existing::Replace)
}

/// Writes a text file whole or not at all. Folders on the way are made.
///
/// # Errors
/// There is a file already that is to be kept, or the folder may not be written.
pub fn write(path: &Path, text: &str, existing: Existing) -> Result<(), Problem> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            let problem = Problem::new(shown(path), "this file is there already");
            problem.with_help("Nothing was changed. Choose another name, or replace it with --force.")
        }
        io::ErrorKind::PermissionDenied => {
            let problem = Problem::new(shown(path), "you may not write here");
            problem.with_help("Check the permissions of the folder, or choose another.")
        }
        _ => Problem::new(shown(path), format!("this file cannot be written: {error}")),
    };
    // A link stays a link: what it points to is written.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    replace(&target, text, existing).map_err(failed)
}

/// Adds a text to the end of a file that may hold at most so many bytes; `text` is told for how many there is room.
///
/// # Errors
/// The file cannot be written.
pub fn append(path: &Path, most: u64, text: impl FnOnce(usize) -> String) -> Result<(), Problem> {
    let failed = |error: io::Error| Problem::new(shown(path), format!("this file cannot be written: {error}"));
    let mut file = fs::OpenOptions::new().create(true).append(true).open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let room = usize::try_from(most.saturating_sub(length)).unwrap_or(usize::MAX);
    file.write_all(text(room).as_bytes()).map_err(failed)
}

fn replace(path: &Path, text: &str, existing: Existing) -> io::Result<()> {
    if existing == Existing::Keep && path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut new = builder().tempfile_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.as_file().sync_all()?;
    if existing == Existing::Keep {
        new.persist_noclobber(path)?;
        return Ok(());
    }
    if let Ok(about) = path.metadata() {
        new.as_file().set_permissions(about.permissions())?;
    }
    new.persist(path)?;
    Ok(())
}

/// Temporary files are for their owner's eyes; these become ordinary files, with the permissions of such.
fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".cordial-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}
