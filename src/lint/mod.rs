//! Linting: rules over one document, and the proof that a rule does what its examples say.

mod doubt;
mod explain;
mod language;
mod late;
mod message;
mod proof;
mod readiness;
mod sameness;
pub mod score;
mod session;
mod shared;
mod silence;
mod sketch;
mod suppress;
mod trace;

pub use crate::rule::check::Fingerprint;
pub use doubt::Doubt;
pub use explain::{Bar, Explanation, Fate, Near, Place};
pub(crate) use message::quote;
pub use proof::{Failure, prove};
pub use readiness::{Gate, Readiness, SharedContext, gate, readiness};
pub use sameness::{Alike, Sameness};
pub use score::Score;
pub use session::{Linter, Session};
pub use shared::Shared;
pub use sketch::{Sketch, sketch};
pub use suppress::{Suppressed, Watch, allowed, entries, stale, suppress};
pub use trace::Stop;
