use super::spec::RuleSpec;
use crate::diagnostic::Diagnostic;
use crate::text::yaml::{self, Places};

impl RuleSpec {
    /// Reads a rule file. `name` is its place, `<pack>/<name>`, for a translation with its language behind a dot.
    ///
    /// # Errors
    /// The first thing wrong with its YAML or its keys, at its place. What the rule's phrases and patterns say is
    /// checked when they are [compiled](crate::rule::RuleSet::with).
    pub fn from_yaml(name: &str, text: &str) -> Result<Self, Diagnostic> {
        let spec = Places::parse(text).and_then(|places| yaml::read::<Self>(places.root()));
        let spec = spec.map_err(|error| Diagnostic::from_yaml("rules", error, 0))?;
        Ok(spec.named(name))
    }
}
