//! The records of the JSON formats, in the order of their keys.

use serde::{Serialize, Serializer};

use super::super::verdict::Length;
use crate::contact::Fact;
use crate::context::{Channel, Kind};
use crate::diagnostic::{self, Diagnostic, Level};
use crate::lint::{Readiness, Score, SharedContext, readiness};
use crate::text::Language;

/// A composed note.
#[derive(Clone, Copy, Debug)]
pub struct Composed<'a> {
    /// The person's id.
    pub id: &'a str,
    /// What it is for.
    pub kind: Kind,
    /// Where it is sent.
    pub channel: Channel,
    /// The id of its template.
    pub template: &'a str,
    /// Why this template.
    pub reason: &'a str,
    /// The note.
    pub text: &'a str,
    /// The subject line, on a channel that has one.
    pub subject: Option<&'a str>,
    /// How long it is, and may be.
    pub length: Length,
    /// The facts it tells.
    pub facts_used: &'a [Fact],
    /// How many findings are allowed.
    pub suppressed: usize,
    /// What was found in it.
    pub diagnostics: &'a [Diagnostic],
}

#[derive(Serialize)]
pub(super) struct DraftRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    kind: Kind,
    channel: Channel,
    template: &'a str,
    reason: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    length: Measured,
    facts_used: Facts<'a>,
    verdict: Verdict,
    readiness: Readiness,
    #[serde(skip_serializing_if = "is_none")]
    suppressed: usize,
    diagnostics: Findings<'a>,
}

impl<'a> DraftRecord<'a> {
    /// The record without the id.
    pub(super) fn nameless(draft: &Composed<'a>, fails: bool) -> Self {
        Self { id: None, ..Self::new(draft, fails) }
    }

    pub(super) fn new(draft: &Composed<'a>, fails: bool) -> Self {
        Self {
            id: Some(draft.id),
            kind: draft.kind,
            channel: draft.channel,
            template: draft.template,
            reason: draft.reason,
            text: draft.text,
            subject: draft.subject,
            length: Measured::new(draft.length),
            facts_used: Facts(draft.facts_used),
            verdict: Verdict::of(fails),
            readiness: readiness(draft.diagnostics, (!draft.facts_used.is_empty()).then_some(SharedContext::Used)),
            suppressed: draft.suppressed,
            diagnostics: Findings(draft.diagnostics),
        }
    }
}

/// Facts as they are used: their kind and what they say.
struct Facts<'a>(&'a [Fact]);

#[derive(Serialize)]
struct Used<'a> {
    kind: &'a str,
    what: &'a str,
}

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|fact| Used { kind: fact.kind.as_str(), what: &fact.what }))
    }
}

#[derive(Serialize)]
pub(super) struct Entry<'a> {
    pub(super) file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sample: Option<&'a str>,
    pub(super) verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "tag")]
    pub(super) language: Option<Language>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) readiness: Option<Readiness>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) shared_context: Option<SharedContext>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) score: Option<&'a Score>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) length: Option<Measured>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<&'a str>,
    #[serde(skip_serializing_if = "is_none")]
    pub(super) suppressed: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) diagnostics: Option<Vec<Found<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<Trouble<'a>>,
}

impl<'a> Entry<'a> {
    pub(super) const fn new(file: &'a str, verdict: Verdict) -> Self {
        Self {
            file,
            sample: None,
            verdict,
            language: None,
            readiness: None,
            shared_context: None,
            score: None,
            length: None,
            text: None,
            suppressed: 0,
            diagnostics: None,
            error: None,
        }
    }
}

/// A JSON line: what it answers, and the answer.
#[derive(Serialize)]
pub(super) struct Numbered<'a, I, R> {
    pub(super) v: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<&'a I>,
    pub(super) line: usize,
    #[serde(flatten)]
    pub(super) rest: &'a R,
}

#[derive(Serialize)]
pub(super) struct Line<'a> {
    pub(super) verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "tag")]
    pub(super) language: Option<Language>,
    pub(super) readiness: Readiness,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) score: Option<&'a Score>,
    pub(super) length: Measured,
    pub(super) diagnostics: Findings<'a>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_none(number: &usize) -> bool {
    *number == 0
}

/// A language by its two letters.
fn tag<S: Serializer>(language: &Option<Language>, serializer: S) -> Result<S::Ok, S::Error> {
    language.as_ref().map(Language::as_str).serialize(serializer)
}

#[derive(Serialize)]
pub(super) struct ErrorLine<'a> {
    pub(super) verdict: Verdict,
    pub(super) error: Trouble<'a>,
}

/// Why there is no result.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Trouble<'a> {
    /// What is wrong: one line.
    pub message: &'a str,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<&'a str>,
    /// The line of the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column: of a file in grapheme clusters, of a line of the input in bytes, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    Findings,
    Clean,
    Error,
}

impl Verdict {
    pub(super) const fn of(fails: bool) -> Self {
        if fails { Self::Findings } else { Self::Clean }
    }
}

#[derive(Serialize)]
pub(super) struct Measured {
    value: usize,
    limit: Option<usize>,
    unit: &'static str,
}

impl Measured {
    pub(super) const fn new(length: Length) -> Self {
        Self { value: length.value, limit: length.limit, unit: Length::UNIT }
    }
}

/// The findings, written without a copy.
pub(super) struct Findings<'a>(pub(super) &'a [Diagnostic]);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Found::new))
    }
}

#[derive(Serialize)]
pub(super) struct Found<'a> {
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
    pub(super) fn new(diagnostic: &'a Diagnostic) -> Self {
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

    /// The same finding with its place in the file.
    pub(super) const fn at(mut self, line: usize, column: usize) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
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
