//! The second phase of linting: which of a run's notes are one text.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Session;
use super::message::diagnostic;
use super::session::applies;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::check::{Fingerprint, Found, Note, fingerprint};
use crate::rule::pack::Check;
use crate::rule::spec::SamenessSpec;
use crate::rule::{Active, RuleSet};
use crate::text::{Document, Origin, Piece, Span};

/// Notes of one run that differ only in names and in what was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alike {
    /// What the rule says of them; its place is not used.
    pub diagnostic: Diagnostic,
    /// The notes, by the numbers they were added with, in order.
    pub notes: Vec<usize>,
}

/// Takes the fingerprints of a run's notes, in any order, and says once which are alike.
#[derive(Debug)]
pub struct Sameness<'r> {
    rules: &'r RuleSet,
    active: &'r Active,
    settings: SamenessSpec,
    notes: Vec<(usize, Fingerprint)>,
}

impl Session<'_> {
    /// What the note boils down to for [`Sameness`]. `None` when it is too short to be compared, when a template
    /// printed it (its words are meant to be the same), and where no rule compares notes of its kind.
    pub fn fingerprint(&mut self, document: &Document, context: &Context<'_>) -> Option<Fingerprint> {
        let rules = self.rules();
        let (active, _) = rule(rules)?;
        if !applies(rules.rule(active), context) {
            return None;
        }
        let [Piece { origin: Origin::Literal(_), .. }] = document.pieces() else { return None };
        fingerprint(Note { text: document.text(), tokens: self.read_tokens(document.text()), context })
    }
}

/// The rule that compares notes, if one runs.
fn rule(rules: &RuleSet) -> Option<(&Active, SamenessSpec)> {
    rules.active.iter().find_map(|active| match rules.rule(active).check {
        Check::Sameness(settings) => Some((active, settings)),
        _ => None,
    })
}

impl<'r> Sameness<'r> {
    /// An empty collection, or `None` when no rule compares notes.
    #[must_use]
    pub fn new(rules: &'r RuleSet) -> Option<Self> {
        let (active, settings) = rule(rules)?;
        Some(Self { rules, active, settings, notes: Vec::new() })
    }

    /// The id of the rule that compares.
    #[must_use]
    pub fn rule(&self) -> &'r str {
        &self.active.id
    }

    /// Adds a note by a number of the caller's.
    pub fn add(&mut self, number: usize, fingerprint: Fingerprint) {
        self.notes.push((number, fingerprint));
    }

    /// The groups of notes that are alike, by their first note.
    #[must_use]
    pub fn finish(mut self) -> Vec<Alike> {
        self.notes.sort_by_key(|(number, _)| *number);
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let roots = self.roots();
        for (note, root) in roots.into_iter().enumerate() {
            groups.entry(root).or_default().push(note);
        }
        groups
            .into_values()
            .filter(|group| self.readers(group) >= self.settings.least)
            .map(|group| self.alike(&group))
            .collect()
    }

    /// For each note the first one that it is alike to, perhaps by way of others.
    fn roots(&self) -> Vec<usize> {
        let mut roots: Vec<usize> = (0..self.notes.len()).collect();
        let mut buckets: FxHashMap<(usize, &[u32]), Vec<usize>> = FxHashMap::default();
        for (note, (_, fingerprint)) in self.notes.iter().enumerate() {
            for (band, rows) in fingerprint.places().chunks(ROWS).enumerate() {
                let bucket = buckets.entry((band, rows)).or_default();
                let near = |other: &usize| self.notes[*other].1.alike(fingerprint) >= self.settings.similar;
                match bucket.iter().copied().find(near) {
                    Some(other) => join(&mut roots, other, note),
                    None if bucket.len() < BUCKET => bucket.push(note),
                    None => {}
                }
            }
        }
        (0..roots.len()).map(|note| root(&roots, note)).collect()
    }

    /// How many people the notes are written to; a note to nobody known counts as one more.
    fn readers(&self, group: &[usize]) -> usize {
        let readers = || group.iter().map(|note| self.notes[*note].1.reader());
        let named: FxHashSet<u64> = readers().flatten().collect();
        named.len() + readers().filter(Option::is_none).count()
    }

    fn alike(&self, group: &[usize]) -> Alike {
        let found = Found { count: group.len(), limit: self.settings.least, ..Found::at(Span::default()) };
        let rule = self.rules.rule(self.active);
        let diagnostic = diagnostic(rule, self.active, found, "", &Context::default());
        Alike { diagnostic, notes: group.iter().map(|note| self.notes[*note].0).collect() }
    }
}

/// Places of a band: notes that share 60 % of their triples meet in one of the 16 bands with 90 % probability, those
/// that share 80 % with 99.9 %.
const ROWS: usize = 4;

/// Notes that are kept in a bucket to be compared with: those that are alike need only the first of them.
const BUCKET: usize = 16;

fn root(roots: &[usize], mut note: usize) -> usize {
    while roots[note] != note {
        note = roots[note];
    }
    note
}

fn join(roots: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(roots, one), root(roots, other));
    roots[one.max(other)] = one.min(other);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Linter;

    fn alike(notes: &[(usize, &str)]) -> Vec<Vec<usize>> {
        let rules = RuleSet::builtin();
        let mut session = Linter::new(&rules).session();
        let mut sameness = Sameness::new(&rules).unwrap();
        for (number, text) in notes {
            if let Some(fingerprint) = session.fingerprint(&Document::from_text(*text), &Context::default()) {
                sameness.add(*number, fingerprint);
            }
        }
        sameness.finish().into_iter().map(|alike| alike.notes).collect()
    }

    #[test]
    fn notes_that_differ_in_names_are_one_group_in_whatever_order_they_come() {
        let mut notes = vec![
            (0, "Hi Ana, your work at Moss is something I would like to learn from, shall we connect here?"),
            (1, "Hi Ben, the kiln notes that you put on the wall last spring have saved my glaze."),
            (2, "Hi Cy, your work at Kelp is something I would like to learn from, shall we connect here?"),
            (3, "Hi Di, your work at Fern Labs is something I would like to learn from, shall we connect here?"),
        ];
        assert_eq!(alike(&notes), [[0, 2, 3]]);
        notes.reverse();
        assert_eq!(alike(&notes), [[0, 2, 3]]);
    }

    #[test]
    fn notes_to_one_person_and_short_notes_may_be_alike() {
        let twice = "Hi Ana, your work at Moss is something I would like to learn from, shall we connect here?";
        assert!(alike(&[(0, twice), (1, twice)]).is_empty());
        assert!(alike(&[(0, "Thank you, Ana!"), (1, "Thank you, Ben!"), (2, "")]).is_empty());
    }

    #[test]
    fn a_shared_event_may_be_thanked_for_in_the_same_words() {
        let rules = RuleSet::builtin();
        let mut session = Linter::new(&rules).session();
        let of = |session: &mut Session<'_>, what: &str| {
            let fact = crate::contact::Fact {
                kind: crate::contact::FactKind::Event,
                what: what.into(),
                detail: None,
                when: None,
            };
            let contact = crate::contact::Contact { first_name: "Ana".into(), facts: vec![fact], ..Default::default() };
            let context = Context { contact: Some(&contact), ..Context::default() };
            let text = "Hi Ana, thank you for the evening of the spring kiln fair in the old town hall of Hull.";
            session.fingerprint(&Document::from_text(text), &context)
        };
        assert!(of(&mut session, "her talk").is_some());
        assert!(of(&mut session, "the evening of the spring kiln fair in the old town hall of Hull").is_none());
    }
}
