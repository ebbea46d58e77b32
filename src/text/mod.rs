//! Text and places in it: spans, lines, documents made of pieces, tokens and sentences.
//!
//! Everything here counts bytes. Lines, columns and other units appear only where somebody reads them
//! ([`LineIndex`]). This module depends on nothing else of the crate, so that the build script can use it too.

mod address;
mod contraction;
mod document;
mod language;
mod lexicon;
mod line_index;
mod quote;
mod sentence;
mod similar;
mod span;
mod token;
pub mod yaml;

pub use contraction::parts as contraction_parts;
pub use document::{Document, FileId, Origin, Piece, Source, SourceSpan, Sources};
pub use language::{Language, Votes};
pub use line_index::{LineColumn, LineIndex};
pub use quote::quotations;
pub use similar::similar;
pub use span::Span;
pub use token::{Sentence, Token, TokenKind, Tokens, fold, fold_mark};
