//! Templates: what they say about themselves, what they see, and the library they stand in.
//!
//! Tera renders; it does not appear in this module's public signatures.

mod allow;
mod bounds;
mod check;
mod dates;
mod filters;
mod front_matter;
mod library;
mod limits;
mod links;
mod load;
mod names;
mod paths;
mod prepare;
mod reads;
mod render;
mod rendering;
mod sample;
mod scope;
mod starter;
mod syntax;
mod trace;

pub use allow::Allowed;
pub use bounds::{DetailLengths, Measured, PathLength};
pub use dates::human_date;
pub use front_matter::{FIELDS, FrontMatter, Need};
pub use library::{Library, Template, TemplateFile};
pub use paths::{Coverage, Tally};
#[doc(hidden)]
pub use rendering::Rendering;
pub use sample::{Expected, Sample, with_expected};
pub use starter::starter;

pub(crate) use filters::{capfirst, speaks};
pub(crate) use paths::{Choice, Dead, Effect, Gap, Missing, Paths, Taken, Unread, gaps, walk, walk_subject};
pub(crate) use render::RenderError;
pub(crate) use scope::{DETAILS, PrintedFact, Scope, field_of, is_english};
