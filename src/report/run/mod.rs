//! A run as the formats for continuous integration need it: all that was found, located and kept until the end.

mod fingerprint;
mod locate;
mod prose;
mod root;
mod rules;

use std::collections::{BTreeMap, HashSet};

use super::place::Places;
use super::verdict::{Counts, Summary};
use super::{Note, note};
use crate::diagnostic::{Diagnostic, Level};
use crate::lint::Alike;
use crate::rule::RuleSet;
use crate::text::{Document, LineColumn};

pub use fingerprint::Fingerprints;
pub use locate::{Region, Replacement};
pub use prose::{Prose, Stretch};
pub use root::Root;
pub use rules::AboutRule;

/// What a run has checked and found.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The notes and templates, in order.
    pub checked: Vec<Checked>,
    /// What is wrong with files otherwise, first of all those that could not be checked.
    pub troubles: Vec<Trouble>,
    /// Notes that are one text.
    pub alike: Vec<AlikeNotes>,
    /// What there is to say about each rule that found something, by its id.
    pub rules: BTreeMap<String, AboutRule>,
    /// How many there were of each.
    pub summary: Summary,
    root: Root,
}

/// A note or a template that was checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its file, as the hosting service knows it.
    pub file: String,
    /// What it is.
    pub what: What,
    /// What it is for and where it goes, or how it was read.
    pub about: String,
    /// The findings.
    pub found: Vec<Found>,
    /// Whether one of them fails the run.
    pub fails: bool,
    /// Why it could not be checked whole.
    pub error: Option<String>,
}

/// What was checked.
#[derive(Clone, Debug)]
pub enum What {
    /// A template's file, without the notes it gives.
    Template,
    /// A note.
    Note(Prose),
}

/// A finding with its places.
#[derive(Clone, Debug)]
pub struct Found {
    /// The rule.
    pub rule: String,
    /// Its weight here.
    pub level: Level,
    /// What was found: one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where.
    pub region: Region,
    /// What else has a part in it.
    pub related: Vec<Region>,
    /// The change that mends it, where it can be made in the file.
    pub fix: Option<Vec<Replacement>>,
    /// What tells it from other findings of its rule, wherever it moves.
    key: String,
    sample: Option<String>,
}

impl Found {
    /// The message; a finding in the note to a sample person says to whom.
    #[must_use]
    pub fn said(&self) -> String {
        self.sample.as_ref().map_or_else(|| self.message.clone(), |sample| format!("to {sample}: {}", self.message))
    }
}

/// Something wrong with a file besides its findings.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// The file.
    pub file: String,
    /// An error keeps something from being checked.
    pub level: Level,
    /// What is wrong: one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where in the file, if it has a place.
    pub place: Option<LineColumn>,
}

/// Notes that are one text.
#[derive(Clone, Debug)]
pub struct AlikeNotes {
    /// The rule.
    pub rule: String,
    /// Its weight here.
    pub level: Level,
    /// What is said of them.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Their files; never empty.
    pub files: Vec<String>,
    /// Whether it fails the run.
    pub fails: bool,
}

/// How a note is told of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Telling<'a> {
    /// The invented person it is written to, if a template gave it.
    pub sample: Option<&'a str>,
    /// Whether a finding is grave enough to fail the run.
    pub fails: bool,
    /// The text before the change that is under review, if it is known; masked, where this one is.
    pub before: Option<&'a str>,
    /// The note as it may be shown, and what was found in that: a note with something masked.
    pub shown: Option<(&'a Document, &'a [Diagnostic])>,
}

impl Run {
    /// A run whose files are named from this root.
    #[must_use]
    pub fn new(root: Root) -> Self {
        Self { root, ..Self::default() }
    }

    /// Adds a note.
    pub fn note(&mut self, note: &Note<'_>, telling: Telling<'_>, rules: &RuleSet, places: &mut Places<'_>) {
        self.summary.add(note.diagnostics);
        self.learn(note, rules);
        let (document, diagnostics) = telling.shown.unwrap_or((note.document, note.diagnostics));
        let mut found = self.locate(note, places);
        for (found, shown) in found.iter_mut().zip(diagnostics) {
            found.key = fingerprint::key(document.text(), shown);
            found.sample = telling.sample.map(str::to_owned);
        }
        let prose = Prose {
            sample: telling.sample.map(str::to_owned),
            text: prose::stretches(document.text(), diagnostics),
            gauge: note.length().gauge(note.document.text()),
            readiness: note.readiness(),
            before: telling.before.map(str::to_owned),
        };
        self.checked.push(Checked {
            file: self.root.name(note.name),
            what: What::Note(prose),
            about: note::about(note),
            found,
            fails: telling.fails,
            error: None,
        });
    }

    /// Adds a template's own findings. `about` says how it was read, `error` why no note could be made from it. One
    /// that another template includes is not counted.
    pub fn template(
        &mut self,
        note: &Note<'_>,
        about: &str,
        error: Option<&str>,
        is_included: bool,
        fails: bool,
        places: &mut Places<'_>,
    ) {
        if is_included {
            self.summary.count(note.diagnostics);
        } else {
            self.summary.add_template(note.diagnostics, error.is_some());
        }
        let found = self.locate(note, places);
        self.rules
            .extend(found.iter().map(|found| (found.rule.clone(), AboutRule::of_house(&found.rule, found.level))));
        self.checked.push(Checked {
            file: self.root.name(note.name),
            what: What::Template,
            about: about.to_owned(),
            found,
            fails,
            error: error.map(str::to_owned),
        });
    }

    /// Adds what is wrong with a file.
    pub fn trouble(&mut self, trouble: Trouble) {
        self.troubles.push(Trouble { file: self.root.name(&trouble.file), ..trouble });
    }

    /// Adds notes that are one text; `names` are theirs.
    pub fn alike(&mut self, alike: &Alike, names: &[&str], fails: bool, rules: &RuleSet) {
        let found = &alike.diagnostic;
        self.summary.count(std::slice::from_ref(found));
        let about = AboutRule::of(rules, &found.rule, None, found.level);
        self.rules.entry(found.rule.to_string()).or_insert(about);
        self.alike.push(AlikeNotes {
            rule: found.rule.to_string(),
            level: found.level,
            message: found.message.clone(),
            help: found.help.as_deref().map(str::to_owned),
            files: names.iter().map(|name| self.root.name(name)).collect(),
            fails,
        });
    }

    /// The findings of all files, each once: what several notes of one template show in the same words at the same place
    /// is one.
    #[must_use]
    pub fn results(&self) -> Vec<&Found> {
        let mut known = HashSet::new();
        let all = self.checked.iter().flat_map(|checked| &checked.found);
        all.filter(|found| known.insert((&found.rule, &found.message, &found.region))).collect()
    }

    fn locate(&self, note: &Note<'_>, places: &mut Places<'_>) -> Vec<Found> {
        let text = note.document.text();
        let found = note.diagnostics.iter().map(|diagnostic| {
            let mut regions = locate::regions(note, diagnostic, &self.root, places);
            Found {
                rule: diagnostic.rule.to_string(),
                level: diagnostic.level,
                message: diagnostic.message.clone(),
                help: diagnostic.help.as_deref().map(str::to_owned),
                region: regions.remove(0),
                related: regions,
                fix: locate::replacements(note, diagnostic, &self.root, places),
                key: fingerprint::key(text, diagnostic),
                sample: None,
            }
        });
        found.collect()
    }

    fn learn(&mut self, note: &Note<'_>, rules: &RuleSet) {
        for found in note.diagnostics {
            if !self.rules.contains_key(&*found.rule) {
                let about = AboutRule::of(rules, &found.rule, note.context.language, found.level);
                self.rules.insert(found.rule.to_string(), about);
            }
        }
    }
}

/// What there is of each level: `1 error, 2 warnings`.
#[must_use]
pub fn counts(found: &[Found]) -> String {
    let levels = found.iter().map(|found| found.level);
    Counts::of_levels(levels).words()
}
