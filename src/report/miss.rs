//! Labelled notes that were misjudged.

use super::{Ink, Style, note, wrap};
use crate::eval::{LabelledNote, Misjudged, Miss, View};
use crate::text::Document;

/// The note, how it was misjudged, and what was found in it. `place` is its file and line.
#[must_use]
pub fn render(place: &str, note: &LabelledNote<'_>, missed: &Misjudged, style: Style) -> String {
    let name = note.name().map(|name| format!(" ({name})")).unwrap_or_default();
    let ink = if missed.miss == Miss::Flagged { Ink::Error } else { Ink::Warning };
    let mut out = wrap::labelled(&format!("{place}{name}"), ink, &how(note, missed), style);
    out += &note::marked(&Document::from_text(note.text.as_ref()), &missed.found, style);
    if missed.found.is_empty() {
        out += "nothing fires\n";
    }
    for found in &missed.found {
        out += &wrap::labelled(&format!("{}[{}]", found.level, found.rule), found.level.into(), &found.message, style);
    }
    out.push('\n');
    out
}

/// `a good invite, flagged on the bare text`
fn how(note: &LabelledNote<'_>, missed: &Misjudged) -> String {
    let kind = missed.kind;
    let issues = if note.issues.is_empty() { String::new() } else { format!(": {}", note.issues.join(", ")) };
    let views = match missed.views[..] {
        [View::Bare] => "on the bare text",
        [View::Contact] => "with its contact",
        _ => "with and without its contact",
    };
    match missed.miss {
        Miss::Flagged => format!("a good {kind}, flagged {views}"),
        Miss::Missed => format!("a bad {kind}, missed {views}{issues}"),
        Miss::OtherReason => format!("a bad {kind}, flagged for another reason {views}{issues}"),
    }
}
