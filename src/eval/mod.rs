//! How often the linter is right: labelled notes, what was made of them, and the figures with their uncertainty.
//!
//! A note is *flagged* by a finding that is a warning or more. Of good notes we want none flagged, of bad ones all, and
//! those for a reason that a fair reader would give. Everything here counts; `docs/eval.md` says what the figures mean.

mod evaluation;
mod issues;
mod note;
mod proportion;
mod tally;
mod trial;

pub use evaluation::{Evaluation, Judged, Misjudged, Miss, View};
pub use issues::Issues;
pub use note::{Label, LabelledNote};
pub use proportion::{Interval, Proportion};
pub use tally::{Figures, RuleHits, Tally};
pub use trial::{Signal, Trial, Wording};
