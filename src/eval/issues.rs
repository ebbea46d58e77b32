use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Diagnostic, Level};
use crate::rule::RuleSet;
use crate::text::similar;
use crate::text::yaml::{Located, Places, texts};

/// The id under which everything about the table is reported.
const RULE: &str = "issues";

/// Which rules stand for which issue of a corpus: a finding of theirs in a note with that issue is there for the right
/// reason.
///
/// An entry is a rule (`pushy/bump`), a pack (`pushy/*`) or all rules (`*`). What is said of a rule goes before what is said
/// of its pack, and that before what is said of all: a rule that is named anywhere stands only for the issues that name
/// it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issues {
    rows: BTreeMap<String, Vec<Located<String>>>,
}

impl Issues {
    /// Reads the table: a YAML mapping from issue to rules. The rows that can be read count; what is wrong with the
    /// others is reported with bytes of `text`.
    #[must_use]
    pub fn from_yaml(text: &str) -> (Self, Vec<Diagnostic>) {
        let mut issues = Self::default();
        let places = match Places::parse(text) {
            Ok(places) => places,
            Err(error) => return (issues, vec![Diagnostic::from_yaml(RULE, error, 0)]),
        };
        let root = places.root();
        let mut found = Vec::new();
        if root.entries().is_empty() && !root.is_null() {
            let message = format!("expected lines of `issue: rules`, found {}", root.describe());
            let help = "Write one issue a line, with its rules: `guilt: [pushy/guilt-trip]`.";
            found.push(Diagnostic::new(RULE, Level::Error, message, root.span).with_help(help));
        }
        for (issue, rules) in root.entries() {
            match texts(rules) {
                Ok(rules) => drop(issues.rows.insert(issue.text().unwrap_or_default().to_owned(), rules)),
                Err(error) => found.push(Diagnostic::from_yaml(RULE, error.with_quotes(text), 0)),
            }
        }
        (issues, found)
    }

    /// The entries that name no rule of these.
    #[must_use]
    pub fn unknown(&self, rules: &RuleSet) -> Vec<Diagnostic> {
        let ids: Vec<&str> = rules.rules().map(|listed| listed.rule.id.as_str()).collect();
        let entries = self.rows.values().flatten();
        let unknown = entries.filter(|entry| !ids.iter().any(|id| weight(&entry.value, id).is_some()));
        let diagnostic = |entry: &Located<String>| {
            let message = format!("there is no rule “{}”", entry.value);
            let help = match similar(&entry.value, ids.iter().copied()) {
                Some(near) => format!("Did you mean {near}?"),
                None => "Write a rule's id or `pack/*`; `cordial rule list --all` shows them.".to_owned(),
            };
            Diagnostic::new(RULE, Level::Error, message, entry.span).with_help(help)
        };
        unknown.map(diagnostic).collect()
    }

    /// Whether the table has a row for an issue.
    #[must_use]
    pub fn names(&self, issue: &str) -> bool {
        self.rows.contains_key(issue)
    }

    /// Whether a finding of `rule` is what a reader who names this issue objects to.
    #[must_use]
    pub fn stands_for(&self, rule: &str, issue: &str) -> bool {
        let of = |entries: &[Located<String>]| entries.iter().filter_map(|entry| weight(&entry.value, rule)).max();
        let own = self.rows.get(issue).and_then(|entries| of(entries));
        own.is_some() && own == self.rows.values().filter_map(|entries| of(entries)).max()
    }
}

/// The table, looked up once for each rule there is.
#[derive(Debug)]
pub(super) struct Reasons {
    issues: Issues,
    by_rule: HashMap<String, Vec<String>>,
}

impl Reasons {
    pub(super) fn new(issues: Issues, rules: &RuleSet) -> Self {
        let of = |id: &str| issues.rows.keys().filter(|issue| issues.stands_for(id, issue)).cloned().collect();
        let by_rule = rules.rules().map(|listed| (listed.rule.id.clone(), of(&listed.rule.id))).collect();
        Self { issues, by_rule }
    }

    /// As [`Issues::names`].
    pub(super) fn names(&self, issue: &str) -> bool {
        self.issues.names(issue)
    }

    /// Whether a finding of `rule` is right in a note with one of these issues.
    pub(super) fn are_right(&self, rule: &str, named: &[String]) -> bool {
        self.by_rule.get(rule).is_some_and(|issues| issues.iter().any(|issue| named.contains(issue)))
    }
}

/// How exactly an entry names a rule, if it does: its id, its pack, or all rules.
fn weight(entry: &str, rule: &str) -> Option<u8> {
    match entry.strip_suffix('*') {
        _ if entry == rule => Some(2),
        Some("") => Some(0),
        Some(pack) if pack.ends_with('/') && rule.starts_with(pack) => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_is_named_goes_before_its_pack_and_that_before_all() {
        let (issues, found) = Issues::from_yaml(
            "guilt: pushy/guilt-trip\npushy: [pushy/*, pushy/bump]\ngeneric: [pushy/bump]\nother: '*'\n",
        );
        assert_eq!(found, []);
        for (rule, stands_for) in [
            ("pushy/guilt-trip", &["guilt"][..]),
            ("pushy/bump", &["generic", "pushy"]),
            ("pushy/must-language", &["pushy"]),
            ("spam/hype-claims", &["other"]),
        ] {
            let named: Vec<_> = issues.rows.keys().filter(|issue| issues.stands_for(rule, issue)).collect();
            assert_eq!(named, stands_for, "{rule}");
        }
        assert!(!issues.stands_for("spam/hype-claims", "salesy") && !issues.names("salesy"));
    }

    #[test]
    fn what_is_wrong_is_located_and_the_rest_counts() {
        let text = "guilt: [pushy/guilt-tripp, nothing/*]\nsalesy: {a: b}\npushy: pushy/*\n";
        let (issues, found) = Issues::from_yaml(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(text[found[0].span.start..].starts_with("{a: b}") || text[found[0].span.start..].starts_with("a: b"));
        assert!(issues.stands_for("pushy/bump", "pushy"));
        let unknown = issues.unknown(&RuleSet::builtin());
        let said: Vec<_> = unknown.iter().map(|found| (&text[found.span.range()], found.help.as_deref())).collect();
        assert_eq!(said[0], ("pushy/guilt-tripp", Some("Did you mean pushy/guilt-trip?")));
        assert_eq!((said.len(), said[1].0), (2, "nothing/*"));
        assert_eq!(Issues::from_yaml("- a").1[0].message, "expected lines of `issue: rules`, found a list");
        assert_eq!(Issues::from_yaml("").1, []);
    }

    proptest::proptest! {
        #[test]
        fn reading_never_panics_and_keeps_to_the_text(text in "([a-z]{1,3}: |[-#:'\"\\[\\]{}a-c/*\r\n \t]|é|\u{feff}){0,30}") {
            let (issues, found) = Issues::from_yaml(&text);
            for diagnostic in found.into_iter().chain(issues.unknown(&RuleSet::builtin())) {
                assert!(text.get(diagnostic.span.range()).is_some(), "{diagnostic:?}");
            }
        }
    }
}
