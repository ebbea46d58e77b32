//! Every path against Tera: the path that a person selects reads as what Tera renders for them.

#![expect(clippy::print_stderr, reason = "the figures are of interest")]

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, Tera, Value};

use super::choose::First;
use super::compute::Computer;
use super::conditions::{ABSENT, Formula, Values, Variable};
use super::document::document;
use super::forest::{Forest, Leaf};
use super::generate::{Dice, Writer, person};
use super::notes::Notes;
use super::places::Promises;
use super::script::Script;
use super::search::{Walked, one};
use super::variables::Variables;
use super::walk::Shared;
use super::{Coverage, Is, Path};
use crate::contact::FactKind;
use crate::template::front_matter::FIELDS;
use crate::template::library::engine;
use crate::template::{Library, limits};

/// Asks Tera for values in somebody's context.
struct Oracle {
    tera: Tera,
}

impl Oracle {
    fn new() -> Self {
        Self { tera: engine() }
    }

    fn print(&self, expression: &str, context: &Context) -> Option<String> {
        limits::start();
        self.tera.render_str(&format!("{{{{ {expression} }}}}"), context, false).ok()
    }

    /// The values that a variable has for somebody.
    fn values(&self, variables: &Variables, variable: Variable, context: &Context) -> Option<Values> {
        let name = variables.name(variable);
        let element = name.strip_prefix("facts[").and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
        if element.is_some_and(|at| self.print(&format!("facts[{at}].kind"), context).is_none()) {
            // It is of a path with more facts than they have.
            return Some(!0);
        }
        let known = variables.values(variable);
        if known.first().is_some_and(|value| value.is_bool()) {
            // What cannot be asked is not asked.
            return Some(match self.print(name, context).as_deref() {
                Some("true") => 1,
                Some(_) => 2,
                None => 3,
            });
        }
        if **name == *"facts" {
            let count: usize = self.print("facts | length", context)?.parse().ok()?;
            return Some(1 << count);
        }
        if !known.is_empty() {
            let printed = self.print(name, context)?;
            return known.iter().position(|value| value.to_string() == printed).map(|at| 1 << at);
        }
        let is_there = self.print(&format!("true if {name} else false"), context);
        if is_there.as_deref() != Some("true") {
            return Some(ABSENT);
        }
        let printed = self.print(name, context)?;
        let texts = variables.texts(variable);
        let at = texts.iter().position(|text| **text == *printed);
        Some(at.map_or(!ABSENT & !((1 << texts.len()) - 1), |at| 1 << at))
    }

    fn fill(&self, document: &str, fills: &[std::sync::Arc<str>], context: &Context) -> Option<String> {
        let mut fills = fills.iter();
        let mut text = String::new();
        for c in document.chars() {
            match c {
                '\u{fffc}' => text += &self.print(fills.next()?, context)?,
                c => text.push(c),
            }
        }
        Some(text)
    }
}

/// The path that somebody selects; `Some(None)` when no note is made.
fn selected<'t>(shared: &mut Shared<'t>, leaf: Leaf<'t>, oracle: &Oracle, context: &Context) -> Option<Option<Walked>> {
    let mut size = (usize::MAX, usize::MAX);
    loop {
        let mut supposed = Vec::new();
        for at in 0..shared.variables.len() {
            let variable = Variable(u32::try_from(at).unwrap());
            supposed.push(Formula::In(variable, oracle.values(&shared.variables, variable, context)?));
        }
        let walked = one(shared, leaf, &mut Script::default(), &mut First, &supposed);
        let now = (shared.variables.len(), shared.variables.all_texts());
        if now == size {
            return Some(walked);
        }
        size = now;
    }
}

fn library_of(seed: u64, depth: usize) -> Option<(Library, Vec<(&'static str, String)>)> {
    let files = Writer::new(seed).files(depth);
    let named: Vec<_> = files.iter().map(|(id, text)| (format!("templates/{id}.tera"), text.clone())).collect();
    let (library, _) = Library::empty().with(&named);
    library.get("invite/t").is_some().then_some((library, files))
}

fn shared<'t>(library: &'t Library, forest: &'t Forest<'t>) -> Shared<'t> {
    let front = library.get("invite/t").map(|template| template.front());
    Shared {
        forest,
        sources: library.sources(),
        variables: Variables::new(Promises::new(front)),
        computer: Computer::default(),
        notes: Notes::default(),
        steps: 0,
    }
}

#[test]
fn the_path_that_a_person_selects_is_what_tera_renders() {
    let oracle = Oracle::new();
    let (mut loaded, mut rendered, mut refused, mut unread, mut skipped, mut approximate) = (0, 0, 0, 0, 0, 0);
    let mut failures: Vec<String> = Vec::new();
    for seed in 0..count() {
        let Some((library, files)) = library_of(seed, 3) else { continue };
        loaded += 1;
        let forest = Forest::new(&library);
        let template = library.get("invite/t").unwrap();
        let paths = super::walk(&library, template);
        unread += usize::from(!paths.unread.is_empty());
        let texts: BTreeSet<_> =
            paths.paths.iter().map(|path| (path.document.text().to_owned(), path.fills.clone())).collect();
        let mut dice = Dice::new(seed + 1_000_000);
        for _ in 0..12 {
            let context = person(&mut dice);
            let mut shared = shared(&library, &forest);
            let leaf = forest.get("invite/t").unwrap();
            let Some(walked) = selected(&mut shared, leaf, &oracle, &context) else {
                skipped += 1;
                continue;
            };
            let real = library.render(template, &context);
            let show = || format!("seed {seed}: {files:#?}\n{context:?}");
            match (walked, real) {
                (Some(walked), Ok(real)) => {
                    rendered += 1;
                    let (document, fills) = document(&walked.fragments, library.sources());
                    let filled = oracle.fill(document.text(), &fills, &context);
                    if filled.as_deref().map(str::trim) != Some(&*real) {
                        if !paths.unread.is_empty() {
                            approximate += 1;
                            continue;
                        }
                        failures.push(format!("{real:?} is rendered, and we say {:?}\n{}", document.text(), show()));
                        continue;
                    }
                    let is_known = texts.contains(&(document.text().to_owned(), fills));
                    if !is_known && matches!(paths.coverage, Coverage::All { .. }) {
                        failures.push(format!("{:?} is not among {texts:#?}\n{}", document.text(), show()));
                    }
                }
                (None, Err(_)) => refused += 1,
                (Some(walked), Err(error)) => {
                    let (document, _) = document(&walked.fragments, library.sources());
                    failures.push(format!("Tera refuses, and we say {:?}: {error:?}\n{}", document.text(), show()));
                }
                (None, Ok(real)) => {
                    let missing = std::mem::take(&mut shared.notes).into_lists().1;
                    failures.push(format!("Tera says {real:?}, and we refuse for {missing:?}\n{}", show()));
                }
            }
        }
    }
    eprintln!(
        "{loaded} templates, {rendered} notes equal, {refused} refused by both, {skipped} not compared, {approximate} differ and say so, {unread} templates with something unread"
    );
    failures.sort_by_key(String::len);
    assert!(failures.is_empty(), "{} failures, such as\n{}", failures.len(), failures[0]);
    assert!(rendered > 500, "{rendered}");
}

/// What is given of a place.
fn given<'p>(path: &'p Path, name: &str) -> Option<&'p Is> {
    path.person.iter().find(|given| *given.path == *name).map(|given| &given.is)
}

/// Values that differ in what is asked of them.
const VALUES: &[&str] = &["The field", "Abc", "Abba", "Abbba", "Abccc", "xya", "xyzzya", "xyz", "xyzzy", "Öz", "Acme"];

/// Somebody who has what a path supposes, conditions that only Tera can judge included.
fn shown(path: &Path, oracle: &Oracle) -> Option<Context> {
    let mut values: BTreeMap<String, Value> = BTreeMap::new();
    let is_text = |place: &str| *place == *"today" || (place.contains('.') && !place.contains([' ', '[']));
    let places = || path.person.iter().filter(|given| is_text(&given.path));
    for place in places() {
        let value = match &place.is {
            Is::Absent => continue,
            Is::There => VALUES[0],
            Is::Value(text) => text,
        };
        values.insert(place.path.to_string(), value.into());
    }
    for place in places().filter(|place| place.is == Is::There) {
        let mut fits = |value: &str| {
            values.insert(place.path.to_string(), value.into());
            let context = witness(path, &values);
            let asked =
                path.person.iter().filter(|given| given.path.contains(&*place.path) && given.path != place.path);
            let mut asked = asked.filter(|given| !given.path.contains("==") || given.path.matches('.').count() < 2);
            // What cannot be asked is of another branch.
            asked.all(|given| oracle.print(&given.path, &context).is_none_or(|is| given.is == Is::Value(is.into())))
        };
        VALUES.iter().copied().find(|value| fits(value))?;
    }
    Some(witness(path, &values))
}

/// Somebody who has what a path supposes, and nothing else.
fn witness(path: &Path, values: &BTreeMap<String, Value>) -> Context {
    let mut context = Context::new();
    for person in ["contact", "me"] {
        let mut map = tera::Map::new();
        for field in FIELDS {
            if let Some(value) = values.get(&format!("{person}.{field}")) {
                map.insert((*field).into(), value.clone());
            }
        }
        if person == "contact" || matches!(given(path, person), Some(Is::There)) {
            map.entry("first_name".into()).or_insert_with(|| "Zoë".into());
        }
        context.insert_value(person, map.into());
    }
    let known = |name: &str, other: &str| match given(path, name) {
        Some(Is::Value(value)) => value.to_string(),
        _ => other.to_owned(),
    };
    context.insert_value("kind", known("kind", "invite").into());
    context.insert_value("channel", known("channel", "email").into());
    context.insert_value("language", "en".into());
    let detail: u8 = known("detail", "2").parse().unwrap();
    context.insert_value("detail", detail.into());
    context.insert_value("today", values.get("today").cloned().unwrap_or_else(Value::none));
    let facts = facts(path, values);
    for kind in FactKind::ALL {
        let is_kind = |fact: &&Value| fact.get_from_path("kind").and_then(Value::as_str) == Some(kind.as_str());
        // The last one: the composer tries each, and the list keeps its order.
        let meets = |fact: &&Value| {
            ["detail", "when"].into_iter().all(|part| match given(path, &format!("{kind}.{part}")) {
                Some(is) => (*is == Is::Absent) == fact.get_from_path(part).is_none(),
                None => true,
            })
        };
        let named = facts.iter().filter(is_kind).find(meets);
        let named = named.filter(|_| given(path, kind.as_str()) != Some(&Is::Absent));
        context.insert_value(kind.as_str(), named.cloned().unwrap_or_else(Value::none));
    }
    context.insert_value("facts", facts.into());
    context
}

/// The facts of somebody: as many as a path supposes, or else one of each kind that it names.
fn facts(path: &Path, values: &BTreeMap<String, Value>) -> Vec<Value> {
    let fact = |place: &str, kind: &str| {
        let mut map = tera::Map::new();
        map.insert("kind".into(), kind.into());
        for part in ["what", "detail", "when"] {
            let of_kind = values.get(&format!("{kind}.{part}")).cloned();
            let value = match (part, given(path, &format!("{place}.{part}"))) {
                ("what", None | Some(Is::There)) => Some(of_kind.unwrap_or_else(|| "Her talk".into())),
                (_, None) => of_kind,
                (_, Some(Is::Absent)) => None,
                (_, Some(Is::There)) => Some(of_kind.unwrap_or_else(|| "2026-10-03".into())),
                (_, Some(Is::Value(text))) => Some((**text).into()),
            };
            if let Some(value) = value {
                map.insert(part.to_owned().into(), value);
            }
        }
        Value::from(map)
    };
    if let Some(Is::Value(count)) = given(path, "facts") {
        let kind = |at: usize| match given(path, &format!("facts[{at}].kind")) {
            Some(Is::Value(kind)) => kind.to_string(),
            _ => "news".to_owned(),
        };
        return (0..count.parse().unwrap()).map(|at| fact(&format!("facts[{at}]"), &kind(at))).collect();
    }
    let there = FactKind::ALL.into_iter().filter(|kind| matches!(given(path, kind.as_str()), Some(Is::There)));
    there.map(|kind| fact("no list", kind.as_str())).collect()
}

#[test]
fn each_path_is_a_note_to_somebody() {
    let oracle = Oracle::new();
    let mut failures = Vec::new();
    let (mut reached, mut approximate, mut unshown) = (0, 0, 0);
    for seed in 0..count() {
        let Some((library, files)) = library_of(seed, 2) else { continue };
        let template = library.get("invite/t").unwrap();
        let paths = super::walk(&library, template);
        for path in paths.paths.iter().take(200) {
            let Some(context) = shown(path, &oracle) else {
                unshown += 1;
                continue;
            };
            let real = library.render(template, &context);
            let filled = oracle.fill(path.document.text(), &path.fills, &context);
            if real.as_ref().ok().map(|real| &**real) == filled.as_deref().map(str::trim) {
                reached += 1;
            } else if paths.unread.is_empty() {
                failures.push(format!("{real:?} is rendered for {filled:?}\nseed {seed}: {:#?}\n{files:#?}", path));
            } else {
                approximate += 1;
            }
        }
    }
    failures.sort_by_key(String::len);
    eprintln!("{reached} paths reached, {approximate} differ and say so, for {unshown} nobody was found");
    failures.sort_by_key(String::len);
    assert!(failures.is_empty(), "{} failures, such as\n{}", failures.len(), failures[0]);
    assert!(reached > 1_000, "{reached}");
}

/// How many templates are tried.
fn count() -> u64 {
    option_env!("ORACLE").and_then(|count| count.parse().ok()).unwrap_or(200)
}
