//! The file of a template made from a note: what it says of itself, and its sample people.

use std::fmt::Write as _;

use super::invent::{self, Cast};
use super::value::Source;
use super::{GoodNote, Reading};
use crate::compose::SampleNote;
use crate::contact::Contact;
use crate::template::{Library, Need, Template, TemplateFile, with_expected};
use crate::text::yaml::{quoted, scalar};

/// What stands for a title that only the author knows.
const TITLE: &str = "Say here when to use it";

/// A file to make.
pub(super) struct File<'a> {
    pub(super) library: &'a Library,
    /// The template's id.
    pub(super) id: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) note: &'a GoodNote<'a>,
    pub(super) reading: &'a Reading<'a>,
}

impl File<'_> {
    /// The text of the file, and the library with the template.
    pub(super) fn make(&self) -> (String, Library) {
        let (text, library, all) = self.with(false);
        if all {
            return (text, library);
        }
        // The note leaves no room for longer names than those of the real people.
        let (text, library, _) = self.with(true);
        (text, library)
    }

    /// The same with invented people of long or short names, and whether each of them gets a note.
    fn with(&self, short: bool) -> (String, Library, bool) {
        let text = format!("{}{}\n", self.front_matter(short), self.reading.body(&self.reading.note));
        let file = TemplateFile { id: self.id.to_owned(), name: self.id.to_owned(), text: text.clone() };
        let (library, file, _) = self.library.clone().with_file(file);
        let reading = library.read_samples(file, self.note.account, |_, _| Vec::new());
        let samples = library.of(file).map(|template| template.front().samples.as_slice()).unwrap_or_default();
        let given = samples
            .iter()
            .map(|sample| reading.notes.iter().find(|note| note.sample.span == sample.span).map(SampleNote::given));
        let given: Vec<_> = given.collect();
        let all = given.iter().all(Option::is_some);
        let text = with_expected(self.id, &text, &given).unwrap_or(text);
        (text, library, all)
    }

    fn front_matter(&self, short: bool) -> String {
        let used = self.reading.used();
        let needs = needs(self.reading, &used);
        let mut out =
            format!("{{#\ntitle: {}\n", line(self.title.or_else(|| self.usual_title(&needs)).unwrap_or(TITLE)));
        if self.note.language != "en" {
            let _ = writeln!(out, "language: {}", self.note.language);
        }
        if let Some(channel) = self.note.channel {
            let _ = writeln!(out, "channel: {}", channel.as_str());
        }
        if !needs.is_empty() {
            let _ = writeln!(out, "needs: [{}]", needs.iter().map(Need::path).collect::<Vec<_>>().join(", "));
        }
        if let Some(subject) = self.reading.subject.as_ref().map(|subject| self.reading.body(subject)) {
            let _ = writeln!(out, "subject: {}", in_comment(&quoted(&subject)));
        }
        out +=
            "# Invented people, and the note that each should get: `cordial template test` compares them.\nsamples:\n";
        // The second shows how the note reads without what may be missing.
        let casts = if used.iter().any(|source| source.is_optional()) { &[true, false][..] } else { &[true] };
        for &full in casts {
            let (contact, me) = invent::people(self.reading.order, &used, Cast { short, full });
            out += &sample(&contact, &me);
        }
        out += "#}\n";
        // A file has one kind of line breaks, if its note has.
        let breaks = self.note.text.matches("\r\n").count();
        if breaks > 0 && breaks == self.note.text.matches('\n').count() { out.replace('\n', "\r\n") } else { out }
    }

    /// The title of the built-in template that needs the same facts.
    fn usual_title(&self, needs: &[Need]) -> Option<&str> {
        let facts = |needs: &mut dyn Iterator<Item = &Need>| {
            let mut facts: Vec<_> = needs.filter(|need| matches!(need, Need::Fact(_))).map(Need::path).collect();
            facts.sort_unstable();
            facts
        };
        let wanted = facts(&mut needs.iter());
        let folder = |id: &str| id.split('/').next().map(str::to_owned);
        let is_like = |template: &&Template| {
            let front = template.front();
            template.is_builtin() && !front.by_name && facts(&mut front.needs.iter().map(|need| &need.value)) == wanted
        };
        let mut like: Vec<&Template> = self.library.templates().filter(is_like).collect();
        // One for the same purpose goes first.
        like.sort_by_key(|template| folder(template.id()) != folder(self.id));
        like.first().filter(|_| !wanted.is_empty()).map(|template| template.front().title.as_str())
    }
}

/// What the template cannot do without: facts first.
fn needs(reading: &Reading<'_>, used: &[Source]) -> Vec<Need> {
    let need = |source: &Source| match *source {
        Source::What(fact) => Some(Need::Fact(reading.order.facts[fact].kind)),
        Source::Contact(field) => Some(Need::Contact(field)).filter(|_| field != "first_name"),
        Source::Me(field) => Some(Need::Me(field)),
        Source::Detail(_) | Source::When(_) => None,
    };
    let mut needs: Vec<_> = used.iter().filter_map(need).collect();
    needs.sort_by_key(|need| !matches!(need, Need::Fact(_)));
    needs
}

/// A sample as lines of front matter, but for its note.
fn sample(contact: &Contact, me: &Contact) -> String {
    let mut out = String::new();
    for (at, (key, value)) in fields(contact).into_iter().enumerate() {
        let _ = writeln!(out, "  {} {key}: {}", if at == 0 { "-" } else { " " }, line(&value));
    }
    let facts = contact.facts.iter().map(|fact| {
        let mut text = format!("{}: {}", fact.kind, line(&fact.what));
        if let Some(detail) = &fact.detail {
            let _ = write!(text, ", detail: {}", line(detail));
        }
        if let Some(when) = &fact.when {
            let _ = write!(text, ", when: {when}");
        }
        format!("{{ {text} }}")
    });
    let facts: Vec<_> = facts.collect();
    if !facts.is_empty() {
        let _ = writeln!(out, "    facts: [{}]", facts.join(", "));
    }
    let mine: Vec<_> = fields(me).iter().map(|(key, value)| format!("{key}: {}", line(value))).collect();
    if !mine.is_empty() {
        let _ = writeln!(out, "    from: {{ {} }}", mine.join(", "));
    }
    if contact.facts.iter().any(|fact| fact.when.is_some()) {
        let _ = writeln!(out, "    today: {}", invent::DAYS.1);
    }
    out
}

/// The fields of a person that are set.
fn fields(person: &Contact) -> Vec<(&'static str, String)> {
    let all = [
        ("first_name", Some(&person.first_name).filter(|name| !name.is_empty())),
        ("last_name", person.last_name.as_ref()),
        ("company", person.company.as_ref()),
        ("role", person.role.as_ref()),
        ("profile", person.profile.as_ref()),
    ];
    all.into_iter().filter_map(|(key, value)| Some((key, value?.clone()))).collect()
}

/// Text as a value on one line that does not end the comment it stands in.
fn line(text: &str) -> String {
    in_comment(&scalar(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// A YAML value that does not end the comment it stands in.
fn in_comment(value: &str) -> String {
    value.replace("#}", "#\\x7d")
}
