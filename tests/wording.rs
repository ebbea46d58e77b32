//! The counts of words in `src/rule/wording/wording.tsv` are those of the labelled notes, and judge notes whose writer was
//! not counted.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the notes are read from a file, the figures are printed"
)]

use std::collections::BTreeSet;
use std::{env, fs};

use cordial::contact::Contact;
use cordial::context::Context;
use cordial::rule::check;
use cordial::rule::spec::Fault;
use cordial::rule::wording::{Counts, Judge, Label};
use cordial::text::Tokens;

struct Note {
    writer: String,
    text: String,
    contact: Option<Contact>,
    is_good: bool,
    faults: Vec<Fault>,
}

/// The notes with which rules may be written, never the sealed ones. The letters of an id say who wrote the note.
fn notes() -> Vec<Note> {
    let folder = format!("{}/tests/corpus", env!("CARGO_MANIFEST_DIR"));
    let lines = ["notes.jsonl", "open.jsonl"].map(|file| fs::read_to_string(format!("{folder}/{file}")).expect(file));
    lines.iter().flat_map(|text| text.lines()).map(note).collect()
}

fn note(line: &str) -> Note {
    let note: serde_json::Value = serde_json::from_str(line).expect("a line is a note");
    let id = note["id"].as_str().expect("a note has an id");
    let issues = note["issues"].as_array().into_iter().flatten();
    Note {
        writer: id.chars().take_while(char::is_ascii_lowercase).collect(),
        text: note["text"].as_str().expect("a note has a text").to_owned(),
        contact: note.get("contact").map(|contact| serde_json::from_value(contact.clone()).expect("a contact")),
        is_good: note["label"] == "good",
        faults: issues.filter_map(|issue| fault(issue.as_str()?)).collect::<BTreeSet<_>>().into_iter().collect(),
    }
}

fn fault(issue: &str) -> Option<Fault> {
    match issue {
        "pushy" | "guilt" => Some(Fault::Pushing),
        "salesy" => Some(Fault::Selling),
        "generic" | "no_context" | "flattery" => Some(Fault::Vague),
        _ => None,
    }
}

fn counts<'n>(notes: impl Iterator<Item = &'n Note>) -> Counts {
    let mut counts = Counts::default();
    for note in notes {
        let label = if note.is_good { Label::Good } else { Label::Bad(&note.faults) };
        counts.add(&note.writer, &note.text, note.contact.as_ref(), label);
    }
    counts
}

#[test]
fn the_counts_are_those_of_the_notes() {
    let file = format!("{}/src/rule/wording/wording.tsv", env!("CARGO_MANIFEST_DIR"));
    let expected = counts(notes().iter()).to_tsv();
    if env::var_os("CORDIAL_WRITE").is_some() {
        fs::write(&file, &expected).expect("the file can be written");
    }
    let committed = fs::read_to_string(file).unwrap_or_default();
    assert!(committed == expected, "the counts are out of date: CORDIAL_WRITE=1 cargo test --test wording");
}

/// Counted without the notes of one writer and tried on them, each writer in turn.
#[test]
fn the_wording_of_a_writer_who_was_not_counted_is_judged() {
    const AT: [i32; 2] = [10, 3];
    let notes = notes();
    let writers: BTreeSet<&str> = notes.iter().map(|note| note.writer.as_str()).collect();
    let mut flagged = [[0, 0], [0, 0]];
    let mut tokens = Tokens::default();
    for writer in writers {
        let mut judge = Judge::new(counts(notes.iter().filter(|note| note.writer != writer)).table());
        for note in notes.iter().filter(|note| note.writer == writer) {
            tokens.read(&note.text);
            for (view, contact) in [None, note.contact.as_ref()].into_iter().enumerate() {
                let context = Context { contact, ..Context::default() };
                let wording = judge.read(check::Note { text: &note.text, tokens: &tokens, context: &context });
                flagged[view][usize::from(note.is_good)] += usize::from(wording.score >= AT[view]);
            }
        }
    }
    let good: usize = notes.iter().filter(|note| note.is_good).count();
    let bad = notes.len() - good;
    for ((name, at), [bad_flagged, good_flagged]) in ["bare text", "with contacts"].into_iter().zip(AT).zip(flagged) {
        println!("{name}, wording from {at} on: {good_flagged} of {good} good notes, {bad_flagged} of {bad} bad ones");
        assert!(good_flagged * 100 <= good * 4 && bad_flagged * 100 >= bad * 75);
    }
}
