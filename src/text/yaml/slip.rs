//! Where YAML reads something else than what a person wrote: colons, `#`, `@` and brackets in text without quotes.

use super::{Node, Span, Style, Value, YamlError, quoted};

/// A value that a `#` without a space behind it emptied or cut off; YAML reads the rest as a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// What happened, and the line to write.
    pub error: YamlError,
    /// Whether nothing is left of the value.
    pub emptied: bool,
}

/// The line of `text` around an offset, and where it starts.
fn line_at(text: &str, at: usize) -> (usize, &str) {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].split('\n').next().unwrap_or_default();
    (start, line.trim_end_matches('\r'))
}

/// The line around an offset with its value in quotes: `talk: "Rust: the hard parts"`. `None` where quotes would not
/// help.
fn quoted_line(text: &str, at: usize) -> Option<String> {
    let (_, line) = line_at(text, at);
    let (key, value) = line.trim_start_matches([' ', '-']).split_once(':')?;
    let value = value.trim();
    let plain_key = !key.is_empty() && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let in_quotes = value.len() > 1 && value.starts_with(['"', '\'']) && value.ends_with(value.chars().next()?);
    if !plain_key || value.is_empty() || value.starts_with("# ") || in_quotes {
        return None;
    }
    Some(format!("Write: {key}: {}", quoted(value)))
}

/// Whether a value on one line is one that only quotes make text.
fn wants_quotes(value: &str) -> bool {
    let opens = value.starts_with(['@', '`', '[', '{', '#', '%', '&', '*', '!', '|', '>', '"', '\'']);
    opens || value.contains(": ") || value.ends_with(':')
}

/// The value on the line around an offset, and where it starts.
fn value_at(text: &str, at: usize) -> Option<(usize, &str)> {
    let (start, line) = line_at(text, at);
    let (key, value) = line.split_once(':')?;
    let blank = value.len() - value.trim_start().len();
    Some((start + key.len() + 1 + blank, value.trim()))
}

impl YamlError {
    /// The same error about a value that should be text: where quotes are all that is missing, the help shows the line
    /// to write. `text` must be the text the error is about.
    #[must_use]
    pub fn with_quotes(self, text: &str) -> Self {
        match value_at(text, self.span.start) {
            Some((start, value)) if start == self.span.start && wants_quotes(value) => self.quoted(text),
            _ => self,
        }
    }

    /// The same error about a text that is no YAML, which may have stopped the parser anywhere in a value.
    pub(super) fn with_quotes_anywhere(self, text: &str) -> Self {
        match value_at(text, self.span.start) {
            Some((start, value)) if start <= self.span.start && wants_quotes(value) => self.quoted(text),
            _ => self,
        }
    }

    fn quoted(mut self, text: &str) -> Self {
        self.help = quoted_line(text, self.span.start).or(self.help);
        self
    }
}

/// The slips in a value that YAML read without complaint. `text` must be the text the node was read from.
#[must_use]
pub fn slips(text: &str, node: &Node<'_>) -> Vec<Slip> {
    let mut found = Vec::new();
    collect(text, node, &mut found);
    found
}

fn collect(text: &str, node: &Node<'_>, found: &mut Vec<Slip>) {
    for (key, value) in node.entries() {
        found.extend(comment_slip(text, key, value));
        collect(text, value, found);
    }
    for item in node.items() {
        collect(text, item, found);
    }
}

fn comment_slip(text: &str, key: &Node<'_>, value: &Node<'_>) -> Option<Slip> {
    let Value::Scalar(read, Style::Plain) = &value.value else { return None };
    let emptied = read.is_empty();
    let from = if emptied { key.span.end } else { value.span.end };
    let (start, line) = line_at(text, from);
    let rest = line.get(from - start..)?;
    let hash = rest.find('#')?;
    let between = rest[..hash].trim();
    let tagged = rest[hash + 1..].starts_with(char::is_alphanumeric);
    if !tagged || between != if emptied { ":" } else { "" } {
        return None;
    }
    let name = key.text().unwrap_or_default();
    let message = if emptied {
        format!("`{name}` is empty: YAML takes all from the # on for a comment")
    } else {
        format!("`{name}` is read as “{read}”: YAML takes all from the # on for a comment")
    };
    let help = quoted_line(text, from).unwrap_or_else(|| "Put the whole value in double quotes.".to_owned());
    let span = Span::new(from + hash, start + line.len());
    Some(Slip { error: YamlError { message, help: Some(help), span }, emptied })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_line_in_quotes() {
        for (line, quoted) in [
            ("    - talk: Rust: the hard parts\r\n", Some(r#"talk: "Rust: the hard parts""#)),
            ("  what: #meetup", Some(r##"what: "#meetup""##)),
            ("  what: \"Rust\" and \\", Some(r#"what: "\"Rust\" and \\""#)),
            ("  what: \"Rust\"", None),
            ("  what: # to do", None),
            ("  - {what: a: b}", None),
            ("  what:", None),
            ("Ana", None),
        ] {
            let written = quoted_line(line, 0);
            assert_eq!(written.as_deref().and_then(|help| help.strip_prefix("Write: ")), quoted, "{line}");
        }
    }
}
