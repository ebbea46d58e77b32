use std::borrow::Cow;
use std::fmt::Write as _;

/// Text as a YAML value on one line: plain where every reader takes it for this text, else in double quotes.
#[must_use]
pub fn scalar(text: &str) -> Cow<'_, str> {
    let plain =
        |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '.' | ',' | '_' | '-' | '/' | '\'' | '’');
    let starts_well = text.starts_with(char::is_alphabetic);
    let is_word = !matches!(
        &*text.to_ascii_lowercase(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "inf" | "nan"
    );
    if starts_well && is_word && !text.ends_with(' ') && text.chars().all(plain) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(quoted(text))
    }
}

/// Text in double quotes, with escapes.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Controls, line separators, a BOM and noncharacters are not allowed as they are.
            _ if letter.is_control()
                || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
            {
                let _ = write!(out, "\\u{:04x}", letter as u32);
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}
