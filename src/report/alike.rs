//! Notes of a run that are one text: said once, with the list of them.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Ink, Style, escape, wrap};
use crate::lint::Alike;

/// Notes that are named on a terminal; the others are counted.
const NAMED: usize = 10;

/// The finding, the notes it is about, and what to do. `names` are those of `alike.notes`.
#[must_use]
pub fn render(alike: &Alike, names: &[&str], style: Style) -> String {
    let found = &alike.diagnostic;
    let level = found.level.as_str();
    let indent = " ".repeat(level.len() + 2);
    let mut out = String::new();
    let mut paragraph = |text: &str, ink: Ink| {
        let room = style.width.saturating_sub(indent.len()).max(1);
        for line in wrap::lines(&escape::visible(&style.fold(text), style.unicode), room, room) {
            let lead =
                if out.is_empty() { format!("{}  ", style.paint(level_ink(alike), level)) } else { indent.clone() };
            let _ = writeln!(out, "{lead}{}", style.paint(ink, line));
        }
    };
    paragraph(&format!("{}: {}", found.rule, found.message), Ink::Plain);
    paragraph(&list(names, NAMED), Ink::Dim);
    if let Some(help) = &found.help {
        paragraph(&format!("help: {help}"), Ink::Plain);
    }
    out
}

/// One line, at the first of the notes.
#[must_use]
pub fn short(alike: &Alike, names: &[&str], style: Style) -> String {
    let found = &alike.diagnostic;
    let first = names.first().copied().unwrap_or_default();
    let said = format!("{first}:1:1: {}: {}: {} [{}]", found.level, found.message, list(names, usize::MAX), found.rule);
    format!("{}\n", style.fold(&escape::visible(&said, style.unicode)))
}

fn level_ink(alike: &Alike) -> Ink {
    alike.diagnostic.level.into()
}

fn list(names: &[&str], most: usize) -> String {
    let shown = &names[..names.len().min(most)];
    let more = names.len() - shown.len();
    let behind = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{behind}", shown.join(", "))
}

/// The finding for programs: `N` names a note, a file's name or the number of a line.
#[derive(Serialize)]
pub(super) struct Record<'a, N> {
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    notes: &'a [N],
}

impl<'a, N> Record<'a, N> {
    pub(super) fn new(alike: &'a Alike, notes: &'a [N]) -> Self {
        let found = &alike.diagnostic;
        Self {
            rule: &found.rule,
            level: found.level.as_str(),
            message: &found.message,
            help: found.help.as_deref(),
            notes,
        }
    }
}
