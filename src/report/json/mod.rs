//! Findings for programs: one JSON document for a run, or one JSON line for each note.
//!
//! Offsets are bytes of the note's text; lines and columns (grapheme clusters, from 1) are those of the file. Keys are
//! only ever added; `v` changes when one changes its meaning. docs/json-lines.md describes them.

mod evaluated;
mod record;

use serde::Serialize;
use serde_json::Value;

use super::alike::Record;
use super::place::Places;
use super::verdict::Length;
use super::{Cause, Note};
use crate::diagnostic::Diagnostic;
use crate::lint::{Alike, Score, readiness};
use crate::text::Language;

use self::record::{DraftRecord, Entry, Findings, Found, Line, Measured, Numbered, Verdict};

pub use self::evaluated::Evaluated;
pub use self::record::{Composed, Trouble};

const VERSION: u8 = 1;

/// The document for `--format json`, written as the notes come:
/// `{"v":1,"notes":[{"file", "verdict", "length", "diagnostics"}, …]}`.
#[derive(Debug)]
pub struct Json {
    out: Vec<u8>,
    is_first: bool,
    alike: Vec<u8>,
}

impl Default for Json {
    fn default() -> Self {
        Self::new("notes")
    }
}

impl Json {
    /// A document whose list has this name.
    #[must_use]
    pub fn new(list: &str) -> Self {
        Self { out: format!("{{\"v\":{VERSION},\"{list}\":[").into_bytes(), is_first: true, alike: Vec::new() }
    }

    /// Adds a note; `fails` says that a finding is grave enough to fail the run. `sample` is the invented person of the
    /// template it was made from, if it was: the text of such a note stands in no file and is added. `suppressed` is how
    /// many findings are allowed, `causes` are the places that the words of each finding come from.
    #[expect(clippy::too_many_arguments, reason = "one note with all that is said of it")]
    pub fn note(
        &mut self,
        note: &Note<'_>,
        sample: Option<&str>,
        score: Option<&Score>,
        suppressed: usize,
        fails: bool,
        causes: &[Vec<Cause>],
        places: &mut Places<'_>,
    ) {
        let entry = Entry {
            sample,
            language: foreign(note.context.language()),
            readiness: Some(note.readiness()),
            shared_context: note.shared.map(|shared| shared.answer),
            score,
            length: Some(Measured::new(note.length())),
            text: sample.map(|_| note.document.text()),
            suppressed,
            diagnostics: Some(found(note, causes, places)),
            ..Entry::new(note.name, Verdict::of(fails))
        };
        self.entry(&entry);
    }

    /// Adds a template's own findings; `error` says why no note could be made from it. What is located is its file.
    pub fn template(
        &mut self,
        note: &Note<'_>,
        error: Option<&str>,
        suppressed: usize,
        fails: bool,
        places: &mut Places<'_>,
    ) {
        let verdict = if error.is_some() { Verdict::Error } else { Verdict::of(fails) };
        let error = error.map(|message| Trouble { message, ..Trouble::default() });
        let diagnostics = Some(found(note, &[], places));
        self.entry(&Entry { suppressed, diagnostics, error, ..Entry::new(note.name, verdict) });
    }

    /// Adds a file that could not be checked.
    pub fn error(&mut self, file: &str, error: Trouble<'_>) {
        self.entry(&Entry { error: Some(error), ..Entry::new(file, Verdict::Error) });
    }

    /// Adds notes that are one text; they stand under `alike`, behind the notes.
    pub fn alike(&mut self, alike: &Alike, names: &[&str]) {
        self.alike.extend_from_slice(if self.alike.is_empty() { b"\n" } else { b",\n" });
        write(&mut self.alike, &Record::new(alike, names));
    }

    /// Adds a composed note.
    pub fn draft(&mut self, draft: &Composed<'_>, fails: bool) {
        self.entry(&DraftRecord::new(draft, fails));
    }

    /// Adds somebody nobody could compose for.
    pub fn no_draft(&mut self, id: &str, error: Trouble<'_>) {
        self.entry(&NoDraft { id, verdict: Verdict::Error, error });
    }

    /// The whole document.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        if !self.alike.is_empty() {
            self.out.extend_from_slice(b"\n],\"alike\":[");
            self.out.append(&mut self.alike);
        }
        self.out.extend_from_slice(b"\n]}\n");
        self.out
    }

    fn entry(&mut self, entry: &impl Serialize) {
        self.out.extend_from_slice(if self.is_first { b"\n" } else { b",\n" });
        self.is_first = false;
        write(&mut self.out, entry);
    }
}

#[derive(Serialize)]
struct NoDraft<'a> {
    id: &'a str,
    verdict: Verdict,
    error: Trouble<'a>,
}

/// The findings with their places in the note's file, and the other places that their words come from.
fn found<'n>(note: &Note<'n>, causes: &[Vec<Cause>], places: &mut Places<'_>) -> Vec<Found<'n>> {
    let causes = causes.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
    let found = note.diagnostics.iter().zip(causes).map(|(diagnostic, causes)| {
        let place = places.in_note(note.name, note.document, diagnostic.span);
        let found = Found::new(diagnostic);
        if place.name != note.name {
            return found.from(causes.to_vec().into());
        }
        let is_other = |cause: &&Cause| **cause != Cause::from(place);
        found.at(place.line, place.column).from(causes.iter().filter(is_other).cloned().collect())
    });
    found.collect()
}

/// The language of a note, where it is not English.
fn foreign(language: Option<Language>) -> Option<Language> {
    language.filter(|language| *language != Language::ENGLISH)
}

/// Appends the JSON line for notes that are one text, by the numbers of their lines.
pub fn alike_line(out: &mut Vec<u8>, alike: &Alike, lines: &[usize]) {
    #[derive(Serialize)]
    struct Line<'a> {
        v: u8,
        alike: Record<'a, usize>,
    }
    write(out, &Line { v: VERSION, alike: Record::new(alike, lines) });
    out.push(b'\n');
}

/// Appends the JSON line for a note: `id` is the reader's own name for it, `line` its line in the input; `fails` says
/// that a finding is grave enough to fail the run.
#[expect(clippy::too_many_arguments, reason = "a line with all that it says")]
pub fn line(
    out: &mut Vec<u8>,
    id: Option<&Value>,
    line: usize,
    language: Language,
    length: Length,
    diagnostics: &[Diagnostic],
    fails: bool,
    score: Option<&Score>,
) {
    let verdict = Verdict::of(fails);
    let length = Measured::new(length);
    let readiness = readiness(diagnostics, None);
    let language = foreign(Some(language));
    let diagnostics = Findings::new(diagnostics);
    write_line(out, id, line, &Line { verdict, language, readiness, score, length, diagnostics });
}

/// Appends the JSON line for a composed note.
pub fn draft_line(out: &mut Vec<u8>, line: usize, draft: &Composed<'_>, fails: bool) {
    write_line(out, Some(&draft.id), line, &DraftRecord::nameless(draft, fails));
}

/// Appends the JSON line for a line of the input that could not be read, or that nothing came of.
pub fn error_line(out: &mut Vec<u8>, id: Option<&impl Serialize>, line: usize, error: Trouble<'_>) {
    write_line(out, id, line, &record::ErrorLine { verdict: Verdict::Error, error });
}

fn write_line(out: &mut Vec<u8>, id: Option<&impl Serialize>, line: usize, rest: &impl Serialize) {
    write(out, &Numbered { v: VERSION, id, line, rest });
    out.push(b'\n');
}

fn write(out: &mut Vec<u8>, record: &impl Serialize) {
    serde_json::to_writer(out, record).expect("a vector takes every write, and every key is a string");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::diagnostic::{self, Level};
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
        line(&mut out, Some(&json!("a-1")), 7, Language::ENGLISH, length, &[finding()], true, None);
        line(&mut out, None, 8, Language::GERMAN, Length { value: 2, limit: None, hard: None }, &[], false, None);
        error_line(
            &mut out,
            Some(&json!(9)),
            9,
            Trouble { message: "not JSON", column: Some(4), ..Trouble::default() },
        );
        error_line(
            &mut out,
            None::<&Value>,
            10,
            Trouble { message: "no text", help: Some("Add it."), ..Trouble::default() },
        );
        let expected = concat!(
            r#"{"v":1,"id":"a-1","line":7,"verdict":"findings","readiness":"rewrite","length":{"value":8,"limit":200,"unit":"utf-16"},"#,
            r#""diagnostics":[{"rule":"words/asap","level":"warning","message":"“asap”","help":"Say when.","#,
            r#""start":3,"end":7,"fix":{"safe":true,"edits":[{"start":3,"end":7,"text":"soon"}]}}]}"#,
            "\n",
            r#"{"v":1,"line":8,"verdict":"clean","language":"de","readiness":"ready","length":{"value":2,"limit":null,"unit":"utf-16"},"diagnostics":[]}"#,
            "\n",
            r#"{"v":1,"id":9,"line":9,"verdict":"error","error":{"message":"not JSON","column":4}}"#,
            "\n",
            r#"{"v":1,"line":10,"verdict":"error","error":{"message":"no text","help":"Add it."}}"#,
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
            shared: None,
        };
        let mut json = Json::default();
        json.note(&note, None, None, 0, true, &[], &mut Places::new(&sources));
        json.error("b.txt", Trouble { message: "it is a folder", ..Trouble::default() });
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
