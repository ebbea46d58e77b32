//! A template as it is checked: loaded beside the project's own and those that are built in.

use std::path::Path;

use jiff::civil::Date;

use super::workspace::Workspace;
use crate::compose::{Reading, SampleNote};
use crate::context::{Account, Context, Kind};
use crate::diagnostic::{Diagnostic, Level};
use crate::lint::{Suppressed, Watch, stale, suppress};
use crate::project::{FileText, Files};
use crate::rule::RuleSet;
use crate::template::{Allowed, Library, TemplateFile};
use crate::text::{Document, FileId, Span};

/// What was found in a template's file.
pub(super) struct OfFile {
    pub(super) file: FileId,
    pub(super) found: Vec<Diagnostic>,
    pub(super) suppressed: Vec<Suppressed>,
}

/// A template among the others.
pub(super) struct Loaded {
    pub(super) library: Library,
    /// Its file, in the library's sources.
    pub(super) file: FileId,
    /// What is wrong with it.
    pub(super) slips: Vec<Diagnostic>,
    one: TemplateFile,
}

impl Loaded {
    /// A template beside the others of its project, which are read into `library` when nobody has.
    pub(super) fn open(
        read: &FileText,
        path: Option<&Path>,
        workspace: &Workspace,
        library: &mut Option<Library>,
        files: &Files,
    ) -> Self {
        let path = path.unwrap_or(Path::new(&read.name));
        let id = workspace.project.template_name(path).unwrap_or_else(|| loose_id(path));
        let library = library.get_or_insert_with(|| workspace.library(files).0).clone();
        Self::new(library, TemplateFile { id, name: read.name.clone(), text: read.text.clone() })
    }

    fn new(library: Library, one: TemplateFile) -> Self {
        let (library, file, slips) = library.with_file(one.clone());
        Self { library, file, slips, one }
    }

    /// The other templates whose files have such names.
    pub(super) fn others(&self, is_named: impl Fn(&str) -> bool) -> Vec<TemplateFile> {
        let others = self.library.all().filter(|other| other.file() != self.file && !other.is_builtin());
        let files = others.filter_map(|other| {
            let source = self.library.sources().get(other.file())?;
            let file = TemplateFile { id: other.id().to_owned(), name: source.name.clone(), text: source.text.clone() };
            is_named(&source.name).then_some(file)
        });
        files.collect()
    }

    /// The same with another text, and with other texts of some templates around it.
    pub(super) fn with(&self, text: &str, others: &[TemplateFile]) -> Self {
        let (library, _) = self.library.clone().with_files(others);
        Self::new(library, TemplateFile { text: text.to_owned(), ..self.one.clone() })
    }

    /// The file of another template as it is now; `None` for one that has an error.
    pub(super) fn file_of(&self, other: &TemplateFile) -> Option<FileId> {
        self.library.get(&other.id).map(crate::template::Template::file)
    }

    /// The notes to its sample people, without what is allowed on this day.
    pub(super) fn read(
        &self,
        account: Option<Account>,
        today: Date,
        lint: impl FnMut(&Document, &Context<'_>) -> Vec<Diagnostic>,
    ) -> Reading<'_> {
        let mut reading = self.library.read_samples(self.file, account, lint);
        for draft in reading.notes.iter_mut().map(|note| &mut note.draft) {
            let (over, suppressed) =
                std::mem::take(&mut draft.suppressed).into_iter().partition(|one| one.allowance.is_over(Some(today)));
            draft.suppressed = suppressed;
            draft.diagnostics.extend(Vec::into_iter(over).map(|one: Suppressed| one.diagnostic));
            draft.diagnostics.sort_by_key(|found| found.span);
        }
        reading
    }

    /// What is wrong with the template itself, and with what it includes: each file with its findings, its own first.
    pub(super) fn findings(&self, reading: &Reading<'_>, today: Date) -> Vec<OfFile> {
        let mut files = vec![(self.file, self.slips.clone())];
        for (file, finding) in &reading.findings {
            match files.iter_mut().find(|(known, _)| known == file) {
                Some((_, found)) => found.push(finding.clone()),
                None => files.push((*file, vec![finding.clone()])),
            }
        }
        let of_file = |(file, mut found): (FileId, Vec<Diagnostic>)| {
            let allowed = |file| self.library.allowances(file);
            let suppressed = suppress(&mut found, &self.whole(file), file, allowed, Some(today));
            found.sort_by_key(|found| found.span);
            OfFile { file, found, suppressed }
        };
        files.into_iter().map(of_file).collect()
    }

    /// What is wrong with what the template allows. `could_look` tells of a word of it and of one of the notes whether a
    /// rule it names had what it needs.
    pub(super) fn judge(
        &self,
        reading: &Reading<'_>,
        own: &OfFile,
        rules: &RuleSet,
        today: Date,
        could_look: impl Fn(&str, &SampleNote<'_>) -> bool,
    ) -> Vec<Diagnostic> {
        let Some(Allowed { list, parts }) = self.library.allowed(self.file) else { return Vec::new() };
        let today = Some(today);
        let mut wrong = stale(list, rules, today);
        if reading.is_read && !own.found.iter().any(|found| found.level == Level::Error) {
            let mut watch = Watch::default();
            watch.note(&self.whole(self.file), &own.suppressed, &[], |_| false);
            for note in &reading.notes {
                watch.note(&note.draft.document, &note.draft.suppressed, list, |word| could_look(word, note));
            }
            wrong.extend(watch.unused(self.file, list, parts, rules, today));
        }
        wrong
    }

    /// What a note to a sample person is for.
    pub(super) fn context<'n>(&self, note: &'n SampleNote<'_>) -> Context<'n> {
        let SampleNote { sample, draft, .. } = note;
        let template = self.library.get(&draft.template);
        Context {
            kind: draft.kind,
            channel: Some(draft.channel),
            account: None,
            language: template.and_then(|template| template.front().language.parse().ok()),
            contact: Some(&sample.contact),
            others: &[],
            today: sample.today,
        }
    }

    /// The whole of a file.
    pub(super) fn whole(&self, file: FileId) -> Document {
        let text = self.library.sources().get(file).map(|source| source.text.as_str()).unwrap_or_default();
        Document::from_source(file, text, Span::new(0, text.len()))
    }
}

/// The id of a template that stands in no project's folder of templates.
fn loose_id(path: &Path) -> String {
    let name = |path: Option<&Path>| path?.file_name()?.to_str().map(str::to_owned);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent();
    let in_templates = || name(folder.and_then(Path::parent)).is_some_and(|name| name == "templates");
    match name(folder) {
        Some(folder) if folder.parse::<Kind>().is_ok() || in_templates() => format!("{folder}/{stem}"),
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_outside_a_project_has_the_id_its_folders_give_it() {
        for (path, id) in [
            ("x.tera", "x"),
            ("/tmp/x.tera", "x"),
            ("invite/x.tera", "invite/x"),
            ("follow-up/x.tera", "follow-up/x"),
            ("a/templates/parts/sign.tera", "parts/sign"),
            ("parts/sign.tera", "sign"),
        ] {
            assert_eq!(loose_id(Path::new(path)), id);
        }
    }
}
