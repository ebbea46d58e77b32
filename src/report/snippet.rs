//! A finding in a template, a rule or another file of lines: the place, the lines, and what to do.

use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Severity, Renderer, Snippet};
use anstream::adapter::strip_str;

use super::place::Places;
use super::{Ink, Style, escape, note, wrap};
use crate::diagnostic::{Diagnostic, Level};
use crate::text::{Document, Source, SourceSpan, Sources, Span};

/// One finding after the other, an empty line behind each.
#[must_use]
pub fn render(document: &Document, diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let mut places = Places::new(sources);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let title = format!("{}[{}]", diagnostic.level, diagnostic.rule);
        out += &wrap::labelled(&title, diagnostic.level.into(), &diagnostic.message, style);
        let end = document.text().len();
        let span = Span::new(diagnostic.span.start.min(end), diagnostic.span.end.min(end));
        let found = document.locate(span);
        if let Some((first, related)) = found.split_first() {
            excerpt(&mut out, diagnostic.level, *first, related, &mut places, style);
        }
        for (label, text) in note::remarks(diagnostic) {
            out += &wrap::labelled(label, Ink::Help, &text, style);
        }
        out.push('\n');
    }
    out
}

/// The place and its lines; `related` places of the same file are marked lightly.
fn excerpt(
    out: &mut String,
    level: Level,
    first: SourceSpan,
    related: &[SourceSpan],
    places: &mut Places<'_>,
    style: Style,
) {
    let (Some(place), Some(source)) = (places.of(first), places.source(first.file)) else { return };
    let same_file = || related.iter().filter(|place| place.file == first.file);
    let ends = same_file().chain([&first]).map(|place| Span::new(place.span.end, place.span.end));
    let ends = ends.filter_map(|span| places.of(SourceSpan { file: first.file, span }));
    let indent = ends.map(|end| end.line).max().unwrap_or(place.line).to_string().len();
    let name = format!("{}:{}:{}", escape::visible(place.name, style.unicode), place.line, place.column);
    let arrow = if style.unicode { " ╭▸" } else { "-->" };
    for (row, part) in wrap::lines(&name, style.width.saturating_sub(indent + 4), style.width).into_iter().enumerate() {
        let _ = if row == 0 {
            let space = if part.is_empty() { "" } else { " " };
            writeln!(out, "{:indent$}{}{space}{part}", "", style.paint(Ink::Dim, arrow))
        } else {
            writeln!(out, "{part}")
        };
    }
    let related: Vec<_> = same_file().map(|place| within(source, place.span)).collect();
    let span = within(source, first.span);
    let drawn = draw(source, level, span, &related, style);
    let fits = |line: &str| wrap::cut(line, style.width).len() == line.len();
    let is_wide = |line: &str| !fits(&strip_str(line).to_string());
    // A span of long lines is too much for a narrow terminal: show where it begins.
    let head = source.text[span.range()].split_inclusive('\n').next().map_or(0, str::len);
    let drawn = if drawn.lines().any(is_wide) {
        draw(source, level, Span::new(span.start, span.start + head), &[], style)
    } else {
        drawn
    };
    for line in drawn.lines() {
        let plain = strip_str(line).to_string();
        let line = if is_wide(line) { wrap::cut(&plain, style.width) } else { line };
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// The lines of a span, marked.
fn draw(source: &Source, level: Level, span: Span, related: &[Span], style: Style) -> String {
    let others = related.iter().map(|span| AnnotationKind::Context.span(span.range()));
    let primary = AnnotationKind::Primary.span(span.range());
    let snippet = Snippet::source(&source.text).annotation(primary).annotations(others);
    let severity = match level {
        Level::Error => Severity::ERROR,
        Level::Warning => Severity::WARNING,
        Level::Suggestion => Severity::INFO,
    };
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let decor = if style.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    let renderer = renderer.term_width(style.width).decor_style(decor);
    let drawn = renderer.render(&[Group::with_level(severity).element(snippet)]);
    // Without a path the first line is an empty frame; the caller names the place, in columns as people count.
    if style.unicode { drawn.split_once('\n').map_or("", |(_, rest)| rest).to_owned() } else { drawn }
}

/// The span in whole characters of the source.
fn within(source: &Source, span: Span) -> Span {
    let is_boundary = |at: &usize| source.text.is_char_boundary(*at);
    let end = source.text.len();
    let start = (0..=span.start.min(end)).rev().find(is_boundary).unwrap_or_default();
    Span::new(start, (span.end.min(end)..=end).find(is_boundary).unwrap_or(end))
}
