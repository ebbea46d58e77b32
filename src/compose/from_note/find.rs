//! Where a note says what is known.

use std::collections::BTreeSet;

use unicode_normalization::char::is_combining_mark;

use super::guard;
use super::value::{Source, Value};
use crate::contact::FactKind;
use crate::rule::check::is_common;
use crate::text::{Span, Tokens};

/// Words of the note that a template prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) span: Span,
    /// The value, by its place among all.
    pub(super) value: usize,
    /// What is left out when there is no such value, for one that may be missing.
    pub(super) guard: Option<Span>,
}

/// A note in which values are looked for.
pub(super) struct Page<'n> {
    pub(super) text: &'n str,
    sentences: Vec<Span>,
    /// Where the sign-off begins.
    sign_off: usize,
}

impl<'n> Page<'n> {
    pub(super) fn new(text: &'n str) -> Self {
        let mut tokens = Tokens::default();
        tokens.read(text);
        let sentences = tokens.sentences().iter().map(|sentence| tokens.sentence_span(*sentence)).collect();
        Self { text, sentences, sign_off: text.trim_end().rfind('\n').map_or(text.len(), |end| end + 1) }
    }

    /// The sentence around a place.
    pub(super) fn sentence(&self, at: Span) -> Span {
        let found = self.sentences.iter().find(|sentence| sentence.contains(at));
        found.copied().unwrap_or(Span::new(0, self.text.len()))
    }

    /// Whether a place is where the writer's name stands: on the last line, or with nothing behind it.
    fn is_sign_off(&self, at: Span) -> bool {
        at.start >= self.sign_off || !self.text[at.end..].contains(char::is_alphanumeric)
    }

    /// Where the note says a value, in whole words, the longest values first. No two places overlap. `kinds` are those
    /// of the facts.
    pub(super) fn claims(&self, values: &[Value], kinds: &[FactKind]) -> Vec<Claim> {
        // A detail without its fact, or without a place to leave it out, is none.
        let mut left_out = BTreeSet::new();
        loop {
            let mut claims = self.all(values, kinds, &left_out);
            let told = |source: Source| claims.iter().any(|claim| values[claim.value].source == source);
            let guards: Vec<_> = claims.iter().map(|claim| self.guard_of_detail(claim, values, &claims)).collect();
            let is_bad = |at: &usize| match values[claims[*at].value].source {
                Source::Detail(fact) => {
                    let crosses = |other: &Span| guards[*at].is_some_and(|guard| guard.overlaps(*other));
                    guards[*at].is_none() || !told(Source::What(fact)) || guards[..*at].iter().flatten().any(crosses)
                }
                _ => false,
            };
            if let Some(bad) = (0..claims.len()).find(is_bad) {
                left_out.insert(claims[bad].value);
                continue;
            }
            for (claim, guard) in claims.iter_mut().zip(guards) {
                claim.guard = guard;
            }
            self.add_days(values, &mut claims);
            claims.sort_by_key(|claim| claim.span);
            return claims;
        }
    }

    /// What goes with a part of a fact, unless something else that the template prints stands in it.
    fn guard_of_detail(&self, claim: &Claim, values: &[Value], claims: &[Claim]) -> Option<Span> {
        let Source::Detail(_) = values[claim.value].source else { return None };
        let found = guard::of_detail(self.text, self.sentence(claim.span), claim.span)?;
        claims.iter().all(|other| other == claim || !other.span.overlaps(found)).then_some(found)
    }

    /// Everything but days, which are told of a fact.
    fn all(&self, values: &[Value], kinds: &[FactKind], left_out: &BTreeSet<usize>) -> Vec<Claim> {
        let mut claims: Vec<Claim> = Vec::new();
        for (at, value) in values.iter().enumerate().filter(|(at, _)| !left_out.contains(at)) {
            if matches!(value.source, Source::When(_)) {
                continue;
            }
            // A template sees one fact of a kind.
            let is_second = value.source.fact().is_some_and(|fact| {
                let others = claims.iter().filter_map(|claim| values[claim.value].source.fact());
                others.into_iter().any(|other| other != fact && kinds[other] == kinds[fact])
            });
            if is_second {
                continue;
            }
            for span in self.places(value) {
                if claims.iter().all(|claim| !claim.span.overlaps(span)) {
                    claims.push(Claim { span, value: self.owner(values, at, span), guard: None });
                }
            }
        }
        claims
    }

    /// Of two people with one name the writer is meant at the end.
    fn owner(&self, values: &[Value], at: usize, span: Span) -> usize {
        let value = &values[at];
        let same = |other: &Value| {
            other.words == value.words && matches!(other.source, Source::Me("first_name" | "last_name"))
        };
        let is_name = matches!(value.source, Source::Contact("first_name" | "last_name"));
        let writer = values.iter().position(same).filter(|_| is_name && self.is_sign_off(span));
        writer.unwrap_or(at)
    }

    /// The days of facts, each in a sentence that tells its fact.
    fn add_days(&self, values: &[Value], claims: &mut Vec<Claim>) {
        for (at, value) in values.iter().enumerate() {
            let Source::When(fact) = value.source else { continue };
            for span in self.places(value) {
                let sentence = self.sentence(span);
                let tells =
                    |claim: &Claim| values[claim.value].source == Source::What(fact) && sentence.contains(claim.span);
                if !claims.iter().any(tells) || claims.iter().any(|claim| claim.span.overlaps(span)) {
                    continue;
                }
                let Some(found) = guard::of_day(self.text, sentence, span) else { continue };
                let crosses = |claim: &Claim| {
                    claim.span.overlaps(found)
                        || claim.guard.is_some_and(|old| old.overlaps(found) && !old.contains(found))
                };
                if !claims.iter().any(crosses) {
                    claims.push(Claim { span, value: at, guard: Some(found) });
                }
            }
        }
    }

    /// The places of a value's words that are whole words.
    fn places(&self, value: &Value) -> Vec<Span> {
        let words = value.words.as_str();
        let name = match value.source {
            Source::Contact("first_name" | "last_name") | Source::Me("first_name" | "last_name") => Some(words),
            _ => None,
        };
        self.whole(words).filter(|span| name.is_none_or(|name| self.is_name(name, *span))).collect()
    }

    /// The places of words that are whole words.
    pub(super) fn whole(&self, words: &str) -> impl Iterator<Item = Span> {
        let places = self.text.match_indices(words).map(|(at, words)| Span::new(at, at + words.len()));
        places.filter(|span| self.is_whole(*span))
    }

    /// Whether a span begins and ends with whole words. A hyphen, a dot or the like between two letters joins them.
    fn is_whole(&self, span: Span) -> bool {
        let (before, after) = (self.text[..span.start].chars().rev(), self.text[span.end..].chars());
        let inside = &self.text[span.range()];
        let is_cut = after.clone().next().is_some_and(is_combining)
            || (inside.starts_with(is_wordy) && is_joined(before, "-‐‑.@/'’&"))
            || (inside.ends_with(is_wordy) && is_joined(after, "-‐‑.@/&"));
        !is_cut
    }

    /// Whether a name that is also a word, as Will and Mark are, is meant as one: a mark stands behind it.
    fn is_name(&self, name: &str, span: Span) -> bool {
        let after = self.text[span.end..].trim_start_matches(' ');
        !is_common(&name.to_lowercase()) || !after.starts_with(char::is_lowercase)
    }
}

/// Whether a letter comes next, perhaps behind a mark that joins words.
fn is_joined(mut next: impl Iterator<Item = char>, joints: &str) -> bool {
    next.next().is_some_and(|c| is_wordy(c) || (joints.contains(c) && next.next().is_some_and(is_wordy)))
}

fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining_mark(c)
}

/// What changes the character before it: an accent, a joiner, a skin tone.
fn is_combining(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}
