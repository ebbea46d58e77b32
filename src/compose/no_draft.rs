use std::fmt;

use super::Order;
use crate::contact::{Contact, FactKind, Unprintable};
use crate::context::{Channel, Kind};
use crate::diagnostic::Diagnostic;
use crate::template::{Library, Need, RenderError, Template, field_of, is_english};
use crate::text::SourceSpan;

/// Why somebody gets no note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoDraft {
    /// The person's name.
    pub person: String,
    /// The reason.
    pub why: WhyNot,
    /// The language of the note, if it is not English: there are fewer templates in it.
    pub foreign: Option<String>,
    /// Templates that would fit if they were asked for by name.
    pub by_name: Vec<String>,
}

/// What keeps a note from being composed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhyNot {
    /// No template has this name.
    UnknownTemplate {
        /// The name that was given.
        name: String,
        /// What may have been meant.
        near: Option<String>,
    },
    /// Nothing is written in the contact's language.
    Language {
        /// The template that was asked for and its language.
        template: Option<(String, String)>,
        /// The contact's language.
        language: String,
    },
    /// There is no template of this kind for this channel.
    NoTemplate {
        /// The kind.
        kind: Kind,
        /// The channel.
        channel: Channel,
    },
    /// Nothing is known that a note could be built on.
    NoFacts {
        /// The kind of note.
        kind: Kind,
        /// Whether something is known, only not enough.
        some: bool,
    },
    /// A template needs something that is not there.
    Missing {
        /// Its id.
        template: String,
        /// The line that uses it first.
        line: Option<usize>,
        /// Where it asks for it: its front matter, or the place that prints it unasked.
        place: SourceSpan,
        /// What it needs.
        need: Need,
    },
    /// A template needs a fact that cannot be printed.
    Unprintable {
        /// Its id.
        template: String,
        /// The line that uses it first.
        line: Option<usize>,
        /// What is wrong with the fact.
        error: Unprintable,
    },
    /// The note is too long even in its shortest form.
    TooLong {
        /// The template's id.
        template: String,
        /// The shortest form, in UTF-16 units.
        shortest: usize,
        /// What fits.
        most: usize,
        /// What fits with the largest account, where that is more and the writer's is not known.
        longest: Option<usize>,
    },
    /// The template could not be rendered.
    Broken {
        /// Its id.
        template: String,
        /// The line.
        line: Option<usize>,
        /// The place, in [`Library::sources`].
        place: SourceSpan,
        /// What is wrong.
        diagnostic: Box<Diagnostic>,
    },
}

impl WhyNot {
    pub(super) fn broken(library: &Library, template: &Template, error: RenderError) -> Self {
        let place = SourceSpan { file: error.file, span: error.diagnostic.span };
        let text = library.sources().get(error.file).map(|source| source.text.as_str()).unwrap_or_default();
        let line = text.get(..place.span.start).map(|before| before.matches('\n').count() + 1);
        let template = template.id().to_owned();
        if let Some(need) = error.absent.as_deref().and_then(|path| path.parse().ok()) {
            return Self::Missing { template, line, place, need };
        }
        Self::Broken { template, line, place, diagnostic: Box::new(error.diagnostic) }
    }
}

impl WhyNot {
    /// The same with the line that uses first what is missing. Most reasons are never told, and finding it takes time.
    fn with_line(mut self, of: &Template) -> Self {
        match &mut self {
            Self::Missing { line: line @ None, need, .. } => *line = of.line_of(&need.path()),
            Self::Unprintable { line: line @ None, error, .. } => *line = of.line_of(error.kind.as_str()),
            _ => {}
        }
        self
    }
}

/// Of all reasons the one that helps most.
pub(super) fn most_telling(library: &Library, order: &Order<'_>, failed: Vec<(&Template, WhyNot)>) -> NoDraft {
    let kind = failed.first().map_or_else(Kind::default, |(template, _)| template.front().kind);
    let named = order.request.template.is_some();
    let rank = |why: &WhyNot| match why {
        WhyNot::Broken { .. } => 0,
        WhyNot::TooLong { .. } => 1,
        WhyNot::Unprintable { .. } => 2,
        WhyNot::Missing { need: Need::Me(_) | Need::Contact(_), .. } => 3,
        _ => 4,
    };
    let length = |why: &WhyNot| if let WhyNot::TooLong { shortest, .. } = why { *shortest } else { 0 };
    let best = failed.into_iter().min_by_key(|(_, why)| (rank(why), length(why)));
    let why = match best {
        Some((template, why)) if named || rank(&why) < 4 => why.with_line(template),
        _ => WhyNot::NoFacts { kind, some: !order.facts.is_empty() },
    };
    let by_name = library.templates().filter(|template| template.front().by_name && template.front().kind == kind);
    let fits = |template: &&Template| !named && order.speaks(template) && order.fill(library, template).is_ok();
    let by_name = by_name.filter(fits).map(|template| template.id().to_owned()).collect();
    NoDraft { by_name, ..NoDraft::new(order.contact, why) }
}

impl NoDraft {
    pub(super) fn new(contact: &Contact, why: WhyNot) -> Self {
        let first = field_of(contact, "first_name").unwrap_or_else(|| contact.first_name.clone());
        let last = contact.last_name.as_ref().map(|last| format!(" {last}")).unwrap_or_default();
        let foreign = contact.language.clone().filter(|language| !is_english(language));
        Self { person: format!("{first}{last}"), why, foreign, by_name: Vec::new() }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        let help = match &self.why {
            WhyNot::UnknownTemplate { near: Some(near), .. } => format!("Did you mean {near}?"),
            WhyNot::UnknownTemplate { near: None, .. } => "See `cordial template list`.".to_owned(),
            WhyNot::Language { language, .. } => {
                format!("Add a template that says `language: {language}`; see docs/templates.md.")
            }
            WhyNot::NoTemplate { kind, .. } => {
                format!("Add one under templates/{kind}/, or choose another channel; see `cordial template list`.")
            }
            WhyNot::NoFacts { .. } => {
                let example = |kind: FactKind| format!("`{kind}: {}`", kind.example());
                let [event, talk, mutual] = [FactKind::Event, FactKind::Talk, FactKind::Mutual].map(example);
                format!("Add what you share, for example {event}, {talk} or {mutual}.")
            }
            WhyNot::Missing { need, .. } => self.add(need),
            WhyNot::Unprintable { error, .. } => capitalised(&error.help()) + ".",
            WhyNot::TooLong { shortest, longest: Some(longest), .. } if shortest <= longest => {
                format!("Shorten the fact, or say that your account is premium: then {longest} fit.")
            }
            WhyNot::TooLong { .. } => "Shorten the fact, or choose another template.".to_owned(),
            WhyNot::Broken { diagnostic, .. } => {
                diagnostic.help.as_deref().unwrap_or("Mend the template there.").to_owned()
            }
        };
        let by_name = match &self.by_name[..] {
            [] => String::new(),
            names => format!(" With --template there is also {}.", names.join(", ")),
        };
        let lack = matches!(
            self.why,
            WhyNot::Language { .. } | WhyNot::NoTemplate { .. } | WhyNot::NoFacts { .. } | WhyNot::Missing { .. }
        );
        let english = if lack && self.foreign.is_some() { " To write in English: `--language en`." } else { "" };
        format!("{help}{by_name}{english}")
    }

    fn add(&self, need: &Need) -> String {
        match need {
            Need::Fact(kind) => format!("Add a fact such as `{kind}: {}` to {}.", kind.example(), self.person),
            Need::Contact(field) => format!("Add `{field}:` to {}.", self.person),
            Need::Me(field) => format!("Add `{field}:` under `me:` in cordial.yaml."),
            Need::Nothing => String::new(),
        }
    }
}

impl fmt::Display for NoDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let person = &self.person;
        let at = |line: &Option<usize>| line.map(|line| format!(" (line {line})")).unwrap_or_default();
        let tongue = self.foreign.as_ref().map(|language| format!(" in `{language}`")).unwrap_or_default();
        write!(f, "no note for {person}: ")?;
        match &self.why {
            WhyNot::UnknownTemplate { name, .. } => write!(f, "there is no template {name}"),
            WhyNot::Language { template: Some((template, written)), language } => {
                write!(f, "{template} is written in `{written}`, and {person} reads `{language}`")
            }
            WhyNot::Language { template: None, language } => write!(f, "no template is written in `{language}`"),
            WhyNot::NoTemplate { kind, channel } => {
                write!(f, "no template{tongue} of the kind {kind} is for {}", channel.name())
            }
            WhyNot::NoFacts { kind, some: true } => {
                write!(f, "what is known of {person} is not enough for any template{tongue} of the kind {kind}")
            }
            WhyNot::NoFacts { kind, .. } => {
                write!(f, "nothing is known that a note{tongue} of the kind {kind} could build on")
            }
            WhyNot::Missing { template, line, need: Need::Fact(kind), .. } => {
                write!(f, "{template}{} needs a fact of the kind {kind}, and {person} has none", at(line))
            }
            WhyNot::Missing { template, line, need: Need::Me(field), .. } => {
                write!(f, "{template}{} needs your {}, which is not known", at(line), field.replace('_', " "))
            }
            WhyNot::Missing { template, line, need, .. } => {
                write!(f, "{template}{} needs {}, which is not known", at(line), need.path())
            }
            WhyNot::Unprintable { template, line, error } => {
                write!(f, "{template}{} would print “{}”, but {}", at(line), error.what, error.reason)
            }
            WhyNot::TooLong { template, shortest, most, .. } => {
                write!(f, "even the shortest form of {template} is {shortest} long, and {most} fit")
            }
            WhyNot::Broken { template, line, diagnostic, .. } => {
                write!(f, "{template}{}: {}", at(line), diagnostic.message)
            }
        }
    }
}

impl std::error::Error for NoDraft {}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
