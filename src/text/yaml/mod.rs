//! YAML with places: every key and value knows the bytes it was read from.
//!
//! What is read here are small files that people write: one document, without aliases, at most
//! [`DEPTH`] deep. [`Places`] answers "where is `facts[0].what`"; [`Node`] is the tree behind it, and
//! [`read`] turns a node into a value with serde, so that a value's error has the value's place.

mod de;
mod error;
mod parse;
mod slip;
mod write;

use std::borrow::Cow;
use std::fmt;

use super::Span;

pub use de::{parsed, read, read_keys, text, texts};
pub use slip::{Slip, slips};
pub use write::{quoted, scalar};

/// How deep blocks, and brackets within them, may be nested.
pub const DEPTH: usize = 32;

/// What is wrong with a YAML text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// One line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Bytes of the text; empty where only a point is known.
    pub span: Span,
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for YamlError {}

/// A value and the bytes it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'t> {
    /// From the value's first byte to behind its last, quotes and brackets included; a block scalar starts with its
    /// first line. A value that is not written (`key:` and nothing more) has an empty span.
    pub span: Span,
    /// The value.
    pub value: Value<'t>,
}

/// A YAML value. Plain scalars are text here; what they mean is for the reader to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'t> {
    /// Text, a number, `true`, or nothing.
    Scalar(Cow<'t, str>, Style),
    /// `[a, b]`, or lines that start with `-`.
    Sequence(Vec<Node<'t>>),
    /// `{a: b}`, or lines of `key: value`.
    Mapping(Vec<(Node<'t>, Node<'t>)>),
}

/// A value that was read, and the bytes it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Bytes of the file; empty for a value that stands in no file.
    pub span: Span,
}

impl<T> Located<T> {
    /// The same value in a text that starts at byte `by` of the file.
    #[must_use]
    pub fn shift(self, by: usize) -> Self {
        Self { span: self.span.shift(by), ..self }
    }
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// A block after `|` or `>`.
    Block,
}

impl<'t> Node<'t> {
    /// The decoded text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// Whether this says "nothing": no value, `~` or `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(text, Style::Plain) if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The entries of a mapping; none for another value.
    #[must_use]
    pub fn entries(&self) -> &[(Self, Self)] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; none for another value.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The value of a mapping's key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    /// What it is called in a message.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match &self.value {
            _ if self.is_null() => "nothing",
            Value::Scalar(..) => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "keys with values",
        }
    }

    /// The offset in the file of a byte of this scalar's decoded text. Exact for quoted scalars on one line and for
    /// the first line of others; else the start of the scalar. `None` when this is no scalar or has no such byte.
    ///
    /// `file` must be the text this node was read from.
    #[must_use]
    pub fn offset(&self, file: &str, at: usize) -> Option<usize> {
        let Value::Scalar(text, style) = &self.value else { return None };
        let before = text.get(..at)?;
        let source = file.get(self.span.range())?;
        let one_line = !source.contains(['\n', '\r']);
        let inside = match style {
            Style::Single if one_line => 1 + at + before.matches('\'').count(),
            Style::Double if one_line => 1 + escaped_length(source.get(1..)?, before),
            Style::Plain | Style::Block if !before.contains('\n') && source.starts_with(before) => at,
            _ => 0,
        };
        Some(self.span.start + inside.min(source.len()))
    }
}

/// The number of bytes at the start of a double-quoted scalar's inside that are read as `decoded`.
fn escaped_length(inside: &str, decoded: &str) -> usize {
    let mut at = 0;
    for _ in decoded.chars() {
        let rest = &inside[at..];
        let Some(first) = rest.chars().next() else { break };
        at += if first == '\\' { escape_length(rest).min(rest.len()) } else { first.len_utf8() };
        while !inside.is_char_boundary(at) {
            at += 1;
        }
    }
    at
}

/// The length of the escape that `rest` starts with: `\n`, `\x41`, `\u00e9`, `\U0001f600`, or a surrogate pair.
fn escape_length(rest: &str) -> usize {
    match rest.as_bytes().get(1) {
        Some(b'x') => 4,
        Some(b'u') => match rest.get(2..6).and_then(|hex| u32::from_str_radix(hex, 16).ok()) {
            Some(0xD800..=0xDBFF) => 12,
            _ => 6,
        },
        Some(b'U') => 10,
        _ => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
    }
}

/// One step of a path into a YAML text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'p> {
    /// The value of a key.
    Key(&'p str),
    /// The item of a list, or the entry of a mapping, counted from 0.
    Index(usize),
}

/// The steps of a path such as `facts[0].what`.
#[must_use]
pub fn path(text: &str) -> Vec<Segment<'_>> {
    text.split(['.', '[']).filter(|step| !step.is_empty()).map(step).collect()
}

fn step(text: &str) -> Segment<'_> {
    let index = text.strip_suffix(']').and_then(|number| number.parse().ok());
    index.map_or(Segment::Key(text), Segment::Index)
}

/// A YAML text whose keys and values can be located.
#[derive(Clone, Debug)]
pub struct Places<'t> {
    text: &'t str,
    root: Node<'t>,
}

impl<'t> Places<'t> {
    /// Reads a text of one YAML document. An empty text is a document that says nothing.
    ///
    /// # Errors
    /// The first thing that is no YAML, an alias, a key that stands twice, or nesting beyond [`DEPTH`].
    pub fn parse(text: &'t str) -> Result<Self, YamlError> {
        Ok(Self { text, root: parse::parse(text).map_err(|error| error.with_quotes_anywhere(text))? })
    }

    /// The whole value.
    #[must_use]
    pub const fn root(&self) -> &Node<'t> {
        &self.root
    }

    /// The key node and the value node a path leads to; no key where the last step is a list's item.
    fn entry(&self, path: &[Segment<'_>]) -> Option<(Option<&Node<'t>>, &Node<'t>)> {
        path.iter().try_fold((None, &self.root), |(_, node), step| match (step, &node.value) {
            (Segment::Key(name), Value::Mapping(entries)) => {
                entries.iter().find(|(key, _)| key.text() == Some(name)).map(|(key, value)| (Some(key), value))
            }
            (Segment::Index(at), Value::Mapping(entries)) => entries.get(*at).map(|(key, value)| (Some(key), value)),
            (Segment::Index(at), Value::Sequence(items)) => items.get(*at).map(|item| (None, item)),
            _ => None,
        })
    }

    /// The value a path leads to.
    #[must_use]
    pub fn node(&self, path: &[Segment<'_>]) -> Option<&Node<'t>> {
        self.entry(path).map(|(_, value)| value)
    }

    /// The bytes of the value a path leads to.
    #[must_use]
    pub fn value(&self, path: &[Segment<'_>]) -> Option<Span> {
        self.node(path).map(|node| node.span)
    }

    /// The bytes of the key that a path ends with.
    #[must_use]
    pub fn key(&self, path: &[Segment<'_>]) -> Option<Span> {
        self.entry(path)?.0.map(|key| key.span)
    }

    /// The offset in the text of a byte of the decoded scalar a path leads to; see [`Node::offset`].
    #[must_use]
    pub fn scalar_offset(&self, path: &[Segment<'_>], at: usize) -> Option<usize> {
        self.node(path)?.offset(self.text, at)
    }

    /// As [`scalar_offset`](Self::scalar_offset), for the key that a path ends with.
    #[must_use]
    pub fn key_offset(&self, path: &[Segment<'_>], at: usize) -> Option<usize> {
        self.entry(path)?.0?.offset(self.text, at)
    }
}

/// The byte offset of a line and a column, both from 1 and in characters, as serde's YAML errors give them.
/// A place behind a line's end is the line's end; one behind the text, the text's end.
#[must_use]
pub fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let skipped = text.len() - text.trim_start_matches('\u{feff}').len();
    let rest = &text[skipped..];
    let start: usize = rest.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let in_line = rest[start..].split(['\r', '\n']).next().unwrap_or_default();
    let column = in_line.char_indices().nth(column.saturating_sub(1)).map_or(in_line.len(), |(at, _)| at);
    skipped + start + column
}

#[cfg(test)]
mod tests;
