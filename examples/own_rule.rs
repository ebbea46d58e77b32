//! Lints with a rule of one's own, after it proved itself: `cargo run --example own_rule`.

use cordial::context::Context;
use cordial::diagnostic::Diagnostic;
use cordial::lint::{Linter, prove};
use cordial::rule::RuleSet;
use cordial::rule::spec::RuleSpec;
use cordial::text::Document;

const RULE: &str = r#"
summary: Offers a coffee
level: warning
phrases:
  - (virtual|quick)? coffee
message: “{match}” asks for time before you have met
examples:
  flags:
    - { text: "Hi Ana, are you up for a virtual coffee next week?", match: virtual coffee }
  allows:
    - Hi Ana, your talk on brewing was a delight.
"#;

/// What the rule finds in a note, or what is wrong with the rule.
pub(crate) fn findings(note: &str) -> Result<Vec<Diagnostic>, String> {
    let spec = RuleSpec::from_yaml("my/coffee", RULE).map_err(|error| error.message)?;
    if let Some(failure) = prove(&spec).first() {
        return Err(format!("{}: {}", failure.path, failure.message));
    }
    let (rules, errors) = RuleSet::builtin().with(&[spec]);
    assert!(errors.is_empty(), "a proved rule compiles");
    let mut found = Linter::new(&rules).session().lint(&Document::from_text(note), &Context::default());
    found.retain(|found| &*found.rule == "my/coffee");
    Ok(found)
}

#[expect(clippy::print_stdout, reason = "an example shows what it does")]
fn main() {
    println!("{:#?}", findings("Hi Ana, how about a quick coffee near the station?"));
}
