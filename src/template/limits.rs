//! Bounds on what a template may do: it may come from a stranger, and Tera cannot be interrupted.

use std::cell::Cell;
use std::io::{self, Write};

use tera::{Error, Kwargs, State, Tera, TeraResult};

use super::prepare::ROUND;

/// Rounds of all loops of one note together; each use of a component or an include is one too.
const MOST_ROUNDS: u32 = 10_000;
/// Items that `range` makes.
const LONGEST_RANGE: i64 = 1_000;
/// Bytes of one note.
const LONGEST_NOTE: usize = 64 * 1024;
/// Bytes of one template file.
pub(crate) const LONGEST_TEMPLATE: usize = 64 * 1024;

thread_local! {
    /// Rounds of the note that this thread renders.
    static ROUNDS: Cell<u32> = const { Cell::new(0) };
}

/// Registers the functions that keep loops short.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(ROUND, |_: Kwargs, _: &State| -> TeraResult<&'static str> {
        let rounds = ROUNDS.get() + 1;
        ROUNDS.set(rounds);
        if rounds > MOST_ROUNDS {
            return Err(Error::message(format!(
                "The loops and includes of this note go through more than {MOST_ROUNDS} rounds"
            )));
        }
        Ok("")
    });
    tera.register_function("range", range);
}

/// Starts the count for a new note.
pub(super) fn start() {
    ROUNDS.set(0);
}

fn range(arguments: Kwargs, _: &State) -> TeraResult<Vec<i64>> {
    let start = arguments.get::<i64>("start")?.unwrap_or_default();
    let end = arguments.must_get::<i64>("end")?;
    let step = arguments.get::<i64>("step_by")?.unwrap_or(1);
    let step = usize::try_from(step).ok().filter(|step| *step > 0);
    let Some(step) = step else { return Err(Error::message("`range` needs a `step_by` of at least 1")) };
    if end.saturating_sub(start) > LONGEST_RANGE {
        return Err(Error::message(format!("`range` makes at most {LONGEST_RANGE} numbers")));
    }
    Ok((start..end).step_by(step).collect())
}

/// A writer that takes no more than a long note, or some times as much.
pub(super) struct Page {
    written: Vec<u8>,
    most: usize,
}

impl Page {
    /// Room for so many of the longest notes.
    pub(super) const fn of(notes: usize) -> Self {
        Self { written: Vec::new(), most: notes * LONGEST_NOTE }
    }

    pub(super) fn into_text(self) -> String {
        // Tera writes whole strings; what is left of a cut one is not printed.
        String::from_utf8(self.written).unwrap_or_default()
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.written.len() + bytes.len() > self.most {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tera::Context;

    use crate::template::Library;

    #[test]
    fn includes_that_multiply_are_stopped() {
        let part = |at: usize| format!("{{% include 'parts/p{}' %}}", at + 1).repeat(8);
        let mut files: Vec<_> = (0..12).map(|at| (format!("parts/p{at}"), part(at))).collect();
        files.push(("parts/p12".to_owned(), String::new()));
        files.push(("invite/a".to_owned(), "{# title: a #}{% include 'parts/p0' %}".to_owned()));
        let (library, found) = Library::empty().with(&files);
        assert_eq!(found, []);
        let error = library.render(library.get("invite/a").unwrap(), &Context::new()).unwrap_err();
        assert!(error.diagnostic.message.contains("more than 10000 rounds"), "{error:?}");
    }
}
