//! One line for each finding, as editors and scripts read it.

use std::fmt::Write as _;

use super::place::Places;
use super::{Note, Style, escape};

/// `file:line:column: level: message [rule]` for each finding. Columns count grapheme clusters, from 1. Nothing is
/// wrapped; control characters are shown by name, so that a finding stays on its line.
#[must_use]
pub fn render(note: &Note<'_>, places: &mut Places<'_>, style: Style) -> String {
    let mut out = String::new();
    for diagnostic in note.diagnostics {
        let place = places.in_note(note.name, note.document, diagnostic.span);
        let name = escape::visible(place.name, style.unicode);
        let message = escape::visible(&diagnostic.message, style.unicode);
        let _ = writeln!(
            out,
            "{name}:{}:{}: {}: {} [{}]",
            place.line,
            place.column,
            style.paint(diagnostic.level.into(), diagnostic.level),
            style.fold(&message),
            diagnostic.rule
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::diagnostic::{Diagnostic, Level};
    use crate::text::{Document, Sources, Span};

    #[test]
    fn gives_the_place_in_the_file_with_columns_as_people_count() {
        let file = "---\nkind: invite\n---\n👩‍💻 asap\n";
        let mut sources = Sources::default();
        let id = sources.add("notes/a\nb.txt", file);
        let document = Document::from_source(id, file, Span::new(21, file.len() - 1));
        let diagnostics = [Diagnostic::new("words/asap", Level::Warning, "“asap\x1b” is an order", Span::new(12, 16))];
        let context = Context::default();
        let note = Note {
            name: "note",
            document: &document,
            diagnostics: &diagnostics,
            context: &context,
            kind_assumed: false,
            facts: &[],
            shared: None,
        };
        let plain = Style { width: 20, colour: false, unicode: true };
        let line = "notes/a\\nb.txt:4:3: warning: “asap\\x1b” is an order [words/asap]\n";
        assert_eq!(render(&note, &mut Places::new(&sources), plain), line);
        let nameless = Sources::default();
        let ascii = Style { unicode: false, ..plain };
        let line = "note:1:3: warning: \"asap\\x1b\" is an order [words/asap]\n";
        assert_eq!(render(&note, &mut Places::new(&nameless), ascii), line);
    }
}
