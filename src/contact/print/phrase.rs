//! What the words of a fact tell: whether they are a name, a title, a thing or a sentence.
//!
//! The lists are short on purpose: what they do not settle is not printed.

/// Words that open a sentence about somebody whatever their case.
const SUBJECTS: &str = "he she they you we i";
/// Words that open a clause or a remark when they are written small.
const REMARKS: &str = "it both nobody no never not same someone everybody knows there this that who and";
/// Words that stand for a person and would read wrongly to that person, or for whom nobody can tell.
const PRONOUNS: &str = "\
    he she him his her hers himself herself they them their theirs themselves you your yours yourself i me us \
    we myself";
/// Forms that make a sentence wherever they stand before a subordinate clause.
const AUXILIARIES: &str = "\
    is are was were has had isn't aren't wasn't weren't hasn't hadn't don't didn't doesn't won't can't \
    couldn't does did would could should will can cannot";
/// Words after which a verb belongs to what the phrase is about.
const SUBORDINATORS: &str = "why how what who which that when where whether while if because than";
/// Past and present forms that are seldom anything but a verb.
const VERBS: &str = "\
    came went asked said told talked spoke gave got took knew saw became began moved opened joined launched \
    announced liked replied accepted queued maintains attends attended bought sent left met won wrote hired \
    merged introduced suggested passed described mentioned hosted helped started raises joins becomes acquires \
    announces tells asks likes leaves promised offered visited taught thinks wants sees";
/// What follows a verb in `-ed`, and seldom a participle before its noun.
const OBJECTS: &str = "a an the this that our my its last out up to from today yesterday with";
/// Words that open what a phrase says about its head.
const PREPOSITIONS: &str = "\
    about above across after against among around as at before behind beside between beyond by during for from \
    in inside into near of off on onto outside over since through to towards under until with within without";

/// A fact's words: one line, single spaces, no full stop at the end.
pub(super) struct Phrase {
    text: String,
}

impl Phrase {
    pub(super) fn new(raw: &str) -> Self {
        let words: Vec<_> =
            raw.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
        let mut text = words.join(" ");
        while text.ends_with(['.', ',', ';', ':']) && !text.ends_with("..") {
            text.pop();
        }
        Self { text }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The words without the marks around them.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        words(&self.text)
    }

    pub(super) fn first(&self) -> &str {
        self.words().next().unwrap_or_default()
    }

    /// The words before the first preposition, subordinator or comma: the thing that is spoken of.
    pub(super) fn head(&self) -> Vec<&str> {
        let mut head = Vec::new();
        for raw in self.text.split(' ') {
            let word = bare(raw);
            if !head.is_empty() && (is_preposition(word) || listed(SUBORDINATORS, word)) {
                break;
            }
            if !word.is_empty() {
                head.push(word);
            }
            if raw.ends_with([',', ':', '(']) {
                break;
            }
        }
        head
    }

    /// The last word of the head that is not a number: `mixer` in `SEBA spring mixer 2026`.
    pub(super) fn noun(&self) -> &str {
        self.head().into_iter().rev().find(|word| !word.starts_with(|c: char| c.is_ascii_digit())).unwrap_or_default()
    }

    /// What stands after a leading his, her or their.
    pub(super) fn owned(&self) -> Option<&str> {
        let (first, rest) = self.text.split_once(' ')?;
        ["his", "her", "their"].contains(&first.to_lowercase().as_str()).then_some(rest)
    }

    /// What stands after a leading `your`.
    pub(super) fn addressed(&self) -> Option<&str> {
        self.text.split_once(' ').filter(|(first, _)| first.eq_ignore_ascii_case("your")).map(|(_, rest)| rest)
    }

    /// What stands after a leading article.
    pub(super) fn after_article(&self) -> Option<&str> {
        let (first, rest) = self.text.split_once(' ')?;
        ["a", "an", "the"].contains(&first.to_lowercase().as_str()).then_some(rest)
    }

    /// Whether the phrase brings its own determiner.
    pub(super) fn has_determiner(&self) -> bool {
        ["a", "an", "the", "my", "our", "your"].contains(&self.first().to_lowercase().as_str())
    }

    /// What stands between the quotation marks around the whole phrase.
    pub(super) fn quoted(&self) -> Option<&str> {
        [('“', '”'), ('"', '"'), ('‘', '’'), ('\'', '\''), ('„', '“'), ('«', '»')]
            .into_iter()
            .find_map(|(open, close)| self.text.strip_prefix(open)?.strip_suffix(close))
            .filter(|inner| !inner.trim().is_empty())
    }

    /// Whether the words are several sentences or remarks.
    pub(super) fn is_several(&self) -> bool {
        self.text.contains(';')
            || self.text.contains("...")
            || self.text.match_indices(['.', '!', '?']).any(|(at, mark)| ends_sentence(&self.text, at, mark))
    }

    /// Whether the fact speaks of the person who writes from outside.
    pub(super) fn names_writer(&self) -> bool {
        self.words().any(|word| ["sender", "sender's", "recipient", "recipient's"].contains(&small(word).as_str()))
    }

    /// Whether the words open like a sentence about somebody.
    pub(super) fn opens_with_subject(&self) -> bool {
        let first = small(self.first());
        listed(SUBJECTS, first.split('\'').next().unwrap_or_default())
    }

    /// Whether the words open like a clause or a remark.
    pub(super) fn opens_with_remark(&self) -> bool {
        listed(REMARKS, self.first())
    }

    /// Whether an auxiliary makes a sentence of the words: `the room was full`.
    pub(super) fn has_auxiliary(&self) -> bool {
        self.words()
            .take_while(|word| !listed(SUBORDINATORS, word))
            .any(|word| listed(AUXILIARIES, &word.replace('’', "'")))
    }

    /// Whether the words are a clause: they have a finite verb of their own.
    pub(super) fn is_clause(&self) -> bool {
        self.has_auxiliary() || self.has_verb()
    }

    /// Whether the head holds a verb: `Tectonic opened a workshop`, `new screen came out`.
    fn has_verb(&self) -> bool {
        let head = self.head();
        let is_thing = self.has_determiner() || self.owned().is_some();
        let all: Vec<_> = self.words().collect();
        head.iter().enumerate().any(|(at, word)| {
            let next = all.get(at + 1).copied().unwrap_or_default();
            // Between a determiner and its noun stands an adjective: the sent letters.
            let is_verb = listed(VERBS, word) && !(is_thing && at == 1 && head.len() > 2);
            is_verb || (word.ends_with("ed") && word.len() > 3 && listed(OBJECTS, next) && !is_thing)
        })
    }

    /// A pronoun that would read wrongly, outside a his or her that [`readdressed`] has taken care of.
    pub(super) fn stray_pronoun(&self) -> Option<&str> {
        self.words().find(|word| {
            let word = word.split(['\'', '’']).next().unwrap_or_default();
            listed(PRONOUNS, word) || ["he", "she", "they", "you"].contains(&small(word).as_str())
        })
    }

    /// Whether a word is one of a list, written small.
    pub(super) fn noun_is(&self, list: &str) -> bool {
        listed(list, self.noun())
    }

    /// Whether every word that carries meaning has a capital, a digit or a mark in it.
    pub(super) fn is_title_case(&self) -> bool {
        self.words().filter(|word| word.chars().count() > 3 || !is_minor(word)).all(|word| !starts_small(word))
    }

    /// Whether the capital at the start is one that only a sentence or a title gives.
    pub(super) fn has_sentence_capital(&self) -> bool {
        let mut letters = self.first().chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().next().is_some()
            && letters.all(|c| !c.is_uppercase())
    }
}

/// The words of a text without the marks around them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '/']).map(bare).filter(|word| !word.is_empty())
}

/// Whether a list of words, written with spaces between them, holds a word.
pub(super) fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '#'))
}

pub(super) fn small(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

pub(super) fn is_preposition(word: &str) -> bool {
    listed(PREPOSITIONS, word)
}

pub(super) fn starts_small(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_lowercase) && letters.all(|c| !c.is_uppercase())
}

/// Whether a short word may be small in a title.
fn is_minor(word: &str) -> bool {
    is_preposition(word) || ["a", "an", "the", "and", "or", "but", "nor", "vs", "is", "it", "de", "la"].contains(&word)
}

/// Whether the mark at `at` ends a sentence inside the text, rather than a title or an abbreviation.
fn ends_sentence(text: &str, at: usize, mark: &str) -> bool {
    let after = &text[at + mark.len()..];
    let before = text[..at].rsplit([' ', '(', '“']).next().unwrap_or_default();
    let is_short = before.chars().count() <= 3 || before.contains('.');
    after.starts_with(' ') && !(mark == "." && is_short)
}

/// The text with a his or her that plainly means the reader turned into `your`.
///
/// Plainly is: it stands right after the first preposition, and before that there is only a thing with its
/// determiner, so that nobody else can be meant (`the piece on her garden`, not `a nurse and her shift`).
pub(super) fn readdressed(text: &str) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    let Some(at) = words.iter().position(|word| is_preposition(word)) else { return text.to_owned() };
    let things = words[..at].iter().filter(|word| !["the", "a", "an", "your"].contains(word)).count();
    let before_is_thing = at == 0 || (things <= 2 && words[..at].iter().all(|word| starts_small(word)));
    let owner = words.get(at + 1).is_some_and(|word| ["his", "her"].contains(word));
    let owns = words.get(at + 2).is_some_and(|word| !is_preposition(word) && word.starts_with(char::is_alphanumeric));
    if owner && owns && before_is_thing {
        words[at + 1] = "your";
    }
    words.join(" ")
}
