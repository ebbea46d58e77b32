use super::Sameness;
use crate::diagnostic::{Diagnostic, Level};
use crate::rule::RuleSet;
use crate::text::similar;
use crate::text::yaml::Located;

/// Takes away the findings of rules that a draft allows: `pushy/bump`, `spam/*`, each perhaps with a reason behind
/// ` -- `. Returns, with bytes of the draft's file, which entries name no rule and which had nothing to do.
#[must_use]
pub fn allow(diagnostics: &mut Vec<Diagnostic>, allowed: &[Located<String>], rules: &RuleSet) -> Vec<Diagnostic> {
    let mut idle = Vec::new();
    for entry in allowed {
        let id = id(&entry.value);
        let names = |rule: &str| allows(&entry.value, rule);
        let known: Vec<&str> = rules.rules().map(|listed| listed.rule.id.as_str()).collect();
        if !known.iter().any(|rule| names(rule)) {
            let message = format!("`allow` names a rule that does not exist: {id}");
            let help = similar(id, known)
                .map_or_else(|| "`cordial rule list` shows them.".to_owned(), |near| format!("Did you mean {near}?"));
            idle.push(Diagnostic::new("draft", Level::Warning, message, entry.span).with_help(help));
            continue;
        }
        let before = diagnostics.len();
        diagnostics.retain(|found| !names(&found.rule));
        // Whether a note is like others is known at the end of the run only.
        let compares = Sameness::new(rules).is_some_and(|sameness| names(sameness.rule()));
        if diagnostics.len() == before && !compares {
            let message = format!("`allow` has nothing to do: {id} finds nothing in this note");
            idle.push(Diagnostic::new("draft", Level::Warning, message, entry.span).with_help("Take the entry out."));
        }
    }
    idle
}

/// Whether an entry of `allow` names a rule: `pushy/bump`, `spam/* -- she asked me to`.
#[must_use]
pub fn allows(entry: &str, rule: &str) -> bool {
    let id = id(entry);
    rule == id || id.strip_suffix('*').is_some_and(|pack| rule.starts_with(pack))
}

/// An entry without its reason.
fn id(entry: &str) -> &str {
    entry.split(" -- ").next().unwrap_or_default().trim()
}
