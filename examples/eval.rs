//! Measures the built-in rules on labelled notes: `cargo run --example eval`.

use cordial::context::Context;
use cordial::eval::{Evaluation, Issues, LabelledNote, View};
use cordial::lint::Linter;
use cordial::report::figures;
use cordial::rule::RuleSet;

const NOTES: [&str; 2] = [
    r#"{"label": "good", "text": "Hi Ana, your talk on async traits at RustConf stayed with me."}"#,
    r#"{"label": "bad", "issues": ["generic"], "text": "Hi Ana, I came across your profile and want to connect."}"#,
];

/// How many good notes are flagged and bad ones missed, in a line.
pub(crate) fn totals() -> Result<String, serde_json::Error> {
    let rules = RuleSet::builtin();
    let (issues, _) = Issues::from_yaml("generic: generic/*");
    let mut evaluation = Evaluation::new(&Linter::new(&rules), Some(issues), Context::default());
    for line in NOTES {
        let note: LabelledNote<'_> = serde_json::from_str(line)?;
        let judged = evaluation.judge(&note);
        evaluation.count(&note, &judged);
    }
    Ok(evaluation.figures(View::Bare).map(|figures| figures::line(figures.all, true)).unwrap_or_default())
}

#[expect(clippy::print_stdout, reason = "an example shows what it does")]
fn main() -> Result<(), serde_json::Error> {
    println!("{}", totals()?);
    Ok(())
}
