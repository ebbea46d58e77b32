//! One template filled with a contact's facts.

use super::{Order, WhyNot};
use crate::contact::FactKind;
use crate::context::{Channel, Limit, note_length};
use crate::template::{DETAILS, Library, Need, PrintedFact, RenderError, Scope, Template, field_of};
use crate::text::{Document, SourceSpan};

/// Choices of facts that are tried for one template. Who knows more of a person names the template.
const MOST_CHOICES: usize = 32;

/// A note that has what it needs and fits.
pub(super) struct Note<'a> {
    pub(super) template: &'a Template,
    pub(super) document: Document,
    pub(super) subject: Option<String>,
    pub(super) channel: Channel,
    pub(super) length: usize,
    pub(super) limit: Option<Limit>,
    pub(super) detail: u8,
    /// Places of the facts it was given, among the contact's: those to prefer first.
    pub(super) given: Vec<usize>,
    /// Places of the facts it tells, among the contact's.
    pub(super) facts: Vec<usize>,
}

impl Order<'_> {
    /// The notes that a template gives, one for each choice of facts; at least one.
    pub(super) fn fill<'l>(&self, library: &'l Library, template: &'l Template) -> Result<Vec<Note<'l>>, WhyNot> {
        self.meets(template)?;
        let scope = self.scope(template);
        let mut notes = Vec::new();
        let mut failure = None;
        for facts in self.choices_of_facts(template) {
            match self.fit(library, template, &scope, &facts) {
                Ok(note) => notes.push(note),
                Err(why) => failure = Some(why),
            }
        }
        match failure {
            Some(why) if notes.is_empty() => Err(why),
            _ => Ok(notes),
        }
    }

    /// Whether the contact and the writer have what a template needs.
    pub(super) fn meets(&self, template: &Template) -> Result<(), WhyNot> {
        let missing = template.front().needs.iter().find(|need| !self.has(&need.value));
        let Some(need) = missing else { return Ok(()) };
        let place = SourceSpan { file: template.file(), span: need.span };
        let template = template.id().to_owned();
        if let Need::Fact(kind) = need.value
            && let Some(error) = self.unprintable.iter().find(|error| error.kind == kind)
        {
            return Err(WhyNot::Unprintable { template, line: None, error: error.clone() });
        }
        Err(WhyNot::Missing { template, line: None, place, need: need.value.clone() })
    }

    pub(super) fn has(&self, need: &Need) -> bool {
        match need {
            Need::Fact(kind) => self.facts.iter().any(|fact| fact.kind == *kind),
            Need::Contact(field) => field_of(self.contact, field).is_some(),
            Need::Me(field) => self.request.me.is_some_and(|me| field_of(me, field).is_some()),
            Need::Nothing => true,
        }
    }

    /// The facts in the orders to try: of each kind that the template needs, each fact comes first once.
    pub(super) fn choices_of_facts(&self, template: &Template) -> Vec<Vec<&PrintedFact>> {
        let mut kinds: Vec<FactKind> = Vec::new();
        for need in &template.front().needs {
            if let Need::Fact(kind) = need.value {
                kinds.push(kind);
            }
        }
        let mut choices: Vec<Vec<&PrintedFact>> = vec![Vec::new()];
        for kind in kinds {
            let of_kind: Vec<_> = self.facts.iter().filter(|fact| fact.kind == kind).collect();
            let longer = choices
                .iter()
                .flat_map(|choice| of_kind.iter().map(move |fact| choice.iter().copied().chain([*fact]).collect()));
            choices = longer.take(MOST_CHOICES).collect();
        }
        for choice in &mut choices {
            let rest: Vec<_> =
                self.facts.iter().filter(|fact| choice.iter().all(|chosen| chosen.index != fact.index)).collect();
            choice.extend(rest);
        }
        choices
    }

    /// The note with as much detail as fits. It is never cut.
    fn fit<'l>(
        &self,
        library: &'l Library,
        template: &'l Template,
        scope: &Scope,
        facts: &[&PrintedFact],
    ) -> Result<Note<'l>, WhyNot> {
        let channel = self.channel(template);
        let limit = channel.limit(self.request.account);
        let most = limit.map_or(usize::MAX, |limit| limit.safe);
        let broken = |error: Box<RenderError>| WhyNot::broken(library, template, *error);
        // A subject names the bare fact.
        let subject = library.subject(template, &scope.with(facts, 0)).map_err(broken)?;
        let subject_length = subject.as_deref().map_or(0, note_length);
        if let Some(most) = channel.subject_limit().filter(|most| subject_length > *most) {
            return Err(WhyNot::TooLong {
                template: template.id().to_owned(),
                shortest: subject_length,
                most,
                longest: None,
            });
        }
        let mut shortest = usize::MAX;
        for detail in DETAILS {
            let text = library.render(template, &scope.with(facts, detail)).map_err(broken)?;
            let length = note_length(&text);
            shortest = shortest.min(length);
            if length <= most {
                let given = facts.iter().map(|fact| fact.index).collect();
                let facts = told(facts, &text, subject.as_deref());
                let document = template.untraced(text);
                return Ok(Note { template, document, subject, channel, length, limit, detail, given, facts });
            }
        }
        let longest = limit.map(|limit| limit.hard).filter(|hard| *hard > most);
        Err(WhyNot::TooLong { template: template.id().to_owned(), shortest, most, longest })
    }
}

/// The places of the facts that a note tells, in order.
fn told(facts: &[&PrintedFact], text: &str, subject: Option<&str>) -> Vec<usize> {
    let is_told =
        |fact: &&&PrintedFact| text.contains(&fact.what) || subject.is_some_and(|subject| subject.contains(&fact.what));
    let mut told: Vec<_> = facts.iter().filter(is_told).map(|fact| fact.index).collect();
    told.sort_unstable();
    told
}
