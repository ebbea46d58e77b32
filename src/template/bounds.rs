//! How long the notes of a template can be: for each path its fixed text and the least and most that its holes print.
//!
//! “At most” is a bound while each field is within its declared maximum; nothing says that a note reaches it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use super::front_matter::FIELDS;
use super::paths::{Choice, Coverage, Is, Path, Paths, Taken, walk_telling};
use super::scope::{DETAILS, PARTS};
use super::{Library, Template};
use crate::contact::FactKind;
use crate::context::note_length;
use crate::text::Origin;

/// The longest value of a field that a bound counts with, in UTF-16 units, and where the figure is from. A field that
/// is not here has no bound.
const MAXIMA: &[(&str, usize, &str)] = &[
    ("first_name", 20, "commonly reported of LinkedIn's profile form (clearviewsocial.com); LinkedIn publishes none"),
    ("last_name", 40, "commonly reported of LinkedIn's profile form (clearviewsocial.com); LinkedIn publishes none"),
    ("company", 100, "commonly reported of LinkedIn's profile form (clearviewsocial.com); LinkedIn publishes none"),
    ("role", 100, "commonly reported of LinkedIn's profile form (clearviewsocial.com); LinkedIn publishes none"),
    ("address", 8, "one of the words formal and informal"),
    ("kind", 12, "one of the kinds of facts"),
    ("what", WHAT, "longer than what any built-in sample person has"),
    ("detail", WHAT, "longer than what any built-in sample person has"),
    ("when", DAY, "a day, 2026-10-03"),
    ("today", DAY, "a day, 2026-10-03"),
];
/// What a fact's own words come to: a phrase that completes a sentence.
const WHAT: usize = 120;
/// A day as it is written in contacts.yaml.
const DAY: usize = 10;
/// A day as the filter `ago` says it: *at the beginning of September 2024* and shorter, in each language.
const SAID_DAY: usize = 40;

/// The lengths of a template's notes with so much detail, in UTF-16 units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetailLengths {
    /// How much of the facts is told: 2, 1 or 0.
    pub detail: u8,
    /// Each path's lengths, the longest first; those without a bound before all others.
    pub paths: Vec<PathLength>,
    /// Why the lengths are not those of all notes, if they are not.
    pub doubt: Option<String>,
}

/// The lengths of the notes of one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathLength {
    /// Which way it goes: `with talk.when, without me.role`; empty when there is one way only.
    pub way: String,
    /// At least so many units.
    pub min: usize,
    /// At most so many units; `None` without a bound.
    pub max: Option<usize>,
    /// Why there is no bound: one reason for each hole.
    pub unbounded: BTreeSet<String>,
}

/// The longest note of a template to a person, with so much detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Whom it is to.
    pub name: String,
    /// How much of the facts it tells: 2, 1 or 0.
    pub detail: u8,
    /// The note.
    pub text: String,
    /// Its length in UTF-16 units.
    pub length: usize,
}

impl DetailLengths {
    /// What every note has at least.
    #[must_use]
    pub fn min(&self) -> Option<usize> {
        self.paths.iter().map(|path| path.min).min()
    }

    /// What every note has at most, unless there is no bound.
    #[must_use]
    pub fn max(&self) -> Option<usize> {
        let all: Option<Vec<_>> = self.paths.iter().map(|path| path.max).collect();
        all?.into_iter().max().filter(|_| self.doubt.is_none())
    }

    /// Why there is no bound.
    #[must_use]
    pub fn unbounded(&self) -> BTreeSet<&str> {
        let holes = self.paths.iter().flat_map(|path| path.unbounded.iter().map(String::as_str));
        holes.chain(self.doubt.as_deref()).collect()
    }
}

impl Library {
    /// The lengths of a template's notes for each `detail`, from everything to the bare facts.
    #[must_use]
    pub fn lengths(&self, template: &Template) -> Vec<DetailLengths> {
        let at = |details: &'static [u8]| lengths(&walk_telling(self, template, details), details[0]);
        const EACH: [&[u8]; 3] = [&[DETAILS[0]], &[DETAILS[1]], &[DETAILS[2]]];
        EACH.into_iter().map(at).collect()
    }
}

fn lengths(paths: &Paths, detail: u8) -> DetailLengths {
    let mut lengths: Vec<_> = paths.paths.iter().map(|path| length(path, detail)).collect();
    lengths.sort_by(|a, b| {
        let size = |length: &PathLength| (length.max.unwrap_or(usize::MAX), length.min);
        size(b).cmp(&size(a)).then_with(|| a.way.cmp(&b.way))
    });
    DetailLengths { detail, paths: lengths, doubt: doubt(paths) }
}

/// Why the paths are not all that notes can be.
fn doubt(paths: &Paths) -> Option<String> {
    if let Some(unread) = paths.unread.first() {
        return Some(format!("a part of the template could not be followed: {}", unread.why));
    }
    match paths.coverage {
        Coverage::All { .. } => None,
        Coverage::Cover { paths, possible, .. } => Some(format!("{paths} of about {possible:.0} paths were looked at")),
    }
}

fn length(path: &Path, detail: u8) -> PathLength {
    let mut holes = path.fills.iter().map(|fill| bound(fill, detail));
    let (mut least, mut most) = (String::new(), String::new());
    let mut unbounded = goes_on(path);
    for piece in path.document.pieces() {
        let text = &path.document.text()[piece.range.range()];
        match &piece.origin {
            Origin::Hole { .. } => match holes.next() {
                Some(Ok((min, max))) => {
                    least.extend(std::iter::repeat_n('x', min));
                    most.extend(std::iter::repeat_n('x', max));
                }
                Some(Err(why)) => drop(unbounded.insert(why)),
                None => {}
            },
            _ => {
                least.push_str(text);
                most.push_str(text);
            }
        }
    }
    // A hole that prints nothing at an end takes the white space beside it along.
    let min = note_length(least.trim());
    let max = unbounded.is_empty().then(|| note_length(&most));
    PathLength { way: way(&path.choices), min, max, unbounded }
}

/// A path with as many facts as are tried may go on with more of them.
fn goes_on(path: &Path) -> BTreeSet<String> {
    let many = |is: &Is| matches!(is, Is::Value(count) if count.parse().is_ok_and(|count: usize| count >= 2));
    let counts = path.person.iter().any(|given| *given.path == *"facts" && many(&given.is));
    counts.then(|| "facts: somebody may have any number of them".to_owned()).into_iter().collect()
}

/// The least and the most units that a hole prints, or why there is no most.
fn bound(fill: &str, detail: u8) -> Result<(usize, usize), String> {
    let mut parts = fill.split(" | ");
    let path = parts.next().unwrap_or_default();
    let Some(field) = field(path) else { return Err(format!("{path}: how long it is is not known")) };
    let Some((_, max, _)) = MAXIMA.iter().find(|(known, ..)| *known == field) else {
        return Err(format!("{path}: a {field} has no longest value"));
    };
    // A phrase of the detail follows the fact.
    let phrase = if field == "what" && detail >= 1 { 1 + WHAT } else { 0 };
    parts.try_fold((1, max + phrase), |range, filter| {
        filtered(range, filter).ok_or_else(|| format!("{path}: the filter {filter} may make it any length"))
    })
}

/// The name of the field at a place of the context: `company` of `me.company`, `what` of `facts[0].what`.
fn field(path: &str) -> Option<&str> {
    if path == "today" {
        return Some(path);
    }
    let (owner, field) = path.split_once('.')?;
    let is_fact = FactKind::ALL.iter().any(|kind| kind.as_str() == owner)
        || owner.strip_prefix("facts[").and_then(|at| at.strip_suffix(']')?.parse::<usize>().ok()).is_some();
    let fields = if is_fact { PARTS } else { FIELDS };
    (is_fact || owner == "contact" || owner == "me").then_some(())?;
    fields.iter().find(|known| **known == field).copied()
}

/// The lengths after a filter, if it has a longest result.
fn filtered((min, max): (usize, usize), filter: &str) -> Option<(usize, usize)> {
    Some(match filter {
        "str" | "safe" => (min, max),
        "trim" | "trim_start" | "trim_end" | "tidy" => (0, max),
        // No letter becomes more than three.
        "upper" | "lower" | "title" | "capitalize" | "capfirst" => (min, 3 * max),
        // An article; an apostrophe and an s.
        "a_or_an" => (min, max + 3),
        "possessive" => (min, max + 2),
        // `&quot;` and `&#x27;`.
        "escape_html" => (min, 6 * max),
        "ago" => (1, max.max(SAID_DAY)),
        _ => return None,
    })
}

/// Which way a path goes, in words.
fn way(choices: &[Choice]) -> String {
    let mut said: Vec<(Arc<str>, Taken)> = Vec::new();
    let mut out = String::new();
    for choice in choices {
        let now = (choice.what.clone(), choice.taken.clone());
        if said.contains(&now) {
            continue;
        }
        let gap = if out.is_empty() { "" } else { ", " };
        let _ = match choice.taken {
            Taken::Yes => write!(out, "{gap}with {}", choice.what),
            Taken::No => write!(out, "{gap}without {}", choice.what),
            Taken::Rounds(1) => write!(out, "{gap}one of {}", choice.what),
            Taken::Rounds(rounds) => write!(out, "{gap}{rounds} of {}", choice.what),
            Taken::Value(_) => write!(out, "{gap}another {}", choice.what),
        };
        said.push(now);
    }
    out
}

#[cfg(test)]
#[path = "bounds_tests.rs"]
mod tests;
