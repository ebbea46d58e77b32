//! Notes on standard output, and what is to be said about them on standard error.

use super::{Desk, Failure};
use crate::cli::{ExitStatus, Terminal};
use crate::compose::Draft;
use crate::contact::Contact;
use crate::context::{Context, note_length};
use crate::lint::{Linter, allowed};
use crate::report::json::{Composed, Json};
use crate::report::{self, Ink, Length, escape, wrap};
use crate::text::Document;

/// How many notes somebody who was asked gets to choose from.
const BEST: usize = 3;

pub(super) fn run(desk: &Desk<'_>, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let most = desk.args.choices.map_or(if desk.people.asked { BEST } else { 1 }, usize::from);
    let several = desk.people.chosen.len() > 1;
    let mut is_first = true;
    let mut status = ExitStatus::Clean;
    let mut page = desk.args.json.then(|| Json::new("drafts"));
    let linter = Linter::new(&desk.workspace.rules);
    let mut session = linter.session();
    for contact in &desk.people.chosen {
        let drafts = match desk.drafts(contact, most, &mut session) {
            Ok(drafts) => drafts,
            Err(trouble) => {
                if let Some(page) = &mut page {
                    page.no_draft(&contact.id, trouble.told());
                }
                terminal.fail(&trouble.into());
                status = ExitStatus::Failed;
                continue;
            }
        };
        // Of several notes one will be sent, so the best decides.
        let best = drafts.first().map_or(&[][..], |draft| &draft.diagnostics);
        status = status.max(desk.fail_on().status(best));
        match &mut page {
            Some(page) => drafts.iter().for_each(|draft| add(desk, page, contact, draft)),
            None => print(desk, contact, &drafts, several, &mut is_first, terminal)?,
        }
    }
    if let Some(page) = page {
        terminal.print(&String::from_utf8_lossy(&page.finish()))?;
    } else if status != ExitStatus::Failed {
        suggest(desk, most, terminal);
    }
    Ok(status)
}

fn print(
    desk: &Desk<'_>,
    contact: &Contact,
    drafts: &[Draft],
    several: bool,
    is_first: &mut bool,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let who = contact.full_name();
    let is_alone = terminal.is_one_file();
    for (at, draft) in drafts.iter().enumerate() {
        let style = terminal.stderr_style();
        let title = match drafts.len() {
            1 => Some(who.clone()).filter(|_| several),
            all => Some(format!("{} of {all} to {who}", at + 1)),
        };
        // Notes stay apart in a pipe too.
        if !std::mem::take(is_first) {
            terminal.print("\n")?;
            terminal.flush()?;
        }
        if let Some(title) = title.as_ref().filter(|_| !is_alone) {
            terminal.tell(&format!("{}\n", style.paint(Ink::Strong, escape::visible(title, style.unicode))));
        }
        if desk.args.subject {
            let Some(subject) = &draft.subject else {
                let help = "choose a channel that has one: --channel linkedin-inmail, or --channel email";
                return Err(Failure::new(format!("a {} has no subject", draft.channel.name())).help(help));
            };
            note(subject, terminal)?;
        } else {
            note(&draft.text, terminal)?;
        }
        if is_alone {
            continue;
        }
        let name = if title.is_some() { &draft.template } else { &who };
        let about = about(desk, contact, draft, name, terminal);
        terminal.tell(&about);
    }
    Ok(())
}

/// Prints a note as it is, so that it can be copied and piped; on a terminal without what could harm there.
fn note(text: &str, terminal: &mut Terminal) -> Result<(), Failure> {
    let style = terminal.style();
    let shown = |line| if terminal.stdout_is_terminal() { escape::visible(line, style.unicode) } else { line.into() };
    let lines: Vec<_> = text.split('\n').map(shown).collect();
    terminal.print(&format!("{}\n", lines.join("\n")))?;
    Ok(terminal.flush()?)
}

/// The template and the reason, the length and the facts, and what was found.
fn about(desk: &Desk<'_>, contact: &Contact, draft: &Draft, name: &str, terminal: &Terminal) -> String {
    let style = terminal.stderr_style();
    let request = desk.request();
    let document = Document::from_text(draft.text.clone());
    let context = Context {
        kind: draft.kind,
        channel: Some(draft.channel),
        account: request.account,
        language: desk.language(contact).and_then(|tag| tag.parse().ok()),
        contact: Some(contact),
        others: request.others,
        today: request.today,
    };
    let facts: Vec<_> = draft.facts_used.iter().map(|fact| fact.what.clone()).collect();
    let note = report::Note {
        name,
        document: &document,
        diagnostics: &draft.diagnostics,
        context: &context,
        kind_assumed: false,
        facts: &facts,
        shared: None,
    };
    let mut out = String::from("\n");
    if let Some(subject) = draft.subject.as_ref().filter(|_| !desk.args.subject) {
        let limit = draft.channel.subject_limit().map(|limit| format!(" ({}/{limit})", note_length(subject)));
        out += &wrap::labelled("Subject", Ink::Strong, &format!("{subject}{}", limit.unwrap_or_default()), style);
    }
    out += &report::note::render(&note, style);
    out += &wrap::labelled("Picked", Ink::Dim, &format!("{} because {}", draft.template, draft.reason), style);
    if !draft.suppressed.is_empty() {
        out += &wrap::labelled("Allowed", Ink::Dim, &allowed(&draft.suppressed, true), style);
    }
    for error in &draft.left_out {
        out += &wrap::labelled("Left out", Ink::Dim, &format!("{error}; {}", error.help()), style);
    }
    out
}

fn suggest(desk: &Desk<'_>, most: usize, terminal: &mut Terminal) {
    let who = desk.args.who.first().map(|who| format!(" {who}")).unwrap_or_default();
    let next = match (desk.args.sample, most) {
        (true, _) => "cordial compose --name 'Ana Silva' --talk 'async traits'".to_owned(),
        (_, 1) if !who.is_empty() => format!("cordial compose{who} --choices 3"),
        _ if desk.workspace.project.root().is_none() => "cordial init".to_owned(),
        _ => "cordial template list".to_owned(),
    };
    terminal.suggest(&next);
}

/// Adds a draft to a JSON document.
pub(super) fn add(desk: &Desk<'_>, page: &mut Json, contact: &Contact, draft: &Draft) {
    page.draft(&composed(contact, draft), desk.fail_on().fails(&draft.diagnostics));
}

/// A draft as JSON tells it.
pub(super) fn composed<'a>(contact: &'a Contact, draft: &'a Draft) -> Composed<'a> {
    let limit = draft.limit;
    Composed {
        id: &contact.id,
        kind: draft.kind,
        channel: draft.channel,
        template: &draft.template,
        reason: &draft.reason,
        text: &draft.text,
        subject: draft.subject.as_deref(),
        length: Length {
            value: draft.length,
            limit: limit.map(|limit| limit.safe),
            hard: limit.map(|limit| limit.hard),
        },
        facts_used: &draft.facts_used,
        suppressed: draft.suppressed.len(),
        diagnostics: &draft.diagnostics,
    }
}
