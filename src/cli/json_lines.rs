//! JSON Lines: one line out for each line in, in order and in constant memory.

use std::io::Write as _;
use std::path::Path;

use serde::Deserialize;
use serde_json::error::Category;

use super::{Failure, Terminal};
use crate::project::{LONGEST_LINE, Line, Lines};
use crate::report::json::Trouble;
use crate::text::similar;

/// Bytes of answers that are kept before they are written.
const KEPT: usize = 1 << 15;

/// Why a line gets no answer.
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// The byte of the line, from 1.
    pub(super) column: Option<usize>,
}

impl Refusal {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, column: None }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same without its reason, which may hold what the line says.
    pub(super) fn bare(self) -> Self {
        Self { column: self.column, ..Self::new("this line cannot be read; --no-redact says why") }
    }

    pub(super) fn told(&self) -> Trouble<'_> {
        Trouble { message: &self.message, help: self.help.as_deref(), line: None, column: self.column }
    }
}

/// Reads the lines of a file, or of standard input, and writes what `answer` appends for each. Whoever sends one line
/// and waits gets its answer.
pub(super) fn run(
    path: Option<&Path>,
    terminal: &mut Terminal,
    mut answer: impl FnMut(usize, Result<&str, Refusal>, &mut Vec<u8>),
) -> Result<(), Failure> {
    let mut lines = Lines::open(path).map_err(|problem| Failure::from(&problem))?;
    let mut data = terminal.data();
    let mut out = Vec::with_capacity(2 * KEPT);
    while let Some((number, line)) = lines.next_line().map_err(|problem| Failure::from(&problem))? {
        answer(number, text(&line), &mut out);
        let is_idle = lines.is_idle();
        if is_idle || out.len() >= KEPT {
            data.write_all(&out)?;
            out.clear();
        }
        if is_idle {
            data.flush()?;
        }
    }
    data.write_all(&out)?;
    Ok(data.flush()?)
}

/// The text of a line.
pub(super) fn text<'l>(line: &Line<'l>) -> Result<&'l str, Refusal> {
    match line {
        Line::Text(text) => Ok(text),
        Line::TooLong => Err(Refusal::new(format!("this line is longer than {LONGEST_LINE} bytes"))),
        Line::NotUtf8(column) => {
            Err(Refusal { column: Some(*column), ..Refusal::new("this line is not UTF-8") }.help("Save it as UTF-8."))
        }
    }
}

/// Reads the record of a line.
pub(super) fn parse<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|error| {
        let whole = error.to_string();
        // The place has a key of its own.
        let said = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(said, _)| said);
        let message = match error.classify() {
            Category::Syntax => format!("this is not JSON: {said}"),
            Category::Eof => "this line ends before its JSON does".to_owned(),
            Category::Data | Category::Io => plain(said),
        };
        Refusal { column: Some(error.column()).filter(|column| *column > 0), ..Refusal::new(message) }
    })
}

/// What serde says of keys, in the words that are used elsewhere.
fn plain(said: &str) -> String {
    let mut names = said.split('`').skip(1).step_by(2);
    let Some(key) = names.next() else { return said.to_owned() };
    if said.starts_with("missing field") {
        return format!("this line has no `{key}`");
    }
    if !said.starts_with("unknown field") {
        return said.to_owned();
    }
    match similar(key, names.clone()) {
        Some(near) => format!("there is no key `{key}` here: did you mean `{near}`?"),
        None => format!("there is no key `{key}` here: use {}", names.collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Contact;

    #[test]
    fn keys_are_spoken_of_plainly() {
        for (said, told) in [
            ("unknown field `kidn`, expected one of `id`, `kind`", "there is no key `kidn` here: did you mean `kind`?"),
            ("unknown field `x`, expected `id` or `text`", "there is no key `x` here: use id, text"),
            ("missing field `text`", "this line has no `text`"),
            ("invalid type: integer `7`, expected a string", "invalid type: integer `7`, expected a string"),
        ] {
            assert_eq!(plain(said), told);
        }
    }

    #[test]
    fn a_record_that_cannot_be_read_is_explained_with_its_column() {
        for (line, message, column) in [
            (r#"{"first_name":"Ana","compny":"Acme"}"#, "a contact has no key `compny`: did you mean `company`?", 28),
            (r#"{"first_name":"Ana""#, "this line ends before its JSON does", 19),
            ("Hi Ana", "this is not JSON: expected value", 1),
            (r#"{"last_name":"Silva"}"#, "this person has no `first_name`", 21),
            (r#"{"first_name":"Ana"} {}"#, "this is not JSON: trailing characters", 22),
        ] {
            let refusal = parse::<Contact>(line).expect_err("the line is wrong");
            assert_eq!((refusal.message.as_str(), refusal.column), (message, Some(column)), "{line}");
        }
    }
}
