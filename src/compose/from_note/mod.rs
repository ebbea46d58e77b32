//! A template made from a good note: what was known of the person becomes variables, and the person an invented one.

mod body;
mod file;
mod find;
mod guard;
mod invent;
mod left;
mod value;

pub use left::Left;

use jiff::civil::Date;

use self::file::File;
use self::find::{Claim, Page};
use self::value::{DETAIL, Source, Value};
use super::{NoDraft, Order, Request};
use crate::contact::{Contact, FactKind};
use crate::context::{Account, Channel};
use crate::template::Library;
use crate::text::Span;

/// A good note, and all that is known of it.
#[derive(Clone, Copy, Debug)]
pub struct GoodNote<'a> {
    /// The note, without outer white space.
    pub text: &'a str,
    /// Its subject line, on a channel that has one: single spaces, and none around it.
    pub subject: Option<&'a str>,
    /// The person it was written to.
    pub contact: &'a Contact,
    /// Who wrote it.
    pub me: Option<&'a Contact>,
    /// The language it is written in.
    pub language: &'a str,
    /// Where it was sent, if not where its kind usually is.
    pub channel: Option<Channel>,
    /// The writer's account.
    pub account: Option<Account>,
    /// The day it was written.
    pub today: Option<Date>,
}

/// A template made from a note.
#[derive(Clone, Debug)]
pub struct FromNote {
    /// The text of its file.
    pub text: String,
    /// What became variables, in the order of the note.
    pub turned: Vec<Turned>,
    /// What is about the person and could not become one.
    pub left: Vec<Left>,
    /// Why the template does not give the same person the same note, if so.
    pub trouble: Option<Trouble>,
}

/// Words that became a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned {
    /// The words of the note.
    pub words: String,
    /// What prints them: `talk.when | ago`.
    pub expression: String,
    /// What is left out with them where there is nothing to print.
    pub left_out: Option<String>,
}

/// Why a template does not give the same person the same note.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The person gets none.
    None(Box<NoDraft>),
    /// The person gets another one.
    Other(String),
}

impl Library {
    /// Makes a template from a good note: what is known of its reader and its writer becomes variables where the note
    /// says it in whole words, a fact in the words that are printed of it. The template gives the same person the same
    /// note. Its sample people are invented, and the first gets the note that the real one got.
    ///
    /// `id` is the new template's, `<kind>/<name>`. Without `title` it gets that of a template which needs the same
    /// facts.
    #[must_use]
    pub fn template_from(&self, id: &str, title: Option<&str>, note: &GoodNote<'_>) -> FromNote {
        let contact = Contact { language: Some(note.language.to_owned()), ..note.contact.clone() };
        let request = Request {
            template: Some(id.to_owned()),
            account: note.account,
            channel: note.channel,
            me: note.me,
            today: note.today,
            ..Request::default()
        };
        let order = Order::new(&contact, &request);
        let reading = Reading::new(&order, note);
        let (text, library) = File { library: self, id, title, note, reading: &reading }.make();
        let trouble = match library.compose(&contact, &request, |_, _| Vec::new()) {
            Ok(draft) if (draft.text.as_str(), draft.subject.as_deref()) == (note.text, note.subject) => None,
            Ok(draft) => Some(Trouble::Other(draft.text)),
            Err(why) => Some(Trouble::None(why)),
        };
        FromNote { text, turned: reading.turned(), left: reading.left(), trouble }
    }
}

/// A text, what can be printed, and where the text says it.
struct Told<'a> {
    page: Page<'a>,
    values: Vec<Value>,
    claims: Vec<Claim>,
}

impl<'a> Told<'a> {
    fn new(text: &'a str, values: Vec<Value>, order: &Order<'_>) -> Self {
        let kinds: Vec<FactKind> = order.facts.iter().map(|fact| fact.kind).collect();
        let page = Page::new(text);
        Self { claims: page.claims(&values, &kinds), page, values }
    }

    fn sources(&self) -> impl Iterator<Item = Source> {
        self.claims.iter().map(|claim| self.values[claim.value].source)
    }
}

/// A note, and its subject if it has one, with what is known of them.
struct Reading<'a> {
    order: &'a Order<'a>,
    note: Told<'a>,
    subject: Option<Told<'a>>,
}

impl<'a> Reading<'a> {
    fn new(order: &'a Order<'a>, note: &GoodNote<'a>) -> Self {
        let told = Told::new(note.text, value::values(order, DETAIL), order);
        let subject = note.subject.map(|subject| {
            // A subject names the bare fact, and of two of a kind the one that the note tells.
            let is_other = |fact: usize| {
                let told = told
                    .sources()
                    .filter_map(Source::fact)
                    .find(|told| order.facts[*told].kind == order.facts[fact].kind);
                told.is_some_and(|told| told != fact)
            };
            let mut values = value::values(order, 0);
            values.retain(|value| !value.source.is_optional() && !value.source.fact().is_some_and(is_other));
            Told::new(subject, values, order)
        });
        Self { order, note: told, subject }
    }

    fn path(&self, source: Source) -> String {
        source.path(|fact| self.order.facts[fact].kind)
    }

    /// What prints a value.
    fn expression(&self, value: &Value) -> String {
        let path = self.path(value.source);
        value.filter.map_or(path.clone(), |filter| format!("{path} | {filter}"))
    }

    /// The template's text that prints a text.
    fn body(&self, told: &Told<'_>) -> String {
        body::body(told.page.text, &told.claims, |claim| {
            let value = &told.values[claim.value];
            (self.path(value.source), self.expression(value))
        })
    }

    /// What the template prints, each once, in the order of the note and its subject.
    fn used(&self) -> Vec<Source> {
        let mut used = Vec::new();
        for source in self.note.sources().chain(self.subject.iter().flat_map(Told::sources)) {
            if !used.contains(&source) {
                used.push(source);
            }
        }
        used
    }

    fn turned(&self) -> Vec<Turned> {
        let Told { page, values, claims } = &self.note;
        let words = |span: Span| page.text[span.range()].to_owned();
        let turned = claims.iter().map(|claim| Turned {
            words: words(claim.span),
            expression: self.expression(&values[claim.value]),
            left_out: claim.guard.map(words),
        });
        turned.collect()
    }

    fn left(&self) -> Vec<Left> {
        let told = [&self.note].into_iter().chain(&self.subject);
        told.flat_map(|told| left::left(&told.page, self.order, &told.values, &told.claims)).collect()
    }
}

#[cfg(test)]
mod tests;
