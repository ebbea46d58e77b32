//! `cordial lint --jsonl`: notes as JSON Lines, one line out for each line in, in constant memory.

use std::borrow::Cow;
use std::io::Write as _;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use super::lint::Args;
use super::workspace::Workspace;
use super::{ExitStatus, Failure, Terminal};
use crate::contact::Contact;
use crate::context::{Account, Channel, Context, Kind};
use crate::lint::{Linter, Session};
use crate::project::{self, Files, LONGEST_LINE, Line, Lines};
use crate::report::{Length, json};
use crate::text::Document;

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
    contact: Option<Contact>,
    today: Option<Date>,
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
    let mut lines = Lines::open(path).map_err(|problem| Failure::from(&problem))?;
    let linter = Linter::new(&workspace.rules);
    let mut batch = Batch {
        args,
        account: args.about.account.or(workspace.project.config.account),
        fail_on: args.fail_on.or(workspace.project.config.fail_on.map(Into::into)).unwrap_or_default(),
        session: linter.session(),
        status: if workspace.broken { ExitStatus::Failed } else { ExitStatus::Clean },
        out: Vec::with_capacity(1 << 16),
    };
    let mut data = terminal.data();
    while let Some((number, line)) = lines.next_line().map_err(|problem| Failure::from(&problem))? {
        batch.line(number, &line);
        if batch.out.len() >= 1 << 15 {
            data.write_all(&batch.out)?;
            batch.out.clear();
        }
    }
    data.write_all(&batch.out)?;
    data.flush()?;
    Ok(batch.status)
}

struct Batch<'a> {
    args: &'a Args,
    account: Option<Account>,
    fail_on: super::exit::FailOn,
    session: Session<'a>,
    status: ExitStatus,
    out: Vec<u8>,
}

impl Batch<'_> {
    fn line(&mut self, number: usize, line: &Line<'_>) {
        match line {
            Line::Text(text) => match serde_json::from_str::<Record<'_>>(text) {
                Ok(record) => self.record(number, &record),
                Err(error) => self.refuse(number, None, &said(&error), Some(error.column())),
            },
            Line::TooLong => self.refuse(number, None, &format!("this line is longer than {LONGEST_LINE} bytes"), None),
            Line::NotUtf8(column) => self.refuse(number, None, "this line is not UTF-8", Some(*column)),
        }
    }

    fn record(&mut self, number: usize, record: &Record<'_>) {
        if record.text.trim().is_empty() {
            return self.refuse(number, record.id.as_ref(), "`text` is empty", None);
        }
        let about = &self.args.about;
        let context = Context {
            kind: record.kind.or(about.kind).unwrap_or_default(),
            channel: record.channel.or(about.channel),
            account: record.account.or(self.account),
            contact: record.contact.as_ref(),
            others: &[],
            today: record.today.or(about.today),
        };
        let document = Document::from_text(record.text.as_ref());
        let session = &mut self.session;
        let Some(found) = project::guarded(|| session.lint(&document, &context)) else {
            return self.refuse(number, record.id.as_ref(), "cordial failed on this note: please report it", None);
        };
        let fails = self.fail_on.fails(&found);
        self.status = self.status.max(self.fail_on.status(&found));
        let length = Length::of(document.text(), &context);
        json::line(&mut self.out, record.id.as_ref(), number, length, &found, fails);
    }

    fn refuse(&mut self, number: usize, id: Option<&Value>, message: &str, column: Option<usize>) {
        self.status = ExitStatus::Failed;
        json::error_line(&mut self.out, id, number, message, column.filter(|column| *column > 0));
    }
}

/// What serde says, without the place: that has a key of its own.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(said, _)| said.to_owned())
}
