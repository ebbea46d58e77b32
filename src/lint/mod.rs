//! Linting: rules over one document, and the proof that a rule does what its examples say.

mod allow;
mod language;
mod proof;
mod session;
mod sketch;

pub use allow::allow;
pub use proof::{Failure, prove};
pub use session::{Linter, Session};
pub use sketch::{Sketch, sketch};
