//! `count`: too many or too few of something.

use super::grade::grade;
use super::length::cut;
use super::{Found, Note, hits_in};
use crate::context::note_length;
use crate::rule::pack::{Count, Counted, Hit};
use crate::rule::spec::Per;
use crate::text::{Sentence, Span, TokenKind};

pub(super) fn find(count: &Count, note: Note<'_>, hits: &[Hit]) -> Vec<Found> {
    let whole = Span::new(0, note.text.trim_end().len());
    match count.of {
        Counted::Units => return units(count, note),
        Counted::Grade => {
            let grade = grade(note);
            return grade.and_then(|grade| beyond(count, grade, whole)).into_iter().collect();
        }
        _ => {}
    }
    let all = 0..note.tokens.tokens().len();
    if !may_pass(count, note, all, hits) {
        return Vec::new();
    }
    match count.per {
        Per::Note => {
            let places = all_places(&count.of, note, hits);
            judge(count, &places, whole).into_iter().collect()
        }
        Per::Sentence => {
            let passing = note.body().filter(|sentence| may_pass(count, note, sentence.start..sentence.end, hits));
            let judged = passing.filter_map(|sentence| {
                let places = places(&count.of, note, sentence, hits);
                let whole = note.tokens.sentence_span(sentence);
                judge(count, &places, whole).map(|found| Found { span: whole, ..found })
            });
            judged.collect()
        }
    }
}

/// How many there are: in the note, or in the sentence that has most.
pub(super) fn tally(count: &Count, note: Note<'_>, hits: &[Hit]) -> usize {
    match (&count.of, count.per) {
        (Counted::Units, _) => note_length(note.text),
        (Counted::Grade, _) => grade(note).unwrap_or_default(),
        (of, Per::Note) => all_places(of, note, hits).len(),
        (of, Per::Sentence) => {
            let each = note.body().map(|sentence| places(of, note, sentence, hits).len());
            each.max().unwrap_or_default()
        }
    }
}

/// The things to count in the whole note.
fn all_places(of: &Counted, note: Note<'_>, hits: &[Hit]) -> Vec<Span> {
    let span = |sentence| note.tokens.sentence_span(sentence);
    match of {
        Counted::Sentences => note.body().map(span).collect(),
        Counted::Questions => note.body().filter(|sentence| asks(note, *sentence)).map(span).collect(),
        _ => note.tokens.sentences().iter().flat_map(|sentence| places(of, note, *sentence, hits)).collect(),
    }
}

/// Whether a range of tokens can hold more than the most: a cheap look, since most notes hold far less.
fn may_pass(count: &Count, note: Note<'_>, range: std::ops::Range<usize>, hits: &[Hit]) -> bool {
    let Some(max) = count.max.filter(|_| count.min.is_none()) else { return true };
    match &count.of {
        Counted::Phrases => hits.len() > max,
        Counted::Marks(marks) => {
            let counted = |kind: TokenKind| matches!(kind, TokenKind::Mark(c) if marks.contains(c));
            note.tokens.tokens()[range].iter().filter(|token| counted(token.kind)).count() > max
        }
        Counted::Questions => note.tokens.tokens()[range].iter().any(|token| token.kind == TokenKind::Mark('?')),
        Counted::Words | Counted::Sentences | Counted::Units | Counted::Grade => range.len() > max,
    }
}

/// The things to count in one sentence.
fn places(of: &Counted, note: Note<'_>, sentence: Sentence, hits: &[Hit]) -> Vec<Span> {
    let tokens = &note.tokens.tokens()[sentence.start..sentence.end];
    match of {
        Counted::Words if sentence.greeting => Vec::new(),
        Counted::Words => tokens.iter().filter(|t| !t.glued && t.kind.is_word()).map(|t| t.span).collect(),
        Counted::Marks(marks) => {
            let counted = tokens.iter().filter(|t| matches!(t.kind, TokenKind::Mark(c) if marks.contains(c)));
            counted.map(|token| token.span).collect()
        }
        Counted::Phrases => hits_in(hits, sentence).iter().map(|hit| note.hit_span(hit)).collect(),
        Counted::Questions if asks(note, sentence) => vec![note.tokens.sentence_span(sentence)],
        Counted::Sentences | Counted::Questions | Counted::Units | Counted::Grade => Vec::new(),
    }
}

fn asks(note: Note<'_>, sentence: Sentence) -> bool {
    let tokens = &note.tokens.tokens()[sentence.start..sentence.end];
    let closing = tokens.iter().rev().take_while(|token| matches!(token.kind, TokenKind::Mark(_)));
    closing.into_iter().any(|token| token.kind == TokenKind::Mark('?'))
}

/// The first thing too many, or the whole place if there are too few.
fn judge(count: &Count, places: &[Span], whole: Span) -> Option<Found> {
    if let Some(max) = count.max
        && let Some(first) = places.get(max)
    {
        return Some(Found { count: places.len(), limit: max, ..Found::at(*first) });
    }
    let min = count.min.filter(|min| places.len() < *min)?;
    Some(Found { count: places.len(), limit: min, ..Found::at(whole) })
}

/// The whole note, if a figure of it passes a bound.
fn beyond(count: &Count, figure: usize, whole: Span) -> Option<Found> {
    let above = count.max.filter(|max| figure > *max);
    let limit = above.or_else(|| count.min.filter(|min| figure < *min))?;
    Some(Found { count: figure, limit, ..Found::at(whole) })
}

fn units(count: &Count, note: Note<'_>) -> Vec<Found> {
    let length = note_length(note.text);
    if let Some(max) = count.max.filter(|max| length > *max) {
        let span = Span::new(cut(note.text, max), note.text.len());
        return vec![Found { count: length, limit: max, ..Found::at(span) }];
    }
    let Some(min) = count.min.filter(|min| length < *min) else { return Vec::new() };
    vec![Found { count: length, limit: min, ..Found::at(Span::new(0, note.text.len())) }]
}
