//! What a note shares with its reader, and which words show it.

use super::readiness::SharedContext;
use super::session::{Hits, Session};
use crate::context::Context;
use crate::rule::check::{Note, is_specific, specific_words};
use crate::text::{Document, Language, Span};

/// What a note shares with its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shared {
    /// Whether it says what only this reader could be told.
    pub answer: SharedContext,
    /// The words that show it, in bytes of the note: those of the facts it uses, else the ones few notes have, else a
    /// cue (“you asked me”).
    pub words: Vec<Span>,
}

/// What words that only this reader could be told must weigh: a name in a sentence, or two rare words.
const ENOUGH: usize = 2;

impl Session<'_> {
    /// Whether a note says what only its reader could be told. Facts that it uses go before cues (“we met at …”), and
    /// those before words that few notes have. `None` when that cannot be told: cues and words are English.
    pub fn shared_context(&mut self, document: &Document, context: &Context<'_>) -> Option<Shared> {
        let context = &self.read(document.text(), context, Hits::All);
        let words: Vec<Span> = self.facts_used(document, context).iter().map(|used| used.span).collect();
        if !words.is_empty() {
            return Some(Shared { answer: SharedContext::Used, words });
        }
        if self.language() != Language::ENGLISH {
            return None;
        }
        let cue = self.cue();
        let note = Note { text: document.text(), tokens: self.tokens(), context };
        let answer = match (cue, is_specific(note, ENOUGH)) {
            (Some(_), _) => SharedContext::Strong,
            (None, true) => SharedContext::Some,
            (None, false) => SharedContext::None,
        };
        let words = if answer == SharedContext::None { Vec::new() } else { specific_words(note) };
        let words = if words.is_empty() { cue.map(|hit| note.hit_span(&hit)).into_iter().collect() } else { words };
        Some(Shared { answer, words })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Contact;
    use crate::lint::Linter;
    use crate::rule::RuleSet;

    fn shared(text: &str, contact: Option<&Contact>) -> (SharedContext, Vec<String>) {
        let rules = RuleSet::builtin();
        let context = Context { contact, ..Context::default() };
        let shared = Linter::new(&rules).session().shared_context(&Document::from_text(text), &context).unwrap();
        (shared.answer, shared.words.iter().map(|span| text[span.range()].to_owned()).collect())
    }

    #[test]
    fn there_are_three_answers_and_the_facts() {
        let contact: Contact =
            serde_json::from_str(r#"{"first_name":"Ana","facts":[{"talk":"hinge torque"}]}"#).unwrap();
        for (text, contact, answer, words) in [
            ("Hi Ana, your hinge torque talk was good.", Some(&contact), SharedContext::Used, vec!["hinge"]),
            ("Hi Ana, you told me to write when the work was done.", None, SharedContext::Strong, vec!["you told me"]),
            ("Hi Ana, your notes on glaze helped.", None, SharedContext::Strong, vec!["glaze"]),
            ("Hi Ana, the kiln is in Hull.", None, SharedContext::Some, vec!["kiln", "Hull"]),
            ("Hi Ana, I would love to connect.", None, SharedContext::None, vec![]),
        ] {
            assert_eq!(
                shared(text, contact),
                (answer, words.iter().map(|word| (*word).to_owned()).collect()),
                "{text}"
            );
        }
    }
}
