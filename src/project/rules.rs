use super::{Files, NamedText, Problem, Project, read::shown};
use crate::diagnostic::{Diagnostic, Level};
use crate::rule::pack::SpecError;
use crate::rule::spec::RuleSpec;
use crate::rule::{self, RuleSet, Selection};

impl Project {
    /// The built-in rules with the project's own and its levels. Broken rules are told of; the others run.
    #[must_use]
    pub fn rule_set(&self, files: &Files) -> (RuleSet, Vec<Problem>) {
        let (own, mut problems) = self.rules(files);
        let mut set = RuleSet::builtin();
        if !own.is_empty() {
            let (specs, broken) = read_rules(&own);
            problems.extend(broken);
            let sources: Vec<&NamedText> = specs.iter().map(|(source, _)| *source).collect();
            let specs: Vec<RuleSpec> = specs.into_iter().map(|(_, spec)| spec).collect();
            let (with, errors) = set.with(&specs);
            problems.extend(errors.iter().map(|(number, error)| rule_problem(sources[*number], error)));
            set = with;
        }
        let ids: Vec<&str> = set.rules().map(|listed| listed.rule.id.as_str()).collect();
        problems.extend(self.unknown_levels(&ids));
        if self.config.levels.is_empty() {
            return (set, problems);
        }
        let levels = self.config.levels.iter().map(|(id, setting)| (id.value.clone(), *setting)).collect();
        (set.select(&Selection { levels }), problems)
    }
}

/// Reads rule files. Of two with one id the last counts.
#[must_use]
pub fn read_rules(sources: &[NamedText]) -> (Vec<(&NamedText, RuleSpec)>, Vec<Problem>) {
    let mut specs: Vec<(&NamedText, RuleSpec)> = Vec::new();
    let mut problems = Vec::new();
    for source in sources {
        match rule::read(&source.name, &source.text) {
            Ok(spec) => {
                specs.retain(|(_, other)| other.id != spec.id);
                specs.push((source, spec));
            }
            Err(error) => problems.push(Problem::from_diagnostic(&shown(&source.file), &source.text, &error)),
        }
    }
    (specs, problems)
}

/// What is wrong with a rule, at its place in the file.
fn rule_problem(source: &NamedText, error: &SpecError) -> Problem {
    let span = rule::place(&source.text, &error.path, error.at);
    let diagnostic = Diagnostic::new(rule::RULE, Level::Error, error.message.clone(), span);
    Problem::from_diagnostic(&shown(&source.file), &source.text, &diagnostic)
}
