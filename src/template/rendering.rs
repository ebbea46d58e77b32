//! The work of rendering by itself, which `cargo bench --bench speed` times.

use tera::Context;

use super::library::{Library, Template};
use super::scope::{PrintedFact, Scope};
use super::{DETAILS, Sample};
use crate::text::Document;

/// The note of a template to one of its sample people.
pub struct Rendering<'l> {
    library: &'l Library,
    template: &'l Template,
    context: Context,
}

impl<'l> Rendering<'l> {
    /// All of a library.
    #[must_use]
    pub fn all(library: &'l Library) -> Vec<Self> {
        let samples =
            library.templates().flat_map(|template| template.front().samples.iter().map(move |of| (template, of)));
        samples.map(|(template, sample)| Self { library, template, context: context(template, sample) }).collect()
    }

    /// What Tera alone writes.
    #[must_use]
    pub fn by_tera(&self) -> Vec<u8> {
        let mut page = Vec::new();
        let written = self.library.tera().render_to(self.template.id(), &self.context, &mut page);
        written.map(|()| page).unwrap_or_default()
    }

    /// The note, of which nothing must be located.
    #[must_use]
    pub fn note(&self) -> Document {
        let text = self.library.render(self.template, &self.context);
        self.template.untraced(text.unwrap_or_default())
    }

    /// The note with where its text comes from.
    #[must_use]
    pub fn traced(&self) -> Document {
        let text = self.library.render(self.template, &self.context);
        self.library.trace(self.template, &self.context, text.unwrap_or_default())
    }
}

fn context(template: &Template, sample: &Sample) -> Context {
    let front = template.front();
    let scope =
        Scope::new(&sample.contact, Some(&sample.me), front.kind, front.channel(), &front.language, sample.today);
    let facts = sample.contact.facts.iter().enumerate();
    let facts = facts.filter_map(|(at, fact)| PrintedFact::new(at, fact, &sample.contact, &front.language).ok());
    let facts: Vec<_> = facts.collect();
    scope.with(&facts.iter().collect::<Vec<_>>(), DETAILS[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Origin;

    #[test]
    fn the_notes_of_the_built_in_templates_are_traced_whole() {
        let library = Library::builtin();
        let (mut told, mut all) = (0, 0);
        for rendering in Rendering::all(&library) {
            let (note, traced) = (rendering.note(), rendering.traced());
            assert_eq!(note.text(), traced.text());
            assert_eq!(note.text(), String::from_utf8(rendering.by_tera()).unwrap().trim());
            for piece in traced.pieces() {
                match &piece.origin {
                    Origin::Literal(source) => {
                        let text = &library.sources().get(source.file).unwrap().text;
                        assert_eq!(&traced.text()[piece.range.range()], &text[source.span.range()]);
                        told += piece.range.len();
                    }
                    Origin::Value { .. } => told += piece.range.len(),
                    Origin::Derived { why, .. } => assert!(!why.starts_with("cannot tell"), "{why}"),
                    Origin::Hole { .. } => panic!("everything is filled in"),
                }
            }
            all += traced.text().len();
        }
        assert!(told * 100 >= all * 95, "{told} of {all} bytes are typed or a value");
    }
}
