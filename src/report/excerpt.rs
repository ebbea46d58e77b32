use crate::text::Span;

/// Texts up to this many bytes are shown whole.
const WHOLE: usize = 160;
/// Bytes on each side of what is marked, up to a word's edge.
const AROUND: usize = 60;

/// The part of a text around the first of `spans` and those near it, with `…` where something is left out, and where the
/// spans are in it. The spans are in order; there is at least one.
#[must_use]
pub fn excerpt(text: &str, spans: &[Span]) -> (String, Vec<Span>) {
    let (Some(first), true) = (spans.first(), text.len() > WHOLE) else { return (text.to_owned(), spans.to_vec()) };
    let near: Vec<Span> = spans.iter().copied().filter(|span| span.end <= first.end + WHOLE).collect();
    let last = near.last().unwrap_or(first);
    let start = word_start(text, first.start.saturating_sub(AROUND));
    let end = word_end(text, (last.end + AROUND).min(text.len()));
    let (before, after) = (if start > 0 { "… " } else { "" }, if end < text.len() { " …" } else { "" });
    let shown = format!("{before}{}{after}", &text[start..end]);
    let shift = |span: Span| Span::new(before.len() + span.start - start, before.len() + span.end - start);
    (shown, near.into_iter().map(shift).collect())
}

/// Where the word at a byte begins.
fn word_start(text: &str, at: usize) -> usize {
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    text[..at].rfind(char::is_whitespace).map_or(0, |space| next(text, space))
}

/// Where the word at a byte ends.
fn word_end(text: &str, at: usize) -> usize {
    let at = (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    text[at..].find(char::is_whitespace).map_or(text.len(), |space| at + space)
}

/// The byte behind the character at a byte.
fn next(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_stands_around_the_marks() {
        let text = format!("{} a pick b, {} pick c", "éé ".repeat(40), "word ".repeat(60));
        let spans: Vec<_> = text.match_indices("pick").map(|(at, pick)| Span::new(at, at + pick.len())).collect();
        let (shown, marks) = excerpt(&text, &spans);
        assert_eq!(marks.len(), 1, "the second is far away");
        assert_eq!(&shown[marks[0].range()], "pick");
        assert!(shown.starts_with("… éé ") && shown.ends_with("word …") && shown.len() < 200, "{shown}");
        assert_eq!(excerpt("a pick", &[Span::new(2, 6)]), ("a pick".to_owned(), vec![Span::new(2, 6)]));
    }

    proptest::proptest! {
        #[test]
        fn marks_the_same_words(text in "(?s)(.{0,30} ?){0,20}", at in 0_usize..400, length in 0_usize..30) {
            let boundary = |at: usize| (at.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap();
            let span = Span::new(boundary(at), boundary(at + length));
            let (shown, marks) = excerpt(&text, &[span]);
            proptest::prop_assert_eq!(&shown[marks[0].range()], &text[span.range()]);
        }
    }
}
