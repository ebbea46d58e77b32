//! A template on every path through it: what is wrong with a note that no sample person gets.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Draft, Reading};
use crate::context::{Account, Context};
use crate::diagnostic::{Diagnostic, Level};
use crate::lint::{Suppressed, suppress};
use crate::template::{
    Choice, Dead, Effect, Gap, Library, Missing, Paths, Taken, Template, Unread, gaps, walk, walk_subject,
};
use crate::text::{Document, FileId, SourceSpan, Span};

pub use crate::template::{Coverage, Tally};

/// The id under which a branch is reported that no note takes.
const DEAD: &str = "template/dead";
/// The id under which it is reported how a sentence reads where a value is missing.
const GAP: &str = "template/gap";
/// The id under which a value is reported that may be missing where it is used.
const MISSING: &str = "template/missing";
/// The id under which a part of a template is reported that was not analysed.
const UNREAD: &str = "template/unread";

/// What is wrong on the paths of a template.
#[derive(Clone, Debug)]
pub struct EveryPath {
    /// How many paths there are, and how much of the template they show.
    pub coverage: Coverage,
    /// Each cause once, in the file it is wrong in.
    pub findings: Vec<(FileId, Diagnostic)>,
    /// What was found and is allowed.
    pub suppressed: Vec<Suppressed>,
}

impl EveryPath {
    /// Whether a finding says that a part of the template could not be analysed.
    #[must_use]
    pub fn is_unread(finding: &Diagnostic) -> bool {
        &*finding.rule == UNREAD
    }
}

impl Library {
    /// Reads the template in a file on all of its paths, values not filled in. `lint` gives the findings that hold
    /// whatever the values are ([`Session::lint_open`](crate::lint::Session::lint_open)). What is allowed on the day
    /// `today`, and what `reading` shows already, is left out. `None` for a part, and for a file whose template has an
    /// error.
    pub fn every_path(
        &self,
        file: FileId,
        account: Option<Account>,
        reading: &Reading<'_>,
        today: Option<Date>,
        mut lint: impl FnMut(&Document, &Context<'_>) -> Vec<Diagnostic>,
    ) -> Option<EveryPath> {
        let (template, _) = self.of_file(file).filter(|(_, is_whole)| *is_whole)?;
        let paths = walk(self, template);
        let context = Context {
            kind: template.front().kind,
            channel: Some(template.front().channel()),
            account,
            language: template.front().language.parse().ok(),
            ..Context::default()
        };
        let mut causes = Causes::default();
        for (at, path) in paths.paths.iter().enumerate() {
            for finding in lint(&path.document, &context) {
                causes.add(at, path.document.locate(finding.span), finding);
            }
        }
        causes.leave_out_shown(reading);
        let gaps = gaps(&paths, &template.front().language);
        let mut every = EveryPath { coverage: paths.coverage.clone(), findings: Vec::new(), suppressed: Vec::new() };
        let found = causes.0.into_iter().map(|cause| cause.told(&paths));
        let found = found.chain(gaps.iter().map(|gap| (gap.path, gap.places.clone(), gap.finding.clone())));
        for (path, places, finding) in found {
            let mut found = vec![finding];
            let document = &paths.paths[path].document;
            every.suppressed.extend(suppress(&mut found, document, file, |file| self.allowances(file), today));
            let (file, span) = place(self, &places, template);
            // What a rule says of it already is no gap besides.
            let is_told = every.findings.iter().any(|(at, known)| (*at, known.span) == (file, span));
            found.retain(|finding| &*finding.rule != GAP || !is_told);
            every.findings.extend(found.into_iter().map(|finding| (file, Diagnostic { span, fix: None, ..finding })));
        }
        every.findings.extend(of_template(template, &paths, &gaps));
        every.findings.extend(of_subject(self, template));
        let is_told = |found: &(FileId, Diagnostic)| {
            let is_same = |known: &Diagnostic| known.rule == found.1.rule && known.span == found.1.span;
            reading.findings.iter().any(|(file, known)| *file == found.0 && is_same(known))
        };
        every.findings.retain(|found| !is_told(found));
        Some(every)
    }
}

/// One cause of findings on some paths.
struct Cause {
    places: Vec<SourceSpan>,
    finding: Diagnostic,
    /// The paths that show it, in order, and the one it was found on.
    paths: Vec<usize>,
}

#[derive(Default)]
struct Causes(Vec<Cause>, HashMap<(String, Vec<SourceSpan>), usize>);

impl Causes {
    fn add(&mut self, path: usize, places: Vec<SourceSpan>, finding: Diagnostic) {
        let key = (finding.rule.to_string(), places.clone());
        match self.1.get(&key) {
            Some(&known) => self.0[known].paths.push(path),
            None => {
                self.1.insert(key, self.0.len());
                self.0.push(Cause { places, finding, paths: vec![path] });
            }
        }
    }

    /// Leaves out what the note to a sample person shows at the same places.
    fn leave_out_shown(&mut self, reading: &Reading<'_>) {
        let drafts = || reading.notes.iter().map(|note| &note.draft);
        self.0.retain(|cause| {
            let is_same = |document: &Document, shown: &Diagnostic| {
                shown.rule == cause.finding.rule && document.locate(shown.span) == cause.places
            };
            let allowed = |draft: &Draft| draft.suppressed.iter().any(|one| is_same(&draft.document, &one.diagnostic));
            let shows = |draft: &Draft| draft.diagnostics.iter().any(|shown| is_same(&draft.document, shown));
            !drafts().any(|draft| shows(draft) || allowed(draft))
        });
    }
}

impl Cause {
    /// The finding on the shortest path that shows it, which it names unless all paths do.
    fn told(self, paths: &Paths) -> (usize, Vec<SourceSpan>, Diagnostic) {
        let Self { places, mut finding, paths: shows } = self;
        let choices = |path: &usize| paths.paths[*path].choices.as_slice();
        let shortest = shows.iter().min_by_key(|path| choices(path).len()).copied().unwrap_or_default();
        if shows.len() < paths.paths.len() {
            let common =
                || choices(&shortest).iter().filter(|choice| shows.iter().all(|path| choices(path).contains(choice)));
            // What all of them share says it shortest, if nothing else has it.
            let also = (0..paths.paths.len()).filter(|path| common().all(|choice| choices(path).contains(choice)));
            let way = if also.count() == shows.len() { told(common()) } else { told(choices(&shortest)) };
            finding.message = format!("{} ({way})", finding.message);
        }
        (shortest, places, finding)
    }
}

/// Choices in words: `if contact.company, without event.detail`.
fn told<'c>(choices: impl IntoIterator<Item = &'c Choice>) -> String {
    let word = |choice: &Choice| {
        let what = &choice.what;
        match choice.taken {
            Taken::Yes => match what.strip_prefix("not ").filter(|what| is_path(what)) {
                Some(what) => format!("without {what}"),
                None => format!("if {what}"),
            },
            Taken::No if is_path(what) => format!("without {what}"),
            Taken::No => format!("unless {what}"),
            Taken::Rounds(0) => format!("without {what}"),
            Taken::Rounds(rounds) => format!("{rounds} of {what}"),
            Taken::Value(_) => format!("by {what}"),
        }
    };
    choices.into_iter().map(word).collect::<Vec<_>>().join(", ")
}

fn is_path(what: &str) -> bool {
    what.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '[' | ']'))
}

/// The place of a finding in one file: all of it if that is one line there, else where it begins.
fn place(library: &Library, places: &[SourceSpan], template: &Template) -> (FileId, Span) {
    let Some(first) = places.first() else { return (template.file(), Span::default()) };
    let here = || places.iter().filter(|place| place.file == first.file).map(|place| place.span);
    let start = here().map(|span| span.start).min().unwrap_or(first.span.start);
    let end = here().map(|span| span.end).max().unwrap_or(first.span.end);
    let text = library.sources().get(first.file).and_then(|source| source.text.get(start..end));
    let is_line = text.is_some_and(|text| !text.contains('\n'));
    (first.file, if is_line { Span::new(start, end) } else { first.span })
}

/// What is wrong with the template itself.
fn of_template(template: &Template, paths: &Paths, gaps: &[Gap]) -> Vec<(FileId, Diagnostic)> {
    let mut found = Vec::new();
    // What a part asks is asked for others too.
    let own = paths.dead.iter().filter(|dead| dead.at.file == template.file());
    found.extend(own.map(|dead| (dead.at.file, self::dead(dead))));
    found.extend(paths.unread.iter().map(|unread| (unread.at.file, self::unread(unread))));
    let is_gap = |missing: &Missing| gaps.iter().any(|gap| encloses(&gap.places, missing.at));
    let missing = paths.missing.iter().filter(|missing| missing.effect == Effect::Fails || !is_gap(missing));
    for (file, finding) in missing.map(|missing| (missing.at.file, self::missing(missing))) {
        if !found.iter().any(|(at, known)| *at == file && known.span == finding.span && known.rule == finding.rule) {
            found.push((file, finding));
        }
    }
    found
}

/// The same for its subject line.
fn of_subject(library: &Library, template: &Template) -> Vec<(FileId, Diagnostic)> {
    let Some(paths) = walk_subject(library, template) else { return Vec::new() };
    let gaps = gaps(&paths, &template.front().language);
    let own = of_template(template, &paths, &gaps);
    let gaps = gaps.into_iter().map(|gap| {
        let (file, span) = place(library, &gap.places, template);
        (file, Diagnostic { span, ..gap.finding })
    });
    gaps.chain(own).collect()
}

/// Whether a place lies between others of its file.
fn encloses(places: &[SourceSpan], place: SourceSpan) -> bool {
    let here = || places.iter().filter(|other| other.file == place.file).map(|other| other.span);
    here().any(|span| span.start <= place.span.start) && here().any(|span| place.span.end <= span.end)
}

fn dead(dead: &Dead) -> Diagnostic {
    let what = &dead.what;
    let (message, help) = match dead.never {
        Taken::Yes | Taken::Rounds(_) => (
            format!("no note takes this branch: “{what}” never holds here"),
            "Take the branch out, or mend the condition.",
        ),
        Taken::No => (
            format!("no note goes without this branch: “{what}” always holds here"),
            "Take the condition out, and what stands in its else.",
        ),
        Taken::Value(_) => (format!("“{what}” never has one of the values it is asked for"), "Take that branch out."),
    };
    Diagnostic::new(DEAD, Level::Warning, message, dead.at.span).with_help(help)
}

fn unread(unread: &Unread) -> Diagnostic {
    let message = format!("this could not be analysed, so not every path was read: {}", unread.why);
    let help = "Write it more simply. What its sample people get is linted all the same.";
    Diagnostic::new(UNREAD, Level::Warning, message, unread.at.span).with_help(help)
}

fn missing(missing: &Missing) -> Diagnostic {
    let path = &missing.path;
    let help = format!("Ask first, {{% if {path} %}} … {{% endif %}}, or put {path} into `needs`.");
    let (level, message) = match missing.effect {
        Effect::Fails => (Level::Error, format!("the template prints {path}, which not everybody has")),
        Effect::PrintsNothing => (Level::Warning, format!("{path} prints nothing where it is missing")),
    };
    Diagnostic::new(MISSING, level, message, missing.at.span).with_help(help)
}

#[cfg(test)]
#[path = "every_path_tests.rs"]
mod tests;
