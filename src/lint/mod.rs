//! Linting: rules over one document, and the proof that a rule does what its examples say.

mod allow;
mod proof;
mod sameness;
mod session;
mod sketch;

pub use crate::rule::check::Fingerprint;
pub use allow::allow;
pub use proof::{Failure, prove};
pub use sameness::{Alike, Sameness};
pub use session::{Linter, Session};
pub use sketch::{Sketch, sketch};
