//! What `cordial` says about itself: the first screen and the list of commands.

use std::fmt::Write as _;

use super::{ExitStatus, Failure, Terminal};
use crate::report::wrap;

/// Four things to do, most likely first.
const FIRST: [(&str, &str); 4] = [
    ("cordial compose --sample", "write a note to an invented person"),
    ("cordial lint", "check a note: paste it or name a file"),
    ("cordial init", "keep people, templates and rules here"),
    ("cordial rule new", "write a rule of your own"),
];

/// `cordial` alone: at most eight lines.
pub(super) fn run(terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let width = terminal.style().width;
    let mut out = String::new();
    if width >= 66 {
        out += "Write personal notes, and check them before you send them.\n\n";
    }
    for (command, what) in FIRST {
        let line = format!("  {command:<25} {what}");
        let _ = writeln!(out, "{}", if line.len() > width { line[..26].trim_end() } else { &line });
    }
    if width >= 66 {
        out += "\nAll commands: cordial --help\n";
    }
    terminal.print(&out)?;
    Ok(ExitStatus::Clean)
}

/// The command with its subcommands listed by section; clap can only list them in one.
pub(super) fn with_sections(command: clap::Command, sections: &[(&str, &[&str])], width: usize) -> clap::Command {
    let header = *command.get_styles().get_header();
    let literal = *command.get_styles().get_literal();
    let names = || sections.iter().flat_map(|(_, names)| names.iter());
    let column = names().map(|name| name.len()).max().unwrap_or_default();
    let room = width.min(100).saturating_sub(column + 4).max(10);
    let mut list = String::new();
    for (section, names) in sections {
        let _ = writeln!(list, "{header}{section}:{header:#}");
        for name in *names {
            let about = command.find_subcommand(name).and_then(|found| found.get_about());
            let about = about.map(ToString::to_string).unwrap_or_default();
            for (row, line) in wrap::lines(&about, room, room).into_iter().enumerate() {
                let name = if row == 0 { name } else { "" };
                let _ = writeln!(list, "  {literal}{name:<column$}{literal:#}  {line}");
            }
        }
        list.push('\n');
    }
    command.term_width(width.min(100)).help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{list}{header}Options:{header:#}\n{{options}}{{after-help}}"
    ))
}
