//! Text from strangers, made safe to look at.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Whether a character could change how its surroundings are shown, or cannot be seen at all.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // What takes no room: zero-width space, word joiner, byte order mark, soft hyphen.
            '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{ad}' | '\u{180e}'
            // What turns the direction of writing.
            | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{61c}'
            // Line and paragraph separators; annotations; tags, which spell out invisible text.
            | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// What the reader sees as one character, as it may be shown: itself, or each hidden part of it by its name.
#[must_use]
pub fn cluster(cluster: &str, unicode: bool) -> Cow<'_, str> {
    // The flags of Scotland and Wales are a black flag followed by tags.
    let is_flag = cluster.starts_with('\u{1f3f4}') && cluster.ends_with('\u{e007f}');
    if cluster.width() > 0 && (is_flag || !cluster.chars().any(is_hidden)) {
        return Cow::Borrowed(cluster);
    }
    cluster.chars().map(|c| character(c, unicode)).collect::<String>().into()
}

/// A character as it may be shown; one that is hidden or takes no room as `⟨U+202E⟩`, or `<U+202E>` in ASCII.
#[must_use]
pub fn character(c: char, unicode: bool) -> String {
    match c {
        '\n' => "\\n".into(),
        '\r' => "\\r".into(),
        '\t' => "\\t".into(),
        '\x1b' => "\\x1b".into(),
        c if is_hidden(c) || c.to_string().width() == 0 => {
            let (open, close) = if unicode { ('⟨', '⟩') } else { ('<', '>') };
            format!("{open}U+{:04X}{close}", u32::from(c))
        }
        c => c.into(),
    }
}

/// The text with everything hidden, line breaks and tabs included, in visible form.
#[must_use]
pub fn visible(text: &str, unicode: bool) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    text.graphemes(true).map(|part| cluster(part, unicode)).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_could_change_the_terminal() {
        for (text, shown) in [
            ("plain — é 👩‍💻", "plain — é 👩‍💻"),
            ("\x1b[31mred", "\\x1b[31mred"),
            ("a\u{202e}b", "a⟨U+202E⟩b"),
            ("one\ntwo\tthree\r", "one\\ntwo\\tthree\\r"),
            ("\u{9b}2J", "⟨U+009B⟩2J"),
            ("a\u{e0041}", "a⟨U+E0041⟩"),
            ("🏴󠁧󠁢󠁷󠁬󠁳󠁿\u{7}", "🏴󠁧󠁢󠁷󠁬󠁳󠁿⟨U+0007⟩"),
        ] {
            assert_eq!(visible(text, true), shown);
        }
        assert_eq!(visible("a\u{7}", false), "a<U+0007>");
    }
}
