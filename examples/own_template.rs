//! Lints a template of one's own as its sample people would read it: `cargo run --example own_template`.

use cordial::lint::Linter;
use cordial::rule::RuleSet;
use cordial::template::Library;

const TEMPLATE: &str = "{#
title: You heard them speak
needs: [talk]
samples:
  - first_name: Tessa
    facts: [{ talk: her talk on model drift }]
    from: { first_name: Noor }
#}
Hi {{ contact.first_name }}, {{ talk.what }} has stayed with me. I would love to pick your brain.
";

/// What is wrong with the template and with the notes it makes, a line for each finding.
pub(crate) fn findings() -> Vec<String> {
    let (library, broken) = Library::empty().with(&[("invite/talk".to_owned(), TEMPLATE.to_owned())]);
    let mut found: Vec<String> = broken.iter().map(|(_, finding)| finding.message.clone()).collect();
    let rules = RuleSet::builtin();
    let mut session = Linter::new(&rules).session();
    for template in library.templates() {
        let reading = library.read_samples(template.file(), None, |document, context| session.lint(document, context));
        found.extend(reading.findings.iter().map(|(_, finding)| finding.message.clone()));
        for note in reading.notes {
            let to = &note.sample.contact.first_name;
            found.extend(note.draft.diagnostics.iter().map(|finding| format!("to {to}: {}", finding.message)));
        }
    }
    found
}

#[expect(clippy::print_stdout, reason = "an example shows what it does")]
fn main() {
    findings().iter().for_each(|finding| println!("{finding}"));
}
