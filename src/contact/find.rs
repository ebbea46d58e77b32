use std::fmt;

use super::Contact;
use crate::text::similar;

/// Nobody, or more than one person, goes by a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFound {
    /// What was looked for.
    pub query: String,
    /// The ids of all it could mean; empty when it means nobody.
    pub ambiguous: Vec<String>,
    /// The id of a person whose name is written much like it.
    pub did_you_mean: Option<String>,
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query = &self.query;
        match (&self.ambiguous[..], &self.did_you_mean) {
            ([], Some(near)) => write!(f, "nobody is called “{query}”: did you mean {near}?"),
            ([], None) => write!(f, "nobody is called “{query}”"),
            (ids, _) => {
                let shown = ids.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
                let more = if ids.len() > 5 { ", …" } else { "" };
                write!(f, "“{query}” could be {} people: {shown}{more}", ids.len())
            }
        }
    }
}

impl std::error::Error for NotFound {}

impl Contact {
    /// First and last name.
    #[must_use]
    pub fn full_name(&self) -> String {
        match &self.last_name {
            Some(last) => format!("{} {last}", self.first_name),
            None => self.first_name.clone(),
        }
    }
}

/// Finds one person by id, name, or a part of either. Capitals and accents do not matter. A whole id or name goes
/// before a part of one.
///
/// # Errors
/// Nobody fits, or several fit equally well.
pub fn find<'c>(contacts: &'c [Contact], query: &str) -> Result<&'c Contact, NotFound> {
    let wanted = folded(query);
    let not_found = |ambiguous, did_you_mean| NotFound { query: query.trim().to_owned(), ambiguous, did_you_mean };
    if wanted.is_empty() {
        return Err(not_found(Vec::new(), None));
    }
    for closeness in CLOSENESS {
        let found: Vec<_> = contacts.iter().filter(|contact| closeness(contact, &wanted)).collect();
        match found[..] {
            [] => {}
            [one] => return Ok(one),
            _ => return Err(not_found(found.iter().map(|contact| contact.id.clone()).collect(), None)),
        }
    }
    Err(not_found(Vec::new(), nearest(contacts, &wanted)))
}

/// Ways in which a query means a person, the surest first.
const CLOSENESS: [fn(&Contact, &str) -> bool; 4] = [
    |contact, wanted| contact.id == wanted,
    |contact, wanted| folded(&contact.full_name()) == wanted,
    |contact, wanted| names(contact).any(|name| name == wanted),
    |contact, wanted| contact.id.contains(wanted) || folded(&contact.full_name()).contains(wanted),
];

fn names(contact: &Contact) -> impl Iterator<Item = String> {
    std::iter::once(&contact.first_name).chain(&contact.last_name).map(|name| folded(name))
}

fn folded(text: &str) -> String {
    deunicode::deunicode(text.trim()).to_lowercase()
}

/// The id of the person with the name most like `wanted`.
fn nearest(contacts: &[Contact], wanted: &str) -> Option<String> {
    let spellings: Vec<_> = contacts
        .iter()
        .flat_map(|contact| {
            let all = names(contact).chain([contact.id.clone(), folded(&contact.full_name())]);
            all.map(move |spelling| (spelling, &contact.id))
        })
        .collect();
    let near = similar(wanted, spellings.iter().map(|(spelling, _)| spelling.as_str()))?;
    spellings.iter().find(|(spelling, _)| spelling == near).map(|(_, id)| (*id).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> Vec<Contact> {
        [("ana-ruiz", "Ana", "Ruíz"), ("diana-ruiz", "Diana", "Ruiz"), ("jo", "Jörg", "Ólafsson")]
            .map(|(id, first, last)| Contact {
                id: id.into(),
                first_name: first.into(),
                last_name: Some(last.into()),
                ..Contact::default()
            })
            .into()
    }

    #[test]
    fn finds_one_person_by_id_name_or_part() {
        for (query, id) in [
            ("jo", "jo"),
            ("ana", "ana-ruiz"),
            ("ANA RUIZ", "ana-ruiz"),
            (" diana", "diana-ruiz"),
            ("jorg", "jo"),
            ("ólaf", "jo"),
        ] {
            assert_eq!(find(&people(), query).unwrap().id, id, "{query}");
        }
    }

    #[test]
    fn says_who_else_it_could_be() {
        for (query, message) in [
            ("ruiz", "“ruiz” could be 2 people: ana-ruiz, diana-ruiz"),
            ("Dianna", "nobody is called “Dianna”: did you mean diana-ruiz?"),
            ("Zoltan", "nobody is called “Zoltan”"),
            ("  ", "nobody is called “”"),
        ] {
            assert_eq!(find(&people(), query).unwrap_err().to_string(), message);
        }
    }
}
