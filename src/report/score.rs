//! The checklist score, line by line.

use std::fmt::Write as _;

use super::{Ink, Style, wrap};
use crate::lint::Score;
use crate::lint::score::weights::{
    ASKS, BASE, GATED, GREETING, LENGTH, LEVELS, OFFER, OTHER_PACK, PACKS, REASON, RULES, SHARED, THANKS, Weight,
};

/// What is said below every score.
pub const CAVEAT: &str = "It counts what a checklist counts, not how likely an answer is: docs/score.md.";

/// The points with the lines they are the sum of; without a score, why there is none.
#[must_use]
pub fn render(score: Option<&Score>, style: Style) -> String {
    let Some(score) = score else {
        return wrap::labelled("Score", Ink::Strong, "none; the checklist is for notes in English", style);
    };
    let mut out = wrap::labelled("Score", Ink::Strong, &format!("{} of {}", score.points, score.of), style);
    for (at, line) in score.lines.iter().enumerate() {
        let points = if at == 0 { line.points.to_string() } else { signed(line.points) };
        let rows = wrap::lines(&line.what, style.width.saturating_sub(7), style.width.saturating_sub(9));
        for (row, text) in rows.into_iter().enumerate() {
            let text = style.fold(text);
            let _ = if row == 0 { writeln!(out, "{points:>5}  {text}") } else { writeln!(out, "{:9}{text}", "") };
        }
    }
    for line in wrap::lines(&style.fold(CAVEAT), style.width, style.width) {
        let _ = writeln!(out, "{}", style.paint(Ink::Dim, line));
    }
    out
}

/// The checklist as tables in Markdown.
#[must_use]
pub fn tables() -> String {
    let mut out = String::from("| for | points | from |\n|---|--:|---|\n");
    let row = |out: &mut String, what: &str, points: i32, source: &str| {
        let sign = if what == BASE.what || what == GATED.what { points.to_string() } else { signed(points) };
        let _ = writeln!(out, "| {what} | {sign} | {source} |");
    };
    let weights = [&BASE].into_iter().chain(SHARED.iter().map(|(_, weight)| weight));
    weights.for_each(|Weight { what, points, source }| row(&mut out, what, *points, source));
    let mut above = 0;
    for (most, Weight { what, points, source }) in LENGTH {
        let range = match *most {
            usize::MAX => format!("{what}: more than {above} characters"),
            most => format!("{what}: up to {most} characters"),
        };
        row(&mut out, &range, *points, source);
        above = *most;
    }
    for Weight { what, points, source } in [&GREETING, &THANKS, &ASKS, &REASON, &OFFER, &GATED] {
        row(&mut out, what, *points, source);
    }
    let _ = write!(out, "\n| a finding of | takes off | from |\n|---|--:|---|\n");
    for (level, points) in LEVELS {
        row(&mut out, &format!("a rule at the level {level}"), *points, "unless it stands below");
    }
    for Weight { what, points, source } in RULES {
        row(&mut out, &format!("[{what}](rules/{what}.md)"), *points, source);
    }
    let _ = write!(out, "\n| all findings of | take off at most | from |\n|---|--:|---|\n");
    for Weight { what, points, source } in PACKS {
        row(&mut out, what, *points, source);
    }
    row(&mut out, "any other pack", OTHER_PACK, "a choice");
    out
}

fn signed(points: i32) -> String {
    if points == 0 { "0".to_owned() } else { format!("{points:+}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::score::Line;

    #[test]
    fn the_lines_stand_below_one_another() {
        let line = |points, what: &str| Line { points, what: what.to_owned() };
        let score = Score { points: 37, of: 100, lines: vec![line(45, "to begin with"), line(-8, "my/rule")] };
        let style = Style { width: 60, colour: false, unicode: true };
        let shown = "Score: 37 of 100\n   45  to begin with\n   -8  my/rule\n\
                     It counts what a checklist counts, not how likely an answer\nis: docs/score.md.\n";
        assert_eq!(render(Some(&score), style), shown);
    }
}
