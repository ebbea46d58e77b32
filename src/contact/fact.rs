use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::similar;

/// Something you share with a contact or know of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What sort of thing it is.
    pub kind: FactKind,
    /// The thing itself, as people speak of it: `her talk at RiskMinds`.
    pub what: String,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// When it was: `2026`, `2026-10` or `2026-10-03`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
}

/// The sorts of facts. Each says the sentence that its `what` completes when it is printed to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// An event you were both at: "We met at *RustConf*".
    Event,
    /// A talk they gave: "I heard *your talk on async traits*".
    Talk,
    /// Something they wrote: "I read *your post about hinge torque*".
    Post,
    /// A project of theirs: "Thank you for *your parser*".
    Project,
    /// A person you both know: "*Jo Ramirez* suggested that I write".
    #[serde(alias = "person")]
    Mutual,
    /// A group you are both in: "We are both in *the Elixir forum*".
    Group,
    /// A school you both went to: "We have *ETH* in common".
    School,
    /// An employer you shared: "We both worked at *Nokia*".
    Employer,
    /// Their job: "I have followed *your work as a structural engineer*".
    #[serde(alias = "role")]
    Work,
    /// A job they offer: "I saw *the opening for a payroll lead*".
    Vacancy,
    /// Your application to them: "I am writing about *my application for the field rig role*".
    Application,
    /// A place you share: "We both live in *Leith*".
    Place,
    /// Something you talked about: "We spoke about *the night bus*".
    Conversation,
    /// News of theirs: "I read about *your new workshop in Leuven*".
    News,
}

impl FactKind {
    /// All kinds.
    pub const ALL: [Self; 14] = [
        Self::Event,
        Self::Talk,
        Self::Post,
        Self::Project,
        Self::Mutual,
        Self::Group,
        Self::School,
        Self::Employer,
        Self::Work,
        Self::Vacancy,
        Self::Application,
        Self::Place,
        Self::Conversation,
        Self::News,
    ];

    /// The word used in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Talk => "talk",
            Self::Post => "post",
            Self::Project => "project",
            Self::Mutual => "mutual",
            Self::Group => "group",
            Self::School => "school",
            Self::Employer => "employer",
            Self::Work => "work",
            Self::Vacancy => "vacancy",
            Self::Application => "application",
            Self::Place => "place",
            Self::Conversation => "conversation",
            Self::News => "news",
        }
    }

    /// The sentence that a printed fact of this kind completes, with an example in its place.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Event => "We met at RustConf",
            Self::Talk => "I heard your talk on async traits",
            Self::Post => "I read your post about hinge torque",
            Self::Project => "Thank you for your parser",
            Self::Mutual => "Jo Ramirez suggested that I write",
            Self::Group => "We are both in the Elixir forum",
            Self::School => "We have ETH in common",
            Self::Employer => "We both worked at Nokia",
            Self::Work => "I have followed your work as a structural engineer",
            Self::Vacancy => "I saw the opening for a payroll lead",
            Self::Application => "I am writing about my application for the field rig role",
            Self::Place => "We both live in Leith",
            Self::Conversation => "We spoke about the night bus",
            Self::News => "I read about your new workshop in Leuven",
        }
    }

    /// What somebody writes to state a fact of this kind.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::Event => "RustConf",
            Self::Talk => "async traits",
            Self::Post => "her post about hinge torque",
            Self::Project => "his parser",
            Self::Mutual => "Jo Ramirez",
            Self::Group => "the Elixir forum",
            Self::School => "ETH",
            Self::Employer => "Nokia",
            Self::Work => "structural engineer",
            Self::Vacancy => "payroll lead",
            Self::Application => "the field rig role",
            Self::Place => "Leith",
            Self::Conversation => "the night bus",
            Self::News => "her new workshop in Leuven",
        }
    }
}

impl fmt::Display for FactKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for FactKind {
    type Err = String;

    /// Accepts `role` for `work` and `person` for `mutual`.
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "person" => return Ok(Self::Mutual),
            "role" => return Ok(Self::Work),
            _ => {}
        }
        let names = Self::ALL.map(Self::as_str);
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| match similar(text, names) {
            Some(near) => format!("“{text}” is not a kind of fact: did you mean {near}?"),
            None => format!("“{text}” is not a kind of fact: use {}", names.join(", ")),
        })
    }
}
