//! The lengths of a template's notes as a bar chart.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::{Ink, Style, wrap};
use crate::context::{Channel, Limit};
use crate::template::{DetailLengths, Measured, PathLength};

/// Ways through a template that are drawn.
const MOST_WAYS: usize = 12;
/// Columns of a row's name and of the words behind its bar; on a narrower terminal the words go below it.
const NAME: usize = 10;
const WORDS: usize = 38;
/// Columns of a bar.
const BAR: (usize, usize) = (12, 40);

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Chart<'a> {
    /// The template's id.
    pub template: &'a str,
    /// Where its notes are sent.
    pub channel: Channel,
    /// What fits there.
    pub limit: Option<Limit>,
    /// The bounds.
    pub details: &'a [DetailLengths],
    /// Notes to people, who may be invented.
    pub measured: &'a [Measured],
}

/// The chart: a bar for each `detail`, one for each of the longest ways, and who overflows with the note that shows it.
#[must_use]
pub fn render(chart: &Chart<'_>, style: Style) -> String {
    let mut out = String::new();
    let fit = chart.limit.map_or("any length fits".to_owned(), |limit| match limit {
        Limit { safe, hard } if safe < hard => format!("{safe} units fit, {hard} with a premium account"),
        Limit { safe, .. } => format!("{safe} units fit"),
    });
    let title = format!("{}: {fit}", chart.channel.name());
    out += &wrap::labelled(chart.template, Ink::Strong, &title, style);
    out.push('\n');
    let scale = Scale::new(chart, style);
    for lengths in chart.details {
        let reached = chart.longest(lengths.detail);
        let least = reached.map_or(lengths.min().unwrap_or_default(), |note| note.length);
        // Somebody's field may be longer than its maximum.
        let most = lengths.max().map(|max| max.max(least));
        let words = match reached {
            Some(note) => format!("{least} reached by {}, {}", note.name, at_most(most)),
            None => format!("at least {least}, {}", at_most(most)),
        };
        out += &scale.row(&format!("detail {}", lengths.detail), least, most, &words);
    }
    out += &ways(chart, &scale);
    for (label, ink, text) in chart.told() {
        out.push('\n');
        out += &wrap::labelled(label, ink, &text, style);
    }
    out
}

fn at_most(most: Option<usize>) -> String {
    most.map_or("no upper bound".to_owned(), |most| format!("at most {most}"))
}

/// The ways through the template, the longest first, each once.
fn ways(chart: &Chart<'_>, scale: &Scale) -> String {
    let mut ways: Vec<(u8, &PathLength)> = Vec::new();
    for lengths in chart.details {
        for path in &lengths.paths {
            if !ways.iter().any(|(_, known)| *known == path) {
                ways.push((lengths.detail, path));
            }
        }
    }
    if ways.len() <= chart.details.len() && ways.iter().all(|(_, path)| path.way.is_empty()) {
        return String::new();
    }
    ways.sort_by_key(|(detail, path)| std::cmp::Reverse((path.max.unwrap_or(usize::MAX), path.min, *detail)));
    let title = match ways.len() {
        count if count > MOST_WAYS => format!("The {MOST_WAYS} longest of {count} ways"),
        count => format!("All {count} ways, the longest first"),
    };
    let mut out = format!("\n{}\n", scale.style.paint(Ink::Strong, title));
    for (detail, path) in ways.into_iter().take(MOST_WAYS) {
        let words = format!("at least {}, {}", path.min, at_most(path.max));
        out += &scale.row(&format!("detail {detail}"), path.min, path.max, &words);
        let room = scale.style.width.saturating_sub(NAME);
        for line in wrap::lines(&scale.style.fold(&path.way), room, room).into_iter().filter(|line| !line.is_empty()) {
            let _ = writeln!(out, "{:NAME$}{}", "", scale.style.paint(Ink::Dim, line));
        }
    }
    out
}

/// How lengths become columns.
struct Scale {
    longest: usize,
    columns: usize,
    limit: Option<usize>,
    style: Style,
}

impl Scale {
    fn new(chart: &Chart<'_>, style: Style) -> Self {
        let paths = chart.details.iter().flat_map(|lengths| &lengths.paths);
        let bounds = paths.map(|path| path.max.unwrap_or(path.min));
        let longest = bounds.chain(chart.measured.iter().map(|note| note.length)).max().unwrap_or_default().max(1);
        // A limit that is far away would leave nothing of the bars.
        let limit = chart.limit.map(|limit| limit.safe);
        let longest = limit.filter(|limit| *limit <= 3 * longest).map_or(longest, |limit| longest.max(limit + 1));
        let room = style.width.saturating_sub(NAME + 2 + WORDS);
        let columns = if room < BAR.0 { style.width.saturating_sub(NAME + 2) } else { room };
        Self { longest, columns: columns.clamp(BAR.0, BAR.1), limit, style }
    }

    /// The column of a length.
    const fn column(&self, length: usize) -> usize {
        (length * self.columns).div_ceil(self.longest)
    }

    fn row(&self, name: &str, least: usize, most: Option<usize>, words: &str) -> String {
        let style = self.style;
        let (solid, shade, mark) = if style.unicode { ('█', '░', '│') } else { ('#', '-', '|') };
        let limit = self.limit.map(|limit| self.column(limit));
        let (least_at, most_at) = (self.column(least), most.map_or(self.columns, |most| self.column(most)));
        let cell = |column| match column {
            _ if limit == Some(column) => mark,
            _ if column < least_at => solid,
            _ if most.is_none() && column + 1 == self.columns => '>',
            _ if column < most_at => shade,
            _ => ' ',
        };
        let bar: String = (0..self.columns).map(cell).collect();
        let over = |length: usize| self.limit.is_some_and(|limit| length > limit);
        let ink = match most {
            _ if over(least) => Ink::Error,
            None if self.limit.is_some() => Ink::Warning,
            Some(most) if over(most) => Ink::Warning,
            _ => Ink::Good,
        };
        let words = style.fold(words);
        let used = NAME + self.columns + 2;
        let bar = style.paint(ink, bar);
        if used + words.width() <= style.width {
            return format!("{name:NAME$}{bar}  {words}\n");
        }
        let room = style.width.saturating_sub(NAME).max(1);
        let below: String =
            wrap::lines(&words, room, room).iter().map(|line| format!("{:NAME$}{line}\n", "")).collect();
        format!("{name:NAME$}{bar}\n{below}")
    }
}

impl<'a> Chart<'a> {
    fn longest(&self, detail: u8) -> Option<&'a Measured> {
        let mut longest: Option<&Measured> = None;
        for note in self.measured.iter().filter(|note| note.detail == detail) {
            if longest.is_none_or(|known| note.length > known.length) {
                longest = Some(note);
            }
        }
        longest
    }

    /// What does not fit, and the way out.
    fn told(&self) -> Vec<(&'static str, Ink, String)> {
        let mut told = Vec::new();
        if let (Some(limit), Some(last)) = (self.limit, self.details.last()) {
            for lengths in self.details {
                told.extend(self.overflow(lengths.detail, limit.safe));
            }
            told.extend(possible(last, limit.safe));
        }
        told.push(("at most", Ink::Dim, BASIS.to_owned()));
        told
    }

    /// Who overflows with so much detail, and the longest note.
    fn overflow(&self, detail: u8, fits: usize) -> Option<(&'static str, Ink, String)> {
        let longest = self.longest(detail).filter(|note| note.length > fits)?;
        let over = self.measured.iter().filter(|note| note.detail == detail && note.length > fits);
        let who: Vec<_> = over.map(|note| format!("{} (+{})", note.name, note.length - fits)).collect();
        let (label, ink, end) = match detail {
            0 => ("too long", Ink::Error, "There is no less to tell: shorten the text, or what is known of them."),
            _ => ("over", Ink::Warning, "They get less detail."),
        };
        let text = format!(
            "at detail {detail} more than the {fits} units that fit: {}. {end} To {}:\n{}",
            who.join(", "),
            longest.name,
            longest.text
        );
        Some((label, ink, text))
    }
}

/// What the bounds count with.
const BASIS: &str = "holds while a first name has 20 units, a last name 40, a company or role 100, and what a fact says \
                     120 (its detail as well); “reached” is a note to somebody.";

/// What could overflow with the least detail.
fn possible(last: &DetailLengths, fits: usize) -> Option<(&'static str, Ink, String)> {
    let way_out = "put what can be left out into {% if detail >= 1 %} … {% endif %}, or shorten the text.";
    match (last.min(), last.max()) {
        (Some(min), _) if min > fits => {
            let text = format!("even the shortest note has {min} units, {} more than fit: {way_out}", min - fits);
            Some(("too long", Ink::Error, text))
        }
        (_, Some(max)) if max > fits => {
            let text = format!(
                "with the longest values a note at detail {} has {max} units, {} more than fit: {way_out}",
                last.detail,
                max - fits
            );
            Some(("may overflow", Ink::Warning, text))
        }
        (_, None) => {
            let why = last.unbounded().into_iter().collect::<Vec<_>>().join("; ");
            Some(("no upper bound", Ink::Warning, why))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Account;
    use crate::template::Library;

    fn drawn(body: &str, style: Style) -> String {
        let text = format!("{{#\ntitle: x\nneeds: [talk]\n#}}\n{body}");
        let (library, _) = Library::empty().with(&[("invite/t".into(), text)]);
        let template = library.get("invite/t").unwrap();
        let note = Measured { name: "Ana".into(), detail: 2, text: "Hi Ana".into(), length: 230 };
        let channel = template.front().channel();
        let chart = Chart {
            template: template.id(),
            channel,
            limit: channel.limit(Some(Account::Free)),
            details: &library.lengths(template),
            measured: &[note],
        };
        render(&chart, style)
    }

    #[test]
    fn a_chart_keeps_within_the_width_and_is_ascii_where_nothing_else_can_be_drawn() {
        let body = "Hi {{ talk.what }}{% if detail >= 1 %}, {{ talk.what }}{% endif %}";
        for width in [30, 40, 64, 80, 120] {
            for unicode in [false, true] {
                let text = drawn(body, Style { width, colour: false, unicode });
                assert!(text.lines().all(|line| line.width() <= width), "{text}");
                assert_eq!(text.is_ascii(), !unicode, "{text}");
            }
        }
    }

    #[test]
    fn what_overflows_is_told_with_the_way_out() {
        let style = Style { width: 100, colour: false, unicode: true };
        for (body, said) in [
            ("Hi {{ talk.what }}", "Ana (+30)"),
            ("{{ talk.what }} {{ talk.what }} {{ talk.what }}", "may overflow: "),
            ("{% if contact.profile %}{{ contact.profile }}{% endif %}", "no upper bound: contact.profile"),
            (&"long ".repeat(60), "even the shortest note"),
        ] {
            let text = drawn(body, style);
            assert!(text.contains(said), "{text}");
        }
        assert!(!drawn("Hi {{ talk.what }}", style).contains("may overflow"));
    }
}
