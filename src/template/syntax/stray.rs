//! Tags that nobody knows, that close nothing, and that are never closed.

use super::cursor::Cursor;
use super::error::SyntaxError;
use super::nesting::{Nesting, OPENED, Open, OpenKind};
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
pub(super) fn unknown_tag(tag: &Cursor<'_>, word_span: Span, nesting: &Nesting) -> SyntaxError {
    let word = tag.text();
    if tag.peek().is_none() {
        return tag.expected("the word of a tag");
    }
    if let Some(kind) = KINDS.into_iter().find(|kind| kind.closing() == word) {
        return stray_end(word, word_span, Some(kind), nesting);
    }
    if matches!(word, "else" | "elif" | "</" | "endraw") {
        return stray_end(word, word_span, None, nesting);
    }
    let error = SyntaxError::new(word_span, format!("“{word}” is no tag"));
    let closings = KINDS.map(OpenKind::closing);
    let help = match word {
        "elseif" | "elsif" | "elsef" | "else_if" => "Write {% elif … %}.".to_owned(),
        "end" => match nesting.last() {
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
            None if matches!(tag.text_ahead(1), "" | "." | "|") => "To print a value, write {{ … }}.".to_owned(),
            None => format!("Tags are {}.", OPENINGS.join(", ")),
        },
    };
    error.with_help(help)
}

/// A word that closes or divides what is not open here; `kind` is what it closes.
fn stray_end(word: &str, span: Span, kind: Option<OpenKind>, nesting: &Nesting) -> SyntaxError {
    let Some(open) = nesting.last() else {
        let message = format!("this {word} closes nothing");
        return SyntaxError::new(span, message).with_help(match word {
            "else" | "elif" => "It stands between {% if … %} and {% endif %}.",
            _ => "Take it out, or open the tag it closes.",
        });
    };
    let (opening, closing) = (open.kind.opening(), open.kind.closing());
    let is_branch = matches!(word, "else" | "elif");
    let outer = kind.map_or(is_branch && nesting.has(OpenKind::If), |kind| nesting.has(kind));
    let what = match open.kind {
        _ if !is_branch => "cannot close",
        OpenKind::If | OpenKind::ForElse => "stands behind the else of",
        _ => "stands in",
    };
    let help = match open.kind {
        OpenKind::If | OpenKind::ForElse if is_branch => "Put it before the else.".to_owned(),
        OpenKind::For if is_branch => "A loop has only an {% else %}.".to_owned(),
        _ if outer => format!("Write {{% {closing} %}} before it."),
        _ => format!("Write {{% {closing} %}} here."),
    };
    let error = SyntaxError::new(span, format!("this {word} {what} the {opening}"));
    error.with_help(help).with_related(open.tag, OPENED)
}

/// A tag that the file ends before.
pub(super) fn missing_end(open: Open) -> SyntaxError {
    let message = format!("the {} has no {{% {} %}}", open.kind.opening(), open.kind.closing());
    SyntaxError::new(open.tag, message).with_help(format!("Add {{% {} %}} where it ends.", open.kind.closing()))
}

/// The name at the end of a tag is the one at its start.
pub(super) fn same_name(first: &Name, again: &Name, what: &str) -> Result<(), SyntaxError> {
    if first.value == again.value {
        return Ok(());
    }
    let message = format!("this closes “{}”, and not the {what} “{}”", again.value, first.value);
    let error = SyntaxError::new(again.span, message).with_help(format!("Write {}.", first.value));
    Err(error.with_related(first.span, OPENED))
}
