use std::sync::{Arc, OnceLock};

use regex::{Regex, RegexBuilder};

use super::check::Needles;
use super::pack::{Check, Pack, Role, Rule, RuleDoc, SpecError, ascii_classes, compile};
use super::spec::{RuleSpec, Run};
use crate::context::{Channel, Kind};
use crate::diagnostic::{Level, Setting};

/// The rules of a run: the built-in ones, and a user's beside them.
#[derive(Debug)]
pub struct RuleSet {
    pub(crate) packs: Vec<Pack>,
    pub(crate) active: Vec<Active>,
    /// For each pack and rule number: its place in `active`.
    pub(crate) places: Vec<Vec<Option<usize>>>,
    /// What the patterns need.
    pub(crate) needles: Needles,
    /// Places of the rules that may find something in a note without their phrases; patterns have their needles.
    pub(crate) always: Vec<usize>,
    /// Places of the rules that look at the findings of others, and so run last.
    pub(crate) late: Vec<usize>,
}

/// A rule that runs.
#[derive(Debug)]
pub(crate) struct Active {
    pub(crate) pack: usize,
    pub(crate) number: usize,
    pub(crate) id: Arc<str>,
    pub(crate) help: Option<Arc<str>>,
    /// The level set for it, instead of its own.
    pub(crate) level: Option<Level>,
    pub(crate) regex: OnceLock<Option<Regex>>,
}

/// Which rules run, and with what weight. Later entries win; a pack is named as `pack/*`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// What is set for a rule, a pack (`pushy/*`) or all rules (`*`).
    pub levels: Vec<(String, Setting)>,
}

impl Selection {
    /// What is set for a rule.
    fn of(&self, id: &str) -> Option<Setting> {
        let named = |pattern: &str| {
            pattern == id || pattern == "*" || pattern.strip_suffix('*').is_some_and(|pack| id.starts_with(pack))
        };
        self.levels.iter().rev().find(|(pattern, _)| named(pattern)).map(|(_, setting)| *setting)
    }
}

impl RuleSet {
    /// The built-in rules.
    ///
    /// # Panics
    /// Never: the build compares the embedded pack with the rule files.
    #[must_use]
    pub fn builtin() -> Self {
        let pack = Pack::open(BUILTIN).expect("the build made the embedded pack");
        Self::of(vec![pack], &Selection::default())
    }

    /// The set with a user's rules: one with a built-in id takes its place.
    ///
    /// # Errors
    /// What is wrong with each broken rule, by its number; the others run.
    #[must_use]
    pub fn with(mut self, specs: &[RuleSpec]) -> (Self, Vec<(usize, SpecError)>) {
        let base = self.packs.swap_remove(0);
        let mut errors = unknown_channels(specs);
        let bytes = match compile(specs, Some(&base)) {
            Ok(bytes) if errors.is_empty() => Some(bytes),
            compiled => {
                errors.extend(compiled.err().unwrap_or_default());
                errors.sort_by_key(|(at, _)| *at);
                let broken = |number: usize| errors.iter().any(|(at, _)| *at == number);
                let rest: Vec<_> =
                    specs.iter().enumerate().filter(|(at, _)| !broken(*at)).map(|(_, spec)| spec.clone()).collect();
                compile(&rest, Some(&base)).ok()
            }
        };
        let good = bytes.and_then(Pack::open);
        let packs = std::iter::once(base).chain(good).collect();
        (Self::of(packs, &Selection::default()), errors)
    }

    /// The set with other rules switched on and off, or weighed differently.
    #[must_use]
    pub fn select(self, selection: &Selection) -> Self {
        Self::of(self.packs, selection)
    }

    fn of(packs: Vec<Pack>, selection: &Selection) -> Self {
        let mut active = Vec::new();
        let mut places = Vec::new();
        let mut needles = Needles::default();
        let mut always = Vec::new();
        let mut late = Vec::new();
        for (at, pack) in packs.iter().enumerate() {
            let mut row = vec![None; pack.rules().len()];
            for (number, rule) in pack.rules().iter().enumerate() {
                let replaced = packs[at + 1..].iter().flat_map(Pack::rules).any(|other| takes_place(other, rule));
                let setting = selection.of(&rule.id);
                let runs = setting.map_or(rule.run == Run::On, |setting| setting != Setting::Off);
                if replaced || !runs {
                    continue;
                }
                match &rule.check {
                    Check::Pattern { beyond_ascii: true, .. } => needles.add_beyond_ascii(active.len()),
                    Check::Pattern { needles: texts, digit, least, .. } => {
                        needles.add(active.len(), texts, rule.exact, *digit, *least);
                    }
                    check if check.runs_last() => late.push(active.len()),
                    // The notes of a run are compared at its end.
                    Check::Sameness(_) => {}
                    check if check.least_hits() == 0 => always.push(active.len()),
                    _ => {}
                }
                row[number] = Some(active.len());
                let level = if let Some(Setting::Level(level)) = setting { Some(level) } else { None };
                active.push(Active {
                    pack: at,
                    number,
                    id: rule.id.as_str().into(),
                    help: rule.help.as_deref().map(Into::into),
                    level,
                    regex: OnceLock::new(),
                });
            }
            places.push(row);
        }
        Self { packs, active, places, needles, always, late }
    }

    /// All rules there are, also those that do not run, with whether they do. A user's come after the built-in ones.
    pub fn rules(&self) -> impl Iterator<Item = Listed<'_>> {
        let packs = self.packs.iter().enumerate();
        packs.flat_map(move |(at, pack)| {
            pack.rules().iter().enumerate().map(move |(number, rule)| Listed {
                rule,
                runs: self.places[at][number].is_some(),
                set: self.places[at][number].and_then(|place| self.active[place].level),
                own: at > 0,
                replaced: self.packs[at + 1..].iter().flat_map(Pack::rules).any(|other| takes_place(other, rule)),
                pack,
                number,
            })
        })
    }

    pub(crate) fn rule(&self, active: &Active) -> &Rule {
        &self.packs[active.pack].rules()[active.number]
    }

    /// The compiled pattern of a rule, made when it is first needed.
    pub(crate) fn regex<'a>(&'a self, active: &'a Active) -> Option<&'a Regex> {
        let Check::Pattern { regex, .. } = &self.rule(active).check else { return None };
        let exact = self.rule(active).exact;
        let compiled = active.regex.get_or_init(|| {
            RegexBuilder::new(&ascii_classes(regex)).case_insensitive(!exact).multi_line(true).build().ok()
        });
        compiled.as_ref()
    }
}

/// Whether a rule takes the place of another: it has its id, and is not its translation.
fn takes_place(own: &Rule, other: &Rule) -> bool {
    own.id == other.id && (own.language == other.language || own.language.is_none() || other.language.is_none())
}

/// The channels that rules name and that do not exist. Such a rule would be silent for ever.
fn unknown_channels(specs: &[RuleSpec]) -> Vec<(usize, SpecError)> {
    let error = |number: usize, (at, name): (usize, &String)| {
        let message = name.parse::<Channel>().err()?;
        Some((number, SpecError { path: format!("channels[{at}]"), at: 0, message }))
    };
    let of = |(number, spec): (usize, &RuleSpec)| {
        let names = spec.channels.iter().flatten();
        names.enumerate().find_map(|named| error(number, named))
    };
    specs.iter().enumerate().filter_map(of).collect()
}

/// A rule in a list.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Whether it runs.
    pub runs: bool,
    /// The level that is set for it, instead of its own.
    pub set: Option<Level>,
    /// Whether it is a user's.
    pub own: bool,
    /// Whether a user's rule has taken its place.
    pub replaced: bool,
    pack: &'a Pack,
    number: usize,
}

impl Listed<'_> {
    /// What its findings weigh in a kind of note; `None` where it does not apply.
    #[must_use]
    pub fn level(&self, kind: Kind) -> Option<Level> {
        self.rule.level(kind).map(|own| self.set.unwrap_or(own))
    }

    /// Why the rule exists, its phrases and its examples.
    #[must_use]
    pub fn doc(&self) -> Option<RuleDoc> {
        self.pack.doc(self.number)
    }

    /// The rule's phrases of a role, as they are written.
    #[must_use]
    pub fn phrases(&self, role: Role) -> Vec<String> {
        let lines = self.doc().map(|doc| doc.lines).unwrap_or_default();
        lines.into_iter().filter(|(of, _)| *of == role).map(|(_, text)| text).collect()
    }
}

/// The built-in rules, compiled by the build script.
static BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.pack"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_that_does_not_exist_is_an_error_of_its_rule() {
        let rule = |id: &str, channels: &str| {
            let yaml = format!("summary: x\nlevel: error\nphrases: [a b]\nmessage: x\nexamples: {{}}\n{channels}");
            let mut spec: RuleSpec = serde_yaml::from_str(&yaml).unwrap();
            spec.id = id.to_owned();
            spec
        };
        let specs = [rule("my/bad", "channels: [email, linkedin]"), rule("my/good", "channels: [email]")];
        let (rules, errors) = RuleSet::builtin().with(&specs);
        assert_eq!((errors.len(), errors[0].0, errors[0].1.path.as_str()), (1, 0, "channels[1]"));
        let own: Vec<_> = rules.rules().filter(|listed| listed.own).map(|listed| listed.rule.id.as_str()).collect();
        assert_eq!(own, ["my/good"]);
    }
}
