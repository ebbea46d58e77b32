//! Asking for a person, where nobody was named.

use super::Failure;
use super::described;
use super::flags::fact;
use crate::cli::Terminal;
use crate::cli::workspace;
use crate::contact::{Contact, Fact, FactKind, find};
use crate::report::{Ink, wrap};

/// Asks who the note is for and, if they are new, what you share.
pub(super) fn person(people: &workspace::People, terminal: &mut Terminal) -> Result<Contact, Failure> {
    loop {
        let Some(name) = terminal.ask("Who is the note for? (a name) ")? else {
            return Err(Failure::new("nobody was named"));
        };
        if name.is_empty() {
            continue;
        }
        let mut contact = match find(&people.contacts, &name) {
            Ok(known) => known.clone(),
            Err(error) if !error.ambiguous.is_empty() => {
                terminal.say(&format!("{error}. Type the whole name, or one of these."));
                continue;
            }
            Err(_) => described(&name).unwrap_or_default(),
        };
        if contact.facts.is_empty() {
            contact.facts = facts(&contact.first_name, terminal)?;
        }
        return Ok(contact);
    }
}

/// Asks for facts until an empty line.
fn facts(name: &str, terminal: &mut Terminal) -> Result<Vec<Fact>, Failure> {
    let style = terminal.stderr_style();
    terminal.say(&format!("How do you know {name}? Choose a number; press Enter alone when that is all."));
    for (at, kind) in FactKind::ALL.into_iter().enumerate() {
        let example = style.paint(Ink::Dim, kind.sentence());
        // Where there is little room the word says enough.
        let example = if style.width < 76 { String::new() } else { format!(" {example}") };
        terminal.tell(format!("  {:>2}  {:<13}{example}", at + 1, kind.as_str()).trim_end());
        terminal.tell("\n");
    }
    let mut facts: Vec<Fact> = Vec::new();
    while let Some(answer) = terminal.ask("> ")? {
        if answer.is_empty() {
            if facts.is_empty() {
                terminal.say("One thing is enough. Without any there is nothing to build a note on.");
                continue;
            }
            return Ok(facts);
        }
        let (word, rest) = answer.split_once(char::is_whitespace).unwrap_or((&answer, ""));
        let Some(kind) = kind(word) else {
            terminal.say("Type a number of the list, or a word such as talk.");
            continue;
        };
        let what = match rest.trim() {
            "" => terminal.ask(&format!("{} (such as {}): ", kind.as_str(), kind.example()))?.unwrap_or_default(),
            rest => rest.to_owned(),
        };
        let fact = fact(kind, what.trim_start_matches(':'));
        match fact.printed() {
            Ok(printed) => {
                terminal.tell(&wrap::labelled("Noted", Ink::Good, &printed, style));
                facts.push(fact);
            }
            Err(error) => {
                terminal.tell(&wrap::labelled("warning", Ink::Warning, &error.to_string(), style));
                terminal.tell(&wrap::labelled("help", Ink::Help, &error.help(), style));
            }
        }
    }
    Ok(facts)
}

fn kind(word: &str) -> Option<FactKind> {
    let word = word.trim_end_matches([':', '.', ')']);
    let by_number = word.parse::<usize>().ok().and_then(|number| FactKind::ALL.get(number.checked_sub(1)?).copied());
    by_number.or_else(|| word.to_lowercase().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_a_number_or_a_word() {
        assert_eq!(kind("1"), Some(FactKind::Event));
        assert_eq!(kind("14."), Some(FactKind::News));
        assert_eq!(kind("Talk:"), Some(FactKind::Talk));
        assert_eq!(kind("0"), None);
        assert_eq!(kind("15"), None);
        assert_eq!(kind("dance"), None);
    }
}
