//! What was meant: Tera's words for what other languages write in another way.

use super::error::SyntaxError;
use crate::text::Span;

/// A character that stands in no tag.
pub(super) fn unexpected_character(source: &str, at: usize) -> SyntaxError {
    let rest = &source[at..];
    let Some(c) = rest.chars().next() else { return SyntaxError::new(Span::new(at, at), "the template ends here") };
    let length = if rest.starts_with("&&") { 2 } else { c.len_utf8() };
    let span = Span::new(at, at + length);
    let (message, help) = match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '´' => {
            (format!("{c} is a typographic quote, which opens no string"), "Write \" or ' around a string.")
        }
        '–' | '—' | '−' => (format!("{c} is a typographic dash"), "Write - for minus."),
        '&' => (format!("{} is no sign of a template", &rest[..length]), "Write `and`."),
        ';' => ("; is no sign of a template".to_owned(), "Take it out: one tag says one thing."),
        '?' => ("? is no sign of a template".to_owned(), "Write `a if condition else b`, or a?.b."),
        '#' => ("# starts no comment inside a tag".to_owned(), "Put comments into {# … #}."),
        c if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}') => {
            (format!("an invisible character (U+{:04X}) stands in this tag", u32::from(c)), "Put a plain space there.")
        }
        c if c.is_alphanumeric() => {
            (format!("“{c}” cannot stand in a name"), "Names have ASCII letters, digits and _; text stands in quotes.")
        }
        c => (format!("“{}” is no sign of a template", c.escape_debug()), "Put text into quotes, or take it out."),
    };
    SyntaxError::new(span, message).with_help(help)
}

/// What to do about a word or sign that stands where it cannot, going by what stands before and behind it.
pub(super) fn instead_of(found: &str, before: &str, behind: &str) -> Option<&'static str> {
    Some(match (before, found, behind) {
        ("|", "|", _) | (_, "|", "|") => "Write `or`.",
        (_, "!", _) => "Write `not`.",
        ("=", "=", _) | (_, "=", _) => "Compare with ==; give a name with {% set name = … %}.",
        ("+" | "-", "+" | "-", _) => "Add with one sign, and put a negative number into parentheses.",
        ("<", ">", _) => "Write !=.",
        (_, "}", _) => "Close a print with }}, and a tag with %}.",
        (_, "@" | ":", _) => "Take it out.",
        ("not", _, _) => "`not` stands before a value, or in `is not` and `not in`.",
        ("include" | "extends", _, _) => "Write a template's name in quotes: \"parts/sign-off\".",
        ("else", "if", _) => "Write {% elif … %}.",
        _ => return None,
    })
}
