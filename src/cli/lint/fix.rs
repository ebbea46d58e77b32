//! `cordial lint --fix` and `--diff`: notes and templates are mended before they are checked.

use std::collections::{BTreeMap, HashSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::allowed::Allowed;
use super::{Args, Failure, Group, Input, Run};
use crate::cli::loaded::Loaded;
use crate::cli::output::Format;
use crate::cli::{ExitStatus, Terminal};
use crate::context::{Account, Context};
use crate::diagnostic::{Diagnostic, Edit, Level};
use crate::draft::{self, Draft};
use crate::fix::{Linted, Mended, in_sources, mend};
use crate::lint::Session;
use crate::project::{self, Problem, absolute};
use crate::report::{count, diff};
use crate::template::TemplateFile;
use crate::text::{Document, FileId, Sources};

/// What a run mends, and what it could mend.
#[derive(Default)]
pub(super) struct Mending {
    /// The files that may be changed.
    named: HashSet<PathBuf>,
    /// What was changed, by its path.
    changed: BTreeMap<PathBuf, Changed>,
    /// The text of standard input, or of `--text`, as it is now.
    piped: Option<String>,
    /// What can be fixed, each place once.
    fixable: HashSet<Vec<(String, Edit)>>,
}

struct Changed {
    /// What to call the file.
    name: String,
    before: String,
    after: String,
    /// The rule of each finding that was fixed.
    rules: Vec<Arc<str>>,
}

impl Args {
    /// Whether something is to be mended.
    pub(super) const fn mends(&self) -> bool {
        self.fix || self.diff
    }
}

impl Mending {
    /// Gets ready for a run over these files and texts.
    pub(super) fn new(inputs: &[Input]) -> Self {
        let files = inputs.iter().filter(|input| !input.is_piped).filter_map(|input| input.path.as_deref());
        let piped = inputs.iter().find(|input| input.is_piped).map(|input| input.read.text.clone());
        Self { named: files.map(absolute).collect(), piped, ..Self::default() }
    }

    /// Remembers what was done to a file.
    fn note(&mut self, key: PathBuf, name: &str, before: &str, after: &str, rules: impl Iterator<Item = Arc<str>>) {
        let new = || Changed { name: name.to_owned(), before: before.to_owned(), after: String::new(), rules: vec![] };
        let changed = self.changed.entry(key).or_insert_with(new);
        after.clone_into(&mut changed.after);
        changed.rules.extend(rules);
    }

    /// The text of a file as it was left by what was mended before.
    pub(super) fn text_of(&self, path: &Path) -> Option<&str> {
        self.changed.get(&absolute(path)).map(|changed| changed.after.as_str())
    }

    /// Notes what can be fixed in a note, or in a template's file.
    pub(super) fn see(&mut self, document: &Document, diagnostics: &[Diagnostic], input: &Input, sources: &Sources) {
        for fix in diagnostics.iter().filter_map(|found| found.fix.as_ref()).filter(|fix| fix.safe) {
            let edits = in_sources(document, fix).unwrap_or_default();
            let named = |(file, edit): (FileId, Edit)| {
                let name = &sources.get(file)?.name;
                let is_ours = *name == input.read.name || self.named.contains(&absolute(Path::new(name)));
                is_ours.then(|| (name.clone(), edit))
            };
            if let Some(place) = edits.into_iter().map(named).collect::<Option<Vec<_>>>().filter(|all| !all.is_empty())
            {
                self.fixable.insert(place);
            }
        }
    }
}

impl Run<'_> {
    /// The text of a draft with its fixes.
    pub(super) fn mend_draft(
        &mut self,
        input: &Input,
        draft: &Draft,
        context: &Context<'_>,
        session: &mut Session<'_>,
        terminal: &mut Terminal,
    ) -> String {
        let allowed = Allowed::of(draft, session, context);
        let lint = |texts: &[String]| {
            let note = draft::read(&texts[0]).0.note;
            let document = Document::from_source(FileId(0), &texts[0], note);
            let mut found = session.lint(&document, context);
            drop(allowed.take(&mut found, FileId(0), &document, context));
            Linted { notes: vec![(document, found)], files: vec![FileId(0)], is_read: true }
        };
        let before = input.read.text.clone();
        // What fails here fails again, and is told of, when the note is checked.
        let Some(mended) = project::guarded(|| mend(vec![before.clone()], lint)) else { return before };
        self.keep(input, &[], mended, terminal)
    }

    /// The text of a template with its fixes, and with those of the parts it includes if they are of this run.
    pub(super) fn mend_template(
        &mut self,
        input: &Input,
        loaded: &Loaded,
        account: Option<Account>,
        group: &mut Group<'_>,
        terminal: &mut Terminal,
    ) -> String {
        let named = |name: &str| name != input.read.name && self.mending.named.contains(&absolute(Path::new(name)));
        let parts = loaded.others(named);
        let mut texts = vec![input.read.text.clone()];
        texts.extend(parts.iter().map(|part| part.text.clone()));
        let (session, today, before) = (&mut group.session, self.args.about.today(), texts.clone());
        let lint = |texts: &[String]| {
            let changed = parts.iter().zip(&texts[1..]).filter(|(part, text)| part.text != **text);
            let changed = changed.map(|(part, text)| TemplateFile { text: text.clone(), ..part.clone() });
            let loaded = loaded.with(&texts[0], &changed.collect::<Vec<_>>());
            let reading = loaded.read(account, today, |note, about| session.lint(note, about));
            let own = loaded.findings(&reading, today).into_iter().map(|of| (loaded.whole(of.file), of.found));
            let of_notes =
                reading.notes.iter().map(|note| (note.draft.document.clone(), note.draft.diagnostics.clone()));
            let files = parts.iter().map_while(|part| loaded.file_of(part));
            let files: Vec<_> = std::iter::once(loaded.file).chain(files).collect();
            // A part that is left out for an error has no file any more.
            let is_read = reading.is_read && files.len() == texts.len();
            Linted { notes: own.chain(of_notes).collect(), files, is_read }
        };
        let Some(mended) = project::guarded(|| mend(texts, lint)) else { return input.read.text.clone() };
        if mended.texts != before {
            // The templates are read anew, as they are now.
            group.library = None;
        }
        let parts: Vec<_> = parts.into_iter().map(|part| (part.name, part.text)).collect();
        self.keep(input, &parts, mended, terminal)
    }

    /// Writes what was mended, or keeps it for the diff. Returns the text of the first file as it is then.
    fn keep(&mut self, input: &Input, parts: &[(String, String)], mended: Mended, terminal: &mut Terminal) -> String {
        let own = (input.read.name.clone(), input.read.text.clone());
        let files: Vec<_> = std::iter::once(&own).chain(parts).collect();
        self.tell(&remarks(&files, &mended), terminal);
        let mut now = own.1.clone();
        for (at, ((name, before), after)) in files.iter().zip(&mended.texts).enumerate() {
            if before == after {
                continue;
            }
            let is_piped = at == 0 && input.is_piped;
            let path = if at == 0 { input.path.clone() } else { Some(PathBuf::from(name)) };
            let path = path.filter(|_| !is_piped);
            if let Some(path) = &path {
                if !self.args.diff
                    && let Err(problem) = project::rewrite(path, before, after)
                {
                    self.tell(&[problem], terminal);
                    continue;
                }
                self.files.set_unsaved(path, after.clone());
            } else {
                self.mending.piped = Some(after.clone());
            }
            if at == 0 {
                now.clone_from(after);
            }
            let key = path.as_deref().map_or_else(|| PathBuf::from(name), absolute);
            let rules = mended.fixed.iter().filter(|(text, _)| *text == at).map(|(_, rule)| Arc::clone(rule));
            self.mending.note(key, name, before, after, rules);
        }
        now
    }
}

impl Mending {
    /// Prints the diffs, or the text that came in.
    pub(super) fn finish(&self, args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
        if args.diff {
            let (style, is_terminal) = (terminal.style(), terminal.stdout_is_terminal());
            for Changed { name, before, after, .. } in self.changed.values() {
                terminal.show(&diff::render(name, before, after, is_terminal, style))?;
            }
            terminal.flush()?;
            let none = self.changed.is_empty();
            terminal.say(&if none { "Nothing to fix".to_owned() } else { self.counted("Would fix") });
            return Ok(if none { ExitStatus::Clean } else { ExitStatus::Findings });
        }
        if let Some(text) = self.piped.as_ref().filter(|_| args.fix) {
            let mut out = terminal.data();
            out.write_all(text.as_bytes())?;
            if args.text.is_some() {
                out.write_all(b"\n")?;
            }
            out.flush()?;
        }
        Ok(ExitStatus::Clean)
    }

    /// Says what was fixed, or could be.
    pub(super) fn say(&self, args: &Args, terminal: &mut Terminal) {
        if args.fix && !self.changed.is_empty() {
            terminal.say(&self.counted("Fixed"));
            self.changed.values().for_each(|changed| terminal.say(&changed.rules()));
        }
        let fixable = self.fixable.len();
        if fixable > 0 && !args.mends() && args.format.is_none_or(|format| format == Format::Text) {
            terminal.say(&format!("{fixable} of these can be fixed: cordial lint --fix"));
        }
    }

    /// `Fixed 3 findings in 2 files`
    fn counted(&self, done: &str) -> String {
        let findings = self.changed.values().map(|changed| changed.rules.len()).sum();
        format!("{done} {} in {}", count(findings, "finding"), count(self.changed.len(), "file"))
    }
}

impl Changed {
    /// What was fixed: `notes/ana.txt: structure/doubled-word (2)`
    fn rules(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for rule in &self.rules {
            *counts.entry(rule).or_default() += 1;
        }
        let times = |(rule, number)| if number == 1 { str::to_owned(rule) } else { format!("{rule} ({number})") };
        let rules: Vec<_> = counts.into_iter().map(times).collect();
        format!("{}: {}", self.name, rules.join(", "))
    }
}

/// What could not be fixed, and why.
fn remarks(files: &[&(String, String)], mended: &Mended) -> Vec<Problem> {
    let refused = mended.refused.iter().map(|refused| {
        let message = format!("the fix of {} is left out here: {}", refused.rule, refused.why.as_str());
        let finding = Diagnostic::new(Arc::clone(&refused.rule), Level::Warning, message, refused.span);
        let finding = finding.with_help("Change it by hand.");
        Problem::from_diagnostic(&files[refused.text].0, &mended.texts[refused.text], &finding)
    });
    let restless = (!mended.restless.is_empty()).then(|| {
        let message = format!("fixes undo each other, and one is left: {}", mended.restless.join(", "));
        let help = "Change the `swap` of one of these rules, or switch it off under `levels:` in cordial.yaml.";
        Problem::new(&files[0].0, message).warning().with_help(help)
    });
    refused.chain(restless).collect()
}
