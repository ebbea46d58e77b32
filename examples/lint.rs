//! Lints a note with the built-in rules: `cargo run --example lint`.

use cordial::context::{Context, Kind};
use cordial::lint::Linter;
use cordial::rule::RuleSet;
use cordial::text::Document;

const NOTE: &str = "Hi Ana, I came across your profile and would love to pick your brain.";

/// What is wrong with the note, a line for each finding.
pub(crate) fn findings() -> String {
    let rules = RuleSet::builtin();
    // A session keeps its buffers: use one for many notes. Threads share the linter, each with its own session.
    let mut session = Linter::new(&rules).session();
    let context = Context { kind: Kind::Invite, ..Context::default() };
    let found = session.lint(&Document::from_text(NOTE), &context);
    let line =
        |found: &cordial::diagnostic::Diagnostic| format!("{}: {} [{}]\n", found.level, found.message, found.rule);
    found.iter().map(line).collect()
}

#[expect(clippy::print_stdout, reason = "an example shows what it does")]
fn main() {
    print!("{}", findings());
}
