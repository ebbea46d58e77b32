//! Linting: rules over one document, and the proof that a rule does what its examples say.

mod proof;
mod session;

pub use proof::{Failure, prove};
pub use session::{Linter, Session};
