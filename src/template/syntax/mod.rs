//! The little that must be known of a template's syntax before Tera sees it: where its tags and comments are, and
//! which names stand in them. Tera judges the rest.

mod block;
mod call;
mod component;
mod cursor;
mod error;
mod expression;
mod hint;
mod nesting;
mod segment;
mod space;
mod stray;
mod token;
pub(crate) mod tree;
mod value;

#[cfg(test)]
mod generate_tests;
#[cfg(test)]
mod tests;

pub(crate) use error::SyntaxError;
use segment::segments;

use crate::text::Span;

/// Reads a template into its tree.
pub(crate) fn parse(source: &str) -> Result<tree::Tree, SyntaxError> {
    block::Blocks::new(source, &segments(source)).tree()
}

/// What a stretch between delimiters is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// `{{ … }}`
    Print,
    /// `{% … %}`
    Tag,
    /// `{# … #}`
    Comment,
}

/// A stretch between delimiters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// With its delimiters.
    pub(crate) span: Span,
    /// Without its delimiters and the dashes beside them.
    pub(crate) inner: Span,
    /// Whether a dash before its end trims the text behind it.
    pub(crate) trims_right: bool,
}

/// The tags, prints and comments of a template, in order. What stands in `{% raw %}` is text. A stretch that is not
/// closed ends the list: Tera reports it.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(token) = next(source, at) {
        at = token.span.end;
        tokens.push(token);
        if token.kind == TokenKind::Tag && source[token.inner.range()].trim() == "raw" {
            let Some(end) = end_of_raw(source, at) else { break };
            at = end;
        }
    }
    tokens
}

fn next(source: &str, from: usize) -> Option<Token> {
    let bytes = source.as_bytes();
    let start = (from..bytes.len().saturating_sub(1))
        .find(|&at| bytes[at] == b'{' && matches!(bytes[at + 1], b'{' | b'%' | b'#'))?;
    let (kind, close) = match bytes[start + 1] {
        b'{' => (TokenKind::Print, "}}"),
        b'%' => (TokenKind::Tag, "%}"),
        _ => (TokenKind::Comment, "#}"),
    };
    let inside = start + 2;
    let end = if kind == TokenKind::Comment {
        inside + source[inside..].find(close)?
    } else {
        close_outside_strings(source, inside, close)?
    };
    let (mut first, mut last) = (inside, end);
    if bytes[first] == b'-' && first < last {
        first += 1;
    }
    let trims_right = last > first && bytes[last - 1] == b'-';
    if trims_right {
        last -= 1;
    }
    Some(Token { kind, span: Span::new(start, end + 2), inner: Span::new(first, last), trims_right })
}

fn close_outside_strings(source: &str, from: usize, close: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if source.is_char_boundary(at) && source[at..].starts_with(close) {
            return Some(at);
        }
        at = if is_quote(bytes[at]) { string_end(bytes, at)? } else { at + 1 };
    }
    None
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

/// The offset behind the string that starts at `start`.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    while *bytes.get(at)? != bytes[start] {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    Some(at + 1)
}

fn end_of_raw(source: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let start = at + source[at..].find("{%")?;
        let end = start + source[start..].find("%}")? + 2;
        let name = source[start + 2..end - 2].trim_matches(|c: char| c == '-' || c.is_whitespace());
        if name == "endraw" {
            return Some(end);
        }
        at = start + 2;
    }
}

/// A name in a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name<'t> {
    /// The dotted path: `contact.first_name`.
    pub(crate) path: &'t str,
    pub(crate) span: Span,
    pub(crate) role: Role,
}

/// What a name in a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It reads a value.
    Value,
    /// It gives a name to a value: a loop's variable, a `set`, a component's parameter.
    Binding,
    /// It is a filter.
    Filter,
    /// It is a word of the language, a function, a test, an argument's name or a component.
    Word,
}

const KEYWORDS: &[&str] = &[
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "in",
    "endfor",
    "and",
    "or",
    "not",
    "is",
    "true",
    "false",
    "none",
    "True",
    "False",
    "None",
    "endset",
    "endfilter",
    "endblock",
    "endcomponent",
    "break",
    "continue",
    "raw",
    "endraw",
];

/// The names in a tag or print, in order.
pub(crate) fn names<'t>(source: &'t str, token: &Token) -> Vec<Name<'t>> {
    let mut names: Vec<Name<'t>> = Vec::new();
    let bytes = source.as_bytes();
    let mut at = token.inner.start;
    let mut before = b' ';
    while at < token.inner.end {
        let byte = bytes[at];
        if is_quote(byte) {
            at = string_end(bytes, at).unwrap_or(token.inner.end);
            before = b'"';
        } else if byte.is_ascii_alphabetic() || byte == b'_' {
            let end = name_end(bytes, at, token.inner.end);
            let next =
                bytes[end..token.inner.end].iter().position(|byte| !byte.is_ascii_whitespace()).map(|skip| end + skip);
            let path = &source[at..end];
            let role = role(path, before, next.map_or(&[], |next| &bytes[next..token.inner.end]), &names, token.kind);
            names.push(Name { path, span: Span::new(at, end), role });
            at = end;
            before = b'a';
        } else {
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
            // A number with an exponent holds a letter that is no name.
            at += if byte.is_ascii_digit() { digits(&bytes[at..token.inner.end]) } else { 1 };
        }
    }
    names
}

fn name_end(bytes: &[u8], start: usize, limit: usize) -> usize {
    let is_name = |at: usize| at < limit && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_');
    let mut at = start;
    loop {
        while is_name(at) {
            at += 1;
        }
        let step =
            if bytes[at..limit].starts_with(b"?.") { 2 } else { usize::from(bytes[at..limit].starts_with(b".")) };
        if step == 0 || !is_name(at + step) {
            return at;
        }
        at += step;
    }
}

fn digits(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'.').unwrap_or(bytes.len()).max(1)
}

fn role(path: &str, before: u8, after: &[u8], names: &[Name<'_>], kind: TokenKind) -> Role {
    let tag = names.first().filter(|_| kind == TokenKind::Tag).map_or("", |name| name.path);
    let last = names.last().map_or("", |name| name.path);
    if kind == TokenKind::Tag && names.is_empty() {
        return Role::Word;
    }
    match tag {
        "for" if !names.iter().any(|name| name.path == "in") && path != "in" => return Role::Binding,
        "set" | "set_global" if names.len() == 1 => return Role::Binding,
        "component" if after.first() != Some(&b'(') => return Role::Binding,
        "filter" if names.len() == 1 => return Role::Filter,
        "block" | "endblock" | "endcomponent" | "include" | "extends" => return Role::Word,
        _ => {}
    }
    if before == b'|' {
        return Role::Filter;
    }
    let is_argument = after.first() == Some(&b'=') && after.get(1) != Some(&b'=');
    let is_test = last == "is" || (last == "not" && names.len() > 1 && names[names.len() - 2].path == "is");
    let is_component = before == b'<' || before == b'/';
    let is_call = after.first() == Some(&b'(');
    let is_member = before == b'.';
    let is_word = KEYWORDS.contains(&path) || is_argument || is_test || is_component || is_call || is_member;
    if is_word { Role::Word } else { Role::Value }
}

#[cfg(test)]
mod old_tests {
    use super::*;

    fn values(source: &str) -> Vec<String> {
        let found = tokens(source);
        let names = found.iter().flat_map(|token| names(source, token));
        names.filter(|name| name.role == Role::Value).map(|name| name.path.to_owned()).collect()
    }

    #[test]
    fn finds_delimiters_outside_strings_comments_and_raw_text() {
        let source = "{{ \"}}\" }} {# {{ no }} #} {% raw %}{{ x }}{% endraw -%} {%- if a %}";
        let found: Vec<_> = tokens(source).iter().map(|token| &source[token.span.range()]).collect();
        assert_eq!(found, ["{{ \"}}\" }}", "{# {{ no }} #}", "{% raw %}", "{%- if a %}"]);
    }

    #[test]
    fn ends_at_a_stretch_that_is_not_closed() {
        assert!(tokens("Hi {{ contact.first_name").is_empty());
        assert!(tokens("{# no end").is_empty());
        assert!(tokens("{").is_empty());
    }

    #[test]
    fn tells_values_from_words() {
        assert_eq!(values("{{ contact.first_name | default(value=x) }}"), ["contact.first_name", "x"]);
        assert_eq!(values("{% if event is defined and not talk?.when %}"), ["event", "talk?.when"]);
        assert_eq!(values("{% for f in facts %}{{ f.what }}{% endfor %}"), ["facts", "f.what"]);
        assert_eq!(values("{% set x = me.role ~ 'a.b' %}{{ range(end=3) }}{{ 1e5 }}"), ["me.role"]);
        assert_eq!(values("{% if detail >= 1 %}{% elif kind == \"invite\" %}{% endif %}"), ["detail", "kind"]);
        assert_eq!(
            values("{% component Greet(who, word=\"Hi\") %}{% endcomponent Greet %}{{ <Greet who={me.role}/> }}"),
            ["me.role"]
        );
    }
}
