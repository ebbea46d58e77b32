use std::cmp::Reverse;

use super::doubt::Doubt;
use super::message::diagnostic;
use super::silence::{Silence, leftmost};
use super::trace::{Dropped, Stop, Trace, Untraced};
use super::{language, late};
use crate::allow::names;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::check::{self, FactUse, Found, Note, Views};
use crate::rule::pack::{Check, Hit, Lazy, Role, Rule, Walk, Wants};
use crate::rule::{Active, RuleSet};
use crate::text::{Document, Language, Tokens, fold, quotations};

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
            views: Views::default(),
            hits: Vec::new(),
            rows: vec![Vec::new(); self.rules.active.len()],
            touched: Vec::new(),
            due: Vec::new(),
            language: Language::ENGLISH,
        }
    }
}

/// Which hits are wanted of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hits {
    /// What the rules can use.
    Useful,
    /// All of the rules that run.
    All,
}

/// The buffers that linting needs, kept from note to note.
#[derive(Debug)]
pub struct Session<'r> {
    pub(super) rules: &'r RuleSet,
    pub(super) tokens: Tokens,
    pub(super) walk: Walk,
    pub(super) lazies: Vec<Lazy>,
    pub(super) views: Views,
    hits: Vec<Hit>,
    /// The hits of each active rule.
    rows: Vec<Vec<Hit>>,
    touched: Vec<usize>,
    /// The rules that may find something in the note: without a hit of its phrases most cannot.
    due: Vec<usize>,
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
        let context = &self.read(text, context, Hits::Useful);
        let mut found = Vec::new();
        let rules = self.rules;
        for at in 0..self.due.len() {
            let place = self.due[at];
            let active = &rules.active[place];
            let rule = rules.rule(active);
            if needs_are_met(&rule.check, context) && applies(rule, context) {
                let reports = self.run(place, active, text, context, &mut Untraced);
                found.extend(reports.into_iter().map(|report| diagnostic(rule, active, report, text, context)));
            }
        }
        late::find(self, text, context, &mut found);
        found
            .sort_by(|a: &Diagnostic, b| (a.span, Reverse(a.level), &a.rule).cmp(&(b.span, Reverse(b.level), &b.rule)));
        found
    }

    /// Whether what is known besides a note lets the rules that a word such as `pushy/*` names find something.
    #[must_use]
    pub fn could_look(&self, named: &str, context: &Context<'_>) -> bool {
        let mut all = self.rules.active.iter().filter(|active| names(named, &active.id));
        all.all(|active| needs_are_met(&self.rules.rule(active).check, context))
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

    /// Reads the note once for all rules: what they can use in this context, or every hit. Gives the context with the
    /// language of the note.
    pub(super) fn read<'c>(&mut self, text: &str, context: &Context<'c>, hits: Hits) -> Context<'c> {
        self.tokens.read(text);
        self.views.clear();
        for place in self.touched.drain(..) {
            self.rows[place].clear();
        }
        let rules = self.rules;
        self.due.clear();
        rules.needles.candidates(self.views.plain.text(text), &mut self.due);
        let due = &self.due;
        self.walk.read(text, &self.tokens);
        self.language = context.language().unwrap_or_else(|| language::detect(text, self.walk.votes()));
        let context = Context { language: Some(self.language), ..*context };
        for (at, pack) in rules.packs.iter().enumerate() {
            self.hits.clear();
            let base = (at > 0).then(|| &rules.packs[0]);
            let useful = |number: usize, times: usize| {
                let is_due = |place: usize| may_find(&pack.rules()[number], times, &context, || due.contains(&place));
                rules.places[at][number].is_some_and(is_due)
            };
            let wants = if hits == Hits::All { Wants::All } else { Wants::Useful(&useful) };
            self.walk.find(text, &self.tokens, pack, base, &mut self.lazies[at], wants, &mut self.hits);
            for hit in &self.hits {
                if let Some(place) = rules.places[at][hit.line.rule] {
                    if self.rows[place].is_empty() {
                        self.touched.push(place);
                    }
                    self.rows[place].push(*hit);
                }
            }
        }
        self.due.extend_from_slice(&rules.always);
        let needs_a_hit = |place: &usize| rules.rule(&rules.active[*place]).check.least_hits() > 0;
        self.due.extend(self.touched.iter().copied().filter(needs_a_hit));
        context
    }

    /// Whether a phrase of a rule was located in the note that was read.
    pub(super) fn is_hit(&self, place: usize) -> bool {
        !self.rows[place].is_empty()
    }

    /// The words of the note that was read.
    pub(super) const fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// The first cue of shared context that a rule which asks for it heard in the note that was read.
    pub(super) fn cue(&self) -> Option<Hit> {
        let asking = |active: &&Active| matches!(self.rules.rule(active).check, Check::Missing { .. });
        let rows = self.rules.active.iter().zip(&self.rows).filter(|(active, _)| asking(active));
        let cues = rows.flat_map(|(_, row)| row).filter(|hit| hit.line.role == Role::Unless);
        cues.min_by_key(|hit| hit.first).copied()
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
        let silence = Silence::new(note, row);
        let mut hits = leftmost(row.iter().filter(|hit| hit.line.role == Role::Find));
        hits.retain(|hit| {
            let by = silence.of_hit(hit);
            trace.hit(note, hit, by);
            by.is_none()
        });
        let regex = self.rules.regex(active);
        let mut found = check::find(&rule.check, note, &hits, regex, &mut self.views);
        let whole = rule.check.is_about_the_note();
        let quotable =
            matches!(rule.check, Check::Phrases | Check::Swap(_) | Check::Pattern { .. } | Check::Address { .. });
        let quoted = if quotable && !found.is_empty() { quotations(text, &self.tokens) } else { Vec::new() };
        found.retain(|found| {
            let value = || if whole { None } else { given(&text[found.span.range()], context).map(Dropped::Given) };
            let mention = || quoted.iter().any(|span| span.contains(found.span)).then_some(Dropped::Quoted);
            let dropped = silence.of(found.span).map(Dropped::By).or_else(value).or_else(mention);
            trace.found(note, found.span, dropped);
            dropped.is_none()
        });
        if !found.is_empty()
            && let Some(Doubt { level: most, .. }) = self.doubt(rule, active, text, context)
        {
            found.iter_mut().for_each(|found| found.level = Some(found.level.map_or(most, |level| level.min(most))));
        }
        if rule.min > 1 {
            let different = distinct(text, &found);
            if different < rule.min && trace.stops(Stop::Min { different, least: rule.min }) {
                found.clear();
            }
        }
        found
    }
}

/// Whether a rule may find something in a note in which matches of its phrases end at so many tokens.
fn may_find(rule: &Rule, times: usize, context: &Context<'_>, is_candidate: impl Fn() -> bool) -> bool {
    let enough = match (&rule.check, rule.check.least_hits()) {
        (Check::Pattern { .. }, _) => is_candidate(),
        (_, 0) => true,
        (_, least) => times >= least.max(rule.min),
    };
    enough && needs_are_met(&rule.check, context) && applies(rule, context)
}

/// Whether what is known besides the note lets a check find something.
pub(super) fn needs_are_met(check: &Check, context: &Context<'_>) -> bool {
    match check {
        Check::Recipient(_) | Check::Unused { .. } | Check::Claimed(_) => context.contact.is_some(),
        Check::Missing { .. } => context.contact.is_none_or(|contact| contact.facts.is_empty()),
        Check::Cadence(cadence) => check::cadence_may_find(cadence, context),
        _ => true,
    }
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
