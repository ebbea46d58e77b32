//! How a path reads where a value is missing: what is left around it.

use super::{Choice, Path, Paths, Taken};
use crate::diagnostic::{Diagnostic, Level};
use crate::text::{Document, Origin, SourceSpan, Span};

/// The id under which gaps are reported.
const RULE: &str = "template/gap";

/// What is left where a value is missing.
#[derive(Clone, Debug)]
pub(crate) struct Gap {
    /// Its span is of the path's document.
    pub(crate) finding: Diagnostic,
    /// The typed text around it, in the files.
    pub(crate) places: Vec<SourceSpan>,
    /// The path with the fewest choices that shows it, by its place in [`Paths::paths`].
    pub(crate) path: usize,
}

/// The gaps of all paths, each once.
pub(crate) fn gaps(paths: &Paths, language: &str) -> Vec<Gap> {
    let mut all: Vec<Gap> = Vec::new();
    for (at, path) in paths.paths.iter().enumerate() {
        for finding in of_path(path, language) {
            let places = path.document.locate(finding.span);
            let gap = Gap { finding, places, path: at };
            let is_shorter = |known: &Gap| path.choices.len() < paths.paths[known.path].choices.len();
            match all.iter_mut().find(|known| known.places == gap.places) {
                Some(known) if is_shorter(known) => *known = gap,
                Some(_) => {}
                None => all.push(gap),
            }
        }
    }
    all
}

/// What is wrong with a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wrong {
    Brackets,
    Greeting,
    StartsWith(char),
    SpaceBefore(char),
    TwoMarks(char, char),
    TwoSpaces,
    EmptyLines,
}

impl Wrong {
    /// What is said of it; `when` says when it is so.
    fn message(&self, when: &str) -> String {
        match self {
            Self::Brackets => format!("nothing is left inside the brackets {when}"),
            Self::Greeting => format!("the greeting has no name {when}"),
            Self::StartsWith(mark) => format!("the line starts with “{mark}” {when}"),
            Self::SpaceBefore(mark) => format!("a space is left before “{mark}” {when}"),
            Self::TwoMarks(first, second) => format!("“{first}{second}” is left {when}"),
            Self::TwoSpaces => format!("two spaces are left {when}"),
            Self::EmptyLines => format!("two empty lines are left {when}"),
        }
    }

    const fn help(&self) -> &'static str {
        match self {
            Self::Greeting => "Greet them by what is always there: {{ contact.first_name }}.",
            Self::Brackets => "Put the brackets inside the {% if %}, beside the value.",
            Self::EmptyLines => "Put one of the line breaks inside the {% if %}, or start the tag with {%-.",
            Self::SpaceBefore(_) | Self::TwoSpaces => {
                "Put the space inside the {% if %}, beside the value, or start the tag with {%-."
            }
            Self::StartsWith(_) | Self::TwoMarks(..) => "Put the mark inside the {% if %}, beside the value.",
        }
    }
}

/// The gaps of a path, in order.
fn of_path(path: &Path, language: &str) -> Vec<Diagnostic> {
    let document = &path.document;
    let mut joints: Vec<usize> = document.pieces().iter().map(|piece| piece.range.start).collect();
    joints.dedup();
    let mut found: Vec<Diagnostic> = Vec::new();
    for joint in joints {
        let Some((wrong, span)) = wrong_at(document.text(), joint, language) else { continue };
        if found.iter().any(|known| known.span.overlaps(span)) {
            continue;
        }
        // Where nothing could be otherwise, the author sees it himself.
        let Some(when) = when(path, joint) else { continue };
        let finding = Diagnostic::new(RULE, Level::Warning, wrong.message(&when), span);
        found.push(finding.with_help(wrong.help()));
    }
    found
}

/// What is wrong where two pieces meet, and the text that shows it.
fn wrong_at(text: &str, joint: usize, language: &str) -> Option<(Wrong, Span)> {
    let is_space = |c: char| c == ' ' || c == '\t';
    let (before, behind) = (text[..joint].trim_end_matches(is_space), text[joint..].trim_start_matches(is_space));
    let (left, right) = (joint - before.len(), text.len() - joint - behind.len());
    let (last, next) = (before.chars().next_back(), behind.chars().next());
    let is_start = last.is_none_or(|c| c == '\n');
    let is_end = next.is_none_or(|c| c == '\n' || c == '\r');
    let wrong = match (last, next) {
        (Some(open), Some(close)) if encloses(open, close) => Wrong::Brackets,
        _ if is_greeting(before) && is_behind_greeting(behind) => Wrong::Greeting,
        (_, Some(mark)) if is_start && is_mark(behind, "") => Wrong::StartsWith(mark),
        (Some(_), Some(mark)) if left > 0 && is_mark(behind, language) => Wrong::SpaceBefore(mark),
        (Some(first @ (',' | ';' | ':')), Some(second)) if left + right == 0 && is_mark(behind, "") => {
            Wrong::TwoMarks(first, second)
        }
        _ if left > 0 && right > 0 && !is_start && !is_end => Wrong::TwoSpaces,
        _ if has_empty_lines(text, joint) => Wrong::EmptyLines,
        _ => return None,
    };
    let word = before.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let start = if before.len() - word > 40 { before.len() } else { word };
    let start = (start..=before.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(before.len());
    let behind = text.len() - text[joint..].trim_start().len();
    let end = behind + text[behind..].chars().next().map_or(0, char::len_utf8);
    Some((wrong, Span::new(start, end)))
}

fn encloses(open: char, close: char) -> bool {
    matches!((open, close), ('(', ')') | ('[', ']') | ('“', '”') | ('„', '“') | ('«', '»') | ('‘', '’'))
}

/// Whether a text begins with a mark that follows a word without a space.
fn is_mark(text: &str, language: &str) -> bool {
    let mut chars = text.chars();
    let (mark, next) = (chars.next(), chars.next());
    match mark {
        // French puts a space before these.
        Some('!' | '?' | ';' | ':') if language.starts_with("fr") => false,
        Some(':' | ';') => next.is_none_or(|c| c.is_whitespace() || c.is_alphanumeric()),
        Some('.') => next.is_none_or(|c| !c.is_alphanumeric() && c != '.'),
        Some(',' | '!' | '?' | ')') => true,
        _ => false,
    }
}

/// Words that a name follows.
const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "dear",
    "hi dear",
    "hallo",
    "liebe",
    "lieber",
    "sehr geehrte",
    "sehr geehrter",
    "hola",
    "querido",
    "querida",
    "estimado",
    "estimada",
    "cher",
    "chère",
    "salut",
];

/// Whether the first line is a greeting so far.
fn is_greeting(before: &str) -> bool {
    let line = before.trim();
    !line.contains('\n') && GREETINGS.iter().any(|greeting| line.to_lowercase() == *greeting)
}

fn is_behind_greeting(behind: &str) -> bool {
    behind.chars().next().is_none_or(|c| matches!(c, ',' | '!' | '.' | ':' | '-' | '–' | '—' | '\n' | '\r'))
}

/// Whether two empty lines stand at a joint, with a line break on both of its sides.
fn has_empty_lines(text: &str, joint: usize) -> bool {
    let (before, behind) = (&text[..joint], &text[joint..]);
    let breaks = |blank: &str| blank.matches('\n').count();
    let (left, right) = (&before[before.trim_end().len()..], &behind[..behind.len() - behind.trim_start().len()]);
    breaks(left) > 0 && breaks(right) > 0 && breaks(left) + breaks(right) > 2
}

/// When a gap is there: `where contact.company is missing`.
fn when(path: &Path, joint: usize) -> Option<String> {
    let absent = path.document.pieces().iter().find_map(|piece| match &piece.origin {
        Origin::Value { path, .. } if piece.range.is_empty() && piece.range.start == joint => Some(path),
        _ => None,
    });
    if let Some(absent) = absent {
        return Some(format!("where {absent} is missing"));
    }
    let between = between(&path.document, joint);
    let inside = |choice: &&Choice| between.is_some_and(|between| is_inside(choice, between));
    let no = |choice: &&Choice| matches!(choice.taken, Taken::No | Taken::Rounds(0));
    let choices = || path.choices.iter().filter(inside);
    let choice = choices().find(no).or_else(|| choices().next()).or_else(|| path.choices.iter().find(no));
    Some(format!("where {}", choice?.told()))
}

/// The stretch of a file between the typed text on both sides of a joint.
fn between(document: &Document, joint: usize) -> Option<SourceSpan> {
    let literals = document.pieces().iter().filter_map(|piece| match piece.origin {
        Origin::Literal(at) if !piece.range.is_empty() => Some((piece.range, at)),
        _ => None,
    });
    let literals: Vec<_> = literals.collect();
    let before = literals.iter().rev().find(|(range, _)| range.end <= joint).map(|(_, at)| at);
    let behind = literals.iter().find(|(range, _)| range.start >= joint).map(|(_, at)| at);
    let behind = behind?;
    let start = before.filter(|before| before.file == behind.file).map_or(0, |before| before.span.end);
    (start <= behind.span.start).then(|| SourceSpan { file: behind.file, span: Span::new(start, behind.span.start) })
}

fn is_inside(choice: &Choice, between: SourceSpan) -> bool {
    choice.at.file == between.file && between.span.contains(choice.at.span)
}

#[cfg(test)]
mod tests {
    use super::super::tests::paths_of;
    use super::*;

    fn found(body: &str) -> Vec<String> {
        let paths = paths_of(&[("invite/t", &format!("{{# title: x\nneeds: [event] #}}\n{body}"))]);
        let text = |gap: &Gap| paths.paths[gap.path].document.text()[gap.finding.span.range()].replace('\u{fffc}', "_");
        gaps(&paths, "en").iter().map(|gap| format!("[{}] {}", text(gap), gap.finding.message)).collect()
    }

    #[test]
    fn what_is_left_where_a_value_is_missing_is_found() {
        for (body, expected) in [
            (
                "Hi {% if contact.last_name %}{{ contact.last_name }}{% endif %}, it was good.",
                "[Hi ,] the greeting has no name where contact.last_name is missing",
            ),
            (
                "Good to see {% if me.company %}{{ me.company }}{% endif %}, again",
                "[see ,] a space is left before “,” where me.company is missing",
            ),
            (
                "We met {{ \"at \" ~ me.company if me.company else \"\" }} again",
                "[met  a] two spaces are left where me.company is missing",
            ),
            ("I am at{{ \" \" ~ me.company }}.", "[at .] a space is left before “.” where me.company is missing"),
            ("I am{{ \" at \" ~ me.company }} now", "[at  n] two spaces are left where me.company is missing"),
            (
                "We met ({{ contact.company | default(value=\"\") }}).",
                "[()] nothing is left inside the brackets where contact.company is missing",
            ),
            (
                "{% if contact.role %}{{ contact.role }}{% endif %}, hello",
                "[,] the line starts with “,” where contact.role is missing",
            ),
            (
                "Yes,{% if contact.role %} {{ contact.role }}{% endif %}. Good",
                "[Yes,.] “,.” is left where contact.role is missing",
            ),
            (
                "Yes.\n\n{% if contact.role %}{{ contact.role }}{% endif %}\n\nGood",
                "[Yes.\n\n\n\nG] two empty lines are left where contact.role is missing",
            ),
            ("A {{ today }} b", "[A  b] two spaces are left where today is missing"),
            ("Hi {{ contact.first_name }}, we met{% if event.when %} {{ event.when | ago }}{% endif %}.", ""),
            ("Hi {{ contact.first_name }}{% if detail >= 1 %} :){% endif %} ... ok  typed", ""),
            (
                "See {% if detail == 2 %}it{% endif %}, ok",
                "[See ,] a space is left before “,” where “detail == 2” does not hold",
            ),
        ] {
            let expected: Vec<_> = Some(expected).filter(|expected| !expected.is_empty()).into_iter().collect();
            assert_eq!(found(body), expected, "{body}");
        }
    }

    #[test]
    fn a_gap_is_told_once_on_its_shortest_path() {
        let body = "{% if me.role %}I am {{ me.role }}. {% endif %}See {% if me.company %}us{% endif %}, ok{% if contact.role %}.{% endif %}";
        let paths = paths_of(&[("invite/t", &format!("{{# title: x #}}\n{body}"))]);
        let gaps = gaps(&paths, "en");
        assert_eq!(gaps.len(), 1);
        assert_eq!(gaps[0].places.len(), 2);
    }

    #[test]
    fn the_built_in_templates_leave_no_gaps() {
        let library = crate::template::Library::builtin();
        for template in library.templates() {
            let paths = super::super::walk(&library, template);
            let gaps = gaps(&paths, &template.front().language);
            let texts: Vec<_> = gaps.iter().map(|gap| (&gap.finding, paths.paths[gap.path].document.text())).collect();
            assert!(texts.is_empty(), "{}: {texts:#?}", template.id());
        }
    }
}
