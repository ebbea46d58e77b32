//! The filters that a note needs, beside Tera's own.

use jiff::civil::Date;
use tera::{Kwargs, State, Tera};

use super::human_date;
use crate::contact::{a_or_an, possessive, tidy_first_name};

/// Filters that write English.
pub(super) const ENGLISH: &[&str] = &["a_or_an", "possessive", "ago"];

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("tidy", |name: &str, _: Kwargs, _: &State| tidy_first_name(name));
    tera.register_filter("a_or_an", |phrase: &str, _: Kwargs, _: &State| a_or_an(phrase));
    tera.register_filter("possessive", |name: &str, _: Kwargs, _: &State| possessive(name));
    tera.register_filter("ago", |when: &str, _: Kwargs, state: &State| human_date(when, today(state)));
}

fn today(state: &State) -> Option<Date> {
    state.get::<String>("today").ok().flatten()?.parse().ok()
}
