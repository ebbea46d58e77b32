//! What of a note is left out with a value that may be missing, so that the rest still reads well.

use crate::text::Span;

/// What sets a part of a sentence apart, and the marks it may end before.
const PARTS: [(&str, &str); 7] =
    [(" (", ")"), (", ", ",;.!?"), ("; ", ";.!?"), (": ", ".!?"), (" – ", "–.!?"), (" — ", "—.!?"), (" - ", ".!?")];

/// Words that need what follows them.
const LEANING: &str = "a an the my your our his her their since from until till for of by in on at before after as";

/// The stretch that goes with a day: its words and the space before them, or a part of the sentence that says no more.
pub(super) fn of_day(text: &str, sentence: Span, span: Span) -> Option<Span> {
    let (before, after) = (&text[sentence.start..span.start], &text[span.end..]);
    if let Some(part) = part(text, sentence, span).filter(|part| text[part.start..span.start].trim_end().len() <= 2) {
        return Some(part);
    }
    let word = before.strip_suffix(' ')?.rsplit(' ').next().unwrap_or_default();
    let leans = LEANING.split(' ').any(|leaning| word.eq_ignore_ascii_case(leaning));
    let follows = word.ends_with(|c: char| c.is_alphanumeric() || "”\"»)’".contains(c));
    (follows && !leans && !after.starts_with(['\'', '’'])).then(|| Span::new(span.start - 1, span.end))
}

/// The stretch that goes with a part of a fact: the part of the sentence that ends with it, or the sentence.
pub(super) fn of_detail(text: &str, sentence: Span, span: Span) -> Option<Span> {
    part(text, sentence, span).or_else(|| whole(text, sentence))
}

/// The part of a sentence that marks set apart and that ends with the words at `span`, with the marks that go with it.
fn part(text: &str, sentence: Span, span: Span) -> Option<Span> {
    let before = &text[sentence.start..span.start];
    let (at, ends) = PARTS.iter().filter_map(|(opens, ends)| Some((before.rfind(opens)?, *ends))).max()?;
    let after = &text[span.end..];
    let mark = after.trim_start_matches(' ').chars().next();
    let is_last = mark.is_none_or(|mark| mark == '\n' || mark == '\r' || ends.contains(mark));
    // A bracket, the second comma and the second dash go too.
    let closes = mark.filter(|mark| is_last && matches!(mark, ')' | ',' | '–' | '—'));
    let spaces = after.len() - after.trim_start_matches(' ').len();
    let end = span.end + closes.map_or(0, |mark| spaces + mark.len_utf8());
    let needs_mark = ends == ")" && closes.is_none();
    (is_last && !needs_mark).then(|| Span::new(sentence.start + at, end))
}

/// A sentence with the space behind it, or before it.
fn whole(text: &str, sentence: Span) -> Option<Span> {
    let (before, after) = (&text[..sentence.start], &text[sentence.end..]);
    let marks = after.len() - after.trim_start_matches(['.', '!', '?', '…', ')', '”', '"', '’']).len();
    let end = sentence.end + marks;
    if before.is_empty() {
        None
    } else if text[end..].starts_with(' ') {
        Some(Span::new(sentence.start, end + 1))
    } else if before.ends_with(' ') {
        Some(Span::new(sentence.start - 1, end))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Tokens;

    fn sentence(text: &str, span: Span) -> Span {
        let mut tokens = Tokens::default();
        tokens.read(text);
        let sentences = tokens.sentences().iter().map(|sentence| tokens.sentence_span(*sentence));
        sentences.into_iter().find(|sentence| sentence.contains(span)).unwrap()
    }

    fn rest(text: &str, words: &str, of: fn(&str, Span, Span) -> Option<Span>) -> Option<String> {
        let at = text.find(words).unwrap();
        let span = Span::new(at, at + words.len());
        let guard = of(text, sentence(text, span), span)?;
        assert!(guard.contains(span));
        Some(format!("{}{}", &text[..guard.start], &text[guard.end..]))
    }

    #[test]
    fn a_day_is_left_out_with_its_marks() {
        for (note, expected) in [
            ("Hi Bo, I heard your talk last week, and it stayed.", Some("Hi Bo, I heard your talk, and it stayed.")),
            ("I heard your talk “Figs” last week. It stayed.", Some("I heard your talk “Figs”. It stayed.")),
            ("Your talk (last week) was good.", Some("Your talk was good.")),
            ("Your talk, last week, was good.", Some("Your talk was good.")),
            ("It was good, last week.", Some("It was good.")),
            ("It was good, back then, last week in May.", None),
            ("We have known each other since last week.", None),
            ("Your talk last week’s event.", None),
            ("last week we met.", None),
        ] {
            assert_eq!(rest(note, "last week", of_day).as_deref(), expected, "{note}");
        }
    }

    #[test]
    fn a_part_of_a_fact_is_left_out_with_its_part_of_the_sentence() {
        for (note, expected) in [
            ("Hi. I read it, above all the piece.", Some("Hi. I read it.")),
            ("Your blog, above all the piece, has helped.", Some("Your blog has helped.")),
            ("Your blog – above all the piece – has helped.", Some("Your blog has helped.")),
            ("Your blog (above all the piece) has helped.", Some("Your blog has helped.")),
            ("I read your blog. I liked the piece. Thanks.", Some("I read your blog. Thanks.")),
            ("I read your blog. I liked the piece!", Some("I read your blog.")),
            ("I read it, and the piece made me laugh.", None),
            ("I liked the piece.", None),
        ] {
            let found = rest(note, "the piece", of_detail);
            assert_eq!(found.as_deref(), expected, "{note}");
        }
    }
}
