//! Where the text of a rendered note comes from.
//!
//! Tera does not tell. So a second Tera renders a copy of the templates with marks in it: private-use characters before
//! each stretch of text and before each value that is printed as it is. Without them its text must be the note's, or
//! nothing is said of it. The copy is made when the first note is traced, and notes are traced only when something in
//! them must be located.

mod copy;
mod cut;
mod expression;
mod marks;
mod read;
mod sheet;
mod site;
mod written;

use std::collections::HashSet;

use tera::{Context, Kwargs, State, Tera, Value};

use self::copy::Copy;
use self::expression::{MARK, MARK_TRUE, PLAIN};
use self::read::{Reader, Unmarked};
use self::site::Site;
use self::written::{Shared, Written};
use super::library::{Library, Template, engine, subject_name};
use super::limits::{self, Page};
use super::load::texts;
use crate::text::{Document, Origin, Piece, SourceSpan, Sources, Span};

/// How many times longer than the longest note a marked text may be.
const MARKED: usize = 16;

impl Library {
    /// A note as a document whose bytes have origins. `text` is what the template gives in this context.
    pub(crate) fn trace(&self, template: &Template, context: &Context, text: String) -> Document {
        let whole = SourceSpan { file: template.file(), span: template.body() };
        self.marks().document(template.id(), whole, self.sources(), context, text, cut::note)
    }

    /// The same for a subject.
    pub(crate) fn trace_subject(&self, template: &Template, context: &Context, text: String) -> Document {
        let span = template.front().subject.as_ref().map(|subject| subject.span).unwrap_or_default();
        let whole = SourceSpan { file: template.file(), span };
        self.marks().document(&subject_name(template.id()), whole, self.sources(), context, text, cut::subject)
    }

    /// Writes the marked copies of templates.
    pub(super) fn marked(templates: &[Template]) -> Marks {
        let written: Vec<_> = templates.iter().flat_map(written).collect();
        Marks::of(&written, || templates.iter().flat_map(texts).collect())
    }
}

impl Template {
    /// A note of which nothing must be located yet.
    pub(crate) fn untraced(&self, text: String) -> Document {
        let whole = SourceSpan { file: self.file(), span: self.body() };
        piece(whole, format!("composed from {}", self.id()), text)
    }
}

/// The texts of a template under the names that Tera knows them by.
fn written(template: &Template) -> Vec<(String, Written<'_>)> {
    let (file, source) = (template.file(), template.source());
    let whole = Written { file, text: source, tree: &template.tree, span: Span::new(0, source.len()), is_exact: true };
    let mut all = vec![(template.id().to_owned(), whole)];
    if let (Some(subject), Some(tree)) = (&template.front().subject, &template.subject) {
        let text = subject.value.as_str();
        let inside = Span::new(subject.span.start + 1, subject.span.end.saturating_sub(1));
        let exact = [subject.span, inside].into_iter().find(|span| source.get(span.range()) == Some(text));
        let written = Written { file, text, tree, span: exact.unwrap_or(subject.span), is_exact: exact.is_some() };
        all.push((subject_name(template.id()), written));
    }
    all
}

/// The marked copies of templates, under the names of the templates.
pub(super) struct Marks {
    tera: Tera,
    sites: Vec<Site>,
    /// Names that some template gives a meaning.
    given: HashSet<String>,
}

impl Marks {
    /// Writes the copies. `unmarked` gives the templates as Tera takes them without marks.
    fn of(written: &[(String, Written<'_>)], unmarked: impl FnOnce() -> Vec<(String, String)>) -> Self {
        let mut shared = Shared::default();
        written.iter().for_each(|(_, written)| shared.add(*written));
        let (copies, sites) = copies(written, &shared);
        let mut tera = engine();
        register(&mut tera);
        // What is no template with its marks is one without; its text then belongs to the tag that includes it.
        if copies.len() < written.len() || tera.add_raw_templates(copies.clone()).is_err() {
            let _ = tera.add_raw_templates(unmarked());
            for copy in copies {
                let _ = tera.add_raw_templates([copy]);
            }
        }
        Self { tera, sites, given: shared.given() }
    }

    /// A text as a document: `text` is `cut` from what the template gives in the context.
    fn document(
        &self,
        name: &str,
        whole: SourceSpan,
        sources: &Sources,
        context: &Context,
        text: String,
        cut: impl Fn(Unmarked, SourceSpan) -> Unmarked,
    ) -> Document {
        if marks::has_marks(&text) {
            return untold(whole, "it holds private-use characters, which cordial marks texts with", text);
        }
        match self.read(name, whole, sources, context).map(|read| cut(read, whole)) {
            Ok(read) if read.text == text => {
                Document::from_pieces(text, read.pieces).unwrap_or_else(|text| untold(whole, UNEQUAL, text))
            }
            Ok(_) => untold(whole, UNEQUAL, text),
            Err(why) => untold(whole, why, text),
        }
    }

    fn read(
        &self,
        name: &str,
        whole: SourceSpan,
        sources: &Sources,
        context: &Context,
    ) -> Result<Unmarked, &'static str> {
        limits::start_marked();
        let mut page = Page::of(MARKED);
        // It was printed without marks.
        self.tera.render_to(name, context, &mut page).map_err(|_| TOO_MUCH)?;
        Reader::new((&self.sites, &self.given), sources, context, whole).read(&page.into_text()).ok_or(UNEQUAL)
    }
}

const TOO_MUCH: &str = "the template goes through too many rounds, or puts too much together";
const UNEQUAL: &str = "the template prints a list made in it, or something else each time";

fn untold(whole: SourceSpan, why: &str, text: String) -> Document {
    piece(whole, format!("cannot tell where this text comes from: {why}"), text)
}

/// A document that is one piece.
fn piece(expr: SourceSpan, why: String, text: String) -> Document {
    let origin = Origin::Derived { expr, why };
    let piece = Piece { range: Span::new(0, text.len()), origin };
    Document::from_pieces(text, vec![piece]).unwrap_or_else(Document::from_text)
}

/// The marked copies, and what they mark.
fn copies(written: &[(String, Written<'_>)], shared: &Shared<'_>) -> (Vec<(String, String)>, Vec<Site>) {
    let (mut copies, mut sites) = (Vec::new(), Vec::new());
    for (name, written) in written {
        if sites.len() < marks::MOST_SITES / 2 {
            copies.push((name.clone(), Copy::of(*written, shared, &mut sites)));
        }
    }
    (copies, sites)
}

/// The filters that put marks before values and take them away.
fn register(tera: &mut Tera) {
    let mark = |value: Value, arguments: &Kwargs| -> tera::TeraResult<Value> {
        let site = arguments.must_get::<usize>("site")?;
        Ok(Value::from(format!("{}{value}", marks::open(site))))
    };
    tera.register_filter(
        MARK,
        move |value: Value, arguments: Kwargs, _: &State| {
            if value.is_undefined() { Ok(value) } else { mark(value, &arguments) }
        },
    );
    tera.register_filter(
        MARK_TRUE,
        move |value: Value, arguments: Kwargs, _: &State| {
            if value.is_truthy() { mark(value, &arguments) } else { Ok(value) }
        },
    );
    tera.register_filter(PLAIN, |value: Value, _: Kwargs, _: &State| match value.as_str() {
        Some(text) if marks::has_marks(text) => Value::from(marks::plain(text)),
        _ => value,
    });
}

#[cfg(test)]
mod generate_tests;
#[cfg(test)]
mod tests;
