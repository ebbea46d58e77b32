//! `cordial template`: what templates there are.

use std::fmt::Write as _;
use std::path::Path;

use clap::Subcommand;

use super::args::Where;
use super::compose::library;
use super::workspace::Workspace;
use super::{ExitStatus, Failure, Terminal};
use crate::compose::Request;
use crate::project::Files;
use crate::report::{Ink, wrap};
use crate::template::{Library, Template};
use crate::text::Language;

/// List and show templates
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the templates: what each is for and what it needs
    List {
        #[command(flatten)]
        place: Where,
    },
    /// Print a template's file, and the notes it gives for invented people
    Show {
        /// Its name: invite/talk
        #[arg(value_name = "NAME")]
        name: String,

        #[command(flatten)]
        place: Where,
    },
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let files = Files::default();
    let (Command::List { place } | Command::Show { place, .. }) = &args.command;
    let workspace = Workspace::open(&files, place, Path::new("."), terminal);
    let (library, broken) = library(&workspace, &files, terminal);
    match &args.command {
        Command::List { .. } => list(&library, terminal)?,
        Command::Show { name, .. } => show(&library, name, terminal)?,
    }
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

fn show(library: &Library, name: &str, terminal: &mut Terminal) -> Result<(), Failure> {
    let Some(template) = library.named(name, None) else {
        let failure = Failure::new(format!("there is no template {name}"));
        return Err(failure.help(match library.nearest(name, None) {
            Some(near) => format!("did you mean {near}?"),
            None => "`cordial template list` lists them".to_owned(),
        }));
    };
    terminal.print(template.source())?;
    terminal.flush()?;
    let style = terminal.stderr_style();
    for sample in &template.front().samples {
        let request = Request::for_sample(template, sample);
        let told = match library.compose(&sample.contact, &request, |_, _| Vec::new()) {
            Ok(draft) => wrap::labelled(&format!("To {}", sample.contact.first_name), Ink::Strong, &draft.text, style),
            Err(why) => wrap::labelled("warning", Ink::Warning, &why.to_string(), style),
        };
        terminal.tell(&format!("\n{told}"));
    }
    let file = format!("templates/{}.tera", template.id());
    terminal.suggest(&format!("cordial template show {} > {file}", template.id()));
    Ok(())
}
