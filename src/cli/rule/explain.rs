use std::fmt::Write as _;
use std::path::Path;

use super::{find, foreign, levels, spoken, state};
use crate::cli::args::Which;
use crate::cli::workspace::Workspace;
use crate::cli::{ExitStatus, Failure, Terminal};
use crate::context::{Account, Channel};
use crate::diagnostic::{Diagnostic, Level};
use crate::project::Files;
use crate::report::{Ink, Style, columns, escape, note, wrap};
use crate::rule::pack::{Check, Count, Counted, Role, RuleDoc};
use crate::rule::spec::{AddressKind, Evidence, Per, PlaceholderKind, RecipientKind};
use crate::rule::{Listed, RuleSet};
use crate::text::{Document, Span};

/// Explain a rule: what it finds, why, and how to switch it off
#[derive(clap::Args)]
pub(super) struct Args {
    /// The rule, such as pushy/bump
    #[arg(value_name = "ID")]
    id: String,

    /// Show every phrase, however many there are
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    which: Which,
}

pub(super) fn run(args: &Args, terminal: &mut Terminal) -> Result<ExitStatus, Failure> {
    let workspace = Workspace::at(&Files::default(), args.which.look(Path::new(".")), terminal);
    let listed = find(&workspace.rules, &args.id)?;
    let mut page = Page { listed, style: terminal.style(), out: String::new() };
    let doc = listed.doc();
    page.head(&workspace.rules);
    page.reasons(doc.as_ref());
    if let Some(doc) = &doc {
        page.examples(doc);
        page.finds(doc, if args.all { usize::MAX } else { FEW });
        page.limits();
        page.evidence(doc);
    }
    page.switch();
    terminal.print(&page.out)?;
    Ok(if workspace.broken { ExitStatus::Failed } else { ExitStatus::Clean })
}

/// So many phrases are shown unless all are asked for.
const FEW: usize = 12;

struct Page<'r> {
    listed: Listed<'r>,
    style: Style,
    out: String,
}

impl Page<'_> {
    /// Text wrapped to the width, set in by `indent`; later lines by two more.
    fn line(&mut self, indent: usize, text: &str) {
        let text = escape::visible(text, self.style.unicode);
        let text = self.style.fold(&text);
        let room = |column: usize| self.style.width.saturating_sub(column).max(1);
        for (row, line) in wrap::lines(&text, room(indent), room(indent + 2)).into_iter().enumerate() {
            let column = if row == 0 { indent } else { indent + 2 };
            let _ = writeln!(self.out, "{:column$}{line}", "");
        }
    }

    /// The title of a section, after an empty line.
    fn title(&mut self, text: &str) {
        let text = self.style.fold(text);
        self.out.push('\n');
        for line in wrap::lines(&text, self.style.width, self.style.width) {
            let _ = writeln!(self.out, "{}", self.style.paint(Ink::Strong, line));
        }
    }

    /// `pushy/bump: A reminder with nothing new in it`, and how it weighs.
    fn head(&mut self, rules: &RuleSet) {
        let rule = self.listed.rule;
        self.out += &wrap::labelled(&rule.id, Ink::Strong, &rule.summary, self.style);
        let (level, rest) = levels(&self.listed);
        let mut about = match (state(&self.listed), self.listed.own) {
            ("on", _) => "on".to_owned(),
            ("own", _) => "on; a rule of your own".to_owned(),
            (state, true) => format!("{state}; a rule of your own"),
            (state, false) => state.to_owned(),
        };
        if self.listed.own && rules.rules().any(|other| !other.own && other.rule.id == rule.id) {
            about += " that replaces the built-in one";
        }
        let level = rest.map_or_else(|| level.to_string(), |rest| format!("{level} ({rest})"));
        self.line(0, &format!("{level}, {about}"));
        self.languages(rules);
    }

    /// The language of its phrases, and the others that it has phrases in.
    fn languages(&mut self, rules: &RuleSet) {
        let rule = self.listed.rule;
        let others = rules.rules().filter(|other| other.rule.id == rule.id && other.rule.language != rule.language);
        let others: Vec<_> = others.filter_map(|other| other.rule.language.as_deref()).collect();
        let mut about =
            foreign(&self.listed).map(|tag| format!("for notes in {}", spoken(tag))).into_iter().collect::<Vec<_>>();
        if let Some(one) = others.first() {
            let names: Vec<_> = others.iter().map(|tag| spoken(tag)).collect();
            about.push(format!("also in {}: cordial rule explain {}.{one}", names.join(", "), rule.id));
        }
        if !about.is_empty() {
            self.line(0, &about.join("; "));
        }
    }

    fn reasons(&mut self, doc: Option<&RuleDoc>) {
        self.out.push('\n');
        let why = doc.and_then(|doc| doc.why.as_deref());
        for (label, text) in [("why", why), ("help", self.listed.rule.help.as_deref())] {
            if let Some(text) = text {
                self.out += &wrap::labelled(label, Ink::Help, text.trim(), self.style);
            }
        }
    }

    /// What it looks for, in words and in its phrases.
    fn finds(&mut self, doc: &RuleDoc, most: usize) {
        let rule = self.listed.rule;
        let mut finds = finds(&rule.check);
        if rule.min > 1 {
            let _ = write!(finds, ", at least {} different ones in a note", rule.min);
        }
        if rule.exact {
            finds += "; capitals matter";
        }
        self.title(&finds);
        let lines = |role: Role| doc.lines.iter().filter(move |(of, _)| *of == role).map(|(_, text)| text.clone());
        let mut found: Vec<_> = lines(Role::Find).collect();
        if let Check::Swap(texts) = &rule.check {
            let texts = texts.iter().map(|text| if text.is_empty() { "(leave it out)" } else { text });
            found = found.iter().zip(texts).map(|(phrase, text)| format!("{phrase} → {text}")).collect();
        }
        self.phrases(&found, most);
        for (role, title) in [
            (Role::Except, "Not where it overlaps"),
            (Role::Unless, "Not in a sentence with"),
            (Role::When, "Only in a note with"),
        ] {
            let found: Vec<_> = lines(role).collect();
            if !found.is_empty() {
                self.title(title);
                self.phrases(&found, most);
            }
        }
    }

    fn phrases(&mut self, phrases: &[String], most: usize) {
        for phrase in phrases.iter().take(most) {
            self.line(2, phrase);
        }
        if phrases.len() > most {
            self.line(2, &format!("… and {} more: --all shows them", phrases.len() - most));
        }
    }

    /// The channel table, for rules about length.
    fn limits(&mut self) {
        if !matches!(self.listed.rule.check, Check::Length(_)) {
            return;
        }
        self.title("Limits, counted in UTF-16 units as a browser's text box counts");
        let row = |channel: Channel| {
            let (source, checked, confidence) = channel.evidence();
            let of = |account| channel.limit(Some(account)).map(|limit| limit.hard);
            let limit = match (of(Account::Free), of(Account::Premium)) {
                (Some(free), Some(premium)) if free == premium => format!("{free}"),
                (Some(free), Some(premium)) => format!("{free} with a free account, {premium} with Premium"),
                _ => "no limit".to_owned(),
            };
            let text = format!("{limit}\n{confidence}\n{source} (checked {checked})");
            [(Ink::Strong, channel.to_string()), (Ink::Plain, text)]
        };
        let rows: Vec<_> = Channel::all().map(row).collect();
        self.out += &columns::render(&rows, usize::MAX, self.style);
    }

    fn examples(&mut self, doc: &RuleDoc) {
        if !doc.flags.is_empty() {
            self.title("It finds");
        }
        let level = levels(&self.listed).0;
        for (number, (text, found)) in doc.flags.iter().take(2).enumerate() {
            self.example(number, text, found, level);
        }
        // The same text may be found in one kind of note and left alone in another; that would explain nothing.
        let is_found = |text: &String| doc.flags.iter().any(|(found, _)| found == text);
        if let Some(text) = doc.allows.iter().find(|text| !is_found(text)) {
            self.title("It leaves alone");
            self.example(0, text, "", level);
        }
    }

    fn example(&mut self, number: usize, text: &str, found: &str, level: Level) {
        if number > 0 {
            self.out.push('\n');
        }
        let start = text.find(found).filter(|_| !found.is_empty());
        let found = start.map(|start| {
            Diagnostic::new(self.listed.rule.id.as_str(), level, "", Span::new(start, start + found.len()))
        });
        self.out += &note::marked(&Document::from_text(text), found.as_slice(), self.style);
    }

    fn evidence(&mut self, doc: &RuleDoc) {
        if doc.evidence.is_none() && doc.source.is_empty() {
            return;
        }
        self.title("Evidence");
        if let Some(evidence) = doc.evidence {
            self.line(2, grade(evidence));
        }
        for source in &doc.source {
            self.line(2, source);
        }
    }

    fn switch(&mut self) {
        let id = &self.listed.rule.id;
        let runs = self.listed.runs;
        self.title(if runs { "To switch it off" } else { "To switch it on" });
        self.line(2, "for all notes, in cordial.yaml:");
        self.line(6, "levels:");
        self.line(8, &format!("{id}: {}", if runs { "off" } else { "on" }));
        if runs {
            self.line(2, "for one draft, between lines of --- at its top:");
            self.line(6, &format!("allow: [{id}]"));
        }
    }
}

/// What a check looks for, as a title of its phrases.
fn finds(check: &Check) -> String {
    match check {
        Check::Phrases => "Finds these phrases".into(),
        Check::Swap(_) => "Finds these phrases and offers other words".into(),
        Check::Pattern { .. } => "Finds what this regular expression matches".into(),
        Check::Count(count) => counts(count),
        Check::Repeat { run, phrases: false } => format!("Finds the same word {run} times in a row"),
        Check::Repeat { run, phrases: true } => format!("Finds {run} sentences in a row with one of these phrases"),
        Check::Requires => "Finds a note without any of these phrases".into(),
        Check::Density(settings) => {
            format!("Finds a note in which {} different rules of {} find something", settings.distinct, settings.rules)
        }
        Check::Length(100) => "Finds a note that is longer than its channel allows".into(),
        Check::Length(percent) => format!("Finds a note that is longer than {percent} % of what its channel allows"),
        Check::Placeholder(PlaceholderKind::Field) => {
            "Finds fields that were not filled in: {{name}}, [Company], %NAME%, FIRSTNAME".into()
        }
        Check::Placeholder(PlaceholderKind::Gap) => "Finds places where a value is missing: “Hi ,”, “at .”".into(),
        Check::Recipient(RecipientKind::Name) => "Finds a greeting to somebody else than the contact".into(),
        Check::Recipient(RecipientKind::Company) => {
            "Finds another employer than the contact's, behind one of these phrases".into()
        }
        Check::Recipient(RecipientKind::Others) => "Finds a detail that belongs to another contact of the run".into(),
        Check::Unused => "Finds a note that uses none of the facts you gave about the contact".into(),
        Check::Missing { .. } => {
            "Finds a note without a word that is only for its reader, when you gave no facts about them".into()
        }
        Check::Address { kind: AddressKind::Mixed, .. } => {
            "Finds a note with familiar and polite forms of address, such as these".into()
        }
        Check::Address { kind: AddressKind::Contact, .. } => {
            "Finds another form of address than the contact's, by these words".into()
        }
        Check::Claimed(_) => "Finds these phrases where no fact about the contact supports them".into(),
    }
}

fn counts(count: &Count) -> String {
    let of = match &count.of {
        Counted::Words => "words".to_owned(),
        Counted::Sentences => "sentences".to_owned(),
        Counted::Questions => "questions".to_owned(),
        Counted::Units => "characters (UTF-16 units, as LinkedIn counts)".to_owned(),
        Counted::Marks(marks) => format!("of the marks {marks}"),
        Counted::Phrases => "of these".to_owned(),
    };
    let per = if count.per == Per::Note { "note" } else { "sentence" };
    match (count.min, count.max) {
        (Some(min), Some(max)) => format!("Finds a {per} with fewer than {min} or more than {max} {of}"),
        (Some(min), None) => format!("Finds a {per} with fewer than {min} {of}"),
        (None, Some(max)) => format!("Finds a {per} with more than {max} {of}"),
        (None, None) => format!("Counts {of} in a {per}"),
    }
}

/// What a grade of evidence means.
const fn grade(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::A => "A: replicated, or a large field experiment",
        Evidence::B => "B: one good study, or a platform's own data",
        Evidence::C => "C: vendors' figures and small tests",
        Evidence::D => "D: practitioners agree; nobody has measured it",
    }
}
