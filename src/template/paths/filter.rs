//! Filters on text that is partly not filled in: Tera changes what is typed, and what is not filled in stays a hole.

use std::rc::Rc;

use super::align::align;
use super::conditions::Formula;
use super::notes::Sort;
use super::places::{Place, Thing};
use super::value::{Fragment, HOLE, Hole, Text, Value, is_filled, printed};
use super::walk::{Stop, Walk};
use crate::template::syntax::tree::Call;
use crate::text::{SourceSpan, Span};

/// What a filter does to a text in which some letters are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Same,
    /// It changes each part by itself.
    Parts,
    /// It changes lines, and not what stands in them.
    Lines,
    /// It changes the first letter one way and the others another.
    Start,
    /// It changes the ends, or one of them.
    Ends {
        start: bool,
        end: bool,
    },
    /// A text, and which one depends on its letters.
    Text,
    /// It gives something else.
    Other,
}

fn manner(filter: &str) -> Manner {
    match filter {
        "safe" | "str" => Manner::Same,
        "upper" | "lower" | "title" | "replace" | "escape" | "escape_html" | "escape_xml" | "newlines_to_br" => {
            Manner::Parts
        }
        "indent" => Manner::Lines,
        "capitalize" => Manner::Start,
        "trim" => Manner::Ends { start: true, end: true },
        "trim_start" | "a_or_an" | "capfirst" => Manner::Ends { start: true, end: false },
        "trim_end" | "possessive" => Manner::Ends { start: false, end: true },
        "truncate" | "reverse" | "ago" | "tidy" => Manner::Text,
        _ => Manner::Other,
    }
}

/// A filter with its arguments.
pub(super) struct Filter<'c> {
    pub(super) name: &'c str,
    /// Over values that Tera is asked about: ` | name(argument=__1)`.
    asked: String,
    /// In its own words.
    written: String,
    pub(super) arguments: Vec<tera::Value>,
    pub(super) at: SourceSpan,
}

impl<'t> Walk<'_, 't> {
    /// A value behind a filter.
    pub(super) fn apply(&mut self, value: Value, call: &'t Call, of: Span) -> Result<Value, Stop> {
        if call.name.value == "default" {
            return self.default(value, call, of);
        }
        let Some(filter) = self.filter(call)? else {
            self.unread(call.span, &format!("what {} is given is not known", call.name.value));
            let (there, words) = (value.is_there(), value.words(self.shared.sources));
            self.need(there, self.at(of), &words)?;
            return Ok(Value::Unknown(format!("{words} | {}", self.source(call.span)).into()));
        };
        match value {
            Value::Place(Place { thing: Thing::Facts(count), .. }) => {
                let facts = self.facts(count, Sort::Counts, of)?;
                self.of_list(facts.into(), &filter, of)
            }
            Value::Place(Place { thing: Thing::Text(variable), .. }) => {
                let text = if filter.name == "str" {
                    self.joined(&value, of)?
                } else {
                    let (there, words) = (value.is_there(), value.words(self.shared.sources));
                    self.need(there, self.at(of), &words)?;
                    vec![Fragment::Hole(self.hole(&words, Some(variable), of))]
                };
                self.of_text(&text.into(), &filter)
            }
            Value::Text(text) => self.of_text(&text, &filter),
            Value::List(items) => self.of_list(items, &filter, of),
            value => {
                let value = self.decided(value, of)?;
                self.of_value(value, &filter, of)
            }
        }
    }

    /// A filter as Tera is asked for it, if its arguments are known.
    fn filter(&mut self, call: &'t Call) -> Result<Option<Filter<'t>>, Stop> {
        let mut arguments = Vec::new();
        let mut names = Vec::new();
        for (at, (name, expr)) in call.arguments.iter().enumerate() {
            let value = self.value(expr)?;
            let value = match value {
                Value::Place(Place { thing: Thing::Known(variable), .. }) => Some(self.settled(variable, expr.span)?),
                value => value.plain(self.shared.sources),
            };
            let Some(value) = value else { return Ok(None) };
            arguments.push(value);
            names.push(format!("{}=__{}", name.value, at + 1));
        }
        let names = if names.is_empty() { String::new() } else { format!("({})", names.join(", ")) };
        let asked = format!(" | {}{names}", call.name.value);
        let words = call.arguments.iter().zip(&arguments).map(|((name, _), value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), |text| format!("{text:?}"));
            format!("{}={value}", name.value)
        });
        let words: Vec<_> = words.collect();
        let words = if words.is_empty() { String::new() } else { format!("({})", words.join(", ")) };
        let written = format!(" | {}{words}", call.name.value);
        Ok(Some(Filter { name: &call.name.value, asked, written, arguments, at: self.at(call.span) }))
    }

    /// What Tera makes of a value that is known.
    pub(super) fn tera(&mut self, filter: &Filter<'_>, value: tera::Value) -> Option<tera::Value> {
        let mut values = vec![value];
        values.extend(filter.arguments.iter().cloned());
        self.shared.computer.compute(&format!("__0{}", filter.asked), &values)
    }

    fn of_value(&mut self, value: Value, filter: &Filter<'_>, of: Span) -> Result<Value, Stop> {
        if let Value::Place(Place { thing: Thing::Known(variable), .. }) = value {
            let value = self.settled(variable, of)?;
            return self.of_known(value, filter);
        }
        if let Some(plain) = value.plain(self.shared.sources) {
            return self.of_known(plain, filter);
        }
        let words = value.words(self.shared.sources);
        // What takes text takes nothing else.
        let takes_it = match value {
            Value::Unknown(_) | Value::Made(_) => true,
            _ => manner(filter.name) == Manner::Other || matches!(filter.name, "str" | "reverse"),
        };
        let needed = if takes_it { value.is_there() } else { Formula::Is(false) };
        self.need(needed, self.at(of), &words)?;
        Ok(match value {
            Value::Made(hole) => Value::Made(through(&hole, &filter.written)),
            _ => Value::Unknown(format!("{words}{}", filter.written).into()),
        })
    }

    fn of_known(&mut self, value: tera::Value, filter: &Filter<'_>) -> Result<Value, Stop> {
        match self.tera(filter, value) {
            Some(value) => Ok(Value::computed(value, filter.at)),
            None => {
                self.need(Formula::Is(false), filter.at, filter.name)?;
                Ok(Value::undefined())
            }
        }
    }

    fn of_list(&mut self, items: Rc<[Value]>, filter: &Filter<'_>, of: Span) -> Result<Value, Stop> {
        let nth = || filter.arguments.first().and_then(tera::Value::as_u64).and_then(|at| usize::try_from(at).ok());
        let or_none = |item: Option<&Value>| Ok(item.cloned().unwrap_or_else(Value::none));
        match filter.name {
            "length" => Ok(Value::Known(items.len().into())),
            "first" => or_none(items.first()),
            "last" => or_none(items.last()),
            "nth" => or_none(nth().and_then(|at| items.get(at))),
            "reverse" => Ok(Value::List(items.iter().rev().cloned().collect())),
            "join" => self.of_items(&items, filter, of),
            _ => self.of_value(Value::List(items), filter, of),
        }
    }

    /// `join`: the items with a text between them.
    fn of_items(&mut self, items: &[Value], filter: &Filter<'_>, of: Span) -> Result<Value, Stop> {
        let between = filter.arguments.first().map_or_else(String::new, ToString::to_string);
        let mut text = Vec::new();
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                text.push(Fragment::Derived { text: (*between).into(), at: filter.at, why: filter.name.into() });
            }
            text.extend(self.joined(item, of)?);
        }
        Ok(Value::Text(text.into()))
    }

    fn of_text(&mut self, text: &Text, filter: &Filter<'_>) -> Result<Value, Stop> {
        let manner = manner(filter.name);
        if manner == Manner::Same {
            return Ok(Value::Text(text.clone()));
        }
        let sources = self.shared.sources;
        let marked = printed(text, sources);
        if is_filled(text) {
            let made = self.tera(filter, marked.as_str().into());
            return match made.as_ref().and_then(tera::Value::as_str) {
                Some(made) => Ok(Value::Text(align(self, text, made, filter).into())),
                None => self.of_known(marked.into(), filter),
            };
        }
        if let [Fragment::Hole(hole)] = &text[..] {
            let hole = through(hole, &filter.written);
            return Ok(if manner == Manner::Other {
                Value::Made(hole)
            } else {
                Value::Text(Rc::new([Fragment::Hole(hole)]))
            });
        }
        let holes = text.iter().filter(|fragment| matches!(fragment, Fragment::Hole(_))).count();
        let made = self.tera(filter, marked.as_str().into());
        let made = made.as_ref().and_then(tera::Value::as_str).filter(|made| made.matches(HOLE).count() == holes);
        match (manner, made) {
            (Manner::Text | Manner::Other, _) | (_, None) => {
                let why = format!("what {} makes of text depends on the values in it", filter.name);
                self.shared.notes.unread(filter.at, &why);
                if filter.name == "truncate" {
                    // The whole text is what the longest note has.
                    return Ok(Value::Text(text.clone()));
                }
                let words = Value::Text(text.clone()).words(sources);
                Ok(Value::Unknown(format!("{words}{}", filter.written).into()))
            }
            (_, Some(made)) => Ok(Value::Text(self.between_holes(text, made, manner, filter).into())),
        }
    }

    /// Puts the holes of a text between what a filter made of the rest.
    fn between_holes(&mut self, text: &[Fragment], made: &str, manner: Manner, filter: &Filter<'_>) -> Vec<Fragment> {
        let is_hole = |fragment: &Fragment| matches!(fragment, Fragment::Hole(_));
        let runs: Vec<_> = text.split(is_hole).collect();
        let made: Vec<_> = made.split(HOLE).collect();
        let holes = text.iter().filter_map(|fragment| match fragment {
            Fragment::Hole(hole) => Some(hole),
            _ => None,
        });
        let holes: Vec<_> = holes.collect();
        let is_empty = |run: Option<&&[Fragment]>, walk: &Self| {
            run.is_none_or(|run| run.iter().all(|part| part.printed(walk.shared.sources).is_empty()))
        };
        for (at, pair) in runs.windows(2).enumerate() {
            let (mut before, behind) = (printed(pair[0], self.shared.sources), printed(pair[1], self.shared.sources));
            if before.is_empty() && at > 0 {
                before.push(HOLE);
            }
            if depends_on_value(filter, &before, &behind, at) {
                let why = format!("what {} makes of text beside a value depends on the value", filter.name);
                self.shared.notes.unread(filter.at, &why);
            }
        }
        let (opens, closes) = (is_empty(runs.first(), self), is_empty(runs.last(), self));
        let mut all = Vec::new();
        for (at, run) in runs.iter().enumerate() {
            // What is put before or behind a hole is made of its value.
            let is_of_hole = (at == 0 && opens) || (at == holes.len() && closes);
            let made = if is_of_hole { "" } else { made.get(at).copied().unwrap_or_default() };
            all.extend(align(self, run, made, filter));
            let Some(hole) = holes.get(at) else { continue };
            let first = at == 0 && opens;
            let last = at + 1 == holes.len() && closes;
            let filters = match manner {
                Manner::Parts => &*filter.written,
                Manner::Start if first => &*filter.written,
                Manner::Start => " | lower",
                Manner::Ends { start, end } if (start && first) || (end && last) => &*filter.written,
                _ => "",
            };
            all.push(Fragment::Hole(if filters.is_empty() { (*hole).clone() } else { through(hole, filters) }));
        }
        all
    }
}

/// A hole behind filters.
fn through(hole: &Hole, filters: &str) -> Hole {
    Hole { filters: format!("{}{filters}", hole.filters).into(), ..hole.clone() }
}

/// Whether a filter looks across the edge of a value, with the text on both sides of it.
fn depends_on_value(filter: &Filter<'_>, before: &str, behind: &str, at: usize) -> bool {
    let is_in_word =
        |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && (c == '\'' || !c.is_ascii_punctuation()));
    match filter.name {
        "title" => is_in_word(before.chars().next_back()),
        "replace" => {
            let from = filter.arguments.first().and_then(tera::Value::as_str).unwrap_or_default();
            let parts = from.char_indices().skip(1).map(|(at, _)| from.split_at(at));
            parts.into_iter().any(|(start, end)| before.ends_with(start) || behind.starts_with(end))
        }
        // It looks at the first word.
        "a_or_an" if at == 0 && !before.is_empty() => {
            let word = before.trim_start_matches(|c: char| !c.is_alphanumeric());
            !word.contains(char::is_whitespace)
        }
        _ => false,
    }
}
