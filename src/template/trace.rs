//! Where the text of a rendered note comes from.

use super::Template;
use crate::text::{Document, Origin, Piece, SourceSpan, Span};

/// The note as a document whose bytes have origins.
///
/// The whole note is one piece now, derived from the template behind its front matter. Finer origins (which bytes were typed in the
/// template, which printed by which `{{ }}`) fit in here without any other part noticing.
pub(crate) fn trace(template: &Template, text: String) -> Document {
    let expr = SourceSpan { file: template.file(), span: template.body() };
    let origin = Origin::Derived { expr, why: format!("composed from {}", template.id()) };
    let piece = Piece { range: Span::new(0, text.len()), origin };
    Document::from_pieces(text, vec![piece]).unwrap_or_else(Document::from_text)
}
