//! Composes a note from what is known about a person: `cargo run --example compose`.

use cordial::compose::Request;
use cordial::contact::{Contact, Fact, FactKind};
use cordial::lint::Linter;
use cordial::rule::RuleSet;
use cordial::template::Library;

/// The note, or why there is none.
pub(crate) fn note() -> Result<String, String> {
    let talk = Fact { kind: FactKind::Talk, what: "her talk on async traits".into(), detail: None, when: None };
    let ana = Contact { first_name: "Ana".into(), facts: vec![talk], ..Contact::default() };
    let rules = RuleSet::builtin();
    let mut session = Linter::new(&rules).session();
    let request = Request::default();
    // Every template that fits is tried; what the linter finds decides between them.
    let draft = Library::builtin().compose(&ana, &request, |document, context| session.lint(document, context));
    draft.map(|draft| draft.text).map_err(|why| format!("{why}\n{}", why.help()))
}

#[expect(clippy::print_stdout, reason = "an example shows what it does")]
fn main() {
    match note() {
        Ok(note) => println!("{note}"),
        Err(why) => println!("{why}"),
    }
}
