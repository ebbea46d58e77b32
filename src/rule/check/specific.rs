//! What in a note could only be said to its reader: names, and words that are not among the commonest.
//!
//! RULES.md, section 7.3, found that cues alone ("your talk on …") miss most good notes, and that a word which is
//! out of the ordinary tells more than any list of cues.

use super::Note;
use super::facts::{bare, own_words};
use super::words::{is_common, is_ordinary};
use crate::text::{Sentence, Span, Token, TokenKind};

/// Whether the words that only this reader could be told weigh at least this much. A name in the middle of a
/// sentence weighs two, another word outside the commonest weighs one; each counts once. The reader's own name and
/// company, the greeting and a lone name at the end do not count.
pub(crate) fn is_specific(note: Note<'_>, enough: usize) -> bool {
    let mut sum = 0;
    enough == 0
        || each(note, |_, weight| {
            sum += weight;
            sum >= enough
        })
}

/// The words that only this reader could be told, each once.
#[must_use]
pub fn specific_words(note: Note<'_>) -> Vec<Span> {
    let mut words = Vec::new();
    each(note, |span, _| {
        words.push(span);
        false
    });
    words
}

/// Visits these words with their weight, until one suffices. Returns whether one did.
fn each(note: Note<'_>, mut suffices: impl FnMut(Span, usize) -> bool) -> bool {
    let own = note.context.contact.map(own_words).unwrap_or_default();
    let tokens = note.tokens.tokens();
    let last = note.tokens.sentences().len().saturating_sub(1);
    let mut seen: Vec<&str> = Vec::new();
    for sentence in note.body() {
        let signs = tokens[sentence.start].sentence == last && is_signature(note, sentence);
        for at in sentence.start..sentence.end {
            let token = &tokens[at];
            let folded = note.tokens.folded(token);
            let word = token.kind == TokenKind::Word && !token.glued && folded.chars().nth(1).is_some();
            let given = |folded: &str| !own.is_empty() && own.contains(&bare(folded));
            if !word || is_ordinary(folded) || seen.contains(&folded) || given(folded) {
                continue;
            }
            let name = token.capital && !(starts(note, sentence, at) || signs || is_called(tokens, at));
            let weight = match (name, is_common(folded)) {
                (true, false) => 2,
                (true, true) => 1,
                (false, false) => usize::from(!token.capital),
                (false, true) => continue,
            };
            if weight > 0 && suffices(token.span, weight) {
                return true;
            }
            seen.push(folded);
        }
    }
    false
}

/// Whether a last sentence is one as `With kind regards, Ana`: at most four words and no mark at its end.
fn is_signature(note: Note<'_>, sentence: Sentence) -> bool {
    let ends = note.tokens.tokens()[sentence.end - 1].kind;
    note.tokens.word_count(sentence) <= 4 && !matches!(ends, TokenKind::Mark('.' | '?' | '!'))
}

/// Whether a word begins a sentence, perhaps behind a quotation mark or a colon.
fn starts(note: Note<'_>, sentence: Sentence, at: usize) -> bool {
    let before = note.tokens.tokens()[sentence.start..at].last();
    before.is_none_or(|before| matches!(before.kind, TokenKind::Mark('"' | '\'' | ':' | '(' | '-') | TokenKind::Emoji))
}

/// Whether the note opens with the word and a comma, as in `Harriet, your bees are back`.
fn is_called(tokens: &[Token], at: usize) -> bool {
    at == 0 && matches!(tokens.get(1).map(|next| next.kind), Some(TokenKind::Mark(',' | '!' | '-')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::text::Tokens;

    fn weighs(text: &str, enough: usize) -> bool {
        let mut tokens = Tokens::default();
        tokens.read(text);
        is_specific(Note { text, tokens: &tokens, context: &Context::default() }, enough)
    }

    #[test]
    fn names_weigh_two_and_rare_words_one() {
        for (text, weight) in [
            ("Hi Ana, would love to connect and hear what you do.", 0),
            ("Hello Joanna, I work with several firms. Send me your CV, please.", 0),
            ("Dear Ivana, I wish for good people around me.\nWith respect, Gianni", 0),
            ("Are you free on Tuesday, or in May?", 0),
            ("Harriet, may we talk?", 0),
            ("The freezer is full.", 1),
            ("It was the freezer, the freezer and the freezer.", 1),
            ("We talked in Oulu.", 2),
            ("The kiln has my glaze.", 2),
        ] {
            assert!(weighs(text, weight) && !weighs(text, weight + 1), "{text}: not {weight}");
        }
    }
}
