//! A note on a terminal: shown once, its findings marked in place and explained below by number.

use std::fmt::Write as _;

use super::cell::{Cell, Role, cells, rows};
use super::mark::{self, Mark, marks};
use super::verdict::{Counts, count, list};
use super::{Ink, Note, Style, escape, wrap};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::lint::{Readiness, gate};
use crate::text::{Document, Language};

/// The rows of a note that are shown. What is longer is no note but a wrong file.
const MOST_ROWS: usize = 200;

/// The note, what was found in it, and whether it is ready to send.
#[must_use]
pub fn render(note: &Note<'_>, style: Style) -> String {
    render_as(note, note.document, note.diagnostics, style)
}

/// The same with another text in the place of the note's, and what was found in that.
#[must_use]
pub fn render_as(note: &Note<'_>, document: &Document, diagnostics: &[Diagnostic], style: Style) -> String {
    let mut out = String::new();
    header(&mut out, note, style);
    if note.diagnostics.is_empty() {
        out += &verdict(note, style);
        return out;
    }
    // A gutter of two columns sets the note apart from what is said about it.
    let room = style.width.saturating_sub(2).max(1);
    let marks = marks(document.text(), diagnostics, room);
    out.push('\n');
    if !document.text().trim().is_empty() {
        body(&mut out, document, &marks, room, style);
        out.push('\n');
    }
    explain(&mut out, &marks, style);
    out.push('\n');
    out += &verdict(note, style);
    out
}

/// A text with the places of findings marked, without what is said about them.
#[must_use]
pub fn marked(document: &Document, diagnostics: &[Diagnostic], style: Style) -> String {
    let room = style.width.saturating_sub(2).max(1);
    let text = document.text();
    let marks = marks(text, diagnostics, room);
    let shown = cells(document, style, |space| mark::is_pinned(text, &marks, space));
    let mut out = String::new();
    for row in rows(&shown, room) {
        draw(&mut out, &shown[row], &marks, style);
    }
    out
}

/// The note itself, with the numbers of the marks in it.
pub(super) fn body(out: &mut String, document: &Document, marks: &[Mark<'_>], room: usize, style: Style) {
    let text = document.text();
    let shown = cells(document, style, |space| mark::is_pinned(text, marks, space));
    let shown = mark::number(shown, marks, style);
    let rows = rows(&shown, room);
    let more = rows.len().saturating_sub(MOST_ROWS);
    for row in rows.into_iter().take(MOST_ROWS) {
        draw(out, &shown[row], marks, style);
    }
    if more > 0 {
        let gutter = if style.unicode { "│ …" } else { "| ..." };
        let _ = writeln!(out, "{}", style.paint(Ink::Dim, format!("{gutter} {}", count(more, "more line"))));
    }
}

/// `invite (assumed) · LinkedIn invitation note · free account`
pub(super) fn about(note: &Note<'_>) -> String {
    let context = note.context;
    let mut about = format!("{}{}", context.kind, if note.kind_assumed { " (assumed)" } else { "" });
    let _ = write!(about, " · {}", context.channel().name());
    if let Some(account) = context.account {
        let _ = write!(about, " · {} account", account.as_str());
    }
    if let Some(language) = context.language().filter(|language| *language != Language::ENGLISH) {
        let _ = match language.name() {
            Some(name) => write!(about, " · {name}"),
            None => write!(about, " · {language} (no phrases of its own yet: only the rules for every language)"),
        };
    }
    about
}

/// `ana.txt · invite (assumed) · LinkedIn invitation note · 172/200`
pub(super) fn header(out: &mut String, note: &Note<'_>, style: Style) {
    let mut about = about(note);
    if !note.diagnostics.is_empty() {
        let _ = write!(about, " · {}", note.length().gauge(note.document.text()));
    }
    let name = escape::visible(note.name, style.unicode);
    let text = format!("{name} · {about}");
    let text = style.fold(&text);
    for (row, line) in wrap::lines(&text, style.width, style.width.saturating_sub(2)).into_iter().enumerate() {
        match line.strip_prefix(&*name) {
            Some(rest) if row == 0 => {
                let _ = writeln!(out, "{}{}", style.paint(Ink::Strong, &name), style.paint(Ink::Dim, rest));
            }
            _ => {
                let indent = if row == 0 { "" } else { "  " };
                let _ = writeln!(out, "{indent}{}", style.paint(Ink::Dim, line));
            }
        }
    }
}

/// `Ready: 172/200, mentions her talk`, `Rewrite: something is left to fill in; 1 error, 2 warnings`
fn verdict(note: &Note<'_>, style: Style) -> String {
    let readiness = note.readiness();
    let label = label(readiness);
    let ink = match readiness {
        Readiness::Ready => Ink::Good,
        Readiness::NeedsReason => Ink::Warning,
        Readiness::Rewrite => Ink::Error,
    };
    if !note.diagnostics.is_empty() {
        let gate = gate(note.diagnostics).map(|gate| format!("{}; ", gate.as_str())).unwrap_or_default();
        let text = format!("{gate}{}", Counts::of(note.diagnostics).words());
        return wrap::labelled(label, ink, &text, style);
    }
    let mut text = note.length().gauge(note.document.text());
    if !note.facts.is_empty() {
        let _ = write!(text, ", mentions {}", list(note.facts));
    } else if let Some(words) = personal(note) {
        let _ = write!(text, ", personal by {words}");
    }
    wrap::labelled(label, ink, &text, style)
}

/// What a note still needs, at the start of a line.
pub(super) const fn label(readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::Ready => "Ready",
        Readiness::NeedsReason => "Needs a reason",
        Readiness::Rewrite => "Rewrite",
    }
}

/// The first words that only this reader could be told: `“kiln”, “Hull”`.
fn personal(note: &Note<'_>) -> Option<String> {
    let text = note.document.text();
    let words = note.shared?.words.iter().take(3);
    let words: Vec<_> = words.map(|span| format!("“{}”", escape::visible(&text[span.range()], true))).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// One row of the note, and beneath it the marks that colour does not show.
fn draw(out: &mut String, row: &[Cell<'_>], marks: &[Mark<'_>], style: Style) {
    let gutter = if style.unicode { "│" } else { "|" };
    let gutter = style.paint(Ink::Dim, gutter);
    let mut line = String::new();
    let mut code = "";
    for cell in row {
        let next = if style.colour { paint(cell, marks) } else { "" };
        if next != code {
            line.push_str(if code.is_empty() { "" } else { "\x1b[0m" });
            line.push_str(next);
            code = next;
        }
        line.push_str(&cell.shown);
    }
    line.push_str(if code.is_empty() { "" } else { "\x1b[0m" });
    let _ = if line.is_empty() { writeln!(out, "{gutter}") } else { writeln!(out, "{gutter} {line}") };
    let lanes = marks.iter().map(|mark| mark.lane + 1).max().unwrap_or_default();
    for lane in usize::from(style.colour)..lanes {
        let mut line = String::new();
        for (level, width) in beneath(row, marks, lane) {
            let glyph = level.map_or(' ', mark::underline).to_string().repeat(width);
            let _ = write!(line, "{}", style.paint(level.map_or(Ink::Plain, Ink::from), glyph));
        }
        if !line.is_empty() {
            let _ = writeln!(out, "{gutter} {line}");
        }
    }
}

/// The escape that shows a cell's place in a finding; the heaviest finding decides.
fn paint(cell: &Cell<'_>, marks: &[Mark<'_>]) -> &'static str {
    if let Role::Number(index) = cell.role {
        return match marks[index].diagnostic.level {
            Level::Error => "\x1b[1;31m",
            Level::Warning => "\x1b[1;33m",
            Level::Suggestion => "\x1b[1;36m",
        };
    }
    let covering = marks.iter().filter(|mark| mark.number.is_some() && mark.covers(cell));
    match covering.map(|mark| mark.diagnostic.level).max() {
        Some(Level::Error) => "\x1b[4;31m",
        Some(Level::Warning) => "\x1b[4;33m",
        Some(Level::Suggestion) => "\x1b[4;36m",
        None => "",
    }
}

/// The stretches of the line beneath a row, which marks the words of the findings in a lane.
fn beneath(row: &[Cell<'_>], marks: &[Mark<'_>], lane: usize) -> Vec<(Option<Level>, usize)> {
    let lane = || marks.iter().enumerate().filter(|(_, mark)| mark.lane == lane && mark.number.is_some());
    let mut stretches: Vec<(Option<Level>, usize)> = Vec::new();
    for cell in row {
        let own = |index| cell.role == Role::Number(index);
        let found = lane().find(|(index, mark)| mark.covers(cell) || (mark.span.is_empty() && own(*index)));
        let level = found.map(|(_, mark)| mark.diagnostic.level);
        match stretches.last_mut() {
            Some((last, width)) if *last == level => *width += cell.width,
            _ => stretches.push((level, cell.width)),
        }
    }
    stretches.pop_if(|(level, _)| level.is_none());
    stretches
}

/// Each finding in words.
fn explain(out: &mut String, marks: &[Mark<'_>], style: Style) {
    let digits = marks.len().to_string().len();
    let level = marks.iter().map(|mark| mark.diagnostic.level.as_str().len()).max().unwrap_or_default();
    let column = digits + 1 + level + 2;
    // Where there is little room, the text goes on under the number.
    let hang = if style.width < 60 { 2 } else { column };
    for mark in marks {
        let diagnostic = mark.diagnostic;
        let number = mark.number.map_or_else(|| "*".to_owned(), |number| number.to_string());
        let word = diagnostic.level.as_str();
        let padding = " ".repeat(level - word.len());
        let _ = write!(out, "{number:>digits$} {}{padding}  ", style.paint(diagnostic.level.into(), word));
        let said = format!("{}: {}", diagnostic.rule, diagnostic.message);
        paragraph(out, &said, column, hang, style);
        for (label, text) in remarks(diagnostic) {
            let _ = write!(out, "{:hang$}{}: ", "", style.paint(Ink::Help, label));
            paragraph(out, &text, hang + label.len() + 2, hang, style);
        }
    }
}

/// What to do about a finding.
pub(super) fn remarks(diagnostic: &Diagnostic) -> Vec<(&'static str, String)> {
    let help = diagnostic.help.as_deref().map(|help| ("help", help.to_owned()));
    let fix = diagnostic.fix.as_ref().map(|fix| ("fix", change(fix)));
    help.into_iter().chain(fix).collect()
}

/// A fix in words.
fn change(fix: &Fix) -> String {
    match &*fix.edits {
        [edit] if edit.text.trim().is_empty() => "leave it out".to_owned(),
        [edit] => format!("“{}”", edit.text),
        edits => format!("{} changes", edits.len()),
    }
}

/// Wrapped text whose first line starts in column `at` and whose others start in column `hang`.
pub(super) fn paragraph(out: &mut String, text: &str, at: usize, hang: usize, style: Style) {
    let text = escape::visible(text, style.unicode);
    let text = style.fold(&text);
    let room = |column| style.width.saturating_sub(column);
    for (row, line) in wrap::lines(&text, room(at), room(hang)).into_iter().enumerate() {
        if row == 0 && line.is_empty() {
            out.truncate(out.trim_end_matches(' ').len());
        }
        let indent = if row == 0 { 0 } else { hang };
        let _ = writeln!(out, "{:indent$}{line}", "");
    }
}
