//! Rows of cells in columns.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::{Ink, Style, escape, wrap};

/// Columns between two cells.
const GAP: usize = 2;
/// The last column is wrapped to what is left of the line; with less than this it goes below the others.
const LEAST: usize = 24;

/// Rows in columns, one below the other; see [`blocks`].
#[must_use]
pub fn render<const N: usize>(rows: &[[(Ink, String); N]], widest: usize, style: Style) -> String {
    blocks(rows, widest, style).concat()
}

/// The lines of each row. A column is as wide as its widest cell, the last wrapped to the rest of the line. A cell of the first
/// column that is wider than `widest` takes a line of its own, rather than all rows the room. Only the last cell may
/// have several lines.
#[must_use]
pub fn blocks<const N: usize>(rows: &[[(Ink, String); N]], widest: usize, style: Style) -> Vec<String> {
    let rows: Vec<[(Ink, String); N]> = rows.iter().map(|row| row.each_ref().map(|cell| shown(cell, style))).collect();
    let mut widths = [0; N];
    for row in &rows {
        for (at, (_, text)) in row.iter().enumerate() {
            let width = text.lines().map(str::width).max().unwrap_or_default();
            widths[at] = widths[at].max(if at == 0 && width > widest { 0 } else { width });
        }
    }
    let before: usize = widths[..N - 1].iter().filter(|width| **width > 0).map(|width| width + GAP).sum();
    let block = |row| {
        let mut out = String::new();
        if before + LEAST > style.width {
            stacked(&mut out, row, style);
        } else {
            aligned(&mut out, row, &widths, style.width - before, style);
        }
        out
    };
    rows.iter().map(block).collect()
}

fn shown((ink, text): &(Ink, String), style: Style) -> (Ink, String) {
    let text = text.split('\n').map(|line| escape::visible(line, style.unicode)).collect::<Vec<_>>().join("\n");
    (*ink, style.fold(&text).into_owned())
}

fn aligned<const N: usize>(out: &mut String, row: &[(Ink, String); N], widths: &[usize; N], room: usize, style: Style) {
    let lines = wrap::lines(&row[N - 1].1, room, room);
    let own_line = row[0].1.width() > widths[0];
    if own_line {
        let text = wrap::lines(&row[0].1, style.width, style.width).join("\n");
        let _ = writeln!(out, "{}", style.paint(row[0].0, text));
    }
    for (number, last) in lines.into_iter().enumerate() {
        let mut line = String::new();
        let mut at = 0;
        for (column, (ink, text)) in row[..N - 1].iter().enumerate().filter(|(column, _)| widths[*column] > 0) {
            if number == 0 && !text.is_empty() && !(column == 0 && own_line) {
                let _ = write!(line, "{}", style.paint(*ink, text));
                at += text.width();
            }
            let end = widths[..=column].iter().filter(|width| **width > 0).map(|width| width + GAP).sum::<usize>();
            let _ = write!(line, "{:1$}", "", end - at);
            at = end;
        }
        if !last.is_empty() {
            let _ = write!(line, "{}", style.paint(row[N - 1].0, last));
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// The cells one after the other, the last below them.
fn stacked<const N: usize>(out: &mut String, row: &[(Ink, String); N], style: Style) {
    let filled: Vec<_> = row[..N - 1].iter().map(|(_, text)| text.as_str()).filter(|text| !text.is_empty()).collect();
    let text = filled.join("  ");
    for (number, line) in wrap::lines(&text, style.width, style.width.saturating_sub(2)).into_iter().enumerate() {
        let indent = if number == 0 { "" } else { "  " };
        let ink = if number == 0 { row[0].0 } else { Ink::Plain };
        let _ = match line.strip_prefix(&*row[0].1) {
            Some(rest) => writeln!(out, "{indent}{}{rest}", style.paint(ink, &row[0].1)),
            None => writeln!(out, "{indent}{}", style.paint(ink, line)),
        };
    }
    let room = style.width.saturating_sub(2);
    for line in wrap::lines(&row[N - 1].1, room, room).into_iter().filter(|_| !row[N - 1].1.is_empty()) {
        let _ = writeln!(out, "  {}", style.paint(row[N - 1].0, line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(rows: &[[&str; 3]], widest: usize, width: usize) -> String {
        let rows: Vec<_> = rows.iter().map(|row| row.map(|text| (Ink::Plain, text.to_owned()))).collect();
        render(&rows, widest, Style { width, colour: false, unicode: true })
    }

    #[test]
    fn the_last_column_is_wrapped_to_the_rest_of_the_line() {
        let rows = [["a/bb", "error", "one two three four five six seven"], ["a/a-very-long-id", "on", "eight"]];
        assert_eq!(
            drawn(&rows, 8, 40),
            "a/bb  error  one two three four five six\n             seven\na/a-very-long-id\n      on     eight\n"
        );
        assert_eq!(
            drawn(&rows, 16, 34),
            "a/bb  error\n  one two three four five six\n  seven\na/a-very-long-id  on\n  eight\n"
        );
    }

    #[test]
    fn a_column_without_text_takes_no_room() {
        assert_eq!(drawn(&[["a", "", "b"], ["cc", "", "d"]], 8, 40), "a   b\ncc  d\n");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let rows = [["structure/too-many-questions-in-invite", "suggestion", "More than one question — at once\n\tx"]];
        for width in 20..90 {
            for line in drawn(&rows, 30, width).lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
}
