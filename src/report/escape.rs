//! Text from strangers, made safe to look at.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character could change how its surroundings are shown, or cannot be seen at all.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Marks that hide or reorder: zero width, joiners excepted; bidi controls; line and paragraph separators.
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{61c}' | '\u{180e}' | '\u{ad}'
            // Interlinear annotation and tags.
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A hidden character in visible form: `⟨U+202E⟩`, or `<U+202E>` in ASCII.
#[must_use]
pub fn name(c: char, unicode: bool) -> String {
    let (open, close) = if unicode { ('⟨', '⟩') } else { ('<', '>') };
    format!("{open}U+{:04X}{close}", u32::from(c))
}

/// The text with every hidden character, line breaks and tabs included, in visible form.
#[must_use]
pub fn visible(text: &str, unicode: bool) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) => {
                let _ = write!(out, "{}", name(c, unicode));
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_could_change_the_terminal() {
        for (text, shown) in [
            ("plain — é 👩‍💻", "plain — é 👩‍💻"),
            ("\x1b[31mred", "⟨U+001B⟩[31mred"),
            ("a\u{202e}b", "a⟨U+202E⟩b"),
            ("one\ntwo\tthree\r", "one\\ntwo\\tthree\\r"),
            ("\u{9b}2J", "⟨U+009B⟩2J"),
        ] {
            assert_eq!(visible(text, true), shown);
        }
        assert_eq!(visible("a\u{7}", false), "a<U+0007>");
    }
}
