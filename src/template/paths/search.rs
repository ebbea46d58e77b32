//! All paths of a template, or as many as show everything that two branches can do together.

use std::sync::Arc;

use super::choose::{Choose, First};
use super::compute::Computer;
use super::conditions::{ABSENT, Formula, Variable};
use super::cover;
use super::document::document;
use super::forest::{Forest, Leaf};
use super::notes::{Notes, Outcome};
use super::places::Promises;
use super::script::Script;
use super::value::Fragment;
use super::variables::Variables;
use super::walk::{Shared, Stop, Walk};
use super::{Coverage, Given, Is, Path, Paths};
use crate::template::{Library, Template};

/// Paths that are all taken: those of twelve independent conditions.
const MOST_PATHS: usize = 4_096;
/// Steps of all of them, when there are few enough paths.
const MOST_STEPS: usize = 4_000_000;
/// Pieces of text of all paths, which take memory.
const MOST_PIECES: usize = 400_000;

/// A path that was walked.
pub(super) struct Walked {
    pub(super) fragments: Vec<Fragment>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) open: Vec<Outcome>,
    /// One value for each variable.
    values: Vec<u64>,
}

/// The paths of a template.
pub(crate) fn walk(library: &Library, template: &Template) -> Paths {
    paths_of(library, Leaf::new(template), promises(library, template))
}

/// The paths that are taken where only so much of the facts is told.
pub(crate) fn walk_telling(library: &Library, template: &Template, details: &'static [u8]) -> Paths {
    paths_of(library, Leaf::new(template), promises(library, template).telling(details))
}

fn promises(library: &Library, template: &Template) -> Promises {
    let whole = library.of_file(template.file()).filter(|(_, is_whole)| *is_whole);
    Promises::new(whole.map(|(template, _)| template.front()))
}

/// The paths of a template's subject line, if it has one that is written as it is read. It is rendered without detail.
pub(crate) fn walk_subject(library: &Library, template: &Template) -> Option<Paths> {
    Some(paths_of(library, Leaf::subject(template)?, Promises::new(Some(template.front())).telling(&[0])))
}

fn paths_of(library: &Library, leaf: Leaf<'_>, promises: Promises) -> Paths {
    let forest = Forest::new(library);
    let mut shared = Shared {
        forest: &forest,
        sources: library.sources(),
        variables: Variables::new(promises),
        computer: Computer::default(),
        notes: Notes::default(),
        steps: 0,
    };
    match all(&mut shared, leaf) {
        Some(walked) => {
            let coverage = Coverage::All { paths: walked.len() };
            paths(shared, walked, coverage, |_| true)
        }
        None => {
            let covered = cover::cover(&mut shared, leaf);
            let coverage = covered.coverage();
            paths(shared, covered.walked, coverage, |outcome| covered.impossible.contains(&outcome))
        }
    }
}

/// All paths, unless there are too many.
fn all<'t>(shared: &mut Shared<'t>, leaf: Leaf<'t>) -> Option<Vec<Walked>> {
    if cover::is_hopeless(shared, leaf) {
        return None;
    }
    let mut script = Script::default();
    let mut found = Vec::new();
    let mut tried = 0;
    let mut pieces = 0;
    loop {
        if let Some(walked) = one(shared, leaf, &mut script, &mut First, &[]) {
            pieces += walked.fragments.len();
            found.push(walked);
        }
        if !script.turn() {
            return Some(found);
        }
        tried += 1;
        if tried >= MOST_PATHS || shared.steps > MOST_STEPS || pieces > MOST_PIECES {
            return None;
        }
    }
}

/// Walks one path, supposing that some formulas hold. `None` when no note is made of it.
pub(super) fn one<'t>(
    shared: &mut Shared<'t>,
    leaf: Leaf<'t>,
    script: &mut Script,
    chooser: &mut dyn Choose,
    supposed: &[Formula],
) -> Option<Walked> {
    let mut walk = Walk::new(shared, script, chooser);
    if !supposed.iter().all(|formula| walk.known.assert(formula)) {
        return None;
    }
    let end = walk.template(leaf);
    if end == Err(Stop::Fails) {
        return None;
    }
    // What was being captured when the path was left is part of it.
    let fragments = std::mem::take(&mut walk.output).into_iter().flatten().collect();
    let open = walk.open_outcomes().collect();
    let outcomes: Vec<_> = walk.takings.iter().map(|taking| taking.outcome).collect();
    let values = walk.known.example()?;
    shared.notes.reach(outcomes.iter().copied());
    Some(Walked { fragments, outcomes, open, values })
}

fn paths(shared: Shared<'_>, walked: Vec<Walked>, coverage: Coverage, is_proven: impl Fn(Outcome) -> bool) -> Paths {
    let names = (0..shared.variables.len()).map(|at| Arc::from(&**shared.variables.name(variable(at))));
    let names: Vec<Arc<str>> = names.collect();
    let path = |walked: Walked| {
        let (document, fills) = document(&walked.fragments, shared.sources);
        let choices = shared.notes.choices(walked.open.iter().copied());
        Path { document, choices, fills, person: person(&shared.variables, &names, &walked.values) }
    };
    let paths = walked.into_iter().map(path).collect();
    let dead = shared.notes.dead(is_proven);
    let (unread, missing) = shared.notes.into_lists();
    Paths { paths, coverage, unread, missing, dead }
}

fn variable(at: usize) -> Variable {
    Variable(u32::try_from(at).unwrap_or(u32::MAX))
}

/// What a path supposes of the person.
fn person(variables: &Variables, names: &[Arc<str>], values: &[u64]) -> Vec<Given> {
    let given = values.iter().enumerate().map(|(at, value)| {
        let known = variables.values(variable(at));
        let is = match *value {
            value if !known.is_empty() => {
                let known = known.get(value.trailing_zeros() as usize);
                Is::Value(known.map(ToString::to_string).unwrap_or_default().into())
            }
            ABSENT => Is::Absent,
            value => match variables.text(variable(at), value) {
                Some(text) => Is::Value(Arc::from(&**text)),
                None => Is::There,
            },
        };
        Given { path: names[at].clone(), is }
    });
    given.collect()
}
