//! A template as it reads for its own sample people.

use super::{Draft, NoDraft, Request, WhyNot};
use crate::context::{Account, Context};
use crate::diagnostic::{Diagnostic, Level};
use crate::template::{Expected, Library, Need, Sample, Template};
use crate::text::{Document, FileId, Span};

/// The id under which everything about sample people is reported.
const RULE: &str = "template/samples";

/// What a template's file comes to.
#[derive(Clone, Debug, Default)]
pub struct Reading<'l> {
    /// The notes to its sample people.
    pub notes: Vec<SampleNote<'l>>,
    /// What is wrong with the template itself, each in the file it is wrong in.
    pub findings: Vec<(FileId, Diagnostic)>,
    /// How many sample people got no note.
    pub without: usize,
    /// Whether it was read at all; a template with an error is not.
    pub is_read: bool,
    /// Whether it is a part, which only other templates make notes from.
    pub is_part: bool,
}

/// A note to a sample person.
#[derive(Clone, Debug)]
pub struct SampleNote<'l> {
    /// The person.
    pub sample: &'l Sample,
    /// The note, and what was found in it.
    pub draft: Draft,
}

/// How a note compares with the one that the template's file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is the same.
    Same,
    /// It is another one.
    Differs,
    /// The file says no note.
    New,
}

impl SampleNote<'_> {
    /// The note and its subject, as the template's file would say them.
    #[must_use]
    pub fn given(&self) -> Expected {
        Expected::new(&self.draft.text, self.draft.subject.as_deref())
    }

    /// How it compares with the note that the file says.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self.sample.expected() {
            None => Outcome::New,
            Some(expected) if expected == self.given() => Outcome::Same,
            Some(_) => Outcome::Differs,
        }
    }
}

impl<'a> Request<'a> {
    /// A note from a template to one of its sample people, in the language it is written in.
    #[must_use]
    pub fn for_sample(template: &Template, sample: &'a Sample) -> Self {
        let language = sample.contact.language.is_none().then(|| template.front().language.clone());
        Self {
            template: Some(template.id().to_owned()),
            language,
            me: Some(&sample.me),
            today: sample.today,
            ..Self::default()
        }
    }
}

impl Library {
    /// Reads a template's file as its sample people would: composes the note to each and lints it. Nothing comes of a
    /// file whose template was left out for its errors.
    pub fn read_samples(
        &self,
        file: FileId,
        account: Option<Account>,
        mut lint: impl FnMut(&Document, &Context<'_>) -> Vec<Diagnostic>,
    ) -> Reading<'_> {
        let mut reading = Reading::default();
        let Some((template, is_whole)) = self.of_file(file) else { return reading };
        reading.is_read = true;
        reading.is_part = !is_whole;
        for sample in &template.front().samples {
            let request = Request { account, ..Request::for_sample(template, sample) };
            match self.compose(&sample.contact, &request, &mut lint) {
                Ok(draft) => reading.notes.push(SampleNote { sample, draft }),
                Err(why) => {
                    let found = no_note(template, sample, *why);
                    // What is wrong for one is often wrong for all.
                    if !reading.findings.contains(&found) {
                        reading.findings.push(found);
                    }
                    reading.without += 1;
                }
            }
        }
        if is_whole && template.front().samples.is_empty() {
            reading.findings.push((file, no_samples(template)));
        }
        reading
    }
}

/// Why a sample person gets no note, where it can be mended.
fn no_note(template: &Template, sample: &Sample, why: NoDraft) -> (FileId, Diagnostic) {
    let name = &sample.contact.first_name;
    let at_sample = |message: String| {
        let found = Diagnostic::new(RULE, Level::Error, message, sample.span).with_help(why.help());
        (template.file(), found)
    };
    match &why.why {
        WhyNot::Broken { place, diagnostic, .. } => (place.file, (**diagnostic).clone()),
        WhyNot::Missing { place, need, .. } if !template.front().needs.iter().any(|known| known.value == *need) => {
            let path = need.path();
            let message = format!("the template prints {path}, which not everybody has: {name} has none");
            let help = format!("Ask first, {{% if {path} %}} … {{% endif %}}, or put {path} into `needs`.");
            (place.file, Diagnostic::new("template/missing", Level::Error, message, place.span).with_help(help))
        }
        WhyNot::Missing { need: need @ Need::Me(_), .. } => {
            let message = format!("the template needs {}, and the writer to {name} has none", need.path());
            let help = format!("Add `from: {{ first_name: Jo, {} }}` to {name}.", field(need));
            (template.file(), Diagnostic::new(RULE, Level::Error, message, sample.span).with_help(help))
        }
        WhyNot::Missing { need, .. } => at_sample(format!("the template needs {}, and {name} has none", need.path())),
        WhyNot::TooLong { shortest, most, .. } => {
            at_sample(format!("even with the least detail the note to {name} is {shortest} long, and {most} fit"))
        }
        _ => at_sample(why.to_string()),
    }
}

/// Without sample people the notes cannot be linted.
fn no_samples(template: &Template) -> Diagnostic {
    let needs = || template.front().needs.iter().map(|need| &need.value);
    let facts = needs().filter_map(|need| match need {
        Need::Fact(kind) => Some(format!("{{ {kind}: {} }}", kind.example())),
        _ => None,
    });
    let facts = facts.collect::<Vec<_>>().join(", ");
    let fields = |wanted: fn(&Need) -> bool| {
        let fields = needs().filter(move |need| wanted(need)).map(|need| format!(", {}", field(need)));
        fields.collect::<String>()
    };
    let mut person = format!("first_name: Ana{}", fields(|need| matches!(need, Need::Contact(_))));
    if !facts.is_empty() {
        person += &format!(", facts: [{facts}]");
    }
    let mine = fields(|need| matches!(need, Need::Me(_)));
    if !mine.is_empty() {
        person += &format!(", from: {{ first_name: Jo{mine} }}");
    }
    let help = format!("Add invented people to its front matter: `samples: [{{ {person} }}]`.");
    let message = "the template has no sample people, so no note of it was checked";
    Diagnostic::new(RULE, Level::Suggestion, message, start(template)).with_help(help)
}

/// `company: Acme`
fn field(need: &Need) -> String {
    let path = need.path();
    let name = path.rsplit('.').next().unwrap_or_default();
    let example = match name {
        "company" => "Acme",
        "role" => "engineer",
        "language" => "en",
        "address" => "informal",
        "profile" => "linkedin.com/in/ana",
        _ => "Silva",
    };
    format!("{name}: {example}")
}

/// The opening of the front matter.
fn start(template: &Template) -> Span {
    let at = template.source().find("{#").unwrap_or_default();
    Span::new(at, at + 2)
}

#[cfg(test)]
#[path = "samples_tests.rs"]
mod tests;
