//! What an expression gives on a path: known, a place of the context, or text made of pieces.

use std::fmt::Write;
use std::rc::Rc;

use super::conditions::{ABSENT, Condition, Formula, Variable};
use super::places::{Place, Thing};
use super::variables::Variables;
use crate::text::{SourceSpan, Sources};

/// What stands for a value that is not filled in.
pub(super) const HOLE: char = '\u{fffc}';

/// A value on one path.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// What is no text, and known.
    Known(tera::Value),
    Text(Text),
    Place(Place),
    List(Rc<[Value]>),
    Map(Rc<[(Rc<str>, Value)]>),
    /// True or false, not decided yet.
    Truth(Rc<Condition>),
    /// What filters made of a text that is not filled in, and is perhaps no text.
    Made(Hole),
    /// Something of which only the words are known.
    Unknown(Rc<str>),
}

/// Text and where its parts are from.
pub(super) type Text = Rc<[Fragment]>;

/// A part of a text.
#[derive(Clone, Debug)]
pub(super) enum Fragment {
    /// Bytes of a file.
    Literal(SourceSpan),
    /// Text that was made of something else.
    Derived {
        text: Rc<str>,
        at: SourceSpan,
        why: Rc<str>,
    },
    Hole(Hole),
    /// A value that is not there and leaves nothing.
    Nothing {
        at: SourceSpan,
        path: Rc<str>,
    },
}

/// A value that is not filled in.
#[derive(Clone, Debug)]
pub(super) struct Hole {
    /// The expression that prints it.
    pub(super) at: SourceSpan,
    pub(super) path: Rc<str>,
    /// What it is the text of, before the filters.
    pub(super) variable: Option<Variable>,
    /// The filters it goes through, as they are written: ` | upper`.
    pub(super) filters: Rc<str>,
}

impl Fragment {
    /// What it prints; a hole prints [`HOLE`].
    pub(super) fn printed<'a>(&'a self, sources: &'a Sources) -> &'a str {
        match self {
            Self::Literal(at) => literal(sources, *at),
            Self::Derived { text, .. } => text,
            Self::Hole(_) => "\u{fffc}",
            Self::Nothing { .. } => "",
        }
    }

    pub(super) const fn at(&self) -> SourceSpan {
        match self {
            Self::Literal(at) | Self::Derived { at, .. } | Self::Nothing { at, .. } => *at,
            Self::Hole(hole) => hole.at,
        }
    }
}

/// The bytes of a file.
pub(super) fn literal(sources: &Sources, at: SourceSpan) -> &str {
    sources.get(at.file).and_then(|source| source.text.get(at.span.range())).unwrap_or_default()
}

/// The text of fragments, with a mark for each hole.
pub(super) fn printed(text: &[Fragment], sources: &Sources) -> String {
    text.iter().map(|fragment| fragment.printed(sources)).collect()
}

/// Whether the text is known to the last letter.
pub(super) fn is_filled(text: &[Fragment]) -> bool {
    !text.iter().any(|fragment| matches!(fragment, Fragment::Hole(_)))
}

/// Words for a text: its letters, and the values between them.
fn text_words(text: &[Fragment], sources: &Sources) -> String {
    let mut parts: Vec<String> = Vec::new();
    for run in text.chunk_by(|a, b| !matches!(a, Fragment::Hole(_)) && !matches!(b, Fragment::Hole(_))) {
        match run {
            [Fragment::Hole(hole)] if hole.filters.is_empty() => parts.push(hole.path.to_string()),
            [Fragment::Hole(hole)] => parts.push(format!("({}{})", hole.path, hole.filters)),
            run => parts.push(format!("{:?}", printed(run, sources))),
        }
    }
    match &parts[..] {
        [] => "\"\"".to_owned(),
        [only] => only.clone(),
        parts => format!("({})", parts.join(" ~ ")),
    }
}

impl Value {
    pub(super) fn undefined() -> Self {
        Self::Known(tera::Value::undefined())
    }

    pub(super) fn none() -> Self {
        Self::Known(tera::Value::none())
    }

    pub(super) fn is_undefined(&self) -> bool {
        matches!(self, Self::Known(value) if value.is_undefined())
    }

    /// Text that was made at a place.
    pub(super) fn derived(text: &str, at: SourceSpan, why: &str) -> Self {
        Self::Text(Rc::new([Fragment::Derived { text: text.into(), at, why: why.into() }]))
    }

    /// What Tera gave for an expression.
    pub(super) fn computed(value: tera::Value, at: SourceSpan) -> Self {
        if let Some(text) = value.as_str() {
            return Self::derived(text, at, "computed");
        }
        if let Some(items) = value.as_array() {
            return Self::List(items.iter().map(|item| Self::computed(item.clone(), at)).collect());
        }
        if let Some(map) = value.as_map() {
            let entries = map.iter().map(|(key, value)| (key.to_string().into(), Self::computed(value.clone(), at)));
            return Self::Map(entries.collect());
        }
        Self::Known(value)
    }

    /// The value as Tera has it, when everything of it is known.
    pub(super) fn plain(&self, sources: &Sources) -> Option<tera::Value> {
        match self {
            Self::Known(value) => Some(value.clone()),
            Self::Text(text) => is_filled(text).then(|| printed(text, sources).into()),
            Self::List(items) => {
                let items: Option<Vec<_>> = items.iter().map(|item| item.plain(sources)).collect();
                items.map(tera::Value::from)
            }
            Self::Map(entries) => {
                let mut map = tera::Map::new();
                for (key, value) in entries.iter() {
                    map.insert(key.to_string().into(), value.plain(sources)?);
                }
                Some(map.into())
            }
            Self::Truth(condition) => match condition.yes {
                Formula::Is(value) => Some(value.into()),
                _ => None,
            },
            Self::Place(_) | Self::Made(_) | Self::Unknown(_) => None,
        }
    }

    /// Words for it that are the same for the same value.
    pub(super) fn words(&self, sources: &Sources) -> String {
        match self {
            Self::Place(place) => place.path.to_string(),
            Self::Made(hole) => format!("{}{}", hole.path, hole.filters),
            Self::Unknown(words) => words.to_string(),
            Self::Text(text) => text_words(text, sources),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(|item| item.words(sources)).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Map(entries) => entries.iter().fold("{".to_owned(), |mut words, (key, value)| {
                let _ = write!(words, "{key}: {}, ", value.words(sources));
                words
            }),
            Self::Truth(condition) => format!("{:?}", condition.yes),
            Self::Known(value) => format!("{value}"),
        }
    }

    /// Whether there is anything to print, for a value that prints without complaint when there is not.
    pub(super) fn is_there(&self) -> Formula {
        match self {
            Self::Known(value) => Formula::Is(!value.is_undefined() && !value.is_none()),
            Self::Place(Place { thing: Thing::Text(variable) | Thing::Fact(variable), .. }) => {
                Formula::In(*variable, !ABSENT)
            }
            _ => Formula::Is(true),
        }
    }

    /// Whether Tera takes it for defined. What is not there of the context is undefined, but `today` and facts are
    /// `none` then.
    pub(super) fn is_defined(&self) -> Formula {
        match self {
            Self::Known(value) => Formula::Is(!value.is_undefined()),
            Self::Place(place) if place.is_none_when_absent() => Formula::Is(true),
            _ => self.is_there(),
        }
    }

    /// Whether Tera takes it for true.
    pub(super) fn truth(&self, variables: &mut Variables, sources: &Sources) -> Condition {
        Condition::new(match self {
            Self::Known(value) => Formula::Is(value.is_truthy()),
            Self::Text(text) => Formula::Is(text.iter().any(|fragment| !fragment.printed(sources).is_empty())),
            Self::List(items) => Formula::Is(!items.is_empty()),
            Self::Map(entries) => Formula::Is(!entries.is_empty()),
            Self::Truth(condition) => return (**condition).clone(),
            Self::Made(_) | Self::Unknown(_) => Formula::In(variables.other(&self.words(sources)), 1),
            Self::Place(place) => match place.thing {
                Thing::Person => variables.is_known(place),
                Thing::Facts(count) => Formula::In(count, !1),
                Thing::Text(_) | Thing::Fact(_) => self.is_there(),
                Thing::Known(variable) => Formula::In(variable, variables.which(variable, |value| value.is_truthy())),
            },
        })
    }
}
