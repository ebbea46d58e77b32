//! The language of a note that nobody named.

use whichlang::{Lang, detect_language};

use crate::text::{Language, Votes};

/// Fewer small words of another language than this prove nothing: `Danke, Ana` may close an English note.
const FEWEST: u16 = 2;

/// The language of a text whose words have these votes. Other languages must prove themselves: a note that is short or
/// mixed is English.
///
/// The words alone settle nearly every note, and cost next to nothing. Only where another language has more of them
/// than English is the text looked at letter by letter, and both must agree.
pub(super) fn detect(text: &str, votes: Votes) -> Language {
    let [english, others @ ..] = votes.counts();
    let most = others.into_iter().max().unwrap_or_default();
    if most < FEWEST || english >= most {
        return Language::ENGLISH;
    }
    let language = match detect_language(text) {
        Lang::Deu => Language::GERMAN,
        Lang::Spa => Language::SPANISH,
        Lang::Fra => Language::FRENCH,
        // Their small words are much like those of the others: no rule of these would be right.
        other => match code(other).filter(|_| english == 0) {
            Some(code) => code.parse().unwrap_or(Language::ENGLISH),
            None => Language::ENGLISH,
        },
    };
    let of = |language: Language| Language::BUILT_IN.iter().position(|(known, _)| *known == language);
    match of(language) {
        Some(lane) if votes.counts()[lane] <= english => Language::ENGLISH,
        _ => language,
    }
}

/// The two letters of a language without rules of its own whose small words those of ours can be mistaken for.
const fn code(language: Lang) -> Option<&'static str> {
    match language {
        Lang::Ita => Some("it"),
        Lang::Nld => Some("nl"),
        Lang::Por => Some("pt"),
        _ => None,
    }
}
