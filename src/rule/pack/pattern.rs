//! `pattern`: from what a rule file says to an expression that the matcher takes.

use regex_syntax::hir::{Class, Hir, HirKind};
use regex_syntax::{Error, ParserBuilder};

use super::check::Check;
use super::needles::{needles, needs_beyond_ascii, needs_digit};
use super::resolve::SpecError;

/// Most bytes of an expression.
const LONGEST: usize = 2_000;

/// Most that an expression may cost; the matcher compiles everything below.
const MOST: usize = 20_000;

/// Reads a regular expression as the matcher will: ignoring case unless capitals matter, `\b` in ASCII.
pub(super) fn read(regex: &str, exact: bool) -> Result<Check, SpecError> {
    let refuse = |at: usize, message: &str| SpecError::new("pattern", at, message);
    if regex.len() > LONGEST {
        return Err(refuse(0, "a pattern has at most 2,000 bytes: split the rule, or use `phrases`"));
    }
    let parsed = ParserBuilder::new().case_insensitive(!exact).build().parse(&ascii_classes(regex));
    let hir = parsed.map_err(|error| {
        let (at, message) = explain(&error);
        refuse(written_at(regex, at), &message)
    })?;
    let least = hir.properties().minimum_len().unwrap_or(0);
    if least == 0 {
        return Err(refuse(0, "this pattern can match nothing at all, or never matches"));
    }
    if cost(&hir) > MOST {
        return Err(refuse(0, "this pattern is too large: repeat less, or classes with fewer letters"));
    }
    Ok(Check::Pattern {
        regex: regex.to_owned(),
        needles: needles(&hir, exact),
        digit: needs_digit(&hir),
        beyond_ascii: needs_beyond_ascii(&hir),
        least,
    })
}

/// Where an expression is wrong, and what is.
fn explain(error: &Error) -> (usize, String) {
    let at = match error {
        Error::Parse(error) => error.span().start.offset,
        Error::Translate(error) => error.span().start.offset,
        _ => 0,
    };
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default().trim_start_matches("error: ");
    if text.contains("look-around") {
        return (at, "look-around is not supported: use `except` and `unless` instead".to_owned());
    }
    (at, last.to_owned())
}

/// The place in the expression as it was written, of one in what [`ascii_classes`] made of it.
fn written_at(regex: &str, at: usize) -> usize {
    let starts = regex.char_indices().map(|(start, _)| start);
    starts.take_while(|start| ascii_classes(&regex[..*start]).len() <= at).last().unwrap_or(0)
}

/// About how large the compiled expression is.
fn cost(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Unicode(class)) => class.ranges().len(),
        HirKind::Class(Class::Bytes(class)) => class.ranges().len(),
        HirKind::Capture(capture) => cost(&capture.sub),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1);
            cost(&repetition.sub).saturating_mul(times as usize)
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(cost).fold(parts.len(), usize::saturating_add)
        }
    }
}

/// The expression with `\b`, `\B`, `\d` and `\s` in their ASCII form. A Unicode `\b` would send every note with an
/// accent to the slow engine; the other two would only make the automaton larger, since the text that patterns see has
/// plain spaces.
pub(crate) fn ascii_classes(regex: &str) -> String {
    let mut out = String::with_capacity(regex.len() + 16);
    let mut chars = regex.chars();
    // Classes nest, and one that begins with `]` holds it.
    let mut depth = 0_usize;
    let mut opened = false;
    while let Some(c) = chars.next() {
        let first = std::mem::take(&mut opened);
        match c {
            '[' => {
                depth += 1;
                opened = true;
            }
            '^' if first => opened = true,
            ']' if !first => depth = depth.saturating_sub(1),
            '\\' => {
                escaped(chars.next(), depth > 0, &mut out);
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

/// Appends what stands behind a backslash.
fn escaped(c: Option<char>, in_class: bool, out: &mut String) {
    match (c, in_class) {
        (Some('b'), false) => out.push_str(r"(?-u:\b)"),
        (Some('B'), false) => out.push_str(r"(?-u:\B)"),
        (Some('d'), true) => out.push_str("0-9"),
        (Some('d'), false) => out.push_str("[0-9]"),
        (Some('s'), true) => out.push_str(r" \t\r\n"),
        (Some('s'), false) => out.push_str(r"[ \t\r\n]"),
        (Some(c), _) => out.extend(['\\', c]),
        (None, _) => out.push('\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_ascii_wherever_they_stand() {
        for (written, read) in [
            (r"\bhi\B", r"(?-u:\b)hi(?-u:\B)"),
            (r"\d[\d\s]\s", r"[0-9][0-9 \t\r\n][ \t\r\n]"),
            (r"[]\d]\d", r"[]0-9][0-9]"),
            (r"[^]\d]\d", r"[^]0-9][0-9]"),
            (r"[a[b]\d]\d", r"[a[b]0-9][0-9]"),
            (r"\[\d\]", r"\[[0-9]\]"),
            (r"\\b\", r"\\b\"),
        ] {
            assert_eq!(ascii_classes(written), read, "{written}");
        }
    }

    #[test]
    fn an_error_names_the_place_as_it_was_written() {
        for (regex, at, message) in [
            (r"\bb(x", 3, "unclosed group"),
            (r"\d\d\d[z-a]", 7, "range"),
            (r"é\bq(?=x)", 5, "`except`"),
            (r"\bx?y?\b", 0, "nothing"),
            (r"\w{500}", 0, "too large"),
            (r"(?:(?:a{90}){90}){90}", 0, "too large"),
        ] {
            let error = read(regex, false).unwrap_err();
            assert!(error.message.contains(message), "{regex}: {}", error.message);
            assert_eq!(error.at, at, "{regex}: {}", error.message);
        }
    }
}
