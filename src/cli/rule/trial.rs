use std::path::{Path, PathBuf};

use clap::ValueHint;

use crate::cli::args::Which;
use crate::cli::labelled;
use crate::cli::workspace::{Workspace, tell};
use crate::cli::{ExitStatus, Failure, Terminal};
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Level};
use crate::draft;
use crate::eval::{Label, Signal, Tally, Trial, Wording};
use crate::lint::{Linter, Session};
use crate::project::{Files, expand, shown};
use crate::report::figures::bounds;
use crate::report::{Ink, excerpt, note, snippet, wrap};
use crate::rule::pack::SpecError;
use crate::text::{Document, LineIndex, Sources, Span};

/// Try a phrase on notes before you make a rule of it
///
/// Shows where a rule with this phrase would find it in labelled notes (.jsonl, as for cordial eval) and in drafts, and
/// whether it tells good notes from bad ones. As with every rule, what stands in quotation marks or repeats a fact of the
/// contact is no hit. docs/rules.md explains the phrase language.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The phrase, in quotes: 'would (really)? love'
    #[arg(value_name = "PHRASE")]
    words: String,

    /// Labelled notes, a draft, or a folder with drafts; - for labelled notes on standard input; may be repeated
    #[arg(long, value_name = "PATH", required = true, value_hint = ValueHint::AnyPath)]
    on: Vec<PathBuf>,

    /// Read PHRASE as a regular expression
    #[arg(long)]
    pattern: bool,

    /// Capitals matter
    #[arg(long)]
    exact: bool,

    /// Show every hit, however many there are
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    which: Which,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let wording = if args.pattern { Wording::Pattern } else { Wording::Phrase };
    let trial = match Trial::new(&args.words, wording, args.exact) {
        Ok(trial) => trial,
        Err(error) => {
            terminal.tell(&refused(&args.words, wording, &error, terminal));
            return Ok(ExitStatus::Failed);
        }
    };
    let files = Files::default();
    let near = args.on.first().filter(|path| *path != Path::new("-")).map_or(Path::new("."), PathBuf::as_path);
    let workspace = Workspace::at(&files, args.which.look(near), terminal);
    let mut run = Run {
        args,
        session: Linter::new(trial.rules()).session(),
        known: Linter::new(&workspace.rules).session(),
        tally: Tally::default(),
        new: 0,
        drafts: (0, 0),
        shown: [0; 3],
    };
    let (corpora, drafts): (Vec<_>, Vec<_>) = args.on.iter().cloned().partition(|path| is_corpus(path));
    let mut broken = workspace.broken;
    for corpus in &corpora {
        broken |= run.corpus(corpus, terminal)?;
    }
    broken |= run.drafts(&files, &drafts, terminal)?;
    run.finish(terminal)?;
    Ok(if broken { ExitStatus::Failed } else { ExitStatus::Clean })
}

/// Whether a path names labelled notes.
fn is_corpus(path: &Path) -> bool {
    path == Path::new("-") || path.extension().is_some_and(|kind| kind == "jsonl" || kind == "ndjson" || kind == "json")
}

/// Why a phrase cannot be tried, with its place.
fn refused(words: &str, wording: Wording, error: &SpecError, terminal: &Terminal) -> String {
    let what = if wording == Wording::Pattern { "pattern" } else { "phrase" };
    let mut sources = Sources::default();
    let file = sources.add(what, words);
    let document = Document::from_source(file, words, Span::new(0, words.len()));
    let end = words.get(error.at..).and_then(|rest| rest.chars().next()).map_or(error.at, |c| error.at + c.len_utf8());
    let found = Diagnostic::new(what, Level::Error, error.message.clone(), Span::new(error.at, end));
    let drawn = snippet::render(&document, &[found], &sources, terminal.stderr_style());
    format!("{}\n", drawn.trim_end())
}

/// So many notes of each label are shown unless all are asked for.
const FEW: usize = 10;

struct Run<'a, 'r> {
    args: &'a Args,
    session: Session<'r>,
    /// The rules that run here.
    known: Session<'r>,
    tally: Tally,
    /// Bad notes with the phrase that no rule flags.
    new: usize,
    /// Drafts, and those with the phrase.
    drafts: (usize, usize),
    /// How many good ones, bad ones and drafts have the phrase.
    shown: [usize; 3],
}

impl Run<'_, '_> {
    /// Tries the phrase on labelled notes. Returns whether some could not be read.
    fn corpus(&mut self, path: &Path, terminal: &mut Terminal) -> Result<bool, Failure> {
        let name = labelled::name(path);
        let unread = labelled::each(path, terminal, |line, labelled, terminal| {
            let context = labelled.context(&Context::default(), true);
            let document = Document::from_text(labelled.text.as_ref());
            let found = self.session.lint(&document, &context);
            let hits = usize::from(!found.is_empty());
            match labelled.label {
                Label::Good => {
                    self.tally.good += 1;
                    self.tally.flagged += hits;
                }
                Label::Bad => {
                    self.tally.bad += 1;
                    self.tally.caught += hits;
                }
            }
            if found.is_empty() {
                return Ok(Ok(()));
            }
            let is_good = labelled.label == Label::Good;
            if !is_good {
                let flagged = self.known.lint(&document, &context).iter().any(|found| found.level >= Level::Warning);
                self.new += usize::from(!flagged);
            }
            let id = labelled.name().map(|id| format!(" ({id})")).unwrap_or_default();
            let (group, ink) = if is_good { (0, Ink::Error) } else { (1, Ink::Good) };
            let about = format!("a {} {}", labelled.label, context.kind);
            self.show(group, &format!("{name}:{line}{id}"), ink, &about, document.text(), &found, terminal)?;
            Ok(Ok(()))
        })?;
        Ok(unread.count > 0)
    }

    /// Tries the phrase on drafts. Returns whether some could not be read.
    fn drafts(&mut self, files: &Files, paths: &[PathBuf], terminal: &mut Terminal) -> Result<bool, Failure> {
        let (found, mut problems) = expand(paths);
        let is_template = |path: &PathBuf| path.extension() == Some("tera".as_ref()) && !paths.contains(path);
        for path in found.iter().filter(|path| !is_template(path)) {
            let read = match files.read(path) {
                Ok(read) => read,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            let (draft, _) = draft::read(&read.text);
            let text = &read.text[draft.note.range()];
            let context = Context { kind: draft.front_matter.kind.unwrap_or_default(), ..Context::default() };
            let found = self.session.lint(&Document::from_text(text), &context);
            self.drafts.0 += 1;
            let Some(first) = found.first() else { continue };
            self.drafts.1 += 1;
            let place = LineIndex::new(&read.text).place(&read.text, draft.note.start + first.span.start);
            let place = format!("{}:{}:{}", shown(path), place.line, place.column);
            let about = if found.len() == 1 { "1 hit".to_owned() } else { format!("{} hits", found.len()) };
            self.show(2, &place, Ink::Strong, &about, text, &found, terminal)?;
        }
        Ok(tell(&problems, terminal))
    }

    /// Shows where the phrase stands in a note, as long as there are few of its group.
    #[expect(clippy::too_many_arguments, reason = "one note with all that is said about it")]
    fn show(
        &mut self,
        group: usize,
        place: &str,
        ink: Ink,
        about: &str,
        text: &str,
        found: &[Diagnostic],
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        self.shown[group] += 1;
        if self.shown[group] > FEW && !self.args.all {
            return Ok(());
        }
        let style = terminal.style();
        let spans: Vec<Span> = found.iter().map(|found| found.span).collect();
        let (text, spans) = excerpt(text, &spans);
        let marks: Vec<_> = spans.into_iter().map(|span| Diagnostic::new("try", Level::Warning, "", span)).collect();
        let head = wrap::labelled(place, ink, about, style);
        let body = note::marked(&Document::from_text(text), &marks, style);
        Ok(terminal.print(&format!("{head}{body}\n"))?)
    }

    fn finish(&self, terminal: &mut Terminal) -> Result<(), Failure> {
        let style = terminal.style();
        let mut lines = Vec::new();
        let hidden: usize = self.shown.iter().map(|shown| shown.saturating_sub(FEW)).sum();
        if hidden > 0 && !self.args.all {
            lines.push(format!("{hidden} more: --all shows them"));
        }
        if self.tally.good + self.tally.bad > 0 {
            lines.push(self.counts());
            lines.push(self.advice());
        }
        let (drafts, hits) = self.drafts;
        if drafts > 0 {
            lines.push(format!("hits {hits} of {drafts} {}", if drafts == 1 { "draft" } else { "drafts" }));
        }
        for line in lines {
            let line = wrap::lines(&line, style.width, style.width).join("\n");
            terminal.print(&format!("{}\n", style.fold(&line)))?;
        }
        Ok(())
    }

    /// `hits 12 of 125 bad notes (5.6–16.0 %) and 0 of 105 good notes (0–3.5 %)`
    fn counts(&self) -> String {
        let (good, bad) = (self.tally.good_flagged(), self.tally.recall());
        let mut text = format!("hits {} of {} bad notes ({} %)", bad.count, bad.of, bounds(bad));
        text += &format!(" and {} of {} good notes ({} %)", good.count, good.of, bounds(good));
        match (self.new, bad.count) {
            (_, 0) => {}
            (0, _) => text += "; rules that run here flag all those bad ones already",
            (new, all) if new == all => text += "; no rule that runs here flags those bad ones yet",
            (1, _) => text += "; 1 of those bad ones is flagged by no rule that runs here",
            (new, _) => text += &format!("; {new} of those bad ones are flagged by no rule that runs here"),
        }
        text
    }

    /// What the counts suggest.
    fn advice(&self) -> String {
        match Signal::of(self.tally) {
            Signal::Nothing => "No note here has it: try fewer words, or alternatives such as (chat|call).".to_owned(),
            Signal::OnlyBad if self.tally.caught == 1 => {
                "Only one bad note has it: too few to tell. A wider phrase may find more.".to_owned()
            }
            Signal::OnlyBad => "Only bad notes have it: a rule with it would flag no good note here.".to_owned(),
            Signal::OnlyGood => "Only good notes have it: a rule with it would only disturb.".to_owned(),
            Signal::MoreBad => {
                "Bad notes have it more often, but a rule with it would flag good notes too: narrow it, \
                                or spare those with `except` or `unless`."
                    .to_owned()
            }
            Signal::Unclear => "Good notes have it too, and so few notes cannot tell whether bad ones have it more \
                                often: narrow it before you make a rule of it."
                .to_owned(),
        }
    }
}
