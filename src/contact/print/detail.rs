use super::phrase::{Phrase, is_preposition, listed, readdressed, words};
use super::{FactKind, kinds};

/// More about a fact, as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A prepositional phrase, which follows the fact: "your talk at RiskMinds *about model drift*".
    Phrase(String),
    /// A part of the whole: "your accessibility blog, above all *the piece on donate buttons*".
    Part(String),
}

impl Detail {
    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Phrase(text) | Self::Part(text) => text,
        }
    }
}

/// Longer details are told by people, not fitted into a sentence.
const MOST_WORDS: usize = 12;

/// What can be printed of a detail, which is little: the rest stays a note to the writer.
pub(super) fn printed(kind: FactKind, what: &str, detail: &str) -> Option<Detail> {
    let phrase = Phrase::new(detail);
    let met = ["you both met ", "we both met ", "you met ", "we met ", "met "];
    let inner = met.iter().find_map(|start| phrase.text().strip_prefix(start)).filter(|_| kind == FactKind::Event);
    let phrase = Phrase::new(inner.unwrap_or(phrase.text()));
    let plain = !phrase.is_several() && !phrase.is_clause() && !phrase.names_writer() && !phrase.text().contains(',');
    if !plain || phrase.words().count() > MOST_WORDS || phrase.words().count() < 2 {
        return None;
    }
    let is_part = phrase.after_article().is_some_and(|_| phrase.first() == "the") || phrase.owned().is_some();
    let text = phrase.owned().map_or_else(|| phrase.text().to_owned(), |rest| format!("your {rest}"));
    let text = readdressed(&text);
    if Phrase::new(&text.replacen("your ", "", 1)).stray_pronoun().is_some() || phrase.text().contains("your ") {
        return None;
    }
    if is_preposition(phrase.first()) {
        return follows(kind, what, &phrase).then_some(Detail::Phrase(text));
    }
    let has_parts = matches!(kind, FactKind::Talk | FactKind::Post | FactKind::Project);
    let is_thing = !phrase.noun().ends_with("ed");
    (is_part && has_parts && is_thing).then_some(Detail::Part(text))
}

/// Whether a prepositional phrase reads right behind a fact of this kind.
fn follows(kind: FactKind, what: &str, detail: &Phrase) -> bool {
    let first = detail.first();
    let is_time = is_time(detail);
    match kind {
        // Behind a topic a time would belong to the topic: your post on ignoring recruiters in May.
        FactKind::Talk | FactKind::Post | FactKind::Project => {
            let whole = kinds::printed(kind, &Phrase::new(what)).unwrap_or_default();
            let has_topic = whole.contains('“') || words(&whole).any(|word| ["on", "about", "to"].contains(&word));
            let names_topic = ["about", "on"].contains(&first) && !has_topic;
            !is_time && (names_topic || ["at", "in", "with"].contains(&first))
        }
        FactKind::Event => {
            let spot =
                ["near", "at", "in", "over", "during", "after", "before", "behind", "beside", "between", "outside"];
            spot.contains(&first)
        }
        FactKind::Conversation => ["at", "in", "over", "after", "during"].contains(&first),
        FactKind::News => ["in", "at"].contains(&first),
        FactKind::Mutual => ["from", "at"].contains(&first) && !is_time,
        FactKind::Employer => ["in", "until", "from", "between"].contains(&first),
        FactKind::Work | FactKind::Vacancy | FactKind::Application => ["at", "in"].contains(&first) && !is_time,
        FactKind::Group | FactKind::School | FactKind::Place => false,
    }
}

const TIMES: &str = "\
    january february march april may june july august september october november december monday tuesday \
    wednesday thursday friday saturday sunday spring summer autumn fall winter week";

/// Whether the phrase says when: `in June`, `from May`, `in 2019`.
fn is_time(phrase: &Phrase) -> bool {
    phrase.words().skip(1).any(|word| {
        let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        is_year || listed(TIMES, &word.to_lowercase())
    })
}
