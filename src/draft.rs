//! Drafts as they stand in files: front matter between `---` lines at the very top, and the note.

use crate::context::{Account, Channel, Kind};
use crate::diagnostic::Diagnostic;
use crate::text::yaml::{self, Located, Places, YamlError, parsed, quoted, read_keys, scalar, text, texts};
use crate::text::{Language, Span};

/// The id under which everything about front matter is reported.
const RULE: &str = "draft";

/// What a draft's front matter says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// Whom the note is for: an id, or a part of a name.
    pub contact: Option<Located<String>>,
    /// What the note is for.
    pub kind: Option<Kind>,
    /// Where it will be sent.
    pub channel: Option<Channel>,
    /// The writer's account.
    pub account: Option<Account>,
    /// The language it is written in.
    pub language: Option<Language>,
    /// The subject line.
    pub subject: Option<Located<String>>,
    /// The rules that are silent in this note: `spam/*`, `pushy/bump -- she asked me to`.
    pub allow: Vec<Located<String>>,
}

/// A draft's file, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What the front matter says; nothing, where there is none.
    pub front_matter: FrontMatter,
    /// The bytes of the note. A byte-order mark and outer white space are not part of it.
    pub note: Span,
}

/// Takes a draft's file apart. What is wrong with the front matter is reported with bytes of `text`; the keys that
/// are right count all the same.
#[must_use]
pub fn read(text: &str) -> (Draft, Vec<Diagnostic>) {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    match header(text, start) {
        Header::None => (Draft { note: trimmed(text, start), ..Draft::default() }, Vec::new()),
        Header::Open(line) => {
            let message = "the front matter is opened here and not closed";
            let help = "Put a line `---` behind it; if this is part of the note, put an empty line above.";
            let error = YamlError { message: message.to_owned(), help: Some(help.to_owned()), span: line };
            let draft = Draft { note: trimmed(text, start), ..Draft::default() };
            (draft, vec![Diagnostic::from_yaml(RULE, error, 0)])
        }
        Header::Closed { inside, end } => {
            let source = &text[inside.range()];
            let (front_matter, errors) = front_matter(source, inside.start);
            let found = errors.into_iter().map(|error| Diagnostic::from_yaml(RULE, error, inside.start)).collect();
            (Draft { front_matter, note: trimmed(text, end) }, found)
        }
    }
}

enum Header {
    None,
    /// The opening line, without a closing one.
    Open(Span),
    Closed {
        /// What stands between the lines.
        inside: Span,
        /// Where the closing line ends.
        end: usize,
    },
}

/// Finds the front matter of a text whose first byte, behind a byte-order mark, is `start`.
fn header(text: &str, start: usize) -> Header {
    let is_fence = |line: &str| line.trim_end() == "---";
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| is_fence(line)) else { return Header::None };
    let mut at = start + first.len();
    let opened = at;
    for line in lines {
        if is_fence(line) {
            return Header::Closed { inside: Span::new(opened, at), end: at + line.len() };
        }
        at += line.len();
    }
    Header::Open(Span::new(start, start + 3))
}

/// The span of the text from `start` on without outer white space.
fn trimmed(text: &str, start: usize) -> Span {
    let rest = &text[start..];
    let start = start + rest.len() - rest.trim_start().len();
    Span::new(start, start + rest.trim().len())
}

fn front_matter(source: &str, offset: usize) -> (FrontMatter, Vec<YamlError>) {
    const KNOWN: &[&str] = &["contact", "kind", "channel", "account", "language", "subject", "allow"];
    let mut front = FrontMatter::default();
    let places = match Places::parse(source) {
        Ok(places) => places,
        Err(error) => return (front, vec![error]),
    };
    let mut errors = read_keys(places.root(), KNOWN, |key, value| {
        let here = |text: Located<String>| text.shift(offset);
        match key {
            "contact" => front.contact = Some(here(text(value)?)),
            "kind" => front.kind = Some(parsed(value)?),
            "channel" => front.channel = Some(parsed(value)?),
            "account" => front.account = Some(parsed(value)?),
            "language" => front.language = Some(parsed(value)?),
            "subject" => front.subject = Some(here(text(value)?)),
            _ => front.allow = texts(value)?.into_iter().map(here).collect(),
        }
        Ok(())
    });
    errors.extend(yaml::slips(source, places.root()).into_iter().map(|slip| slip.error));
    (front, errors.into_iter().map(|error| error.with_quotes(source)).collect())
}

impl FrontMatter {
    /// The text of a draft's file: this front matter, if it says anything, and the note.
    #[must_use]
    pub fn write(&self, note: &str) -> String {
        // A comma would end the entry.
        let entry = |text: &str| if text.contains(',') { quoted(text) } else { scalar(text).into_owned() };
        let allow: Vec<_> = self.allow.iter().map(|rule| entry(&rule.value)).collect();
        let lines = [
            ("contact", self.contact.as_ref().map(|contact| scalar(&contact.value).into_owned())),
            ("kind", self.kind.map(|kind| kind.to_string())),
            ("channel", self.channel.map(|channel| channel.to_string())),
            ("account", self.account.map(|account| account.as_str().to_owned())),
            ("language", self.language.map(|language| language.to_string())),
            ("subject", self.subject.as_ref().map(|subject| scalar(&subject.value).into_owned())),
            ("allow", (!allow.is_empty()).then(|| format!("[{}]", allow.join(", ")))),
        ];
        let said: String = lines.into_iter().filter_map(|(key, value)| Some(format!("{key}: {}\n", value?))).collect();
        // A note that starts with `---` would be taken for front matter.
        let note = note.trim();
        let fence = if said.is_empty() && !note.starts_with("---") { "" } else { "---\n" };
        let gap = if fence.is_empty() { "" } else { "\n" };
        format!("{fence}{said}{fence}{gap}{note}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: &str) -> (&str, Vec<String>) {
        let (draft, found) = read(text);
        (&text[draft.note.range()], found.into_iter().map(|diagnostic| diagnostic.message).collect())
    }

    #[test]
    fn the_note_is_what_follows_the_front_matter_without_outer_white_space() {
        for (text, expected) in [
            ("Hi Ana\r\n\r\nBo\r\n", "Hi Ana\r\n\r\nBo"),
            ("\u{feff}\n  Hi Ana", "Hi Ana"),
            ("\u{feff}---\r\nkind: invite\r\n---  \r\n\r\nHi Ana\r\n", "Hi Ana"),
            ("---\n---\n", ""),
            ("---\n---", ""),
            ("Hi\n---\nkind: x\n---\n", "Hi\n---\nkind: x\n---"),
            ("\n---\nHi", "---\nHi"),
            ("--- Hi", "--- Hi"),
            ("", ""),
        ] {
            assert_eq!(note(text), (expected, Vec::new()), "{text:?}");
        }
    }

    #[test]
    fn reads_what_the_front_matter_says() {
        let text = "---\ncontact: ana\nkind: follow-up\nchannel: email\naccount: premium\nlanguage: de-AT\n\
            subject: \"Hi: you\"\nallow: [spam/*, a/b]\n---\nHi";
        let (draft, found) = read(text);
        let front = draft.front_matter;
        assert_eq!(found, []);
        assert_eq!((front.kind, front.channel), (Some(Kind::FollowUp), Some(Channel::Email)));
        assert_eq!((front.account, front.language), (Some(Account::Premium), Some(Language::GERMAN)));
        assert_eq!(front.subject.as_ref().map(|subject| &*subject.value), Some("Hi: you"));
        assert_eq!(front.contact.map(|contact| &text[contact.span.range()]), Some("ana"));
        let allowed: Vec<_> = front.allow.iter().map(|rule| (&*rule.value, &text[rule.span.range()])).collect();
        assert_eq!(allowed, [("spam/*", "spam/*"), ("a/b", "a/b")]);
    }

    #[test]
    fn what_is_wrong_is_reported_at_its_place_and_the_rest_counts() {
        for (line, place, message, help) in [
            ("kontact: ana", "kontact", "there is no key `kontact` here", "Did you mean `contact`?"),
            ("kind: invites", "invites", "“invites” is not a kind of note", ""),
            ("channel: mail", "mail", "“mail” is not a channel", ""),
            ("account: gold", "gold", "“gold” is not an account", ""),
            ("language: tlh", "tlh", "“tlh” is no language that cordial knows", ""),
            ("subject: Rust: the hard parts", ": the", "a colon inside", "Write: subject: \"Rust: the hard parts\""),
            ("subject: #hiring", "#hiring", "`subject` is empty", "Write: subject: \"#hiring\""),
            ("allow: {a: b}", "a: b", "expected a list, found keys", ""),
            ("- a", "a", "this line does not line up", ""),
        ] {
            let text = format!("\u{feff}---\ncontact: bo\n{line}\n---\nHi");
            let (draft, found) = read(&text);
            assert_eq!(&text[draft.note.range()], "Hi");
            assert_eq!(found.len(), 1, "{line}: {found:?}");
            assert!(found[0].message.starts_with(message), "{line}: {found:?}");
            assert!(found[0].help.as_deref().unwrap_or_default().starts_with(help), "{line}: {found:?}");
            assert!(text[found[0].span.start..].starts_with(place), "{line}: {found:?}");
            if !line.contains(": the") && !line.starts_with('-') {
                assert!(draft.front_matter.contact.is_some(), "{line}");
            }
        }
        assert_eq!(note("---\nHi Ana").1, ["the front matter is opened here and not closed"]);
        assert_eq!(note("---\nHi Ana\n---\n").1, ["expected lines of `key: value`, found text"]);
    }

    proptest::proptest! {
        #[test]
        fn reading_never_panics_and_keeps_to_the_text(
            text in "\u{feff}?(---[ \r]?\n)?((contact|kind|subject|allow|x): |[-#:'\"\\[\\]a-c\r\n \t]|é|\u{a0}|---\n){0,30}",
        ) {
            let (draft, found) = read(&text);
            assert_eq!(text[draft.note.range()].trim(), &text[draft.note.range()]);
            for diagnostic in found {
                assert!(text.get(diagnostic.span.range()).is_some(), "{diagnostic:?}");
            }
        }

        #[test]
        fn what_is_written_is_read_back(contact in "[a-z-]{1,9}", subject in "[a-c:#\"' é\n-]{1,9}", note in "[a-c -]{0,5}(\n[a-c -]{0,4})?") {
            let said = |value: &str| Some(Located { value: value.trim().to_owned(), span: Span::default() });
            let front = FrontMatter { contact: said(&contact), subject: said(&subject), kind: Some(Kind::Message), ..FrontMatter::default() };
            for front in [front, FrontMatter::default()] {
                let text = front.write(&note);
                let (draft, found) = read(&text);
                assert_eq!(found, []);
                assert_eq!(&text[draft.note.range()], note.trim());
                assert_eq!(draft.front_matter.kind, front.kind);
                let words = |value: Option<Located<String>>| value.map(|value| value.value);
                assert_eq!(words(draft.front_matter.contact), words(front.contact));
                assert_eq!(words(draft.front_matter.subject), words(front.subject));
            }
        }
    }
}
