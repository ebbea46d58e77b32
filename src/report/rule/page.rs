use std::fmt::Write as _;

use super::{
    LIMITS, about, allowed, grade, is_about_limits, language, levels, limit, lines, looks_for, narrowing, phrases,
    state,
};
use crate::context::Channel;
use crate::diagnostic::Diagnostic;
use crate::report::{Ink, Style, columns, escape, note, wrap};
use crate::rule::Listed;
use crate::rule::pack::{ExampleDoc, RuleDoc};
use crate::text::{Document, Span};

/// How many of a rule's phrases are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Amount {
    /// The first twelve.
    #[default]
    Few,
    /// All of them.
    All,
}

/// A rule's page: what it finds, why, what it knows that from, and how to switch it off. `replaces` says that it is a
/// rule of one's own in the place of a built-in one, `others` which languages it has phrases in besides.
#[must_use]
pub fn page(listed: Listed<'_>, replaces: bool, others: &[&str], amount: Amount, style: Style) -> String {
    let mut page = Page { listed, style, out: String::new() };
    let doc = listed.doc();
    page.head(replaces);
    page.languages(others);
    page.reasons(doc.as_ref());
    if let Some(doc) = &doc {
        page.examples(doc);
        page.finds(doc, if amount == Amount::All { usize::MAX } else { 12 });
        page.limits();
        page.evidence(doc);
    }
    page.switch();
    page.out
}

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
    fn head(&mut self, replaces: bool) {
        let rule = self.listed.rule;
        self.out += &wrap::labelled(&rule.id, Ink::Strong, &rule.summary, self.style);
        let (level, rest) = levels(&self.listed);
        let mut about = match (state(&self.listed), self.listed.own) {
            ("on", _) => "on".to_owned(),
            ("own", _) => "on; a rule of your own".to_owned(),
            (state, true) => format!("{state}; a rule of your own"),
            (state, false) => state.to_owned(),
        };
        if replaces {
            about += " that replaces the built-in one";
        }
        let level = rest.map_or_else(|| level.to_string(), |rest| format!("{level} ({rest})"));
        self.line(0, &format!("{level}, {about}"));
    }

    /// The language of its phrases, and the others that it has phrases in.
    fn languages(&mut self, others: &[&str]) {
        let rule = self.listed.rule;
        let mut about: Vec<_> =
            rule.foreign().map(|tag| format!("for notes in {}", language(tag))).into_iter().collect();
        if let Some(one) = others.first() {
            let names: Vec<_> = others.iter().map(|tag| language(tag)).collect();
            about.push(format!("also in {}: cordial explain {}.{one}", names.join(", "), rule.id));
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
        self.title(&looks_for(&self.listed));
        self.phrases(&phrases(&rule.check, doc), most);
        for (role, title) in narrowing(&rule.check) {
            let found = lines(doc, role);
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
        if !is_about_limits(&self.listed.rule.check) {
            return;
        }
        self.title(LIMITS);
        let row = |channel: Channel| {
            let (source, checked, confidence) = channel.evidence();
            let text = format!("{}\n{confidence}\n{source} (checked {checked})", limit(channel));
            [(Ink::Strong, channel.to_string()), (Ink::Plain, text)]
        };
        let rows: Vec<_> = Channel::all().map(row).collect();
        self.out += &columns::render(&rows, usize::MAX, self.style);
    }

    fn examples(&mut self, doc: &RuleDoc) {
        if !doc.flags.is_empty() {
            self.title("It finds");
        }
        for (number, example) in doc.flags.iter().take(2).enumerate() {
            self.example(number, example);
        }
        if let Some(example) = allowed(doc).next() {
            self.title("It leaves alone");
            self.example(0, example);
        }
    }

    fn example(&mut self, number: usize, example: &ExampleDoc) {
        if number > 0 {
            self.out.push('\n');
        }
        let ExampleDoc { text, found, .. } = example;
        let start = text.find(found).filter(|_| !found.is_empty());
        let level = levels(&self.listed).0;
        let found = start.map(|start| {
            Diagnostic::new(self.listed.rule.id.as_str(), level, "", Span::new(start, start + found.len()))
        });
        self.out += &note::marked(&Document::from_text(text.as_str()), found.as_slice(), self.style);
        if let Some(about) = about(example) {
            self.line(2, &format!("({about})"));
        }
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
            self.line(2, "for a template, the same in its front matter; for its next line:");
            self.line(6, &format!("{{# cordial: allow {id} -- the reason #}}"));
        }
    }
}
