//! What a template says about itself, in a comment at its very start.

use super::sample::{self, Sample};
use crate::contact::FactKind;
use crate::context::{Channel, Kind};
use crate::diagnostic::{Diagnostic, Level};
use crate::text::yaml::{self, Located, Node, Places, YamlError};
use crate::text::{Language, Span, similar};

/// The id under which everything about front matter is reported.
pub(super) const RULE: &str = "template/front-matter";

const KEYS: &[&str] =
    &["title", "kind", "channel", "language", "by_name", "needs", "may", "subject", "samples", "allow"];

/// What a template of the person it is written to, or of the writer, can ask for.
pub const FIELDS: &[&str] = &["first_name", "last_name", "company", "role", "profile", "language", "address"];

/// What a template says about itself.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// One line that says when to use it.
    pub title: String,
    /// What it is for.
    pub kind: Kind,
    /// Where it is sent, if not where its kind usually is.
    pub channel: Option<Channel>,
    /// The language it is written in.
    pub language: String,
    /// Whether it is used only when somebody asks for it by name, because it says something of the writer that no
    /// fact tells: that they are hiring, that they have moved.
    pub by_name: bool,
    /// What it cannot do without.
    pub needs: Vec<Located<Need>>,
    /// What it uses when it is there.
    pub may: Vec<Located<Need>>,
    /// The subject line, a template too.
    pub subject: Option<Located<String>>,
    /// Invented people that show what it gives.
    pub samples: Vec<Sample>,
    /// The rules that are silent in its notes: `spam/*`, `pushy/bump -- she asked me to`.
    pub allow: Vec<Located<String>>,
    /// Whether it says no more than what a part says that others include.
    pub(super) is_part: bool,
}

/// Something a template uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Need {
    /// A fact of a kind.
    Fact(FactKind),
    /// A field of the contact.
    Contact(&'static str),
    /// A field of the writer.
    Me(&'static str),
    /// Nothing: what a value that was not read stands for.
    #[default]
    Nothing,
}

impl Need {
    /// The word used in front matter, and in the template's body.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Fact(kind) => kind.as_str().to_owned(),
            Self::Contact(field) => format!("contact.{field}"),
            Self::Me(field) => format!("me.{field}"),
            Self::Nothing => String::new(),
        }
    }
}

impl std::str::FromStr for Need {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let field = |name: &str| FIELDS.iter().copied().find(|field| *field == name);
        if let Some(found) = text.strip_prefix("contact.").and_then(field) {
            return Ok(Self::Contact(found));
        }
        if let Some(found) = text.strip_prefix("me.").and_then(field) {
            return Ok(Self::Me(found));
        }
        if let Some(found) = field(text).filter(|name| *name != "role") {
            return Err(format!("“{text}” is a field of a person: write contact.{found} or me.{found}"));
        }
        if text.contains('.') {
            let known: Vec<_> = FIELDS.iter().flat_map(|f| [format!("contact.{f}"), format!("me.{f}")]).collect();
            let near = similar(text, known.iter().map(String::as_str));
            return Err(near.map_or_else(
                || format!("“{text}” is not a field: use {}", known.join(", ")),
                |near| format!("“{text}” is not a field: did you mean {near}?"),
            ));
        }
        text.parse().map(Self::Fact)
    }
}

/// Reads the front matter of a template whose id starts with a kind, which need not be said again.
/// `None` when there is none.
pub(super) fn read(id: &str, source: &str) -> Option<(FrontMatter, Vec<Diagnostic>)> {
    let inner = comment(source)?;
    let yaml = &source[inner.range()];
    let mut front = FrontMatter { language: "en".into(), ..FrontMatter::default() };
    let errors = match Places::parse(yaml) {
        Ok(places) => {
            let mut errors = take_all(&mut front, yaml, places.root());
            let allows_only = places.root().entries().iter().all(|(key, _)| key.text() == Some("allow"));
            front.is_part = allows_only && is_of_no_kind(id);
            if !front.is_part {
                errors.extend(missing(&mut front, id, places.root()));
            }
            errors
        }
        Err(error) => vec![error.with_quotes(yaml)],
    };
    let located = |need: Located<Need>| need.shift(inner.start);
    front.needs = front.needs.into_iter().map(located).collect();
    front.may = front.may.into_iter().map(located).collect();
    front.subject = front.subject.map(|subject| subject.shift(inner.start));
    front.samples = front.samples.into_iter().map(|sample| sample.shift(inner.start)).collect();
    front.allow = front.allow.into_iter().map(|entry| entry.shift(inner.start)).collect();
    let findings = errors.into_iter().map(|error| Diagnostic::from_yaml(RULE, error, inner.start)).collect();
    Some((front, findings))
}

/// Whether a template stands in a folder of no kind: to be included.
pub(super) fn is_of_no_kind(id: &str) -> bool {
    id.split_once('/').is_some_and(|(folder, _)| folder.parse::<Kind>().is_err())
}

/// The inside of the comment that a template starts with.
pub(super) fn comment(source: &str) -> Option<Span> {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let rest = source[start..].strip_prefix("{#")?;
    let inside = rest.find("#}")?;
    // Keys may start behind the brace, with the next ones at the start of their lines.
    let blank = rest[..inside].len() - rest[..inside].trim_start_matches(' ').len();
    let inner = Span::new(start + 2 + blank, start + 2 + inside);
    // A comment of words is a comment.
    source[inner.range()].lines().any(|line| line.trim_start().split(':').next().is_some_and(is_key)).then_some(inner)
}

fn is_key(word: &str) -> bool {
    KEYS.contains(&word.trim())
}

fn take_all(front: &mut FrontMatter, yaml: &str, root: &Node<'_>) -> Vec<YamlError> {
    let slips = yaml::slips(yaml, root).into_iter().map(|slip| slip.error);
    let mut errors: Vec<_> = slips.collect();
    let mut more = Vec::new();
    errors.extend(yaml::read_keys(root, KEYS, |key, node| {
        match key {
            "title" => front.title = yaml::text(node)?.value,
            "kind" => front.kind = yaml::parsed(node)?,
            "channel" => front.channel = Some(yaml::parsed(node)?),
            "language" => {
                let tag = yaml::text(node)?;
                let known = tag.value.parse::<Language>();
                known.map_err(|message| YamlError { message, help: None, span: tag.span })?;
                front.language = tag.value;
            }
            "by_name" => front.by_name = yaml::read(node)?,
            "needs" => front.needs = needs(node, &mut more)?,
            "may" => front.may = needs(node, &mut more)?,
            "subject" => front.subject = Some(yaml::text(node)?),
            "allow" => front.allow = yaml::texts(node)?,
            _ => front.samples = sample::all(node)?,
        }
        Ok(())
    }));
    errors.extend(more);
    errors
}

/// What must be said and is not.
fn missing(front: &mut FrontMatter, id: &str, root: &Node<'_>) -> Vec<YamlError> {
    let mut errors = Vec::new();
    let mut report = |message: &str, help: &str| {
        errors.push(YamlError { message: message.into(), help: Some(help.into()), span: Span::new(0, 0) });
    };
    if root.get("kind").is_none() {
        match id.split('/').next().unwrap_or_default().parse() {
            Ok(kind) => front.kind = kind,
            Err(_) => report("the front matter does not say the kind", "Add `kind: invite`, follow_up or message."),
        }
    }
    if front.title.is_empty() {
        report("the front matter has no title", "Add `title:` with one line that says when to use the template.");
    }
    let channel = front.channel.unwrap_or_else(|| front.kind.channel());
    if channel.has_subject() && front.subject.is_none() {
        report("a note on this channel has a subject, and the template has none", "Add `subject:` with one line.");
    }
    errors
}

/// A list of needs; each one that cannot be read is reported by itself.
fn needs(node: &Node<'_>, errors: &mut Vec<YamlError>) -> Result<Vec<Located<Need>>, YamlError> {
    let mut found = Vec::new();
    for Located { value, span } in yaml::texts(node)? {
        match value.parse() {
            Ok(need) => found.push(Located { value: need, span }),
            Err(message) => errors.push(YamlError { message, help: None, span }),
        }
    }
    Ok(found)
}

impl FrontMatter {
    /// Where the note is sent.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.channel.unwrap_or_else(|| self.kind.channel())
    }

    /// Whether the template says that it uses facts of a kind.
    #[must_use]
    pub fn uses(&self, kind: FactKind) -> bool {
        self.needs.iter().chain(&self.may).any(|need| need.value == Need::Fact(kind))
    }
}

/// A finding at the first line of a template, for what is wrong with it as a whole.
pub(super) fn at_start(message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(RULE, Level::Error, message, Span::new(0, 0)).with_help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(source: &str) -> (String, String) {
        let (_, findings) = read("invite/x", source).unwrap();
        let first = findings.first().unwrap();
        (first.message.clone(), source[first.span.range()].to_owned())
    }

    #[test]
    fn reads_what_a_template_says_about_itself() {
        let source = "{#\ntitle: You heard their talk\nneeds: [talk, me.role]\nmay: contact.company\nsamples:\n  - first_name: Zoë\n    facts:\n      - talk: async traits\n    from: { first_name: Noor, role: baker }\n    today: 2026-10-03\n#}\nHi";
        let (front, findings) = read("invite/x", source).unwrap();
        assert_eq!(findings, []);
        assert_eq!((front.kind, front.language.as_str()), (Kind::Invite, "en"));
        assert_eq!(front.needs.iter().map(|need| need.value.path()).collect::<Vec<_>>(), ["talk", "me.role"]);
        assert_eq!(&source[front.needs[1].span.range()], "me.role");
        let sample = &front.samples[0];
        assert_eq!((sample.contact.facts.len(), sample.me.first_name.as_str()), (1, "Noor"));
    }

    #[test]
    fn says_where_a_slip_is_and_what_was_meant() {
        let (message, at) = slip("{# titel: x\nkind: invite #}\nHi");
        assert!(message.contains("titel"), "{message}");
        assert_eq!(at, "titel");
        let (message, at) = slip("{# title: x\nneeds: [tlak] #}");
        assert_eq!((message.as_str(), at.as_str()), ("“tlak” is not a kind of fact: did you mean talk?", "tlak"));
        let (message, at) = slip("{# title: x\nneeds: [company] #}");
        assert_eq!(
            (message.as_str(), at.as_str()),
            ("“company” is a field of a person: write contact.company or me.company", "company")
        );
        let (message, _) = slip("{# title: x\nchannel: email #}");
        assert_eq!(message, "a note on this channel has a subject, and the template has none");
    }

    #[test]
    fn a_part_may_say_what_it_allows() {
        let (front, findings) = read("parts/x", "{# allow: [a/b, c/* -- why] #}\nHi").unwrap();
        assert!(findings.is_empty() && front.is_part, "{findings:?}");
        assert_eq!(front.allow[1].value, "c/* -- why");
        assert!(!read("parts/x", "{# allow: a/b\ntitle: x #}\nHi").unwrap().0.is_part);
        assert_eq!(slip("{# allow: [a/b] #}\nHi").0, "the front matter has no title");
    }

    #[test]
    fn a_comment_of_words_is_no_front_matter() {
        assert!(read("invite/x", "{# for talks #}\nHi").is_none());
        assert!(read("invite/x", "Hi").is_none());
    }
}
