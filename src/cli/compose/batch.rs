//! One draft per person, in files.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use super::show::add;
use super::{Desk, Failure};
use crate::cli::{ExitStatus, Terminal};
use crate::compose::Draft;
use crate::contact::Contact;
use crate::draft::{self, FrontMatter};
use crate::lint::{Linter, entries};
use crate::project::{Existing, Files, write};
use crate::report::json::Json;
use crate::report::{Ink, wrap};
use crate::text::yaml::Located;

/// What became of the drafts.
#[derive(Default)]
struct Tally {
    written: usize,
    unchanged: usize,
    /// Drafts that are there and differ.
    kept: Vec<PathBuf>,
    with_findings: usize,
    none: Vec<Failure>,
}

pub(super) fn run(desk: &Desk<'_>, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let folder = desk.args.out.clone().unwrap_or_else(|| PathBuf::from("drafts"));
    let bar = bar(desk.people.chosen.len(), terminal);
    let mut tally = Tally::default();
    let mut status = ExitStatus::Clean;
    let mut page = desk.args.json.then(|| Json::new("drafts"));
    let linter = Linter::new(&desk.workspace.rules);
    let mut session = linter.session();
    for contact in &desk.people.chosen {
        bar.set_message(contact.full_name());
        match desk.drafts(contact, 1, &mut session) {
            Ok(drafts) => {
                for draft in &drafts {
                    let found = desk.fail_on().status(&draft.diagnostics);
                    tally.with_findings += usize::from(found == ExitStatus::Findings);
                    status = status.max(found);
                    save(desk, &folder, contact, draft, &mut tally)?;
                    if let Some(page) = &mut page {
                        add(desk, page, contact, draft);
                    }
                }
            }
            Err(trouble) => {
                if let Some(page) = &mut page {
                    page.no_draft(&contact.id, trouble.told());
                }
                tally.none.push(trouble.into());
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Some(page) = page {
        terminal.print(&String::from_utf8_lossy(&page.finish()))?;
    }
    report(&folder, &tally, terminal);
    let failed = !tally.none.is_empty() || !tally.kept.is_empty();
    Ok(if failed { ExitStatus::Failed } else { status })
}

fn bar(people: usize, terminal: &Terminal) -> ProgressBar {
    if !terminal.stderr_is_terminal() || people < 2 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(people as u64);
    match ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Writes a draft, unless one that differs is there: somebody may have worked on it.
fn save(desk: &Desk<'_>, folder: &Path, contact: &Contact, draft: &Draft, tally: &mut Tally) -> Result<(), Failure> {
    let text = file_text(desk, contact, draft);
    let path = folder.join(format!("{}.txt", contact.id));
    let files = Files::default();
    let existing = if desk.args.force { Existing::Replace } else { Existing::Keep };
    if files.is_file(&path) {
        let there = files.read(&path).map_err(|problem| Failure::from(&problem))?.text;
        if there == text {
            tally.unchanged += 1;
            return Ok(());
        }
        if existing == Existing::Keep {
            tally.kept.push(path);
            return Ok(());
        }
    }
    write(&path, &text, existing).map_err(|problem| Failure::from(&problem))?;
    tally.written += 1;
    Ok(())
}

fn file_text(desk: &Desk<'_>, contact: &Contact, draft: &Draft) -> String {
    let located = |value: &str| Located { value: value.to_owned(), ..Located::default() };
    let front = FrontMatter {
        contact: Some(located(&contact.id)),
        kind: Some(draft.kind),
        channel: Some(draft.channel).filter(|channel| *channel != draft.kind.channel()),
        account: desk.args.about.account,
        // Linting a draft asks its person and its project too.
        language: desk.args.person.language.as_deref().and_then(|tag| tag.parse().ok()),
        subject: draft.subject.as_deref().map(located),
        allow: entries(&draft.suppressed).iter().map(|entry| located(entry)).collect(),
    };
    let text = front.write(&draft.text);
    debug_assert_eq!(&text[draft::read(&text).0.note.range()], draft.text, "a draft is read as it was written");
    text
}

fn report(folder: &Path, tally: &Tally, terminal: &mut Terminal) {
    let style = terminal.stderr_style();
    for failure in &tally.none {
        terminal.fail(failure);
    }
    for path in &tally.kept {
        let text = format!("{} is there already and differs; it was kept", path.display());
        terminal.tell(&wrap::labelled("warning", Ink::Warning, &text, style));
    }
    if !tally.kept.is_empty() {
        terminal.tell(&wrap::labelled("help", Ink::Help, "replace them with --force, or choose another --out", style));
    }
    let drafts = |count: usize| if count == 1 { "1 draft".to_owned() } else { format!("{count} drafts") };
    let mut text = format!("{} in {}", drafts(tally.written), folder.display());
    for (count, what) in [
        (tally.unchanged, "as before"),
        (tally.kept.len(), "kept as they were"),
        (tally.with_findings, "with findings"),
        (tally.none.len(), "without a note"),
    ] {
        if count > 0 {
            text += &format!(", {count} {what}");
        }
    }
    terminal.tell(&wrap::labelled("Wrote", Ink::Good, &text, style));
    terminal.suggest(&format!("cordial lint {}", folder.display()));
}
