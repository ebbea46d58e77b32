use std::ops::Range;
use std::sync::{Arc, OnceLock};

use tera::Tera;

use super::allow::Allowed;
use super::front_matter::FrontMatter;
use super::links::Links;
use super::load::Incoming;
use super::prepare::Prepared;
use super::reads::Reads;
use super::syntax::tree::Tree;
use super::trace::Marks;
use super::{filters, limits};
use crate::allow::Allowance;
use crate::context::Kind;
use crate::diagnostic::Diagnostic;
use crate::text::{FileId, Sources, Span, similar};

include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// A template file that was read.
#[derive(Clone, Debug)]
pub struct Template {
    pub(super) id: String,
    pub(super) file: FileId,
    pub(super) source: String,
    pub(super) front: FrontMatter,
    pub(super) prepared: Prepared,
    pub(super) tree: Tree,
    /// The tree of its subject line.
    pub(super) subject: Option<Tree>,
    pub(super) links: Links,
    pub(super) allowed: Allowed,
    /// Whether notes can be made from it; if not, other templates include it.
    pub(super) is_whole: bool,
    pub(super) is_builtin: bool,
}

impl Template {
    /// `<kind>/<name>`, `invite/talk` for example.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The file, in [`Library::sources`].
    #[must_use]
    pub const fn file(&self) -> FileId {
        self.file
    }

    /// The text of the file.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What it says about itself.
    #[must_use]
    pub const fn front(&self) -> &FrontMatter {
        &self.front
    }

    /// Whether it comes with the program.
    #[must_use]
    pub const fn is_builtin(&self) -> bool {
        self.is_builtin
    }

    /// The line, from 1, that uses a name such as `talk` or `me.role` first.
    #[must_use]
    pub fn line_of(&self, path: &str) -> Option<usize> {
        let span = self.reads().first_use(path)?;
        Some(self.source[..span.start].matches('\n').count() + 1)
    }

    /// The bytes of the file that make the note.
    pub(super) fn body(&self) -> Span {
        self.prepared.source_span(0, self.prepared.text.len())
    }

    /// Its syntax, with the places of the file.
    pub(crate) const fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The tree of its subject line, with the places of the line's text.
    pub(super) const fn subject(&self) -> Option<&Tree> {
        self.subject.as_ref()
    }

    pub(super) fn reads(&self) -> Reads {
        Reads::new(&self.tree, &self.source)
    }

    /// What its subject line reads; the places are those of the line's text.
    pub(super) fn subject_reads(&self) -> Option<Reads> {
        let line = &self.front.subject.as_ref()?.value;
        Some(Reads::new(self.subject.as_ref()?, line))
    }

    pub(super) fn source_span(&self, range: Range<usize>) -> Span {
        self.prepared.source_span(range.start, range.end)
    }
}

/// A template's file, as it was found.
#[derive(Clone, Debug)]
pub struct TemplateFile {
    /// `<kind>/<name>`.
    pub id: String,
    /// What to call the file in messages.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// Templates to compose notes from.
#[derive(Clone)]
pub struct Library {
    tera: Tera,
    templates: Vec<Template>,
    sources: Sources,
    /// The templates with marks in them, once a note was traced.
    marks: OnceLock<Arc<Marks>>,
}

impl Default for Library {
    fn default() -> Self {
        Self::builtin()
    }
}

impl Library {
    /// The templates that come with the program.
    #[must_use]
    pub fn builtin() -> Self {
        let mut library = Self::empty();
        let findings = library.add(BUILTIN.iter().map(|(name, text)| (id_of(name), *name, *text)), true);
        debug_assert!(findings.is_empty(), "tests/templates.rs checks every built-in template: {findings:?}");
        library
    }

    /// A library without templates.
    #[must_use]
    pub fn empty() -> Self {
        Self { tera: engine(), templates: Vec::new(), sources: Sources::default(), marks: OnceLock::new() }
    }

    /// The library with templates added: pairs of an id, such as `invite/talk`, and the text. Otherwise as
    /// [`with_files`](Self::with_files).
    #[must_use]
    pub fn with(mut self, templates: &[(String, String)]) -> (Self, Vec<(FileId, Diagnostic)>) {
        let files = templates.iter().map(|(name, text)| (id_of(name), name.as_str(), text.as_str()));
        let findings = self.add(files, false);
        (self, findings)
    }

    /// The library with templates added. One with the id of another replaces it. A template with an error is left out;
    /// what is wrong comes back with the file it is wrong in.
    #[must_use]
    pub fn with_files(mut self, files: &[TemplateFile]) -> (Self, Vec<(FileId, Diagnostic)>) {
        let files = files.iter().map(|file| (id_of(&file.id), file.name.as_str(), file.text.as_str()));
        let findings = self.add(files, false);
        (self, findings)
    }

    /// The same for one template, with the id of its file and what is wrong in it.
    #[must_use]
    pub fn with_file(self, file: TemplateFile) -> (Self, FileId, Vec<Diagnostic>) {
        let (library, findings) = self.with_files(&[file]);
        let file = library.sources.last();
        (library, file, findings.into_iter().map(|(_, finding)| finding).collect())
    }

    /// The texts that findings and notes point into.
    #[must_use]
    pub const fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The templates that notes can be made from, by id.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        self.templates.iter().filter(|template| template.is_whole)
    }

    /// What the template in a file allows; nothing for one that was left out.
    #[must_use]
    pub fn allowed(&self, file: FileId) -> Option<&Allowed> {
        self.templates.iter().find(|template| template.file == file).map(|template| &template.allowed)
    }

    /// The list of what the template in a file allows.
    #[must_use]
    pub fn allowances(&self, file: FileId) -> &[Allowance] {
        self.allowed(file).map_or(&[], |allowed| &allowed.list)
    }

    /// Whether a template allows something.
    #[must_use]
    pub fn allows(&self) -> bool {
        self.templates.iter().any(|template| !template.allowed.list.is_empty())
    }

    /// All templates, by id: those too that only others include.
    pub fn all(&self) -> impl Iterator<Item = &Template> {
        self.templates.iter()
    }

    /// The template with an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// The template that notes can be made from which was read from a file.
    #[must_use]
    pub fn of(&self, file: FileId) -> Option<&Template> {
        self.templates().find(|template| template.file == file)
    }

    /// What was read from a file: a template that notes can be made from, or one that others include.
    pub(crate) fn of_file(&self, file: FileId) -> Option<(&Template, bool)> {
        let template = self.templates.iter().find(|template| template.file == file)?;
        Some((template, template.is_whole))
    }

    /// The template that somebody means by a name: its id, or the last part of it in the folder of `kind`, else in
    /// the first folder that has one.
    #[must_use]
    pub fn named(&self, name: &str, kind: Option<Kind>) -> Option<&Template> {
        let id = id_of(name);
        let whole = |id: &str| self.templates().find(|template| template.id == id);
        let folders = kind.into_iter().chain(Kind::ALL);
        whole(&id).or_else(|| folders.into_iter().find_map(|kind| whole(&format!("{kind}/{id}"))))
    }

    /// The id nearest to a misspelt one, or to the last part of one, in the folder of `kind` if it has one there.
    #[must_use]
    pub fn nearest(&self, name: &str, kind: Option<Kind>) -> Option<&str> {
        let last = |template: &'_ Template| template.id.rsplit('/').next().unwrap_or_default().to_owned();
        let parts: Vec<_> = self.templates().map(last).collect();
        let by_id = similar(name, self.templates().map(Template::id));
        let by_part = || self.named(similar(name, parts.iter().map(String::as_str))?, kind).map(Template::id);
        by_id.or_else(by_part)
    }

    pub(super) const fn tera(&self) -> &Tera {
        &self.tera
    }

    /// The templates with marks in them.
    pub(super) fn marks(&self) -> &Marks {
        self.marks.get_or_init(|| Arc::new(Self::marked(&self.templates)))
    }

    /// Adds templates: their ids, the names of their files, and their texts.
    fn add<'t>(
        &mut self,
        files: impl Iterator<Item = (String, &'t str, &'t str)>,
        builtin: bool,
    ) -> Vec<(FileId, Diagnostic)> {
        self.marks = OnceLock::new();
        let mut incoming = Incoming::default();
        for (id, name, source) in files {
            let file = self.sources.add(name, source);
            incoming.read(id, file, source, builtin, &self.tera);
        }
        incoming.check_links(&self.templates);
        incoming.load(&mut self.tera);
        incoming.findings.sort_by_key(|(file, finding)| (*file, finding.span));
        for template in incoming.sound {
            match self.templates.binary_search_by(|known| known.id.cmp(&template.id)) {
                Ok(at) => self.templates[at] = template,
                Err(at) => self.templates.insert(at, template),
            }
        }
        incoming.findings
    }
}

/// Tera with what our templates use, and without templates.
pub(super) fn engine() -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on(Vec::<&str>::new());
    filters::register(&mut tera);
    limits::register(&mut tera);
    tera
}

/// The id of a template's file.
fn id_of(name: &str) -> String {
    let name = name.replace('\\', "/");
    let name = name.rsplit_once("templates/").map_or(name.as_str(), |(_, rest)| rest);
    name.strip_suffix(".tera").unwrap_or(name).replace("follow-up/", "follow_up/")
}

/// The name under which Tera knows the subject of a template.
pub(super) fn subject_name(id: &str) -> String {
    format!("{id}#subject")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(files: &[(&str, &str)]) -> (Library, Vec<String>) {
        let files: Vec<_> = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let (library, findings) = Library::empty().with(&files);
        let told = findings.iter().map(|(file, finding)| {
            let source = library.sources().get(*file).unwrap();
            let line = source.text[..finding.span.start].matches('\n').count() + 1;
            format!("{}:{line} {} {}", source.name, finding.rule, finding.message)
        });
        let told = told.collect();
        (library, told)
    }

    #[test]
    fn one_broken_template_does_not_lose_the_others() {
        let (library, told) = with(&[
            ("templates/invite/a.tera", "{# title: a #}\nHi {% if %}"),
            ("templates/invite/b.tera", "{# title: b #}\nHi {{ contact.first_name | agoo }}"),
            ("templates/invite/c.tera", "{# title: c #}\nHi {% include \"parts/sign\" %}"),
            ("templates/parts/sign.tera", "{{ me.first_name }}"),
            ("templates/invite/d.tera", "{# title: d #}\n{% include \"parts/none\" %}"),
            ("templates/invite/e.tera", "Hi"),
        ]);
        assert_eq!(library.templates().map(Template::id).collect::<Vec<_>>(), ["invite/c"]);
        assert_eq!(told.len(), 4, "{told:?}");
        for line in [
            "templates/invite/e.tera:1 template/front-matter the template does not say what it is for",
            "templates/invite/b.tera:2 template/unknown there is no filter “agoo”: did you mean ago?",
            "templates/invite/d.tera:2 template/unknown there is no template “parts/none”",
        ] {
            assert!(told.contains(&line.to_owned()), "{told:?}");
        }
        assert!(told.iter().any(|line| line.starts_with("templates/invite/a.tera:2 template/syntax")), "{told:?}");
    }

    #[test]
    fn a_template_replaces_the_one_with_its_id() {
        let own = [("templates/invite/talk.tera".to_owned(), "{# title: mine #}\nHi".to_owned())];
        let (library, findings) = Library::builtin().with(&own);
        assert_eq!(findings, []);
        let talk = library.get("invite/talk").unwrap();
        assert_eq!((talk.front().title.as_str(), talk.is_builtin()), ("mine", false));
    }
}
