//! What is printed: one format per file. Nothing here prints; everything returns text.

pub mod escape;
pub mod wrap;

mod style;

pub use style::{Ink, Style};
