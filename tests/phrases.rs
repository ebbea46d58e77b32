//! The phrase language against a second matcher that takes `docs/rules.md` at its word: it tries everything, one
//! token after the other, and knows nothing of automata.

use std::collections::BTreeSet;

use cordial::rule::pack::{Lazy, Pack, Walk, Wants, compile};
use cordial::rule::phrase::{Class, Item, Node, Phrase, Start};
use cordial::rule::spec::RuleSpec;
use cordial::text::{Sentence, Token, TokenKind, Tokens, contraction_parts, fold};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

/// A match: the phrase's number, its first token and its last.
type Hits = BTreeSet<(usize, usize, usize)>;

/// The phrases as the rule engine runs them: one rule, its states kept from text to text.
struct Engine {
    pack: Pack,
    lazy: Lazy,
    walk: Walk,
}

impl Engine {
    fn new(phrases: &[String], exact: bool) -> Self {
        let mut spec = serde_json::json!({
            "summary": "s", "level": "warning", "message": "m", "examples": {}, "phrases": phrases,
        });
        if exact {
            spec["case"] = "exact".into();
        }
        let spec: RuleSpec = serde_json::from_value(spec).expect("a rule");
        let pack = compile(&[spec], None).expect("sound phrases");
        let pack = Pack::open(pack).expect("a pack");
        Self { pack, lazy: Lazy::default(), walk: Walk::default() }
    }

    fn found(&mut self, text: &str, tokens: &Tokens) -> Hits {
        let mut hits = Vec::new();
        self.walk.read(text, tokens);
        self.walk.find(text, tokens, &self.pack, None, &mut self.lazy, Wants::All, &mut hits);
        hits.iter().map(|hit| (hit.line.number, hit.first, hit.last)).collect()
    }
}

/// Every match of the phrases, by trying.
fn tried(phrases: &[String], exact: bool, text: &str, tokens: &Tokens) -> Hits {
    let mut hits = Hits::new();
    for (number, phrase) in phrases.iter().enumerate() {
        let phrase = Phrase::parse(phrase, exact).expect("in the grammar");
        for &sentence in tokens.sentences() {
            for first in sentence.start..sentence.end {
                let trial = Trial { text, tokens, exact, sentence, first };
                let before = (sentence.start..first).rev().find(|&at| !trial.introduces(at) || trial.divides(at));
                let begins = match phrase.start {
                    Start::Anywhere => true,
                    Start::Sentence => (sentence.start..first).all(|at| trial.introduces(at)),
                    Start::Clause => before.is_none_or(|at| trial.divides(at)),
                };
                if !begins {
                    continue;
                }
                let mut ends = trial.sequence(&phrase.items, first);
                ends.retain(|&end| !phrase.end || (end..sentence.end).all(|at| trial.concludes(at)));
                hits.extend(ends.into_iter().map(|end| (number, first, end - 1)));
            }
        }
    }
    hits
}

/// One try: a phrase from one token on, inside one sentence.
struct Trial<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    exact: bool,
    sentence: Sentence,
    first: usize,
}

impl Trial<'_> {
    fn token(&self, at: usize) -> &Token {
        &self.tokens.tokens()[at]
    }

    fn folded(&self, at: usize) -> &str {
        self.tokens.folded(self.token(at))
    }

    /// Where the items can end that begin at `at`.
    fn sequence(&self, items: &[Item], at: usize) -> BTreeSet<usize> {
        items.iter().fold(BTreeSet::from([at]), |ends, item| {
            let mut next: BTreeSet<_> = ends.iter().flat_map(|&end| self.node(&item.node, end)).collect();
            if item.optional {
                next.extend(ends);
            }
            next
        })
    }

    fn node(&self, node: &Node, at: usize) -> BTreeSet<usize> {
        match node {
            Node::Word(word) => {
                let folded = fold(word);
                let parts = contraction_parts(&folded);
                let mut ends = BTreeSet::from([at]);
                for (number, part) in parts.iter().enumerate() {
                    // In a contraction only the first letter's case is seen.
                    let part = match (self.exact, number, parts.len()) {
                        (true, 0, 1) => word.clone(),
                        (true, 0, _) if word.starts_with(char::is_uppercase) => capitalised(part),
                        _ => (*part).to_owned(),
                    };
                    ends = ends.into_iter().flat_map(|end| self.one(end, |at| self.is_word(at, &part))).collect();
                }
                ends
            }
            Node::Prefix(prefix) => self.one(at, |at| self.begins(at, prefix)),
            Node::Class(class) => self.one(at, |at| self.is_class(at, *class)),
            Node::Mark(mark) => self.one(at, |at| self.token(at).kind == TokenKind::Mark(*mark)),
            Node::Group(branches) => branches.iter().flat_map(|branch| self.sequence(branch, at)).collect(),
            Node::Gap(words) => {
                let commas = |ends: BTreeSet<usize>| {
                    let mut all = ends;
                    loop {
                        let behind = |&end: &usize| self.one(end, |at| self.token(at).kind == TokenKind::Mark(','));
                        let more: BTreeSet<_> = all.iter().flat_map(behind).filter(|end| !all.contains(end)).collect();
                        if more.is_empty() {
                            return all;
                        }
                        all.extend(more);
                    }
                };
                let mut ends = commas(BTreeSet::from([at]));
                for _ in 0..*words {
                    let word = |&end: &usize| self.one(end, |at| self.token(at).kind.is_word());
                    let more = commas(ends.iter().flat_map(word).collect());
                    ends.extend(more);
                }
                ends
            }
        }
    }

    /// Behind one token that is right; a possessive between two words of the phrase may be passed over.
    fn one(&self, at: usize, is_right: impl Fn(usize) -> bool) -> BTreeSet<usize> {
        let inside = |at: usize| at < self.sentence.end;
        let possessive = inside(at) && at > self.first && self.token(at).glued && self.folded(at) == "'s";
        let places = std::iter::once(at).chain(possessive.then_some(at + 1));
        places.filter(|&at| inside(at) && is_right(at)).map(|at| at + 1).collect()
    }

    /// The words that a token stands for.
    fn readings(&self, at: usize) -> Vec<String> {
        let token = self.token(at);
        if !matches!(token.kind, TokenKind::Word | TokenKind::Number) {
            return Vec::new();
        }
        let folded = self.folded(at);
        match folded {
            "'s" => ["'s", "is", "has"].map(str::to_owned).to_vec(),
            "'d" => ["'d", "would", "had"].map(str::to_owned).to_vec(),
            _ if self.exact => {
                let written = self.text[token.span.range()].replace('’', "'");
                if fold(&written) == folded {
                    vec![written]
                } else if token.capital {
                    vec![capitalised(folded)]
                } else {
                    vec![folded.to_owned()]
                }
            }
            _ => vec![folded.to_owned()],
        }
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        let stands_for: &[&str] = match word {
            "'s" => &["'s", "is", "has"],
            "'d" => &["'d", "would", "had"],
            word => &[word],
        };
        self.readings(at).iter().any(|reading| stands_for.contains(&reading.as_str()))
    }

    fn begins(&self, at: usize, prefix: &str) -> bool {
        self.readings(at).iter().any(|reading| reading.starts_with(prefix))
    }

    fn is_class(&self, at: usize, class: Class) -> bool {
        let (kind, folded) = (self.token(at).kind, self.folded(at));
        match class {
            Class::Number => kind == TokenKind::Number || folded == "three",
            Class::Money => kind == TokenKind::Money,
            Class::Url => kind == TokenKind::Url,
            Class::Emoji => kind == TokenKind::Emoji,
            Class::Word => matches!(kind, TokenKind::Word | TokenKind::Hole),
            Class::Date => matches!(folded, "monday" | "2026" | "14.10.2026"),
            Class::Name => kind == TokenKind::Hole || self.is_name(at),
        }
    }

    /// A capitalised word that is not merely the first of its sentence: another one may follow it.
    fn is_name(&self, at: usize) -> bool {
        let named = |at: usize| {
            let inside = at < self.sentence.end && self.token(at).kind == TokenKind::Word;
            inside && self.token(at).capital && !["i", "monday"].contains(&self.folded(at))
        };
        let opens = (self.sentence.start..at).all(|at| self.introduces(at));
        let spaced = |at: usize| self.text[self.token(at).span.end..].starts_with(' ');
        named(at) && (!opens || (named(at + 1) && spaced(at)))
    }

    fn introduces(&self, at: usize) -> bool {
        matches!(self.token(at).kind, TokenKind::Mark('"' | '-' | '•') | TokenKind::Emoji)
    }

    fn divides(&self, at: usize) -> bool {
        matches!(self.token(at).kind, TokenKind::Mark(',' | ';' | ':' | '-' | '(' | ')'))
    }

    fn concludes(&self, at: usize) -> bool {
        match self.token(at).kind {
            TokenKind::Mark(',') => self.sentence.greeting,
            TokenKind::Mark('.' | '!' | '?' | '…' | '"') | TokenKind::Emoji => true,
            _ => false,
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// One of the words of a list.
fn one_of(list: &'static str) -> impl Strategy<Value = &'static str> {
    select(list.split(' ').collect::<Vec<_>>())
}

/// What texts are made of, with what separates it from what follows.
fn texts() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        3 => one_of("the talk ana I'd not is Ana's do"),
        2 => one_of(
            "the Talk talking I i'd I’d ana Ana Silva it's don't Don’t can't dont would has follow-up and/or three 3 \
             2026 14.10.2026 Monday $5 https://x.io 👋 \u{FFFC} Hi",
        ),
    ];
    let between = prop_oneof![
        12 => Just(" "), 3 => Just(", "), 1 => Just(",, "), 1 => Just(". "), 1 => Just("! "), 1 => Just("? "), 1 => Just(" — "),
        1 => Just("… "), 1 => Just("\n"), 1 => Just("\n\n"), 1 => Just(" “"), 1 => Just("” "), 1 => Just(" • "), 1 => Just("-"),
    ];
    let ends = select(vec!["", ".", "!", "?", ",", "…", "”", ".”", " 👋"]);
    (select(vec!["", "", "“", "- ", "• ", "👋 "]), prop::collection::vec((words, between), 1..14), ends).prop_map(
        |(start, mut pieces, end)| {
            if let Some(last) = pieces.last_mut() {
                last.1 = end;
            }
            let body: String = pieces.into_iter().flat_map(|(word, between)| [word, between]).collect();
            format!("{start}{body}")
        },
    )
}

fn items() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        8 => one_of("the talk ana I'd not is would do"),
        5 => one_of("Talk I Ana had has don't it's ana's follow up 3"),
        1 => Just("do not"),
        1 => one_of("tal* woul* Tal* 2026*"),
        3 => one_of("<number> <money> <url> <name> <date> <emoji> <word>"),
        1 => one_of(r#"\, \. \? \- \… \""#),
    ];
    let item = |atom: BoxedStrategy<String>| {
        prop_oneof![
            6 => atom.clone(),
            2 => atom.prop_map(|atom| match atom.rsplit_once(' ') {
                Some(_) if !atom.ends_with(')') => format!("({atom})?"),
                _ => format!("{atom}?"),
            }),
            1 => one_of(".. ..1 ..2").prop_map(str::to_owned),
        ]
    };
    let sequence =
        move |item: BoxedStrategy<String>| prop::collection::vec(item, 1..3).prop_map(|items| items.join(" ")).boxed();
    let leaf = sequence(item(atom.prop_map(str::to_owned).boxed()).boxed());
    leaf.prop_recursive(3, 16, 3, move |inner| {
        let group = prop::collection::vec(inner.clone(), 1..4).prop_map(|branches| format!("({})", branches.join("|")));
        sequence(prop_oneof![inner, item(group.boxed())].boxed())
    })
}

fn phrases() -> impl Strategy<Value = Vec<String>> {
    let edge = |mark: &'static str| prop_oneof![4 => Just(""), 1 => Just(mark)];
    let start = prop_oneof![4 => Just(""), 1 => Just("^ "), 1 => Just("^, ")];
    let phrase = (start, items(), edge(" $")).prop_map(|(start, items, end)| format!("{start}{items}{end}"));
    let readable = phrase.prop_filter("in the grammar", |phrase| Phrase::parse(phrase, false).is_ok());
    prop::collection::vec(readable, 1..6)
}

fn read(text: &str) -> Tokens {
    let mut tokens = Tokens::default();
    tokens.read(text);
    tokens
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Each case tries a handful of phrases on a dozen texts; `PROPTEST_CASES=10000` tries longer.
    #[test]
    fn the_automaton_finds_what_trying_everything_finds(
        phrases in phrases(),
        texts in prop::collection::vec(texts(), 12),
        exact in prop::bool::weighted(0.2),
    ) {
        let mut engine = Engine::new(&phrases, exact);
        let mut tokens = Tokens::default();
        for text in &texts {
            tokens.read(text);
            let tried = tried(&phrases, exact, text, &tokens);
            prop_assert_eq!(engine.found(text, &tokens), tried, "{:?} in {:?}", phrases, text);
        }
    }
}

/// The comparison is worth something only where there is something to find.
#[test]
fn the_texts_hold_many_of_the_phrases() {
    let mut runner = TestRunner::deterministic();
    let strategy = (phrases(), texts());
    let mut with_hits = 0;
    for _ in 0..500 {
        let (phrases, text) = strategy.new_tree(&mut runner).unwrap().current();
        with_hits += usize::from(!tried(&phrases, false, &text, &read(&text)).is_empty());
    }
    assert!(with_hits > 150, "{with_hits} of 500");
}
