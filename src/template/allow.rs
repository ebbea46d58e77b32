//! What a template allows: under `allow:` in its front matter, and in comments for the lines behind them.

use super::syntax::tree::{Body, Node, Text, Tree};
use crate::allow::{Allowance, SYNTAX, UNUSED, read_all};
use crate::diagnostic::{Diagnostic, Level};
use crate::text::yaml::Located;
use crate::text::{Span, similar};

/// What a template allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// What is allowed, and for which bytes of the file.
    pub list: Vec<Allowance>,
    /// The texts and prints of the template: what of the file a note can show. Empty where nothing is allowed.
    pub parts: Vec<Span>,
}

/// Reads what a template allows, given the entries of its front matter, and what is wrong with that.
pub(super) fn read(tree: &Tree, source: &str, entries: &[Located<String>]) -> (Allowed, Vec<Diagnostic>) {
    let (mut list, mut wrong) = read_all(entries);
    let has_comments = source.to_ascii_lowercase().contains(NAME);
    if !has_comments && list.is_empty() {
        return (Allowed::default(), wrong);
    }
    let mut outline = Outline { source, ..Outline::default() };
    outline.nodes(&tree.nodes);
    for comment in &outline.comments {
        let read = entry(source, *comment).and_then(|entry| match (entry, outline.covered(*comment)) {
            (None, _) => Ok(None),
            (Some(entry), Some(lines)) => Allowance::read(&entry, Some(lines)).map(Some),
            (Some(entry), None) => Err(nothing(entry.span)),
        });
        match read {
            Ok(allowance) => list.extend(allowance),
            Err(found) => wrong.push(found),
        }
    }
    let parts = if list.is_empty() { Vec::new() } else { outline.parts };
    (Allowed { list, parts }, wrong)
}

fn nothing(span: Span) -> Diagnostic {
    let message = "no line stands behind this comment";
    Diagnostic::new(UNUSED, Level::Suggestion, message, span).with_help("Put it above the line it is for.")
}

/// What our comments begin with.
const NAME: &str = "cordial";

/// What stands behind `cordial: allow` in a comment; `None` for a comment of words.
fn entry(source: &str, comment: Span) -> Result<Option<Located<String>>, Diagnostic> {
    let inner = trim(source, Span::new(comment.start + 2, comment.end - 2), |c| c == '-' || c.is_whitespace());
    let text = &source[inner.range()];
    let Some(rest) = text.get(..NAME.len()).filter(|name| name.eq_ignore_ascii_case(NAME)).map(|_| &text[NAME.len()..])
    else {
        return Ok(None);
    };
    let start = inner.end - rest.trim_start_matches([':', ' ', '-', '_']).len();
    let rest = &source[start..inner.end];
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    let is_ours = text[NAME.len()..].starts_with(':');
    let wrong = |message: String, help: &str| {
        let span = if word.is_empty() { inner } else { Span::new(start, start + word.len()) };
        Err(Diagnostic::new(SYNTAX, Level::Warning, message, span).with_help(help))
    };
    let form = "Write {# cordial: allow ID -- the reason #}.";
    match word {
        "allow" if is_ours => {
            let behind = Span::new(start + word.len(), inner.end);
            let span = trim(source, behind, |c| c.is_whitespace());
            Ok(Some(Located { value: source[span.range()].to_owned(), span }))
        }
        // Words that other linters use, or a colon that is missing.
        "allow" | "ignore" | "disable" | "suppress" => wrong(format!("this comment does not {word} anything"), form),
        _ if is_ours && similar(word, ["allow"]).is_some() => {
            wrong(format!("“{word}” means nothing here"), "Did you mean allow?")
        }
        _ if is_ours => wrong("this comment says nothing that is known here".to_owned(), form),
        _ => Ok(None),
    }
}

/// A span without what is trimmed at its ends.
fn trim(source: &str, span: Span, is_gap: impl Fn(char) -> bool) -> Span {
    let text = &source[span.range()];
    let start = span.start + text.len() - text.trim_start_matches(&is_gap).len();
    Span::new(start, start + source[start..span.end].trim_end_matches(&is_gap).len())
}

/// What stands in a template, in the order of the file.
#[derive(Default)]
struct Outline<'t> {
    source: &'t str,
    comments: Vec<Span>,
    /// Texts and prints.
    parts: Vec<Span>,
    /// Texts and tags: from where each begins to where what it opens ends.
    stretches: Vec<Span>,
}

impl Outline<'_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Comment(span) => self.comments.push(*span),
                Node::Text(text) => self.text(text),
                Node::Print { tag, .. } => {
                    self.parts.push(*tag);
                    self.stretches.push(*tag);
                }
                Node::Set { tag, .. }
                | Node::Include { tag, .. }
                | Node::Extends { tag, .. }
                | Node::Break(tag)
                | Node::Continue(tag) => self.stretches.push(*tag),
                Node::SetBlock { tag, body, .. }
                | Node::FilterBlock { tag, body, .. }
                | Node::Block { tag, body, .. }
                | Node::Component { tag, body, .. }
                | Node::ComponentCall { tag, body, .. } => self.block(&[(*tag, body)]),
                Node::For(node) => {
                    let otherwise = node.otherwise.as_ref().map(|(tag, body)| (*tag, body));
                    self.block(&std::iter::once((node.tag, &node.body)).chain(otherwise).collect::<Vec<_>>());
                }
                Node::If(node) => {
                    self.block(&node.arms.iter().map(|arm| (arm.tag, &arm.body)).collect::<Vec<_>>());
                }
            }
        }
    }

    fn text(&mut self, text: &Text) {
        let printed = trim(self.source, text.printed, char::is_whitespace);
        self.parts.extend(Some(printed).filter(|printed| !printed.is_empty()));
        let whole = trim(self.source, text.whole, |c| c.is_whitespace() || c == '\u{feff}');
        let end = if text.is_raw { whole.end } else { whole.start };
        self.stretches.extend(Some(Span::new(whole.start, end)).filter(|_| !whole.is_empty()));
    }

    /// A tag with what it opens, and the `elif` and `else` behind it, each with its own.
    fn block(&mut self, branches: &[(Span, &Body)]) {
        let Some((_, last)) = branches.last() else { return };
        for (place, (tag, body)) in branches.iter().enumerate() {
            let end = if place == 0 { last.end.end } else { body.end.start };
            self.stretches.push(Span::new(tag.start, end));
            self.nodes(&body.nodes);
        }
        self.stretches.push(last.end);
    }

    /// The lines that a comment is for: its own, if something else stands there; else the next one with text or a tag, and
    /// all that an opening tag at its start opens.
    fn covered(&self, comment: Span) -> Option<Span> {
        let (start, end) = (self.line_start(comment.start), self.line_end(comment.end));
        let mut rest = start;
        let mut is_alone = true;
        for other in self.comments.iter().filter(|other| start <= other.start && other.start < end) {
            is_alone &= self.is_blank(rest, other.start);
            rest = other.end;
        }
        if !(is_alone && self.is_blank(rest, self.line_end(rest))) {
            return Some(Span::new(start, end));
        }
        let next = self.stretches.iter().find(|stretch| stretch.start >= comment.end)?;
        let last = next.end.saturating_sub(1).max(next.start);
        Some(Span::new(self.line_start(next.start), self.line_end(last)))
    }

    fn is_blank(&self, start: usize, end: usize) -> bool {
        self.source[start..end].chars().all(|c| c.is_whitespace() || c == '\u{feff}')
    }

    fn line_start(&self, at: usize) -> usize {
        self.source.as_bytes()[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = &self.source.as_bytes()[at..];
        at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::syntax::parse;

    fn read(source: &str) -> (Allowed, Vec<Diagnostic>) {
        parse(source).map(|tree| super::read(&tree, source, &[])).unwrap_or_default()
    }

    /// The lines that each comment of a template covers.
    fn covered(source: &str) -> Vec<&str> {
        let (allowed, wrong) = read(source);
        assert_eq!(wrong, []);
        allowed.list.iter().map(|allowance| &source[allowance.covers.unwrap().range()]).collect()
    }

    #[test]
    fn a_comment_covers_its_line_or_what_stands_behind_it() {
        for (source, lines) in [
            ("{# cordial: allow a/b #}\nHi\nyou", &["Hi"][..]),
            ("\u{feff}{#- cordial: allow a/b -- why -#}\r\n\r\n  Hi\r\nyou", &["  Hi\r"]),
            ("one\nHi {# cordial: allow a/b #} you\ntwo", &["Hi {# cordial: allow a/b #} you"]),
            ("{# cordial: allow a/b #}\n{# words #}\n{# cordial: allow c/d #}\nHi\nyou", &["Hi", "Hi"]),
            ("{# words #} {# cordial: allow a/b #}\nHi\nyou", &["Hi"]),
            ("{# cordial: allow\n a/b -- why #}\nHi\nyou", &["Hi"]),
            (
                "{# cordial: allow a/b #}\n{% if x %}\nHi\n{% else %}\nyou\n{% endif %}.\nEnd",
                &["{% if x %}\nHi\n{% else %}\nyou\n{% endif %}."],
            ),
            ("{% if x %}\nHi\n{# cordial: allow a/b #}\n{% else %}\nyou\n{% endif %}.", &["{% else %}\nyou"]),
            ("{% if x %}Hi\n{# cordial: allow a/b #}\n{% endif %}. More\nEnd", &["{% endif %}. More"]),
            (
                "{# cordial: allow a/b #}\n{% for f in facts %}\n{{ f }}\n{% endfor %}\nEnd",
                &["{% for f in facts %}\n{{ f }}\n{% endfor %}"],
            ),
            ("{# cordial: allow a/b #}\nHi {% if x %}\nyou{% endif %}", &["Hi {% if x %}"]),
            ("{# cordial: allow a/b #}\n{{ x\n| trim }}, you\nEnd", &["{{ x\n| trim }}, you"]),
            ("{# cordial: allow a/b #}\n{% raw %}\nHi\n{% endraw %}\nEnd", &["{% raw %}\nHi\n{% endraw %}"]),
            ("{% raw %}{# cordial: allow a/b #}{% endraw %}", &[]),
            ("{# a cordial tone #}\n{# cordial greetings #}\nHi", &[]),
        ] {
            assert_eq!(covered(source), lines, "{source}");
        }
    }

    #[test]
    fn a_comment_that_does_nothing_says_so() {
        for (comment, place, message) in [
            ("{# cordial: alow a/b #}", "alow", "“alow” means nothing here"),
            ("{# cordial allow a/b #}", "allow", "this comment does not allow anything"),
            ("{# cordial-disable a/b #}", "disable", "this comment does not disable anything"),
            ("{# cordial: ignore a/b #}", "ignore", "this comment does not ignore anything"),
            ("{# cordial: #}", "cordial:", "this comment says nothing that is known here"),
            ("{# cordial: allow #}", "", "no rule is named here"),
            ("{# cordial: allow a/b for now #}", "for", "“for” means nothing here"),
        ] {
            let source = format!("é\n{comment}\nHi");
            let (allowed, wrong) = read(&source);
            assert!(allowed.list.is_empty(), "{comment}");
            let said: Vec<_> = wrong.iter().map(|found| (&source[found.span.range()], &*found.message)).collect();
            assert_eq!(said, [(place, message)], "{comment}");
        }
        let (_, wrong) = read("Hi\n{# cordial: allow a/b #}\n");
        assert_eq!(wrong[0].message, "no line stands behind this comment");
    }

    #[test]
    fn the_parts_are_what_a_note_can_show() {
        let source =
            "{# cordial: allow a/b #}\nHi {{ x }}{% if y %} -- {% endif %}{% set a = 1 %} {% raw %}{{{% endraw %}";
        let parts: Vec<_> = read(source).0.parts.into_iter().map(|part| &source[part.range()]).collect();
        assert_eq!(parts, ["Hi", "{{ x }}", "--", "{{"]);
        assert_eq!(read("Hi {{ x }}").0, Allowed::default());
    }

    proptest::proptest! {
        #[test]
        fn reading_never_panics_and_keeps_to_lines(
            source in "((\u{feff}|\n|\r\n|é| |Hi)|\\{# ?cordial:? allow a/b #\\}|\\{# [a-c] #\\}|\\{% if x -?%\\}|\\{% else %\\}|\\{%- endif %\\}|\\{\\{ x \\}\\}|\\{#){0,12}",
        ) {
            for allowance in read(&source).0.list {
                let covers = allowance.covers.unwrap();
                proptest::prop_assert!(source.get(covers.range()).is_some());
                proptest::prop_assert!(covers.start == 0 || source[..covers.start].ends_with('\n'));
                proptest::prop_assert!(covers.end == source.len() || source[covers.end..].starts_with('\n'));
            }
        }
    }
}
