use super::Expected;
use crate::template::front_matter::{self, comment};
use crate::text::Span;
use crate::text::yaml::{Node, Places, Style, Value, quoted};

/// The text of a template's file with the notes that its sample people should get: one for each, or `None` to leave
/// one as it is. Everything else stays byte for byte, comments and line breaks too.
///
/// `None` where the file would not be read back with these notes, because it has no such people, or they are written
/// in a way that only their author can change.
#[must_use]
pub fn with_expected(id: &str, source: &str, expected: &[Option<Expected>]) -> Option<String> {
    let inner = comment(source)?;
    let front = &source[inner.range()];
    let places = Places::parse(front).ok()?;
    let samples = places.root().get("samples")?.items();
    let page = Page { text: front, line_break: if front.contains("\r\n") { "\r\n" } else { "\n" } };
    let mut edits = Vec::new();
    for (sample, expected) in samples.iter().zip(expected) {
        let Some(Expected { note, subject }) = expected else { continue };
        let subject = subject.iter().map(|subject| ("subject", subject.as_str()));
        page.set(sample, &subject.chain([("note", note.as_str())]).collect::<Vec<_>>(), &mut edits);
    }
    let front = apply(front, edits);
    let text = format!("{}{front}{}", &source[..inner.start], &source[inner.end..]);
    reads_back(id, source, &text, expected).then_some(text)
}

/// Whether the text says the same as `source` but for the notes.
fn reads_back(id: &str, source: &str, text: &str, expected: &[Option<Expected>]) -> bool {
    let (Some((before, _)), Some((after, slips))) = (front_matter::read(id, source), front_matter::read(id, text))
    else {
        return false;
    };
    let all = before.samples.iter().zip(&after.samples).zip(expected).all(|((before, after), expected)| {
        let wanted = expected.clone().or_else(|| before.expected());
        (&before.contact, &before.me, before.today) == (&after.contact, &after.me, after.today)
            && after.expected() == wanted
    });
    all && slips.is_empty() && [before.samples.len(), after.samples.len()] == [expected.len(); 2]
}

/// A piece of text to put in the place of another.
struct Edit {
    span: Span,
    text: String,
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    // Stable: what is put at one place stays in order.
    edits.sort_by_key(|edit| edit.span.start);
    let mut out = String::with_capacity(text.len() + 256);
    let mut at = 0;
    for edit in edits {
        out += text.get(at..edit.span.start).unwrap_or_default();
        out += &edit.text;
        at = edit.span.end.max(at);
    }
    out + &text[at..]
}

/// Front matter to write into.
struct Page<'t> {
    text: &'t str,
    line_break: &'static str,
}

impl Page<'_> {
    /// Gives keys of a sample their values.
    fn set(&self, sample: &Node<'_>, values: &[(&str, &str)], edits: &mut Vec<Edit>) {
        let in_braces = self.text[sample.span.range()].starts_with('{');
        let mut new = Vec::new();
        for (name, value) in values {
            match sample.entries().iter().find(|(key, _)| key.text() == Some(name)) {
                Some((key, old)) if in_braces => edits.push(self.in_braces(key, old, value)),
                Some((key, old)) if is_block(name, value) => self.as_block(key, old, value, edits),
                Some((key, old)) => self.on_its_line(key, old, value, edits),
                None => new.push((*name, *value)),
            }
        }
        if !new.is_empty() {
            edits.extend(if in_braces {
                self.new_in_braces(sample, &new)
            } else {
                Some(self.new_in_block(sample, &new))
            });
        }
    }

    fn in_braces(&self, key: &Node<'_>, old: &Node<'_>, value: &str) -> Edit {
        if !old.span.is_empty() {
            return Edit { span: old.span, text: escaped(value) };
        }
        let span = Span::new(key.span.end, self.colon(key).unwrap_or(key.span.end));
        Edit { span, text: format!(": {}", escaped(value)) }
    }

    fn new_in_braces(&self, sample: &Node<'_>, new: &[(&str, &str)]) -> Option<Edit> {
        let (last_key, last) = sample.entries().last()?;
        let end = if last.span.is_empty() { self.colon(last_key).unwrap_or(last_key.span.end) } else { last.span.end };
        let text = new.iter().map(|(key, value)| format!(", {key}: {}", escaped(value))).collect();
        Some(Edit { span: Span::new(end, end), text })
    }

    /// The value in quotes behind its key, with the comment that stood there.
    fn on_its_line(&self, key: &Node<'_>, old: &Node<'_>, value: &str, edits: &mut Vec<Edit>) {
        let Some(colon) = self.colon(key) else { return };
        if let Some((indicator, content)) = self.block(colon, old) {
            edits.push(Edit { span: indicator, text: escaped(value) });
            edits.push(Edit { span: content, text: String::new() });
        } else if old.span.is_empty() {
            edits.push(Edit { span: Span::new(colon, colon), text: format!(" {}", escaped(value)) });
        } else {
            edits.push(Edit { span: old.span, text: escaped(value) });
        }
    }

    /// The value as a block of lines below its key. A comment behind the old value stays on the line of the key.
    fn as_block(&self, key: &Node<'_>, old: &Node<'_>, value: &str, edits: &mut Vec<Edit>) {
        let Some(colon) = self.colon(key) else { return };
        let content = if let Some((indicator, content)) = self.block(colon, old) {
            // No folding, and no stated indentation: `>2-` becomes `|`.
            if self.text[indicator.range()].contains(|c: char| c == '>' || c.is_ascii_digit()) {
                edits.push(Edit { span: indicator, text: "|".to_owned() });
            }
            content
        } else {
            let old = if old.span.is_empty() { Span::new(colon, colon) } else { old.span };
            edits.push(Edit { span: old, text: if old.is_empty() { " |" } else { "|" }.to_owned() });
            let end = self.line_end(old.end);
            Span::new(end, end)
        };
        let lines = self.lines(value, self.column(key.span.start) + INDENT);
        edits.push(Edit { span: content, text: lines + self.close(content.end) });
    }

    /// The `|` or `>` of a value that is written as a block, and the lines below it.
    fn block(&self, colon: usize, old: &Node<'_>) -> Option<(Span, Span)> {
        let Value::Scalar(text, Style::Block) = &old.value else { return None };
        let header = Span::new(colon, self.line_end(colon));
        let line = &self.text[header.range()];
        let start = line.find(['|', '>'])?;
        let is_part = |c: char| matches!(c, '|' | '>' | '-' | '+') || c.is_ascii_digit();
        let end = line[start..].find(|c| !is_part(c)).map_or(line.len(), |length| start + length);
        let last = if text.trim().is_empty() { header.end } else { old.span.end };
        Some((Span::new(start, end).shift(colon), Span::new(header.end, last.max(header.end))))
    }

    fn new_in_block(&self, sample: &Node<'_>, new: &[(&str, &str)]) -> Edit {
        let end = self.line_end(sample.span.end);
        let column = self.column(sample.span.start);
        let line = |(key, value): &(&str, &str)| {
            let value =
                if is_block(key, value) { format!("|{}", self.lines(value, column + INDENT)) } else { escaped(value) };
            format!("{}{}{key}: {value}", self.line_break, " ".repeat(column))
        };
        let text: String = new.iter().map(line).collect();
        Edit { span: Span::new(end, end), text: text + self.close(end) }
    }

    /// Lines of a block, each behind a line break.
    fn lines(&self, value: &str, indent: usize) -> String {
        let indent = " ".repeat(indent);
        let line = |line: &str| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
        value.split('\n').flat_map(|text| [self.line_break.to_owned(), line(text)]).collect()
    }

    /// A line break where the comment's end would stand on the line otherwise.
    fn close(&self, end: usize) -> &str {
        if end == self.text.len() { self.line_break } else { "" }
    }

    /// The place behind the colon of a key.
    fn colon(&self, key: &Node<'_>) -> Option<usize> {
        let rest = &self.text[key.span.end..];
        let blank = rest.len() - rest.trim_start().len();
        rest.trim_start().starts_with(':').then_some(key.span.end + blank + 1)
    }

    /// The end of the line around a place, before its line break.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + rest.find('\n').map_or(rest.len(), |end| rest[..end].strip_suffix('\r').map_or(end, str::len))
    }

    /// How many characters stand before a place on its line.
    fn column(&self, at: usize) -> usize {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        self.text[start..at].chars().count()
    }
}

/// How far a block is set in from its key.
const INDENT: usize = 2;

/// Whether a value is written as a block of lines, and reads back from one as it is.
fn is_block(key: &str, value: &str) -> bool {
    let is_odd = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    // What ends a template's comment can be escaped only in quotes.
    key == "note" && !value.is_empty() && !value.contains("#}") && !value.contains(is_odd)
}

/// Text in double quotes that does not end the comment it stands in.
fn escaped(value: &str) -> String {
    quoted(value).replace("#}", "#\\x7d")
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
