use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::read::{absolute, shown};
use super::{Files, Origin, Problem};
use crate::config::{Config, Override};
use crate::contact::field;
use crate::diagnostic::{Diagnostic, Level};
use crate::text::yaml::{Places, Segment};
use crate::text::{LineIndex, Span};

/// The name of a config file.
pub const CONFIG: &str = "cordial.yaml";

/// How many configs may extend each other.
const LONGEST_CHAIN: usize = 16;

/// Which config applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look<'a> {
    /// The nearest one above a file or folder, which need not exist.
    Near(&'a Path),
    /// This one.
    At(&'a Path),
    /// None.
    Isolated,
}

/// The nearest config above a file or folder.
#[must_use]
pub fn find_config(files: &Files, near: &Path) -> Option<PathBuf> {
    let near = absolute(near);
    near.ancestors().map(|folder| folder.join(CONFIG)).find(|config| files.is_file(config))
}

/// A config file.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub(super) file: PathBuf,
    pub(super) folder: PathBuf,
    pub(super) config: Config,
    name: String,
    text: String,
    /// The patterns of each override.
    patterns: Vec<Gitignore>,
}

impl Layer {
    /// A finding in this file.
    pub(super) fn problem(&self, diagnostic: &Diagnostic) -> Problem {
        Problem::from_diagnostic(&self.name, &self.text, diagnostic)
    }

    /// An error at a place in this file.
    pub(super) fn problem_with(&self, message: String, span: Span) -> Problem {
        self.problem(&Diagnostic::new("config", Level::Error, message, span))
    }

    /// Trouble with a file that this one names.
    pub(super) fn problem_from(&self, problem: &Problem, span: Span) -> Problem {
        Problem { help: problem.help.clone(), ..self.problem_with(problem.to_string(), span) }
    }

    /// The bytes of a key at the top of this file.
    pub(super) fn key(&self, key: &str) -> Option<Span> {
        Places::parse(&self.text).ok()?.key(&[Segment::Key(key)])
    }

    /// The bytes of a field of the writer in this file.
    pub(super) fn me_field(&self, path: &str) -> Option<Span> {
        field(Places::parse(&self.text).ok()?.node(&[Segment::Key("me")])?, path)
    }

    /// The line of a byte of this file.
    pub(super) fn origin(&self, at: usize) -> Origin {
        Origin { file: self.file.clone(), line: LineIndex::new(&self.text).line(at) }
    }

    /// The overrides that apply to a file.
    pub(super) fn overrides(&self, file: &Path) -> impl Iterator<Item = &Override> {
        let inside = file.strip_prefix(&self.folder).ok().map(Path::to_owned);
        let pairs = self.config.overrides.iter().zip(&self.patterns);
        pairs.filter_map(move |(own, patterns)| {
            let matched = patterns.matched_path_or_any_parents(inside.as_ref()?, false);
            matched.is_ignore().then_some(own)
        })
    }

    fn read(files: &Files, file: &Path) -> Result<(Self, Vec<Problem>), Problem> {
        let file = absolute(file);
        let read = files.read(&file)?;
        let (config, mut found) = Config::from_yaml(&read.text);
        let folder = file.parent().map(Path::to_owned).unwrap_or_default();
        let patterns = config.overrides.iter().map(|own| compile(&folder, own, &mut found)).collect();
        let layer = Self { file, folder, config, name: read.name, text: read.text, patterns };
        let problems = Problem::from_diagnostics(&layer.name, &layer.text, &found);
        Ok((layer, problems))
    }
}

fn compile(folder: &Path, own: &Override, found: &mut Vec<Diagnostic>) -> Gitignore {
    let mut builder = GitignoreBuilder::new(folder);
    for pattern in &own.paths {
        if let Err(error) = builder.add_line(None, &pattern.value) {
            let message = format!("“{}” is not a pattern for paths: {error}", pattern.value);
            let help = "Write it as in .gitignore: `follow-ups/*.txt`.";
            found.push(Diagnostic::new("config", Level::Error, message, pattern.span).with_help(help));
        }
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// Reads the config that applies and those it extends, the nearest first.
pub(super) fn load(files: &Files, look: Look<'_>) -> (Vec<Layer>, Vec<Problem>) {
    let mut layers: Vec<Layer> = Vec::new();
    let mut problems = Vec::new();
    let mut next = match look {
        Look::Near(path) => find_config(files, path),
        Look::At(path) => Some(path.to_owned()),
        Look::Isolated => None,
    };
    while let Some(file) = next.take() {
        match Layer::read(files, &file) {
            Ok((layer, found)) => {
                problems.extend(found);
                layers.push(layer);
            }
            Err(problem) => {
                problems.push(match layers.last().and_then(|from| Some((from, from.config.extend.as_ref()?))) {
                    Some((from, extend)) => from.problem_from(&problem, extend.span),
                    None => problem,
                })
            }
        }
        let Some(last) = layers.last().filter(|last| last.file == absolute(&file)) else { break };
        let Some(extend) = &last.config.extend else { break };
        let mut base = absolute(&last.folder.join(&extend.value));
        if base.is_dir() {
            base.push(CONFIG);
        }
        if layers.len() == LONGEST_CHAIN || layers.iter().any(|layer| layer.file == base) {
            let message = format!("{} is extended in a circle", shown(&base));
            problems.push(last.problem_with(message, extend.span));
            break;
        }
        next = Some(base);
    }
    (layers, problems)
}
