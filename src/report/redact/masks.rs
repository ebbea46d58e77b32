//! The places of a text that give away a contact's values.

use std::cmp::Reverse;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::values::{Sort, Tells, Value, ValueWord, Word, words};
use crate::contact::may_be_the_same_name;
use crate::rule::check::bare;
use crate::text::Span;

/// Places of a text, in order, that are not shown, each with what stands there instead.
#[derive(Clone, Debug, Default)]
pub(super) struct Masks(Vec<(Span, String)>);

impl Masks {
    /// Adds a place; of places that overlap, the one that begins first gives the words.
    pub(super) fn add(&mut self, span: Span, label: &str) {
        if span.is_empty() {
            return;
        }
        let met = self.met(span);
        let (mut whole, mut words) = (span, label);
        if let [(first, first_label), ..] = &self.0[met.clone()] {
            whole = whole.join(*first).join(self.0[met.end - 1].0);
            words = if first.start <= span.start { first_label } else { label };
        }
        let one = (whole, words.to_owned());
        self.0.splice(met, [one]);
    }

    /// A part of the text as it may be shown.
    pub(super) fn apply(&self, text: &str, part: Span) -> String {
        let mut out = String::with_capacity(part.len());
        let mut at = part.start;
        for (span, label) in &self.0[self.met(part)] {
            out += text.get(at..span.start).unwrap_or_default();
            out += label;
            at = span.end;
        }
        out += text.get(at..part.end).unwrap_or_default();
        out
    }

    /// Whether a part of the text is shown as it is.
    pub(super) fn shows(&self, part: Span) -> bool {
        self.met(part).is_empty()
    }

    /// Those that overlap a part of the text.
    fn met(&self, part: Span) -> Range<usize> {
        let start = self.0.partition_point(|(span, _)| span.end <= part.start);
        start..self.0.partition_point(|(span, _)| span.start < part.end).max(start)
    }

    /// Where the parts of the text are in the text as it may be shown.
    pub(super) fn moves(&self) -> Moves<'_> {
        let mut shown = 0;
        let mut end = 0;
        let starts = self.0.iter().map(|(span, label)| {
            let start = shown + span.start - end;
            (shown, end) = (start + label.len(), span.end);
            start
        });
        Moves { starts: starts.collect(), masks: &self.0 }
    }
}

/// Tells where a part of a text is when some of the text is not shown.
#[derive(Debug)]
pub(super) struct Moves<'m> {
    /// Where each place that is not shown begins in what is shown.
    starts: Vec<usize>,
    masks: &'m [(Span, String)],
}

impl Moves<'_> {
    /// A part of the text in what is shown; what is not shown is taken whole.
    pub(super) fn span(&self, part: Span) -> Span {
        Span::new(self.at(part.start, false), self.at(part.end, true))
    }

    fn at(&self, at: usize, is_end: bool) -> usize {
        let next = self.masks.partition_point(|(span, _)| span.start < at);
        let Some(last) = next.checked_sub(1) else { return at };
        let (span, label) = &self.masks[last];
        let end = self.starts[last] + label.len();
        if at >= span.end {
            end + at - span.end
        } else if is_end {
            end
        } else {
            self.starts[last]
        }
    }
}

/// Finds the values of a contact in texts.
#[derive(Debug, Default)]
pub(super) struct Finder {
    values: Vec<Value>,
    /// Where a word stands in the values.
    places: FxHashMap<Rc<str>, Vec<(usize, usize)>>,
    /// Texts in scripts without spaces, which are found inside words.
    inside: Vec<(String, String)>,
    /// The first name without its accents.
    first_name: String,
}

/// Bytes between two words of a value: a space, a hyphen, a comma with a space.
const APART: usize = 4;

/// Words before a name.
const GREETINGS: &str = "hi hello hey hiya dear hallo liebe lieber guten hola querida querido estimada estimado bonjour \
    salut cher chère coucou thanks thank";

impl Finder {
    pub(super) fn new(values: Vec<Value>, texts: &[(String, &str)], first_name: &str) -> Self {
        let mut places: FxHashMap<Rc<str>, Vec<_>> = FxHashMap::default();
        for (number, value) in values.iter().enumerate() {
            for (at, word) in value.words.iter().enumerate() {
                places.entry(word.key.clone()).or_default().push((number, at));
            }
        }
        let inside = texts.iter().filter(|(_, text)| text.chars().any(is_unspaced));
        let inside = inside.map(|(label, text)| (label.clone(), text.trim().to_owned())).collect();
        Self { values, places, inside, first_name: bare(&first_name.to_lowercase()) }
    }

    /// The places of a text that give a value away.
    pub(super) fn find(&self, text: &str) -> Masks {
        let mut masks = Masks::default();
        for (label, inside) in &self.inside {
            for (at, found) in text.match_indices(inside.as_str()) {
                masks.add(Span::new(at, at + found.len()), label);
            }
        }
        let words = words(text);
        let mut at = 0;
        while at < words.len() {
            match self.run(text, &words, at) {
                Some((label, length)) => {
                    masks.add(words[at].span.join(words[at + length - 1].span), label);
                    at += length;
                }
                None => at += 1,
            }
        }
        masks
    }

    /// The value that begins with a word of a text, and how many words of it stand there.
    fn run(&self, text: &str, words: &[Word<'_>], at: usize) -> Option<(&str, usize)> {
        let places = self.places.get(&words[at].key).map_or(&[][..], Vec::as_slice);
        let runs = places.iter().filter_map(|&(number, start)| {
            let value = &self.values[number];
            Some((value.sort, Reverse(length(text, words, at, value, start)?), value.label.as_str()))
        });
        let best = runs.min_by_key(|(sort, length, _)| (*sort, *length));
        best.map(|(_, length, label)| (label, length.0)).or_else(|| self.short_form(words, at))
    }

    /// The first name in another form, where a name stands: Kate for Katherine.
    fn short_form(&self, words: &[Word<'_>], at: usize) -> Option<(&str, usize)> {
        let word = &words[at];
        let is_name = (at == 0 || is_greeted(words, at)) && word.is_capital() && !is_greeting(word);
        let same = || may_be_the_same_name(&self.first_name, &bare(&word.text.to_lowercase()));
        (is_name && !self.first_name.is_empty() && same()).then(|| (self.values[0].label.as_str(), 1))
    }
}

/// How many words of a value stand in a text, from one of each on, if they are enough to know it by.
fn length(text: &str, words: &[Word<'_>], at: usize, value: &Value, start: usize) -> Option<usize> {
    let follows = |length: &usize| {
        let (Some(word), Some(same)) = (words.get(at + length), value.words.get(start + length)) else { return false };
        let between = &text[words[at + length - 1].span.end..word.span.start];
        word.key == same.key && between.len() <= APART && !between.contains('\n')
    };
    let length = (1..).find(|length| !follows(length))?;
    let run = &value.words[start..start + length];
    if length == value.words.len() && length > 1 {
        return Some(length);
    }
    let begins = match value.sort {
        Sort::Name => true,
        Sort::Other => run[0].tells != Tells::Nothing,
        // Every note begins with a greeting.
        Sort::Text => !matches!(run[0].tells, Tells::Nothing | Tells::Little),
    };
    let is_alone = |(word, of): (&Word<'_>, &ValueWord)| {
        of.tells == Tells::Alone && (!of.capital || word.is_capital() || is_greeted(words, at))
    };
    let told = run.iter().filter(|word| matches!(word.tells, Tells::Alone | Tells::Together)).count();
    let is_known = words[at..].iter().zip(run).any(is_alone) || (told > 1 && length > 1);
    // A word that is known is never among those that are left out at the end.
    let shown = run.iter().rev().take_while(|word| word.tells == Tells::Nothing).count();
    (begins && is_known).then_some(length - shown)
}

fn is_greeting(word: &Word<'_>) -> bool {
    GREETINGS.split(' ').any(|greeting| greeting == word.text.to_lowercase())
}

fn is_greeted(words: &[Word<'_>], at: usize) -> bool {
    at > 0 && is_greeting(&words[at - 1])
}

/// Whether a character is of a script that puts no spaces between words, or joins endings to names.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}
