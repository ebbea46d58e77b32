use std::path::Path;

use crate::cli::args::Where;
use crate::cli::compose::library;
use crate::cli::workspace::Workspace;
use crate::cli::{ExitStatus, Failure, Terminal};
use crate::compose::Request;
use crate::project::Files;
use crate::report::{Ink, wrap};
use crate::template::Library;

/// Print a template's file, and the notes it gives for invented people
///
/// Save the file under your own templates and change it: cordial template show talk > templates/invite/talk.tera. See
/// also: template new makes one from a note you like, template test shows how its notes have changed.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Its name: invite/talk
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    place: Where,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let files = Files::default();
    let workspace = Workspace::open(&files, &args.place, Path::new("."), terminal);
    let (library, broken) = library(&workspace, &files, terminal);
    show(&library, &args.name, terminal)?;
    Ok(if broken || workspace.broken { ExitStatus::Failed } else { ExitStatus::Clean })
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
