use serde::{Deserialize, Serialize};

/// Something you share with a contact or know of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What sort of thing it is.
    pub kind: FactKind,
    /// The thing itself, as people speak of it: `her talk at RiskMinds`.
    pub what: String,
    /// More about it.
    pub detail: Option<String>,
    /// When it was: `2026`, `2026-10` or `2026-10-03`.
    pub when: Option<String>,
}

/// The sorts of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// An event you were both at: "We met at *RustConf*".
    Event,
    /// A talk they gave: "I heard *your talk on async traits*".
    Talk,
    /// Something they wrote: "I read *your post on hinge torque*".
    Post,
    /// A project: "I use *your parser*".
    Project,
    /// A person you both know: "*Jo Ramirez* suggested that I write".
    #[serde(alias = "person")]
    Mutual,
    /// A group you are both in: "We are both in *the Elixir forum*".
    Group,
    /// A school you both went to: "We both went to *ETH*".
    School,
    /// An employer you shared: "We both worked at *Nokia*".
    Employer,
    /// Their job: "You work as *a structural engineer*".
    #[serde(alias = "role")]
    Work,
    /// A job they offer: "I saw *the opening for a payroll lead*".
    Vacancy,
    /// Your application to them: "I applied for *the field rig role*".
    Application,
    /// A place you share: "We both live in *Leith*".
    Place,
    /// Something you talked about: "We spoke about *the night bus*".
    Conversation,
    /// News of theirs: "I read about *your new workshop in Leuven*".
    News,
}
