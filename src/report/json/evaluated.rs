use serde_json::{Map, Value, json};

use super::record::{Findings, Trouble};
use super::{VERSION, write};
use crate::eval::{Evaluation, Figures, LabelledNote, Misjudged, Miss, Proportion, RuleHits, Tally, View};

/// The document for `eval --format json`, written as the notes come:
/// `{"v":1,"file","misses":[…],"views":{…},"unread":{…}}`. docs/json-lines.md describes its keys.
#[derive(Debug)]
pub struct Evaluated {
    out: Vec<u8>,
    /// How many misses it has, if it lists them.
    misses: Option<usize>,
}

impl Evaluated {
    /// A document about a file, perhaps with a list of the notes that were misjudged.
    #[must_use]
    pub fn new(file: &str, lists_misses: bool) -> Self {
        let mut out = format!("{{\"v\":{VERSION},\"file\":").into_bytes();
        write(&mut out, &file);
        if lists_misses {
            out.extend_from_slice(b",\"misses\":[");
        }
        Self { out, misses: lists_misses.then_some(0) }
    }

    /// Adds a note that was misjudged.
    pub fn miss(&mut self, line: usize, note: &LabelledNote<'_>, missed: &Misjudged) {
        let Some(misses) = &mut self.misses else { return };
        self.out.extend_from_slice(if *misses == 0 { b"\n" } else { b",\n" });
        *misses += 1;
        let mut record = json!({
            "line": line,
            "miss": word(missed.miss),
            "views": missed.views.iter().map(|view| name(*view)).collect::<Vec<_>>(),
            "label": note.label.as_str(),
            "kind": missed.kind,
            "issues": note.issues,
            "text": note.text,
            "diagnostics": Findings::new(&missed.found),
        });
        if let Some(id) = &note.id {
            record["id"] = id.clone();
        }
        write(&mut self.out, &record);
    }

    /// What has been written since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// The rest of the document. `unread` are the lines that could not be read, as far as they are listed.
    #[must_use]
    pub fn finish(mut self, evaluation: &Evaluation<'_>, unread: usize, listed: &[(usize, Trouble<'_>)]) -> Vec<u8> {
        if self.misses.is_some() {
            self.out.extend_from_slice(b"\n]");
        }
        let views = View::ALL.into_iter().filter_map(|view| Some((view, evaluation.figures(view)?)));
        let reasons = evaluation.knows_reasons();
        let views: Map<String, Value> =
            views.map(|(view, figures)| (name(view).to_owned(), self::figures(figures, reasons))).collect();
        self.out.extend_from_slice(b",\n\"views\":");
        write(&mut self.out, &views);
        let lines: Vec<Value> =
            listed.iter().map(|(number, trouble)| json!(Trouble { line: Some(*number), ..*trouble })).collect();
        self.out.extend_from_slice(b",\n\"unread\":");
        write(&mut self.out, &json!({ "count": unread, "lines": lines }));
        self.out.extend_from_slice(b"}\n");
        self.out
    }
}

const fn name(view: View) -> &'static str {
    match view {
        View::Bare => "bare",
        View::Contact => "contacts",
    }
}

const fn word(miss: Miss) -> &'static str {
    match miss {
        Miss::Flagged => "flagged",
        Miss::Missed => "missed",
        Miss::OtherReason => "other_reason",
    }
}

fn figures(figures: &Figures, reasons: bool) -> Value {
    let of = |tally: &Tally| self::tally(*tally, reasons);
    let kinds: Map<_, _> = figures.by_kind.iter().map(|(kind, it)| (kind.as_str().to_owned(), of(it))).collect();
    let issues: Map<_, _> = figures.by_issue.iter().map(|(issue, it)| (issue.clone(), of(it))).collect();
    let native: Map<_, _> = figures.by_native.iter().map(|(native, it)| (native.to_string(), of(it))).collect();
    let rules: Vec<_> = figures.rules.iter().map(|(id, hits)| rule(id, *hits, reasons)).collect();
    json!({ "all": of(&figures.all), "kinds": kinds, "issues": issues, "native": native, "rules": rules })
}

fn tally(tally: Tally, reasons: bool) -> Value {
    json!({
        "good_flagged": proportion(tally.good_flagged()),
        "bad_missed": proportion(tally.bad_missed()),
        "precision": proportion(tally.precision()),
        "recall": proportion(tally.recall()),
        "right_reason": reasons.then(|| proportion(tally.right_reason())),
        "errors_on_good": proportion(tally.good_with_errors()),
    })
}

/// Four decimals: more would be noise.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

fn proportion(of: Proportion) -> Value {
    let interval = of.interval();
    json!({
        "count": of.count,
        "of": of.of,
        "share": of.share().map(rounded),
        "low": interval.map(|interval| rounded(interval.low)),
        "high": interval.map(|interval| rounded(interval.high)),
    })
}

fn rule(id: &str, hits: RuleHits, reasons: bool) -> Value {
    json!({
        "rule": id,
        "good": hits.good,
        "bad": hits.bad,
        "right": reasons.then_some(hits.right),
        "good_suggested": hits.good_suggested,
        "bad_suggested": hits.bad_suggested,
    })
}
