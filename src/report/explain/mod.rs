//! Why a rule did or did not fire in a note, in words.

mod pins;

use std::fmt::Write as _;

use pins::Pins;

use super::note::{header, paragraph};
use super::rule::looks_for;
use super::verdict::{count, list};
use super::{Ink, Note, Style, wrap};
use crate::context::Kind;
use crate::diagnostic::Level;
use crate::lint::{Bar, Doubt, Explanation, Stop};
use crate::rule::Listed;
use crate::rule::pack::{Check, Role};
use crate::rule::spec::Per;

/// A rule, a note, and what became of one in the other.
#[derive(Clone, Copy, Debug)]
pub struct Explained<'a> {
    /// The note; its findings are not looked at.
    pub note: Note<'a>,
    /// The rule.
    pub rule: Listed<'a>,
    /// What became of it.
    pub explanation: &'a Explanation,
    /// Why the rule does not run here, as a sentence.
    pub off: Option<&'a str>,
    /// What in the note silences the rule, as a sentence.
    pub allowed: Option<&'a str>,
    /// The line that was asked about.
    pub line: Option<usize>,
}

impl Explained<'_> {
    fn fires(&self) -> bool {
        self.off.is_none() && self.allowed.is_none() && self.explanation.fires()
    }
}

/// Whether the rule fired, why, and the places in the note.
#[must_use]
pub fn render(explained: &Explained<'_>, style: Style) -> String {
    let mut out = String::new();
    header(&mut out, &explained.note, style);
    let (verdict, ink) = verdict(explained);
    out += &wrap::labelled(&explained.rule.rule.id, ink, &verdict, style);
    for reason in reasons(explained) {
        let _ = write!(out, "  ");
        paragraph(&mut out, &reason, 2, 2, style);
    }
    let pins = Pins::of(explained);
    if !pins.is_empty() {
        out.push('\n');
        pins.draw(&mut out, explained, style);
    }
    if let Some(help) = explained.rule.rule.help.as_deref().filter(|_| explained.fires()) {
        out.push('\n');
        out += &wrap::labelled("help", Ink::Help, help.trim(), style);
    }
    out
}

fn verdict(explained: &Explained<'_>) -> (String, Ink) {
    let Explanation { findings, elsewhere, .. } = explained.explanation;
    let place = explained.line.map_or_else(|| "here".to_owned(), |line| format!("on line {line}"));
    if explained.fires() {
        let level = findings.iter().map(|found| found.level).max().unwrap_or(Level::Warning);
        let times = if findings.len() > 1 { format!(", {} times", findings.len()) } else { String::new() };
        return (format!("it fires {place}{times}, as {}.", article(level)), level.into());
    }
    let runs = explained.off.is_none() && explained.allowed.is_none() && explained.explanation.bars.is_empty();
    let rest = match elsewhere {
        0 => String::new(),
        _ if !runs => String::new(),
        number => format!(" It has {} in the rest of the note.", count(*number, "finding")),
    };
    (format!("it does not fire {place}.{rest}"), Ink::Strong)
}

fn article(level: Level) -> String {
    format!("{} {level}", if level == Level::Error { "an" } else { "a" })
}

/// Why it did not fire, most decisive first, a sentence or two each.
fn reasons(explained: &Explained<'_>) -> Vec<String> {
    let Explanation { bars, stop, places, findings, measure, names, nearest, .. } = explained.explanation;
    let mut reasons: Vec<String> = explained.off.into_iter().chain(explained.allowed).map(str::to_owned).collect();
    reasons.extend(bars.iter().map(|bar| barred(*bar, explained)));
    // Where there is nothing to count, something else is the reason.
    let stop = stop.filter(|stop| !matches!(stop, Stop::Min { different: 0, .. }));
    reasons.extend(stop.map(|stop| stopped(stop, explained)));
    let check = &explained.rule.rule.check;
    if explained.fires() {
        reasons.extend(explained.explanation.doubt.map(doubted));
        if matches!(check, Check::Density(_)) {
            reasons.push(format!("These count: {}.", list(names)));
        }
        return reasons;
    }
    let unasked = bars.iter().any(|bar| !matches!(bar, Bar::Kind | Bar::Channel | Bar::Language));
    if !findings.is_empty() {
        reasons.push("Without that it would report this:".to_owned());
    } else if let Some(measure) = measure {
        reasons.push(format!("{} {}", sentence(&looks_for(&explained.rule)), counted(measure.value, explained)));
    } else if let Some((score, at)) = explained.explanation.wording {
        let enough = if score < at { "" } else { " Its words speak more of another fault, or it uses a fact." };
        reasons.push(format!("{} Here it is {score}.{enough}", sentence(&looks_for(&explained.rule))));
    } else if !unasked && matches!(check, Check::Unused { .. }) && !names.is_empty() {
        reasons.push(format!("The note uses what you know: {}.", list(names)));
    } else if !unasked && matches!(check, Check::Missing { .. }) && bars.is_empty() {
        let said = if places.is_empty() {
            format!("These words are for them: {}.", list(names))
        } else {
            "This is for them:".to_owned()
        };
        reasons.push(format!("{} {said}", sentence(&looks_for(&explained.rule))));
    } else if !unasked && places.is_empty() {
        reasons.push(nothing(explained));
        let close = nearest.as_ref().map(|_| "This comes nearest:".to_owned());
        reasons.extend(close);
    }
    reasons
}

/// Why a warning is a suggestion.
fn doubted(doubt: Doubt) -> String {
    let Doubt { wording, holds_from, level } = doubt;
    format!(
        "It weighs less here, {} at most, since the note reads well as a whole: its wording scores {wording}, and the rule's \
         level holds from {holds_from} on.",
        article(level)
    )
}

/// `Finds a note …` as a sentence of its own.
fn sentence(finds: &str) -> String {
    let rest = finds.strip_prefix("Finds").unwrap_or(finds);
    format!("It finds{rest}.")
}

fn nothing(explained: &Explained<'_>) -> String {
    match &explained.rule.rule.check {
        Check::Phrases | Check::Swap(_) | Check::Claimed(_) | Check::Address { .. } => {
            let silent = explained.off.is_some() || !explained.explanation.bars.is_empty();
            format!("None of its phrases is here{}.", if silent { " either" } else { "" })
        }
        Check::Pattern { .. } => "Its regular expression matches nothing here.".to_owned(),
        _ => format!("{} Nothing of the kind is here.", sentence(&looks_for(&explained.rule))),
    }
}

fn counted(value: usize, explained: &Explained<'_>) -> String {
    match &explained.rule.rule.check {
        Check::Count(settings) if settings.per == Per::Sentence => format!("The most in one sentence is {value}."),
        Check::Density(_) => match &*explained.explanation.names {
            [] => "No such rule finds something here.".to_owned(),
            names => format!("Here it is {value}: {}.", list(names)),
        },
        Check::Length(_) => format!("Here it is {}.", explained.note.length().gauge(explained.note.document.text())),
        _ => format!("Here it is {value}."),
    }
}

fn stopped(stop: Stop, explained: &Explained<'_>) -> String {
    match stop {
        Stop::When => {
            let phrases: Vec<_> = explained.rule.phrases(Role::When).iter().map(|phrase| quoted(phrase)).collect();
            format!("It reports only in a note with one of its `when` phrases, and none is here: {}.", list(&phrases))
        }
        Stop::Min { different, least } => {
            format!("It reports only from {least} different ones on (`min`), and here it is {different}.")
        }
    }
}

fn barred(bar: Bar, explained: &Explained<'_>) -> String {
    let Note { context, kind_assumed, .. } = explained.note;
    let rule = explained.rule.rule;
    match bar {
        Bar::Kind => {
            let kinds: Vec<_> =
                Kind::ALL.into_iter().filter(|kind| rule.level(*kind).is_some()).map(|kind| kind.to_string()).collect();
            let assumed = if kind_assumed { " (nothing says so; `--kind` does)" } else { "" };
            format!("It is only for {}; this is {} {}{assumed}.", list(&kinds), a(context.kind), context.kind)
        }
        Bar::Channel => {
            let channel = context.channel();
            format!("It is only for notes by {}; this one goes by {channel}.", list(&rule.channels))
        }
        Bar::Language => {
            let own = rule.language.as_deref().unwrap_or_default();
            let language = explained.explanation.language;
            format!("Its phrases are for notes in “{own}”; this one is in “{language}”.")
        }
        Bar::NoContact => "It compares the note with the person it is to, and nothing says who that is: use --contact \
                           WHO, or write `contact:` at the top of the note."
            .to_owned(),
        Bar::NoFacts => {
            let name = context.contact.map_or("them", |contact| &contact.first_name);
            format!("It compares the note with what you know about {name}, and no fact is written down.")
        }
        Bar::NoHistory => {
            let name = context.contact.map_or("them", |contact| &contact.first_name);
            format!("It looks at what has passed between you and {name}, and no history is written down.")
        }
        Bar::NoDay => "It looks at the day, and nothing says which one it is: use --today.".to_owned(),
        Bar::HasFacts => {
            let name = context.contact.map_or("them", |contact| &contact.first_name);
            format!("It is for notes to people of whom nothing is written down, and you know something about {name}.")
        }
        Bar::NoOthers => "It looks for details of the other people of the project, and there are none.".to_owned(),
    }
}

const fn a(kind: Kind) -> &'static str {
    match kind {
        Kind::Invite => "an",
        Kind::FollowUp | Kind::Message => "a",
    }
}

/// Longest phrase that is shown whole, in characters.
const LONGEST: usize = 120;

/// A phrase as it is written in the rule, without the end of a long one.
fn quoted(phrase: &str) -> String {
    match phrase.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{} …`", phrase[..end].trim_end()),
        None => format!("`{phrase}`"),
    }
}
