//! What stands in quotation marks: words that are mentioned, not said.

use super::{Span, TokenKind, Tokens};

/// Longest quotation, in bytes: what is further apart are two marks that do not belong together.
const LONGEST: usize = 160;

/// The quotations of a text: bytes between a pair of double or single quotation marks on one line.
#[must_use]
pub fn quotations(text: &str, tokens: &Tokens) -> Vec<Span> {
    let list = tokens.tokens();
    let mut found = Vec::new();
    let mut open: [Option<usize>; 2] = [None; 2];
    for token in list {
        let slot = match token.kind {
            TokenKind::Mark('"') => 0,
            TokenKind::Mark('\'') => 1,
            _ => continue,
        };
        let opens = !text[..token.span.start].ends_with(|c: char| c.is_alphanumeric() || ".,!?)…".contains(c))
            && text[token.span.end..].starts_with(|c: char| !c.is_whitespace());
        match open[slot] {
            Some(start) if !opens => {
                let span = Span::new(start, token.span.start);
                if span.len() <= LONGEST && !text[span.range()].contains('\n') {
                    found.push(span);
                }
                open[slot] = None;
            }
            _ if opens => open[slot] = Some(token.span.end),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        quotations(text, &tokens).into_iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn finds_pairs_of_marks_but_no_apostrophes() {
        assert_eq!(quoted("your talk 'Ship it ASAP (and other lies)' was fun"), ["Ship it ASAP (and other lies)"]);
        assert_eq!(quoted("“Don’t panic,” you said, and \"rest\""), ["Don’t panic,", "rest"]);
        assert!(quoted("the directors' rooms and Ana's 5\" nail").is_empty());
        assert!(quoted("\"never closed").is_empty());
    }
}
