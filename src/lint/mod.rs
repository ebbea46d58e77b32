//! Linting: rules over one document.

mod session;

pub use session::{Linter, Session};
