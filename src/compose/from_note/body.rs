//! The text of a template whose note is known.

use super::find::Claim;
use crate::text::Span;

/// The note with what `print` gives for each claim in the place of its words, and a condition around what goes with a
/// value that may be missing. What would be read as a template's code is escaped, so that it prints as it stands.
pub(super) fn body(note: &str, claims: &[Claim], print: impl Fn(&Claim) -> (String, String)) -> String {
    let mut tags: Vec<(Span, String)> = Vec::new();
    for claim in claims {
        let (path, expression) = print(claim);
        tags.push((claim.span, format!("{{{{ {expression} }}}}")));
        if let Some(guard) = claim.guard {
            tags.push((Span::new(guard.start, guard.start), format!("{{% if {path} %}}")));
            tags.push((Span::new(guard.end, guard.end), "{% endif %}".to_owned()));
        }
    }
    // A condition opens before what starts at the same place, and one that ends there closes first.
    tags.sort_by_key(|(span, tag)| (span.start, !span.is_empty(), tag.starts_with("{% if")));
    let mut out = String::with_capacity(note.len() * 2);
    let mut at = 0;
    for (span, tag) in tags {
        out += &escaped(&note[at..span.start], true);
        out += &tag;
        at = span.end;
    }
    out + &escaped(&note[at..], false)
}

/// Text that a template prints as it stands. `before_tag` says that a tag follows, which a brace would run into.
fn escaped(text: &str, before_tag: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(brace) = rest.find('{') {
        out += &rest[..brace];
        rest = &rest[brace..];
        let opens = ["{{", "{%", "{#"].into_iter().find(|opening| rest.starts_with(opening));
        let taken = match opens {
            Some(opening) => opening,
            None if before_tag && rest.len() == 1 => "{",
            None => {
                out.push('{');
                rest = &rest[1..];
                continue;
            }
        };
        out += &format!("{{{{ \"{taken}\" }}}}");
        rest = &rest[taken.len()..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_in_a_note_is_text_of_its_template() {
        for (text, before_tag, template) in [
            ("a {{ b }} c", false, "a {{ \"{{\" }} b }} c"),
            ("{%{#", false, "{{ \"{%\" }}{{ \"{#\" }}"),
            ("{{{", false, "{{ \"{{\" }}{"),
            ("{{{", true, "{{ \"{{\" }}{{ \"{\" }}"),
            ("a { b", true, "a { b"),
            ("}} %} #}", true, "}} %} #}"),
        ] {
            assert_eq!(escaped(text, before_tag), template);
        }
    }
}
