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
        let mut page = Page::of(1);
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
    // What is not there is undefined to Tera; a kind of fact that nobody told is none.
    let is_absent = ["not defined", "undefined", "got `none`"].iter().any(|word| message.contains(word));
    let Some(read) = read.filter(|_| is_absent) else {
        let diagnostic = Diagnostic::new("template/render", Level::Error, message.to_owned(), span);
        return RenderError { file: owner.file(), diagnostic, absent: None };
    };
    let path = &read.written;
    let message = format!("the template prints {path}, which is not there");
    let help = format!("Ask first: {{% if {path} %}} … {{% endif %}}.");
    let diagnostic = Diagnostic::new("template/missing", Level::Error, message, span.join(read.span)).with_help(help);
    let absent = read.stands_for.into_path().unwrap_or(read.written);
    RenderError { file: owner.file(), diagnostic, absent: Some(absent) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Why a template cannot be rendered for somebody of whom little is known, and the marked text.
    fn why(source: &str) -> String {
        let source = format!("{{# title: a\nmay: [talk, event] #}}\n{source}");
        let (library, found) = Library::empty().with(&[("invite/a".to_owned(), source.clone())]);
        assert_eq!(found, []);
        let mut context = Context::new();
        context.insert("talk", &serde_json::json!({ "what": "your talk" }));
        context.insert("contact", &serde_json::json!({ "first_name": "Ana" }));
        context.insert("event", &None::<String>);
        let error = library.render(library.get("invite/a").unwrap(), &context).unwrap_err();
        format!("{} [{}]", error.diagnostic.message, &source[error.diagnostic.span.range()])
    }

    #[test]
    fn a_value_that_is_not_there_is_named_whole() {
        for path in ["talk.when", "contact.company", "event.what", "contact['role']"] {
            let told = format!("the template prints {path}, which is not there [{path}]");
            assert_eq!(why(&format!("{{{{ {path} }}}}")), told);
            assert_eq!(why(&format!("{{{{ {path} | upper }}}}")), told);
        }
        assert_eq!(why("{{ today | ago }}"), "the template prints today, which is not there [today]");
        assert_eq!(why("{% set t = talk %}{{ t.when }}"), "the template prints t.when, which is not there [t.when]");
        assert!(!why("{{ talk.when + contact.role }}").contains("prints talk.when"));
    }
}
