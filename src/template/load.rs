//! Reading template files, and giving them to Tera.

use std::collections::HashSet;

use tera::{ErrorKind, Tera};

use super::allow;
use super::check::check;
use super::front_matter::{self, at_start, is_of_no_kind};
use super::library::{Template, subject_name};
use super::limits::LONGEST_TEMPLATE;
use super::links::{Links, Net};
use super::prepare::Prepared;
use super::syntax;
use super::syntax::tree::Tree;
use crate::diagnostic::{Diagnostic, Level};
use crate::text::yaml::Located;
use crate::text::{FileId, Span};

/// Templates on their way into a library.
#[derive(Default)]
pub(super) struct Incoming {
    pub(super) sound: Vec<Template>,
    pub(super) findings: Vec<(FileId, Diagnostic)>,
    /// The ids of those that have errors.
    broken: HashSet<String>,
    /// What they use, as far as they can be read.
    links_of_broken: Vec<(String, FileId, Links)>,
}

impl Incoming {
    /// Reads a template's file: what it says about itself, and what is wrong with it.
    pub(super) fn read(&mut self, id: String, file: FileId, source: &str, is_builtin: bool, tera: &Tera) {
        let (template, mut found) = read(id.clone(), file, source, is_builtin);
        found.extend(template.iter().flat_map(|template| template.links.unknown_names(tera)));
        found.sort_by_key(|finding| finding.span);
        let is_sound = !found.iter().any(|finding| finding.level == Level::Error);
        match template {
            Some(template) if is_sound => self.sound.push(template),
            template => {
                self.links_of_broken.extend(template.map(|template| (id.clone(), file, template.links)));
                self.broken.insert(id);
            }
        }
        self.findings.extend(found.into_iter().map(|finding| (file, finding)));
    }

    /// Leaves out what uses something that is not there, and what uses that in turn.
    pub(super) fn check_links(&mut self, known: &[Template]) {
        loop {
            let new: HashSet<&str> = self.sound.iter().map(Template::id).collect();
            let stay = known.iter().filter(|template| !new.contains(template.id()));
            let all: Vec<_> = stay.chain(&self.sound).map(|template| (template.id(), &template.links)).collect();
            let net = Net::new(&all, &self.broken);
            let sound = self.sound.iter().map(|template| (template.id(), template.file, &template.links));
            let broken = self.links_of_broken.iter().map(|(id, file, links)| (&**id, *file, links));
            let check = |(id, file, links)| net.check(id, links).into_iter().map(move |finding| (file, finding));
            let found: Vec<_> = sound.chain(broken).flat_map(check).collect();
            if found.is_empty() {
                return;
            }
            self.links_of_broken.clear();
            found.iter().for_each(|(file, _)| self.leave_out(*file));
            self.findings.extend(found);
        }
    }

    fn leave_out(&mut self, file: FileId) {
        let broken = self.sound.extract_if(.., |template| template.file == file);
        self.broken.extend(broken.map(|template| template.id));
    }

    /// Gives the templates to Tera, all at once if it takes them; else one by one, as often as that helps, since one may
    /// include another. What it does not take is left out.
    pub(super) fn load(&mut self, tera: &mut Tera) {
        if tera.add_raw_templates(self.sound.iter().flat_map(texts)).is_ok() {
            return;
        }
        let mut waiting: Vec<&Template> = self.sound.iter().collect();
        let refused = loop {
            let before = waiting.len();
            let mut refused = Vec::new();
            waiting.retain(|template| match tera.add_raw_templates(texts(template)) {
                Ok(()) => false,
                Err(error) => {
                    refused.push((template.file, refusal(template, &error)));
                    true
                }
            });
            if waiting.is_empty() || waiting.len() == before {
                break refused;
            }
        };
        for (file, finding) in refused {
            self.leave_out(file);
            self.findings.push((file, finding));
        }
    }
}

fn read(id: String, file: FileId, source: &str, is_builtin: bool) -> (Option<Template>, Vec<Diagnostic>) {
    if let Some(finding) = too_long(source) {
        return (None, vec![finding]);
    }
    let tree = syntax::parse(source).map_err(|error| error.into_diagnostic(source));
    let (front, mut found) = match front_matter::read(&id, source) {
        Some((front, found)) => (Some(front), found),
        None if is_of_no_kind(&id) => (None, vec![]),
        None => {
            let help = "Start it with {# title: …, needs: […] #}, one key a line.";
            let silent = at_start("the template does not say what it is for", help);
            return (None, std::iter::once(silent).chain(tree.err()).collect());
        }
    };
    let is_whole = front.as_ref().is_some_and(|front| !front.is_part);
    let front = front.unwrap_or_default();
    let subject = front.subject.as_ref().map(subject_tree).transpose();
    let (tree, subject) = match (tree, subject) {
        (Ok(tree), Ok(subject)) => (tree, subject),
        (tree, subject) => {
            found.extend(tree.err().into_iter().chain(subject.err()));
            return (None, found);
        }
    };
    let mut links = Links::new(&tree);
    if let (Some(line), Some(subject)) = (&front.subject, &subject) {
        links = links.with_line(Links::new(subject), line.span);
    }
    let (allowed, wrong) = allow::read(&tree, source, &front.allow);
    found.extend(wrong);
    let prepared = Prepared::new(source);
    let source = source.to_owned();
    let template = Template { id, file, source, front, prepared, tree, subject, links, allowed, is_whole, is_builtin };
    let front = is_whole.then_some(&template.front);
    found.extend(check(&template.reads(), template.subject_reads().as_ref(), front));
    (Some(template), found)
}

/// A finding at the first byte that is too much.
fn too_long(source: &str) -> Option<Diagnostic> {
    let mut end = LONGEST_TEMPLATE;
    while !source.is_char_boundary(end.min(source.len())) {
        end -= 1;
    }
    let message = format!("the template is longer than {} kB, which end here", LONGEST_TEMPLATE / 1024);
    let finding = || Diagnostic::new("template/limit", Level::Error, message, Span::new(end, end));
    (source.len() > LONGEST_TEMPLATE)
        .then(finding)
        .map(|found| found.with_help("Split it, or leave out what no note needs."))
}

/// The tree of a subject line; what is wrong in it is said of the whole line.
fn subject_tree(line: &Located<String>) -> Result<Tree, Diagnostic> {
    syntax::parse(&line.value).map_err(|error| Diagnostic { span: line.span, ..error.into_diagnostic(&line.value) })
}

/// What Tera gets for a template: its text, and its subject if it has one.
pub(super) fn texts(template: &Template) -> Vec<(String, String)> {
    let mut texts = vec![(template.id.clone(), template.prepared.text.clone())];
    if let Some(subject) = &template.front.subject {
        texts.push((subject_name(&template.id), Prepared::new(&subject.value).text));
    }
    texts
}

/// Why Tera does not take a template in which nothing wrong was found.
fn refusal(template: &Template, error: &tera::Error) -> Diagnostic {
    let (message, span) = match error.kind() {
        ErrorKind::SyntaxError(report) if report.filename() == template.id => {
            (report.message().to_owned(), template.source_span(report.span().range.clone()))
        }
        other => {
            let report = other.to_string();
            let first = report.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            (first.trim_start_matches("error: ").to_owned(), Span::default())
        }
    };
    Diagnostic::new("template/syntax", Level::Error, format!("Tera refuses this template: {message}"), span)
}
