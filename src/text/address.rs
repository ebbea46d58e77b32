//! Web and e-mail addresses as they stand in notes.

use super::TokenKind;

/// Endings that make a bare `word.word` a web address. Not a full list: an address with a path needs none.
const TOP_LEVEL: &[&str] = &[
    "com", "org", "net", "io", "ai", "co", "me", "ly", "de", "uk", "eu", "app", "dev", "example", "us", "fr", "es",
    "gg", "to", "link", "page", "site", "info", "biz", "shop", "tech", "online", "xyz", "nl", "ch", "at", "edu",
];

/// Length and kind of the web or e-mail address at the start of `text`.
pub(super) fn address(text: &str) -> Option<(usize, TokenKind)> {
    let run = text.bytes().position(|b| !(b.is_ascii_alphanumeric() || b".-_@+:".contains(&b))).unwrap_or(text.len());
    let host = text[..run].trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    if let Some(scheme) = text[..run].find(':') {
        let behind = &text[scheme + 1..];
        let url = ["http", "https"].iter().any(|known| text[..scheme].eq_ignore_ascii_case(known));
        return (url && behind.starts_with("//")).then(|| (url_len(text), TokenKind::Url));
    }
    let dot = host.rfind('.')?;
    let ending = host[dot + 1..].to_ascii_lowercase();
    if ending.len() < 2 || !ending.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    if host.contains('@') {
        return Some((host.len(), TokenKind::Email));
    }
    let path = text[host.len()..].starts_with('/')
        && text.as_bytes().get(host.len() + 1).is_some_and(|b| b.is_ascii_alphanumeric());
    let www = host.len() > 4 && host.is_char_boundary(4) && host[..4].eq_ignore_ascii_case("www.");
    let known = TOP_LEVEL.contains(&ending.as_str());
    (path || www || known).then(|| (if path { url_len(text) } else { host.len() }, TokenKind::Url))
}

/// Length of a web address: up to white space or a quote, without the sentence's marks behind it.
fn url_len(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || "<>\"“”|".contains(c)).unwrap_or(text.len());
    text[..end].trim_end_matches(|c: char| ".,;:!?)]}'’".contains(c)).len()
}
