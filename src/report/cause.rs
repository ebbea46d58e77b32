//! Where the words of a finding come from, in a note that a template gave.

use std::fmt;

use serde::Serialize;

use super::place::{Place, Places};
use crate::text::{Document, Origin, Span};

/// A place that words of a note come from: of a template, or of what is written of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The file; none for what was given on the command line, or comes with the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column in grapheme clusters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The field of a person, `facts[0].what` for example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl From<Place<'_>> for Cause {
    fn from(place: Place<'_>) -> Self {
        let Place { name, line, column } = place;
        Self { file: Some(name.to_owned()), line: Some(line), column: Some(column), field: None }
    }
}

impl fmt::Display for Cause {
    /// `templates/invite/talk.tera:7:3`, `contacts.yaml:14: facts[0].what`, or `the given facts[0].what`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers = [self.line, self.column.filter(|_| self.field.is_none())];
        let places = numbers.iter().flatten().map(usize::to_string);
        let place = self.file.iter().cloned().chain(places).collect::<Vec<_>>().join(":");
        match &self.field {
            Some(field) if place.is_empty() => write!(f, "the given {field}"),
            Some(field) => write!(f, "{place}: {field}"),
            None => f.write_str(&place),
        }
    }
}

/// Where the words of a span come from: typed text first, each line of a template once. `field` says which field of a
/// person a path of the template is. Nothing is said of a span that is the whole note.
#[must_use]
pub fn causes(
    document: &Document,
    span: Span,
    places: &mut Places<'_>,
    field: impl Fn(&str) -> Option<Cause>,
) -> Vec<Cause> {
    let text = document.text();
    let start = text.len() - text.trim_start().len();
    if span.contains(Span::new(start, start + text.trim().len())) {
        return Vec::new();
    }
    let (mut typed, mut printed) = (Vec::new(), Vec::new());
    for piece in document.touched(span) {
        let within = Span::new(piece.range.start.max(span.start), piece.range.end.min(span.end));
        let mut place = |source| places.of(source).map(Cause::from);
        match &piece.origin {
            Origin::Literal(_) => typed.extend(document.locate(within).first().copied().and_then(place)),
            Origin::Value { expr, path } => printed.extend(field(path).or_else(|| place(*expr))),
            Origin::Derived { expr, .. } | Origin::Hole { expr, .. } => printed.extend(place(*expr)),
        }
    }
    let mut known: Vec<Cause> = Vec::new();
    for cause in typed.into_iter().chain(printed) {
        let is_same =
            |other: &Cause| (&other.file, other.line, &other.field) == (&cause.file, cause.line, &cause.field);
        if !known.iter().any(is_same) {
            known.push(cause);
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Piece, SourceSpan, Sources};

    #[test]
    fn a_finding_names_the_lines_and_fields_its_words_come_from() {
        let mut sources = Sources::default();
        let file = sources.add(
            "templates/invite/x.tera",
            "{# title: x #}\nHi {{ contact.first_name }}, é {{ talk.what }}{{ kind }}.\n",
        );
        let at = |start, end| SourceSpan { file, span: Span::new(start, end) };
        let pieces = [
            (3, Origin::Literal(at(15, 18))),
            (3, Origin::Value { expr: at(18, 42), path: "contact.first_name".into() }),
            (5, Origin::Literal(at(42, 47))),
            (4, Origin::Value { expr: at(47, 62), path: "talk.what".into() }),
            (6, Origin::Value { expr: at(62, 72), path: "kind".into() }),
            (1, Origin::Literal(at(72, 73))),
        ];
        let mut end = 0;
        let pieces = pieces.map(|(length, origin)| {
            end += length;
            Piece { range: Span::new(end - length, end), origin }
        });
        let document = Document::from_pieces("Hi Ana, é figsinvite.".into(), pieces.into()).unwrap();
        let field = |path: &str| {
            let contacts = Cause { file: Some("contacts.yaml".into()), line: Some(14), ..Cause::default() };
            match path {
                "talk.what" => Some(Cause { field: Some("facts[0].what".into()), ..contacts }),
                "contact.first_name" => Some(Cause { field: Some("first_name".into()), ..Cause::default() }),
                _ => None,
            }
        };
        let said = |start, end| {
            let causes = causes(&document, Span::new(start, end), &mut Places::new(&sources), field);
            causes.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let template = |column| format!("templates/invite/x.tera:2:{column}");
        assert_eq!(said(11, 15), ["contacts.yaml:14: facts[0].what"]);
        assert_eq!(said(8, 15), [template(30), "contacts.yaml:14: facts[0].what".into()]);
        assert_eq!(said(1, 7), [template(2), "the given first_name".into()]);
        assert_eq!(said(16, 18), [template(47)]);
        assert_eq!(said(6, 6), [template(28), "the given first_name".into()]);
        assert_eq!(said(0, 22), [""; 0]);
    }
}
