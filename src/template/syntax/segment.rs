//! The stretches of a template: text, raw text, prints, tags and comments. This is Tera 2.4.0's lexer; where a tag ends
//! depends on the strings in it, so its tokens are read here too.

use std::ops::Range;

use super::error::SyntaxError;
use super::space;
use super::token::{Token, read_token};
use crate::text::Span;

/// What a stretch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SegmentKind {
    Text,
    /// `{% raw %} … {% endraw %}`
    Raw,
    /// `{{ … }}`
    Print,
    /// `{% … %}`
    Tag,
    /// `{# … #}`
    Comment,
}

/// A stretch of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) kind: SegmentKind,
    /// All its bytes. The stretches of a file lie side by side.
    pub(crate) whole: Span,
    /// What Tera gets of it: all, but for a comment alone on its line, that line, and the file's last line break.
    pub(crate) given: Span,
    /// What is printed of a text; empty for all else.
    pub(crate) printed: Span,
    pub(crate) dashes: Dashes,
    /// Its tokens, in [`Segments::tokens`].
    tokens: Range<usize>,
}

/// The dashes of a stretch: `{{-` trims the text before it, `-}}` the text behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dashes {
    pub(crate) before: bool,
    pub(crate) behind: bool,
}

/// A template in stretches.
#[derive(Clone, Debug, Default)]
pub(crate) struct Segments {
    pub(crate) list: Vec<Segment>,
    tokens: Vec<Token>,
    /// Why the last stretch has no end.
    pub(super) error: Option<SyntaxError>,
}

impl Segments {
    pub(super) fn tokens(&self, segment: &Segment) -> &[Token] {
        &self.tokens[segment.tokens.clone()]
    }

    /// The tokens of a tag as they are written; none for what is no tag.
    pub(crate) fn tag<'t>(&self, segment: &Segment, source: &'t str) -> Vec<&'t str> {
        let is_tag = segment.kind == SegmentKind::Tag;
        self.tokens(segment).iter().filter(|_| is_tag).map(|token| &source[token.span.range()]).collect()
    }
}

/// Reads a template into stretches, with white space trimmed as dashes and the house want it.
pub(crate) fn segments(source: &str) -> Segments {
    let mut lexer = Lexer { source, at: 0, found: Segments::default() };
    while lexer.at < source.len() && lexer.found.error.is_none() {
        lexer.next();
    }
    space::trim(source, &mut lexer.found.list);
    lexer.found
}

struct Lexer<'t> {
    source: &'t str,
    at: usize,
    found: Segments,
}

impl Lexer<'_> {
    fn next(&mut self) {
        match &self.source.as_bytes()[self.at..] {
            [b'{', b'{', ..] => self.tokens(SegmentKind::Print, "}}"),
            [b'{', b'%', ..] => self.tag(),
            [b'{', b'#', ..] => self.comment(),
            bytes => {
                let opens = |pair: &[u8]| pair[0] == b'{' && matches!(pair[1], b'{' | b'%' | b'#');
                let length = bytes.windows(2).position(opens).unwrap_or(bytes.len());
                let span = Span::new(self.at, self.at + length);
                self.push(SegmentKind::Text, span, span, Dashes::default());
            }
        }
    }

    /// Adds a stretch; the next one starts behind it.
    fn push(&mut self, kind: SegmentKind, whole: Span, printed: Span, dashes: Dashes) {
        let tokens = self.found.tokens.len()..self.found.tokens.len();
        self.found.list.push(Segment { kind, whole, given: whole, printed, dashes, tokens });
        self.at = whole.end;
    }

    /// Takes the rest of the file as a stretch without end.
    fn fail(&mut self, kind: SegmentKind, error: SyntaxError) {
        let whole = Span::new(self.at, self.source.len());
        self.push(kind, whole, Span::new(whole.end, whole.end), Dashes::default());
        self.found.error = Some(error);
    }

    /// The two bytes that open a stretch.
    const fn opening(&self) -> Span {
        Span::new(self.at, self.at + 2)
    }

    /// The place behind the opening delimiter and its dash, and whether there is one.
    fn inside(&self) -> (usize, bool) {
        let has_dash = self.source.as_bytes().get(self.at + 2) == Some(&b'-');
        (self.at + 2 + usize::from(has_dash), has_dash)
    }

    fn comment(&mut self) {
        let (inside, before) = self.inside();
        let Some(length) = self.source[inside..].find("#}") else {
            let error = SyntaxError::new(self.opening(), "this comment has no end").with_help("Close it with #}.");
            return self.fail(SegmentKind::Comment, error);
        };
        let end = inside + length;
        // In `{#-#}` there is one dash, and it trims what stands before.
        let behind = self.source[inside..end].ends_with('-');
        let whole = Span::new(self.at, end + 2);
        self.push(SegmentKind::Comment, whole, Span::new(end, end), Dashes { before, behind });
    }

    fn tag(&mut self) {
        let (inside, before) = self.inside();
        match word_tag(&self.source[inside..], "raw") {
            Some((length, trims_body)) => self.raw(inside + length, before, trims_body),
            None => self.tokens(SegmentKind::Tag, "%}"),
        }
    }

    /// Raw text whose body starts at `start`.
    fn raw(&mut self, start: usize, before: bool, trims_start: bool) {
        let mut at = start;
        while let Some(found) = self.source[at..].find("{%") {
            let end = at + found;
            at = end + 2;
            let Some((length, behind)) = word_tag(&self.source[at..], "endraw") else { continue };
            let trims_end = self.source.as_bytes().get(at) == Some(&b'-');
            let mut body = Span::new(start, end);
            if trims_start {
                body = space::trim_start(self.source, body);
            }
            if trims_end {
                body = space::trim_end(self.source, body);
            }
            return self.push(SegmentKind::Raw, Span::new(self.at, at + length), body, Dashes { before, behind });
        }
        let opening = Span::new(self.at, start);
        let error = SyntaxError::new(opening, "the {% raw %} has no {% endraw %}").with_help("Add {% endraw %}.");
        self.fail(SegmentKind::Raw, error);
    }

    /// A stretch of tokens, up to `close`.
    fn tokens(&mut self, kind: SegmentKind, close: &'static str) {
        let first = self.found.tokens.len();
        let (mut at, before) = self.inside();
        loop {
            let rest = &self.source[at..];
            let blank = rest.len() - rest.trim_ascii_start().len();
            at += blank;
            let rest = &rest[blank..];
            let behind = rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(close));
            if behind || rest.starts_with(close) {
                let whole = Span::new(self.at, at + usize::from(behind) + 2);
                self.push(kind, whole, Span::new(whole.end, whole.end), Dashes { before, behind });
                break;
            }
            match read_token(self.source, at) {
                Ok(Some(token)) => {
                    at = token.span.end;
                    self.found.tokens.push(token);
                }
                Ok(None) => {
                    self.fail(kind, unclosed(self.opening(), close));
                    break;
                }
                Err(error) => {
                    self.fail(kind, error);
                    break;
                }
            }
        }
        let tokens = first..self.found.tokens.len();
        self.found.list.last_mut().expect("a stretch was added, whole or not").tokens = tokens;
    }
}

fn unclosed(opening: Span, close: &str) -> SyntaxError {
    let message = if close == "}}" { "this {{ is not closed" } else { "this {% is not closed" };
    SyntaxError::new(opening, message).with_help(format!("Close it with {close}."))
}

/// The length of `-? word -? %}`, without the `{%`, and whether a dash stands at its end.
fn word_tag(text: &str, word: &str) -> Option<(usize, bool)> {
    let rest = text.strip_prefix('-').unwrap_or(text).trim_ascii_start();
    let rest = rest.strip_prefix(word)?.trim_ascii_start();
    let behind = rest.starts_with('-');
    let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}")?;
    Some((text.len() - rest.len(), behind))
}
