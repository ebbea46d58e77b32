//! A template as it is checked: loaded beside the project's own and those that are built in.

use crate::compose::Reading;
use crate::diagnostic::Diagnostic;
use crate::template::{Library, TemplateFile};
use crate::text::{Document, FileId, Span};

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
    pub(super) fn new(library: Library, one: TemplateFile) -> Self {
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

    /// What is wrong with the template itself, and with what it includes: each file with its findings, its own first.
    pub(super) fn findings(&self, reading: &Reading<'_>) -> Vec<(FileId, Vec<Diagnostic>)> {
        let mut files = vec![(self.file, self.slips.clone())];
        for (file, finding) in &reading.findings {
            match files.iter_mut().find(|(known, _)| known == file) {
                Some((_, found)) => found.push(finding.clone()),
                None => files.push((*file, vec![finding.clone()])),
            }
        }
        files.iter_mut().for_each(|(_, found)| found.sort_by_key(|found| found.span));
        files
    }

    /// The whole of a file.
    pub(super) fn whole(&self, file: FileId) -> Document {
        let text = self.library.sources().get(file).map(|source| source.text.as_str()).unwrap_or_default();
        Document::from_source(file, text, Span::new(0, text.len()))
    }
}
