use std::fmt::Write as _;

use super::{Explained, quoted};
use crate::diagnostic::{Diagnostic, Level};
use crate::lint::{Explanation, Fate, Place};
use crate::report::mark::{Mark, marks};
use crate::report::note::{body, paragraph, remarks};
use crate::report::{Ink, Style};
use crate::rule::pack::Check;
use crate::text::Span;

/// The places that are shown. What has more is no note.
const MOST: usize = 50;

/// Places of the note with what is said about each.
pub(super) struct Pins(Vec<Pin>);

struct Pin {
    shown: Diagnostic,
    label: &'static str,
    /// What is said; `{}` stands for the number of `other`.
    said: String,
    other: Option<Span>,
}

impl Pins {
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn of(explained: &Explained<'_>) -> Self {
        let explanation = explained.explanation;
        let mut pins = Self(Vec::new());
        for place in explanation.places.iter().take(MOST) {
            pins.place(place, explained);
        }
        // What a check found without a phrase of its own to show.
        for found in explanation.findings.iter().take(MOST) {
            if !explanation.places.iter().any(|place| place.span == found.span) {
                pins.add(found.span, found.level, "found", found.message.clone(), None);
            }
        }
        if let Some(near) = &explanation.nearest {
            let said = format!("{} begins so, and goes on otherwise", quoted(&near.phrase));
            pins.add(near.span, Level::Suggestion, "near", said, None);
        }
        pins
    }

    fn add(&mut self, span: Span, level: Level, label: &'static str, said: String, other: Option<Span>) {
        self.0.push(Pin { shown: Diagnostic::new("", level, "", span), label, said, other });
    }

    fn place(&mut self, place: &Place, explained: &Explained<'_>) {
        let finding = explained.explanation.findings.iter().find(|found| found.span == place.span);
        let by = place.phrase.as_deref().map(quoted);
        let by = by.unwrap_or_else(|| match explained.rule.rule.check {
            Check::Pattern { .. } => "the regular expression".to_owned(),
            _ => "the rule".to_owned(),
        });
        let hit = format!("{by} hits this");
        let (label, said, other) = match &place.fate {
            Fate::Reported => {
                let message = finding.map(|found| found.message.as_str()).unwrap_or_default();
                let by = place.phrase.as_ref().map(|_| format!(" ({by})")).unwrap_or_default();
                ("found", format!("{message}{by}"), None)
            }
            Fate::Stopped => ("held", format!("{hit}, and it is held back"), None),
            Fate::Except { span, .. } => ("dropped", format!("{hit}, and what {{}} excepts overlaps it"), Some(*span)),
            Fate::Unless { span, .. } => {
                let near = if place.span.overlaps(*span) && place.phrase.is_none() { "note" } else { "sentence" };
                ("dropped", format!("{hit}, and {{}} is in the same {near}"), Some(*span))
            }
            Fate::Given(value) => (
                "dropped",
                format!("{hit}, and it is part of “{}”, which you gave", value.replace(['{', '}'], " ")),
                None,
            ),
            Fate::Quoted => {
                ("dropped", format!("{hit}, and quotation marks say that it is mentioned, not meant"), None)
            }
            Fate::Considered => ("seen", considered(&hit, explained), None),
        };
        let level = finding.map_or(Level::Suggestion, |found| found.level);
        // What is missing has no place: the cue that was found says all.
        if !matches!(explained.rule.rule.check, Check::Missing { .. }) || finding.is_some() {
            self.add(place.span, level, label, said, other);
        }
        let silencer = match &place.fate {
            Fate::Except { phrase, span } => Some(("except", phrase, *span)),
            Fate::Unless { phrase, span } => Some(("unless", phrase, *span)),
            _ => None,
        };
        if let Some((label, phrase, span)) = silencer
            && !self.0.iter().any(|pin| pin.label == label && pin.shown.span == span)
        {
            self.add(span, Level::Suggestion, label, format!("{} hits this", quoted(phrase)), None);
        }
    }

    /// The note with the places marked and numbered, and below it what is said about each.
    pub(super) fn draw(&self, out: &mut String, explained: &Explained<'_>, style: Style) {
        let room = style.width.saturating_sub(2).max(1);
        let document = explained.note.document;
        let shown: Vec<Diagnostic> = self.0.iter().map(|pin| pin.shown.clone()).collect();
        let marks = marks(document.text(), &shown, room);
        body(out, document, &marks, room, style);
        out.push('\n');
        let width = self.0.iter().map(|pin| pin.label.len()).max().unwrap_or_default();
        let digits = marks.len().to_string().len();
        for mark in &marks {
            let Some(at) = shown.iter().position(|shown| std::ptr::eq(shown, mark.diagnostic)) else { continue };
            let pin = &self.0[at];
            let ink = if pin.label == "found" { pin.shown.level.into() } else { Ink::Dim };
            let gap = " ".repeat(width - pin.label.len());
            let _ = write!(out, "{:>digits$} {}{gap}  ", name(mark), style.paint(ink, pin.label));
            let column = digits + 1 + width + 2;
            pin.say(out, &marks, column, explained, style);
        }
        let Explanation { places, findings, .. } = explained.explanation;
        if places.len().max(findings.len()) > MOST {
            paragraph(out, &format!("These are the first {MOST} places; there are more."), 0, 2, style);
        }
    }
}

impl Pin {
    /// What is said about the place, behind its number and label, which end in `column`.
    fn say(&self, out: &mut String, marks: &[Mark<'_>], column: usize, explained: &Explained<'_>, style: Style) {
        let hang = if style.width < 60 { 2 } else { column };
        let said = match self.other {
            Some(span) => {
                // A pin that points to another covers other words, or has another label.
                let other = marks.iter().rfind(|mark| mark.span == span);
                self.said.replacen("{}", &other.map_or_else(|| "something".to_owned(), name), 1)
            }
            None => self.said.clone(),
        };
        paragraph(out, &said, column, hang, style);
        if self.label != "found" {
            return;
        }
        let finding = explained.explanation.findings.iter().find(|found| found.span == self.shown.span);
        // The advice of the rule is said once, at the end.
        for (label, text) in finding.map(remarks).unwrap_or_default().into_iter().filter(|(label, _)| *label == "fix") {
            let _ = write!(out, "{:hang$}{}: ", "", style.paint(Ink::Help, label));
            paragraph(out, &text, hang + label.len() + 2, hang, style);
        }
    }
}

/// A mark's number as it is spoken of.
fn name(mark: &Mark<'_>) -> String {
    mark.number.map_or_else(|| "*".to_owned(), |number| number.to_string())
}

fn considered(hit: &str, explained: &Explained<'_>) -> String {
    let name = explained.note.context.contact.map(|contact| contact.first_name.as_str());
    match (&explained.rule.rule.check, name) {
        (Check::Claimed(_), Some(name)) => format!("{hit}, and what you know about {name} supports it"),
        (Check::Recipient(_), Some(name)) => format!("{hit}, and it fits {name}"),
        (Check::Requires, _) => format!("{hit}, and one is enough"),
        (Check::Count(_) | Check::Repeat { .. } | Check::Ratio(_) | Check::Signs { .. }, _) => {
            format!("{hit}, and it is counted")
        }
        _ => hit.to_owned(),
    }
}
