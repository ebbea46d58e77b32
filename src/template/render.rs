//! Rendering, and what Tera says when it cannot.

use tera::{Context, ErrorKind, ReportError};

use super::library::{Library, Template, subject_name};
use super::limits::{self, Page};
use super::reads::Read;
use crate::diagnostic::{Diagnostic, Level};
use crate::text::{FileId, Span};

/// Why a template could not be rendered, and where.
#[derive(Clone, Debug)]
pub(crate) struct RenderError {
    pub(crate) file: FileId,
    pub(crate) diagnostic: Diagnostic,
    /// The value that was printed and is not there.
    pub(crate) absent: Option<String>,
}

impl Library {
    /// Renders a template's note, which is trimmed.
    pub(crate) fn render(&self, template: &Template, context: &Context) -> Result<String, Box<RenderError>> {
        Ok(self.render_named(template, template.id(), context)?.trim().to_owned())
    }

    /// Renders a template's subject, which is one line.
    pub(crate) fn subject(&self, template: &Template, context: &Context) -> Result<Option<String>, Box<RenderError>> {
        if template.front().subject.is_none() {
            return Ok(None);
        }
        let subject = self.render_named(template, &subject_name(template.id()), context)?;
        Ok(Some(subject.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    fn render_named(&self, template: &Template, name: &str, context: &Context) -> Result<String, Box<RenderError>> {
        limits::start();
        let mut page = Page::default();
        match self.tera().render_to(name, context, &mut page) {
            Ok(()) => Ok(page.into_text()),
            Err(error) => Err(Box::new(self.explain(template, name, &error))),
        }
    }

    fn explain(&self, template: &Template, name: &str, error: &tera::Error) -> RenderError {
        let ErrorKind::RenderingError(report) = error.kind() else {
            let message = match error.kind() {
                ErrorKind::Io(_) => "the note grows beyond 64 kB".to_owned(),
                other => other.to_string(),
            };
            let diagnostic = Diagnostic::new("template/render", Level::Error, message, Span::default());
            return RenderError { file: template.file(), diagnostic, absent: None };
        };
        // The place may be in a template that this one includes.
        let owner = self.get(report.filename()).unwrap_or(template);
        if name != template.id() {
            let span = template.front().subject.as_ref().map(|subject| subject.span).unwrap_or_default();
            let path = template.subject_reads().and_then(|reads| reads.at(raw_span(report)).cloned());
            return explained(owner, report, span, path.map(|read| Read { span, ..read }));
        }
        let span = owner.source_span(report.span().range.clone());
        explained(owner, report, span, owner.reads().at(span).cloned())
    }
}

fn raw_span(report: &ReportError) -> Span {
    Span::from(report.span().range.clone())
}

fn explained(owner: &Template, report: &ReportError, span: Span, read: Option<Read>) -> RenderError {
    let message = report.message();
    let is_absent = message.contains("is not defined") || message.contains("is undefined");
    let (absent, span) = match read.filter(|_| is_absent) {
        Some(read) => (Some(read.written), span.join(read.span)),
        None => (None, span),
    };
    let diagnostic = match &absent {
        Some(path) => {
            let message = format!("the template prints {path}, which is not there");
            let help = format!("Ask first: {{% if {path} %}} … {{% endif %}}.");
            Diagnostic::new("template/missing", Level::Error, message, span).with_help(help)
        }
        None => Diagnostic::new("template/render", Level::Error, message.to_owned(), span),
    };
    RenderError { file: owner.file(), diagnostic, absent }
}
