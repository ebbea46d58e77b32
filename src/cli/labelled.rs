//! Corpora: labelled notes, one JSON object a line.

use std::path::Path;

use super::json_lines::{self, Refusal};
use super::{Failure, Terminal};
use crate::eval::LabelledNote;
use crate::project::{Line, Lines, STDIN, shown};
use crate::text::LineIndex;

/// So many lines that cannot be read are told of, and so many are kept.
const TOLD: usize = 10;
const KEPT: usize = 100;

/// The lines that could not be read.
#[derive(Default)]
pub(super) struct Unread {
    /// How many there were.
    pub(super) count: usize,
    /// The first of them, with their numbers.
    pub(super) first: Vec<(usize, Refusal)>,
}

/// What a corpus is called in messages.
pub(super) fn name(path: &Path) -> String {
    if path == Path::new("-") { STDIN.to_owned() } else { shown(path) }
}

/// Reads the notes of a corpus one after the other. A line that is no labelled note, or that `take` refuses, is told of and
/// counted; the others go on.
pub(super) fn each(
    path: &Path,
    terminal: &mut Terminal,
    mut take: impl FnMut(usize, &LabelledNote<'_>, &mut Terminal) -> Result<Result<(), Refusal>, Failure>,
) -> Result<Unread, Failure> {
    let name = name(path);
    let mut lines = Lines::open(Some(path)).map_err(|problem| Failure::from(&problem))?;
    let mut unread = Unread::default();
    while let Some((number, line)) = lines.next_line().map_err(|problem| Failure::from(&problem))? {
        let taken = match json_lines::text(&line).and_then(json_lines::parse::<LabelledNote<'_>>) {
            Ok(note) if note.text.trim().is_empty() => Err(Refusal::new("`text` is empty")),
            Ok(note) => take(number, &note, terminal)?,
            Err(refusal) => Err(refusal),
        };
        if let Err(refusal) = taken {
            unread.add(&name, number, &line, refusal, terminal);
        }
    }
    if unread.count > TOLD {
        terminal.say(&format!("{name}: {} more lines could not be read", unread.count - TOLD));
    }
    Ok(unread)
}

impl Unread {
    fn add(&mut self, name: &str, number: usize, line: &Line<'_>, refusal: Refusal, terminal: &mut Terminal) {
        self.count += 1;
        if self.count <= TOLD {
            let column = refusal.column.map(|column| format!(":{}", in_characters(line, column)));
            let failure = Failure::new(&refusal.message).at(format!("{name}:{number}{}", column.unwrap_or_default()));
            let help = refusal.help.clone();
            terminal.fail(&help.into_iter().fold(failure, |failure, help| failure.help(help)));
        }
        if self.count <= KEPT {
            self.first.push((number, refusal));
        }
    }
}

/// The column that people see, of a byte from 1.
fn in_characters(line: &Line<'_>, column: usize) -> usize {
    match line {
        Line::Text(text) => LineIndex::new(text).place(text, column.saturating_sub(1)).column,
        Line::TooLong | Line::NotUtf8(_) => column,
    }
}
