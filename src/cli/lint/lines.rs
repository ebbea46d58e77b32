//! `cordial lint --jsonl`: notes as JSON Lines, one line out for each line in, in constant memory.

use std::borrow::Cow;
use std::io::Write as _;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use super::Args;
use crate::cli::exit::FailOn;
use crate::cli::json_lines::{self, Refusal};
use crate::cli::workspace::Workspace;
use crate::cli::{ExitStatus, Failure, Terminal};
use crate::contact::{Contact, parse_day};
use crate::context::{Account, Channel, Context, Kind};
use crate::lint::{Linter, Sameness, Session};
use crate::project::{self, Ci, Files};
use crate::report::{Length, json, redact};
use crate::text::{Document, Language};

/// A line of the input.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record<'a> {
    id: Option<Value>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    kind: Option<Kind>,
    channel: Option<Channel>,
    account: Option<Account>,
    language: Option<String>,
    contact: Option<Contact>,
    #[serde(default, deserialize_with = "day")]
    today: Option<Date>,
}

fn day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let day = Option::<Cow<'_, str>>::deserialize(deserializer)?;
    day.map(|day| parse_day(&day)).transpose().map_err(serde::de::Error::custom)
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let path = match args.paths.as_slice() {
        [] => None,
        [path] => Some(path.as_path()),
        _ => {
            return Err(
                Failure::new("--jsonl reads one file").help("join them: cat a.jsonl b.jsonl | cordial lint --jsonl")
            );
        }
    };
    let near = path.filter(|path| *path != Path::new("-")).unwrap_or(Path::new("."));
    let workspace = Workspace::open(&Files::default(), &args.place, near, terminal);
    let linter = Linter::new(&workspace.rules);
    let mut batch = Batch {
        args,
        account: args.about.account.or(workspace.project.config.account),
        language: workspace.project.config.language,
        today: args.about.today(),
        fail_on: args.fail_on.or(workspace.project.config.fail_on.map(Into::into)).unwrap_or_default(),
        session: linter.session(),
        sameness: args.compare.then(|| Sameness::new(&workspace.rules)).flatten(),
        status: if workspace.broken { ExitStatus::Failed } else { ExitStatus::Clean },
        redact: args.redact.is_on(&Ci::here()),
    };
    json_lines::run(path, terminal, |number, text, out| {
        // Why a line cannot be read may be told with what it says of a person.
        let quiet = |refusal: Refusal| if batch.redact { refusal.bare() } else { refusal };
        let (id, refusal) = match text.and_then(|text| json_lines::parse::<Record<'_>>(text).map_err(quiet)) {
            Ok(record) => match batch.record(number, &record, out) {
                Ok(()) => return,
                Err(refusal) => (record.id, refusal),
            },
            Err(refusal) => (None, refusal),
        };
        batch.status = ExitStatus::Failed;
        json::error_line(out, id.as_ref(), number, refusal.told());
    })?;
    let mut out = Vec::new();
    for alike in batch.sameness.take().map(Sameness::finish).unwrap_or_default() {
        json::alike_line(&mut out, &alike, &alike.notes);
        batch.status = batch.status.max(batch.fail_on.status(std::slice::from_ref(&alike.diagnostic)));
    }
    terminal.data().write_all(&out)?;
    Ok(batch.status)
}

struct Batch<'a> {
    args: &'a Args,
    account: Option<Account>,
    language: Option<Language>,
    today: Date,
    fail_on: FailOn,
    session: Session<'a>,
    sameness: Option<Sameness<'a>>,
    status: ExitStatus,
    redact: bool,
}

impl Batch<'_> {
    /// The language that the line, its person or the project names.
    fn language(&self, record: &Record<'_>) -> Result<Option<Language>, Refusal> {
        let own =
            record.language.as_deref().map(str::parse).transpose().map_err(|error: String| Refusal::new(error))?;
        let theirs = || record.contact.as_ref()?.language.as_deref()?.parse().ok();
        Ok(own.or(self.args.language).or_else(theirs).or(self.language))
    }

    fn record(&mut self, number: usize, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), Refusal> {
        if record.text.trim().is_empty() {
            return Err(Refusal::new("`text` is empty"));
        }
        let about = &self.args.about;
        let context = Context {
            kind: record.kind.or(about.kind).unwrap_or_default(),
            channel: record.channel.or(about.channel),
            account: record.account.or(self.account),
            language: self.language(record)?,
            contact: record.contact.as_ref(),
            others: &[],
            today: record.today.or(Some(self.today)),
        };
        let document = Document::from_text(record.text.as_ref());
        let session = &mut self.session;
        let Some(found) = project::guarded(|| session.lint(&document, &context)) else {
            return Err(Refusal::new("cordial failed on this note: please report it"));
        };
        if let Some(sameness) = &mut self.sameness
            && let Some(fingerprint) = session.fingerprint(&document, &context)
        {
            sameness.add(number, fingerprint);
        }
        let fails = self.fail_on.fails(&found);
        self.status = self.status.max(self.fail_on.status(&found));
        let length = Length::of(document.text(), &context);
        let score = self.args.score.then(|| self.session.score(&document, &context, &found)).flatten();
        let found = if self.redact { redact::findings(&document, &context, found) } else { found };
        json::line(out, record.id.as_ref(), number, self.session.language(), length, &found, fails, score.as_ref());
        Ok(())
    }
}
