//! A second opinion: words that are found in bad notes stand in good ones too, so in a note that reads well otherwise an
//! error is a warning, and a warning a suggestion.

use super::session::Session;
use crate::context::Context;
use crate::diagnostic::Level;
use crate::rule::Active;
use crate::rule::check::Note;
use crate::rule::pack::Rule;
use crate::text::Language;

/// Why the findings of a rule weigh less in a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// How the note is worded: less than 0 where it reads as good notes do.
    pub wording: i32,
    /// From which wording on the rule's level holds.
    pub holds_from: i32,
    /// The level at most.
    pub level: Level,
}

impl Session<'_> {
    /// What speaks against the findings of a rule in the note that was read, if anything does.
    pub(super) fn doubt(&mut self, rule: &Rule, active: &Active, text: &str, context: &Context<'_>) -> Option<Doubt> {
        let holds_from = rule.holds_from?;
        let level = active.level.or_else(|| rule.level(context.kind))?;
        if level == Level::Suggestion || context.language() != Some(Language::ENGLISH) {
            return None;
        }
        let note = Note { text, tokens: &self.tokens, context };
        let wording = self.views.wording(note).score;
        (wording < holds_from).then_some(Doubt { wording, holds_from, level: level.lower() })
    }
}
