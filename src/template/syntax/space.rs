//! White space around tags: what the house removes before Tera, and what dashes trim.

use super::segment::{Segment, SegmentKind};
use crate::text::Span;

/// Sets what Tera gets of each stretch, and what is printed of it.
pub(super) fn trim(source: &str, segments: &mut [Segment]) {
    for at in 0..segments.len() {
        if segments[at].kind == SegmentKind::Comment {
            remove_lone_comment(source, segments, at);
        }
    }
    remove_last_break(source, segments);
    for segment in segments.iter_mut().filter(|segment| segment.kind == SegmentKind::Text) {
        segment.printed = segment.given;
    }
    trim_at_dashes(source, segments);
}

/// A comment alone on its line goes with its line break, so that it leaves no empty line in a note.
fn remove_lone_comment(source: &str, segments: &mut [Segment], at: usize) {
    let is_text = |segment: &&Segment| segment.kind == SegmentKind::Text;
    let before = at.checked_sub(1).map(|before| &segments[before]);
    let line_start = match before {
        None => Some(segments[at].whole.start),
        Some(text) => Some(text).filter(is_text).and_then(|text| start_of_last_line(source, text.whole)),
    };
    let line_end = match segments.get(at + 1) {
        None => Some(segments[at].whole.end),
        Some(text) => {
            let is_last = at + 2 == segments.len();
            Some(text).filter(is_text).and_then(|text| end_of_first_line(source, text.whole, is_last))
        }
    };
    let (Some(start), Some(end)) = (line_start, line_end) else { return };
    let comment = &mut segments[at];
    comment.given = Span::new(comment.whole.start, comment.whole.start);
    if let Some(before) = at.checked_sub(1) {
        segments[before].given.end = start;
    }
    if let Some(behind) = segments.get_mut(at + 1) {
        behind.given.start = end;
    }
}

/// Where the last line of a text starts, if it is blank. A byte order mark is no text.
fn start_of_last_line(source: &str, text: Span) -> Option<usize> {
    let line = source[text.range()].rfind('\n').map(|at| text.start + at + 1);
    let start = line.or_else(|| (text.start == 0).then_some(0))?;
    let is_blank = source[start..text.end].chars().all(|c| c.is_whitespace() || c == '\u{feff}');
    is_blank.then_some(start)
}

/// Where the first line of a text ends, behind its line break, if it is blank.
fn end_of_first_line(source: &str, text: Span, is_last: bool) -> Option<usize> {
    let line = source[text.range()].find('\n').map(|at| text.start + at + 1);
    let end = line.or_else(|| is_last.then_some(text.end))?;
    source[text.start..end].chars().all(char::is_whitespace).then_some(end)
}

/// The line break at the end belongs to the file, not to the text that another template includes.
fn remove_last_break(source: &str, segments: &mut [Segment]) {
    let Some(last) = segments.iter_mut().rev().find(|segment| !segment.given.is_empty()) else { return };
    let text = &source[last.given.range()];
    if let Some(text) = text.strip_suffix('\n').filter(|_| last.kind == SegmentKind::Text) {
        last.given.end = last.given.start + text.strip_suffix('\r').unwrap_or(text).len();
    }
}

/// What Tera's dashes trim. Text on both sides of a removed comment is one text to it.
fn trim_at_dashes(source: &str, segments: &mut [Segment]) {
    let given: Vec<usize> = (0..segments.len()).filter(|&at| !segments[at].given.is_empty()).collect();
    let mut trims_start = false;
    for (order, &at) in given.iter().enumerate() {
        let follows_text = order > 0 && segments[given[order - 1]].kind == SegmentKind::Text;
        let (kind, dashes) = (segments[at].kind, segments[at].dashes);
        if kind == SegmentKind::Text {
            if trims_start {
                segments[at].printed = self::trim_start(source, segments[at].printed);
                trims_start = segments[at].printed.is_empty();
            }
            continue;
        }
        trims_start &= !follows_text;
        if dashes.before {
            trim_ends(source, segments, &given[..order]);
        }
        match kind {
            SegmentKind::Raw => {
                if trims_start {
                    segments[at].printed = self::trim_start(source, segments[at].printed);
                }
                trims_start = dashes.behind;
            }
            // A comment without a dash passes on what the tag before it wants.
            SegmentKind::Comment => trims_start |= dashes.behind,
            _ => trims_start = dashes.behind,
        }
    }
}

/// Trims the end of the text, or raw text, that the last of `before` are.
fn trim_ends(source: &str, segments: &mut [Segment], before: &[usize]) {
    for (order, &at) in before.iter().rev().enumerate() {
        match segments[at].kind {
            SegmentKind::Text => {}
            SegmentKind::Raw if order == 0 => {}
            _ => return,
        }
        segments[at].printed = trim_end(source, segments[at].printed);
        if !segments[at].printed.is_empty() || segments[at].kind == SegmentKind::Raw {
            return;
        }
    }
}

pub(super) fn trim_start(source: &str, span: Span) -> Span {
    Span::new(span.end - source[span.range()].trim_start().len(), span.end)
}

pub(super) fn trim_end(source: &str, span: Span) -> Span {
    Span::new(span.start, span.start + source[span.range()].trim_end().len())
}
