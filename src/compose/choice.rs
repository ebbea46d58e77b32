//! Which of the notes that fit is the best: clean first, then how specific its facts are, then fit.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::fill::Note;
use super::{Draft, Order};
use crate::contact::FactKind;
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Level};
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
            let diagnostics = lint(&note.document, &context);
            let closeness = note.facts.iter().map(|fact| closeness(kind_of(fact))).max().unwrap_or_default();
            Judged { note, diagnostics, closeness }
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
    judged.into_iter().take(most).map(|judged| draft(order, judged, fitting, clean)).collect()
}

fn draft(order: &Order<'_>, judged: Judged<'_>, fitting: usize, clean: usize) -> Draft {
    let reason = reason(order, &judged, fitting, clean);
    let Judged { note, diagnostics, .. } = judged;
    Draft {
        template: note.template.id().to_owned(),
        kind: note.template.front().kind,
        channel: note.channel,
        text: note.document.text().to_owned(),
        subject: note.subject,
        length: note.length,
        limit: note.limit,
        facts_used: note.facts.iter().map(|fact| order.contact.facts[*fact].clone()).collect(),
        reason,
        diagnostics,
    }
}

/// Why this note, in words that complete “picked because …”.
fn reason(order: &Order<'_>, judged: &Judged<'_>, fitting: usize, clean: usize) -> String {
    if order.request.template.is_some() {
        return "you asked for it".to_owned();
    }
    let kinds: Vec<_> = judged.note.facts.iter().map(|fact| order.contact.facts[*fact].kind.as_str()).collect();
    let uses = match &kinds[..] {
        [] => "it asks for no fact".to_owned(),
        [.., last] if kinds.len() > 1 => {
            format!("it uses the {} and the {last}", kinds[..kinds.len() - 1].join(", the "))
        }
        [only] if order.contact.facts.len() > 1 => format!("it uses the {only}, which says most about the two of you"),
        [only, ..] => format!("it uses the {only}"),
    };
    match (fitting, clean) {
        (1, _) => format!("{uses}; no other template fits"),
        (_, 0) => format!("{uses}; {fitting} templates fit, and this one has the fewest findings"),
        (_, 1) if judged.is_clean() => format!("{uses}; of {fitting} templates that fit, only this one is clean"),
        _ => format!("{uses}; {fitting} templates fit, {clean} of them clean"),
    }
}
