use std::fmt::Write as _;
use std::path::Path;

use crate::cli::args::Where;
use crate::cli::compose::library;
use crate::cli::workspace::Workspace;
use crate::cli::{ExitStatus, Failure, Terminal};
use crate::project::Files;
use crate::report::{Ink, wrap};
use crate::template::{Library, Template};
use crate::text::Language;

/// List the templates: what each is for and what it needs
///
/// See also: template show prints one, template new starts one of your own, template test compares the notes that yours
/// give with those they should give.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Where,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let files = Files::default();
    let workspace = Workspace::open(&files, &args.place, Path::new("."), terminal);
    let (library, broken) = library(&workspace, &files, terminal);
    list(&library, terminal)?;
    Ok(if broken || workspace.broken { ExitStatus::Failed } else { ExitStatus::Clean })
}

fn list(library: &Library, terminal: &mut Terminal) -> Result<(), Failure> {
    let style = terminal.style();
    let mut kind = None;
    let mut out = String::new();
    for template in library.templates() {
        let front = template.front();
        if kind.replace(front.kind) != Some(front.kind) {
            let gap = if out.is_empty() { "" } else { "\n" };
            let _ = writeln!(out, "{gap}{}", style.paint(Ink::Strong, front.kind));
        }
        let room = style.width.saturating_sub(4);
        let mark = if template.is_builtin() { "" } else { " (yours)" };
        let _ = writeln!(out, "  {}{mark}", template.id());
        for line in wrap::lines(&style.fold(&about(template)), room, room) {
            let _ = writeln!(out, "    {}", style.paint(Ink::Dim, line));
        }
    }
    terminal.print(&out)?;
    terminal.suggest("cordial template show invite/talk");
    Ok(())
}

/// `You heard them speak. Needs talk.`
fn about(template: &Template) -> String {
    let front = template.front();
    let needs: Vec<_> = front.needs.iter().map(|need| need.value.path()).collect();
    let mut text = format!("{}.", front.title);
    if !needs.is_empty() {
        let _ = write!(text, " Needs {}.", needs.join(", "));
    }
    if front.channel() != front.kind.channel() {
        let _ = write!(text, " For {}.", front.channel().name());
    }
    if front.language != "en" {
        let language = front.language.parse().ok().and_then(Language::name).unwrap_or(&front.language);
        let _ = write!(text, " In {language}.");
    }
    if front.by_name {
        text += " Only with --template.";
    }
    text
}
