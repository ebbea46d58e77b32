//! `placeholder`: what a template left behind.

use super::merge_field::{identifies, instructs, names_a_field, shouts_a_field, signed};
use super::{Found, Note};
use crate::rule::spec::PlaceholderKind;
use crate::text::{Span, Token, TokenKind, quotations};

pub(super) fn find(kind: PlaceholderKind, note: Note<'_>) -> Vec<Found> {
    let spans = match kind {
        PlaceholderKind::Field => fields(note),
        PlaceholderKind::Gap => gaps(note),
    };
    spans.into_iter().map(Found::at).collect()
}

/// Brackets that merge fields stand in. `strict` ones also hold ordinary words, so that only a known field counts.
const BRACKETS: &[(&str, &str, bool)] = &[
    ("{{", "}}", false),
    ("{%", "%}", false),
    ("${", "}", false),
    ("*|", "|*", false),
    ("*", "*", true),
    ("%%", "%%", true),
    ("{", "}", true),
    ("[[", "]]", true),
    ("[", "]", true),
    ("<<", ">>", true),
    ("<", ">", true),
    ("(", ")", true),
    ("%", "%", true),
    ("#", "#", true),
];

/// The bytes that a bracket, a blank or a signed field begins with.
const OPENS: [bool; 256] = {
    let mut opens = [false; 256];
    let mut rest: &[u8] = b"{[<(%*#$_@";
    while let [first, behind @ ..] = rest {
        opens[*first as usize] = true;
        rest = behind;
    }
    opens
};

fn fields(note: Note<'_>) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let text = note.text;
    let mut at = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(|byte| OPENS[usize::from(*byte)]) {
        at += next;
        match bracketed(&text[at..]).or_else(|| blank(&text[at..])).or_else(|| signed(&text[at..])) {
            Some(len) => {
                found.push(Span::new(at, at + len));
                at += len;
            }
            None => at += 1,
        }
    }
    for (index, token) in note.tokens.tokens().iter().enumerate() {
        let inside = || found.iter().any(|span| span.contains(token.span));
        if token.capital && token.kind == TokenKind::Word && shouts_a_field(note, index) && !inside() {
            found.push(token.span);
        }
    }
    let mentioned = quotations(text, note.tokens).into_iter().filter(|quoted| opens_a_letter(&text[quoted.range()]));
    let mentioned: Vec<Span> = if found.is_empty() { Vec::new() } else { mentioned.collect() };
    found.retain(|span| !mentioned.iter().any(|quoted| quoted.contains(*span)));
    found.sort_unstable();
    found
}

/// Whether quoted words are the beginning of a letter, as in: the card that says 'Dear {name}'. Other quotations can
/// hold a real field: your post "{title}".
fn opens_a_letter(quoted: &str) -> bool {
    let first = quoted.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or("");
    ["dear", "hi", "hello", "hey"].iter().any(|greeting| first.eq_ignore_ascii_case(greeting))
}

/// Length of the merge field at the start of `text`.
fn bracketed(text: &str) -> Option<usize> {
    BRACKETS.iter().find_map(|&(open, close, strict)| {
        let inside = text.strip_prefix(open)?;
        let end = inside.char_indices().take(100).find(|(at, _)| inside[*at..].starts_with(close))?.0;
        let content = &inside[..end];
        let spaced = content.starts_with(' ') && matches!(open, "%" | "#" | "<");
        let plain = if open == "(" { content } else { content.trim_end_matches(['!', '?']) };
        let known =
            || (open != "*" && names_a_field(plain)) || instructs(content) || (open == "{" && identifies(content));
        let field = if strict { !spaced && known() } else { !content.trim().is_empty() };
        field.then_some(open.len() + end + close.len())
    })
}

/// Length of a line to fill in: three underscores or more.
fn blank(text: &str) -> Option<usize> {
    let len = text.len() - text.trim_start_matches('_').len();
    (len >= 3).then_some(len)
}

/// Words that need another one behind them.
const LEADS: &[&str] = &["at", "about", "for", "with", "in", "from", "to", "of", "on", "dear", "hi", "hello", "hey"];

/// Places where a value was empty: `Hi ,` and `meeting you at .`, with the blank that a template left.
fn gaps(note: Note<'_>) -> Vec<Span> {
    let tokens = note.tokens.tokens();
    let pairs = tokens.windows(2).filter_map(|pair| {
        let [word, mark]: &[Token; 2] = pair.try_into().ok()?;
        if !matches!(mark.kind, TokenKind::Mark(',' | '.')) || mark.span.len() != 1 {
            return None;
        }
        let blank = note.text.get(word.span.end..mark.span.start).filter(|blank| !blank.is_empty())?;
        let lead = word.kind == TokenKind::Word && LEADS.contains(&note.tokens.folded(word));
        let left = blank.chars().all(|c| c == ' ' || c == '\u{A0}');
        (lead && left).then(|| word.span.join(mark.span))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_is_found_whole() {
        assert_eq!(bracketed("{{ user.name }} x"), Some(15));
        assert_eq!(bracketed("*|FNAME|*, hi"), Some(9));
        assert_eq!(bracketed("[topic of latest post - check!]"), Some(31));
        assert_eq!(bracketed("{achievement} in the"), Some(13));
        assert_eq!(bracketed("(the title?)"), None);
        assert_eq!(bracketed("(at last)"), None);
        assert_eq!(bracketed("{} is the empty set"), None);
        assert_eq!(bracketed("% of a 60% margin"), None);
    }
}
