//! Counting the words of labelled notes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::given;
use super::table::{FAULTS, Row, Table, compile};
use super::unit::{units, written};
use crate::contact::Contact;
use crate::context::Context;
use crate::rule::check::Note;
use crate::rule::spec::Fault;
use crate::text::Tokens;

/// What readers said of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label<'a> {
    /// They were glad of it.
    Good,
    /// They minded it, for these faults or others.
    Bad(&'a [Fault]),
}

/// Which words and word pairs stand in how many notes.
#[derive(Debug, Default)]
pub struct Counts {
    tokens: Tokens,
    all: Row,
    rows: BTreeMap<String, Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    row: Row,
    writers: BTreeSet<String>,
}

/// Words of fewer writers are theirs, and say little of notes.
const LEAST_WRITERS: usize = 2;

impl Counts {
    /// Counts a note, as it reads by itself and beside what is known of its reader.
    pub fn add(&mut self, writer: &str, text: &str, contact: Option<&Contact>, label: Label<'_>) {
        self.tokens.read(text);
        let mut words: BTreeSet<String> = BTreeSet::new();
        let context = Context { contact, ..Context::default() };
        let given = given(Note { text, tokens: &self.tokens, context: &context });
        for known in [&[], &*given] {
            let mut before = None;
            for (unit, at) in units(&self.tokens, known) {
                let word = written(unit, at, &self.tokens);
                words.extend(before.map(|before: &str| format!("{before} {word}")));
                words.insert(word.to_owned());
                before = Some(word);
            }
        }
        count(&mut self.all, label);
        for word in words {
            let counted = self.rows.entry(word).or_default();
            count(&mut counted.row, label);
            counted.writers.insert(writer.to_owned());
        }
    }

    /// The counts as a file: a line of names, one for all notes, and one for each word or pair that at least two writers
    /// used.
    #[must_use]
    pub fn to_tsv(&self) -> String {
        let names: Vec<&str> = Fault::ALL.iter().map(|fault| fault.as_str()).collect();
        let mut out = format!("words\tgood\tbad\t{}\n", names.join("\t"));
        line(&mut out, "notes", self.all);
        let rows = self.rows.iter().filter(|(_, counted)| counted.writers.len() >= LEAST_WRITERS);
        rows.for_each(|(words, counted)| line(&mut out, words, counted.row));
        out
    }

    /// The counts as a table to judge by.
    ///
    /// # Panics
    /// Never: the table reads what [`to_tsv`](Self::to_tsv) writes.
    #[must_use]
    pub fn table(&self) -> Table {
        let bytes = compile(&self.to_tsv()).expect("the counts are written as they are read");
        Table::open(bytes).expect("the table is read as it is compiled")
    }
}

fn count(row: &mut Row, label: Label<'_>) {
    match label {
        Label::Good => row.good += 1,
        Label::Bad(faults) => {
            row.bad += 1;
            let has = |at: usize| u32::from(faults.contains(&Fault::ALL[at]));
            (0..FAULTS).for_each(|at| row.faults[at] += has(at));
        }
    }
}

fn line(out: &mut String, words: &str, row: Row) {
    let _ = write!(out, "{words}\t{}\t{}", row.good, row.bad);
    for count in row.faults {
        let _ = write!(out, "\t{count}");
    }
    out.push('\n');
}
