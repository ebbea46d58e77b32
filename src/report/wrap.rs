//! Breaking text into lines that fit.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::{Ink, Style, escape};

/// Breaks `text` at spaces into lines of at most `first` and then `rest` columns. A word that is too long for a line
/// of its own is cut between characters. Line breaks of the text stay. There is always at least one line.
#[must_use]
pub fn lines(text: &str, first: usize, rest: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut left = paragraph;
        loop {
            let room = if lines.is_empty() { first } else { rest };
            let (line, after) = split(left, room.max(1));
            // Rather an empty first line than a word that is cut for want of room beside a label.
            if lines.is_empty() && first < rest && is_cut(line, after, left) && word(left).width() <= rest {
                lines.push("");
                continue;
            }
            lines.push(line);
            if after.is_empty() {
                break;
            }
            left = after;
        }
    }
    lines
}

/// Whether a line ends inside a word.
fn is_cut(line: &str, after: &str, text: &str) -> bool {
    line.len() + after.len() == text.len() && !after.is_empty()
}

fn word(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

/// The first line of `text` and what comes after it and its spaces.
fn split(text: &str, room: usize) -> (&str, &str) {
    let mut used = 0;
    let mut space = None;
    for (at, cluster) in text.grapheme_indices(true) {
        if cluster == " " && at > 0 {
            space = Some(at);
        }
        used += cluster.width();
        if used > room && cluster != " " {
            // A cluster wider than the room stands alone: dropping it would hide text.
            let cut = space.unwrap_or(if at == 0 { cluster.len() } else { at });
            return (text[..cut].trim_end_matches(' '), text[cut..].trim_start_matches(' '));
        }
    }
    (text.trim_end_matches(' '), "")
}

/// As much of the start of `text` as fits `room` columns.
#[must_use]
pub fn cut(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        used += cluster.width();
        if used > room {
            return &text[..at];
        }
    }
    text
}

/// `label: text`, wrapped to the style's width, the label in its ink and later lines set in by two.
#[must_use]
pub fn labelled(label: &str, ink: Ink, text: &str, style: Style) -> String {
    let text = text.split('\n').map(|line| escape::visible(line, style.unicode)).collect::<Vec<_>>().join("\n");
    let text = format!("{label}: {text}");
    let text = style.fold(&text);
    let mut out = String::new();
    for (row, line) in lines(&text, style.width, style.width.saturating_sub(2)).into_iter().enumerate() {
        let _ = match line.strip_prefix(label) {
            Some(rest) if row == 0 => writeln!(out, "{}{rest}", style.paint(ink, label)),
            _ if row == 0 || line.is_empty() => writeln!(out, "{line}"),
            _ => writeln!(out, "  {line}"),
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_at_spaces_and_cuts_what_is_too_long() {
        for (text, width, expected) in [
            ("one two three", 7, vec!["one two", "three"]),
            ("one  two", 4, vec!["one", "two"]),
            ("abcdefgh", 3, vec!["abc", "def", "gh"]),
            ("日本語", 4, vec!["日本", "語"]),
            ("👩‍💻👩‍💻", 2, vec!["👩‍💻", "👩‍💻"]),
            ("日", 1, vec!["日"]),
            ("a\n\nb", 9, vec!["a", "", "b"]),
            ("", 9, vec![""]),
            ("one two ", 7, vec!["one two"]),
        ] {
            assert_eq!(lines(text, width, width), expected, "{text:?} at {width}");
        }
    }

    #[test]
    fn the_first_line_may_have_less_room() {
        assert_eq!(lines("pushy/bump: words", 6, 14), ["", "pushy/bump:", "words"]);
        assert_eq!(lines("https://example.com", 6, 14), ["https:", "//example.com"]);
        assert_eq!(lines("one two three", 3, 20), ["one", "two three"]);
    }
}
