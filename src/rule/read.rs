use super::spec::RuleSpec;
use crate::diagnostic::Diagnostic;
use crate::text::yaml::{self, Places};

impl RuleSpec {
    /// Reads a rule file. `id` is its place, `<pack>/<name>`.
    ///
    /// # Errors
    /// The first thing wrong with its YAML or its keys, at its place. What the rule's phrases and patterns say is
    /// checked when they are [compiled](crate::rule::RuleSet::with).
    pub fn from_yaml(id: &str, text: &str) -> Result<Self, Diagnostic> {
        let spec = Places::parse(text).and_then(|places| yaml::read::<Self>(places.root()));
        let spec = spec.map_err(|error| Diagnostic::from_yaml("rules", error, 0))?;
        Ok(Self { id: id.to_owned(), ..spec })
    }
}
