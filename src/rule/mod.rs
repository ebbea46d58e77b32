//! Rules: what their files say, the phrase language, compiled packs, and the checks.

pub mod check;
pub mod pack;
#[cfg(test)]
mod pattern_tests;
pub mod phrase;
mod read;
#[cfg(test)]
mod schema;
mod set;
pub mod spec;
pub mod wording;

pub(crate) use set::Active;
pub use set::{Listed, RuleSet, Selection};
