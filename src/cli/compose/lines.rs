//! `cordial compose --jsonl`: people as JSON Lines, one line out for each, in constant memory.

use std::path::Path;

use super::show::composed;
use super::{Desk, Failure};
use crate::cli::json_lines;
use crate::cli::{ExitStatus, Terminal};
use crate::contact::Contact;
use crate::lint::Linter;
use crate::report::json;

pub(super) fn run(desk: &Desk<'_>, file: Option<&Path>, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let linter = Linter::new(&desk.workspace.rules);
    let mut session = linter.session();
    let fail_on = desk.fail_on();
    let mut status = ExitStatus::Clean;
    json_lines::run(file, terminal, |number, text, out| {
        let mut refuse = |id: Option<&str>, error: json::Trouble<'_>| {
            status = ExitStatus::Failed;
            json::error_line(out, id.as_ref(), number, error);
        };
        let mut contact = match text.and_then(json_lines::parse::<Contact>) {
            Ok(contact) => contact,
            Err(refusal) => return refuse(None, refusal.told()),
        };
        super::add(desk.args, &mut contact);
        match desk.drafts(&contact, 1, &mut session) {
            Ok(drafts) => drafts.iter().for_each(|draft| {
                status = status.max(fail_on.status(&draft.diagnostics));
                let causes = desk.causes(&contact, draft);
                json::draft_line(out, number, &composed(&contact, draft, &causes), fail_on.fails(&draft.diagnostics));
            }),
            Err(trouble) => refuse(Some(&contact.id), trouble.told()),
        }
    })?;
    Ok(status)
}
