//! Why a rule did or did not fire in a note: the same run as linting, with somebody listening.

use super::doubt::Doubt;
use super::late::counted;
use super::message::diagnostic;
use super::session::{Hits, Session, in_language, on_channel};
use super::trace::{Dropped, Stop, Trace};
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::Active;
use crate::rule::check::{self, Measure, Note};
use crate::rule::pack::{Check, Hit, Line, Role, Rule, Watched};
use crate::rule::spec::{NameKind, RecipientKind, name_and_language};
use crate::text::{Document, Language, Sentence, Span};

/// Why a rule did or did not fire in a note.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The language in which the note was read.
    pub language: Language,
    /// Why the rule does not look at such a note. The rest is then what it would find if it did.
    pub bars: Vec<Bar>,
    /// What keeps it from reporting the places.
    pub stop: Option<Stop>,
    /// The places it looked at, in the order of the note: the first 500.
    pub places: Vec<Place>,
    /// What it reports.
    pub findings: Vec<Diagnostic>,
    /// How much it reports in the rest of the note, where only a part was asked about.
    pub elsewhere: usize,
    /// Why its warnings are suggestions here, if they are.
    pub doubt: Option<Doubt>,
    /// What it counted, if it counts.
    pub measure: Option<Measure>,
    /// How the note is worded, and from which score on the rule reports it, if it goes by that.
    pub wording: Option<(i32, i32)>,
    /// The rules whose findings it counted, the facts that the note uses, or the words that are for its reader.
    pub names: Vec<String>,
    /// What came nearest to one of its phrases, if none was hit.
    pub nearest: Option<Near>,
}

/// Why a rule does not look at a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bar {
    /// It is not for this kind of note.
    Kind,
    /// It is not for this channel.
    Channel,
    /// Its phrases are in another language.
    Language,
    /// It compares the note with its contact, and there is none.
    NoContact,
    /// It compares the note with the contact's facts, and there are none.
    NoFacts,
    /// It compares the note with the other people of a run, and there are none.
    NoOthers,
    /// It looks at what has passed between the two, and nothing is written down.
    NoHistory,
    /// It looks at days, and nothing says which one it is.
    NoDay,
    /// It is for notes to people of whom no fact is known, and there are some.
    HasFacts,
}

/// A place that a rule looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Bytes of the note.
    pub span: Span,
    /// The phrase that hit, as it is written in the rule.
    pub phrase: Option<String>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate {
    /// It is reported.
    Reported,
    /// It would be reported but for what [`Explanation::stop`] says.
    Stopped,
    /// It overlaps a phrase of `except`.
    Except {
        /// The phrase, as it is written in the rule.
        phrase: String,
        /// The words it hit.
        span: Span,
    },
    /// A phrase of `unless` is in its sentence.
    Unless {
        /// The phrase, as it is written in the rule.
        phrase: String,
        /// The words it hit.
        span: Span,
    },
    /// It is part of this value, which the writer gave.
    Given(String),
    /// It stands in quotation marks.
    Quoted,
    /// It is what the check goes by, and no place to report.
    Considered,
}

/// Words that begin a phrase and do not end it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The phrase, as it is written in the rule.
    pub phrase: String,
    /// The words, as bytes of the note.
    pub span: Span,
}

impl<'r> Session<'r> {
    /// Why a rule that runs did or did not fire in a note, or in a part of it; `None` when no such rule runs.
    pub fn explain(
        &mut self,
        id: &str,
        document: &Document,
        context: &Context<'_>,
        part: Option<Span>,
    ) -> Option<Explanation> {
        let rules = self.rules;
        let text = document.text();
        let context = &self.read(text, context, Hits::All);
        let (number, active) = self.variant(id)?;
        let rule = rules.rule(active);
        if rule.check.runs_last() {
            return Some(self.explain_last(rule, document, context));
        }
        let mut told = Told::default();
        let reports = self.run(number, active, text, context, &mut told);
        let lines = Lines::of(self, active);
        let mut explanation = Explanation::of(rule, context);
        explanation.stop = told.stop;
        explanation.places = told.places(rule, &lines);
        if told.stop.is_none() {
            let reports = reports.into_iter().map(|report| diagnostic(rule, active, report, text, context));
            explanation.findings = reports.collect();
        }
        let all = explanation.findings.len();
        if let Some(part) = part {
            explanation.places.retain(|place| place.span.overlaps(part));
            explanation.findings.retain(|found| found.span.overlaps(part));
            explanation.elsewhere = all - explanation.findings.len();
        }
        if explanation.places.is_empty() {
            explanation.nearest = self.nearest(active, text, &lines, part);
        }
        explanation.doubt =
            if explanation.findings.is_empty() { None } else { self.doubt(rule, active, text, context) };
        let note = Note { text, tokens: &self.tokens, context };
        if let Check::Wording(settings) = &rule.check {
            explanation.wording = Some((self.views.wording(note).score, settings.at));
        }
        explanation.measure = check::measure(&rule.check, note, &told.kept());
        explanation.names = match (&rule.check, context.contact) {
            (Check::Unused { .. }, Some(contact)) => {
                let used = check::facts_used(note).into_iter();
                used.map(|used| contact.facts[used.fact].what.clone()).collect()
            }
            (Check::Missing { .. }, _) => {
                let words = check::specific_words(note).into_iter();
                words.map(|span| format!("“{}”", &text[span.range()])).collect()
            }
            _ => Vec::new(),
        };
        Some(explanation)
    }

    /// The rule with an id: of its translations that whose language stands behind the id, else that in the language of
    /// the note that was read, else the English one.
    fn variant(&self, id: &str) -> Option<(usize, &'r Active)> {
        let rules = self.rules;
        let (name, wanted) = name_and_language(id);
        let same = || rules.active.iter().enumerate().filter(move |(_, active)| *active.id == *name);
        let language = |active: &Active| rules.rule(active).language.as_deref();
        let in_language = |tag: &str| same().find(|(_, active)| language(active).is_none_or(|own| own == tag));
        match wanted {
            Some(wanted) => in_language(wanted),
            None => in_language(self.language().as_str()).or_else(|| in_language("en")).or_else(|| same().next()),
        }
    }

    /// Why a rule that looks at the findings of others did or did not fire.
    fn explain_last(&mut self, rule: &Rule, document: &Document, context: &Context<'_>) -> Explanation {
        let mut findings = self.lint(document, context);
        let mut explanation = Explanation::of(rule, context);
        if let Check::Density(settings) = &rule.check {
            explanation.names = counted(settings, &rule.id, &findings).into_iter().map(str::to_owned).collect();
            let (value, most) = (explanation.names.len(), settings.distinct.checked_sub(1));
            explanation.measure = Some(Measure { value, least: None, most });
        }
        findings.retain(|found| *found.rule == *rule.id);
        explanation.findings = findings;
        explanation
    }

    /// What came nearest to a phrase of the rule, if it is more than a word that is everywhere.
    fn nearest(&mut self, active: &Active, text: &str, lines: &Lines, part: Option<Span>) -> Option<Near> {
        let rules = self.rules;
        let base = (active.pack > 0).then(|| &rules.packs[0]);
        let pack = &rules.packs[active.pack];
        let is_asked =
            |sentence: &Sentence| part.is_none_or(|part| self.tokens.sentence_span(*sentence).overlaps(part));
        let sentences: Vec<_> = self.tokens.sentences().iter().copied().filter(is_asked).collect();
        let tokens = &self.tokens;
        // Function words begin too many phrases to tell anything; a lone word must be one that few notes have.
        let weigh = |first: usize, last: usize| {
            let words = tokens.tokens()[first..=last].iter().map(|token| tokens.folded(token));
            let telling =
                words.filter(|word| if first == last { !check::is_weak(word) } else { !check::is_stop(word) });
            10 * telling.count() + usize::from(last > first)
        };
        let enough = |first: usize, last: usize| Some(weigh(first, last)).filter(|weight| *weight >= 10).unwrap_or(0);
        let hit = self.walk.nearest((text, tokens), &sentences, (pack, active.number), base, enough)?;
        Some(Near { phrase: lines.phrase(&hit.line), span: tokens.span(hit.first, hit.last) })
    }
}

impl Explanation {
    fn of(rule: &Rule, context: &Context<'_>) -> Self {
        Self {
            language: context.language().unwrap_or(Language::ENGLISH),
            bars: bars(rule, context),
            stop: None,
            places: Vec::new(),
            findings: Vec::new(),
            elsewhere: 0,
            wording: None,
            doubt: None,
            measure: None,
            names: Vec::new(),
            nearest: None,
        }
    }

    /// Whether the rule fires.
    #[must_use]
    pub fn fires(&self) -> bool {
        self.bars.is_empty() && !self.findings.is_empty()
    }
}

/// Why the rule does not look at a note in this context.
fn bars(rule: &Rule, context: &Context<'_>) -> Vec<Bar> {
    let of = if let Check::Cadence(cadence) = &rule.check { Some(&cadence.of) } else { None };
    let needs_contact = matches!(
        rule.check,
        Check::Recipient(_) | Check::Unused { .. } | Check::Claimed(_) | Check::Name(NameKind::Stored)
    ) || of.is_some_and(|of| !matches!(of, Watched::Weekdays(_)));
    let needs_history = of.is_some_and(|of| matches!(of, Watched::After { .. } | Watched::Repeats(_)));
    let no_history = context.contact.is_some_and(|contact| contact.history.is_empty());
    let has_facts = context.contact.is_some_and(|contact| !contact.facts.is_empty());
    let others = matches!(rule.check, Check::Recipient(RecipientKind::Others));
    let bars = [
        (Bar::Kind, rule.level(context.kind).is_none()),
        (Bar::Channel, !on_channel(rule, context)),
        (Bar::Language, !in_language(rule, context)),
        (Bar::NoContact, needs_contact && context.contact.is_none()),
        (Bar::NoFacts, matches!(rule.check, Check::Unused { .. }) && context.contact.is_some() && !has_facts),
        (Bar::HasFacts, matches!(rule.check, Check::Missing { .. }) && has_facts),
        (Bar::NoOthers, others && context.contact.is_some() && context.others.is_empty()),
        (Bar::NoHistory, needs_history && no_history),
        (Bar::NoDay, of.is_some() && context.today.is_none()),
    ];
    bars.into_iter().filter_map(|(bar, stands)| stands.then_some(bar)).collect()
}

/// The phrases of a rule, as they are written.
struct Lines(Vec<(Role, String)>);

impl Lines {
    fn of(session: &Session<'_>, active: &Active) -> Self {
        let doc = session.rules.packs[active.pack].doc(active.number);
        Self(doc.map(|doc| doc.lines).unwrap_or_default())
    }

    fn phrase(&self, line: &Line) -> String {
        let mut lines = self.0.iter().filter(|(role, _)| *role == line.role);
        lines.nth(line.number).map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

/// So many hits and places are kept. A text with more is no note.
const MOST: usize = 500;

/// What a run tells.
#[derive(Default)]
struct Told {
    hits: Vec<(Hit, Span, Option<Drop>)>,
    found: Vec<(Span, Option<Drop>)>,
    stop: Option<Stop>,
}

/// Why a place was dropped, without what it borrowed.
enum Drop {
    By(Line, Span),
    Given(String),
    Quoted,
}

impl Trace for Told {
    fn hit(&mut self, note: Note<'_>, hit: &Hit, by: Option<&Hit>) {
        if self.hits.len() >= MOST {
            return;
        }
        let by = by.map(|by| Drop::By(by.line, note.hit_span(by)));
        self.hits.push((*hit, note.hit_span(hit), by));
    }

    fn found(&mut self, note: Note<'_>, span: Span, dropped: Option<Dropped<'_>>) {
        if self.found.len() >= MOST {
            return;
        }
        let dropped = dropped.map(|dropped| match dropped {
            Dropped::By(by) => Drop::By(by.line, note.hit_span(by)),
            Dropped::Given(value) => Drop::Given(value.to_owned()),
            Dropped::Quoted => Drop::Quoted,
        });
        self.found.push((span, dropped));
    }

    fn stops(&mut self, at: Stop) -> bool {
        // The first reason counts; the run goes on, to see what would be found without it.
        self.stop.get_or_insert(at);
        false
    }
}

impl Told {
    /// The hits that no exception dropped.
    fn kept(&self) -> Vec<Hit> {
        self.hits.iter().filter(|(.., dropped)| dropped.is_none()).map(|(hit, ..)| *hit).collect()
    }

    fn places(&self, rule: &Rule, lines: &Lines) -> Vec<Place> {
        // A hit of these is a place itself, or its beginning; others count their hits.
        let by_hit = matches!(
            rule.check,
            Check::Phrases | Check::Swap(_) | Check::Claimed(_) | Check::Recipient(_) | Check::Cadence(_)
        );
        let fate = |dropped: &Option<Drop>| match dropped {
            Some(dropped) => dropped.fate(lines),
            None if self.stop.is_some() => Fate::Stopped,
            None => Fate::Reported,
        };
        let of_hit = |span: &Span| self.found.iter().find(|(found, _)| by_hit && found.overlaps(*span));
        let hits = self.hits.iter().map(|(hit, span, dropped)| {
            let phrase = Some(lines.phrase(&hit.line));
            match (dropped, of_hit(span)) {
                (Some(dropped), _) => Place { span: *span, phrase, fate: dropped.fate(lines) },
                (None, Some((found, dropped))) => Place { span: *found, phrase, fate: fate(dropped) },
                (None, None) => Place { span: *span, phrase, fate: Fate::Considered },
            }
        });
        let mut places: Vec<Place> = hits.collect();
        let is_shown = |span: &Span| by_hit && self.hits.iter().any(|(_, hit, _)| hit.overlaps(*span));
        let rest = self.found.iter().filter(|(span, _)| !is_shown(span));
        places.extend(rest.map(|(span, dropped)| Place { span: *span, phrase: None, fate: fate(dropped) }));
        places.sort_by_key(|place| place.span);
        places
    }
}

impl Drop {
    fn fate(&self, lines: &Lines) -> Fate {
        match self {
            Self::By(line, span) => {
                let (phrase, span) = (lines.phrase(line), *span);
                if line.role == Role::Except { Fate::Except { phrase, span } } else { Fate::Unless { phrase, span } }
            }
            Self::Given(value) => Fate::Given(value.clone()),
            Self::Quoted => Fate::Quoted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Contact;
    use crate::context::{Channel, Kind};
    use crate::lint::Linter;
    use crate::rule::RuleSet;
    use crate::rule::spec::RuleSpec;

    const RULE: &str = "
summary: Words
level: { invite: warning, message: suggestion }
phrases: [pick your brain, quick <word> call]
except: [pick your brain trust]
unless: [you offered]
message: x
examples: {}
";

    fn rules(extra: &str) -> RuleSet {
        let mut spec: RuleSpec = serde_yaml::from_str(&format!("{RULE}{extra}")).unwrap();
        spec.id = "my/rule".to_owned();
        let (rules, errors) = RuleSet::builtin().with(&[spec]);
        assert!(errors.is_empty(), "{errors:?}");
        rules
    }

    fn explain(extra: &str, text: &str, context: &Context<'_>) -> Explanation {
        let rules = rules(extra);
        let mut session = Linter::new(&rules).session();
        session.explain("my/rule", &Document::from_text(text), context, None).unwrap()
    }

    #[test]
    fn tells_what_became_of_each_hit() {
        let contact: Contact = serde_json::from_str(r#"{"first_name":"Ana","company":"Pick Your Brain Ltd"}"#).unwrap();
        let context = Context { contact: Some(&contact), ..Context::default() };
        let fate = |text: &str, context: &Context<'_>| {
            let explanation = explain("", text, context);
            let place = explanation.places.first().cloned();
            (explanation.fires(), place.map(|place| (place.phrase.unwrap(), place.fate)))
        };
        let brain = |fate| Some(("pick your brain".to_owned(), fate));
        let silence = |text: &str, words: &str| {
            let start = text.find(words).unwrap();
            (words.to_owned(), Span::new(start, start + words.len()))
        };
        let plain = Context::default();
        assert_eq!(fate("May I pick your brain, Ana?", &plain), (true, brain(Fate::Reported)));
        let text = "I may pick your brain trust of editors.";
        let (phrase, span) = silence(text, "pick your brain trust");
        assert_eq!(fate(text, &plain), (false, brain(Fate::Except { phrase, span })));
        let text = "I would pick your brain, as you offered.";
        let (phrase, span) = silence(text, "you offered");
        assert_eq!(fate(text, &plain), (false, brain(Fate::Unless { phrase, span })));
        assert_eq!(fate("They say “pick your brain” a lot.", &plain), (false, brain(Fate::Quoted)));
        let given = brain(Fate::Given("Pick Your Brain Ltd".to_owned()));
        assert_eq!(fate("I like Pick Your Brain a lot.", &context), (false, given));
        assert_eq!(fate("Hello there, Ana, and well done.", &plain), (false, None));
    }

    #[test]
    fn tells_what_keeps_a_rule_from_reporting() {
        let text = "May I pick your brain on a quick video call?";
        let explanation = explain("min: 3", text, &Context::default());
        assert_eq!(explanation.stop, Some(Stop::Min { different: 2, least: 3 }));
        assert!(explanation.findings.is_empty() && explanation.places.iter().all(|place| place.fate == Fate::Stopped));
        let explanation = explain("when: [mentor]", text, &Context::default());
        assert_eq!(explanation.stop, Some(Stop::When));
        assert_eq!(explanation.places.len(), 2);
        let message = Context { kind: Kind::FollowUp, channel: Some(Channel::Email), ..Context::default() };
        let explanation = explain("channels: [linkedin-invite]\nlanguage: de", text, &message);
        assert_eq!(explanation.bars, [Bar::Kind, Bar::Channel, Bar::Language]);
        assert!(!explanation.fires() && explanation.findings.len() == 2);
    }

    #[test]
    fn tells_what_came_nearest() {
        let text = "A quick video chat with you.";
        let near = explain("", text, &Context::default()).nearest.unwrap();
        assert_eq!((near.phrase.as_str(), &text[near.span.range()]), ("quick <word> call", "quick video"));
        assert_eq!(explain("", "Nothing of the kind.", &Context::default()).nearest, None);
    }

    #[test]
    fn a_part_of_a_note_can_be_asked_about() {
        let rules = rules("");
        let mut session = Linter::new(&rules).session();
        let text = "May I pick your brain?\nOr a quick talk?";
        let document = Document::from_text(text);
        let line = Span::new(text.find('\n').unwrap() + 1, text.len());
        let told = session.explain("my/rule", &document, &Context::default(), Some(line)).unwrap();
        assert_eq!((told.fires(), told.places.len(), told.elsewhere), (false, 0, 1));
        assert_eq!(&text[told.nearest.unwrap().span.range()], "quick talk");
    }

    /// Listening changes nothing: an explained rule fires exactly where it fires in linting.
    #[test]
    fn explains_what_linting_finds() {
        let rules = RuleSet::builtin();
        let mut session = Linter::new(&rules).session();
        for listed in rules.rules().filter(|listed| listed.runs) {
            let id = &listed.rule.id;
            for text in listed.doc().unwrap().flags.into_iter().map(|example| example.text) {
                for kind in Kind::ALL {
                    let context = Context { kind, ..Context::default() };
                    let document = Document::from_text(text.as_str());
                    let mut found = session.lint(&document, &context);
                    found.retain(|found| *found.rule == **id);
                    let told = session.explain(id, &document, &context, None).unwrap();
                    assert_eq!(told.fires(), !found.is_empty(), "{id}: {text}");
                    if told.fires() {
                        assert_eq!(told.findings, found, "{id}: {text}");
                    }
                }
            }
        }
    }
}
