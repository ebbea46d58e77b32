//! Findings without what is known of the person a note is written to: its words are shown as the field they come from,
//! `‹contact.first_name›`. docs/ci.md says what this covers and what it cannot.

mod masks;
mod values;

use self::masks::{Finder, Masks};
use self::values::{fact_label, values};
use super::Note;
use crate::contact::Contact;
use crate::context::Context;
use crate::diagnostic::{CheckKind, Diagnostic, Insert, Inserted};
use crate::lint::{Shared, quote};
use crate::rule::check::{self, facts_used};
use crate::text::{Document, Span, Tokens};

/// What stands for a detail of another person than the one the note is written to.
const SOMEBODY: &str = "‹somebody else›";

/// A note as it may be shown.
#[derive(Clone, Debug)]
pub struct Redacted {
    /// The findings, at their places in the note as it is.
    pub diagnostics: Vec<Diagnostic>,
    /// The text as it may be shown.
    pub document: Document,
    /// The findings, at their places in that.
    pub shown: Vec<Diagnostic>,
    /// The facts it uses: where they stand.
    pub facts: Vec<String>,
    /// What it shares with its reader.
    pub shared: Option<Shared>,
}

/// The note as it may be shown. A note to nobody in particular is what somebody typed, and stays as it is: `None`.
#[must_use]
pub fn note(note: &Note<'_>) -> Option<Redacted> {
    let redactor = Redactor::new(note.document.text(), note.context, note.diagnostics)?;
    let text = note.document.text();
    let diagnostics: Vec<_> = note.diagnostics.iter().map(|found| redactor.finding(found)).collect();
    let moves = redactor.masks.moves();
    let moved = |found: &Diagnostic| Diagnostic { span: moves.span(found.span), ..found.clone() };
    let shared = note.shared.map(|shared| Shared {
        words: shared.words.iter().copied().filter(|word| redactor.masks.shows(*word)).collect(),
        ..shared.clone()
    });
    Some(Redacted {
        shown: diagnostics.iter().map(moved).collect(),
        document: Document::from_text(redactor.masks.apply(text, Span::new(0, text.len()))),
        facts: note.facts.iter().map(|fact| redactor.fact(fact)).collect(),
        diagnostics,
        shared,
    })
}

/// The findings in a note as they may be shown, at their places in the note as it is.
#[must_use]
pub fn findings(document: &Document, context: &Context<'_>, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    match Redactor::new(document.text(), context, &found) {
        Some(redactor) => found.iter().map(|found| redactor.finding(found)).collect(),
        None => found,
    }
}

struct Redactor<'n> {
    text: &'n str,
    contact: &'n Contact,
    finder: Finder,
    masks: Masks,
}

impl<'n> Redactor<'n> {
    fn new(text: &'n str, context: &Context<'n>, found: &[Diagnostic]) -> Option<Self> {
        let contact = context.contact?;
        let finder = Finder::new(values(contact), &texts(contact), &contact.first_name);
        let mut masks = finder.find(text);
        let mut tokens = Tokens::default();
        tokens.read(text);
        for used in facts_used(check::Note { text, tokens: &tokens, context }) {
            masks.add(used.span, &format!("‹{}›", fact_label(used.fact, "what")));
        }
        for diagnostic in found {
            match diagnostic.check {
                Some(CheckKind::Recipient) => masks.add(diagnostic.span, SOMEBODY),
                // The greeting writes the name in a way that a list does.
                Some(CheckKind::Name) if diagnostic.fix.is_some() => masks.add(diagnostic.span, "‹contact.first_name›"),
                _ => {}
            }
        }
        Some(Self { text, contact, finder, masks })
    }

    fn finding(&self, found: &Diagnostic) -> Diagnostic {
        let mut redacted = found.clone();
        let (message, inserts) = self.message(found);
        redacted.message = message;
        redacted.inserts = inserts.into();
        if found.check.is_none() {
            redacted.help = found.help.as_deref().map(|help| self.words(help).into());
        }
        // A change that writes a value would be another one without it.
        redacted.fix = redacted.fix.filter(|fix| fix.edits.iter().all(|edit| self.words(&edit.text) == edit.text));
        redacted
    }

    fn message(&self, found: &Diagnostic) -> (String, Vec<Insert>) {
        if found.check.is_none() {
            return (self.words(&found.message), Vec::new());
        }
        let (mut out, mut inserts) = (String::new(), Vec::new());
        let mut at = 0;
        for insert in found.inserts.iter() {
            out += &found.message[at..insert.span.start];
            let start = out.len();
            self.insert(&mut out, found, *insert);
            inserts.push(Insert { span: Span::new(start, out.len()), of: insert.of });
            at = insert.span.end;
        }
        (out + &found.message[at..], inserts)
    }

    fn insert(&self, out: &mut String, found: &Diagnostic, insert: Insert) {
        let words = &found.message[insert.span.range()];
        match insert.of {
            Inserted::Found => quote(out, &self.masks.apply(self.text, found.span)),
            Inserted::Name => out.push_str("‹contact.first_name›"),
            Inserted::Fact => out.push_str(&self.fact(words)),
            Inserted::Day if found.inserts.iter().any(|insert| insert.of == Inserted::Fact) => {
                out.push_str("‹contact.facts›");
            }
            Inserted::Day => out.push_str("‹contact.history›"),
            Inserted::Value if found.check == Some(CheckKind::Recipient) => {
                let is_company = self.contact.company.as_deref() == Some(words);
                let own = if self.contact.first_name == words { "‹contact.first_name›" } else { SOMEBODY };
                out.push_str(if is_company { "‹contact.company›" } else { own });
            }
            Inserted::Value => out.push_str(&self.words(words)),
        }
    }

    /// Where a fact stands.
    fn fact(&self, what: &str) -> String {
        let at = self.contact.facts.iter().position(|fact| fact.what == what);
        at.map_or_else(|| "‹contact.facts›".to_owned(), |at| format!("‹{}›", fact_label(at, "what")))
    }

    fn words(&self, text: &str) -> String {
        self.finder.find(text).apply(text, Span::new(0, text.len()))
    }
}

/// The values that are looked for inside words, too, with what stands for them.
fn texts(contact: &Contact) -> Vec<(String, &str)> {
    let fields = [
        ("first_name", Some(&contact.first_name)),
        ("last_name", contact.last_name.as_ref()),
        ("company", contact.company.as_ref()),
        ("role", contact.role.as_ref()),
    ];
    let fields = fields.into_iter().filter_map(|(field, text)| Some((format!("‹contact.{field}›"), text?.as_str())));
    let facts = contact.facts.iter().enumerate();
    let facts = facts.map(|(at, fact)| (format!("‹{}›", fact_label(at, "what")), fact.what.as_str()));
    fields.chain(facts).collect()
}

#[cfg(test)]
mod tests;
