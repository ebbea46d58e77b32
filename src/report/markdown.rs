//! Texts in Markdown.

use std::fmt::Write as _;

/// Text that Markdown shows as it is.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        // What would begin a list or a heading.
        if at > 0 && line.starts_with(['-', '+', '=']) {
            out.push('\\');
        }
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        for (byte, c) in line.char_indices() {
            let numbered = byte == digits && digits > 0 && matches!(c, '.' | ')');
            if numbered
                || matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&')
            {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// Markdown as a quotation, whose lines stay lines.
pub(super) fn quotation(markdown: &str) -> String {
    let mut out = String::new();
    let rows: Vec<_> = markdown.trim_end().lines().map(str::trim).collect();
    for (number, row) in rows.iter().enumerate() {
        // A line break that Markdown keeps, between two lines of one paragraph.
        let breaks = !row.is_empty() && rows.get(number + 1).is_some_and(|next| !next.is_empty());
        let _ = writeln!(out, "{}{}", format!("> {row}").trim_end(), if breaks { "\\" } else { "" });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shown_as_they_are() {
        assert_eq!(escaped("a_b *c* {{x}} <b>"), "a\\_b \\*c\\* \\{\\{x\\}\\} \\<b\\>");
        assert_eq!(escaped("1. x\n- y\n2) z"), "1\\. x\n\\- y\n2\\) z");
    }

    #[test]
    fn a_quotation_keeps_its_lines() {
        assert_eq!(quotation("a\n    b\n\nc\r\n"), "> a\\\n> b\n>\n> c\n");
    }
}
