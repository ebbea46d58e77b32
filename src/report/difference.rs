//! Two notes that should be the same: each shown once, what differs marked in place.

use similar::{ChangeTag, TextDiff};

use super::{Style, note};
use crate::diagnostic::{Diagnostic, Level};
use crate::text::{Document, Span};

/// Longer texts are shown without marks: it would take long to find them, and nobody could read them.
const LONGEST: usize = 16_000;

/// The two texts as they are shown, one after the other with its marks. A text that the other only adds to has none.
#[must_use]
pub fn render(old: &str, new: &str, style: Style) -> [String; 2] {
    let [before, after] = if old.len().max(new.len()) > LONGEST { [Vec::new(), Vec::new()] } else { marks(old, new) };
    let shown = |text: &str, spans: Vec<Span>| {
        let mark = |span| Diagnostic::new("difference", Level::Warning, "", span);
        note::marked(&Document::from_text(text), &spans.into_iter().map(mark).collect::<Vec<_>>(), style)
    };
    [shown(old, before), shown(new, after)]
}

/// What only one of the texts has, in whole words. Changed words with nothing but white space between them are one.
fn marks(old: &str, new: &str) -> [Vec<Span>; 2] {
    let mut found = [Vec::new(), Vec::new()];
    let mut at = [0, 0];
    for change in TextDiff::from_unicode_words(old, new).iter_all_changes() {
        let length = change.value().len();
        let sides: &[usize] = match change.tag() {
            ChangeTag::Equal => &[],
            ChangeTag::Delete => &[0],
            ChangeTag::Insert => &[1],
        };
        for &side in sides {
            let span = Span::new(at[side], at[side] + length);
            let text = [old, new][side];
            match found[side].last_mut() {
                Some(Span { end, .. }) if text[*end..span.start].trim().is_empty() => *end = span.end,
                _ => found[side].push(span),
            }
        }
        for side in if sides.is_empty() { &[0, 1][..] } else { sides } {
            at[*side] += length;
        }
    }
    let [before, after] = found;
    [
        before.into_iter().map(|span| trimmed(old, span)).collect(),
        after.into_iter().map(|span| trimmed(new, span)).collect(),
    ]
}

/// The span without outer white space, unless it is nothing else.
fn trimmed(text: &str, span: Span) -> Span {
    let inside = &text[span.range()];
    let start = inside.len() - inside.trim_start().len();
    let words = inside.trim();
    if words.is_empty() { span } else { Span::new(start, start + words.len()).shift(span.start) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_words_that_differ() {
        for (old, new, before, after) in [
            ("Hi Ana, last week.", "Hi Ana, yesterday.", vec!["last week"], vec!["yesterday"]),
            ("Hi Ana.", "Hi Ana, it was good.", vec![], vec![", it was good"]),
            ("a\nb", "a\n\nb", vec![], vec!["\n"]),
            ("", "Hi", vec![], vec!["Hi"]),
            ("Zoë 👩‍💻", "Zoe 👩‍💻", vec!["Zoë"], vec!["Zoe"]),
        ] {
            let [removed, added] = marks(old, new);
            let words = |text: &'static str, spans: Vec<Span>| {
                spans.into_iter().map(|span| &text[span.range()]).collect::<Vec<_>>()
            };
            assert_eq!((words(old, removed), words(new, added)), (before, after), "{old} {new}");
        }
    }

    #[test]
    fn shows_both() {
        let style = Style { width: 30, colour: false, unicode: true };
        let [old, new] = render("Hi Ana, I heard it last week.", "Hi Ana, I heard it.", style);
        assert_eq!(old, "│ Hi Ana, I heard it last\n│                    ~~~~\n│ week.\n│ ~~~~\n");
        assert_eq!(new, "│ Hi Ana, I heard it.\n");
    }
}
