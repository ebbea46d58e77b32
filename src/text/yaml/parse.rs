//! From parser events to a tree of nodes.

use std::collections::HashSet;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StrInput};

use super::{DEPTH, Node, Span, Style, Value, YamlError};

/// Reads a text of one document.
pub(super) fn parse(text: &str) -> Result<Node<'_>, YamlError> {
    let options = granit_parser::options! {
        emit_comments: false,
        disallow_directives: true,
        flow_nesting_limit: DEPTH,
        block_nesting_limit: DEPTH,
    };
    let mut events = Events { text, parser: Parser::new_from_str_with_options(text, options) };
    let mut root = None;
    while let Some((event, span)) = events.next()? {
        match event {
            Event::StreamStart | Event::DocumentEnd | Event::StreamEnd => {}
            Event::DocumentStart(..) if root.is_some() => {
                let message = "a second document starts here";
                return Err(error(message, "Keep one list in one file: remove the line `---`.", span));
            }
            Event::DocumentStart(..) => {}
            event => root = Some(events.node(event, span)?),
        }
    }
    let nothing = || Node { span: Span::new(text.len(), text.len()), value: Value::Scalar("".into(), Style::Plain) };
    Ok(root.unwrap_or_else(nothing))
}

struct Events<'t> {
    text: &'t str,
    parser: Parser<'t, StrInput<'t>>,
}

impl<'t> Events<'t> {
    fn next(&mut self) -> Result<Option<(Event<'t>, Span)>, YamlError> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or_default();
                Ok(Some((event, self.within(Span::new(range.start, range.end)))))
            }
            Some(Err(scan)) => Err(self.scan_error(&scan)),
        }
    }

    /// A span as the parser gave it, made sure to lie on characters of the text.
    fn within(&self, span: Span) -> Span {
        let edge = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        Span::new(edge(span.start), edge(span.end))
    }

    /// The event after `open`'s start; the parser closes all it opens.
    fn inner(&mut self, open: Span) -> Result<(Event<'t>, Span), YamlError> {
        self.next()?.ok_or_else(|| error("this is not closed", "Close it.", open))
    }

    /// The node that an event starts. Recursion is bounded by the parser's limits on nesting.
    fn node(&mut self, event: Event<'t>, span: Span) -> Result<Node<'t>, YamlError> {
        match event {
            Event::Scalar(text, style, ..) => Ok(self.scalar(text, style, span)),
            Event::SequenceStart(..) => self.sequence(span),
            Event::MappingStart(..) => self.mapping(span),
            _ => Err(error("an alias (`*name`) is not read here", "Write the value out, or put it in quotes.", span)),
        }
    }

    fn scalar(&self, text: std::borrow::Cow<'t, str>, style: ScalarStyle, span: Span) -> Node<'t> {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        };
        let source = &self.text[span.range()];
        let span = Span::new(span.start, span.start + source.trim_end().len());
        // The parser says `~` where nothing is written.
        let text = if style == Style::Plain && span.is_empty() { "".into() } else { text };
        Node { span, value: Value::Scalar(text, style) }
    }

    fn sequence(&mut self, open: Span) -> Result<Node<'t>, YamlError> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.inner(open)?;
            if matches!(event, Event::SequenceEnd) {
                let last = items.last().map(|item: &Node<'_>| item.span);
                return Ok(Node { span: self.collection(open, last, span), value: Value::Sequence(items) });
            }
            items.push(self.node(event, span)?);
        }
    }

    fn mapping(&mut self, open: Span) -> Result<Node<'t>, YamlError> {
        let mut entries: Vec<(Node<'t>, Node<'t>)> = Vec::new();
        let mut seen = HashSet::new();
        loop {
            let (event, span) = self.inner(open)?;
            if matches!(event, Event::MappingEnd) {
                let last = entries.last().map(|(key, value)| key.span.join(value.span));
                return Ok(Node { span: self.collection(open, last, span), value: Value::Mapping(entries) });
            }
            let key = self.node(event, span)?;
            let Some(name) = key.text() else {
                return Err(error("a key must be text", "Put it in quotes if it is meant as text.", key.span));
            };
            if !seen.insert(name.to_owned()) {
                return Err(error(format!("`{name}` stands here twice"), "Keep one of the two.", key.span));
            }
            let (event, span) = self.inner(open)?;
            let value = self.node(event, span)?;
            entries.push((key, value));
        }
    }

    /// The bytes of a list or mapping. A block ends with its last line, wherever the parser noticed.
    fn collection(&self, open: Span, last: Option<Span>, close: Span) -> Span {
        if self.text[open.range()].starts_with(['[', '{']) {
            return open.join(close);
        }
        last.map_or(open, |last| Span::new(open.start, last.end.max(open.start)))
    }

    fn scan_error(&self, scan: &ScanError) -> YamlError {
        let at = scan.marker().byte_offset().unwrap_or(self.text.len());
        let at = self.within(Span::new(at, at)).start;
        // The character that stopped the parser, where there is one.
        let length = self.text[at..].chars().next().filter(|found| !found.is_control()).map_or(0, char::len_utf8);
        let (message, help) = if self.text[..at].ends_with([']', '}']) {
            (BRACKETS.0.to_owned(), Some(BRACKETS.1))
        } else {
            explain(scan)
        };
        YamlError { message, help: help.map(str::to_owned), span: Span::new(at, at + length) }
    }
}

const BRACKETS: (&str, &str) = (
    "the brackets of a list do not match, or text goes on behind them",
    "Close the bracket; if it is part of the text, put the whole value in double quotes.",
);

/// What a person can do about the errors that people make; the parser's words for the rest.
fn explain(scan: &ScanError) -> (String, Option<&'static str>) {
    use ErrorKind as E;
    let quote = "Put the whole value in double quotes.";
    let (message, help) = match scan.kind() {
        E::InvalidColonPlacement | E::MappingValueNotAllowed => ("a colon inside a value that has no quotes", quote),
        E::UnexpectedCharacter { character } => {
            return (format!("YAML does not allow `{character}` at the start of a value without quotes"), Some(quote));
        }
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => {
            ("a quote is opened and not closed", "Close it with the same quote.")
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            "text goes on behind the closing quote",
            "Put the whole value in double quotes, and write quotes inside it as \\\".",
        ),
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::ExpectedFlowSequenceSeparator
        | E::ExpectedFlowMappingSeparator
        | E::MisplacedFlowCollectionEnd
        | E::MismatchedFlowCollectionEnd { .. } => BRACKETS,
        E::TabInBlockIndentation | E::TabInIndentation | E::TabNotAllowed | E::TabInPlainScalar => {
            ("a tab where YAML wants spaces", "Indent with spaces.")
        }
        E::UnknownQuotedScalarEscape => {
            ("an unknown escape in double quotes", "Write a backslash as \\\\, or use single quotes.")
        }
        E::UnknownAnchor => ("an alias (`*name`) is not read here", quote),
        E::SimpleKeyExpected | E::InvalidSimpleKey => {
            ("a line without a colon among lines of `key: value`", "Write `key: value`, or indent the line.")
        }
        E::ExpectedBlockMappingKey | E::ExpectedBlockSequenceEntry | E::InvalidIndentation => {
            ("this line does not line up with the lines above", "Give lines that belong together the same indentation.")
        }
        E::RecursionLimitExceeded => ("nested too deeply", "Use fewer levels."),
        E::DirectiveDisallowed => ("a YAML directive (`%`) is not read here", "Remove the line, or use quotes."),
        _ => return (format!("this is not valid YAML: {}", scan.info()), None),
    };
    (message.to_owned(), Some(help))
}

fn error(message: impl Into<String>, help: &str, span: Span) -> YamlError {
    YamlError { message: message.into(), help: Some(help.to_owned()), span }
}
