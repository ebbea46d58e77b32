//! From what a check found to what is reported.

use crate::context::Context;
use crate::diagnostic::{Diagnostic, Edit, Fix, Level};
use crate::rule::Active;
use crate::rule::check::{Found, Since};
use crate::rule::pack::Rule;
use crate::text::Span;

/// The finding of a rule.
pub(super) fn diagnostic(rule: &Rule, active: &Active, found: Found, text: &str, context: &Context<'_>) -> Diagnostic {
    let own = active.level.or_else(|| rule.level(context.kind)).unwrap_or(Level::Warning);
    let level = found.level.map_or(own, |lower| lower.min(own));
    let message = fill(&rule.message, &found, text, context);
    let mut diagnostic = Diagnostic::new(active.id.clone(), level, message, found.span);
    diagnostic.check = Some(rule.check.kind());
    diagnostic.help = active.help.clone();
    if let Some(replacement) = found.replacement {
        let edit = removal(text, found.span, replacement);
        diagnostic.fix = Some(Fix { safe: true, edits: vec![edit] });
    }
    diagnostic
}

/// The edit that puts `replacement` in the place of `span`; an empty one takes the blank behind it too.
fn removal(text: &str, span: Span, replacement: String) -> Edit {
    let blank = replacement.is_empty() && text[span.end..].starts_with(' ');
    Edit { span: Span::new(span.start, span.end + usize::from(blank)), text: replacement }
}

/// Longest quotation in a message, in characters.
const QUOTED: usize = 60;

/// The message with its names filled in.
fn fill(message: &str, found: &Found, text: &str, context: &Context<'_>) -> String {
    let mut out = String::with_capacity(message.len() + 24);
    let mut rest = message;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
        match name {
            "match" => quote(&mut out, &text[found.span.range()]),
            "name" => out.push_str(context.contact.map_or("them", |contact| &contact.first_name)),
            "count" => out.push_str(&found.count.to_string()),
            "limit" => out.push_str(&found.limit.to_string()),
            "value" => out.push_str(found.value.as_deref().unwrap_or_default()),
            "fact" => out.push_str(found.fact.as_deref().unwrap_or_default()),
            "date" | "ago" | "from" => tell(&mut out, name, found.since.as_ref()),
            "replacement" => out.push_str(found.replacement.as_deref().unwrap_or_default()),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A time: the day, how long ago that is, or the day from which on nothing would be found.
fn tell(out: &mut String, name: &str, since: Option<&Since>) {
    let Some(since) = since else { return };
    match (name, since.days) {
        ("date", _) => out.push_str(&since.date),
        ("from", _) => out.push_str(&since.from.map(|day| day.to_string()).unwrap_or_default()),
        (_, 0) => out.push_str("today"),
        (_, 1) => out.push_str("yesterday"),
        (_, days) if days < 60 => out.push_str(&format!("{days} days ago")),
        (_, days) => out.push_str(&format!("{} months ago", days / 30)),
    }
}

/// Words of the note on one line, shortened in the middle of nothing: at a character.
fn quote(out: &mut String, words: &str) {
    let mut left = QUOTED;
    for word in words.split_whitespace() {
        if left < QUOTED {
            out.push(' ');
        }
        let length = word.chars().count();
        if length + 1 > left {
            out.push('…');
            return;
        }
        left -= length + 1;
        out.push_str(word);
    }
}
