//! Rules: what their files say, the phrase language, compiled packs, and the checks.

pub mod pack;
pub mod phrase;
pub mod spec;
