//! Which typed letters are left in what a filter made of a text.

use super::filter::Filter;
use super::value::{Fragment, printed};
use super::walk::Walk;
use crate::text::{SourceSpan, Span};

/// The parts of what a filter made of a text without holes. Letters that it left alone keep their place.
pub(super) fn align(walk: &mut Walk<'_, '_>, text: &[Fragment], made: &str, filter: &Filter<'_>) -> Vec<Fragment> {
    let before = printed(text, walk.shared.sources);
    if before == made {
        return text.to_vec();
    }
    let added = |text: &str| Fragment::Derived { text: text.into(), at: filter.at, why: filter.name.into() };
    if filter.name == "trim" || filter.name.starts_with("trim_") {
        return cut(walk, text, offset(&before, made, filter), made.len());
    }
    if let Some(end) = made.strip_prefix(&*before) {
        return text.iter().cloned().chain([added(end)]).collect();
    }
    if let Some(start) = made.strip_suffix(&*before) {
        return [added(start)].into_iter().chain(text.iter().cloned()).collect();
    }
    let end = filter.arguments.get(1).or(filter.arguments.first()).and_then(tera::Value::as_str).unwrap_or("…");
    if filter.name == "truncate"
        && let Some(kept) = made.strip_suffix(end).filter(|kept| before.starts_with(kept))
    {
        return cut(walk, text, 0, kept.len()).into_iter().chain([added(end)]).collect();
    }
    each(walk, text, made, filter).unwrap_or_else(|| {
        let at = around(text).unwrap_or(filter.at);
        vec![Fragment::Derived { text: made.into(), at, why: filter.name.into() }]
    })
}

/// Where what is left of a trimmed text began.
fn offset(before: &str, made: &str, filter: &Filter<'_>) -> usize {
    let pattern = filter.arguments.first().and_then(tera::Value::as_str);
    let trimmed = pattern.map_or_else(|| before.trim_start(), |pattern| before.trim_start_matches(pattern));
    match filter.name {
        "trim_end" => 0,
        // A text before a hole is trimmed at its start only, one behind it at its end.
        _ if before.starts_with(made) && trimmed.len() == before.len() => 0,
        _ => before.len() - trimmed.len(),
    }
}

/// The parts that each part becomes by itself, if the whole is their sum.
fn each(walk: &mut Walk<'_, '_>, text: &[Fragment], made: &str, filter: &Filter<'_>) -> Option<Vec<Fragment>> {
    let mut parts = Vec::new();
    let mut rest = made;
    for fragment in text {
        let before = fragment.printed(walk.shared.sources).to_owned();
        let after = walk.tera(filter, before.as_str().into())?;
        let after = after.as_str()?;
        rest = rest.strip_prefix(after)?;
        parts.push(if before == after {
            fragment.clone()
        } else {
            Fragment::Derived { text: after.into(), at: fragment.at(), why: filter.name.into() }
        });
    }
    rest.is_empty().then_some(parts)
}

/// The parts of a stretch of a text.
fn cut(walk: &Walk<'_, '_>, text: &[Fragment], start: usize, length: usize) -> Vec<Fragment> {
    let end = start + length;
    let mut parts = Vec::new();
    let mut at = 0;
    for fragment in text {
        let printed = fragment.printed(walk.shared.sources);
        let (from, to) = (start.clamp(at, at + printed.len()) - at, end.clamp(at, at + printed.len()) - at);
        at += printed.len();
        match fragment {
            _ if printed.is_empty() => parts.push(fragment.clone()),
            _ if from >= to => {}
            Fragment::Literal(place) => {
                let span = Span::new(from, to).shift(place.span.start);
                parts.push(Fragment::Literal(SourceSpan { file: place.file, span }));
            }
            Fragment::Derived { text, at, why } => {
                parts.push(Fragment::Derived { text: text[from..to].into(), at: *at, why: why.clone() });
            }
            Fragment::Hole(_) | Fragment::Nothing { .. } => parts.push(fragment.clone()),
        }
    }
    parts
}

/// The smallest stretch of one file that holds all parts.
fn around(text: &[Fragment]) -> Option<SourceSpan> {
    let mut places = text.iter().map(Fragment::at);
    let first = places.next()?;
    places.try_fold(first, |all, place| {
        (all.file == place.file).then(|| SourceSpan { file: all.file, span: all.span.join(place.span) })
    })
}
