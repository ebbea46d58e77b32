//! The formats for continuous integration: what they promise to the services that read them.

#![expect(clippy::disallowed_methods, reason = "the schema is read")]

use std::collections::HashSet;

use cordial::contact::Contact;
use cordial::context::Context;
use cordial::diagnostic::{Diagnostic, Edit, Fix, Level};
use cordial::lint::{Linter, Sameness};
use cordial::report::run::{Root, Run, Telling, Trouble};
use cordial::report::{Note, Places, github, gitlab, junit, sarif};
use cordial::rule::RuleSet;
use cordial::text::{Document, Origin, Piece, SourceSpan, Sources, Span};
use serde_json::Value;

/// Adds a note and what the rules find in it.
fn lint(run: &mut Run, name: &str, text: &str, contact: Option<&Contact>) {
    let rules = RuleSet::builtin();
    let mut sources = Sources::default();
    let file = sources.add(name, text);
    let document = Document::from_source(file, text, Span::new(0, text.len()));
    let context = Context { contact, ..Context::default() };
    let diagnostics = Linter::new(&rules).session().lint(&document, &context);
    add(run, name, &document, &diagnostics, &context, &sources);
}

fn add(run: &mut Run, name: &str, document: &Document, found: &[Diagnostic], context: &Context<'_>, sources: &Sources) {
    let note = Note { name, document, diagnostics: found, context, kind_assumed: true, facts: &[], shared: None };
    let telling = Telling { fails: !found.is_empty(), ..Telling::default() };
    run.note(&note, telling, &RuleSet::builtin(), &mut Places::new(sources));
}

/// A run with all that can be in one.
fn everything() -> Run {
    let mut run = Run::new(Root::new("/work/repo", "/work/repo/notes"));
    let ana: Contact = serde_json::from_str(r#"{"first_name":"Ana","last_name":"Silva"}"#).expect("a contact");
    lint(&mut run, "a.md", "Hi ANA,\r\n👩‍💻 please touch base asap, asap, 100% ::error::x", Some(&ana));
    lint(
        &mut run,
        "odd, na:me%.md",
        "Hi {{first_name}}, \u{202e}I\x1b[2J came across your profile \u{7}<b>&amp;\"]]>",
        None,
    );
    lint(&mut run, "<stdin>", "Hi Ana, your talk on async traits at RustConf stayed with me.", Some(&ana));
    lint(&mut run, "/elsewhere/ü b.md", "", None);
    printed(&mut run);
    run.trouble(Trouble {
        file: "latin.txt".into(),
        level: Level::Error,
        message: "this is not UTF-8 text".into(),
        help: Some("Save it as UTF-8.".into()),
        place: None,
    });
    run.alike(&alike(), &["a.md", "b.md"], true, &RuleSet::builtin());
    run
}

/// A note that a template printed: a finding over both, and one with a fix in the typed part.
fn printed(run: &mut Run) {
    let mut sources = Sources::default();
    let template = sources.add("t.tera", "Hi {{ contact.first_name }}, asap");
    let at = |start, end| SourceSpan { file: template, span: Span::new(start, end) };
    let pieces = vec![
        Piece { range: Span::new(0, 3), origin: Origin::Literal(at(0, 3)) },
        Piece { range: Span::new(3, 6), origin: Origin::Value { expr: at(3, 27), path: "contact.first_name".into() } },
        Piece { range: Span::new(6, 12), origin: Origin::Literal(at(27, 33)) },
    ];
    let document = Document::from_pieces("Hi Ana, asap".into(), pieces).expect("the pieces tile the text");
    let fix = Fix { safe: true, edits: vec![Edit { span: Span::new(8, 12), text: "soon".into() }] };
    let found = [
        Diagnostic::new("x/greeting", Level::Suggestion, "a greeting", Span::new(0, 6)),
        Diagnostic::new("x/asap", Level::Error, "“asap”", Span::new(8, 12)).with_help("Say when.").with_fix(fix),
        Diagnostic::new("x/behind", Level::Warning, "behind the end", Span::new(90, 99)),
    ];
    add(run, "t.tera", &document, &found, &Context::default(), &sources);
}

fn alike() -> cordial::lint::Alike {
    let rules = RuleSet::builtin();
    let mut session = Linter::new(&rules).session();
    let mut sameness = Sameness::new(&rules).expect("the rule runs");
    for (number, name) in ["Ana", "Ben", "Cy"].into_iter().enumerate() {
        let text = format!("Hi {name}, your work is something I would like to learn from, shall we connect here?");
        let print = session.fingerprint(&Document::from_text(text), &Context::default());
        sameness.add(number, print.expect("the note is long enough"));
    }
    sameness.finish().remove(0)
}

#[test]
fn sarif_is_what_the_official_schema_asks_for() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/sarif-schema-2.1.0.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for (run, is_whole) in [(everything(), false), (Run::default(), true)] {
        let log: Value = serde_json::from_str(&sarif::render(&run, is_whole)).unwrap();
        let errors: Vec<_> =
            schema.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
    assert!(
        !schema.is_valid(&serde_json::json!({ "version": "2.1.0", "runs": [{}] })),
        "the schema refuses what is wrong"
    );
}

#[test]
fn sarif_says_where_and_how_to_mend_it() {
    let log: Value = serde_json::from_str(&sarif::render(&everything(), false)).unwrap();
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    assert_eq!(run["invocations"][0]["toolExecutionNotifications"][0]["level"], "error");
    let results = run["results"].as_array().unwrap();
    let of = |rule: &str| results.iter().find(|result| result["ruleId"] == rule).unwrap();
    let asap = of("x/asap");
    let fix = &asap["fixes"][0]["artifactChanges"][0];
    assert_eq!(fix["artifactLocation"]["uri"], "notes/t.tera");
    assert_eq!(fix["replacements"][0]["deletedRegion"]["startColumn"], 30);
    assert_eq!(fix["replacements"][0]["insertedContent"]["text"], "soon");
    let greeting = &of("x/greeting")["relatedLocations"][0]["physicalLocation"]["region"];
    assert_eq!((&greeting["startColumn"], &greeting["endColumn"]), (&4.into(), &28.into()));
    // 👩‍💻 is one character to its reader, and five UTF-16 units.
    let jargon = &of("generic/corporate-jargon")["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&jargon["startLine"], &jargon["startColumn"]), (&2.into(), &14.into()));
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(!rule["help"]["text"].as_str().unwrap().is_empty());
    }
}

#[test]
fn every_finding_has_a_fingerprint_of_its_own_that_stays_when_its_line_moves() {
    let prints = |text: &str| -> Vec<(String, String)> {
        let mut run = Run::default();
        lint(&mut run, "a.md", text, None);
        let issues: Vec<Value> = serde_json::from_str(&gitlab::render(&run)).unwrap();
        let text = |issue: &Value, key: &str| issue[key].as_str().unwrap().to_owned();
        issues.iter().map(|issue| (text(issue, "check_name"), text(issue, "fingerprint"))).collect()
    };
    let before = prints("Hi Ana, let us touch base asap. Touch base!");
    let after = prints("Hi Ana,\n\nIt rained in Oulu.\nLet us touch base\nasap. Touch base!");
    let different: HashSet<_> = before.iter().map(|(_, print)| print).collect();
    assert_eq!(different.len(), before.len());
    let jargon = |prints: &[(String, String)]| {
        let of =
            prints.iter().filter(|(rule, _)| rule == "generic/corporate-jargon" || rule == "pushy/deadline-demand");
        of.cloned().collect::<HashSet<_>>()
    };
    assert_eq!(jargon(&before), jargon(&after));
    assert!(jargon(&before).len() > 1);
}

#[test]
fn every_workflow_command_stands_on_a_line_of_its_own() {
    let text = github::render(&everything());
    let (last, commands) =
        text.lines().collect::<Vec<_>>().split_last().map(|(last, rest)| (*last, rest.to_vec())).unwrap();
    assert!(last.starts_with("Checked "), "{last}");
    for command in &commands {
        let (head, message) = command[2..].split_once("::").unwrap();
        let (name, properties) = head.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&name), "{command}");
        for property in properties.split(',') {
            let (key, value) = property.split_once('=').unwrap();
            assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&key), "{command}");
            assert!(!value.contains(':'), "{command}");
        }
        assert!(!message.is_empty() && !command.contains(char::is_control), "{command}");
    }
    assert!(commands.iter().any(|command| command.contains("file=notes/odd%2C na%3Ame%25.md,")), "{text}");
}

#[test]
fn junit_is_xml_with_a_case_for_each_note() {
    let run = everything();
    let read = quick_junit::Report::deserialize_from_str(&junit::render(&run)).unwrap();
    let suite = &read.test_suites[0];
    assert_eq!(suite.test_cases.len(), run.checked.len() + run.troubles.len() + run.alike.len());
    assert_eq!(suite.errors, 1);
    let failing = run.checked.iter().filter(|checked| checked.fails).count() + run.alike.len();
    assert_eq!(suite.failures, failing);
}
