//! How a note is worded, beside labelled notes: which of its words and word pairs stood in notes that readers minded,
//! and which in notes that they were glad of.
//!
//! This is the counting of a mail filter (naive Bayes; Graham, “A Plan for Spam”, 2002): a word adds the logarithm of how
//! much likelier it is in bad notes than in good ones, and the sum is divided by the square root of their number, so that
//! long notes are judged as short ones are. The counts are those of `wording.tsv`, in words; nothing else is known of the
//! notes. Names, numbers, dates and addresses count as what they are, not as which.

mod counts;
mod table;
mod unit;

pub use counts::{Counts, Label};
pub use table::Table;

use self::table::{FAULTS, Points, UNKNOWN};
use self::unit::{Class, Unit, units};
use super::spec::Fault;
use crate::rule::check::{Note, known_words};
use crate::text::{Span, Tokens};

/// How a note is worded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// Less than 0 where it reads as good notes do, more where it reads as bad ones do; most notes are within 60 of it.
    pub score: i32,
    faults: [i32; FAULTS],
}

impl Wording {
    /// Whether the note has this fault, if it is bad: more speaks for it than against, or more than for the others.
    #[must_use]
    pub fn has(&self, fault: Fault) -> bool {
        let own = self.faults[fault as usize];
        own > 0 || self.faults.iter().all(|other| *other <= own)
    }
}

/// So many words and pairs that say nothing are thought beside those of a note, so that a few words in a short one do not
/// decide. (From 0 to 80 judge the labelled notes alike.)
const EVEN: usize = 40;

/// Judges the wording of notes. The numbers of words are kept from note to note.
#[derive(Debug)]
pub struct Judge {
    table: Table,
    lexicon: u64,
    /// The numbers of words by [`Token::word`](crate::text::Token::word); `None` for one that was not met yet.
    known: Vec<Option<u16>>,
    classes: [u16; Class::ALL.len()],
    parts: Vec<Part>,
    /// For each row of the table, the note in which it was met last.
    met: Vec<u32>,
    note: u32,
}

/// A word or pair of the note that was counted, with its tokens.
#[derive(Clone, Copy, Debug)]
struct Part {
    points: Points,
    first: usize,
    last: usize,
}

static BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/wording.table"));

impl Default for Judge {
    /// Judges by the notes that come with the program.
    fn default() -> Self {
        Self::new(Table::open(BUILTIN).expect("the build made the embedded table"))
    }
}

impl Judge {
    /// Judges by these counts.
    #[must_use]
    pub fn new(table: Table) -> Self {
        let classes = Class::ALL.map(|class| table.word(class.as_str()));
        let met = vec![0; table.rows()];
        Self { table, lexicon: u64::MAX, known: Vec::new(), classes, parts: Vec::new(), met, note: 0 }
    }

    /// How a note is worded. Where its contact is known, words of the facts and the company count as that.
    pub fn read(&mut self, note: Note<'_>) -> Wording {
        let tokens = note.tokens;
        if self.lexicon != tokens.lexicon() {
            self.lexicon = tokens.lexicon();
            self.known.clear();
        }
        self.parts.clear();
        self.note = self.note.wrapping_add(1);
        let pause = self.classes[Class::Break as usize];
        let mut before = (UNKNOWN, 0);
        for (unit, at) in units(tokens, &given(note)) {
            let number = match unit {
                Unit::Class(class) => self.classes[class as usize],
                Unit::Word(number) => self.number(number, at, tokens),
            };
            if number != UNKNOWN {
                self.meet(usize::from(number), self.table.points(number), (at, at));
                if let Some((row, points)) = self.table.pair(before.0, number) {
                    let ends_at = |class: u16, one: usize, other: usize| if class == pause { other } else { one };
                    self.meet(row, points, (ends_at(before.0, before.1, at), ends_at(number, at, before.1)));
                }
            }
            before = (number, at);
        }
        self.sum()
    }

    /// The words that stand most for the note that was read last, as bytes of its text: at most so many, the strongest
    /// first.
    #[must_use]
    pub fn telling(&self, tokens: &Tokens, most: usize) -> Vec<Span> {
        let is_word = |part: &&Part| (part.first..=part.last).any(|at| tokens.tokens()[at].kind.is_word());
        let mut parts: Vec<&Part> = self.parts.iter().filter(|part| part.points.bad > 0).filter(is_word).collect();
        parts.sort_by_key(|part| (std::cmp::Reverse(part.points.bad), part.first));
        let mut telling: Vec<Span> = Vec::new();
        for part in parts {
            let span = tokens.span(part.first, part.last);
            if telling.len() < most && !telling.iter().any(|other| other.overlaps(span)) {
                telling.push(span);
            }
        }
        telling
    }

    fn number(&mut self, word: usize, at: usize, tokens: &Tokens) -> u16 {
        if word >= self.known.len() {
            self.known.resize(word + 1, None);
        }
        let table = &self.table;
        *self.known[word].get_or_insert_with(|| table.word(tokens.folded(&tokens.tokens()[at])))
    }

    /// Counts a row once a note.
    fn meet(&mut self, row: usize, points: Points, (first, last): (usize, usize)) {
        if std::mem::replace(&mut self.met[row], self.note) != self.note {
            self.parts.push(Part { points, first, last });
        }
    }

    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "the sums are small")]
    fn sum(&self) -> Wording {
        let root = ((self.parts.len() + EVEN) as f64).sqrt();
        let share = |of: &dyn Fn(&Points) -> i8| {
            let sum: i32 = self.parts.iter().map(|part| i32::from(of(&part.points))).sum();
            (f64::from(sum) / root).round() as i32
        };
        let priors = self.table.priors();
        Wording {
            score: share(&|points| points.bad),
            faults: std::array::from_fn(|at| share(&|points| points.faults[at]) + i32::from(priors[at])),
        }
    }
}

/// The tokens that tell what is known of the reader, in order.
fn given(note: Note<'_>) -> Vec<(usize, Class)> {
    let words = known_words(note);
    let facts = words.facts.into_iter().map(|token| (token, Class::Fact));
    let mut given: Vec<_> = facts.chain(words.company.into_iter().map(|token| (token, Class::Company))).collect();
    given.sort_by_key(|(token, _)| *token);
    given.dedup_by_key(|(token, _)| *token);
    given
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;

    fn judge(notes: &[(&str, Option<&[Fault]>)]) -> Judge {
        let mut counts = Counts::default();
        for writer in ["a", "b"] {
            for (text, label) in notes {
                counts.add(writer, text, None, label.map_or(Label::Good, Label::Bad));
            }
        }
        Judge::new(counts.table())
    }

    fn read(judge: &mut Judge, text: &str) -> (Wording, Vec<String>) {
        let mut tokens = Tokens::default();
        tokens.read(text);
        let wording = judge.read(Note { text, tokens: &tokens, context: &Context::default() });
        (wording, judge.telling(&tokens, 2).iter().map(|span| text[span.range()].to_owned()).collect())
    }

    const NOTES: &[(&str, Option<&[Fault]>)] = &[
        ("Thanks for the slides, Ana.", None),
        ("You asked for the slides; here they are.", None),
        ("Accept and send me the slides by Friday.", Some(&[Fault::Pushing])),
        ("Our tool saves you money. Buy our tool.", Some(&[Fault::Selling])),
    ];

    #[test]
    fn words_of_bad_notes_weigh_more_than_those_of_good_ones() {
        let mut judge = judge(NOTES);
        let (bad, telling) = read(&mut judge, "Please accept and send me yours.");
        let (good, _) = read(&mut judge, "Thanks, you asked for it.");
        assert!(bad.score > 0 && good.score < 0, "{} {}", bad.score, good.score);
        assert!(telling[0].contains("accept") || telling[0].contains("send"), "{telling:?}");
        assert_eq!(read(&mut judge, "Zebra").0.score, 0);
    }

    #[test]
    fn the_fault_is_the_one_whose_words_there_are() {
        let mut judge = judge(NOTES);
        let (selling, _) = read(&mut judge, "Our tool saves money");
        assert!(selling.has(Fault::Selling) && !selling.has(Fault::Pushing));
        let (pushing, _) = read(&mut judge, "Accept and send me");
        assert!(pushing.has(Fault::Pushing) && !pushing.has(Fault::Selling));
    }

    #[test]
    fn names_and_numbers_count_as_what_they_are() {
        let mut judge = judge(&[("Dear Ana, 3 of us", Some(&[Fault::Selling])), ("no", None)]);
        assert_eq!(read(&mut judge, "Dear Zoë, 40 of us").0, read(&mut judge, "Dear Ana, 3 of us").0);
    }
}
