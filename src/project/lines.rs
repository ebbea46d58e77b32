use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::Path;

use super::read::{shown, unreadable};
use super::{Problem, STDIN};

/// The longest line that is kept, in bytes: 1 MiB.
pub const LONGEST_LINE: usize = 1 << 20;

/// Lines of a stream, read one at a time into one buffer.
pub struct Lines {
    name: String,
    source: BufReader<Box<dyn Read>>,
    buffer: Vec<u8>,
    number: usize,
}

/// A line, or why there is none.
#[derive(Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// Its text, without the line break.
    Text(&'a str),
    /// It is longer than [`LONGEST_LINE`]; it was passed over without being held.
    TooLong,
    /// It is no UTF-8: the column in bytes, from 1.
    NotUtf8(usize),
}

impl Lines {
    /// The lines of a file, or of standard input for `-` and `None`.
    ///
    /// # Errors
    /// The file is missing or may not be read.
    pub fn open(path: Option<&Path>) -> Result<Self, Problem> {
        match path.filter(|path| *path != Path::new("-")) {
            None => Ok(Self::new(STDIN, Box::new(io::stdin().lock()))),
            Some(path) if path.is_dir() => Err(Problem::new(shown(path), "this is a folder").with_help("Name a file.")),
            Some(path) => {
                let file = File::open(path).map_err(|error| unreadable(path, &error))?;
                Ok(Self::new(&path.to_string_lossy(), Box::new(file)))
            }
        }
    }

    fn new(name: &str, source: Box<dyn Read>) -> Self {
        let source = BufReader::with_capacity(1 << 16, source);
        Self { name: name.to_owned(), source, buffer: Vec::new(), number: 0 }
    }

    /// The next line that is not blank, with its number from 1.
    ///
    /// # Errors
    /// The stream broke.
    pub fn next_line(&mut self) -> Result<Option<(usize, Line<'_>)>, Problem> {
        loop {
            self.buffer.clear();
            let Some(whole) = self.fill().map_err(|error| {
                Problem::new(format!("{}:{}", self.name, self.number), format!("this cannot be read: {error}"))
            })?
            else {
                return Ok(None);
            };
            self.number += 1;
            let number = self.number;
            if !whole {
                return Ok(Some((number, Line::TooLong)));
            }
            if self.buffer.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let start = if number == 1 && self.buffer.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            return Ok(Some(match std::str::from_utf8(&self.buffer[start..]) {
                Ok(text) => (number, Line::Text(text)),
                Err(error) => (number, Line::NotUtf8(start + error.valid_up_to() + 1)),
            }));
        }
    }

    /// Whether the next line has yet to come, so that reading it may have to wait for whoever writes it.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        !self.source.buffer().contains(&b'\n')
    }

    /// Reads one line into the buffer. `false` when it was too long, `None` at the end.
    fn fill(&mut self) -> io::Result<Option<bool>> {
        let (mut whole, mut any) = (true, false);
        loop {
            let chunk = self.source.fill_buf()?;
            if chunk.is_empty() {
                return Ok(any.then_some(whole));
            }
            any = true;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            if self.buffer.len() + part.len() > LONGEST_LINE {
                whole = false;
                self.buffer.clear();
            }
            if whole {
                self.buffer.extend_from_slice(part);
            }
            let used = end.map_or(chunk.len(), |end| end + 1);
            self.source.consume(used);
            if end.is_some() {
                return Ok(Some(whole));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_over_what_is_too_long_and_names_what_is_not_utf8() {
        let mut input = b"\xef\xbb\xbfone\r\n\n".to_vec();
        input.extend(vec![b'x'; LONGEST_LINE + 1]);
        input.extend(b"\nab\xff\nlast");
        let mut lines = Lines::new("x", Box::new(io::Cursor::new(input)));
        assert_eq!(lines.next_line(), Ok(Some((1, Line::Text("one\r")))));
        assert_eq!(lines.next_line(), Ok(Some((3, Line::TooLong))));
        assert_eq!(lines.next_line(), Ok(Some((4, Line::NotUtf8(3)))));
        assert_eq!(lines.next_line(), Ok(Some((5, Line::Text("last")))));
        assert_eq!(lines.next_line(), Ok(None));
    }
}
