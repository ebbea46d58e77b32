use jiff::civil::Date;
use serde::Serialize;

use super::EventKind;

/// Something that happened between the writer and a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// What happened.
    pub what: EventKind,
    /// The day.
    pub on: Date,
    /// The words of the note, where it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}
