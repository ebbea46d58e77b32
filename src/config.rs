//! What `cordial.yaml` says: settings as values, and how one file goes over another.

use std::str::FromStr;

use crate::contact::Contact;
use crate::context::{Account, Channel, Kind};
use crate::diagnostic::{Diagnostic, Level, Setting};
use crate::text::yaml::{self, Located, Node, Places, YamlError, parsed, read_keys, text, texts};
use crate::text::{Language, similar};

/// The id under which everything about a config file is reported.
const RULE: &str = "config";

/// The settings of one `cordial.yaml`, or of several, one over the other. What is `None` is not set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The writer.
    pub me: Option<Contact>,
    /// The writer's account.
    pub account: Option<Account>,
    /// The language of notes for which nobody says another one.
    pub language: Option<Language>,
    /// The file with the people; `contacts.yaml` where it is not set.
    pub contacts: Option<Located<String>>,
    /// The folders with rules; `rules` where it is not set.
    pub rules: Option<Vec<Located<String>>>,
    /// The folders with templates; `templates` where it is not set.
    pub templates: Option<Vec<Located<String>>>,
    /// From which level on findings make a run fail.
    pub fail_on: Option<FailOn>,
    /// Levels of rules (`pack/rule`), packs (`pack/*`) and all rules (`*`), as they are written.
    pub levels: Vec<(Located<String>, Setting)>,
    /// What holds for some files only; a later one goes over an earlier one.
    pub overrides: Vec<Override>,
    /// The file that this one goes over.
    pub extend: Option<Located<String>>,
}

/// From which level on findings make a run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// From this level on.
    Level(Level),
    /// Findings never make it fail.
    Never,
}

impl FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const WORDS: [&str; 4] = ["error", "warning", "suggestion", "never"];
        match (level(text), text) {
            (Some(level), _) => Ok(Self::Level(level)),
            (None, "never") => Ok(Self::Never),
            _ => Err(not_one_of("a level to fail on", text, &WORDS)),
        }
    }
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const WORDS: [&str; 5] = ["error", "warning", "suggestion", "on", "off"];
        match (level(text), text) {
            (Some(level), _) => Ok(Self::Level(level)),
            (None, "on") => Ok(Self::On),
            (None, "off") => Ok(Self::Off),
            _ => Err(not_one_of("a level", text, &WORDS)),
        }
    }
}

fn level(text: &str) -> Option<Level> {
    [Level::Suggestion, Level::Warning, Level::Error].into_iter().find(|level| level.as_str() == text)
}

fn not_one_of(what: &str, word: &str, known: &[&str]) -> String {
    match similar(word, known.iter().copied()) {
        Some(near) => format!("“{word}” is not {what}: did you mean {near}?"),
        None => format!("“{word}” is not {what}: use one of {}", known.join(", ")),
    }
}

/// What holds for the files that a pattern matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Override {
    /// Patterns as in `.gitignore`, relative to the config: `follow-ups/*.txt`.
    pub paths: Vec<Located<String>>,
    /// What these notes are for.
    pub kind: Option<Kind>,
    /// Where they are sent.
    pub channel: Option<Channel>,
    /// The account they are sent from.
    pub account: Option<Account>,
    /// The language they are written in.
    pub language: Option<Language>,
}

impl Config {
    /// Reads a config. What is wrong is reported with bytes of `source`; settings that are right count all the same.
    #[must_use]
    pub fn from_yaml(source: &str) -> (Self, Vec<Diagnostic>) {
        let mut config = Self::default();
        let places = match Places::parse(source) {
            Ok(places) => places,
            Err(error) => return (config, vec![Diagnostic::from_yaml(RULE, error, 0)]),
        };
        let mut errors = config.read(places.root());
        errors.extend(yaml::slips(source, places.root()).into_iter().map(|slip| slip.error));
        errors.sort_by_key(|error| error.span);
        let found = errors.into_iter().map(|error| Diagnostic::from_yaml(RULE, error, 0));
        (config, found.collect())
    }

    fn read(&mut self, root: &Node<'_>) -> Vec<YamlError> {
        const KNOWN: &[&str] = &[
            "me",
            "account",
            "language",
            "contacts",
            "rules",
            "templates",
            "fail_on",
            "levels",
            "overrides",
            "extend",
        ];
        let mut inner = Vec::new();
        let mut errors = read_keys(root, KNOWN, |key, value| {
            match key {
                "me" => self.me = Some(yaml::read(value)?),
                "account" => self.account = Some(parsed(value)?),
                "language" => self.language = Some(parsed(value)?),
                "contacts" => self.contacts = Some(text(value)?),
                "rules" => self.rules = Some(texts(value)?),
                "templates" => self.templates = Some(texts(value)?),
                "fail_on" => self.fail_on = Some(parsed(value)?),
                "levels" => inner.extend(self.read_levels(value)?),
                "overrides" => inner.extend(self.read_overrides(value)?),
                _ => self.extend = Some(text(value)?),
            }
            Ok(())
        });
        errors.append(&mut inner);
        errors
    }

    fn read_levels(&mut self, node: &Node<'_>) -> Result<Vec<YamlError>, YamlError> {
        if node.entries().is_empty() {
            return Err(wrong(node, "lines such as `spam/*: off`"));
        }
        let mut errors = Vec::new();
        for (key, value) in node.entries() {
            let name = key.text().unwrap_or_default();
            let known =
                name == "*" || name.split_once('/').is_some_and(|(pack, rule)| !pack.is_empty() && !rule.is_empty());
            match (known, parsed(value)) {
                (false, _) => errors.push(YamlError {
                    message: format!("“{name}” names no rule or pack"),
                    help: Some(format!("Write a rule as `spam/hurry`, or a whole pack as `{name}/*`.")),
                    span: key.span,
                }),
                (true, Ok(setting)) => self.levels.push((text(key)?, setting)),
                (true, Err(error)) => errors.push(error),
            }
        }
        Ok(errors)
    }

    fn read_overrides(&mut self, node: &Node<'_>) -> Result<Vec<YamlError>, YamlError> {
        const KNOWN: &[&str] = &["paths", "kind", "channel", "account", "language"];
        if node.items().is_empty() {
            return Err(wrong(node, "a list such as `- { paths: [follow-ups/*], kind: follow_up }`"));
        }
        let mut errors = Vec::new();
        for item in node.items() {
            let mut own = Override::default();
            errors.extend(read_keys(item, KNOWN, |key, value| {
                match key {
                    "paths" => own.paths = texts(value)?,
                    "kind" => own.kind = Some(parsed(value)?),
                    "channel" => own.channel = Some(parsed(value)?),
                    "language" => own.language = Some(parsed(value)?),
                    _ => own.account = Some(parsed(value)?),
                }
                Ok(())
            }));
            if own.paths.is_empty() && item.get("paths").is_none_or(Node::is_null) {
                errors.push(wrong(item, "`paths: [follow-ups/*]` among the keys"));
            }
            self.overrides.push(own);
        }
        Ok(errors)
    }

    /// This config over another: what is set here goes before what is set there. Levels and overrides of both hold,
    /// these ones last.
    #[must_use]
    pub fn over(self, base: Self) -> Self {
        Self {
            me: self.me.or(base.me),
            account: self.account.or(base.account),
            language: self.language.or(base.language),
            contacts: self.contacts.or(base.contacts),
            rules: self.rules.or(base.rules),
            templates: self.templates.or(base.templates),
            fail_on: self.fail_on.or(base.fail_on),
            levels: base.levels.into_iter().chain(self.levels).collect(),
            overrides: base.overrides.into_iter().chain(self.overrides).collect(),
            extend: self.extend,
        }
    }

    /// The levels in the order in which a later one wins: all rules (`*`), packs, single rules.
    #[must_use]
    pub fn levels_by_weight(&self) -> Vec<(&str, Setting)> {
        let weight = |name: &str| if name == "*" { 0 } else { 1 + usize::from(!name.ends_with("/*")) };
        let mut levels: Vec<_> = self.levels.iter().map(|(name, setting)| (name.value.as_str(), *setting)).collect();
        levels.sort_by_key(|(name, _)| weight(name));
        levels
    }

    /// The levels that are set for a rule or pack that does not exist. `rules` are the ids of all rules.
    #[must_use]
    pub fn unknown_levels(&self, rules: &[&str]) -> Vec<Diagnostic> {
        let packs = rules.iter().filter_map(|rule| rule.split_once('/')).map(|(pack, _)| format!("{pack}/*"));
        let mut known: Vec<_> = packs.collect();
        known.sort_unstable();
        known.dedup();
        known.extend(rules.iter().map(|&rule| rule.to_owned()));
        let unknown = self.levels.iter().filter(|(name, _)| name.value != "*" && !known.contains(&name.value));
        unknown
            .map(|(name, _)| {
                let help = match similar(&name.value, known.iter().map(String::as_str)) {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => "`cordial rule list` shows all rules.".to_owned(),
                };
                let message = format!("there is no rule “{}”", name.value);
                Diagnostic::new(RULE, Level::Error, message, name.span).with_help(help)
            })
            .collect()
    }
}

fn wrong(node: &Node<'_>, expected: &str) -> YamlError {
    YamlError { message: format!("expected {expected}, found {}", node.describe()), help: None, span: node.span }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: &str = "\
me:
  first_name: Kim
  company: Acme
account: free
language: fr
contacts: people.yaml
rules: [rules, ../shared]
templates: notes
fail_on: never
levels:
  spam/*: off
  spam/hurry: suggestion
overrides:
  - paths: follow-ups/*
    kind: follow_up
  - { paths: ['*.email.md'], channel: email, account: premium, language: de }
extend: ../cordial.yaml
";

    fn values(texts: &[Located<String>]) -> Vec<&str> {
        texts.iter().map(|text| text.value.as_str()).collect()
    }

    #[test]
    fn reads_every_setting() {
        let (config, found) = Config::from_yaml(FULL);
        assert_eq!(found, []);
        assert_eq!(config.me.as_ref().map(|me| &*me.first_name), Some("Kim"));
        assert_eq!((config.account, config.fail_on), (Some(Account::Free), Some(FailOn::Never)));
        assert_eq!(values(config.rules.as_deref().unwrap()), ["rules", "../shared"]);
        assert_eq!(values(config.templates.as_deref().unwrap()), ["notes"]);
        assert_eq!(config.extend.as_ref().map(|path| &FULL[path.span.range()]), Some("../cordial.yaml"));
        assert_eq!(values(&config.overrides[0].paths), ["follow-ups/*"]);
        assert_eq!(config.overrides[1].channel, Some(Channel::Email));
        assert_eq!((config.language, config.overrides[1].language), (Some(Language::FRENCH), Some(Language::GERMAN)));
        assert_eq!(Config::from_yaml("# nothing yet\n"), (Config::default(), Vec::new()));
    }

    #[test]
    fn one_config_goes_over_another_and_a_rule_over_its_pack() {
        let base = Config::from_yaml(FULL).0;
        let own = "levels: {spam/hurry: 'on', '*': warning, pushy/*: error}\nfail_on: error\n";
        let over = Config::from_yaml(own).0.over(base);
        let levels = over.levels_by_weight();
        assert_eq!(
            levels,
            [
                ("*", Setting::Level(Level::Warning)),
                ("spam/*", Setting::Off),
                ("pushy/*", Setting::Level(Level::Error)),
                ("spam/hurry", Setting::Level(Level::Suggestion)),
                ("spam/hurry", Setting::On),
            ]
        );
        assert_eq!(over.fail_on, Some(FailOn::Level(Level::Error)));
        assert_eq!(over.account, Some(Account::Free));
        assert_eq!(over.extend, None);
    }

    #[test]
    fn what_is_wrong_is_reported_at_its_place_and_the_rest_counts() {
        for (line, place, message, help) in [
            ("rulez: x", "rulez", "there is no key `rulez` here", "Did you mean `rules`?"),
            ("me: {name: Kim}", "name", "a contact has no key `name`", ""),
            ("me: Kim", "Kim", "expected a person", ""),
            ("contacts: [a]", "[a]", "expected text, found a list", ""),
            ("rules: {a: b}", "a: b", "expected a list, found keys", ""),
            ("language: tlh", "tlh", "“tlh” is no language that cordial knows", ""),
            ("fail_on: warnings", "warnings", "“warnings” is not a level to fail on: did you mean warning?", ""),
            ("levels: {spam/*: offf}", "offf", "“offf” is not a level: did you mean off?", ""),
            (
                "levels: {spam: off}",
                "spam",
                "“spam” names no rule or pack",
                "Write a rule as `spam/hurry`, or a whole pack as `spam/*`.",
            ),
            ("levels: none", "none", "expected lines such as", ""),
            ("overrides: {}", "{}", "expected a list such as", ""),
            ("overrides: [{kind: invite}]", "{kind", "expected `paths:", ""),
            ("overrides: [{paths: x, kin: y}]", "kin", "there is no key `kin` here", "Did you mean `kind`?"),
            ("contacts: #people", "#people", "`contacts` is empty", "Write: contacts: \"#people\""),
        ] {
            let text = format!("account: premium\n{line}\n");
            let (config, found) = Config::from_yaml(&text);
            assert_eq!(config.account, Some(Account::Premium), "{line}");
            assert_eq!(found.len(), 1, "{line}: {found:?}");
            assert!(found[0].message.starts_with(message), "{line}: {found:?}");
            assert!(found[0].help.as_deref().unwrap_or_default().starts_with(help), "{line}: {found:?}");
            assert!(text[found[0].span.start..].starts_with(place), "{line}: {found:?}");
        }
        assert_eq!(Config::from_yaml("- a").1[0].message, "expected lines of `key: value`, found a list");
    }

    #[test]
    fn a_level_for_a_rule_that_does_not_exist_is_found() {
        let config = Config::from_yaml(FULL).0;
        assert_eq!(config.unknown_levels(&["spam/hurry"]), []);
        let found = config.unknown_levels(&["spam/hury", "pushy/bump"]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].help.as_deref(), Some("Did you mean `spam/hury`?"));
        assert_eq!(&FULL[found[0].span.range()], "spam/hurry");
    }
}
