//! The phrase language: words, not characters. `docs/rules.md` holds the grammar.

use crate::text;

/// A phrase as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Where it may begin.
    pub start: Start,
    /// `$`: only at the end of a sentence.
    pub end: bool,
    /// What must follow one another.
    pub items: Vec<Item>,
}

/// Where a phrase may begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// At any word.
    #[default]
    Anywhere,
    /// `^`: only at the start of a sentence.
    Sentence,
    /// `^,`: only at the start of a sentence or of a part of one, as behind a comma.
    Clause,
}

/// One atom or gap, perhaps optional.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it matches.
    pub node: Node,
    /// Whether it may be missing.
    pub optional: bool,
}

/// What an item matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// This word.
    Word(String),
    /// Any word that begins like this.
    Prefix(String),
    /// Any token of a class.
    Class(Class),
    /// This mark.
    Mark(char),
    /// One of several sequences.
    Group(Vec<Vec<Item>>),
    /// Up to this many words.
    Gap(usize),
}

/// A class of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Digits or a number word.
    Number,
    /// An amount.
    Money,
    /// A web address.
    Url,
    /// A capitalised word that is not merely the first of its sentence.
    Name,
    /// A weekday, month, year or numeric date.
    Date,
    /// An emoji.
    Emoji,
    /// Any word.
    Word,
}

impl Class {
    /// All classes with their names.
    pub const ALL: [(&'static str, Self); 7] = [
        ("number", Self::Number),
        ("money", Self::Money),
        ("url", Self::Url),
        ("name", Self::Name),
        ("date", Self::Date),
        ("emoji", Self::Emoji),
        ("word", Self::Word),
    ];

    /// The class with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, class)| class)
    }
}

/// Why a phrase cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PhraseError {
    /// Byte offset in the phrase.
    pub at: usize,
    /// What is wrong and what to write.
    pub message: String,
}

/// Deepest nesting of groups.
const DEPTH: usize = 4;
/// Most bytes of a phrase.
const LONGEST: usize = 2_000;
/// Words of a gap without a number.
const GAP: usize = 3;

impl Phrase {
    /// Reads a phrase. With `exact`, capitals are kept.
    ///
    /// # Errors
    /// What is not in the grammar, or matches without a word.
    pub fn parse(text: &str, exact: bool) -> Result<Self, PhraseError> {
        if text.len() > LONGEST {
            let message = format!("a phrase has at most {LONGEST} bytes: write several");
            return Err(PhraseError { at: 0, message });
        }
        let mut parser = Parser { text, at: 0, exact };
        let start = if parser.take("^,") {
            Start::Clause
        } else if parser.take("^") {
            Start::Sentence
        } else {
            Start::Anywhere
        };
        let items = parser.sequence(0)?;
        parser.blanks();
        let end = parser.take("$");
        parser.blanks();
        if parser.at < text.len() {
            let message =
                if parser.rest().starts_with(')') { "this `)` closes nothing" } else { "`$` stands only at the end" };
            return parser.fail(message);
        }
        if items.iter().all(Item::nullable) {
            return Err(PhraseError {
                at: 0,
                message: "this phrase could match nothing: give it a word that is not optional".into(),
            });
        }
        if meets_gap(&items, false) {
            return Err(PhraseError {
                at: text.find("..").unwrap_or(0),
                message: "a gap `..` needs a word before it".into(),
            });
        }
        if meets_gap(&items, true) {
            return Err(PhraseError {
                at: text.rfind("..").unwrap_or(0),
                message: "a gap `..` needs a word behind it".into(),
            });
        }
        Ok(Self { start, end, items })
    }
}

/// Whether a match can begin with a gap, or end with one.
fn meets_gap(items: &[Item], at_end: bool) -> bool {
    let mut left: Vec<&Item> = items.iter().collect();
    if !at_end {
        left.reverse();
    }
    while let Some(item) = left.pop() {
        let met = match &item.node {
            Node::Gap(_) => true,
            Node::Group(branches) => branches.iter().any(|branch| meets_gap(branch, at_end)),
            _ => false,
        };
        if met || !item.nullable() {
            return met;
        }
    }
    false
}

impl Item {
    /// Whether it can match without a token.
    #[must_use]
    pub fn nullable(&self) -> bool {
        self.optional
            || match &self.node {
                Node::Gap(_) => true,
                Node::Group(branches) => branches.iter().any(|branch| branch.iter().all(Self::nullable)),
                Node::Word(_) | Node::Prefix(_) | Node::Class(_) | Node::Mark(_) => false,
            }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    exact: bool,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn fail<T>(&self, message: impl Into<String>) -> Result<T, PhraseError> {
        Err(PhraseError { at: self.at, message: message.into() })
    }

    /// Items up to `|`, `)`, `$` or the end.
    fn sequence(&mut self, depth: usize) -> Result<Vec<Item>, PhraseError> {
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.rest().is_empty() || self.rest().starts_with(['|', ')', '$']) {
                break;
            }
            let node = self.node(depth)?;
            let gap = matches!(node, Node::Gap(_));
            let optional = !gap && self.take("?");
            items.push(Item { node, optional });
        }
        if items.is_empty() { self.fail("a word is missing here") } else { Ok(items) }
    }

    fn node(&mut self, depth: usize) -> Result<Node, PhraseError> {
        let rest = self.rest();
        let first = rest.chars().next().unwrap_or(' ');
        match first {
            '(' => self.group(depth),
            '<' => self.class(),
            '\\' => self.mark(),
            '.' if rest.starts_with("..") => self.gap(),
            _ if first.is_alphanumeric() => self.word(),
            '-' | '/' => self.fail("a hyphen or slash separates words: write a space, it finds both spellings"),
            '?' => self.fail("`?` stands right behind what is optional; a question mark is written `\\?`"),
            '*' => self.fail("`*` stands right behind at least three letters, as in `brain*`"),
            '^' => self.fail("`^` stands only at the start"),
            _ => {
                self.fail(format!("`{first}` is not part of the phrase language; as a mark it is written `\\{first}`"))
            }
        }
    }

    fn group(&mut self, depth: usize) -> Result<Node, PhraseError> {
        if depth == DEPTH {
            return self.fail("groups nest at most 4 deep");
        }
        self.at += 1;
        let mut branches = vec![self.sequence(depth + 1)?];
        while self.take("|") {
            branches.push(self.sequence(depth + 1)?);
        }
        if self.take(")") { Ok(Node::Group(branches)) } else { self.fail("this group is not closed: a `)` is missing") }
    }

    fn class(&mut self) -> Result<Node, PhraseError> {
        let name = self.rest()[1..].split_once('>').map(|(name, _)| name);
        let Some(class) = name.and_then(Class::named) else {
            let names: Vec<_> = Class::ALL.iter().map(|(name, _)| format!("<{name}>")).collect();
            return self.fail(format!("the classes are {}", names.join(" ")));
        };
        self.at += name.map_or(0, str::len) + 2;
        Ok(Node::Class(class))
    }

    fn mark(&mut self) -> Result<Node, PhraseError> {
        match self.rest()[1..].chars().next() {
            Some(c) if c.is_ascii_punctuation() || c == '…' => {
                self.at += 1 + c.len_utf8();
                Ok(Node::Mark(c))
            }
            _ => self.fail("`\\` stands before a mark, as in `\\?` or `\\,`"),
        }
    }

    fn gap(&mut self) -> Result<Node, PhraseError> {
        self.at += 2;
        let digit = self.rest().chars().next().and_then(|c| c.to_digit(10));
        match digit {
            Some(0) => self.fail("a gap is 1 to 9 words wide"),
            Some(words) => {
                self.at += 1;
                Ok(Node::Gap(words as usize))
            }
            None => Ok(Node::Gap(GAP)),
        }
    }

    fn word(&mut self) -> Result<Node, PhraseError> {
        let rest = self.rest();
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
        let len = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        let word = if self.exact { rest[..len].replace('’', "'") } else { text::fold(&rest[..len]) };
        self.at += len;
        if !self.take("*") {
            return Ok(Node::Word(word));
        }
        if word.chars().count() < 3 {
            return self.fail("`*` needs at least three letters before it");
        }
        Ok(Node::Prefix(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_whole_grammar() {
        let phrase = Phrase::parse(r"^ (would|do) (really)? love ..2 brain* <name> \? $", false).unwrap();
        assert!(phrase.start == Start::Sentence && phrase.end);
        assert_eq!(Phrase::parse("^, send me", false).unwrap().start, Start::Clause);
        assert_eq!(phrase.items.len(), 7);
        assert_eq!(phrase.items[3].node, Node::Gap(2));
        assert_eq!(phrase.items[4].node, Node::Prefix("brain".into()));
    }

    #[test]
    fn an_error_names_its_column_and_the_way_out() {
        for (phrase, at, words) in [
            ("follow-up", 6, "hyphen"),
            ("really? yes?", 0, "match nothing"),
            (".. word", 0, "before it"),
            ("word ..", 5, "behind it"),
            ("word (a|b ..)", 10, "behind it"),
            ("(a|b", 4, "not closed"),
            ("a) b", 1, "closes nothing"),
            ("(a|) b", 3, "missing"),
            ("<nmae>", 0, "<name>"),
            ("hi, you", 2, "`\\,`"),
            ("br* x", 3, "three letters"),
            ("((((( a )))))", 4, "4 deep"),
            ("a $ b", 4, "only at the end"),
            ("a ^, b", 2, "only at the start"),
            ("^^, b", 1, "only at the start"),
            ("", 0, "missing"),
        ] {
            let error = Phrase::parse(phrase, false).unwrap_err();
            assert!(error.message.contains(words), "{phrase}: {}", error.message);
            assert_eq!(error.at, at, "{phrase}: {}", error.message);
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(phrase in r"[\^a-z<>()|?*\\. $'-]{0,30}") {
            let _ = Phrase::parse(&phrase, false);
        }
    }
}
