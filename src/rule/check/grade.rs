//! The years of school that a reader needs, after Kincaid and others (1975), for `count: {of: grade}`.

use super::Note;
use crate::text::TokenKind;

/// Shorter notes have no grade: one long word would decide it.
const LEAST: usize = 40;

/// The grade of a note, rounded; none for one of fewer than 40 words.
pub(super) fn grade(note: Note<'_>) -> Option<usize> {
    let (mut words, mut sentences, mut syllables) = (0_usize, 0_usize, 0_usize);
    for sentence in note.body() {
        let tokens = &note.tokens.tokens()[sentence.start..sentence.end];
        let before = words;
        for token in tokens.iter().filter(|token| token.kind == TokenKind::Word) {
            words += usize::from(!token.glued);
            syllables += self::syllables(note.tokens.folded(token));
        }
        sentences += usize::from(words > before);
    }
    if words < LEAST {
        return None;
    }
    // 0.39 words a sentence + 11.8 syllables a word - 15.59, in hundredths.
    let hundredths = 39 * words / sentences + 1_180 * syllables / words;
    Some(hundredths.saturating_sub(1_559 - 50) / 100)
}

/// About how many syllables a word has: its groups of vowels, without a silent e at the end.
fn syllables(word: &str) -> usize {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || (!c.is_ascii() && c.is_alphabetic());
    let mut groups = 0;
    let mut inside = false;
    for c in word.chars() {
        groups += usize::from(is_vowel(c) && !inside);
        inside = is_vowel(c);
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && groups > 1;
    (groups - usize::from(silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::text::Tokens;

    #[test]
    fn counts_syllables_about_right() {
        for (word, count) in [("note", 1), ("table", 2), ("collaboration", 5), ("the", 1), ("rhythm", 1), ("2", 1)] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn easy_words_have_a_low_grade_and_short_notes_none() {
        let of = |text: &str| {
            let mut tokens = Tokens::default();
            tokens.read(text);
            grade(Note { text, tokens: &tokens, context: &Context::default() })
        };
        assert_eq!(of("It was good to see you."), None);
        assert!(of(&"I saw you at the fair. ".repeat(10)).is_some_and(|grade| grade < 3));
        let hard = "Interdisciplinary collaboration necessitates organisational transformation ".repeat(9);
        assert!(of(&hard).is_some_and(|grade| grade > 20));
    }
}
