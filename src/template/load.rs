//! Reading template files, and giving them to Tera.

use tera::{ErrorKind, Tera};

use super::check::check;
use super::front_matter::{self, at_start};
use super::library::{Template, subject_name};
use super::prepare::Prepared;
use super::syntax::tree::Tree;
use super::{limits, syntax};
use crate::context::Kind;
use crate::diagnostic::{Diagnostic, Level};
use crate::text::FileId;
use crate::text::yaml::Located;

/// Reads a template's file: what it says about itself, and what is wrong with it.
pub(super) fn read(id: String, file: FileId, source: &str, is_builtin: bool) -> (Option<Template>, Vec<Diagnostic>) {
    if source.len() > limits::LONGEST_TEMPLATE {
        return (
            None,
            vec![at_start("the template is longer than 64 kB", "Split it, or leave out what no note needs.")],
        );
    }
    let (front, mut found) = match front_matter::read(&id, source) {
        Some((front, found)) => (Some(front), found),
        // What stands in a folder of no kind is there to be included.
        None if id.split_once('/').is_some_and(|(folder, _)| folder.parse::<Kind>().is_err()) => (None, vec![]),
        None => {
            let help = "Start it with {# title: …, needs: […] #}, one key a line.";
            return (None, vec![at_start("the template does not say what it is for", help)]);
        }
    };
    let tree = syntax::parse(source).map_err(|error| found.push(error.into_diagnostic(source)));
    let is_whole = front.is_some();
    let front = front.unwrap_or_default();
    let subject = front.subject.as_ref().map(subject_tree).transpose();
    let subject = subject.map_err(|finding| found.push(finding));
    let (Ok(tree), Ok(subject)) = (tree, subject) else { return (None, found) };
    let prepared = Prepared::new(source);
    let source = source.to_owned();
    let template = Template { id, file, source, front, prepared, tree, subject, is_whole, is_builtin };
    let front = is_whole.then_some(&template.front);
    found.extend(check(&template.reads(), template.subject_reads().as_ref(), front));
    (Some(template), found)
}

/// The tree of a subject line; what is wrong in it is said of the whole line.
fn subject_tree(line: &Located<String>) -> Result<Tree, Diagnostic> {
    syntax::parse(&line.value).map_err(|error| Diagnostic { span: line.span, ..error.into_diagnostic(&line.value) })
}

/// Gives templates to Tera, all at once if they are sound; else one by one, as often as that helps, since one may
/// include another. What is left over is reported.
pub(super) fn load(tera: &mut Tera, templates: &[Template]) -> Vec<(FileId, Diagnostic)> {
    if tera.add_raw_templates(templates.iter().flat_map(texts)).is_ok() {
        return Vec::new();
    }
    let mut waiting: Vec<&Template> = templates.iter().collect();
    loop {
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
            return refused;
        }
    }
}

/// What Tera gets for a template: its text, and its subject if it has one.
fn texts(template: &Template) -> Vec<(String, String)> {
    let mut texts = vec![(template.id.clone(), template.prepared.text.clone())];
    if let Some(subject) = &template.front.subject {
        texts.push((subject_name(&template.id), Prepared::new(&subject.value).text));
    }
    texts
}

/// Why Tera does not take a template.
fn refusal(template: &Template, error: &tera::Error) -> Diagnostic {
    let in_subject = |name: &str| name == subject_name(&template.id);
    let subject = template.front.subject.as_ref().map(|subject| subject.span).unwrap_or_default();
    let (message, span) = match error.kind() {
        ErrorKind::SyntaxError(report) if in_subject(report.filename()) => (report.message().to_owned(), subject),
        ErrorKind::SyntaxError(report) => {
            (report.message().to_owned(), template.source_span(report.span().range.clone()))
        }
        // Names that Tera does not know come as a printed report.
        other => {
            let report = other.to_string();
            let first = report.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let span = printed_place(&report, &template.prepared.text).map(|at| template.source_span(at..at));
            (first.trim_start_matches("error: ").to_owned(), span.unwrap_or_default())
        }
    };
    let message = format!("this is not Tera: {}", lowercase_first(&message));
    Diagnostic::new("template/syntax", Level::Error, message, span)
}

fn lowercase_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// The offset of the `--> file:line:column` that a printed report names.
fn printed_place(report: &str, text: &str) -> Option<usize> {
    let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let mut numbers = place.rsplit(':');
    let column: usize = numbers.next()?.trim().parse().ok()?;
    let line: usize = numbers.next()?.parse().ok()?;
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let inside: usize = text[start..].chars().take(column.checked_sub(1)?).map(char::len_utf8).sum();
    Some(start + inside)
}
