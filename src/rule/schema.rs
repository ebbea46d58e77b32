//! `rules/schema.json` is what editors check rule files with. It is made from the types that read them:
//! `CORDIAL_WRITE=1 cargo test --lib schema` writes it anew.
//!
//! This file is part of the tests only. It holds the schemas of what has a visitor of its own; the others derive them.
#![expect(clippy::disallowed_methods, reason = "these tests read and write files of the repository")]

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::{env, fs};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::spec::{Example, Levels, RuleSpec, Swaps};
use crate::context::{Channel, Kind};
use crate::diagnostic::Level;

impl JsonSchema for Kind {
    fn schema_name() -> Cow<'static, str> {
        "Kind".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "What a note is for.",
            "enum": ["invite", "follow_up", "follow-up", "message"],
        })
    }
}

/// The name of a channel, which rules keep as text.
pub(super) struct ChannelId;

impl JsonSchema for ChannelId {
    fn schema_name() -> Cow<'static, str> {
        "Channel".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<_> = Channel::all().map(Channel::as_str).collect();
        json_schema!({ "description": "Where a note is sent.", "enum": names })
    }
}

impl JsonSchema for Levels {
    fn schema_name() -> Cow<'static, str> {
        "Levels".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = generator.subschema_for::<Level>();
        let kinds = ["invite", "follow_up", "follow-up", "message"].map(|kind| (kind.to_owned(), json!(level)));
        json_schema!({
            "description": "One level, or levels by kind of note; a kind left out is not checked.",
            "anyOf": [
                level,
                {
                    "type": "object",
                    "properties": serde_json::Map::from_iter(kinds),
                    "additionalProperties": false,
                },
            ],
        })
    }
}

impl JsonSchema for Swaps {
    fn schema_name() -> Cow<'static, str> {
        "Swaps".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Phrases with their replacements; an empty one removes the phrase.",
            "type": "object",
            "additionalProperties": { "type": ["string", "null"] },
        })
    }
}

impl JsonSchema for Example {
    fn schema_name() -> Cow<'static, str> {
        "Example".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kind = generator.subschema_for::<Option<Kind>>();
        let channel = generator.subschema_for::<Option<ChannelId>>();
        let text = |description: &str| json!({ "description": description, "type": ["string", "null"] });
        json_schema!({
            "description": "A text with what surrounds it. A plain string is a text with nothing around it.",
            "anyOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "properties": {
                        "text": { "description": "The note.", "type": "string" },
                        "match": text("Exactly the words that are marked."),
                        "fix": text("The whole note after the fix."),
                        "kind": kind,
                        "channel": channel,
                        "account": { "description": "The writer's account.", "enum": ["free", "premium", null] },
                        "contact": { "description": "The person it is written to, as in contacts.yaml.", "type": "object" },
                        "beside": { "description": "Another note of the run, for sameness.", "type": "string" },
                        "others": { "description": "The other people of the run.", "type": "array", "items": { "type": "object" } },
                        "today": text("The day it is written: 2026-10-03."),
                    },
                    "required": ["text"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

/// The keys of which a rule has exactly one.
const CHECKS: [&str; 18] = [
    "phrases",
    "pattern",
    "swap",
    "count",
    "repeat",
    "requires",
    "signs",
    "wording",
    "density",
    "sameness",
    "length",
    "placeholder",
    "recipient",
    "grounding",
    "address",
    "ratio",
    "name",
    "cadence",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn generated() -> Value {
    let Value::Object(mut made) = Value::from(schemars::schema_for!(RuleSpec)) else {
        panic!("the schema of a struct is an object")
    };
    let mut schema = serde_json::Map::new();
    schema.insert("$schema".into(), made.remove("$schema").unwrap());
    schema.insert("title".into(), "A rule of cordial".into());
    schema.insert("description".into(), "One rule file. docs/rules.md explains every key.".into());
    schema.insert("x-version".into(), 1.into());
    made.remove("title");
    made.remove("description");
    schema.extend(made);
    schema.insert("oneOf".into(), CHECKS.map(|check| json!({ "required": [check] })).into());
    schema.into()
}

fn rule_files() -> Vec<PathBuf> {
    let packs = fs::read_dir(root().join("rules")).unwrap().map(|entry| entry.unwrap().path());
    let folders = packs.filter(|path| path.is_dir());
    folders.flat_map(|pack| fs::read_dir(pack).unwrap()).map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn the_schema_is_what_the_types_say() {
    let file = root().join("rules/schema.json");
    let expected = serde_json::to_string_pretty(&generated()).unwrap() + "\n";
    if env::var_os("CORDIAL_WRITE").is_some() {
        fs::write(&file, &expected).unwrap();
    }
    let committed = fs::read_to_string(file).unwrap_or_default();
    assert!(committed == expected, "rules/schema.json is out of date: CORDIAL_WRITE=1 cargo test --lib schema");
}

#[test]
fn every_builtin_rule_is_as_the_schema_says() {
    let schema = jsonschema::validator_for(&generated()).unwrap();
    for file in rule_files() {
        let rule: Value = serde_yaml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let errors: Vec<_> =
            schema.iter_errors(&rule).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", file.display());
    }
}

/// The schema refuses what the reader refuses, and takes what it takes.
#[test]
fn the_schema_and_the_reader_agree() {
    let schema = jsonschema::validator_for(&generated()).unwrap();
    let rule = |line: &str| {
        let kept = [
            ("summary", "summary: x"),
            ("level", "level: error"),
            ("message", "message: x"),
            ("examples", "examples: {}"),
        ];
        let kept = kept.iter().filter(|(key, _)| !line.starts_with(key)).map(|(_, line)| *line);
        kept.chain([line]).collect::<Vec<_>>().join("\n")
    };
    for (line, good) in [
        ("level: warning", true),
        ("level: waning", false),
        ("level: {invite: error, follow-up: warning}", true),
        ("level: {invites: error}", false),
        ("level: [error]", false),
        ("default: preview", true),
        ("default: 'yes'", false),
        ("kinds: [invite, follow_up, follow-up]", true),
        ("kinds: invite", false),
        ("case: exact", true),
        ("evidence: E", false),
        ("swap: {a b: c d, e f: }", true),
        ("swap: [a b]", false),
        ("phrases: [a b]", true),
        ("phrases: a b", false),
        ("count: {of: words, max: 3}", true),
        ("count: {max: 3}", false),
        ("count: {of: words, max: -3}", false),
        ("length: {}", true),
        ("grounding: {of: claimed, met: [we met]}", true),
        ("grounding: {of: claims}", false),
        ("examples: {flags: [a b, {text: a b, match: a, kind: invite}]}", true),
        ("examples: {flags: [{match: a}]}", false),
        ("examples: {allows: [{text: a, contact: {first_name: Ana}}]}", true),
        ("examples: {allows: [{text: a, person: Ana}]}", false),
        ("examples: {allows: [{text: a, today: 2026-10-03}]}", true),
        ("ratio: {of: [i], to: [you], min_of: 6, max: 4}", true),
        ("ratio: {of: [i], max: 4}", false),
        ("name: {of: stored}", true),
        ("name: {of: caps}", false),
        ("cadence: {after: [invited, followed_up], until: [accepted], within: 28, warn_from: 14}", true),
        ("cadence: {after: [invite], within: 28}", false),
        ("cadence: {weekdays: [friday]}", true),
        ("cadence: {weekdays: [Friday]}", false),
        ("cadence: {untold: [event, mutual], beyond: 30}", true),
        ("mesage: x", false),
    ] {
        let yaml = rule(line);
        let read = serde_yaml::from_str::<RuleSpec>(&yaml);
        assert_eq!(read.is_ok(), good, "{line}: {read:?}");
        let mut value: Value = serde_yaml::from_str(&yaml).unwrap();
        // One check is more than the reader asks for; the compiler of rules does.
        if !CHECKS.iter().any(|check| value.get(check).is_some()) {
            value["phrases"] = json!(["a b"]);
        }
        assert_eq!(schema.is_valid(&value), good, "{line}: {:?}", schema.validate(&value));
    }
    let two = serde_yaml::from_str::<Value>(&rule("phrases: [a b]\npattern: x")).unwrap();
    assert!(!schema.is_valid(&two) && !schema.is_valid(&serde_yaml::from_str::<Value>(&rule("")).unwrap()));
}
