//! The words, signs and values inside a tag.

use super::error::SyntaxError;
use super::hint;
use crate::text::Span;

/// A token inside a tag. Its text in the file tells words and signs apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TokenKind {
    Word,
    Sign,
    /// With its quotes.
    String,
    Bool(bool),
    Integer(i64),
    Float(f64),
}

/// Signs of more than one character, the longest first.
const LONG_SIGNS: &[&str] = &["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];
const SIGNS: &[u8] = b"+-*/%!.,:~|=><()[]{}@";

/// Reads the token at an offset; `None` at the end of the file.
pub(super) fn read_token(source: &str, at: usize) -> Result<Option<Token>, SyntaxError> {
    let rest = &source[at..];
    let Some(&first) = rest.as_bytes().first() else { return Ok(None) };
    let token = |kind, length| Ok(Some(Token { kind, span: Span::new(at, at + length) }));
    if let Some(sign) = LONG_SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return token(TokenKind::Sign, sign.len());
    }
    match first {
        _ if SIGNS.contains(&first) => token(TokenKind::Sign, 1),
        b'"' | b'\'' | b'`' => token(TokenKind::String, string(source, at)?),
        b'0'..=b'9' => {
            let (kind, length) = number(source, at)?;
            token(kind, length)
        }
        b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
            let length = rest.bytes().position(|byte| !(byte == b'_' || byte.is_ascii_alphanumeric()));
            let length = length.unwrap_or(rest.len());
            let kind = match &rest[..length] {
                "true" | "True" => TokenKind::Bool(true),
                "false" | "False" => TokenKind::Bool(false),
                _ => TokenKind::Word,
            };
            token(kind, length)
        }
        _ => Err(hint::unexpected_character(source, at)),
    }
}

/// The length of the string at an offset, with its quotes.
fn string(source: &str, start: usize) -> Result<usize, SyntaxError> {
    let bytes = &source.as_bytes()[start..];
    let quote = char::from(bytes[0]);
    let mut bad_escape = None;
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        if byte == bytes[0] {
            return bad_escape.map_or(Ok(at + 1), Err);
        }
        if byte == b'\\' {
            let escaped = source[start + at + 1..].chars().next();
            if bad_escape.is_none() && !escaped.is_some_and(|c| matches!(c, '"' | '\'' | '/' | '\\' | 'n' | 't' | 'r'))
            {
                let end = start + at + 1 + escaped.map_or(0, char::len_utf8);
                let span = Span::new(start + at, end);
                let error = SyntaxError::new(span, format!("{} means nothing in a string", &source[span.range()]));
                bad_escape = Some(error.with_help(r#"Known are \n, \t, \r, \\, \/, \" and \'."#));
            }
            at += 1;
        }
        at += 1;
    }
    let message = format!("this string has no closing {quote}");
    Err(SyntaxError::new(Span::new(start, start + 1), message).with_help(format!("Close it with {quote}.")))
}

/// What is in a string, given with its quotes.
pub(super) fn unquoted(quoted: &str) -> String {
    let mut chars = quoted[1..quoted.len() - 1].chars();
    let mut text = String::with_capacity(quoted.len());
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        });
    }
    text
}

/// The number at an offset, and its length. `1.` is one, `1e5` is not.
fn number(source: &str, at: usize) -> Result<(TokenKind, usize), SyntaxError> {
    let digits = |text: &str| text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let rest = &source[at..];
    let whole = digits(rest);
    let length = if rest[whole..].starts_with('.') { whole + 1 + digits(&rest[whole + 1..]) } else { whole };
    let text = &rest[..length];
    let kind = if length > whole {
        text.parse().ok().map(TokenKind::Float)
    } else {
        text.parse().ok().map(TokenKind::Integer)
    };
    let span = Span::new(at, at + length);
    let too_large = || SyntaxError::new(span, "this number is too large").with_help(format!("At most {}.", i64::MAX));
    Ok((kind.ok_or_else(too_large)?, length))
}
