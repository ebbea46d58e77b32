//! The syntax of templates: Tera 2.4.0's, read into a tree with the places of everything in the file.
//!
//! What Tera accepts is accepted here, and what it refuses is refused, in words that say where and what to do.

mod block;
mod call;
mod component;
mod cursor;
mod error;
mod expression;
mod hint;
mod inheritance;
mod nesting;
mod segment;
mod space;
mod stray;
mod token;
pub(crate) mod tree;
mod value;
pub(crate) mod walk;

#[cfg(test)]
mod generate_tests;
#[cfg(test)]
mod tests;

pub(crate) use error::SyntaxError;
pub(crate) use segment::segments;

/// Reads a template into its tree.
pub(crate) fn parse(source: &str) -> Result<tree::Tree, SyntaxError> {
    block::Blocks::new(source, &segments(source)).tree()
}
