//! What there is to say about a rule beside its findings.

use crate::diagnostic::Level;
use crate::rule::{Listed, RuleSet};
use crate::text::Language;

/// A rule, as a list of findings explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutRule {
    /// What it finds: one line.
    pub summary: String,
    /// Why it matters.
    pub why: Option<String>,
    /// What to write instead.
    pub help: Option<String>,
    /// Where that is known from: addresses.
    pub sources: Vec<String>,
    /// A page about it: the first source of a user's own rule. The sources of the built-in ones are evidence.
    pub page: Option<String>,
    /// What its findings weigh at most.
    pub level: Level,
}

impl AboutRule {
    /// What a rule's file says. Of its translations that in the note's language, else the first.
    pub(super) fn of(rules: &RuleSet, id: &str, language: Option<Language>, level: Level) -> Self {
        let mut same = rules.rules().filter(|listed| listed.rule.id == id && !listed.replaced);
        let first = same.next();
        let is_theirs =
            |listed: &Listed<'_>| listed.rule.language.as_deref() == language.as_ref().map(Language::as_str);
        let theirs = || same.find(is_theirs);
        let Some(listed) = first.filter(is_theirs).or_else(theirs).or(first) else { return Self::of_house(id, level) };
        let doc = listed.doc().unwrap_or_default();
        let (heaviest, _) = crate::report::rule::levels(&listed);
        Self {
            summary: listed.rule.summary.clone(),
            why: doc.why,
            help: listed.rule.help.clone(),
            page: doc.source.iter().find(|source| listed.own && source.starts_with("https://")).cloned(),
            sources: doc.source,
            level: heaviest,
        }
    }

    /// What is reported of files under an id that no rule has.
    pub(super) fn of_house(id: &str, level: Level) -> Self {
        let summary = HOUSE.iter().find(|(known, _)| *known == id).map(|(_, summary)| (*summary).to_owned());
        let summary = summary.unwrap_or_else(|| {
            let (pack, name) = id.split_once('/').unwrap_or(("file", id));
            format!("Something about a {pack}: {}", name.replace('-', " "))
        });
        Self { summary, why: None, help: None, sources: Vec::new(), page: None, level }
    }
}

/// What is reported of templates.
const HOUSE: &[(&str, &str)] = &[
    ("template/front-matter", "The front matter of a template says something that cannot be read"),
    ("template/language", "A template writes words of another language than its own"),
    ("template/limit", "A template is too large, or its loops are"),
    ("template/missing", "A template prints a value that not everybody has"),
    ("template/render", "A template cannot be filled in"),
    ("template/samples", "A template's sample people do not show that it works"),
    ("template/syntax", "A template is not what Tera can read"),
    ("template/undeclared", "A template uses a kind of fact that its front matter does not name"),
    ("template/undefined", "A template prints something that does not exist"),
    ("template/unused", "A template needs something that it does not use"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_tells_what_its_file_says_and_a_template_finding_what_it_is() {
        let rules = RuleSet::builtin();
        let bump = AboutRule::of(&rules, "pushy/bump", Some(Language::ENGLISH), Level::Suggestion);
        assert!(bump.summary.starts_with("A reminder") && bump.why.is_some() && bump.help.is_some(), "{bump:?}");
        assert_eq!(bump.level, Level::Warning);
        let german = AboutRule::of(&rules, "pushy/bump", Some(Language::GERMAN), Level::Warning);
        assert_ne!(german.help, bump.help);
        assert_eq!(
            AboutRule::of(&rules, "template/x-y", None, Level::Error).summary,
            "Something about a template: x y"
        );
    }
}
