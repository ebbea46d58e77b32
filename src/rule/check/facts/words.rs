//! The words of a fact, and how much each tells.

use std::rc::Rc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::stem;
use crate::contact::{Contact, Fact};
use crate::rule::check::words::{is_common, is_stop, is_weak};

/// How much a word tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// It suffices alone.
    Distinctive,
    /// It tells together with another one.
    Content,
    /// Every note may hold it (talk, team, new): it tells only beside a word that it stands beside in the fact.
    Weak,
}

/// A word of a fact.
#[derive(Debug, PartialEq)]
pub(super) struct FactWord {
    pub stem: Rc<str>,
    pub weight: Weight,
    /// Its place among the fact's words.
    pub at: usize,
    /// Whether it is a name that is also an ordinary word (Bath, Reading), so that it counts only with a capital.
    pub capital: bool,
}

pub(super) fn fact_words(fact: &Fact, own: &[String]) -> Vec<FactWord> {
    let mut words: Vec<FactWord> = Vec::new();
    let mut before = 0;
    for text in std::iter::once(&fact.what).chain(&fact.detail) {
        let names = title_case(text);
        for (at, word) in split(text).enumerate() {
            let folded = word.to_lowercase();
            let stem = stem(&folded);
            let known = words.iter().any(|known| known.stem == stem);
            if known || folded.chars().nth(1).is_none() || is_stop(&folded) || own.contains(&bare(&folded)) {
                continue;
            }
            let (weight, capital) = weigh(word, &folded, at, &names);
            words.push(FactWord { stem, weight, at: before + at, capital });
        }
        // The detail is another text: none of its words stands beside one of the fact itself.
        before += split(text).count() + 8;
    }
    words
}

/// How much a word tells, and whether it tells that only with a capital.
fn weigh(word: &str, folded: &str, at: usize, names: &Names) -> (Weight, bool) {
    if is_weak(folded) {
        return (Weight::Weak, false);
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return (if is_telling_number(folded) { Weight::Distinctive } else { Weight::Content }, false);
    }
    let upper = word.starts_with(char::is_uppercase);
    let inside = upper && (at > 0 || word.chars().nth(1).is_some_and(char::is_uppercase));
    let name = (inside && *names == Names::Some) || (upper && *names == Names::Lone);
    let common = is_common(folded);
    let weight = if name || !common { Weight::Distinctive } else { Weight::Content };
    (weight, common && name)
}

/// What capitals tell in a text.
#[derive(PartialEq, Eq)]
enum Names {
    /// Some words have them: names.
    Some,
    /// All words have them and there are at most two: a name.
    Lone,
    /// All words have them: a title, in which they tell nothing.
    Title,
}

fn title_case(text: &str) -> Names {
    let words: Vec<&str> = split(text).filter(|word| !is_stop(&word.to_lowercase())).collect();
    match words.iter().all(|word| word.starts_with(char::is_uppercase)) {
        true if words.len() <= 2 => Names::Lone,
        true => Names::Title,
        false => Names::Some,
    }
}

/// Long numbers tell, years do not: half of all notes name the current one.
fn is_telling_number(folded: &str) -> bool {
    let year = folded.len() == 4 && folded.parse().is_ok_and(|year: u16| (1900..2100).contains(&year));
    folded.len() >= 3 && !year
}

/// The words of the contact's own name and company.
pub(in crate::rule::check) fn own_words(contact: &Contact) -> Vec<String> {
    let values = [Some(&contact.first_name), contact.last_name.as_ref(), contact.company.as_ref()];
    values.into_iter().flatten().flat_map(|text| bare_words(text)).collect()
}

pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\'' | '’')));
    let words = words.map(|word| word.trim_matches(|c| matches!(c, '\'' | '’')));
    words.map(|word| trim_end(trim_end(word, "'s"), "’s")).filter(|word| !word.is_empty())
}

/// The word without a possessive at its end. Unlike `str::trim_end_matches`, quick for a word without one.
fn trim_end<'w>(word: &'w str, possessive: &str) -> &'w str {
    let mut word = word;
    while let Some(rest) = word.strip_suffix(possessive) {
        word = rest;
    }
    word
}

/// A folded word without its accents.
pub(crate) fn bare(folded: &str) -> String {
    if folded.is_ascii() {
        return folded.to_owned();
    }
    let mut out = String::with_capacity(folded.len());
    for letter in folded.nfd().filter(|c| !is_combining_mark(*c)) {
        match PLAIN.iter().find(|(of, _)| *of == letter) {
            Some((_, plain)) => out.push_str(plain),
            None => out.push(letter),
        }
    }
    out
}

/// Letters with a stroke or a ligature, which have no accent to take away, as people write them without.
const PLAIN: &[(char, &str)] =
    &[('ł', "l"), ('ø', "o"), ('đ', "d"), ('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ı', "i"), ('ð', "d"), ('þ', "th")];

/// The words of a value, folded and without accents.
pub(in crate::rule::check) fn bare_words(text: &str) -> Vec<String> {
    split(text).map(|word| bare(&word.to_lowercase())).collect()
}

/// Whether a value says enough to be recognised by itself: several words, or one that is not a common one.
pub(in crate::rule::check) fn is_telling(value: &str) -> bool {
    let mut words = bare_words(value).into_iter();
    let first = words.next();
    words.next().is_some() || first.is_some_and(|word| !is_common(&word))
}
