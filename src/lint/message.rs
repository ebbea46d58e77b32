use crate::context::Context;
use crate::rule::check::Found;

/// Longest quotation in a message, in characters.
const QUOTED: usize = 60;

/// The message with its names filled in.
pub(super) fn fill(message: &str, found: &Found, text: &str, context: &Context<'_>) -> String {
    let mut out = String::with_capacity(message.len() + 24);
    let mut rest = message;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
        match name {
            "match" => quote(&mut out, &text[found.span.range()]),
            "name" => out.push_str(context.contact.map_or("them", |contact| &contact.first_name)),
            "count" => out.push_str(&found.count.to_string()),
            "limit" => out.push_str(&found.limit.to_string()),
            "value" => out.push_str(found.value.as_deref().unwrap_or_default()),
            "fact" => out.push_str(found.fact.as_deref().unwrap_or_default()),
            "replacement" => out.push_str(found.replacement.as_deref().unwrap_or_default()),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Words of the note on one line, shortened in the middle of nothing: at a character.
fn quote(out: &mut String, words: &str) {
    let mut left = QUOTED;
    for word in words.split_whitespace() {
        if left < QUOTED {
            out.push(' ');
        }
        let length = word.chars().count();
        if length + 1 > left {
            out.push('…');
            return;
        }
        left -= length + 1;
        out.push_str(word);
    }
}
