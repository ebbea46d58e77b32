//! Findings for programs: one JSON document for a run, or one JSON line for each note.
//!
//! Offsets are bytes of the note's text; lines and columns (grapheme clusters, from 1) are those of the file. Keys are
//! only ever added; `v` changes when one changes its meaning.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::Note;
use super::place::Places;
use super::verdict::Length;
use crate::diagnostic::{self, Diagnostic, Level};

const VERSION: u8 = 1;

/// The document for `--format json`, written as the notes come:
/// `{"v":1,"notes":[{"file", "verdict", "length", "diagnostics"}, …]}`.
#[derive(Debug)]
pub struct Json {
    out: Vec<u8>,
    is_first: bool,
}

impl Default for Json {
    fn default() -> Self {
        Self { out: format!("{{\"v\":{VERSION},\"notes\":[").into_bytes(), is_first: true }
    }
}

impl Json {
    /// Adds a note; `fails` says that a finding is grave enough to fail the run.
    pub fn note(&mut self, note: &Note<'_>, fails: bool, places: &mut Places<'_>) {
        let found = note.diagnostics.iter().map(|diagnostic| {
            let place = places.in_note(note.name, note.document, diagnostic.span);
            Found { line: Some(place.line), column: Some(place.column), ..Found::new(diagnostic) }
        });
        let entry = Entry {
            file: note.name,
            verdict: Verdict::of(fails),
            length: Some(Measured::new(note.length())),
            diagnostics: Some(found.collect()),
            error: None,
        };
        self.entry(&entry);
    }

    /// Adds a file that could not be checked.
    pub fn error(&mut self, file: &str, message: &str) {
        let error = Some(Trouble { message, column: None });
        self.entry(&Entry { file, verdict: Verdict::Error, length: None, diagnostics: None, error });
    }

    /// The whole document.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.out.extend_from_slice(b"\n]}\n");
        self.out
    }

    fn entry(&mut self, entry: &Entry<'_>) {
        self.out.extend_from_slice(if self.is_first { b"\n" } else { b",\n" });
        self.is_first = false;
        write(&mut self.out, entry);
    }
}

/// Appends the JSON line for a note: `id` is the reader's own name for it, `line` its line in the input; `fails` says that a
/// finding is grave enough to fail the run.
pub fn line(
    out: &mut Vec<u8>,
    id: Option<&Value>,
    line: usize,
    length: Length,
    diagnostics: &[Diagnostic],
    fails: bool,
) {
    let verdict = Verdict::of(fails);
    let length = Measured::new(length);
    write(out, &Line { v: VERSION, id, line, verdict, length, diagnostics: Findings(diagnostics) });
    out.push(b'\n');
}

/// Appends the JSON line for a line of the input that could not be read; `column` says where in it, from 1.
pub fn error_line(out: &mut Vec<u8>, id: Option<&Value>, line: usize, message: &str, column: Option<usize>) {
    let error = Trouble { message, column };
    write(out, &ErrorLine { v: VERSION, id, line, verdict: Verdict::Error, error });
    out.push(b'\n');
}

fn write(out: &mut Vec<u8>, record: &impl Serialize) {
    serde_json::to_writer(out, record).expect("a vector takes every write, and every key is a string");
}

#[derive(Serialize)]
struct Entry<'a> {
    file: &'a str,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<Measured>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diagnostics: Option<Vec<Found<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Trouble<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    v: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    line: usize,
    verdict: Verdict,
    length: Measured,
    diagnostics: Findings<'a>,
}

#[derive(Serialize)]
struct ErrorLine<'a> {
    v: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    line: usize,
    verdict: Verdict,
    error: Trouble<'a>,
}

#[derive(Serialize)]
struct Trouble<'a> {
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Findings,
    Clean,
    Error,
}

impl Verdict {
    const fn of(fails: bool) -> Self {
        if fails { Self::Findings } else { Self::Clean }
    }
}

#[derive(Serialize)]
struct Measured {
    value: usize,
    limit: Option<usize>,
    unit: &'static str,
}

impl Measured {
    const fn new(length: Length) -> Self {
        Self { value: length.value, limit: length.limit, unit: Length::UNIT }
    }
}

/// The findings, written without a copy.
struct Findings<'a>(&'a [Diagnostic]);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Found::new))
    }
}

#[derive(Serialize)]
struct Found<'a> {
    rule: &'a str,
    level: Level,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
}

impl<'a> Found<'a> {
    fn new(diagnostic: &'a Diagnostic) -> Self {
        Self {
            rule: &diagnostic.rule,
            level: diagnostic.level,
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            start: diagnostic.span.start,
            end: diagnostic.span.end,
            line: None,
            column: None,
            fix: diagnostic.fix.as_ref().map(|fix| Fix { safe: fix.safe, edits: Edits(&fix.edits) }),
        }
    }
}

#[derive(Serialize)]
struct Fix<'a> {
    safe: bool,
    edits: Edits<'a>,
}

struct Edits<'a>(&'a [diagnostic::Edit]);

#[derive(Serialize)]
struct Edit<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl Serialize for Edits<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let edits = self.0.iter();
        serializer.collect_seq(edits.map(|edit| Edit { start: edit.span.start, end: edit.span.end, text: &edit.text }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::text::{Document, Sources, Span};
    use serde_json::json;

    fn finding() -> Diagnostic {
        let edits = vec![diagnostic::Edit { span: Span::new(3, 7), text: "soon".into() }];
        Diagnostic::new("words/asap", Level::Warning, "“asap”", Span::new(3, 7))
            .with_help("Say when.")
            .with_fix(diagnostic::Fix { safe: true, edits })
    }

    #[test]
    fn a_line_holds_what_the_format_promises_in_its_order() {
        let mut out = Vec::new();
        let length = Length { value: 8, limit: Some(200), hard: Some(300) };
        line(&mut out, Some(&json!("a-1")), 7, length, &[finding()], true);
        line(&mut out, None, 8, Length { value: 2, limit: None, hard: None }, &[], false);
        error_line(&mut out, Some(&json!(9)), 9, "not JSON", Some(4));
        error_line(&mut out, None, 10, "no text", None);
        let expected = concat!(
            r#"{"v":1,"id":"a-1","line":7,"verdict":"findings","length":{"value":8,"limit":200,"unit":"utf-16"},"#,
            r#""diagnostics":[{"rule":"words/asap","level":"warning","message":"“asap”","help":"Say when.","#,
            r#""start":3,"end":7,"fix":{"safe":true,"edits":[{"start":3,"end":7,"text":"soon"}]}}]}"#,
            "\n",
            r#"{"v":1,"line":8,"verdict":"clean","length":{"value":2,"limit":null,"unit":"utf-16"},"diagnostics":[]}"#,
            "\n",
            r#"{"v":1,"id":9,"line":9,"verdict":"error","error":{"message":"not JSON","column":4}}"#,
            "\n",
            r#"{"v":1,"line":10,"verdict":"error","error":{"message":"no text"}}"#,
            "\n",
        );
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }

    #[test]
    fn a_document_says_where_in_the_file_a_finding_stands() {
        let file = "---\nkind: invite\n---\nHi asap!";
        let mut sources = Sources::default();
        let id = sources.add("a.txt", file);
        let document = Document::from_source(id, file, Span::new(21, file.len()));
        let context = Context::default();
        let diagnostics = [finding()];
        let note = Note {
            name: "a.txt",
            document: &document,
            diagnostics: &diagnostics,
            context: &context,
            kind_assumed: false,
            facts: &[],
        };
        let mut json = Json::default();
        json.note(&note, true, &mut Places::new(&sources));
        json.error("b.txt", "it is a folder");
        let read: Value = serde_json::from_slice(&json.finish()).unwrap();
        assert_eq!(read["v"], 1);
        assert_eq!(read["notes"][0]["diagnostics"][0]["line"], 4);
        assert_eq!(read["notes"][0]["diagnostics"][0]["column"], 4);
        assert_eq!(read["notes"][0]["length"]["limit"], 200);
        assert_eq!(
            read["notes"][1],
            json!({"file": "b.txt", "verdict": "error", "error": {"message": "it is a folder"}})
        );
        let empty: Value = serde_json::from_slice(&Json::default().finish()).unwrap();
        assert_eq!(empty, json!({"v": 1, "notes": []}));
    }
}
