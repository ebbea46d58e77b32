//! `cordial eval`: how often the rules are right about notes that somebody labelled.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueHint;

use super::args::{About, Format, Which};
use super::json_lines::Refusal;
use super::labelled::{self, Unread};
use super::workspace::{Workspace, tell};
use super::{ExitStatus, Failure, Terminal};
use crate::context::Context;
use crate::eval::{Evaluation, Issues, Label, LabelledNote, Miss, Proportion, View};
use crate::lint::Linter;
use crate::project::{self, Files, Problem, shown};
use crate::report::json::Evaluated;
use crate::report::{Ink, figures, miss, wrap};
use crate::rule::RuleSet;

/// Measure the rules on labelled notes
///
/// Reads one JSON object a line: `text` and `label` (good or bad), perhaps `kind`, `issues`, `contact`, `native` and `id`.
/// Says how many good notes are flagged and how many bad ones missed, with 95 % intervals, and which rules do it.
/// Exit status: 0 done, 1 a bound was passed, 2 something could not be read.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The labelled notes; - for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,

    /// Which rules stand for which issue; issues.yaml beside FILE when left out
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    issues: Option<PathBuf>,

    /// List the good notes that are flagged and the bad ones that are missed, and why
    #[arg(long)]
    misses: bool,

    /// List the bad notes that are flagged by no rule that stands for their issues
    #[arg(long)]
    wrong_reasons: bool,

    /// What the rules see: bare (the text), contacts (also who it is for) or both
    #[arg(long, value_name = "VIEW", value_enum, default_value_t, hide_possible_values = true)]
    view: Views,

    /// Exit with 1 if more good notes are flagged: 6% or 0.06
    #[arg(long, value_name = "SHARE")]
    max_flagged: Option<Bound>,

    /// Exit with 1 if fewer bad notes are flagged: 80% or 0.8
    #[arg(long, value_name = "SHARE")]
    min_recall: Option<Bound>,

    /// How to print: text or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, hide_possible_values = true)]
    format: Format,

    #[command(flatten)]
    about: About,

    #[command(flatten)]
    which: Which,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Views {
    #[default]
    Both,
    Bare,
    Contacts,
}

impl Views {
    const fn list(self) -> &'static [View] {
        match self {
            Self::Both => &View::ALL,
            Self::Bare => &[View::Bare],
            Self::Contacts => &[View::Contact],
        }
    }
}

/// A share that figures are held against.
#[derive(Clone, Debug, PartialEq)]
struct Bound {
    share: f64,
    /// As it was typed.
    text: String,
}

impl FromStr for Bound {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (number, whole) = text.trim().strip_suffix('%').map_or((text, 1.0), |number| (number, 100.0));
        let share = number.trim().parse::<f64>().ok().map(|number| number / whole);
        let share = share.filter(|share| (0.0..=1.0).contains(share));
        let share = share.ok_or("a share goes from 0% to 100%: write 6% or 0.06")?;
        Ok(Self { share, text: text.to_owned() })
    }
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let files = Files::default();
    let is_stdin = args.file == Path::new("-");
    let near = if is_stdin { Path::new(".") } else { &args.file };
    let workspace = Workspace::at(&files, args.which.look(near), terminal);
    let table = args.issues.clone().or_else(|| {
        let beside = args.file.with_file_name("issues.yaml");
        (!is_stdin && files.is_file(&beside)).then_some(beside)
    });
    let (issues, problems) = match &table {
        Some(table) => read_issues(&files, table, &workspace.rules)?,
        None => (None, Vec::new()),
    };
    let broken = tell(&problems, terminal) || workspace.broken;
    let about = &args.about;
    let base = Context {
        kind: about.kind.unwrap_or_default(),
        channel: about.channel,
        account: about.account.or(workspace.project.config.account),
        today: about.today,
        ..Context::default()
    };
    let evaluation = Evaluation::new(&Linter::new(&workspace.rules), issues, base).in_views(args.view.list());
    let table = table.as_deref().map(shown);
    let mut run = Run { args, name: labelled::name(&args.file), table, evaluation, json: None, good: 0, bad: 0 };
    let status = run.all(terminal)?;
    Ok(if broken { ExitStatus::Failed } else { status })
}

/// The table of issues, and what is wrong with it.
fn read_issues(files: &Files, file: &Path, rules: &RuleSet) -> Result<(Option<Issues>, Vec<Problem>), Failure> {
    let read = files.read(file).map_err(|problem| Failure::from(&problem))?;
    let (issues, mut found) = Issues::from_yaml(&read.text);
    found.extend(issues.unknown(rules));
    let mut problems = Problem::from_diagnostics(&read.name, &read.text, &found);
    problems.extend(read.warning);
    Ok((Some(issues), problems))
}

struct Run<'a, 'r> {
    args: &'a Args,
    name: String,
    /// The table of issues.
    table: Option<String>,
    evaluation: Evaluation<'r>,
    json: Option<Evaluated>,
    good: usize,
    bad: usize,
}

impl Run<'_, '_> {
    fn all(&mut self, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
        let lists = self.args.misses || self.args.wrong_reasons;
        self.json = (self.args.format == Format::Json).then(|| Evaluated::new(&self.name, lists));
        let file = self.args.file.clone();
        let unread = labelled::each(&file, terminal, |line, note, terminal| self.note(line, note, terminal))?;
        self.nothing(&unread)?;
        self.figures(&unread, terminal)?;
        self.remarks(terminal);
        let passed = self.passed();
        passed.iter().for_each(|passed| terminal.say(passed));
        Ok(match (unread.count, passed.len()) {
            (0, 0) => ExitStatus::Clean,
            (0, _) => ExitStatus::Findings,
            _ => ExitStatus::Failed,
        })
    }

    /// Judges a note, counts it, and shows it if it was misjudged and somebody asked.
    fn note(
        &mut self,
        line: usize,
        note: &LabelledNote<'_>,
        terminal: &mut Terminal,
    ) -> Result<Result<(), Refusal>, Failure> {
        let Some(judged) = project::guarded(|| self.evaluation.judge(note)) else {
            return Ok(Err(Refusal::new("cordial failed on this note: please report it")));
        };
        self.evaluation.count(note, &judged);
        match note.label {
            Label::Good => self.good += 1,
            Label::Bad => self.bad += 1,
        }
        for missed in self.evaluation.misses(note, &judged) {
            let wanted = if missed.miss == Miss::OtherReason { self.args.wrong_reasons } else { self.args.misses };
            if !wanted {
                continue;
            }
            match &mut self.json {
                Some(json) => {
                    json.miss(line, note, &missed);
                    terminal.print(&String::from_utf8_lossy(&json.take()))?;
                }
                None => {
                    let place = format!("{}:{line}", self.name);
                    terminal.print(&miss::render(&place, note, &missed, terminal.style()))?;
                }
            }
        }
        Ok(Ok(()))
    }

    /// Whether there is nothing to count.
    fn nothing(&self, unread: &Unread) -> Result<(), Failure> {
        if View::ALL.iter().any(|view| self.evaluation.figures(*view).is_some()) {
            return Ok(());
        }
        if self.good + self.bad > 0 {
            let failure = Failure::new("no note of this file has a contact").at(&self.name);
            return Err(
                failure.help("leave --view out, or say whom the notes are for: \"contact\": {\"first_name\": …}")
            );
        }
        let what = if unread.count > 0 {
            "no line of this file is a labelled note"
        } else {
            "there are no notes in this file"
        };
        let failure = Failure::new(what).at(&self.name);
        Err(failure.help("write one note a line: {\"text\": \"Hi Ana, …\", \"label\": \"good\", \"kind\": \"invite\"}"))
    }

    fn figures(&mut self, unread: &Unread, terminal: &mut Terminal) -> Result<(), Failure> {
        if let Some(json) = self.json.take() {
            let first: Vec<_> = unread.first.iter().map(|(number, refusal)| (*number, refusal.told())).collect();
            let rest = json.finish(&self.evaluation, unread.count, &first);
            return Ok(terminal.print(&String::from_utf8_lossy(&rest))?);
        }
        let style = terminal.style();
        let notes = self.good + self.bad;
        let noun = if notes == 1 { "note" } else { "notes" };
        let mut about = format!("{notes} labelled {noun}, {} good and {} bad", self.good, self.bad);
        match unread.count {
            0 => {}
            1 => about += "; 1 line could not be read",
            more => about += &format!("; {more} lines could not be read"),
        }
        let title = wrap::labelled(&self.name, Ink::Strong, &about, style);
        let tables = figures::render(&self.evaluation, style);
        let legend = figures::legend(&self.evaluation, self.table.as_deref(), style);
        Ok(terminal.print(&format!("{title}\n{tables}{legend}"))?)
    }

    /// What keeps the figures from saying more.
    fn remarks(&self, terminal: &mut Terminal) {
        let unnamed = self.evaluation.unnamed_issues();
        if !unnamed.is_empty() {
            let text = format!("no rule stands for {}: add a row to the table of issues", unnamed.join(", "));
            let note = wrap::labelled("note", Ink::Help, &text, terminal.stderr_style());
            terminal.tell(&note);
        }
    }

    /// The bounds that were passed, in words.
    fn passed(&self) -> Vec<String> {
        let views = View::ALL.into_iter().filter_map(|view| Some((view, self.evaluation.figures(view)?.all)));
        let mut passed = Vec::new();
        for (view, tally) in views {
            let title = figures::title(view);
            let of = |of: Proportion| format!("{} of {}", of.count, of.of);
            let (flagged, recall) = (tally.good_flagged(), tally.recall());
            if let Some(most) = self.args.max_flagged.as_ref().filter(|most| flagged.share() > Some(most.share)) {
                passed.push(format!("{title}: {} good notes flagged, more than {}", of(flagged), most.text));
            }
            let short = |least: &&Bound| recall.share().is_some_and(|share| share < least.share);
            if let Some(least) = self.args.min_recall.as_ref().filter(short) {
                passed.push(format!("{title}: {} bad notes flagged, fewer than {}", of(recall), least.text));
            }
        }
        passed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_a_share() {
        let share = |text: &str| text.parse::<Bound>().ok().map(|bound| bound.share);
        assert_eq!(["6%", "0.06", "2.5 %", "1", "0"].map(share), [0.06, 0.06, 0.025, 1.0, 0.0].map(Some));
        assert_eq!(["6", "-1%", "x", "", "%", "101%", "NaN"].map(share), [None; 7]);
    }
}
