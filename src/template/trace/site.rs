//! The places of templates that text comes from, and what their names stand for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::marks::SiteId;
use crate::text::SourceSpan;

/// Why no better place is known.
pub(super) type Why = Cow<'static, str>;

/// A place of a template that text comes from, or that other places are inside of.
#[derive(Clone, Debug)]
pub(super) enum Site {
    /// Text that stands there as it is printed.
    Typed(SourceSpan),
    /// `{{ path }}`
    Path { expr: SourceSpan, value: Bound },
    /// Another print.
    Made { expr: SourceSpan, why: Why },
    /// `{{ a ~ b }}`: a print whose parts are sites of their own.
    Parts { expr: SourceSpan },
    /// `{{ name }}`, where the name may stand for text that was put together with its marks.
    Given { expr: SourceSpan, value: Bound },
    /// Text that is changed as a whole: `{% filter upper %} … {% endfilter %}`.
    Section { expr: SourceSpan, why: Why },
    /// The body of a loop over a list.
    Loop { expr: SourceSpan, list: Bound },
    /// What an include, a block or a component prints, where names may stand for something.
    Scope { expr: SourceSpan, names: Names, is_sealed: bool },
}

impl Site {
    /// The expression or tag.
    pub(super) const fn expr(&self) -> SourceSpan {
        match self {
            Self::Typed(expr)
            | Self::Path { expr, .. }
            | Self::Made { expr, .. }
            | Self::Parts { expr }
            | Self::Given { expr, .. }
            | Self::Section { expr, .. }
            | Self::Loop { expr, .. }
            | Self::Scope { expr, .. } => *expr,
        }
    }

    /// Text that does not stand in the file as it is printed.
    pub(super) fn escaped(expr: SourceSpan) -> Self {
        Self::Made { expr, why: "it is written with escapes".into() }
    }

    /// Whether other sites stand inside of it.
    pub(super) const fn is_around(&self) -> bool {
        matches!(self, Self::Given { .. } | Self::Section { .. } | Self::Loop { .. } | Self::Scope { .. })
    }
}

/// What a name or a path stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// A value that is found by a path.
    Path(Path),
    /// Text of a template.
    Typed(SourceSpan),
    /// Something that cannot be told.
    Unknown(Why),
}

/// A path such as `facts[0].what`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) root: Root,
    pub(super) steps: Vec<Step>,
}

/// What a path starts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// A name that its template does not explain.
    Name(String),
    /// The value of a loop in its present round.
    Loop(SiteId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    /// Counted from the end when below 0.
    Index(i64),
}

impl Bound {
    /// What is found by further steps.
    pub(super) fn then(self, steps: &[Step]) -> Self {
        match self {
            Self::Path(Path { root, steps: mut all }) => {
                all.extend_from_slice(steps);
                Self::Path(Path { root, steps: all })
            }
            Self::Typed(_) if !steps.is_empty() => Self::Unknown("it is a part of a text".into()),
            other => other,
        }
    }
}

/// What names stand for at some place of a template: the template's own, then those of each loop around the place.
#[derive(Clone, Debug)]
pub(super) struct Names(Vec<Arc<Scope>>);

#[derive(Clone, Debug, Default)]
struct Scope {
    names: HashMap<String, Bound>,
    /// Whether there are more names, of which nothing is known.
    is_full: bool,
}

/// Names of a scope that are followed. Each include and block keeps all of them.
const MOST_NAMES: usize = 50;

impl Default for Names {
    fn default() -> Self {
        Self::new(HashMap::new())
    }
}

impl Names {
    /// The names of a template, block or component that starts.
    pub(super) fn new(names: HashMap<String, Bound>) -> Self {
        Self(vec![Arc::new(Scope { names, is_full: false })])
    }

    /// What a name stands for, if this template says so.
    pub(super) fn get(&self, name: &str) -> Option<&Bound> {
        const MANY: &Bound = &Bound::Unknown(Cow::Borrowed("the template sets too many names"));
        self.0.iter().rev().find_map(|scope| scope.names.get(name).or(scope.is_full.then_some(MANY)))
    }

    /// What a path stands for.
    pub(super) fn find(&self, root: &str, steps: Vec<Step>) -> Bound {
        match self.get(root) {
            Some(bound) => bound.clone().then(&steps),
            None => Bound::Path(Path { root: Root::Name(root.to_owned()), steps }),
        }
    }

    /// Gives a name a meaning: in the innermost loop, or for the whole template.
    pub(super) fn set(&mut self, name: &str, bound: Bound, is_global: bool) {
        let scope = if is_global { self.0.first_mut() } else { self.0.last_mut() };
        if let Some(scope) = scope {
            let scope = Arc::make_mut(scope);
            if scope.names.len() < MOST_NAMES || scope.names.contains_key(name) {
                scope.names.insert(name.to_owned(), bound);
            } else {
                scope.is_full = true;
            }
        }
    }

    /// Names that may mean something else from here on.
    pub(super) fn forget<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) {
        for name in names {
            self.set(name, several(), true);
        }
    }

    /// Starts the body of a loop.
    pub(super) fn enter(&mut self) {
        self.0.push(Arc::default());
    }

    /// Ends the body of a loop; what was set in it is gone.
    pub(super) fn leave(&mut self) {
        self.0.pop();
    }

    /// What is certain after one of two ways.
    pub(super) fn join(&mut self, other: &Self) {
        for (here, there) in self.0.iter_mut().zip(&other.0) {
            if Arc::ptr_eq(here, there) {
                continue;
            }
            let differing = |name: &&String| here.names.get(*name) != there.names.get(*name);
            let names = here.names.keys().chain(there.names.keys());
            let differing: Vec<_> = names.filter(differing).cloned().collect();
            let here = Arc::make_mut(here);
            here.is_full |= there.is_full;
            here.names.extend(differing.into_iter().map(|name| (name, several())));
        }
    }
}

fn several() -> Bound {
    Bound::Unknown("it is set in more than one place".into())
}
