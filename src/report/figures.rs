//! What was made of labelled notes, in tables.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::Arc;

use super::{Ink, Style, columns, wrap};
use crate::eval::{Evaluation, Figures, Proportion, RuleHits, Tally, View};

/// First cells wider than this stand on a line of their own.
const WIDEST: usize = 30;

/// A row: its name and what stands beside it.
type Row<const N: usize> = [(Ink, String); N];

/// Totals, then by kind, issue and writer, then rule by rule.
#[must_use]
pub fn render(evaluation: &Evaluation<'_>, style: Style) -> String {
    let views: Vec<_> =
        View::ALL.into_iter().filter_map(|view| Some((title(view), evaluation.figures(view)?))).collect();
    let reasons = evaluation.knows_reasons();
    let mut out = totals(&views, reasons, style);
    for (title, figures) in &views {
        out += &groups(title, figures, reasons, style);
    }
    out += &rules(&views, reasons, style);
    out
}

/// What the linter is shown, in words.
#[must_use]
pub const fn title(view: View) -> &'static str {
    match view {
        View::Bare => "bare text",
        View::Contact => "with contacts",
    }
}

/// The totals of one view in a line: `good flagged 1/72 (0.2–7.5 %), bad missed …`.
#[must_use]
pub fn line(tally: Tally, reasons: bool) -> String {
    let of = |what: &str, of: Proportion| format!("{what} {}/{} ({} %)", of.count, of.of, bounds(of));
    let mut parts = vec![of("good flagged", tally.good_flagged()), of("bad missed", tally.bad_missed())];
    if reasons {
        parts.push(of("right reason", tally.right_reason()));
    }
    parts.push(of("errors on good", tally.good_with_errors()));
    parts.join(", ")
}

/// The interval of a share: `0.2–7.5`, in per cent.
#[must_use]
pub fn bounds(of: Proportion) -> String {
    of.interval().map_or_else(|| "–".to_owned(), |it| format!("{}–{}", percent(it.low), percent(it.high)))
}

/// A share in per cent, with one decimal where it is neither none nor all: only all is 100.
fn percent(share: f64) -> String {
    match share * 100.0 {
        0.0 => "0".to_owned(),
        100.0 => "100".to_owned(),
        part => format!("{:.1}", part.clamp(0.1, 99.9)),
    }
}

/// `17/60` of each, as wide as the widest.
fn counts(all: &[Proportion]) -> Vec<String> {
    let text = |of: &Proportion| if of.of == 0 { String::new() } else { format!("{}/{}", of.count, of.of) };
    let width = all.iter().map(|of| text(of).len()).max().unwrap_or_default();
    all.iter().map(|of| format!("{:>width$}", text(of))).collect()
}

/// The way to a figure.
type Measure = fn(Tally) -> Proportion;

fn totals(views: &[(&str, &Figures)], reasons: bool, style: Style) -> String {
    const MEASURES: [(&str, Measure); 6] = [
        ("good notes flagged", Tally::good_flagged),
        ("bad notes missed", Tally::bad_missed),
        ("precision", Tally::precision),
        ("recall", Tally::recall),
        ("for the right reason", Tally::right_reason),
        ("errors on good notes", Tally::good_with_errors),
    ];
    let measures: Vec<_> =
        MEASURES.into_iter().filter(|(name, _)| reasons || *name != "for the right reason").collect();
    let mut rows: Vec<Row<3>> =
        vec![[(Ink::Plain, String::new()), (Ink::Plain, String::new()), (Ink::Plain, String::new())]];
    rows.extend(measures.iter().map(|(name, _)| [plain(name), plain(""), plain("")]));
    for (column, (title, figures)) in (1..).zip(views) {
        let all: Vec<_> = measures.iter().map(|(_, measure)| measure(figures.all)).collect();
        let counts = counts(&all);
        let width = counts.first().map_or(0, String::len);
        rows[0][column] = (Ink::Strong, format!("{:>width$}  {title}", ""));
        for ((row, of), count) in rows[1..].iter_mut().zip(&all).zip(&counts) {
            let Some(share) = of.share() else { continue };
            row[column].1 = format!("{count}  {:>5} %  {}", percent(share), bounds(*of));
        }
    }
    columns::render(&rows, WIDEST, style)
}

fn plain(text: impl Display) -> (Ink, String) {
    (Ink::Plain, text.to_string())
}

/// The figures of one view by what the notes are.
fn groups(title: &str, figures: &Figures, reasons: bool, style: Style) -> String {
    let native = |native: bool| if native { "native" } else { "not native" };
    let sections: [(&str, Vec<(String, Tally)>); 3] = [
        ("by kind", figures.by_kind.iter().map(|(kind, tally)| (kind.to_string(), *tally)).collect()),
        ("by issue", figures.by_issue.iter().map(|(issue, tally)| (issue.clone(), *tally)).collect()),
        ("by writer", figures.by_native.iter().rev().map(|(is, tally)| (native(*is).to_owned(), *tally)).collect()),
    ];
    let sections: Vec<_> = sections.into_iter().filter(|(_, rows)| !rows.is_empty()).collect();
    let all: Vec<Tally> = sections.iter().flat_map(|(_, rows)| rows.iter().map(|(_, tally)| *tally)).collect();
    let column = |measure: Measure| {
        let shares: Vec<_> = all.iter().map(|tally| measure(*tally)).collect();
        let cells = counts(&shares).into_iter().zip(shares);
        cells.map(|(count, of)| if of.of == 0 { String::new() } else { format!("{count}  {} %", bounds(of)) })
    };
    let (mut flagged, mut missed) = (column(Tally::good_flagged), column(Tally::bad_missed));
    let mut right = column(if reasons { Tally::right_reason } else { |_| Proportion::default() });
    let heading = |text: &str| (Ink::Strong, text.to_owned());
    let reason = if reasons { "right reason" } else { "" };
    let mut rows: Vec<Row<4>> = vec![[heading(title), heading("good flagged"), heading("bad missed"), heading(reason)]];
    for (section, named) in sections {
        rows.push([plain(section), plain(""), plain(""), plain("")]);
        for (name, _) in named {
            let next = |cells: &mut dyn Iterator<Item = String>| plain(cells.next().unwrap_or_default());
            rows.push([plain(format!("  {name}")), next(&mut flagged), next(&mut missed), next(&mut right)]);
        }
    }
    format!("\n{}", columns::render(&rows, WIDEST, style))
}

/// In how many notes each rule found something, those that flag most good notes first.
fn rules(views: &[(&str, &Figures)], reasons: bool, style: Style) -> String {
    let hits = |figures: &Figures, id: &Arc<str>| figures.rules.get(id).copied().unwrap_or_default();
    let ids: BTreeSet<&Arc<str>> = views.iter().flat_map(|(_, figures)| figures.rules.keys()).collect();
    let most = |id: &Arc<str>, of: fn(RuleHits) -> usize| views.iter().map(|(_, it)| of(hits(it, id))).max();
    let mut ids: Vec<_> = ids.into_iter().filter(|id| most(id, |hits| hits.good + hits.bad) > Some(0)).collect();
    ids.sort_by_key(|id| std::cmp::Reverse((most(id, |hits| hits.good), most(id, |hits| hits.bad))));
    if ids.is_empty() {
        return String::new();
    }
    let mut rows: Vec<Row<3>> = vec![[(Ink::Strong, "notes flagged by rule".to_owned()), plain(""), plain("")]];
    rows.extend(ids.iter().map(|id| [plain(id), plain(""), plain("")]));
    for (column, (title, figures)) in (1..).zip(views) {
        rows[0][column] = (Ink::Strong, (*title).to_owned());
        let all: Vec<_> = ids.iter().map(|id| hits(figures, id)).collect();
        let width = |of: fn(&RuleHits) -> usize| all.iter().map(of).max().unwrap_or_default().to_string().len();
        let (good, bad, right) = (width(|hits| hits.good), width(|hits| hits.bad), width(|hits| hits.right));
        for (row, hits) in rows[1..].iter_mut().zip(&all) {
            row[column].0 = if hits.good > 0 { Ink::Warning } else { Ink::Plain };
            row[column].1 = format!("{:>good$} good  {:>bad$} bad", hits.good, hits.bad);
            if reasons {
                row[column].1 += &format!(" ({:>right$})", hits.right);
            }
        }
    }
    format!("\n{}", columns::render(&rows, WIDEST, style))
}

/// How to read the tables; `table` is the file that says which rules stand for which issue.
#[must_use]
pub fn legend(evaluation: &Evaluation<'_>, table: Option<&str>, style: Style) -> String {
    let mut text =
        "A finding that is a warning or an error flags a note. Behind each count stands its 95 % interval, by Wilson."
            .to_owned();
    let mut figures = View::ALL.into_iter().filter_map(|view| evaluation.figures(view));
    if let Some(table) = table {
        text += &format!(" In brackets: the bad notes that have an issue the rule stands for, by {table}.");
    } else if figures.any(|figures| !figures.by_issue.is_empty()) {
        text += " Nothing is said about reasons: --issues FILE names a table of which rules stand for which issue.";
    }
    let lines: Vec<_> = wrap::lines(&text, style.width, style.width).into_iter().map(|line| style.fold(line)).collect();
    format!("\n{}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::lint::Linter;
    use crate::rule::RuleSet;
    use unicode_width::UnicodeWidthStr as _;

    #[test]
    fn shares_are_short() {
        assert_eq!([0.0, 0.0714, 0.5, 1.0, 0.9999].map(percent), ["0", "7.1", "50.0", "100", "99.9"]);
        let tally = Tally { good: 50, bad: 4, caught: 3, explained: 4, right: 1, ..Tally::default() };
        assert_eq!(
            line(tally, true),
            "good flagged 0/50 (0–7.1 %), bad missed 1/4 (4.6–69.9 %), right reason 1/4 (4.6–69.9 %), \
             errors on good 0/50 (0–7.1 %)"
        );
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let rules = RuleSet::builtin();
        let mut evaluation = Evaluation::new(&Linter::new(&rules), None, Context::default());
        let lines = [
            r#"{"label":"bad","issues":["an issue with a long and winding name"],"text":"Hi, I came across your profile."}"#,
            r#"{"label":"good","native":true,"contact":{"first_name":"Ana"},"text":"Hi Ana, WRITE TO ME AT ONCE!!!"}"#,
        ];
        for line in lines {
            let note = serde_json::from_str(line).unwrap();
            let judged = evaluation.judge(&note);
            evaluation.count(&note, &judged);
        }
        for width in 20..100 {
            let style = Style { width, colour: false, unicode: width % 2 == 0 };
            let text = render(&evaluation, style) + &legend(&evaluation, None, style);
            for line in text.lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
}
