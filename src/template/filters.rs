//! The filters that a note needs, beside Tera's own.

use jiff::civil::Date;
use tera::{Kwargs, State, Tera};

use super::dates::says_dates;
use super::{human_date, is_english};
use crate::contact::{a_or_an, possessive, tidy_first_name};
use crate::text::Language;

/// Whether a filter has words for a language. Most have none of their own.
pub(crate) fn speaks(filter: &str, language: &str) -> bool {
    match filter {
        "a_or_an" | "possessive" => is_english(language),
        "ago" => language.parse().is_ok_and(says_dates),
        _ => true,
    }
}

/// The filters beside Tera's own.
pub(super) const OWN: &[&str] = &["tidy", "a_or_an", "possessive", "ago"];

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("tidy", |name: &str, _: Kwargs, _: &State| tidy_first_name(name));
    tera.register_filter("a_or_an", |phrase: &str, _: Kwargs, _: &State| a_or_an(phrase));
    tera.register_filter("capfirst", |text: &str, _: Kwargs, _: &State| capfirst(text));
    tera.register_filter("possessive", |name: &str, _: Kwargs, _: &State| possessive(name));
    tera.register_filter("ago", |when: &str, _: Kwargs, state: &State| human_date(when, today(state), language(state)));
}

/// The text with a capital at its start, as at the start of a sentence. Tera's `capitalize` makes all else small.
pub(crate) fn capfirst(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The language of the template.
fn language(state: &State) -> Language {
    let tag = state.get::<String>("language").ok().flatten();
    tag.and_then(|tag| tag.parse().ok()).unwrap_or(Language::ENGLISH)
}

fn today(state: &State) -> Option<Date> {
    state.get::<String>("today").ok().flatten()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_starts_with_a_capital_and_keeps_the_others() {
        for (text, start) in
            [("your talk at RustConf", "Your talk at RustConf"), ("élan", "Élan"), ("“a”", "“a”"), ("", "")]
        {
            assert_eq!(capfirst(text), start);
        }
    }
}
