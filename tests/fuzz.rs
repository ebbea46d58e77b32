//! The fuzz targets on damaged samples: a little of what `cargo fuzz` does, on any machine. `FUZZ_ROUNDS` says how much.

#![expect(clippy::disallowed_methods, reason = "the samples are files, the rounds are set from outside")]

use std::fs;
use std::path::{Path, PathBuf};

#[path = "../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "there it is a library")]
mod fuzz;

/// Pieces that mean something to one of the languages.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\t",
    "  ",
    ": ",
    "- ",
    "# ",
    "'",
    "\"",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "[",
    "]",
    "(",
    ")",
    "|",
    "?",
    "*",
    "\\",
    "..",
    "^",
    "$",
    "&a",
    "*a",
    "!!str",
    "---\n",
    "~",
    "é",
    "ſ",
    "👩‍💻",
    "\u{301}",
    "\u{FFFC}",
    "\u{202E}",
    "\u{FEFF}",
    "\0",
    "9999999999",
    "-1",
    "2026-02-30",
    "for x in range(end=9)",
    "endif",
    "loop.index",
    "{% if a %}",
    "{%- endraw -%}",
    "{% raw %}",
    "elif",
    "...",
    " not ",
    "| ago",
    "talk.what",
    "needs: [talk]",
    "{match}",
    "phrases:",
    "pattern:",
    "<name>",
    "(?i)",
    "\\b",
];

/// A small generator of numbers: the same ones in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).expect("below a bound that fits")
    }
}

/// A sample with a few pieces put in, taken out, doubled or moved.
fn damaged(sample: &str, numbers: &mut Numbers) -> String {
    let mut text = sample.to_owned();
    for _ in 0..=numbers.below(4) {
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (one, other) = (ends[numbers.below(ends.len())], ends[numbers.below(ends.len())]);
        let (start, end) = (one.min(other), one.max(other).min(one.min(other) + 40));
        let end = ends[ends.partition_point(|at| *at < end)];
        let cut = text[start..end].to_owned();
        match numbers.below(4) {
            0 => text.insert_str(start, PIECES[numbers.below(PIECES.len())]),
            1 => text.replace_range(start..end, ""),
            2 => text.insert_str(start, &cut),
            _ => text.replace_range(start..end, PIECES[numbers.below(PIECES.len())]),
        }
    }
    text
}

fn try_damaged(samples: &[String], target: fn(&str)) {
    let rounds = std::env::var("FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(50);
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    samples.iter().take(5).for_each(|sample| target(sample));
    for _ in 0..rounds {
        target(&damaged(&samples[numbers.below(samples.len())], &mut numbers));
    }
}

/// The texts of the files below a folder.
fn files(folder: &str) -> Vec<String> {
    let mut folders: Vec<PathBuf> = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).expect("the file is text")).collect()
}

fn notes() -> Vec<String> {
    let notes = include_str!("corpus/notes.jsonl").lines();
    let text = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["text"].clone();
    notes.map(|line| text(line).as_str().expect("a text").to_owned()).collect()
}

#[test]
fn phrases() {
    let samples = [r"^ (would|do) (really)? love ..2 brain* <name> \? $", "(a (b (c|d) e?)? f|g ..9 h)"];
    try_damaged(&samples.map(str::to_owned), fuzz::phrase);
}

#[test]
fn rules() {
    try_damaged(&files("rules").into_iter().filter(|text| text.contains("summary:")).collect::<Vec<_>>(), fuzz::rule);
}

#[test]
fn contacts() {
    try_damaged(&[include_str!("../src/project/init/contacts.yaml").to_owned()], fuzz::contacts);
}

#[test]
fn drafts() {
    let front = "---\ncontact: ana\nkind: follow-up\nchannel: email\nsubject: “Hi”\nallow: [pushy/bump, spam/*]\n---\n";
    try_damaged(&notes().iter().map(|note| format!("{front}{note}")).collect::<Vec<_>>(), fuzz::draft);
}

#[test]
fn configs() {
    let config = "me: { first_name: Kim, role: cook }\naccount: free\nfail_on: never\nlevels: { pushy/*: error, my/x: off }\n\
                  overrides:\n  - { paths: [a/, '*.txt'], kind: message }\ncontacts: people.yaml\nrules: [r]\nextend: ../x.yaml\n";
    try_damaged(&[config.to_owned()], fuzz::config);
}

#[test]
fn templates() {
    try_damaged(&files("templates"), fuzz::template);
}

#[test]
fn syntax_of_templates() {
    let nasty = include_str!("corpus/nasty_templates.yaml");
    let nasty: serde_yaml::Value = serde_yaml::from_str(nasty).expect("YAML");
    let files = nasty.as_sequence().into_iter().flatten().flat_map(|template| template["files"].as_mapping());
    let texts = files.flat_map(|files| files.values()).filter_map(|text| text.as_str().map(str::to_owned));
    try_damaged(&texts.collect::<Vec<_>>(), fuzz::template_syntax);
}

#[test]
fn good_notes() {
    let front =
        |note: String| format!("{note} Hi Ana, your talk on figs {{{{ Acme last month, above all the part on #}}. {{");
    try_damaged(&notes().into_iter().map(front).collect::<Vec<_>>(), fuzz::from_note);
}

#[test]
fn any_notes() {
    try_damaged(&notes(), fuzz::lint);
}

#[test]
fn records() {
    let people = include_str!("corpus/notes.jsonl").lines();
    let contact = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["contact"].to_string();
    try_damaged(&people.map(contact).collect::<Vec<_>>(), fuzz::record);
}
