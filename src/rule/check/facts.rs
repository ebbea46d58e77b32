//! Which facts a note uses.
//!
//! A fact is used when one sentence holds a distinctive word of it (a name, a number, a word that is not among the
//! 5,000 commonest), or two of its content words within eight words of each other, after stemming; or when the note
//! says it in its own words. The recipient's own name and company, and words such as *talk* or *post*, never count.

use std::cell::RefCell;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Note;
use super::words::{is_common, is_stop, is_weak};
use crate::contact::{Contact, Fact, FactKind};
use crate::text::{Sentence, Span, TokenKind};

/// A fact that a note uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactUse {
    /// Its number among the contact's facts.
    pub fact: usize,
    /// The words that show it.
    pub span: Span,
}

/// The facts of the note's contact that the note uses, in the order of the facts.
#[must_use]
pub fn facts_used(note: Note<'_>) -> Vec<FactUse> {
    let Some(contact) = note.context.contact.filter(|contact| !contact.facts.is_empty()) else { return Vec::new() };
    let own = own_words(contact);
    let known: Vec<Vec<FactWord>> = contact.facts.iter().map(|fact| fact_words(fact, &own)).collect();
    let heads = Heads::of(known.iter().flatten());
    let sentences: Vec<Vec<Word>> = note.body().map(|sentence| note_words(note, sentence, &heads)).collect();
    let uses = contact.facts.iter().enumerate().filter_map(|(number, fact)| {
        let known = &known[number];
        let shown = sentences.iter().find_map(|sentence| shown(known, sentence));
        let shown = shown.or_else(|| named(note, fact)).or_else(|| printed(note, contact, fact))?;
        Some(FactUse { fact: number, span: shown })
    });
    uses.collect()
}

/// The place where the note says the fact in its own words, without the his, her or the before it, or names the
/// person of a `mutual` fact. Ordinary words do for this: a name such as Will Hope needs its capitals only.
fn named(note: Note<'_>, fact: &Fact) -> Option<Span> {
    let words: Vec<&str> = split(&fact.what).collect();
    let said = match words.first()?.to_lowercase().as_str() {
        "his" | "her" | "their" | "the" | "a" | "an" => &words[1..],
        _ => &words[..],
    };
    let person = fact.kind == FactKind::Mutual;
    let names =
        if person { said.iter().take_while(|word| word.starts_with(char::is_uppercase)).count() } else { said.len() };
    let said: Vec<String> = said[..names].iter().map(|word| bare(&word.to_lowercase())).collect();
    let enough =
        if person { said.first().is_some_and(|first| said.len() > 1 || !is_stop(first)) } else { said.len() > 1 };
    if !enough {
        return None;
    }
    let tokens = note.tokens.tokens();
    let is = |at: usize, word: &str| {
        let token = tokens.get(at)?;
        let same = bare(note.tokens.folded(token)) == word && (!person || token.capital);
        same.then_some(token.span)
    };
    let places = (0..tokens.len()).filter(|at| !note.sentence(*at).greeting);
    let whole = |at: usize, length: usize| {
        let spans = said[..length].iter().enumerate().map(|(next, word)| is(at + next, word));
        spans.reduce(|before, next| Some(before?.join(next?))).flatten()
    };
    // A first name alone will do, unless it is a word such as Will.
    let by_first_name = person && !is_stop(&said[0]);
    let lengths = if by_first_name { vec![said.len(), 1] } else { vec![said.len()] };
    places.into_iter().find_map(|at| lengths.iter().find_map(|length| whole(at, *length)))
}

/// The place where the note says the fact just as the composer prints it: `your blog` for `her blog`. So a note that
/// was composed from a fact always uses it, however ordinary its words.
fn printed(note: Note<'_>, contact: &Contact, fact: &Fact) -> Option<Span> {
    let words = fact.printed_to(contact).ok()?;
    let body = note.body_span();
    let text = &note.text[body.range()];
    let joins = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
    let mut places = text.match_indices(&words).map(|(at, _)| Span::new(at, at + words.len()));
    let place = places.find(|place| {
        let before = text[..place.start].trim_end();
        // At the start of a sentence May and Will are mostly no names.
        let telling =
            !is_stop(&words.to_lowercase()) || before.ends_with(|last: char| last.is_alphanumeric() || last == ',');
        telling && !joins(text[..place.start].chars().next_back()) && !joins(text[place.end..].chars().next())
    })?;
    Some(place.shift(body.start))
}

/// Words apart that two content words may stand.
const WINDOW: usize = 8;

/// A word of the note.
struct Word {
    stem: String,
    /// Its place among the sentence's words.
    at: usize,
    span: Span,
    capital: bool,
}

/// A word of a fact.
#[derive(Debug, PartialEq)]
struct FactWord {
    stem: String,
    /// Whether it suffices alone.
    distinctive: bool,
    /// Whether it is a name that is also an ordinary word (Bath, Reading), so that it counts only with a capital.
    capital: bool,
}

/// The place in a sentence that shows the fact, if there is one.
fn shown(fact: &[FactWord], sentence: &[Word]) -> Option<Span> {
    let mut before: Option<(&FactWord, &Word)> = None;
    let mut pair = None;
    for word in sentence {
        let Some(known) = fact.iter().find(|known| known.stem == word.stem) else { continue };
        if known.distinctive && (!known.capital || word.capital) {
            return Some(word.span);
        }
        if let Some((other, place)) = before
            && other.stem != known.stem
            && word.at - place.at <= WINDOW
            && pair.is_none()
        {
            pair = Some(place.span.join(word.span));
        }
        before = Some((known, word));
    }
    pair
}

/// The first letters of the facts' words: only words that begin like one of them are worth stemming.
struct Heads([u64; 4]);

impl Heads {
    fn of<'f>(words: impl Iterator<Item = &'f FactWord>) -> Self {
        let mut heads = Self([0; 4]);
        for word in words {
            let bit = Self::bit(&word.stem);
            heads.0[bit / 64] |= 1 << (bit % 64);
        }
        heads
    }

    fn bit(word: &str) -> usize {
        let mut bytes = word.bytes();
        let (first, second) = (bytes.next().unwrap_or(0), bytes.next().unwrap_or(0));
        (usize::from(first).wrapping_mul(31) ^ usize::from(second)) % 256
    }

    /// Stems keep the first two letters of a word, and accents are gone in them.
    fn may_begin(&self, folded: &str) -> bool {
        let bit = Self::bit(folded);
        !folded.is_ascii() || folded.len() < 3 || self.0[bit / 64] & (1 << (bit % 64)) != 0
    }
}

fn note_words(note: Note<'_>, sentence: Sentence, heads: &Heads) -> Vec<Word> {
    let mut words = Vec::new();
    let mut first = true;
    for (at, token) in note.tokens.tokens()[sentence.start..sentence.end].iter().enumerate() {
        if !matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Money) {
            continue;
        }
        let folded = note.tokens.folded(token);
        if !token.glued && heads.may_begin(folded) && !is_weak(folded) {
            let capital = token.capital && !first;
            words.push(Word { stem: stem(folded), at, span: token.span, capital });
        }
        first = false;
    }
    words
}

fn fact_words(fact: &Fact, own: &[String]) -> Vec<FactWord> {
    let mut words: Vec<FactWord> = Vec::new();
    for text in std::iter::once(&fact.what).chain(&fact.detail) {
        let names = title_case(text);
        for (at, word) in split(text).enumerate() {
            let folded = word.to_lowercase();
            let stem = stem(&folded);
            if is_weak(&folded) || own.contains(&bare(&folded)) || words.iter().any(|known| known.stem == stem) {
                continue;
            }
            let capital =
                word.starts_with(char::is_uppercase) && (at > 0 || word.chars().nth(1).is_some_and(char::is_uppercase));
            let lone = names == Names::Lone && word.starts_with(char::is_uppercase);
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            let common = is_common(&folded);
            let name = (capital && names == Names::Some) || lone;
            let distinctive = if number { is_telling_number(&folded) } else { !common || name };
            words.push(FactWord { stem, distinctive, capital: common && name && !number });
        }
    }
    words
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
pub(super) fn own_words(contact: &Contact) -> Vec<String> {
    let values = [Some(&contact.first_name), contact.last_name.as_ref(), contact.company.as_ref()];
    values.into_iter().flatten().flat_map(|text| bare_words(text)).collect()
}

fn split(text: &str) -> impl Iterator<Item = &str> {
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
pub(super) fn bare(folded: &str) -> String {
    if folded.is_ascii() {
        return folded.to_owned();
    }
    folded.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// The words of a value, folded and without accents.
pub(super) fn bare_words(text: &str) -> Vec<String> {
    split(text).map(|word| bare(&word.to_lowercase())).collect()
}

/// Most stems that are kept.
const MOST_STEMS: usize = 1 << 13;

thread_local! {
    /// The stems of words met so far: notes share most of theirs.
    static STEMS: RefCell<FxHashMap<Box<str>, Box<str>>> = RefCell::default();
}

fn stem(folded: &str) -> String {
    static STEMMER: OnceLock<Stemmer> = OnceLock::new();
    STEMS.with_borrow_mut(|stems| {
        if let Some(stem) = stems.get(folded) {
            return stem.to_string();
        }
        if stems.len() >= MOST_STEMS {
            stems.clear();
        }
        let stemmer = STEMMER.get_or_init(|| Stemmer::create(Algorithm::English));
        let stem = stemmer.stem(&bare(folded)).into_owned();
        stems.insert(folded.into(), stem.as_str().into());
        stem
    })
}

/// Whether a value says enough to be recognised by itself: several words, or one that is not a common one.
pub(super) fn is_telling(value: &str) -> bool {
    let mut words = bare_words(value).into_iter();
    let first = words.next();
    words.next().is_some() || first.is_some_and(|word| !is_common(&word))
}
