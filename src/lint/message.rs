//! From what a check found to what is reported.

use crate::context::Context;
use crate::diagnostic::{Diagnostic, Edit, Fix, Insert, Inserted, Level};
use crate::rule::Active;
use crate::rule::check::{Found, Since};
use crate::rule::pack::{Check, Rule, Watched};
use crate::text::Span;

/// The finding of a rule.
pub(super) fn diagnostic(rule: &Rule, active: &Active, found: Found, text: &str, context: &Context<'_>) -> Diagnostic {
    let own = active.level.or_else(|| rule.level(context.kind)).unwrap_or(Level::Warning);
    let level = found.level.map_or(own, |lower| lower.min(own));
    let (message, inserts) = fill(rule, &found, text, context);
    let mut diagnostic = Diagnostic::new(active.id.clone(), level, message, found.span);
    diagnostic.inserts = inserts.into();
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

/// The message with its names filled in, and what was put there.
fn fill(rule: &Rule, found: &Found, text: &str, context: &Context<'_>) -> (String, Vec<Insert>) {
    let mut out = String::with_capacity(rule.message.len() + 24);
    let mut inserts = Vec::new();
    let mut rest = rule.message.as_str();
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let start = out.len();
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
        let span = Span::new(start, out.len());
        inserts.extend(inserted(name, rule, context).map(|of| Insert { span, of }));
        rest = after;
    }
    out.push_str(rest);
    (out, inserts)
}

/// Where a name in a message gets its words from, if not from the rule.
fn inserted(name: &str, rule: &Rule, context: &Context<'_>) -> Option<Inserted> {
    match name {
        "match" => Some(Inserted::Found),
        "name" => context.contact.map(|_| Inserted::Name),
        "fact" => Some(Inserted::Fact),
        "date" | "ago" | "from" => (!is_about_today(&rule.check)).then_some(Inserted::Day),
        "value" | "replacement" => Some(Inserted::Value),
        _ => None,
    }
}

/// Whether a check looks at the day of the week only, which says nothing of anybody.
fn is_about_today(check: &Check) -> bool {
    matches!(check, Check::Cadence(cadence) if matches!(cadence.of, Watched::Weekdays(_)))
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
pub(crate) fn quote(out: &mut String, words: &str) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Contact;
    use crate::lint::Linter;
    use crate::rule::RuleSet;
    use crate::text::Document;

    #[test]
    fn a_message_knows_which_of_its_words_are_not_the_rules() {
        let rules = RuleSet::builtin();
        let ana: Contact = serde_json::from_str(
            r#"{"first_name":"Ana","company":"Moss","history":[{"what":"invited","on":"2026-10-01"}]}"#,
        )
        .unwrap();
        let today = "2026-10-03".parse().ok();
        let context =
            Context { kind: crate::context::Kind::FollowUp, contact: Some(&ana), today, ..Context::default() };
        let text = "Hi Ana, it was good to meet you at Kelp. I am just bumping this.";
        let found = Linter::new(&rules).session().lint(&Document::from_text(text), &context);
        let inserts = |rule: &str| {
            let found = found.iter().find(|found| &*found.rule == rule).unwrap();
            let said = found.inserts.iter().map(|insert| (&found.message[insert.span.range()], insert.of));
            said.collect::<Vec<_>>()
        };
        assert_eq!(inserts("pushy/bump"), [("bumping this", Inserted::Found)]);
        let days = [("Ana", Inserted::Name), ("2026-10-01", Inserted::Day), ("2 days ago", Inserted::Day)];
        assert_eq!(inserts("cadence/follow-up-too-soon")[..3], days);
    }
}
