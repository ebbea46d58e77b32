use std::cmp::Reverse;

use super::language;
use super::message::fill;
use super::silence::{Silence, leftmost};
use super::trace::{Dropped, Stop, Trace, Untraced};
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::rule::check::{self, FactUse, Found, Note, Plain};
use crate::rule::pack::{Check, Hit, Lazy, Role, Rule, Walk};
use crate::rule::spec::DensitySpec;
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
    pub(super) rules: &'r RuleSet,
    pub(super) tokens: Tokens,
    pub(super) walk: Walk,
    pub(super) lazies: Vec<Lazy>,
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
        if text.trim().is_empty() {
            self.language = context.language().unwrap_or(Language::ENGLISH);
            return Vec::new();
        }
        let context = &self.read(text, context);
        let mut found = Vec::new();
        let rules = self.rules;
        for (place, active) in rules.active.iter().enumerate() {
            let rule = rules.rule(active);
            if applies(rule, context) && self.may_find(place, rule) {
                let reports = self.run(place, active, text, context, &mut Untraced);
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

    /// The tokens of a text.
    pub(super) fn read_tokens(&mut self, text: &str) -> &Tokens {
        self.tokens.read(text);
        &self.tokens
    }

    /// Reads the note once for all rules. Gives its context with the language.
    pub(super) fn read<'c>(&mut self, text: &str, context: &Context<'c>) -> Context<'c> {
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
        self.language = context.language().unwrap_or_else(|| language::detect(text, self.walk.votes()));
        Context { language: Some(self.language), ..*context }
    }

    /// Whether a rule that asks for shared context heard a cue of it in the note that was read.
    pub(super) fn has_cue(&self) -> bool {
        let asking = |active: &&Active| matches!(self.rules.rule(active).check, Check::Missing { .. });
        let rows = self.rules.active.iter().zip(&self.rows).filter(|(active, _)| asking(active));
        rows.flat_map(|(_, row)| row).any(|hit| hit.line.role == Role::Unless)
    }

    /// Whether a rule can find something: without a hit of its phrases most cannot.
    fn may_find(&self, place: usize, rule: &Rule) -> bool {
        match &rule.check {
            Check::Pattern { .. } => self.candidates.contains(&place),
            Check::Density(_) | Check::Sameness(_) => false,
            check => !check.needs_a_hit() || !self.rows[place].is_empty(),
        }
    }

    /// The places of one rule, without exceptions. Each step is told to `trace`.
    pub(super) fn run<T: Trace>(
        &mut self,
        place: usize,
        active: &Active,
        text: &str,
        context: &Context<'_>,
        trace: &mut T,
    ) -> Vec<Found> {
        let rule = self.rules.rule(active);
        let row = &mut self.rows[place];
        if rule.when && !row.iter().any(|hit| hit.line.role == Role::When) && trace.stops(Stop::When) {
            return Vec::new();
        }
        row.sort_unstable_by_key(|hit| (hit.line.role, hit.first, Reverse(hit.last)));
        let note = Note { text, tokens: &self.tokens, context };
        // What is missing from the whole note is silenced by a cue anywhere in it, whichever sentence is marked.
        let cue = row.iter().find(|hit| matches!(rule.check, Check::Missing { .. }) && hit.line.role == Role::Unless);
        if let Some(cue) = cue {
            trace.found(note, note.body_span(), Some(Dropped::By(cue)));
            return Vec::new();
        }
        let silence = Silence { note, row };
        let mut hits = leftmost(row.iter().filter(|hit| hit.line.role == Role::Find));
        hits.retain(|hit| {
            let by = silence.of_hit(hit);
            trace.hit(note, hit, by);
            by.is_none()
        });
        let regex = self.rules.regex(active);
        let mut found = check::find(&rule.check, note, &hits, regex, &mut self.plain);
        let whole = matches!(
            rule.check,
            Check::Requires | Check::Length(_) | Check::Count(_) | Check::Unused | Check::Missing { .. }
        );
        let quotable =
            matches!(rule.check, Check::Phrases | Check::Swap(_) | Check::Pattern { .. } | Check::Address { .. });
        let quoted = if quotable && !found.is_empty() { quotations(text, &self.tokens) } else { Vec::new() };
        found.retain(|found| {
            let value = || given(&text[found.span.range()], context).filter(|_| !whole).map(Dropped::Given);
            let mention = || quoted.iter().any(|span| span.contains(found.span)).then_some(Dropped::Quoted);
            let dropped = silence.of(found.span).map(Dropped::By).or_else(value).or_else(mention);
            trace.found(note, found.span, dropped);
            dropped.is_none()
        });
        if rule.min > 1 {
            let different = distinct(text, &found);
            if different < rule.min && trace.stops(Stop::Min { different, least: rule.min }) {
                found.clear();
            }
        }
        found
    }

    /// The rules that look at the findings of others.
    fn density(&self, text: &str, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
        for active in &self.rules.active {
            let rule = self.rules.rule(active);
            let Check::Density(settings) = &rule.check else { continue };
            if !applies(rule, context) {
                continue;
            }
            let ids = counted(settings, &rule.id, found);
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

/// The ids that a `density` rule counts, each once.
pub(super) fn counted<'f>(settings: &DensitySpec, own: &str, found: &'f [Diagnostic]) -> Vec<&'f str> {
    let pack = settings.rules.trim_end_matches('*');
    let counted = |id: &str| id == settings.rules || (settings.rules.ends_with('*') && id.starts_with(pack));
    let mut ids: Vec<&str> = found.iter().map(|found| &*found.rule).filter(|id| counted(id) && *id != own).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

pub(super) fn applies(rule: &Rule, context: &Context<'_>) -> bool {
    rule.level(context.kind).is_some() && on_channel(rule, context) && in_language(rule, context)
}

pub(super) fn on_channel(rule: &Rule, context: &Context<'_>) -> bool {
    rule.channels.is_empty() || rule.channels.iter().any(|channel| channel == context.channel().as_str())
}

pub(super) fn in_language(rule: &Rule, context: &Context<'_>) -> bool {
    let language = context.language().unwrap_or(Language::ENGLISH);
    rule.language.as_deref().is_none_or(|own| own == language.as_str())
}

/// The value that the writer gave and the words are part of: a company, a role, what a fact says.
fn given<'c>(words: &str, context: &Context<'c>) -> Option<&'c str> {
    let contact = context.contact?;
    let words = fold(words);
    let facts = contact.facts.iter().flat_map(|fact| std::iter::once(&fact.what).chain(&fact.detail));
    let mut values = [&contact.company, &contact.role].into_iter().flatten().chain(facts);
    let found = values.find(|value| {
        let value = fold(value);
        let whole = |at: usize| {
            !value[..at].ends_with(char::is_alphanumeric)
                && !value[at + words.len()..].starts_with(char::is_alphanumeric)
        };
        value.match_indices(&words).any(|(at, _)| whole(at))
    });
    found.map(String::as_str)
}

fn distinct(text: &str, found: &[Found]) -> usize {
    let mut words: Vec<String> = found.iter().map(|found| fold(&text[found.span.range()])).collect();
    words.sort_unstable();
    words.dedup();
    words.len()
}

pub(super) fn diagnostic(rule: &Rule, active: &Active, found: Found, text: &str, context: &Context<'_>) -> Diagnostic {
    let own = active.level.or_else(|| rule.level(context.kind)).unwrap_or(crate::diagnostic::Level::Warning);
    let level = found.level.map_or(own, |lower| lower.min(own));
    let message = fill(&rule.message, &found, text, context);
    let mut diagnostic = Diagnostic::new(active.id.clone(), level, message, found.span);
    diagnostic.check = Some(rule.check.kind());
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
