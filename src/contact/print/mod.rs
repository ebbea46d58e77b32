//! Facts as they are printed to the person they are about.
//!
//! A fact is written as people speak *of* somebody: `her talk at RiskMinds`. A note speaks *to* them: "your talk at
//! RiskMinds". What cannot be turned with certainty is not printed at all: no note is better than a note that says
//! "we spoke about she asked for the advert".

mod article;
mod detail;
mod jobs;
mod kinds;
mod phrase;

use std::fmt;

pub use article::a_or_an;
pub use detail::Detail;

use phrase::Phrase;

use super::{Contact, Fact, FactKind};

/// Why a fact is not printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unprintable {
    /// The kind of the fact.
    pub kind: FactKind,
    /// The words as they were given.
    pub what: String,
    /// What is wrong with them.
    pub reason: Reason,
}

/// What keeps a fact from being printed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// There are no words.
    Empty,
    /// The words are a sentence, not a thing.
    Sentence,
    /// The words are several remarks.
    Several,
    /// A pronoun would point at the wrong person.
    Pronoun(String),
    /// The words name the reader.
    Reader(String),
    /// The words call the writer “the sender”.
    Sender,
    /// The words are English, and the note is not.
    English,
    /// The words fit another kind of fact.
    Kind(FactKind),
    /// The words do not fit the sentence of their kind.
    Misfit,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::Sentence => f.write_str("it is a sentence, and a note needs the thing itself"),
            Self::Several => f.write_str("it is several remarks in one"),
            Self::Pronoun(word) => write!(f, "nobody can tell whom “{word}” means to its reader"),
            Self::Reader(name) => write!(f, "it calls its reader {name}, and a note says “you”"),
            Self::Sender => f.write_str("it speaks of the sender, and a note says “I”"),
            Self::English => f.write_str("it is written in English, and the note is not"),
            Self::Kind(kind) => write!(f, "it reads like a fact of the kind {kind}"),
            Self::Misfit => f.write_str("it does not fit the sentence of its kind"),
        }
    }
}

impl fmt::Display for Unprintable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} “{}” cannot be printed: {}", self.kind, self.what, self.reason)
    }
}

impl std::error::Error for Unprintable {}

impl Unprintable {
    /// How to write the fact instead.
    #[must_use]
    pub fn help(&self) -> String {
        if let Reason::Kind(kind) = self.reason {
            return format!("write it as `{kind}: {}`", self.what);
        }
        if self.reason == Reason::English {
            let thing = match self.kind {
                FactKind::Talk | FactKind::Post => "its title",
                FactKind::Mutual => "the name",
                _ => "the name, or the thing in the language of the note",
            };
            return format!("write only {thing}, as in `{}: …`", self.kind);
        }
        let title = match self.kind {
            FactKind::Talk | FactKind::Post => ", or put a title in quotation marks",
            _ => "",
        };
        let (sentence, example) = (self.kind.sentence(), self.kind.example());
        format!("write what completes “{sentence}”, for example `{}: {example}`{title}", self.kind)
    }
}

impl Fact {
    /// The `what` of the fact as it is printed to the person it is about. It completes the sentence of its
    /// [kind](FactKind).
    ///
    /// # Errors
    /// The words are a sentence, or would read wrongly to that person.
    pub fn printed(&self) -> Result<String, Unprintable> {
        self.print(&self.what)
    }

    /// The same for a contact whose name may stand in the words: `Ana's talk` is their own talk.
    ///
    /// # Errors
    /// As [`printed`](Self::printed), or the words name the reader.
    pub fn printed_to(&self, contact: &Contact) -> Result<String, Unprintable> {
        let first = contact.first_name.as_str();
        let full = contact.last_name.as_ref().map(|last| format!("{first} {last}")).unwrap_or_default();
        let rest = [first, full.as_str()].into_iter().filter(|name| !name.is_empty()).find_map(|name| {
            let rest = self.what.trim_start().strip_prefix(name)?;
            rest.strip_prefix("'s ").or_else(|| rest.strip_prefix("’s "))
        });
        if let Some(rest) = rest {
            return self.print(&format!("their {rest}"));
        }
        if self.names_reader(first) {
            return Err(self.unprintable(Reason::Reader(first.to_owned())));
        }
        self.printed()
    }

    /// The `what` of the fact for a note in another language than English: as it was written, but for the quotation
    /// marks around a title and what is said of a person behind the name.
    ///
    /// # Errors
    /// It is empty, or plainly English.
    pub fn printed_as_written(&self) -> Result<String, Unprintable> {
        let phrase = Phrase::new(&self.what);
        if phrase.text().is_empty() {
            return Err(self.unprintable(Reason::Empty));
        }
        if phrase.owned().is_some() || phrase.opens_with_subject() || ["the", "your", "my"].contains(&phrase.first()) {
            return Err(self.unprintable(Reason::English));
        }
        let text = match self.kind {
            FactKind::Talk | FactKind::Post => phrase.quoted().unwrap_or(phrase.text()),
            FactKind::Mutual => phrase.text().split([',', '(']).next().unwrap_or_default(),
            _ => phrase.text(),
        };
        Ok(text.trim().to_owned())
    }

    /// More about the fact, if it can be printed.
    #[must_use]
    pub fn printed_detail(&self) -> Option<Detail> {
        detail::printed(self.kind, &self.what, self.detail.as_deref()?)
    }

    /// Whether a kind that speaks of the reader's doings has the reader's name in it. Names of other people, places
    /// and events may happen to be the same.
    fn names_reader(&self, first_name: &str) -> bool {
        use FactKind::{Application, Conversation, News, Post, Project, Talk, Vacancy, Work};
        matches!(self.kind, Talk | Post | Project | Work | Vacancy | Application | Conversation | News)
            && Phrase::new(&self.what).words().any(|word| word.split(['\'', '’']).next() == Some(first_name))
    }

    fn print(&self, what: &str) -> Result<String, Unprintable> {
        kinds::printed(self.kind, &Phrase::new(what)).map_err(|reason| self.unprintable(reason))
    }

    fn unprintable(&self, reason: Reason) -> Unprintable {
        Unprintable { kind: self.kind, what: self.what.clone(), reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk(what: &str) -> Fact {
        Fact { kind: FactKind::Talk, what: what.into(), detail: None, when: None }
    }

    #[test]
    fn turns_the_name_of_the_reader_into_your() {
        let ana = Contact { first_name: "Ana".into(), last_name: Some("Silva".into()), ..Contact::default() };
        for what in ["Ana's talk on peat", "Ana Silva’s talk on peat", "her talk on peat"] {
            assert_eq!(talk(what).printed_to(&ana).as_deref(), Ok("your talk on peat"));
        }
        let reason = talk("what Ana said on peat").printed_to(&ana).unwrap_err().reason;
        assert_eq!(reason, Reason::Reader("Ana".into()));
        let mutual = Fact { kind: FactKind::Mutual, ..talk("Ana Rossi") };
        assert_eq!(mutual.printed_to(&ana).as_deref(), Ok("Ana Rossi"));
    }

    #[test]
    fn says_how_to_write_a_fact_that_cannot_be_printed() {
        let fact = Fact { kind: FactKind::Conversation, ..talk("she asked for the advert") };
        let error = fact.printed().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the conversation “she asked for the advert” cannot be printed: it is a sentence, and a note needs the \
             thing itself"
        );
        assert_eq!(
            error.help(),
            "write what completes “We spoke about the night bus”, for example `conversation: the night bus`"
        );
        let work = Fact { kind: FactKind::Work, ..talk("open driver roles") };
        assert_eq!(work.printed().unwrap_err().help(), "write it as `vacancy: open driver roles`");
    }

    #[test]
    fn another_language_gets_the_words_as_they_were_written() {
        for (what, printed) in [("„Modelle altern“", "Modelle altern"), ("Deiche im Wandel.", "Deiche im Wandel")] {
            assert_eq!(talk(what).printed_as_written().as_deref(), Ok(printed));
        }
        let mutual = Fact { kind: FactKind::Mutual, ..talk("Jo Ramirez, who taught us") };
        assert_eq!(mutual.printed_as_written().as_deref(), Ok("Jo Ramirez"));
        let error = talk("her talk at RiskMinds").printed_as_written().unwrap_err();
        assert_eq!(error.reason, Reason::English);
        assert_eq!(error.help(), "write only its title, as in `talk: …`");
    }

    #[test]
    fn every_example_completes_its_sentence() {
        for kind in FactKind::ALL {
            let fact = Fact { kind, ..talk(kind.example()) };
            let printed = fact.printed().unwrap();
            assert!(kind.sentence().contains(&printed), "{kind}: {printed}");
        }
    }
}
