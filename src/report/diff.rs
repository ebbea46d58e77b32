//! What would change in a file, as `patch` reads it.

use std::borrow::Cow;

use similar::TextDiff;

use super::{Ink, Style, escape};

/// Lines around a change that stay as they are.
const CONTEXT: usize = 3;

/// The changes of a file as a unified diff; nothing where there are none. What could harm a terminal is shown by its
/// name if one is written to: no program reads it there.
#[must_use]
pub fn render(name: &str, before: &str, after: &str, is_terminal: bool, style: Style) -> String {
    let diff = TextDiff::from_lines(before, after);
    let text = diff.unified_diff().context_radius(CONTEXT).header(name, name).to_string();
    let lines = text.split_inclusive('\n').enumerate();
    lines
        .map(|(number, line)| format!("{}\n", style.paint(ink(number, line), shown(line, is_terminal, style))))
        .collect()
}

/// A line without its end.
fn shown(line: &str, is_terminal: bool, style: Style) -> Cow<'_, str> {
    let line = line.strip_suffix('\n').unwrap_or(line);
    if is_terminal { escape::visible(line.strip_suffix('\r').unwrap_or(line), style.unicode) } else { line.into() }
}

fn ink(number: usize, line: &str) -> Ink {
    match line.as_bytes().first() {
        _ if number < 2 => Ink::Strong,
        Some(b'-') => Ink::Error,
        Some(b'+') => Ink::Good,
        Some(b'@') => Ink::Dim,
        _ => Ink::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Style = Style { width: 80, colour: false, unicode: true };

    #[test]
    fn shows_what_changes_as_patch_reads_it() {
        let before = "\u{feff}a\r\n--- asap\r\nc";
        let after = "\u{feff}a\r\n--- soon\r\nd";
        let diff = render("notes/a.txt", before, after, false, PLAIN);
        let expected = "--- notes/a.txt\n+++ notes/a.txt\n@@ -1,3 +1,3 @@\n \u{feff}a\r\n---- asap\r\n-c\n\
            \\ No newline at end of file\n+--- soon\r\n+d\n\\ No newline at end of file\n";
        assert_eq!(diff, expected);
        assert_eq!(render("a", before, before, false, PLAIN), "");
    }

    #[test]
    fn a_terminal_is_shown_nothing_that_could_harm_it() {
        let diff = render("a", "a\x1b[2J\r\n", "b\r\n", true, Style { colour: true, ..PLAIN });
        assert!(diff.contains("\x1b[1;31m-a\\x1b[2J\x1b[0m\n"), "{diff:?}");
        assert!(diff.contains("\x1b[32m+b\x1b[0m\n"), "{diff:?}");
    }
}
