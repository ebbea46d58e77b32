use std::path::Path;

use super::Desk;
use super::name::Name;
use crate::cli::workspace::tell;
use crate::cli::{Failure, Terminal};
use crate::compose::{FromNote, GoodNote, Trouble};
use crate::contact::Contact;
use crate::context::{Channel, Context, Kind};
use crate::draft::{self, FrontMatter};
use crate::lint::Linter;
use crate::project::{self, FileText, Problem};
use crate::text::{Document, Language};

/// The longest note that a template is made from, in bytes.
const LONGEST: usize = 16_000;

/// A template made from a note, and what to say of it.
pub(super) struct Made {
    pub(super) id: String,
    pub(super) template: FromNote,
    /// The first name of the person it was written to.
    person: String,
    /// Whether the project says who writes.
    knows_me: bool,
}

impl Desk<'_> {
    /// Makes a template from the note in a file, or from standard input, for `-`.
    pub(super) fn make(&mut self, name: &Name, from: &Path, terminal: &mut Terminal) -> Result<Made, Failure> {
        let is_stdin = from == Path::new("-");
        let read = if is_stdin { self.files.read_stdin() } else { self.files.read(from) };
        let read = read.map_err(|problem| Failure::from(&problem))?;
        let (draft, slips) = draft::read(&read.text);
        let problems = Problem::from_diagnostics(&read.name, &read.text, &slips);
        self.trouble |= tell(&problems.into_iter().chain(read.warning.clone()).collect::<Vec<_>>(), terminal);
        let text = &read.text[draft.note.range()];
        check(text, &read)?;
        let front = &draft.front_matter;
        let contact = self.person(front, &read, terminal)?;
        let project = &self.workspace.project;
        let overrides = if is_stdin { Default::default() } else { project.overrides(from) };
        let kind = name.kind.or(front.kind).or(overrides.kind).unwrap_or_default();
        let channel = front.channel.or(overrides.channel).filter(|channel| *channel != kind.channel());
        let subject = subject(front, channel, kind, &read)?;
        let language = self.language(name, front, &contact, text);
        let note = GoodNote {
            text,
            subject: subject.as_deref(),
            contact: &contact,
            me: project.config.me.as_ref(),
            language: language.as_str(),
            channel,
            account: front.account.or(overrides.account).or(project.config.account),
            today: Some(self.args.today.unwrap_or_else(project::today)),
        };
        let id = name.id(kind);
        let turn = || self.library.template_from(&id, self.args.title.as_deref(), &note);
        let Some(template) = project::guarded(turn) else {
            let failure = Failure::new("cordial failed on this note").at(read.name);
            return Err(failure.help("this is a fault of cordial: please report it with the note, the names changed"));
        };
        Ok(Made { id, template, person: contact.first_name.clone(), knows_me: project.config.me.is_some() })
    }

    /// The person the note was written to.
    fn person(&mut self, front: &FrontMatter, read: &FileText, terminal: &mut Terminal) -> Result<Contact, Failure> {
        let written = front.contact.as_ref().map(|who| who.value.as_str());
        let Some(who) = self.args.contact.as_deref().or(written) else {
            let failure = Failure::new("nobody says whom this note was written to").at(read.name.clone());
            return Err(failure.help("name the person: --contact ana; what is known of them becomes variables"));
        };
        let people = self.workspace.people(&self.files, &self.args.place, terminal)?;
        self.trouble |= people.broken;
        people.find(who).cloned()
    }

    /// The language of the note: of the template's name, the front matter, the person, the project, else of its words.
    fn language(&self, name: &Name, front: &FrontMatter, contact: &Contact, text: &str) -> Language {
        let of_contact = || contact.language.as_deref()?.parse().ok();
        let said = name.language.or(front.language).or_else(of_contact).or(self.workspace.project.config.language);
        said.unwrap_or_else(|| {
            let linter = Linter::new(&self.workspace.rules);
            let mut session = linter.session();
            session.lint(&Document::from_text(text), &Context::default());
            session.language()
        })
    }
}

/// Whether a text can be a note.
fn check(text: &str, read: &FileText) -> Result<(), Failure> {
    if text.is_empty() {
        let help = "write the note below the front matter, or pipe one in: --from -";
        return Err(Failure::new("there is no note here").at(read.name.clone()).help(help));
    }
    if text.len() > LONGEST {
        let failure = Failure::new(format!("this is no note: it is longer than {} kB", LONGEST / 1000));
        return Err(failure.at(read.name.clone()).help("give a file with one note"));
    }
    Ok(())
}

/// The subject line, on a channel that has one.
fn subject(
    front: &FrontMatter,
    channel: Option<Channel>,
    kind: Kind,
    read: &FileText,
) -> Result<Option<String>, Failure> {
    let channel = channel.unwrap_or_else(|| kind.channel());
    match (&front.subject, channel.has_subject()) {
        (_, false) => Ok(None),
        (Some(subject), true) => Ok(Some(subject.value.split_whitespace().collect::<Vec<_>>().join(" "))),
        (None, true) => {
            let failure = Failure::new(format!("a note for {} has a subject, and this one has none", channel.name()));
            Err(failure.at(read.name.clone()).help("add `subject:` to its front matter"))
        }
    }
}

impl Made {
    /// Says what became of the note.
    pub(super) fn tell(&self, terminal: &mut Terminal) {
        let FromNote { turned, left, trouble, .. } = &self.template;
        let mut told: Vec<String> = Vec::new();
        for turned in turned {
            let verb = if told.is_empty() { "stands for" } else { "for" };
            let line = format!("{{{{ {} }}}} {verb} “{}”", turned.expression, turned.words);
            if !told.iter().any(|known| known.starts_with(&format!("{{{{ {} }}}}", turned.expression))) {
                told.push(line);
            }
        }
        if told.is_empty() {
            terminal
                .warn(&format!("the note says nothing that is known of {}: everybody would get the same", self.person));
        } else {
            terminal.note(&told.join(", "));
        }
        for turned in turned {
            if let Some(left_out) = &turned.left_out {
                let text =
                    format!("“{}” is left out for those who have no {}", left_out.trim(), path(&turned.expression));
                terminal.note(&text);
            }
        }
        for left in left {
            terminal.warn(&format!("“{}” is still in the text: {}", left.words, left.why));
        }
        if !self.knows_me {
            terminal.note("cordial.yaml does not say who you are (`me:`), so your own name and work stay in the text");
        }
        match trouble {
            Some(Trouble::None(why)) => terminal.warn(&format!("the template gives {} no note: {why}", self.person)),
            Some(Trouble::Other(text)) => {
                terminal.warn(&format!("the template tells {} something else first: “{text}”", self.person));
            }
            None => {}
        }
        terminal.note("its sample people are invented; read the file before you share it");
    }
}

/// `talk.when` of `talk.when | ago`
fn path(expression: &str) -> &str {
    expression.split(' ').next().unwrap_or_default()
}
