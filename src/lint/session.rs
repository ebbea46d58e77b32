use std::cmp::Reverse;

use super::language;
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::rule::check::{self, FactUse, Found, Note, Plain};
use crate::rule::pack::{Check, Hit, Lazy, Role, Rule, Walk};
use crate::rule::{Active, RuleSet};
use crate::text::{Document, Language, Span, Tokens, fold, quotations};

/// Lints with one set of rules. It can be shared by threads; each opens its own [`Session`].
#[derive(Clone, Copy, Debug)]
pub struct Linter<'r> {
    rules: &'r RuleSet,
}

impl<'r> Linter<'r> {
    /// A linter with these rules.
    #[must_use]
    pub const fn new(rules: &'r RuleSet) -> Self {
        Self { rules }
    }

    /// The rules.
    #[must_use]
    pub const fn rules(&self) -> &'r RuleSet {
        self.rules
    }

    /// Room to lint one note after the other.
    #[must_use]
    pub fn session(&self) -> Session<'r> {
        Session {
            rules: self.rules,
            tokens: Tokens::default(),
            walk: Walk::default(),
            lazies: vec![Lazy::default(); self.rules.packs.len()],
            plain: Plain::default(),
            hits: Vec::new(),
            rows: vec![Vec::new(); self.rules.active.len()],
            touched: Vec::new(),
            candidates: Vec::new(),
            language: Language::ENGLISH,
        }
    }
}

/// The buffers that linting needs, kept from note to note.
#[derive(Debug)]
pub struct Session<'r> {
    rules: &'r RuleSet,
    tokens: Tokens,
    walk: Walk,
    lazies: Vec<Lazy>,
    plain: Plain,
    hits: Vec<Hit>,
    /// The hits of each active rule.
    rows: Vec<Vec<Hit>>,
    touched: Vec<usize>,
    candidates: Vec<usize>,
    language: Language,
}

impl<'r> Session<'r> {
    /// The rules it lints with.
    #[must_use]
    pub const fn rules(&self) -> &'r RuleSet {
        self.rules
    }

    /// The language in which the last note was read: the one that its [context](Context::language) names, else the one
    /// its words show.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The findings of all rules, in the order of their place.
    pub fn lint(&mut self, document: &Document, context: &Context<'_>) -> Vec<Diagnostic> {
        let text = document.text();
        self.language = context.language().unwrap_or(Language::ENGLISH);
        if text.trim().is_empty() {
            return Vec::new();
        }
        self.read(text);
        if context.language().is_none() {
            self.language = language::detect(text, self.walk.votes());
        }
        let mut found = Vec::new();
        let rules = self.rules;
        for (place, active) in rules.active.iter().enumerate() {
            let rule = rules.rule(active);
            if applies(rule, context, self.language) && self.may_find(place, rule) {
                let reports = self.run(place, active, text, context);
                found.extend(reports.into_iter().map(|report| diagnostic(rule, active, report, text, context)));
            }
        }
        self.density(text, context, &mut found);
        found
            .sort_by(|a: &Diagnostic, b| (a.span, Reverse(a.level), &a.rule).cmp(&(b.span, Reverse(b.level), &b.rule)));
        found
    }

    /// The facts of the contact that a note uses.
    pub fn facts_used(&mut self, document: &Document, context: &Context<'_>) -> Vec<FactUse> {
        self.tokens.read(document.text());
        check::facts_used(Note { text: document.text(), tokens: &self.tokens, context })
    }

    /// Reads the note once for all rules.
    fn read(&mut self, text: &str) {
        self.tokens.read(text);
        self.plain.clear();
        for place in self.touched.drain(..) {
            self.rows[place].clear();
        }
        self.walk.read(text, &self.tokens);
        let rules = self.rules;
        for (at, pack) in rules.packs.iter().enumerate() {
            self.hits.clear();
            let base = (at > 0).then(|| &rules.packs[0]);
            self.walk.find(text, &self.tokens, pack, base, &mut self.lazies[at], &mut self.hits);
            for hit in &self.hits {
                if let Some(place) = rules.places[at][hit.line.rule] {
                    if self.rows[place].is_empty() {
                        self.touched.push(place);
                    }
                    self.rows[place].push(*hit);
                }
            }
        }
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        for needles in &rules.needles {
            needles.candidates(self.plain.text(text), &mut candidates);
        }
        self.candidates = candidates;
    }

    /// Whether a rule can find something: without a hit of its phrases most cannot.
    fn may_find(&self, place: usize, rule: &Rule) -> bool {
        match &rule.check {
            Check::Pattern { .. } => self.candidates.contains(&place),
            Check::Density(_) => false,
            check => !check.needs_a_hit() || !self.rows[place].is_empty(),
        }
    }

    /// The places of one rule, without exceptions.
    fn run(&mut self, place: usize, active: &Active, text: &str, context: &Context<'_>) -> Vec<Found> {
        let rule = self.rules.rule(active);
        let row = &mut self.rows[place];
        if rule.when && !row.iter().any(|hit| hit.line.role == Role::When) {
            return Vec::new();
        }
        // What is missing from the whole note is silenced by a cue anywhere in it, whichever sentence is marked.
        if matches!(rule.check, Check::Missing { .. }) && row.iter().any(|hit| hit.line.role == Role::Unless) {
            return Vec::new();
        }
        row.sort_unstable_by_key(|hit| (hit.line.role, hit.first, Reverse(hit.last)));
        let note = Note { text, tokens: &self.tokens, context };
        let silence = Silence { note, row };
        let hits = leftmost(row.iter().filter(|hit| hit.line.role == Role::Find));
        let hits: Vec<Hit> = hits.into_iter().filter(|hit| !silence.covers_hit(hit)).collect();
        let regex = self.rules.regex(active);
        let mut found = check::find(&rule.check, note, &hits, regex, &mut self.plain);
        let whole = matches!(
            rule.check,
            Check::Requires | Check::Length(_) | Check::Count(_) | Check::Unused | Check::Missing { .. }
        );
        found.retain(|found| !silence.covers(found.span) && (whole || !is_given(&text[found.span.range()], context)));
        if matches!(rule.check, Check::Phrases | Check::Swap(_) | Check::Pattern { .. } | Check::Address { .. })
            && !found.is_empty()
        {
            let quoted = quotations(text, &self.tokens);
            found.retain(|found| !quoted.iter().any(|span| span.contains(found.span)));
        }
        if rule.min > 1 && distinct(text, &found) < rule.min {
            found.clear();
        }
        found
    }

    /// The rules that look at the findings of others.
    fn density(&self, text: &str, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
        for active in &self.rules.active {
            let rule = self.rules.rule(active);
            let Check::Density(settings) = &rule.check else { continue };
            if !applies(rule, context, self.language) {
                continue;
            }
            let pack = settings.rules.trim_end_matches('*');
            let counted = |id: &str| id == settings.rules || (settings.rules.ends_with('*') && id.starts_with(pack));
            let mut ids: Vec<&str> =
                found.iter().map(|found| &*found.rule).filter(|id| counted(id) && **id != *rule.id).collect();
            ids.sort_unstable();
            ids.dedup();
            if ids.len() < settings.distinct {
                continue;
            }
            let span = Span::new(0, text.trim_end().len());
            let report = Found { count: ids.len(), limit: settings.distinct, ..Found::at(span) };
            let report = diagnostic(rule, active, report, text, context);
            found.push(report);
        }
    }
}

/// What `except` and `unless` drop.
struct Silence<'a> {
    note: Note<'a>,
    row: &'a [Hit],
}

impl Silence<'_> {
    fn covers_hit(&self, hit: &Hit) -> bool {
        let sentence = |token: usize| self.note.tokens.tokens()[token].sentence;
        self.row.iter().any(|other| match other.line.role {
            Role::Except => other.first <= hit.last && hit.first <= other.last,
            Role::Unless => sentence(other.first) == sentence(hit.first),
            Role::Find | Role::When => false,
        })
    }

    fn covers(&self, span: Span) -> bool {
        self.row.iter().any(|other| match other.line.role {
            Role::Except => self.note.hit_span(other).overlaps(span),
            Role::Unless => self.note.tokens.sentence_span(self.note.sentence(other.first)).overlaps(span),
            Role::Find | Role::When => false,
        })
    }
}

/// The leftmost hits, the longest of each place, without overlaps. The hits come sorted that way.
fn leftmost<'a>(hits: impl Iterator<Item = &'a Hit>) -> Vec<Hit> {
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        if kept.last().is_none_or(|last| last.last < hit.first) {
            kept.push(*hit);
        }
    }
    kept
}

fn applies(rule: &Rule, context: &Context<'_>, language: Language) -> bool {
    let channel = || rule.channels.iter().any(|channel| channel == context.channel().as_str());
    rule.level(context.kind).is_some()
        && (rule.channels.is_empty() || channel())
        && rule.language.as_deref().is_none_or(|own| own == language.as_str())
}

/// Whether the words are part of a value that the writer gave: a company, a role, what a fact says.
fn is_given(words: &str, context: &Context<'_>) -> bool {
    let Some(contact) = context.contact else { return false };
    let words = fold(words);
    let facts = contact.facts.iter().flat_map(|fact| std::iter::once(&fact.what).chain(&fact.detail));
    let mut values = [&contact.company, &contact.role].into_iter().flatten().chain(facts);
    values.any(|value| {
        let value = fold(value);
        let whole = |at: usize| {
            !value[..at].ends_with(char::is_alphanumeric)
                && !value[at + words.len()..].starts_with(char::is_alphanumeric)
        };
        value.match_indices(&words).any(|(at, _)| whole(at))
    })
}

fn distinct(text: &str, found: &[Found]) -> usize {
    let mut words: Vec<String> = found.iter().map(|found| fold(&text[found.span.range()])).collect();
    words.sort_unstable();
    words.dedup();
    words.len()
}

fn diagnostic(rule: &Rule, active: &Active, found: Found, text: &str, context: &Context<'_>) -> Diagnostic {
    let own = active.level.or_else(|| rule.level(context.kind)).unwrap_or(crate::diagnostic::Level::Warning);
    let level = found.level.map_or(own, |lower| lower.min(own));
    let message = fill(&rule.message, &found, text, context);
    let mut diagnostic = Diagnostic::new(active.id.clone(), level, message, found.span);
    diagnostic.help = active.help.clone();
    if let Some(replacement) = found.replacement {
        let edit = removal(text, found.span, replacement);
        diagnostic.fix = Some(Fix { safe: true, edits: vec![edit] });
    }
    diagnostic
}

/// The edit that puts `replacement` in the place of `span`; an empty one takes the blank behind it too.
fn removal(text: &str, span: Span, replacement: String) -> Edit {
    let blank = replacement.is_empty() && text[span.end..].starts_with(' ');
    Edit { span: Span::new(span.start, span.end + usize::from(blank)), text: replacement }
}

/// Longest quotation in a message, in characters.
const QUOTED: usize = 60;

/// The message with its names filled in.
fn fill(message: &str, found: &Found, text: &str, context: &Context<'_>) -> String {
    let mut out = String::with_capacity(message.len() + 24);
    let mut rest = message;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
        match name {
            "match" => quote(&mut out, &text[found.span.range()]),
            "name" => out.push_str(context.contact.map_or("them", |contact| &contact.first_name)),
            "count" => out.push_str(&found.count.to_string()),
            "limit" => out.push_str(&found.limit.to_string()),
            "value" => out.push_str(found.value.as_deref().unwrap_or_default()),
            "fact" => out.push_str(found.fact.as_deref().unwrap_or_default()),
            "replacement" => out.push_str(found.replacement.as_deref().unwrap_or_default()),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Words of the note on one line, shortened in the middle of nothing: at a character.
fn quote(out: &mut String, words: &str) {
    let mut left = QUOTED;
    for word in words.split_whitespace() {
        if left < QUOTED {
            out.push(' ');
        }
        let length = word.chars().count();
        if length + 1 > left {
            out.push('…');
            return;
        }
        left -= length + 1;
        out.push_str(word);
    }
}
