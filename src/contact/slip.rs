//! Where YAML reads something else than what a person wrote: colons, `#`, `@` and brackets in text without quotes.

use crate::diagnostic::{Diagnostic, Level};
use crate::text::Span;
use crate::text::yaml::{Node, Style, Value};

/// The line of `text` around an offset, and where it starts.
fn line_at(text: &str, at: usize) -> (usize, &str) {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].split('\n').next().unwrap_or_default();
    (start, line.trim_end_matches('\r'))
}

/// The line around an offset with its value in quotes: `talk: "Rust: the hard parts"`. `None` where quotes would not
/// help.
pub(super) fn quoted_line(text: &str, at: usize) -> Option<String> {
    let (_, line) = line_at(text, at);
    let line = line.trim_start_matches([' ', '-']);
    let (key, value) = line.split_once(':')?;
    let value = value.trim();
    let plain_key = !key.is_empty() && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let quoted = value.len() > 1 && value.starts_with(['"', '\'']) && value.ends_with(value.chars().next()?);
    if !plain_key || value.is_empty() || value.starts_with("# ") || quoted {
        return None;
    }
    Some(format!("{key}: \"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// Whether the value that starts or stops at an offset is one that only quotes make text.
pub(super) fn wants_quotes(text: &str, at: usize) -> bool {
    let (start, line) = line_at(text, at);
    let Some((key, value)) = line.split_once(':') else { return false };
    let value_start = start + key.len() + 1;
    let value = value.trim();
    let opens = value.starts_with(['@', '`', '[', '{', '#', '%', '&', '*', '!', '|', '>', '"', '\'']);
    at >= value_start && (opens || value.contains(": ") || value.ends_with(':'))
}

/// The slips in a row that YAML read without complaint: values that a `#` emptied (errors) or cut off (warnings).
pub(super) fn silent_slips(text: &str, node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    for (key, value) in node.entries() {
        found.extend(comment_slip(text, key, value));
        silent_slips(text, value, found);
    }
    for item in node.items() {
        silent_slips(text, item, found);
    }
}

fn comment_slip(text: &str, key: &Node<'_>, value: &Node<'_>) -> Option<Diagnostic> {
    let Value::Scalar(read, Style::Plain) = &value.value else { return None };
    let from = if read.is_empty() { key.span.end } else { value.span.end };
    let (start, line) = line_at(text, from);
    let rest = line.get(from - start..)?;
    let hash = rest.find('#')?;
    let between = rest[..hash].trim();
    let tagged = rest[hash + 1..].starts_with(|next: char| next.is_alphanumeric());
    if !tagged || !matches!((read.is_empty(), between), (true, ":") | (false, "")) {
        return None;
    }
    let span = Span::new(from + hash, start + line.len());
    let help = quoted_line(text, from).map(|line| format!("Write: {line}"));
    let help = help.unwrap_or_else(|| "Put the whole value in double quotes.".to_owned());
    let name = key.text().unwrap_or_default();
    let (level, message) = if read.is_empty() {
        (Level::Error, format!("`{name}` is empty: YAML takes all from the # on for a comment"))
    } else {
        (Level::Warning, format!("`{name}` is read as “{read}”: YAML takes all from the # on for a comment"))
    };
    Some(Diagnostic::new(super::read::RULE, level, message, span).with_help(help))
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
            assert_eq!(quoted_line(line, 0).as_deref(), quoted, "{line}");
        }
    }
}
