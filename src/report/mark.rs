use super::Style;
use super::cell::{Cell, Role};
use crate::diagnostic::{Diagnostic, Level};
use crate::text::Span;
use unicode_width::UnicodeWidthStr as _;

/// A finding and how it is shown in the note.
#[derive(Clone, Debug)]
pub(super) struct Mark<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    /// Its place among the findings.
    pub(super) index: usize,
    /// Its number in the note; none for a finding about the whole note.
    pub(super) number: Option<usize>,
    /// The bytes it covers, inside the note.
    pub(super) span: Span,
    /// Findings that overlap lie in different lanes.
    pub(super) lane: usize,
}

impl Mark<'_> {
    /// Whether a cell belongs to the marked words; the number of a finding inside them does too.
    pub(super) fn covers(&self, cell: &Cell<'_>) -> bool {
        if cell.span.is_empty() {
            self.span.start < cell.span.start && cell.span.start < self.span.end
        } else {
            self.span.overlaps(cell.span)
        }
    }
}

/// The findings in reading order, those about the whole note last. `room` is the width of a line of the note.
pub(super) fn marks<'a>(text: &str, diagnostics: &'a [Diagnostic], room: usize) -> Vec<Mark<'a>> {
    let clamp = |span: Span| Span::new(span.start.min(text.len()), span.end.min(text.len()));
    let mut found: Vec<_> = diagnostics
        .iter()
        .enumerate()
        .map(|(index, diagnostic)| Mark { diagnostic, index, number: None, span: clamp(diagnostic.span), lane: 0 })
        .map(|mark| (is_whole(text, mark.span, room), mark))
        .collect();
    found.sort_by_key(|(is_whole, mark)| (*is_whole, mark.span));
    // Where each lane is taken up to.
    let mut lanes: Vec<usize> = Vec::new();
    for (number, (is_whole, mark)) in (1..).zip(&mut found) {
        if *is_whole {
            continue;
        }
        mark.number = Some(number);
        if !mark.span.is_empty() {
            mark.lane = lanes.iter().position(|&end| end <= mark.span.start).unwrap_or(lanes.len());
            lanes.resize(lanes.len().max(mark.lane + 1), 0);
            lanes[mark.lane] = mark.span.end;
        }
    }
    found.into_iter().map(|(_, mark)| mark).collect()
}

/// Whether a finding is about the note as a whole, so that marking its words would mark everything.
fn is_whole(text: &str, span: Span, room: usize) -> bool {
    let start = text.len() - text.trim_start().len();
    let words = text.trim();
    let covers_all = span.contains(Span::new(start, start + words.len()));
    covers_all && (words.is_empty() || words.contains('\n') || words.width() > room)
}

/// Whether white space at `space` starts or ends a finding, so that it must be seen.
pub(super) fn is_pinned(text: &str, marks: &[Mark<'_>], space: Span) -> bool {
    marks.iter().filter(|mark| mark.number.is_some() && mark.span.overlaps(space)).any(|mark| {
        let before = text.get(mark.span.start..space.start).unwrap_or_default();
        let after = text.get(space.end..mark.span.end).unwrap_or_default();
        before.trim().is_empty() || after.trim().is_empty()
    })
}

/// Puts the numbers of the findings behind their words.
pub(super) fn number<'a>(cells: Vec<Cell<'a>>, marks: &[Mark<'_>], style: Style) -> Vec<Cell<'a>> {
    let mut places: Vec<(usize, usize)> = (0..marks.len())
        .filter(|&index| marks[index].number.is_some())
        .map(|index| (place(&cells, &marks[index]), index))
        .collect();
    places.sort_unstable();
    let mut places = places.into_iter().peekable();
    let mut out = Vec::with_capacity(cells.len() + marks.len());
    let mut end = 0;
    for (at, cell) in cells.into_iter().map(Some).chain([None]).enumerate() {
        let mut is_first = true;
        while let Some((_, index)) = places.next_if(|&(place, _)| place <= at) {
            let number = marks[index].number.unwrap_or_default();
            out.push(Cell::new(label(number, is_first, style), Span::new(end, end), Role::Number(index)));
            is_first = false;
        }
        if let Some(cell) = cell {
            end = cell.span.end;
            out.push(cell);
        }
    }
    out
}

/// The index of the cell that a finding's number stands before.
fn place(cells: &[Cell<'_>], mark: &Mark<'_>) -> usize {
    let last = cells.iter().rposition(|cell| !cell.span.is_empty() && mark.covers(cell));
    last.map_or_else(|| cells.partition_point(|cell| cell.span.end <= mark.span.start), |at| at + 1)
}

/// A finding's number as it stands in the note.
fn label(number: usize, is_first: bool, style: Style) -> String {
    if !style.unicode {
        return format!("[{number}]");
    }
    let digits = number.to_string();
    let raised = digits.bytes().map(|digit| RAISED[usize::from(digit - b'0')]);
    // Two numbers side by side would read as one.
    (!is_first).then_some('·').into_iter().chain(raised).collect()
}

const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// What is drawn beneath the words of a finding.
pub(super) const fn underline(level: Level) -> char {
    match level {
        Level::Error => '^',
        Level::Warning => '~',
        Level::Suggestion => '-',
    }
}
