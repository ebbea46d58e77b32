//! Findings in the Static Analysis Results Interchange Format, SARIF 2.1.0.
//!
//! Built as JSON values: the types of the crates for it are made from the whole schema, which costs more to build than
//! the fifty keys that are written here.

use serde_json::{Value, json};

use super::run::{AboutRule, AlikeNotes, Fingerprints, Found, Region, Run, Trouble};
use crate::diagnostic::Level;
use crate::text::LineColumn;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name of our fingerprints. It changes when equal findings would get other ones.
const FINGERPRINT: &str = "cordial/v1";

/// The document. `is_whole` says that everything that was asked for could be checked.
#[must_use]
pub fn render(run: &Run, is_whole: bool) -> String {
    let rules: Vec<_> = run.rules.iter().map(|(id, about)| rule(id, about)).collect();
    let mut prints = Fingerprints::default();
    let index = |rule: &str| run.rules.keys().position(|id| id == rule);
    let mut results: Vec<_> =
        run.results().into_iter().map(|found| result(found, index(&found.rule), prints.of(found))).collect();
    let alike = run.alike.iter().filter(|alike| !alike.files.is_empty());
    results.extend(
        alike.map(|alike| alike_result(alike, index(&alike.rule), prints.next(&alike.files[0], &alike.rule, ""))),
    );
    let errors = run
        .checked
        .iter()
        .filter_map(|checked| Some(notification(Level::Error, &checked.file, None, checked.error.as_ref()?, None)));
    let notifications: Vec<_> = run.troubles.iter().map(trouble).chain(errors).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "shortDescription": { "text": env!("CARGO_PKG_DESCRIPTION") },
                    "rules": rules,
                }
            },
            "invocations": [{
                "executionSuccessful": is_whole,
                "toolExecutionNotifications": notifications,
            }],
            "columnKind": "utf16CodeUnits",
            "results": results,
        }]
    });
    let text = serde_json::to_string_pretty(&log).expect("every key is a string");
    text + "\n"
}

/// What there is to know about a rule, once for all its findings.
fn rule(id: &str, about: &AboutRule) -> Value {
    let why = about.why.as_deref().map(str::trim);
    let help = about.help.as_deref().map(str::trim);
    let said = |bold: &str| {
        let parts = [
            why.map(|why| format!("{bold}Why:{bold} {why}")),
            help.map(|help| format!("{bold}What to write instead:{bold} {help}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
    };
    let (text, mut markdown) = (said(""), said("**"));
    if !about.sources.is_empty() {
        let links: Vec<_> = about.sources.iter().map(|source| format!("- <{source}>")).collect();
        markdown += &format!("\n\n**Known from:**\n\n{}", links.join("\n"));
    }
    // Where there is nothing more to say, the summary has to do: GitHub takes no rule without help.
    let or_summary = |said: String| if said.trim().is_empty() { about.summary.clone() } else { said.trim().to_owned() };
    let mut rule = json!({
        "id": id,
        "shortDescription": { "text": about.summary },
        "fullDescription": { "text": why.unwrap_or(&about.summary) },
        "help": { "text": or_summary(text), "markdown": or_summary(markdown) },
        "defaultConfiguration": { "level": level(about.level) },
        "properties": { "tags": [id.split('/').next().unwrap_or(id)] },
    });
    if let Some(page) = &about.page {
        rule["helpUri"] = uri_of(page).into();
    }
    rule
}

fn result(found: &Found, index: Option<usize>, fingerprint: String) -> Value {
    let mut result = json!({
        "ruleId": found.rule,
        "level": level(found.level),
        "message": { "text": found.said() },
        "locations": [location(&found.region)],
        "partialFingerprints": { FINGERPRINT: fingerprint },
    });
    if let Some(index) = index {
        result["ruleIndex"] = index.into();
    }
    if !found.related.is_empty() {
        let related = found.related.iter().enumerate().map(|(at, region)| {
            let mut location = location(region);
            location["id"] = (at + 1).into();
            location["message"] = json!({ "text": "has a part in it" });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &found.fix {
        let mut changes: Vec<(&str, Vec<Value>)> = Vec::new();
        for edit in fix {
            let file = edit.region.file.as_str();
            let replacement = json!({
                "deletedRegion": region(&edit.region),
                "insertedContent": { "text": edit.text },
            });
            match changes.iter_mut().find(|(known, _)| *known == file) {
                Some((_, edits)) => edits.push(replacement),
                None => changes.push((file, vec![replacement])),
            }
        }
        let changes = changes.into_iter();
        let changes =
            changes.map(|(file, edits)| json!({ "artifactLocation": { "uri": uri(file) }, "replacements": edits }));
        let text = found.help.as_deref().unwrap_or("Change the words that were found");
        result["fixes"] = json!([{ "description": { "text": text }, "artifactChanges": changes.collect::<Vec<_>>() }]);
    }
    result
}

/// Notes that are one text: reported at the first, with the others as related places.
fn alike_result(alike: &AlikeNotes, index: Option<usize>, fingerprint: String) -> Value {
    let place = |file: &String| json!({ "physicalLocation": { "artifactLocation": { "uri": uri(file) } } });
    let related = alike.files[1..].iter().enumerate().map(|(at, file)| {
        let mut place = place(file);
        place["id"] = (at + 1).into();
        place
    });
    let mut result = json!({
        "ruleId": alike.rule,
        "level": level(alike.level),
        "message": { "text": alike.message },
        "locations": [place(&alike.files[0])],
        "relatedLocations": related.collect::<Vec<_>>(),
        "partialFingerprints": { FINGERPRINT: fingerprint },
    });
    if let Some(index) = index {
        result["ruleIndex"] = index.into();
    }
    result
}

/// What kept a file from being checked, or is wrong with it besides.
fn trouble(trouble: &Trouble) -> Value {
    notification(trouble.level, &trouble.file, trouble.place, &trouble.message, trouble.help.as_deref())
}

fn notification(weight: Level, file: &str, place: Option<LineColumn>, message: &str, help: Option<&str>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(file) } });
    if let Some(place) = place {
        physical["region"] = json!({ "startLine": place.line, "startColumn": place.utf16 });
    }
    let text = help.map_or_else(|| message.to_owned(), |help| format!("{message}\n{help}"));
    json!({
        "level": level(weight),
        "message": { "text": text },
        "locations": [{ "physicalLocation": physical }],
    })
}

fn location(place: &Region) -> Value {
    json!({ "physicalLocation": { "artifactLocation": { "uri": uri(&place.file) }, "region": region(place) } })
}

fn region(region: &Region) -> Value {
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.utf16,
        "endLine": region.end.line,
        "endColumn": region.end.utf16,
    })
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Suggestion => "note",
    }
}

/// A path as a URI reference: relative to the root of the repository, or `file:` for one outside it.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let encoded = encoded(&path, b"/");
    if path.starts_with('/') {
        format!("file://{encoded}")
    } else if path.as_bytes().get(1) == Some(&b':') {
        format!("file:///{encoded}")
    } else {
        encoded
    }
}

/// An address as somebody wrote it, with what no URI may hold by its number.
fn uri_of(address: &str) -> String {
    encoded(address, b"/:?#[]@!$&'()*+,;=%")
}

fn encoded(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        for (path, expected) in [
            ("drafts/ana.md", "drafts/ana.md"),
            ("drafts/zoë b#1.md", "drafts/zo%C3%AB%20b%231.md"),
            ("/tmp/a.md", "file:///tmp/a.md"),
            ("<stdin>", "%3Cstdin%3E"),
            ("a:b.md", "file:///a%3Ab.md"),
        ] {
            assert_eq!(uri(path), expected);
        }
        assert_eq!(uri_of("https://example.com/a b?c=ü#d"), "https://example.com/a%20b?c=%C3%BC#d");
    }
}
