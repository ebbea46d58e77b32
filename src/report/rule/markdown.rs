use std::fmt::Write as _;

use super::{
    LIMITS, about, allowed, grade, is_about_limits, language, levels, limit, lines, looks_for, narrowing, phrases,
    state,
};
use crate::context::{Channel, Kind};
use crate::report::markdown::{escaped, quotation};
use crate::rule::Listed;
use crate::rule::pack::{Check, ExampleDoc, RuleDoc};

/// A built-in rule's page, as Markdown. It says what [`page`](super::page()) says, with all phrases and examples.
#[must_use]
pub fn markdown(listed: &Listed<'_>) -> String {
    let rule = listed.rule;
    let mut out = format!("<!-- Made from rules/{0}.yaml; {REMAKE} -->\n\n# {0}\n\n", rule.name());
    let _ = writeln!(out, "{}.\n", escaped(rule.summary.trim_end_matches('.')));
    out += &weight(listed);
    let doc = listed.doc().unwrap_or_default();
    for (label, text) in [("Why", doc.why.as_deref()), ("What to write instead", rule.help.as_deref())] {
        if let Some(text) = text {
            let _ = writeln!(out, "\n**{label}:** {}", escaped(text.trim()));
        }
    }
    out += &examples(&doc);
    out += &looked_for(listed, &doc);
    out += &evidence(&doc);
    let runs = listed.runs;
    let (state, other) = if runs { ("off", "off") } else { ("on", "on") };
    let _ = write!(out, "\n## Switch it {state}\n\nFor all notes, in cordial.yaml:\n\n```yaml\n");
    let _ = writeln!(out, "levels:\n  {}: {other}\n```", rule.id);
    if runs {
        let _ = write!(out, "\nFor one draft, between lines of `---` at its top:\n\n```yaml\n");
        let _ = writeln!(out, "allow: [{}]\n```", rule.id);
    }
    let _ = writeln!(out, "\n[All rules](../README.md) · [Writing rules](../../rules.md)");
    out
}

const REMAKE: &str = "`CORDIAL_WRITE=1 cargo test --test pages` makes it anew.";

/// The index of all pages, pack by pack.
#[must_use]
pub fn index(rules: &[Listed<'_>]) -> String {
    let mut out = format!("<!-- Made from rules/; {REMAKE} -->\n\n# The rules\n\n");
    let off = rules.iter().filter(|listed| !listed.runs).count();
    let off = if off == 0 { String::new() } else { format!(", {off} of them only when switched on") };
    let _ = writeln!(
        out,
        "{} rules{off}. Each has a page; `cordial explain RULE` prints it. [Writing rules](../rules.md) says how they \
         are made, and how to add your own.",
        rules.len()
    );
    let mut pack = "";
    for same in rules.chunk_by(|one, next| one.rule.id == next.rule.id) {
        // The English one, where there is one, has the row, and its translations are links in it.
        let listed = same.iter().find(|listed| listed.rule.foreign().is_none()).unwrap_or(&same[0]);
        let rule = listed.rule;
        if rule.pack() != pack {
            pack = rule.pack();
            let _ = write!(out, "\n## {pack}\n\n| rule | level | finds |\n|---|---|---|\n");
        }
        let (level, rest) = levels(listed);
        let state = (state(listed) != "on").then(|| state(listed).to_owned());
        let link =
            |other: &Listed<'_>| Some(format!("[{}]({}.md)", language(other.rule.foreign()?), other.rule.name()));
        let others = same.iter().filter(|other| other.rule.language != rule.language).filter_map(link);
        let others: Vec<_> = others.collect();
        let others = (!others.is_empty()).then(|| format!("also in {}", others.join(", ")));
        let remarks: Vec<_> = rest.into_iter().chain(state).collect();
        let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join("; ")) };
        let name = rule.id.rsplit('/').next().unwrap_or_default();
        let own = rule.foreign().map(|tag| format!("in {}", language(tag)));
        let languages: Vec<_> = own.into_iter().chain(others).collect();
        let languages = if languages.is_empty() { String::new() } else { format!(" ({})", languages.join("; ")) };
        let summary = escaped(&rule.summary);
        let _ = writeln!(out, "| [{name}]({}.md) | {level}{remarks} | {summary}{languages} |", rule.name());
    }
    out
}

/// The levels by kind of note, and where and when the rule runs.
fn weight(listed: &Listed<'_>) -> String {
    let rule = listed.rule;
    let kinds = Kind::ALL.map(Kind::as_str).join(" | ");
    let levels = Kind::ALL.map(|kind| listed.level(kind).map_or("–", crate::diagnostic::Level::as_str)).join(" | ");
    let state = state(listed);
    let language = rule.language.as_deref().unwrap_or("any");
    let channels = if rule.channels.is_empty() { "all".to_owned() } else { rule.channels.join(", ") };
    format!(
        "| {kinds} | runs | language | channels |\n|---|---|---|---|---|---|\n\
         | {levels} | {state} | {language} | {channels} |\n"
    )
}

fn examples(doc: &RuleDoc) -> String {
    let mut out = String::new();
    let allowed: Vec<_> = allowed(doc).collect();
    let flags: Vec<_> = doc.flags.iter().collect();
    for (title, examples) in [("It finds", flags), ("It leaves alone", allowed)] {
        if !examples.is_empty() {
            let _ = writeln!(out, "\n## {title}");
        }
        for example in examples {
            out += &quoted(example);
        }
    }
    out
}

/// An example as a quotation, with what it finds in bold.
fn quoted(example: &ExampleDoc) -> String {
    let ExampleDoc { text, found, .. } = example;
    let marked = match text.split_once(found.as_str()).filter(|_| !found.is_empty()) {
        Some((before, after)) => format!("{}<b>{}</b>{}", escaped(before), escaped(found), escaped(after)),
        None => escaped(text),
    };
    let mut out = format!("\n{}", quotation(&marked));
    let fix = example.fix.as_ref().map(|fix| format!("Fixed: {}", escaped(fix)));
    let about = about(example).map(|about| format!("({})", escaped(&about)));
    for remark in fix.into_iter().chain(about) {
        let _ = writeln!(out, ">\n> {}", remark.replace('\n', " "));
    }
    out
}

/// What it looks for, with all phrases.
fn looked_for(listed: &Listed<'_>, doc: &RuleDoc) -> String {
    let rule = listed.rule;
    let mut out = format!("\n## How it looks\n\n{}", escaped(&looks_for(listed)));
    out += &block(&phrases(&rule.check, doc));
    for (role, title) in narrowing(&rule.check) {
        let lines = lines(doc, role);
        if !lines.is_empty() {
            let _ = write!(out, "\n{title}{}", block(&lines));
        }
    }
    if is_about_limits(&rule.check) {
        let _ = write!(out, "\n{LIMITS}:\n\n| channel | limit | how sure | source |\n|---|---|---|---|\n");
        for channel in Channel::all() {
            let (source, checked, confidence) = channel.evidence();
            let _ = writeln!(out, "| {channel} | {} | {confidence} | {source} (checked {checked}) |", limit(channel));
        }
    }
    if matches!(rule.check, Check::Phrases | Check::Swap(_)) {
        let _ = write!(
            out,
            "\nThe phrases are explained in [Writing rules](../../rules.md#the-phrase-language-words-not-characters).\n"
        );
    }
    out
}

/// Lines of code behind a colon; an end of the sentence where there are none.
fn block(lines: &[String]) -> String {
    if lines.is_empty() { ".\n".to_owned() } else { format!(":\n\n```text\n{}\n```\n", lines.join("\n")) }
}

fn evidence(doc: &RuleDoc) -> String {
    let mut out = String::new();
    if doc.evidence.is_none() && doc.source.is_empty() {
        return out;
    }
    let _ = write!(out, "\n## Evidence\n\n");
    if let Some(evidence) = doc.evidence {
        let _ = writeln!(out, "{}.", grade(evidence));
    }
    if !doc.source.is_empty() {
        out.push('\n');
    }
    for source in &doc.source {
        let is_link = source.starts_with("https://") && !source.contains(char::is_whitespace);
        let _ = if is_link { writeln!(out, "- <{source}>") } else { writeln!(out, "- {}", escaped(source)) };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_a_quotation_with_its_match_in_bold() {
        let example = ExampleDoc {
            text: "Hi Ana,\nasap!\n\nKim\n".into(),
            found: "asap!".into(),
            kind: Some(Kind::Message),
            contact: Some(r#"{"first_name":"Ana","facts":[{"talk":"x"}]}"#.into()),
            ..ExampleDoc::default()
        };
        let shown = "\n> Hi Ana,\\\n> <b>asap!</b>\n>\n> Kim\n>\n> (message, to Ana (talk: x))\n";
        assert_eq!(quoted(&example), shown);
    }
}
