//! The checks: how each kind of rule finds its places. One file each.

mod address;
mod cadence;
mod count;
mod facts;
mod grade;
mod grounding;
mod length;
mod memo;
mod merge_field;
mod name;
mod needles;
mod pattern;
mod phrases;
mod placeholder;
mod ratio;
mod recipient;
mod repeat;
mod requires;
mod sameness;
mod signs;
mod specific;
mod views;
mod wording;
mod words;

pub(crate) use cadence::may_find as cadence_may_find;
pub(crate) use facts::known_words;
pub use facts::{FactUse, facts_used};
pub(crate) use facts::{bare, stem};
pub use needles::Needles;
pub use pattern::Plain;
pub use sameness::Fingerprint;
pub(crate) use sameness::fingerprint;
pub(crate) use specific::is_specific;
pub use specific::specific_words;
pub use views::Views;
pub(crate) use words::{is_common, is_stop, is_weak};

use jiff::civil::Date;

use crate::context::{Context, note_length};
use crate::diagnostic::Level;
use crate::rule::pack::{Check, Hit};
use crate::text::{Sentence, Span, Tokens};

/// A note as the checks see it.
#[derive(Clone, Copy)]
pub struct Note<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens and sentences.
    pub tokens: &'a Tokens,
    /// What it is for and for whom.
    pub context: &'a Context<'a>,
}

impl<'a> Note<'a> {
    /// The sentences without the greeting.
    pub fn body(self) -> impl Iterator<Item = Sentence> + 'a {
        self.tokens.sentences().iter().copied().filter(|sentence| !sentence.greeting)
    }

    /// The sentence that holds the token.
    #[must_use]
    pub fn sentence(self, token: usize) -> Sentence {
        self.tokens.sentences()[self.tokens.tokens()[token].sentence]
    }

    /// Bytes of the note without its greeting.
    #[must_use]
    pub fn body_span(self) -> Span {
        let spans = self.body().map(|sentence| self.tokens.sentence_span(sentence));
        spans.reduce(Span::join).unwrap_or(Span::new(0, self.text.trim_end().len()))
    }

    /// Number of the sentence at a byte of the text.
    #[must_use]
    pub fn sentence_at(self, byte: usize) -> usize {
        let tokens = self.tokens.tokens();
        let at = tokens.partition_point(|token| token.span.end <= byte);
        tokens.get(at).or(tokens.last()).map_or(0, |token| token.sentence)
    }

    /// The words of a hit, as they stand in the text.
    #[must_use]
    pub fn hit_span(self, hit: &Hit) -> Span {
        self.tokens.span(hit.first, hit.last)
    }
}

/// A place that a check found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Bytes of the text.
    pub span: Span,
    /// How many there were, for `{count}`.
    pub count: usize,
    /// The bound that was passed, for `{limit}`.
    pub limit: usize,
    /// Another value to print, for `{value}`.
    pub value: Option<String>,
    /// The fact it is about, for `{fact}`.
    pub fact: Option<String>,
    /// What to write instead, which is also the fix.
    pub replacement: Option<String>,
    /// The level, where it is lower than the rule's own.
    pub level: Option<Level>,
    /// When what it is about was, for `{date}`, `{ago}` and `{from}`.
    pub since: Option<Since>,
}

/// A time that a finding is about.
#[derive(Clone, Debug, Default)]
pub struct Since {
    /// The day, or the month or year where no more is known.
    pub date: String,
    /// Days that have passed, at least.
    pub days: i64,
    /// The first day on which nothing would be found.
    pub from: Option<Date>,
}

impl Found {
    /// A place without values.
    #[must_use]
    pub fn at(span: Span) -> Self {
        Self { span, ..Self::default() }
    }
}

/// The hits that begin in a sentence; they come in order.
fn hits_in(hits: &[Hit], sentence: Sentence) -> &[Hit] {
    let before = |end: usize| hits.partition_point(|hit| hit.first < end);
    &hits[before(sentence.start)..before(sentence.end)]
}

/// Finds a rule's places. `hits` are those of its phrases, in order, without overlaps and exceptions.
///
/// `density` and `sameness` find nothing here: they look at the findings of the other rules, and at the other notes.
#[must_use]
pub fn find(
    check: &Check,
    note: Note<'_>,
    hits: &[Hit],
    regex: Option<&regex::Regex>,
    views: &mut Views,
) -> Vec<Found> {
    match check {
        Check::Phrases => phrases::find(note, hits, &[]),
        Check::Swap(texts) => phrases::find(note, hits, texts),
        Check::Pattern { .. } => regex.map(|regex| pattern::find(note, regex, &mut views.plain)).unwrap_or_default(),
        Check::Count(count) => count::find(count, note, hits),
        Check::Repeat { run, phrases: false } => repeat::words(*run, note),
        Check::Repeat { run, phrases: true } => repeat::sentences(*run, note, hits),
        Check::Requires => requires::find(note, hits),
        Check::Signs { at, points, cues } => signs::find(*at, points, cues, note, hits),
        Check::Wording(settings) => wording::find(settings, note, views),
        Check::Length(above) => length::find(*above, note),
        Check::Placeholder(kind) => placeholder::find(*kind, note),
        Check::Recipient(kind) => recipient::find(*kind, note, hits),
        Check::Unused { asks } => grounding::unused(note, *asks && hits.is_empty()),
        Check::Missing { below } => grounding::missing(note, *below),
        Check::Address { kind, familiar, exact } => address::find(*kind, *familiar, *exact, note, hits),
        Check::Claimed(claims) => grounding::claimed(claims, note, hits),
        Check::Ratio(ratio) => ratio::find(*ratio, note, hits),
        Check::Name(kind) => name::find(*kind, note),
        Check::Cadence(cadence) => cadence::find(cadence, note, hits),
        Check::Density(_) | Check::Sameness(_) => Vec::new(),
    }
}

/// What a check that counts has counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// How many there are: in the note, or in the sentence that has most.
    pub value: usize,
    /// Fewer are reported.
    pub least: Option<usize>,
    /// More are reported.
    pub most: Option<usize>,
}

/// What a check counts in a note, if it counts. `hits` are as for [`find`].
#[must_use]
pub fn measure(check: &Check, note: Note<'_>, hits: &[Hit]) -> Option<Measure> {
    match check {
        Check::Count(count) => {
            Some(Measure { value: count::tally(count, note, hits), least: count.min, most: count.max })
        }
        Check::Length(above) => {
            let most = note.context.limit()?.safe.saturating_mul(*above) / 100;
            Some(Measure { value: note_length(note.text), least: None, most: Some(most) })
        }
        _ => None,
    }
}
