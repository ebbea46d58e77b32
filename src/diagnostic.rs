//! What a rule reports, and how to mend it.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::text::yaml::YamlError;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Level {
    /// Worth a thought.
    Suggestion,
    /// Likely to cost the note its welcome.
    Warning,
    /// Do not send it like this.
    Error,
}

impl Level {
    /// The next lower level, if there is one.
    #[must_use]
    pub const fn lower(self) -> Self {
        match self {
            Self::Error => Self::Warning,
            Self::Warning | Self::Suggestion => Self::Suggestion,
        }
    }

    /// The word that is printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Suggestion => "suggestion",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The mechanism of a rule: which of the check keys its file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum CheckKind {
    /// Phrases to find.
    Phrases,
    /// A regular expression.
    Pattern,
    /// Phrases with a better wording.
    Swap,
    /// Too many or too few of something.
    Count,
    /// Too much of one thing beside another.
    Ratio,
    /// The same again and again.
    Repeat,
    /// A note without something.
    Requires,
    /// Signs that add up.
    Signs,
    /// Words that stood in notes which readers minded.
    Wording,
    /// Findings of several rules.
    Density,
    /// Notes to different people that are one text.
    Sameness,
    /// A share of the channel's limit.
    Length,
    /// What a template left behind.
    Placeholder,
    /// The wrong person's details.
    Recipient,
    /// The familiar and the polite form of address.
    Address,
    /// How a name is written.
    Name,
    /// Facts: used, unused, claimed, missing.
    Grounding,
    /// What has passed between the two, and when.
    Cadence,
}

/// What is set for a rule or a pack of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// It runs, and what it finds weighs this much.
    Level(Level),
    /// It runs, at its own level.
    On,
    /// It does not run.
    Off,
}

/// A finding: one rule, one place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The id of the rule, `pushy/bump` for example.
    pub rule: Arc<str>,
    /// How the rule found it; `None` for a finding that is no rule's.
    pub check: Option<CheckKind>,
    /// Its weight here.
    pub level: Level,
    /// What was found: one line that can be understood alone.
    pub message: String,
    /// What to do about it.
    pub help: Option<Arc<str>>,
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// A change that mends it, if there is one.
    pub fix: Option<Fix>,
    /// The stretches of the message that are not the rule's own words, in order.
    pub inserts: Inserts,
}

/// The stretches of a message that its rule left to be filled in. They take one word of a finding: few look at them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inserts(Option<Box<Box<[Insert]>>>);

impl std::ops::Deref for Inserts {
    type Target = [Insert];

    fn deref(&self) -> &[Insert] {
        self.0.as_ref().map_or(&[], |inserts| inserts)
    }
}

impl From<Vec<Insert>> for Inserts {
    fn from(inserts: Vec<Insert>) -> Self {
        Self((!inserts.is_empty()).then(|| Box::new(inserts.into())))
    }
}

/// A stretch of a message that its rule left to be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Insert {
    /// Bytes of the message.
    pub span: Span,
    /// Where the words come from.
    pub of: Inserted,
}

/// What was put into a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// The words of the note that were found.
    Found,
    /// What the contact is called.
    Name,
    /// What a fact about the contact says.
    Fact,
    /// A day on which something happened with the contact, or one that follows from it.
    Day,
    /// Another value: of the contact, or of somebody else.
    Value,
}

impl Diagnostic {
    /// A finding without help or fix.
    #[must_use]
    pub fn new(rule: impl Into<Arc<str>>, level: Level, message: impl Into<String>, span: Span) -> Self {
        Self {
            rule: rule.into(),
            check: None,
            level,
            message: message.into(),
            help: None,
            span,
            fix: None,
            inserts: Inserts::default(),
        }
    }

    /// An error in a YAML text that starts at byte `offset` of the document.
    #[must_use]
    pub fn from_yaml(rule: impl Into<Arc<str>>, error: YamlError, offset: usize) -> Self {
        let mut finding = Self::new(rule, Level::Error, error.message, error.span.shift(offset));
        finding.help = error.help.map(Into::into);
        finding
    }

    /// The pack of the rule: `pushy` of `pushy/bump`.
    #[must_use]
    pub fn pack(&self) -> &str {
        self.rule.split_once('/').map_or(&*self.rule, |(pack, _)| pack)
    }

    /// The same finding with words on what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<Arc<str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with a fix.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

/// A change to the document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether the meaning stays the same, so that it may be applied unseen.
    pub safe: bool,
    /// Replacements that do not overlap, in order.
    pub edits: Vec<Edit>,
}

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// The bytes to replace.
    pub span: Span,
    /// What to put there.
    pub text: String,
}

impl Fix {
    /// The text after the change, or `None` if an edit does not fit it.
    #[must_use]
    pub fn apply(&self, text: &str) -> Option<String> {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for edit in &self.edits {
            out.push_str(text.get(at..edit.span.start)?);
            out.push_str(&edit.text);
            at = edit.span.end;
        }
        out.push_str(text.get(at..)?);
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn applies_edits_in_order_and_refuses_a_span_that_does_not_fit() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.into() };
        let fix = Fix { safe: true, edits: vec![edit(0, 2, "Hello"), edit(3, 6, "Bo")] };
        assert_eq!(fix.apply("Hi Ana!").as_deref(), Some("Hello Bo!"));
        assert_eq!(Fix { safe: true, edits: vec![edit(1, 2, "")] }.apply("é"), None);
    }
}
