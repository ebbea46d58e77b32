//! What a `cadence` rule looks at, in words.

use crate::contact::{EventKind, FactKind};
use crate::rule::pack::{Cadence, Watched};

/// `Finds a note written less than 28 days after they were invited`, and so on.
pub(super) fn cadence(settings: &Cadence) -> String {
    let days = match (settings.within, settings.beyond) {
        (Some(within), _) => format!("less than {within} days after"),
        (None, Some(beyond)) => format!("more than {beyond} days after"),
        (None, None) => "at any time after".to_owned(),
    };
    let mut out = match &settings.of {
        Watched::After { events, until } => {
            let until = happened(until);
            let until = if until.is_empty() { until } else { format!(", unless followed by “{until}”") };
            format!("Finds a note written {days} “{}” in the history{until}", happened(events))
        }
        Watched::Volume { events, max, with_text } => {
            let of = if *with_text { " with a text" } else { "" };
            let within = settings.within.unwrap_or_default();
            format!("Finds more than {max} of “{}”{of} in {within} days, over all contacts", happened(events))
        }
        Watched::Told(kinds) => format!("Finds these phrases {days} the {} the sentence is about", facts(kinds)),
        Watched::Untold(kinds) => {
            format!("Finds these phrases {days} the {}, in a note that tells no fact", facts(kinds))
        }
        Watched::Repeats(percent) => {
            format!("Finds a note of which {percent} % stands in an earlier one of the history")
        }
        Watched::Weekdays(days) => {
            let days: Vec<_> = days.iter().map(|day| format!("{day:?}")).collect();
            format!("Finds a note written on {}", days.join(" or "))
        }
    };
    if !settings.rules.is_empty() {
        out += &format!(", where {} finds something", settings.rules.join(" or "));
    }
    out
}

pub(super) fn happened(events: &[EventKind]) -> String {
    let words: Vec<_> = events.iter().map(|event| event.as_str().replace('_', " ")).collect();
    words.join("” or “")
}

fn facts(kinds: &[FactKind]) -> String {
    let words: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
    words.join(" or ")
}
