//! Compose personal connection notes and follow-ups from templates and what you know about a person, and lint
//! them before you send them.
//!
//! Everything is a [`Document`](text::Document): a text whose every byte has an origin. One rule engine lints drafts
//! somebody typed, notes composed from a template, and the templates themselves.

pub mod allow;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod compose;
pub mod config;
pub mod contact;
pub mod context;
pub mod diagnostic;
pub mod draft;
pub mod eval;
pub mod fix;
pub mod lint;
#[cfg(feature = "files")]
pub mod project;
pub mod report;
pub mod rule;
pub mod template;
pub mod text;
