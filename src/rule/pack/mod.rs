//! Rules compiled to bytes: what build.rs embeds and what users' rules become at start.
//!
//! The automaton and its words are read in place; a rule's record is decoded when the pack is opened, its
//! explanations only when asked for.

mod automaton;
mod bytes;
mod cadence;
mod check;
mod class;
mod lazy;
mod locate;
mod needles;
mod pattern;
mod reading;
mod record;
mod resolve;
mod walk;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

pub use automaton::Line;
pub use check::{Cadence, Check, Count, Counted, Ratio, Watched};
pub use lazy::Lazy;
pub(crate) use pattern::ascii_classes;
pub use record::{ExampleDoc, Role, Rule, RuleDoc};
pub use resolve::SpecError;
pub use walk::{Hit, Walk, Wants};

use super::phrase::Node;
use super::spec::RuleSpec;
use crate::text;
use automaton::{Automaton, Builder};
use bytes::{Numbers, Reader, Writer, narrow};
use words::{EXACT, FIRST_WORD, Symbol, Words, WordsBuilder};

/// Compiled rules.
#[derive(Clone, Debug)]
pub struct Pack {
    bytes: Cow<'static, [u8]>,
    words: Words,
    symbols: Symbol,
    automaton: Automaton,
    /// For each rule: the role of phrases without which it finds nothing, if there is one.
    needed: Vec<Option<Role>>,
    rules: Vec<Rule>,
    docs: Range<usize>,
    doc_ends: Numbers,
}

/// Compiles rules. Words that `base` knows keep their symbols, so that one walk serves both packs.
///
/// # Errors
/// The first thing wrong with each broken rule, with the number of the rule; no pack is made then.
pub fn compile(specs: &[RuleSpec], base: Option<&Pack>) -> Result<Vec<u8>, Vec<(usize, SpecError)>> {
    let mut words = WordsBuilder::behind(base.map_or(FIRST_WORD, |base| base.symbols));
    let mut builder = Builder::default();
    let mut rules = Vec::new();
    let mut docs = Vec::new();
    let mut doc_ends = Vec::new();
    let mut errors = Vec::new();
    for (number, spec) in specs.iter().enumerate() {
        let resolved = match resolve::resolve(spec) {
            Ok(resolved) => resolved,
            Err(error) => {
                errors.push((number, error));
                continue;
            }
        };
        let before = builder.size();
        for line in &resolved.lines {
            let mut symbol = |node: &Node| readings(node, &resolved.rule, &mut words, base);
            builder.add(&line.phrase, number, line.role, line.number, &mut symbol);
            let mut sizes = builder.size().into_iter().zip(before).zip(automaton::MOST);
            if sizes.any(|((size, before), most)| size - before > most) {
                let message = "these phrases are too large together: split the rule";
                errors.push((number, SpecError::new("", 0, message)));
                break;
            }
        }
        docs.extend(postcard::to_stdvec(&resolved.doc).unwrap_or_default());
        doc_ends.push(narrow(docs.len()));
        rules.push(resolved.rule);
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut out = Writer::default();
    words.write(&mut out);
    out.numbers(&[words.end()]);
    builder.write(words.end(), &mut out);
    out.blob(&postcard::to_stdvec(&rules).unwrap_or_default());
    out.numbers(&doc_ends);
    out.blob(&docs);
    Ok(out.0)
}

/// The symbols of a word in order, each with its readings: `I'd` is `i` and one of `'d`, `would`, `had`; in other
/// languages than English `für` is `für` or `fuer`.
fn readings(node: &Node, rule: &Rule, words: &mut WordsBuilder, base: Option<&Pack>) -> Vec<Vec<Symbol>> {
    let known = |key: &str| base.and_then(|base| base.words.find(&base.bytes, key.as_bytes()));
    let exact = rule.exact;
    let mark = |text: &str| if exact { format!("{EXACT}{text}") } else { text.to_owned() };
    let plain = |text: &str| without_accents(text, rule.language.as_deref());
    match node {
        Node::Prefix(prefix) => {
            let texts = [Some(prefix.clone()), plain(prefix)];
            vec![texts.iter().flatten().map(|text| words.prefix(&mark(text), known)).collect()]
        }
        Node::Word(word) => {
            let mut symbols = |part: &String| {
                let texts = reading::readings(part).map(str::to_owned).chain(plain(part));
                texts.map(|text| words.word(&mark(&text), known)).collect()
            };
            parts(word, exact).iter().map(&mut symbols).collect()
        }
        _ => Vec::new(),
    }
}

/// A word as people type it who have no key for its letters, where that differs: `fuer`, `reseau`, `proxima`.
fn without_accents(word: &str, language: Option<&str>) -> Option<String> {
    if word.is_ascii() || matches!(language, None | Some("en")) {
        return None;
    }
    let mut plain = String::with_capacity(word.len() + 2);
    for c in word.chars() {
        match c {
            'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü' if language == Some("de") => {
                plain.extend(c.nfd().next());
                plain.push('e');
            }
            'ß' => plain.push_str("ss"),
            'œ' => plain.push_str("oe"),
            _ => plain.extend(c.nfd().filter(|c| !is_combining_mark(*c))),
        }
    }
    Some(plain).filter(|plain| plain != word)
}

/// The words of a phrase's word: a contraction is two. Of its capitals only the first letter's is kept.
fn parts(word: &str, exact: bool) -> Vec<String> {
    let folded = text::fold(word);
    let mut parts: Vec<String> = text::contraction_parts(&folded).into_iter().map(str::to_owned).collect();
    match parts.as_mut_slice() {
        [whole] => word.clone_into(whole),
        [head, ..] if exact && word.starts_with(char::is_uppercase) => *head = reading::capitalised(head),
        _ => {}
    }
    parts
}

impl Pack {
    /// Opens what [`compile`] made.
    ///
    /// # Errors
    /// `None` when the bytes are not a pack.
    #[must_use]
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        let bytes = bytes.into();
        let mut reader = Reader { bytes: &bytes, at: 0 };
        let words = Words::read(&mut reader)?;
        let symbols = reader.numbers()?.get(&bytes, 0);
        let automaton = Automaton::read(&mut reader)?;
        let rules: Vec<Rule> = postcard::from_bytes(&bytes[reader.blob()?]).ok()?;
        let doc_ends = reader.numbers()?;
        let docs = reader.blob()?;
        let needed = rules.iter().map(Rule::needed).collect();
        Some(Self { words, symbols, automaton, needed, rules, docs, doc_ends, bytes: bytes.clone() })
    }

    /// The rules, in order.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Why a rule exists, and its examples.
    #[must_use]
    pub fn doc(&self, rule: usize) -> Option<RuleDoc> {
        let start = if rule == 0 { 0 } else { self.doc_ends.get(&self.bytes, rule - 1) as usize };
        let end = self.doc_ends.get(&self.bytes, rule) as usize;
        postcard::from_bytes(self.bytes.get(self.docs.start + start..self.docs.start + end)?).ok()
    }
}
