//! Tags that nobody knows, that close nothing, and that are never closed.

use super::cursor::Cursor;
use super::error::{SyntaxError, place};
use super::nesting::{Nesting, Open, OpenKind};
use super::tree::Name;
use crate::text::{Span, similar};

const OPENINGS: &[&str] = &[
    "if",
    "elif",
    "else",
    "for",
    "set",
    "set_global",
    "filter",
    "include",
    "extends",
    "block",
    "component",
    "break",
    "continue",
    "raw",
];

/// All that can be open.
const KINDS: [OpenKind; 6] =
    [OpenKind::If, OpenKind::For, OpenKind::Set, OpenKind::Filter, OpenKind::Block, OpenKind::Component];

/// A tag that can stand nowhere, or not here.
pub(super) fn unknown_tag(source: &str, tag: &Cursor<'_>, word_span: Span, nesting: &Nesting) -> SyntaxError {
    let word = tag.text();
    if tag.peek().is_none() {
        return tag.expected("the word of a tag");
    }
    let open = nesting.last();
    if let Some(kind) = KINDS.into_iter().find(|kind| kind.closing() == word) {
        return stray_end(source, word, word_span, Some(kind), nesting);
    }
    if matches!(word, "else" | "elif" | "</" | "endraw") {
        return stray_end(source, word, word_span, None, nesting);
    }
    let error = SyntaxError::new(word_span, format!("“{word}” is no tag"));
    let closings = KINDS.map(OpenKind::closing);
    let help = match word {
        "elseif" | "elsif" | "elsef" | "else_if" => "Write {% elif … %}.".to_owned(),
        "end" => match open {
            Some(open) => format!("Write {{% {} %}}.", open.kind.closing()),
            None => "Take it out: nothing is open here.".to_owned(),
        },
        "macro" | "endmacro" | "import" | "from" | "call" => {
            "Tera 2 has components: {% component Name(a) %} … {% endcomponent %}, used as {{ <Name a={b}/> }}."
                .to_owned()
        }
        "super" => "Write {{ super() }}.".to_owned(),
        "assign" | "let" | "with" => "Write {% set name = … %}.".to_owned(),
        "print" | "echo" => "Write {{ … }}.".to_owned(),
        "comment" => "Write {# … #}.".to_owned(),
        "unless" => "Write {% if not … %}.".to_owned(),
        _ => match similar(word, OPENINGS.iter().copied().chain(closings)) {
            Some(near) => {
                return SyntaxError { message: format!("“{word}” is no tag: did you mean {near}?"), ..error };
            }
            None if tag.text_ahead(1).is_empty() => format!("To print a value, write {{{{ {word} }}}}."),
            None => format!("Tags are {}.", OPENINGS.join(", ")),
        },
    };
    error.with_help(help)
}

/// A word that closes or divides what is not open here; `kind` is what it closes.
fn stray_end(source: &str, word: &str, span: Span, kind: Option<OpenKind>, nesting: &Nesting) -> SyntaxError {
    let Some(open) = nesting.last() else {
        let message = format!("this {word} closes nothing");
        return SyntaxError::new(span, message).with_help(match word {
            "else" | "elif" => "It stands between {% if … %} and {% endif %}.",
            _ => "Take it out, or open the tag it closes.",
        });
    };
    let (opening, closing, at) = (open.kind.opening(), open.kind.closing(), place(source, open.tag.start));
    let is_branch = matches!(word, "else" | "elif");
    let is_outer_open = match kind {
        Some(kind) => nesting.has(kind),
        None => is_branch && (nesting.has(OpenKind::If) || nesting.has(OpenKind::For)),
    };
    let (message, help) = match open.kind {
        OpenKind::If | OpenKind::ForElse if is_branch => (
            format!("this {word} stands behind the else of the {opening} opened at {at}"),
            "Put it before the else.".to_owned(),
        ),
        OpenKind::For if word == "elif" => (
            format!("this elif belongs to no if: the {opening} opened at {at} is open"),
            "A loop has only an else.".to_owned(),
        ),
        _ if is_branch => (
            format!("this {word} stands in the {opening} opened at {at}"),
            format!("Write {{% {closing} %}} before it."),
        ),
        _ if is_outer_open => {
            (format!("this {word} closes the {opening} opened at {at}"), format!("Write {{% {closing} %}} before it."))
        }
        _ => (format!("this {word} closes the {opening} opened at {at}"), format!("Write {{% {closing} %}}.")),
    };
    SyntaxError::new(span, message).with_help(help).with_related(open.tag, "this is open")
}

/// A tag that the file ends before.
pub(super) fn missing_end(open: Open) -> SyntaxError {
    let message = format!("the {} has no {{% {} %}}", open.kind.opening(), open.kind.closing());
    SyntaxError::new(open.tag, message).with_help(format!("Add {{% {} %}} where it ends.", open.kind.closing()))
}

/// The name at the end of a tag is the one at its start.
pub(super) fn same_name(first: &Name, again: &Name, what: &str, source: &str) -> Result<(), SyntaxError> {
    if first.value == again.value {
        return Ok(());
    }
    let at = place(source, first.span.start);
    let message = format!("this closes “{}”, and the {what} opened at {at} is “{}”", again.value, first.value);
    let error = SyntaxError::new(again.span, message).with_help(format!("Write {}.", first.value));
    Err(error.with_related(first.span, "its name"))
}
