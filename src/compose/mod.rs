//! Composing a note: which template, which facts, in how much detail.

mod choice;
mod every_path;
mod fill;
mod from_note;
mod measure;
mod no_draft;
mod origins;
mod samples;

use jiff::civil::Date;

pub use every_path::{Coverage, EveryPath, Tally};
pub use from_note::{FromNote, GoodNote, Left, Trouble, Turned};
pub use no_draft::{NoDraft, WhyNot};
pub use origins::Field;
pub use samples::{Outcome, Reading, SampleNote};

use crate::contact::{Contact, Fact, FactKind, Unprintable};
use crate::context::{Account, Channel, Context, Kind, Limit};
use crate::diagnostic::Diagnostic;
use crate::lint::Suppressed;
use crate::template::{Library, PrintedFact, Scope, Template, is_english};
use crate::text::Document;

/// What to compose.
#[derive(Clone, Debug, Default)]
pub struct Request<'a> {
    /// What the note is for; an invitation, or what the named template is for, when `None`.
    pub kind: Option<Kind>,
    /// Where it is sent; where its kind, or the named template, goes when `None`.
    pub channel: Option<Channel>,
    /// The writer's account. When it is not known the note fits every account.
    pub account: Option<Account>,
    /// The language, if not the contact's.
    pub language: Option<String>,
    /// The id of the template to use.
    pub template: Option<String>,
    /// The writer.
    pub me: Option<&'a Contact>,
    /// The other people of this run.
    pub others: &'a [Contact],
    /// The day the note is written.
    pub today: Option<Date>,
    /// The day on which what templates allow must not be over; it never is when `None`.
    pub allowed_on: Option<Date>,
}

/// A composed note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The id of its template.
    pub template: String,
    /// What the note is for.
    pub kind: Kind,
    /// Where it is sent.
    pub channel: Channel,
    /// The note.
    pub text: String,
    /// The note with where its text comes from: exactly, if something was found in it.
    pub document: Document,
    /// The subject line, on a channel that has one.
    pub subject: Option<String>,
    /// The subject line with where its text comes from, as the note.
    pub subject_document: Option<Document>,
    /// Length in UTF-16 units, as the channel counts.
    pub length: usize,
    /// The lengths the channel allows.
    pub limit: Option<Limit>,
    /// The facts that the note tells, in the contact's order.
    pub facts_used: Vec<Fact>,
    /// The contact's facts that no note can print.
    pub left_out: Vec<Unprintable>,
    /// Why this template: a few words that complete “picked because …”.
    pub reason: String,
    /// What the linter says of it.
    pub diagnostics: Vec<Diagnostic>,
    /// What the linter says of it and its template allows.
    pub suppressed: Vec<Suppressed>,
    /// The facts that its template was given: their kinds, and their places among the contact's.
    given: Vec<(FactKind, usize)>,
}

impl Library {
    /// Composes the best note to a contact. `lint` says what is wrong with a note.
    ///
    /// # Errors
    /// No template has what it needs, none is in the contact's language, or none fits the length.
    pub fn compose(
        &self,
        contact: &Contact,
        request: &Request<'_>,
        lint: impl FnMut(&Document, &Context<'_>) -> Vec<Diagnostic>,
    ) -> Result<Draft, Box<NoDraft>> {
        let mut best = self.choices(contact, request, 1, lint)?;
        Ok(best.swap_remove(0))
    }

    /// Composes with every template that fits and returns the best notes, each from another template, the best first;
    /// at least one.
    ///
    /// # Errors
    /// As [`compose`](Self::compose).
    pub fn choices(
        &self,
        contact: &Contact,
        request: &Request<'_>,
        most: usize,
        lint: impl FnMut(&Document, &Context<'_>) -> Vec<Diagnostic>,
    ) -> Result<Vec<Draft>, Box<NoDraft>> {
        let contact = &Contact { language: Some(language(contact, request).to_owned()), ..contact.clone() };
        let order = Order::new(contact, request);
        let candidates = self.candidates(&order)?;
        let attempts = candidates.into_iter().map(|template| (template, order.fill(self, template)));
        let mut fitting = Vec::new();
        let mut failed = Vec::new();
        for (template, attempt) in attempts {
            match attempt {
                Ok(notes) => fitting.extend(notes),
                Err(why) => failed.push((template, why)),
            }
        }
        if fitting.is_empty() {
            return Err(Box::new(no_draft::most_telling(self, &order, failed)));
        }
        Ok(choice::best(self, &order, fitting, most.max(1), lint))
    }

    /// The templates to try.
    fn candidates(&self, order: &Order<'_>) -> Result<Vec<&Template>, Box<NoDraft>> {
        let refuse = |why| Box::new(NoDraft::new(order.contact, why));
        if let Some(name) = &order.request.template {
            let template = self.find_named(name, order).map_err(refuse)?;
            if !order.speaks(template) {
                let (template, written) = (template.id().to_owned(), template.front().language.clone());
                let language = order.language().to_owned();
                return Err(refuse(WhyNot::Language { template: Some((template, written)), language }));
            }
            return Ok(vec![template]);
        }
        let kind = order.request.kind.unwrap_or_default();
        let channel = order.request.channel.unwrap_or_else(|| kind.channel());
        let of_kind = || self.templates().filter(move |template| template.front().kind == kind);
        let in_language: Vec<_> = of_kind().filter(|template| order.speaks(template)).collect();
        if in_language.is_empty() {
            return Err(refuse(WhyNot::Language { template: None, language: order.language().to_owned() }));
        }
        let fitting: Vec<_> = in_language
            .into_iter()
            .filter(|template| template.front().channel() == channel && !template.front().by_name)
            .collect();
        if fitting.is_empty() { Err(refuse(WhyNot::NoTemplate { kind, channel })) } else { Ok(fitting) }
    }

    /// The template of this name; for a reader of another language its translation, if there is one.
    fn find_named(&self, name: &str, order: &Order<'_>) -> Result<&Template, WhyNot> {
        let kind = order.request.kind;
        let translated = || self.named(&format!("{name}.{}", primary(order.language())), kind);
        let own = self.named(name, kind);
        let found = if own.is_some_and(|own| order.speaks(own)) { own } else { translated().or(own) };
        found.ok_or_else(|| WhyNot::UnknownTemplate {
            near: self.nearest(name, kind).map(str::to_owned),
            name: name.to_owned(),
        })
    }
}

fn language<'a>(contact: &'a Contact, request: &'a Request<'_>) -> &'a str {
    request.language.as_deref().or(contact.language.as_deref()).unwrap_or("en")
}

/// The language of a tag without its region.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// One contact, one request, and what can be said of the contact.
struct Order<'a> {
    contact: &'a Contact,
    request: &'a Request<'a>,
    facts: Vec<PrintedFact>,
    unprintable: Vec<Unprintable>,
}

impl<'a> Order<'a> {
    fn new(contact: &'a Contact, request: &'a Request<'a>) -> Self {
        let mut order = Self { contact, request, facts: Vec::new(), unprintable: Vec::new() };
        for (index, fact) in contact.facts.iter().enumerate() {
            match PrintedFact::new(index, fact, contact, order.language()) {
                Ok(fact) => order.facts.push(fact),
                Err(error) => order.unprintable.push(error),
            }
        }
        order
    }

    fn language(&self) -> &'a str {
        self.contact.language.as_deref().unwrap_or("en")
    }

    /// Whether a template is written in the contact's language.
    fn speaks(&self, template: &Template) -> bool {
        let (theirs, ours) = (self.language(), template.front().language.as_str());
        theirs == ours || primary(theirs) == ours || (is_english(theirs) && is_english(ours))
    }

    /// The channel that a template's note goes to.
    fn channel(&self, template: &Template) -> Channel {
        self.request.channel.unwrap_or_else(|| template.front().channel())
    }

    fn scope(&self, template: &Template) -> Scope {
        let front = template.front();
        let channel = self.channel(template);
        Scope::new(self.contact, self.request.me, front.kind, channel, &front.language, self.request.today)
    }

    /// What a linter is told of a note.
    fn context(&self, kind: Kind, channel: Channel) -> Context<'_> {
        Context {
            kind,
            channel: Some(channel),
            account: self.request.account,
            language: None,
            contact: Some(self.contact),
            others: self.request.others,
            today: self.request.today,
        }
    }
}

#[cfg(test)]
mod tests;
