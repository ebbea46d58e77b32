use std::path::Path;

use crate::cli::args::{Where, accounts};
use crate::cli::compose::library;
use crate::cli::workspace::Workspace;
use crate::cli::{ExitStatus, Failure, Terminal};
use crate::compose::Request;
use crate::context::Account;
use crate::project::{self, Files};
use crate::report::lengths::{self, Chart};
use crate::report::{Ink, wrap};
use crate::template::{Library, Measured, Template};

/// Print a template's file, and the notes it gives for invented people
///
/// Save the file under your own templates and change it: cordial template show talk > templates/invite/talk.tera. See
/// also: template new makes one from a note you like, template test shows how its notes have changed.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Its name: invite/talk
    #[arg(value_name = "NAME")]
    name: String,

    /// Draw how long its notes are, for its sample people or those of --contacts
    #[arg(long)]
    lengths: bool,

    /// With --lengths, your account: free (200 characters for an invitation) or premium (300)
    #[arg(long, value_name = "ACCOUNT", value_parser = accounts(), requires = "lengths")]
    account: Option<Account>,

    #[command(flatten)]
    place: Where,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let files = Files::default();
    let workspace = Workspace::open(&files, &args.place, Path::new("."), terminal);
    let (library, broken) = library(&workspace, &files, terminal);
    let template = find(&library, &args.name)?;
    let mut people_broken = false;
    if args.lengths {
        people_broken = draw(args, &workspace, &files, &library, template, terminal)?;
    } else {
        show(&library, template, terminal)?;
    }
    Ok(if broken || people_broken || workspace.broken { ExitStatus::Failed } else { ExitStatus::Clean })
}

fn find<'l>(library: &'l Library, name: &str) -> Result<&'l Template, Failure> {
    library.named(name, None).ok_or_else(|| {
        let failure = Failure::new(format!("there is no template {name}"));
        failure.help(match library.nearest(name, None) {
            Some(near) => format!("did you mean {near}?"),
            None => "`cordial template list` lists them".to_owned(),
        })
    })
}

/// Draws the lengths, and says whether the people could not all be read.
fn draw(
    args: &Args,
    workspace: &Workspace,
    files: &Files,
    library: &Library,
    template: &Template,
    terminal: &mut Terminal,
) -> Result<bool, Failure> {
    let config = &workspace.project.config;
    let account = args.account.or(config.account);
    let mut measured: Vec<Measured> = Vec::new();
    let mut broken = false;
    let mut without = 0;
    if args.place.contacts.is_some() {
        let people = workspace.people(files, &args.place, terminal)?;
        broken = people.broken;
        let today = Some(project::today());
        let request = Request { account, me: config.me.as_ref(), today, ..Request::default() };
        for contact in &people.contacts {
            match library.measure(template, contact, &request) {
                Ok(notes) => measured.extend(notes),
                Err(_) => without += 1,
            }
        }
    } else {
        for sample in &template.front().samples {
            let request = Request { account, ..Request::for_sample(template, sample) };
            match library.measure(template, &sample.contact, &request) {
                Ok(notes) => measured.extend(notes),
                Err(_) => without += 1,
            }
        }
    }
    let channel = template.front().channel();
    let details = library.lengths(template);
    let limit = channel.limit(account);
    let chart = Chart { template: template.id(), channel, limit, details: &details, measured: &measured };
    terminal.print(&lengths::render(&chart, terminal.style()))?;
    terminal.flush()?;
    if without > 0 {
        let who = if without == 1 { "1 person has".to_owned() } else { format!("{without} people have") };
        terminal.note(&format!("{who} not what the template needs, or read another language"));
    }
    Ok(broken)
}

fn show(library: &Library, template: &Template, terminal: &mut Terminal) -> Result<(), Failure> {
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
