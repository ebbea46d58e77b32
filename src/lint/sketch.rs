//! A first version of a rule, from a sentence that it should find.

use std::fmt::Write as _;

use super::proof::{Failure, prove};
use crate::rule::check::{is_common, is_stop, is_weak};
use crate::rule::spec::RuleSpec;
use crate::text::yaml::{Places, quoted, read, scalar};
use crate::text::{Sentence, Span, Token, TokenKind, Tokens};

/// A rule file to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// The file, with comments that explain it.
    pub text: String,
    /// The words of the sentence that the rule looks for; none where there are no words to take.
    pub found: Option<String>,
    /// What its examples do not show yet. The file says the same in a comment.
    pub failures: Vec<Failure>,
}

/// The words that a phrase has at most.
const LONGEST: usize = 4;
/// How many phrases are tried until one is proved.
const TRIES: usize = 24;
/// What goes before a sentence that is too short to prove a phrase of it.
const LEAD: &str = "Hi Ana, it was good to meet you in Ulm.";

/// Writes a rule that finds `sentence`: its phrase is the most telling two to four words of it, its examples are the
/// sentence and a note that only mentions the phrase. Without a sentence, a rule that shows where things go.
#[must_use]
pub fn sketch(id: &str, sentence: Option<&str>) -> Sketch {
    let Some(sentence) = sentence.map(str::trim).filter(|sentence| !sentence.is_empty()) else {
        return Draft::sample().finish(id, None);
    };
    let mut first = None;
    for choice in choices(sentence).into_iter().take(TRIES) {
        let made = Draft::of(sentence, &choice).finish(id, Some(choice.found.clone()));
        if made.failures.is_empty() {
            return made;
        }
        first.get_or_insert(made);
    }
    first.unwrap_or_else(|| Draft { flag: sentence.to_owned(), ..Draft::sample() }.finish(id, None))
}

/// Words of the sentence, as a phrase and as they stand there.
struct Choice {
    phrase: String,
    found: String,
    /// Where they stand, and how telling they are.
    span: Span,
    weight: f32,
}

/// The phrases that the sentence offers, the most telling first.
fn choices(sentence: &str) -> Vec<Choice> {
    let mut tokens = Tokens::default();
    tokens.read(sentence);
    let words = words(sentence, &tokens);
    let joined = |at: usize| words.get(at).is_some_and(|word| word.joined);
    let of = |size: usize| {
        let windows = words.windows(size).enumerate();
        // Half of `no-brainer` is no word.
        windows
            .filter(move |(at, _)| !joined(*at) && !joined(at + size))
            .filter_map(|(_, words)| choice(sentence, words))
    };
    let mut choices: Vec<Choice> = (2..=LONGEST).flat_map(of).collect();
    if choices.is_empty() {
        choices.extend(of(1));
    }
    choices.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.span.cmp(&b.span)));
    choices
}

/// A written word, or a number or emoji.
struct Word {
    /// As it is written in a phrase.
    phrase: String,
    span: Span,
    weight: Weight,
    /// Whether a mark, or the end of a sentence, keeps it apart from the word before.
    apart: bool,
    /// Whether a hyphen or slash joins it to the word before.
    joined: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    /// A function word.
    Stop,
    /// One of those that go with verbs: `pick up`, `reach out`.
    Particle,
    /// What every note says: `call`, `meet`.
    Weak,
    Common,
    Rare,
    /// A number, an amount, an emoji: any of them is found.
    Class,
    /// The name of somebody or something, which will be another one in the next note.
    Name,
}

const PARTICLES: [&str; 9] = ["up", "out", "off", "in", "on", "over", "back", "down", "away"];

/// The written words of the text behind its greeting; of a text that is only a greeting, all.
fn words(text: &str, tokens: &Tokens) -> Vec<Word> {
    let is_greeting = |sentence: &&Sentence| sentence.greeting;
    let body = tokens.sentences().iter().any(|sentence| !sentence.greeting);
    let sentences = tokens.sentences().iter().filter(|sentence| !(body && is_greeting(sentence)));
    let mut words: Vec<Word> = Vec::new();
    for sentence in sentences {
        let mut apart = true;
        for (at, token) in tokens.tokens()[sentence.start..sentence.end].iter().enumerate() {
            let Some((phrase, weight)) = read_token(text, tokens, token, at == 0) else {
                apart = true;
                continue;
            };
            match words.last_mut().filter(|_| token.glued) {
                Some(word) => {
                    // `'s` and `'d` mean several things and stay at their word; the others have a long form.
                    let space = if phrase.starts_with('\'') { "" } else { " " };
                    let _ = write!(word.phrase, "{space}{phrase}");
                    word.span = word.span.join(token.span);
                }
                None => {
                    let joined = !apart && text[..token.span.start].ends_with(['-', '/', '\u{2010}', '\u{2011}']);
                    words.push(Word { phrase, span: token.span, weight, apart, joined });
                }
            }
            apart = false;
        }
    }
    words
}

/// A token as it is written in a phrase; nothing for one that no phrase can name, and for marks.
fn read_token(text: &str, tokens: &Tokens, token: &Token, first: bool) -> Option<(String, Weight)> {
    let folded = tokens.folded(token);
    let class = |name: &str| Some((format!("<{name}>"), Weight::Class));
    match token.kind {
        TokenKind::Number => class("number"),
        TokenKind::Money => class("money"),
        TokenKind::Url => class("url"),
        TokenKind::Emoji => class("emoji"),
        TokenKind::Email | TokenKind::Mark(_) | TokenKind::Hole => None,
        TokenKind::Word => {
            let shouted = text[token.span.range()].chars().filter(|c| c.is_uppercase()).count() > 1;
            let weight = match folded {
                word if PARTICLES.contains(&word) => Weight::Particle,
                word if is_stop(word) => Weight::Stop,
                _ if token.capital && !first && !shouted => Weight::Name,
                word if is_weak(word) => Weight::Weak,
                word if is_common(word) => Weight::Common,
                _ => Weight::Rare,
            };
            Some((folded.to_owned(), weight))
        }
    }
}

/// A phrase of these words, if they stand together.
fn choice(text: &str, words: &[Word]) -> Option<Choice> {
    let (first, last) = (words.first()?, words.last()?);
    if words[1..].iter().any(|word| word.apart) {
        return None;
    }
    let span = first.span.join(last.span);
    let phrase = words.iter().map(|word| word.phrase.as_str()).collect::<Vec<_>>().join(" ");
    let found = text[span.range()].to_owned();
    Some(Choice { phrase, found, span, weight: weight(words) })
}

/// How telling words are together: two full words and what joins them say most. A third one makes the phrase rarer
/// than it needs to be, a name ties it to one reader, and a function word at an end belongs to something else.
fn weight(words: &[Word]) -> f32 {
    let value = |word: &Word| match word.weight {
        Weight::Rare => 3.0,
        Weight::Common => 2.0,
        Weight::Weak => 1.4,
        Weight::Class => 1.2,
        Weight::Particle => 0.6,
        Weight::Stop => 0.3,
        Weight::Name => -3.0,
    };
    let mut values: Vec<f32> = words.iter().map(value).collect();
    values.sort_by(|a, b| b.total_cmp(a));
    let full: f32 = values.iter().take(2).sum();
    let rest: f32 = values.iter().skip(2).map(|value| value.min(0.4)).sum();
    let edge = |word: Option<&Word>, stop: f32, particle: f32| match word.map(|word| word.weight) {
        Some(Weight::Stop) => stop,
        Some(Weight::Particle) => particle,
        _ => 0.0,
    };
    full + rest - edge(words.first(), 1.0, 1.5) - edge(words.last(), 1.5, 0.2)
}

/// The parts of a rule file that differ.
struct Draft {
    phrase: String,
    found: String,
    flag: String,
    allow: String,
    /// What to say about the `flags` example.
    invented: bool,
}

impl Draft {
    fn sample() -> Self {
        Self {
            phrase: "words to find".to_owned(),
            found: "words to find".to_owned(),
            flag: "Hi Ana, these are the words to find in a note.".to_owned(),
            allow: "Hi Ana, I could not find the right words today.".to_owned(),
            invented: false,
        }
    }

    fn of(sentence: &str, choice: &Choice) -> Self {
        let words = |text: &str| {
            let mut tokens = Tokens::default();
            tokens.read(text);
            tokens.sentences().iter().map(|sentence| tokens.word_count(*sentence)).sum::<usize>()
        };
        let invented = words(sentence) < words(&choice.found) + super::proof::WORDS_AROUND;
        let flag = if invented { format!("{LEAD} {sentence}") } else { sentence.to_owned() };
        let allow = format!("Hi Ana, your post on why nobody should write “{}” made me smile.", choice.found);
        Self { phrase: choice.phrase.clone(), found: choice.found.clone(), flag, allow, invented }
    }

    fn finish(self, id: &str, found: Option<String>) -> Sketch {
        let text = self.file(id, &[]);
        let failures = test(id, &text);
        let text = if failures.is_empty() { text } else { self.file(id, &failures) };
        Sketch { text, found, failures }
    }

    fn file(&self, id: &str, failures: &[Failure]) -> String {
        format!(
            "\
# yaml-language-server: $schema=../schema.json
# A rule of your own: its id is {id}.
# `cordial rule test` proves it by its examples; `cordial explain {id}` shows it.
{missing}
# One line: what the rule finds.
summary: {summary}

# error, warning or suggestion; or by kind of note: {{ invite: error, message: warning }}
level: warning

# One phrase a line, in words: `(a|b)` is one of them, `a?` may be missing, `..` is up to three words, `word*` has any
# ending. A hyphen is a space; contractions are written out: `have not` finds “haven't” too.
phrases:
  - {phrase}

# What is printed. {{match}} is what was found.
message: “{{match}}” would be better in your own words

# What it does to the reader, and what to write instead.
# why: Everybody writes this; it says nothing about the two of you.
# help: Name what you share.

# Phrases that are no finding where they overlap one. Each needs an example under `allows`.
# except:
#   - another way to say it

{examples}",
            missing = missing(failures),
            summary = scalar(&format!("Says “{}”", one_line(&self.found))),
            phrase = scalar(&self.phrase),
            examples = self.examples(),
        )
    }

    fn examples(&self) -> String {
        let invented = if self.invented { "    # The words around it are invented: put in a real note.\n" } else { "" };
        format!(
            "\
# Notes that prove the rule: what it must find, and good notes that it must leave alone.
examples:
  flags:
{invented}    - {{ text: {flag}, match: {found} }}
  # Good notes with words of the phrases in them are the best proof.{mentioned}
  allows:
    - {allow}
",
            mentioned = if self.allow.contains('“') { " This one only mentions them." } else { "" },
            flag = quoted(&self.flag),
            found = quoted(&self.found),
            allow = quoted(&self.allow),
        )
    }
}

/// What is not proved, as a comment.
fn missing(failures: &[Failure]) -> String {
    let mut text = String::new();
    if !failures.is_empty() {
        text.push_str("\n# Not proved yet. Fill in what is missing:\n");
    }
    for failure in failures {
        let message = failure.message.replace(char::is_control, " ");
        let _ = writeln!(text, "# - {}: {message}", failure.path);
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the examples of a rule file do not show.
fn test(id: &str, text: &str) -> Vec<Failure> {
    let broken = |message: String| vec![Failure { path: String::new(), at: 0, message, help: None }];
    let spec = Places::parse(text).and_then(|places| read::<RuleSpec>(places.root()));
    match spec {
        Ok(mut spec) => {
            id.clone_into(&mut spec.id);
            prove(&spec)
        }
        Err(error) => broken(error.message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(sketch: &Sketch) -> RuleSpec {
        let places = Places::parse(&sketch.text).unwrap_or_else(|error| panic!("{error}:\n{}", sketch.text));
        let mut spec: RuleSpec = read(places.root()).unwrap_or_else(|error| panic!("{error}:\n{}", sketch.text));
        spec.id = "my/rule".to_owned();
        spec
    }

    #[test]
    fn takes_the_most_telling_words_of_a_sentence_and_proves_them() {
        for (sentence, phrase) in [
            ("I'd love to pick your brain about Rust some time.", "pick your brain"),
            ("Hi Nadia, I hope this email finds you well.", "hope this email finds"),
            ("Just circling back on my previous message.", "previous message"),
            ("Quick question", "quick question"),
            ("We help companies like yours scale to $10k a month in 90 days!", "companies like yours scale"),
            ("Our tool found 40 leads in 3 days", "tool found <number> leads"),
            ("I haven't heard back from you, Dr. Okafor.", "heard back"),
            ("It's what I've been meaning to ask", "meaning to ask"),
            ("Honestly, we're swamped.", "we are swamped"),
            ("You know, that's insane!", "that's insane"),
            ("Let's hop on a quick call next week?", "hop on a quick"),
            ("Zoë, you're a rockstar — it's a no-brainer to join us.", "no brainer to join"),
            ("As a thought-leader in the fintech space, I was impressed by you.", "fintech space"),
            ("Ich würde mich freuen, Sie in meinem Netzwerk begrüßen zu dürfen.", "ich würde mich freuen"),
            ("👍👍", "<emoji> <emoji>"),
            ("Book a slot: https://cal.example/ana", "book a slot"),
            ("SYNERGY!", "synergy"),
            ("你好，我想加你为好友。", "你好"),
            ("I saw \"it\" at: C:\\ #1 {x}\nand wanted to reach out", "wanted to reach out"),
        ] {
            let made = sketch("my/rule", Some(sentence));
            assert_eq!(made.failures, [], "{sentence}");
            let spec = spec(&made);
            assert_eq!(spec.phrases.as_deref(), Some(&[phrase.to_owned()][..]), "{sentence}");
            assert!(spec.examples.flags[0].text.ends_with(sentence), "{sentence}");
        }
    }

    #[test]
    fn without_a_sentence_it_shows_where_things_go() {
        let made = sketch("my/rule", None);
        assert_eq!((made.found, made.failures), (None, Vec::new()));
        assert!(made.text.starts_with("# yaml-language-server: $schema=../schema.json\n"));
    }

    /// Words in quotation marks are mentioned and not said, so no rule finds them.
    #[test]
    fn what_cannot_be_proved_is_said_in_the_file() {
        for sentence in ["“synergy”", "?!", "ana@example.org"] {
            let made = sketch("my/rule", Some(sentence));
            assert!(!made.failures.is_empty(), "{sentence}");
            assert!(
                made.text.contains("# Not proved yet. Fill in what is missing:\n# - examples.flags[0]"),
                "{sentence}"
            );
            assert_eq!(prove(&spec(&made)), made.failures, "{sentence}");
        }
    }

    /// What is behind a `#` can be switched on by removing it.
    #[test]
    fn what_is_commented_out_is_right_too() {
        let text = sketch("my/rule", None).text;
        let lines = text.lines().map(|line| match line.strip_prefix("# ") {
            Some(code) if ["why:", "help:", "except:", "  - "].iter().any(|start| code.starts_with(start)) => code,
            _ => line,
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        let spec = spec(&Sketch { text, found: None, failures: Vec::new() });
        assert!(spec.why.is_some() && spec.help.is_some() && spec.except.len() == 1);
    }

    proptest::proptest! {
        #[test]
        fn a_sketch_is_always_a_rule_file(sentence in "(\\PC|[a-z ]|[\"'“”{}#:\n-]){0,60}") {
            spec(&sketch("my/rule", Some(&sentence)));
        }
    }
}
