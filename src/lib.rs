//! Compose personal connection notes and follow-ups from templates and what you know about a person, and lint
//! them before you send them.
//!
//! Everything is a [`Document`](text::Document): a text whose every byte has an origin. One rule engine lints drafts
//! somebody typed, notes composed from a template, and the templates themselves.

pub mod compose;
pub mod contact;
pub mod context;
pub mod diagnostic;
pub mod draft;
pub mod template;
pub mod text;
