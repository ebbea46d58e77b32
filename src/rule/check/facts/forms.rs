//! Other forms of a fact's names: `ICML` for the International Conference on Machine Learning, `Risk Minds` for
//! RiskMinds.

use super::words::{bare, split};
use crate::contact::Fact;
use crate::rule::check::Note;
use crate::rule::check::words::{is_common, is_stop};
use crate::text::{Span, TokenKind};

/// The place where the note abbreviates a name of the fact or writes it out, or writes it in one word or in two.
pub(super) fn find(note: Note<'_>, fact: &Fact, own: &[String]) -> Option<Span> {
    let texts = || std::iter::once(fact.what.as_str()).chain(fact.detail.as_deref());
    let words: Vec<Said> = said(note);
    texts().find_map(|text| {
        let names: Vec<&str> = split(text).collect();
        short(&names, &words).or_else(|| long(&names, &words)).or_else(|| joined(&names, &words, own))
    })
}

/// A word of the note's body.
struct Said<'n> {
    text: &'n str,
    span: Span,
}

fn said<'n>(note: Note<'n>) -> Vec<Said<'n>> {
    let tokens = note.tokens.tokens();
    let body = note.body().flat_map(|sentence| &tokens[sentence.start..sentence.end]);
    let words = body.filter(|token| token.kind == TokenKind::Word && !token.glued);
    words.map(|token| Said { text: &note.text[token.span.range()], span: token.span }).collect()
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Letters of the shortest abbreviation that tells something.
const SHORTEST: usize = 3;

/// Whether a word is an abbreviation such as ICML, which capitals alone make one.
fn is_abbreviation(word: &str) -> bool {
    word.chars().count() >= SHORTEST && word.chars().all(char::is_uppercase)
}

/// The initials of the name that begins at the first word, and the number of its words: capitalised ones, with small
/// words between them.
fn initials<'w>(words: impl Iterator<Item = &'w str>) -> Vec<(String, usize)> {
    let mut initials = String::new();
    let mut names = Vec::new();
    for (number, word) in words.enumerate() {
        if is_capital(word) && !is_abbreviation(word) {
            initials.extend(word.chars().next());
            names.push((initials.clone(), number + 1));
        } else if number == 0 || !is_stop(&word.to_lowercase()) {
            break;
        }
    }
    names.retain(|(initials, _)| initials.chars().count() >= SHORTEST);
    names
}

/// The fact writes the name out, the note abbreviates it.
fn short(names: &[&str], words: &[Said]) -> Option<Span> {
    let short: Vec<String> =
        (0..names.len()).flat_map(|at| initials(names[at..].iter().copied())).map(|(short, _)| short).collect();
    let word = words.iter().find(|word| is_abbreviation(word.text) && short.iter().any(|short| short == word.text))?;
    Some(word.span)
}

/// The fact abbreviates the name, the note writes it out.
fn long(names: &[&str], words: &[Said]) -> Option<Span> {
    if !names.iter().any(|name| is_abbreviation(name)) {
        return None;
    }
    (0..words.len()).find_map(|at| {
        let here = initials(words[at..].iter().map(|word| word.text));
        let (_, length) = here.into_iter().find(|(short, _)| names.contains(&short.as_str()))?;
        Some(words[at].span.join(words[at + length - 1].span))
    })
}

/// One writes in one word what the other writes in two.
fn joined(names: &[&str], words: &[Said], own: &[String]) -> Option<Span> {
    let fold = |word: &str| bare(&word.to_lowercase());
    let telling = |word: &String| word.len() > 5 && !is_common(word) && !own.contains(word);
    let ones: Vec<String> = names.iter().map(|name| fold(name)).filter(telling).collect();
    let twos: Vec<String> = names.windows(2).map(|two| fold(two[0]) + &fold(two[1])).filter(telling).collect();
    let one = words.iter().find(|word| twos.contains(&fold(word.text))).map(|word| word.span);
    let two = || words.windows(2).find(|two| ones.contains(&(fold(two[0].text) + &fold(two[1].text))));
    one.or_else(|| two().map(|two| two[0].span.join(two[1].span)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::FactKind;
    use crate::context::Context;
    use crate::text::Tokens;

    fn shown(what: &str, text: &str) -> Option<String> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        let fact = Fact { kind: FactKind::Event, what: what.into(), detail: None, when: None };
        let span = find(Note { text, tokens: &tokens, context: &Context::default() }, &fact, &[])?;
        Some(text[span.range()].to_owned())
    }

    #[test]
    fn names_are_known_in_their_other_forms() {
        for (what, text, found) in [
            ("the International Conference on Machine Learning", "Your ICML poster helped.", Some("ICML")),
            (
                "ICML",
                "At the International Conference on Machine Learning you said so.",
                Some("International Conference on Machine Learning"),
            ),
            ("Women in Rail dinner", "I am in WIR too.", None),
            ("her talk at RiskMinds", "Your Risk Minds talk.", Some("Risk Minds")),
            ("the Risk Minds dinner", "We met at RiskMinds.", Some("RiskMinds")),
            ("his work on some thing", "Something else.", None),
            ("THE BIG DAY", "It was the day.", None),
        ] {
            assert_eq!(shown(what, text).as_deref(), found, "{what}: {text}");
        }
    }
}
