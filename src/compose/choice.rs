//! Which of the notes that fit is the best: clean first, then how specific its facts are, then fit.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::fill::Note;
use super::{Draft, Order};
use crate::contact::FactKind;
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Level};
use crate::lint::{Suppressed, suppress};
use crate::template::Library;
use crate::text::Document;

/// How much a fact says about the two of you: what you lived through together before what you read, and that before
/// what many people share.
const fn closeness(kind: FactKind) -> u8 {
    use FactKind::{
        Application, Conversation, Employer, Event, Group, Mutual, News, Place, Post, Project, School, Talk, Vacancy,
        Work,
    };
    match kind {
        Conversation | Mutual | Event => 4,
        Talk | Post | Project | Application | Vacancy | News => 3,
        Employer | School | Group => 2,
        Place | Work => 1,
    }
}

/// A note with what was said of it.
struct Judged<'n> {
    note: Note<'n>,
    diagnostics: Vec<Diagnostic>,
    suppressed: Vec<Suppressed>,
    /// The note and its subject with where they come from, if somebody had to know.
    traced: Option<(Document, Option<Document>)>,
    closeness: u8,
}

impl Judged<'_> {
    fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count()
    }

    fn is_clean(&self) -> bool {
        self.count(Level::Error) + self.count(Level::Warning) == 0
    }
}

/// The best notes, each from another template.
pub(super) fn best(
    library: &Library,
    order: &Order<'_>,
    notes: Vec<Note<'_>>,
    most: usize,
    mut lint: impl FnMut(&Document, &Context<'_>) -> Vec<Diagnostic>,
) -> Vec<Draft> {
    let kind_of = |index: &usize| order.contact.facts[*index].kind;
    let mut judged: Vec<Judged<'_>> = notes
        .into_iter()
        .map(|note| {
            let context = order.context(note.template.front().kind, note.channel);
            let mut diagnostics = lint(&note.document, &context);
            let traced = (!diagnostics.is_empty() && library.allows()).then(|| order.traced(library, &note));
            let suppressed = traced.as_ref().map(|(document, _)| {
                let (root, on) = (note.template.file(), order.request.allowed_on);
                suppress(&mut diagnostics, document, root, |file| library.allowances(file), on)
            });
            let suppressed = suppressed.unwrap_or_default();
            let closeness = note.facts.iter().map(|fact| closeness(kind_of(fact))).max().unwrap_or_default();
            Judged { note, diagnostics, suppressed, traced, closeness }
        })
        .collect();
    judged.sort_by_cached_key(|judged| {
        let (note, order) = (&judged.note, judged.note.facts.first().copied().unwrap_or(usize::MAX));
        let faults = (judged.count(Level::Error), judged.count(Level::Warning));
        let specific = (Reverse(judged.closeness), Reverse(note.facts.len()), order);
        let fit = (judged.count(Level::Suggestion), Reverse(note.detail), note.template.id().to_owned());
        (faults, specific, fit)
    });
    let mut seen = HashSet::new();
    judged.retain(|judged| seen.insert(judged.note.template.id()));
    let fitting = judged.len();
    let clean = judged.iter().filter(|judged| judged.is_clean()).count();
    let best = judged.into_iter().take(most).enumerate();
    best.map(|(place, judged)| {
        let reason = reason(order, &judged, place, fitting, clean);
        draft(library, order, judged, reason)
    })
    .collect()
}

fn draft(library: &Library, order: &Order<'_>, judged: Judged<'_>, reason: String) -> Draft {
    let Judged { note, diagnostics, suppressed, traced, .. } = judged;
    let is_asked = !diagnostics.is_empty() || !library.allowances(note.template.file()).is_empty();
    let (document, subject_document) = match traced {
        Some(traced) => traced,
        None if is_asked => order.traced(library, &note),
        None => {
            let subject = note.subject.clone().map(|subject| note.template.untraced(subject));
            (note.document.clone(), subject)
        }
    };
    Draft {
        template: note.template.id().to_owned(),
        kind: note.template.front().kind,
        channel: note.channel,
        text: note.document.text().to_owned(),
        document,
        subject_document,
        given: note.given.iter().map(|fact| (order.contact.facts[*fact].kind, *fact)).collect(),
        subject: note.subject,
        length: note.length,
        limit: note.limit,
        left_out: order.unprintable.clone(),
        facts_used: note.facts.iter().map(|fact| order.contact.facts[*fact].clone()).collect(),
        reason,
        diagnostics,
        suppressed,
    }
}

/// Why this note, in words that complete “picked because …”. `place` is its place among the best, from 0.
fn reason(order: &Order<'_>, judged: &Judged<'_>, place: usize, fitting: usize, clean: usize) -> String {
    if order.request.template.is_some() {
        return "you asked for it".to_owned();
    }
    let kinds = judged.note.facts.iter().map(|fact| spoken(order.contact.facts[*fact].kind)).collect::<Vec<_>>();
    let uses = match &kinds[..] {
        [] => "it asks for no fact".to_owned(),
        [only] => format!("it uses {only}"),
        [first @ .., last] => format!("it uses {} and {last}", first.join(", ")),
    };
    let closest = place == 0 && kinds.len() == 1 && fitting > 1 && order.contact.facts.len() > 1;
    let uses = if closest { format!("{uses}, which says most about the two of you") } else { uses };
    match (fitting, clean) {
        _ if place > 0 => uses,
        (1, _) => format!("{uses}; no other template fits"),
        (_, 0) => format!("{uses}; {fitting} templates fit, and this note has the fewest findings"),
        (_, 1) => format!("{uses}; of {fitting} templates that fit, only this one gives a clean note"),
        _ if fitting == clean => format!("{uses}; {fitting} templates fit"),
        _ => format!("{uses}; {fitting} templates fit, {clean} of them give a clean note"),
    }
}

/// A kind of fact in a sentence.
const fn spoken(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Event => "the event",
        FactKind::Talk => "their talk",
        FactKind::Post => "what they wrote",
        FactKind::Project => "what they made",
        FactKind::Mutual => "the person you both know",
        FactKind::Group => "the group",
        FactKind::School => "the school",
        FactKind::Employer => "the employer",
        FactKind::Work => "their work",
        FactKind::Vacancy => "the job they offer",
        FactKind::Application => "your application",
        FactKind::Place => "the place",
        FactKind::Conversation => "what you talked about",
        FactKind::News => "their news",
    }
}
