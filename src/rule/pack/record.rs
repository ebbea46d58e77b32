use serde::{Deserialize, Serialize};

use super::check::Check;
use crate::context::Kind;
use crate::rule::spec::{Evidence, Example, Levels, Run};

/// A rule as it is run: checked, with its defaults filled in. Its phrases are in the pack's automaton.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// `<pack>/<name>`.
    pub id: String,
    /// One line: what it finds.
    pub summary: String,
    /// Level by kind of note; `None` where it does not apply.
    pub levels: [Option<crate::diagnostic::Level>; 3],
    /// Whether it runs without being selected.
    pub run: Run,
    /// The channels it applies to; all when empty.
    pub channels: Vec<String>,
    /// The language of its phrases; `None` runs always.
    pub language: Option<String>,
    /// Whether capitals matter.
    pub exact: bool,
    /// Its mechanism.
    pub check: Check,
    /// Whether it has `when` phrases.
    pub when: bool,
    /// Whether it has `except` or `unless` phrases.
    pub silenced: bool,
    /// Least number of different hits.
    pub min: usize,
    /// Its level is one lower in a note whose wording has a lower score.
    pub holds_from: Option<i32>,
    /// What is printed.
    pub message: String,
    /// What to do instead.
    pub help: Option<String>,
}

impl Rule {
    /// The rule's pack: `pushy` of `pushy/bump`.
    #[must_use]
    pub fn pack(&self) -> &str {
        self.id.split_once('/').map_or(&*self.id, |(pack, _)| pack)
    }

    /// The role of phrases without one of which the rule finds nothing, if there is such a role.
    #[must_use]
    pub fn needed(&self) -> Option<Role> {
        if self.check.least_hits() > 0 { Some(Role::Find) } else { self.when.then_some(Role::When) }
    }

    /// The language of its phrases, if it is another one than English.
    #[must_use]
    pub fn foreign(&self) -> Option<&str> {
        self.language.as_deref().filter(|language| *language != "en")
    }

    /// The id, for a rule in another language than English with that behind a dot: `pushy/bump.de`.
    #[must_use]
    pub fn name(&self) -> String {
        self.foreign().map_or_else(|| self.id.clone(), |language| format!("{}.{language}", self.id))
    }

    /// Whether one hit of a role says all there is to say: only whether there is any is asked.
    #[must_use]
    pub const fn one_will_do(&self, role: Role) -> bool {
        match role {
            Role::When => true,
            Role::Find => matches!(self.check, Check::Requires | Check::Unused { .. }) && !self.silenced,
            Role::Unless => matches!(self.check, Check::Missing { .. }),
            Role::Except => false,
        }
    }

    /// Where a built-in rule's page is, from the root of the project: `docs/rules/pushy/bump.md`.
    #[must_use]
    pub fn page(&self) -> String {
        format!("docs/rules/{}.md", self.name())
    }

    /// The level for a kind of note.
    #[must_use]
    pub fn level(&self, kind: Kind) -> Option<crate::diagnostic::Level> {
        Levels(self.levels).of(kind)
    }
}

/// What is read only when somebody asks about the rule.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RuleDoc {
    /// Why it matters.
    pub why: Option<String>,
    /// Where that is known from.
    pub source: Vec<String>,
    /// How good the evidence is.
    pub evidence: Option<Evidence>,
    /// The phrases or pattern as written: role and line.
    pub lines: Vec<(Role, String)>,
    /// Texts it finds.
    pub flags: Vec<ExampleDoc>,
    /// Texts it does not find.
    pub allows: Vec<ExampleDoc>,
}

/// A text that shows what a rule does, with what surrounds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleDoc {
    /// The note.
    pub text: String,
    /// The words that are marked; empty where nothing is found.
    pub found: String,
    /// The note after the fix.
    pub fix: Option<String>,
    /// The kind of note, where it was said.
    pub kind: Option<Kind>,
    /// The channel, where it was said.
    pub channel: Option<String>,
    /// The account, where it was said.
    pub account: Option<String>,
    /// The contact as JSON, where there is one.
    pub contact: Option<String>,
    /// The day it is written, where it was said.
    pub today: Option<String>,
}

impl From<&Example> for ExampleDoc {
    fn from(example: &Example) -> Self {
        Self {
            text: example.text.clone(),
            found: example.found.clone().unwrap_or_default(),
            fix: example.fix.clone(),
            kind: example.kind,
            channel: example.channel.clone(),
            account: example.account.clone(),
            today: example.today.clone(),
            contact: example.contact.clone(),
        }
    }
}

/// What a phrase does for its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// It is what the check looks for.
    Find,
    /// It drops a hit that it overlaps.
    Except,
    /// It drops the hits of its sentence.
    Unless,
    /// One must be in the note.
    When,
}

impl Role {
    pub(super) const ALL: [Self; 4] = [Self::Find, Self::Except, Self::Unless, Self::When];
}
