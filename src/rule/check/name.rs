//! `name`: how the greeting writes the reader's name.

use super::facts::{bare, bare_words};
use super::{Found, Note};
use crate::contact::{Contact, tidy_first_name};
use crate::rule::spec::NameKind;
use crate::text::{Sentence, Span, TokenKind};

pub(super) fn find(kind: NameKind, note: Note<'_>) -> Vec<Found> {
    let Some(greeting) = note.tokens.sentences().first().copied().filter(|sentence| sentence.greeting) else {
        return Vec::new();
    };
    let found = match kind {
        NameKind::Stored => note.context.contact.and_then(|contact| stored(note, greeting, contact)),
        NameKind::Title => title(note, greeting),
    };
    found.into_iter().collect()
}

/// The name as a list keeps it: in capitals or small letters, or the whole of it behind a casual `Hi`.
fn stored(note: Note<'_>, greeting: Sentence, contact: &Contact) -> Option<Found> {
    let tidy = tidy_first_name(&contact.first_name);
    let words = bare_words(&tidy);
    let at = (greeting.start..greeting.end).find(|at| stands_at(note, *at, greeting.end, &words))?;
    let first = note.tokens.span(at, at + words.len() - 1);
    let written = &note.text[first.range()];
    let last = contact.last_name.as_deref().map(bare_words).unwrap_or_default();
    let end = at + words.len();
    if is_casual(note, greeting, contact) && !last.is_empty() && stands_at(note, end, greeting.end, &last) {
        let whole = first.join(note.tokens.span(end, end + last.len() - 1));
        return Some(replaced(whole, tidy));
    }
    let odd = written != tidy && (shouts(written) || (whispers(written) && !whispers(&tidy)));
    odd.then(|| replaced(first, tidy))
}

fn replaced(span: Span, tidy: String) -> Found {
    Found { replacement: Some(tidy), ..Found::at(span) }
}

/// Whether these words stand in the greeting from token `at` on.
fn stands_at(note: Note<'_>, at: usize, end: usize, words: &[String]) -> bool {
    let tokens = note.tokens.tokens().get(at..end).unwrap_or_default();
    let same = |(word, at): (&String, usize)| bare(note.tokens.folded(&tokens[at])) == *word;
    !words.is_empty() && tokens.len() >= words.len() && words.iter().zip(0..).all(same)
}

/// Whether the greeting is one that goes with first names. `Dear Ana Silva` is a polite way to guess no title.
fn is_casual(note: Note<'_>, greeting: Sentence, contact: &Contact) -> bool {
    let opening = note.tokens.tokens().get(greeting.start).map(|token| note.tokens.folded(token));
    matches!(opening, Some("hi" | "hey" | "hello" | "hiya")) && contact.address.as_deref() != Some("formal")
}

/// Whether three letters or more are all capitals: two are initials.
fn shouts(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    letters().count() > 2 && letters().all(char::is_uppercase)
}

fn whispers(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).all(char::is_lowercase)
}

/// Titles that tell a gender, and some of them whether somebody is married.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mister"];

/// A title before a name in the greeting that nothing written down about the contact supports.
fn title(note: Note<'_>, greeting: Sentence) -> Option<Found> {
    let tokens = note.tokens.tokens();
    let is_title = |at: &usize| TITLES.contains(&note.tokens.folded(&tokens[*at]));
    let at = (greeting.start..greeting.end).find(is_title)?;
    let next = (at + 1..greeting.end).find(|next| tokens[*next].kind != TokenKind::Mark('.'))?;
    let named = tokens[next].kind == TokenKind::Word && tokens[next].capital && !tokens[next].glued;
    let known = note.context.contact.is_some_and(|contact| is_recorded(contact, note.tokens.folded(&tokens[at])));
    (named && !known).then(|| Found::at(tokens[at].span.join(tokens[next].span)))
}

/// Whether a title is part of the contact's name, or a fact speaks of *his* talk or of what *she* said.
fn is_recorded(contact: &Contact, title: &str) -> bool {
    let said: &[&str] = match title {
        "mr" | "mister" => &["he", "his", "him"],
        _ => &["she", "her", "hers"],
    };
    let mut names = std::iter::once(&contact.first_name).chain(&contact.last_name);
    let mut facts = contact.facts.iter().flat_map(|fact| std::iter::once(&fact.what).chain(&fact.detail));
    names.any(|name| bare_words(name).iter().any(|word| word == title))
        || facts.any(|text| bare_words(text).iter().any(|word| said.contains(&word.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::{Fact, FactKind};
    use crate::context::Context;
    use crate::text::Tokens;

    fn of(kind: NameKind, text: &str, contact: Option<&Contact>) -> Option<(String, Option<String>)> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        let context = Context { contact, ..Context::default() };
        let found = find(kind, Note { text, tokens: &tokens, context: &context });
        found.into_iter().next().map(|found| (text[found.span.range()].to_owned(), found.replacement))
    }

    fn contact(first: &str, last: &str) -> Contact {
        Contact {
            first_name: first.to_owned(),
            last_name: Some(last.to_owned()).filter(|last| !last.is_empty()),
            ..Contact::default()
        }
    }

    #[test]
    fn a_name_from_a_list_is_found_and_set_right() {
        for (text, first, last, marked, tidy) in [
            ("Hi ANA, your talk", "ANA", "", "ANA", "Ana"),
            ("hi ana, your talk", "Ana", "", "ana", "Ana"),
            ("Hello Ana Silva, your talk", "Ana", "Silva", "Ana Silva", "Ana"),
            ("hi ana silva, your talk", "ana", "silva", "ana silva", "Ana"),
            ("Hey JEAN-LUC!", "Jean-Luc", "", "JEAN-LUC", "Jean-Luc"),
            ("Hi ZOË, thanks", "Zoë", "", "ZOË", "Zoë"),
        ] {
            let found = of(NameKind::Stored, text, Some(&contact(first, last)));
            assert_eq!(found, Some((marked.to_owned(), Some(tidy.to_owned()))), "{text}");
        }
    }

    #[test]
    fn a_name_as_people_write_it_is_left_alone() {
        for (text, first, last) in [
            ("Hi Ana, your talk", "ANA", "Silva"),
            ("Dear Ana Silva, your talk", "Ana", "Silva"),
            ("Hi JD, your talk", "JD", ""),
            ("Hi McDonald, your talk", "McDonald", ""),
            ("Hi Maya, ANA was full", "Ana", ""),
            ("ANA was full, Ana.", "Ana", ""),
            ("Hi 李, your talk", "李", ""),
            ("Hi 🚀, your talk", "🚀", ""),
            ("", "Ana", ""),
        ] {
            assert_eq!(of(NameKind::Stored, text, Some(&contact(first, last))), None, "{text}");
        }
        let formal = Contact { address: Some("formal".to_owned()), ..contact("Ana", "Silva") };
        assert_eq!(of(NameKind::Stored, "Hello Ana Silva, your talk", Some(&formal)), None);
        assert_eq!(of(NameKind::Stored, "Hi ANA, your talk", None), None);
    }

    #[test]
    fn a_title_is_a_guess_unless_it_was_written_down() {
        let found = |text: &str, contact: Option<&Contact>| of(NameKind::Title, text, contact).map(|found| found.0);
        assert_eq!(found("Dear Mr. Lindqvist, your talk", None).as_deref(), Some("Mr. Lindqvist"));
        assert_eq!(found("Hi Mrs Costa,", Some(&contact("Ana", "Costa"))).as_deref(), Some("Mrs Costa"));
        assert_eq!(found("Hi Mrs Costa,", Some(&contact("Mrs. Ana", "Costa"))), None);
        let talk = Fact { kind: FactKind::Talk, what: "her talk".to_owned(), detail: None, when: None };
        let known = Contact { facts: vec![talk], ..contact("Ana", "Costa") };
        assert_eq!(found("Hi Ms Costa,", Some(&known)), None);
        assert_eq!(found("Hi Mr Costa,", Some(&known)).as_deref(), Some("Mr Costa"));
        for text in ["Dear Dr Costa,", "Hi Missy, we met", "Hello Sir,", "Hi Ana, Mr Bell says hello.", "Dear Miss,"] {
            assert_eq!(found(text, None), None, "{text}");
        }
    }
}
