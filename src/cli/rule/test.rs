use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::ValueHint;

use crate::cli::args::Which;
use crate::cli::workspace::tell;
use crate::cli::{ExitStatus, Failure, Terminal};
use crate::diagnostic::{Diagnostic, Level};
use crate::lint::prove;
use crate::project::{CONFIG, Files, Look, NamedText, OwnRule, Problem, Project, absolute, expand_rules, shown};
use crate::report::{Style, snippet, wrap};
use crate::rule::RuleSet;
use crate::text::{Document, Sources, Span};

/// Check that rules find what their examples say
///
/// Exit status: 0 every rule is proved, 1 an example or a line fails, 2 a file is no rule that could run.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Rule files, or folders with rules; the project's own rules when left out
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    which: Which,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let files = Files::default();
    let (texts, problems) = if args.paths.is_empty() { own(&files, args)? } else { named(&files, &args.paths) };
    let mut tally = Tally { missing: tell(&problems, terminal), ..Tally::default() };
    tell(&twice(&texts), terminal);
    for text in texts {
        let wrong = tally.rule(text, terminal.style());
        terminal.print(&wrong)?;
    }
    if tally.rules > 0 {
        let style = terminal.style();
        terminal.print(&format!("{}\n", wrap::lines(&tally.line(), style.width, style.width).join("\n")))?;
    }
    Ok(tally.status())
}

type Found = (Vec<NamedText>, Vec<Problem>);

/// The project's own rules.
fn own(files: &Files, args: &Args) -> Result<Found, Failure> {
    let (project, mut problems) = Project::open(files, args.which.look(Path::new(".")));
    let (texts, found) = project.rules(files);
    problems.extend(found);
    if texts.is_empty() && problems.is_empty() {
        let failure = Failure::new("there are no rules of your own here");
        return Err(failure.help(
            "name a rule file or a folder: cordial rule test rules; or start one: cordial rule new my/first --from \
             \"a sentence it should find\"",
        ));
    }
    Ok((texts, problems))
}

/// The rules that paths stand for; the folder of a project stands for its rules.
fn named(files: &Files, paths: &[PathBuf]) -> Found {
    let mut texts: Vec<NamedText> = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        let config = path.join(CONFIG);
        if files.is_file(&config) {
            let (project, found) = Project::open(files, Look::At(&config));
            let (own, trouble) = project.rules(files);
            problems.extend(found.into_iter().chain(trouble));
            texts.extend(own);
            continue;
        }
        let (rules, trouble) = expand_rules(std::slice::from_ref(path));
        problems.extend(trouble);
        for rule in rules {
            match NamedText::rule(files, &rule) {
                Ok(text) => texts.push(text),
                Err(problem) => problems.push(problem),
            }
        }
    }
    let mut seen = Vec::new();
    texts.retain(|text| {
        let file = absolute(&text.file);
        let new = !seen.contains(&file);
        seen.push(file);
        new
    });
    (texts, problems)
}

/// The files whose rule has the id of another file's.
fn twice(texts: &[NamedText]) -> Vec<Problem> {
    let mut first: HashMap<&str, &Path> = HashMap::new();
    let mut problems = Vec::new();
    for text in texts {
        if let Some(other) = first.insert(&text.name, &text.file) {
            let message = format!("this rule has the id {} as {} has", text.name, shown(other));
            let help = "In one project only one of them runs: give one another name.";
            let problem = Problem::new(shown(&text.file), message).with_help(help);
            problems.push(Problem { level: Level::Warning, ..problem });
        }
    }
    problems
}

/// How the rules have done.
#[derive(Debug, Default)]
struct Tally {
    rules: usize,
    failed: usize,
    failures: usize,
    unread: usize,
    /// Whether something that was named could not be read at all.
    missing: bool,
}

impl Tally {
    /// Tests a rule. Returns what is wrong with it.
    fn rule(&mut self, text: NamedText, style: Style) -> String {
        self.rules += 1;
        let (id, source) = (text.name.clone(), text.text.clone());
        let rule = match OwnRule::read(text) {
            Ok(rule) => rule,
            Err(problem) => {
                self.unread += 1;
                return excerpts(&id, &source, &[problem], style);
            }
        };
        let (_, errors) = RuleSet::builtin().with(std::slice::from_ref(&rule.spec));
        if let Some((_, error)) = errors.first() {
            self.unread += 1;
            return excerpts(&id, &source, &[rule.broken(error)], style);
        }
        let failures = prove(&rule.spec);
        self.failures += failures.len();
        self.failed += usize::from(!failures.is_empty());
        let problems: Vec<_> = failures
            .into_iter()
            .map(|failure| Problem {
                help: failure.help.map(Into::into),
                ..rule.problem(&failure.path, failure.at, &failure.message)
            })
            .collect();
        excerpts(&id, &source, &problems, style)
    }

    /// `12 rules, 11 proved, 1 with 2 failures`
    fn line(&self) -> String {
        let one_or_more = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
        let proved = self.rules - self.failed - self.unread;
        let mut line = format!("{}, {proved} proved", one_or_more(self.rules, "rule"));
        if self.failed > 0 {
            line += &format!(", {} with {}", self.failed, one_or_more(self.failures, "failure"));
        }
        if self.unread > 0 {
            line += &format!(", {} that cannot run", self.unread);
        }
        line
    }

    fn status(&self) -> ExitStatus {
        match (self.unread, self.failed) {
            _ if self.missing => ExitStatus::Failed,
            (0, 0) => ExitStatus::Clean,
            (0, _) => ExitStatus::Findings,
            _ => ExitStatus::Failed,
        }
    }
}

/// Problems of one file where they are.
fn excerpts(id: &str, text: &str, problems: &[Problem], style: Style) -> String {
    let name = problems.first().map(|problem| problem.file.as_str()).unwrap_or_default();
    let mut sources = Sources::default();
    let file = sources.add(name, text);
    let document = Document::from_source(file, text, Span::new(0, text.len()));
    let diagnostics: Vec<_> = problems
        .iter()
        .map(|problem| {
            let found = Diagnostic::new(id, problem.level, problem.message.clone(), problem.span);
            match &problem.help {
                Some(help) => found.with_help(help.clone()),
                None => found,
            }
        })
        .collect();
    snippet::render(&document, &diagnostics, &sources, style)
}
