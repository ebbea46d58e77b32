use std::path::{Path, PathBuf};

use super::{Files, NamedText, Problem, Project};
use crate::diagnostic::{Diagnostic, Level};
use crate::rule::pack::SpecError;
use crate::rule::spec::RuleSpec;
use crate::rule::{RuleSet, Selection};
use crate::text::Span;
use crate::text::yaml::{self, Places, Segment};

/// A rule of one's own, and the file it stands in.
#[derive(Clone, Debug)]
pub struct OwnRule {
    /// What the file says.
    pub spec: RuleSpec,
    /// The file.
    pub file: PathBuf,
    text: String,
}

impl NamedText {
    /// Reads a rule file by itself: its id is the name of its folder and its own.
    ///
    /// # Errors
    /// It cannot be read as text.
    pub fn rule(files: &Files, file: &Path) -> Result<Self, Problem> {
        let text = files.read(file)?.text;
        let whole = super::read::absolute(file);
        let pack = whole.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let name = whole.file_stem().unwrap_or_default().to_string_lossy();
        Ok(Self { name: format!("{pack}/{name}"), file: file.to_owned(), text })
    }
}

impl OwnRule {
    /// Reads a rule file. The rule's id is the file's name in its folder.
    ///
    /// # Errors
    /// What is wrong with the file, at its place.
    pub fn read(rule: NamedText) -> Result<Self, Problem> {
        let NamedText { name, file, text } = rule;
        match RuleSpec::from_yaml(&name, &text) {
            Ok(spec) => Ok(Self { spec, file, text }),
            Err(found) => Err(Problem::from_diagnostic(&super::read::shown(&file), &text, &found)),
        }
    }

    /// What the file holds.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is wrong in this file: byte `at` of the value that a path leads to, such as `phrases[2]`.
    #[must_use]
    pub fn problem(&self, path: &str, at: usize, message: &str) -> Problem {
        let span = self.span(path, at);
        let found = Diagnostic::new("rules", Level::Error, message, span);
        Problem::from_diagnostic(&super::read::shown(&self.file), &self.text, &found)
    }

    /// Why the rule cannot run, at its place.
    #[must_use]
    pub fn broken(&self, error: &SpecError) -> Problem {
        let problem = self.problem(&error.path, error.at, &error.message);
        match error.path.as_str() {
            "pattern" => problem.with_help(
                "A mark that stands for itself is written with a backslash: \\( \\? \\. Most rules need only `phrases`.",
            ),
            _ => problem,
        }
    }

    /// The place of a byte of a value; the nearest value around it that is written in the file.
    fn span(&self, path: &str, at: usize) -> Span {
        let Ok(places) = Places::parse(&self.text) else { return Span::default() };
        // The keys of a swap are phrases, and hold dots of their own.
        if let Some(phrase) = path.strip_prefix("swap.") {
            let steps = [Segment::Key("swap"), Segment::Key(phrase)];
            let start = places.key_offset(&steps, at);
            return match (start, places.key(&steps)) {
                (Some(start), Some(key)) => Span::new(start, key.end),
                _ => places.key(&steps[..1]).unwrap_or_default(),
            };
        }
        let mut steps = yaml::path(path);
        // An example may be its text, without keys.
        let is_text = |steps: &[Segment<'_>]| places.node(steps).is_some_and(|node| node.text().is_some());
        if steps.last() == Some(&Segment::Key("text")) && is_text(&steps[..steps.len() - 1]) {
            steps.pop();
        }
        let around = (1..=steps.len()).rev().find_map(|length| places.value(&steps[..length]));
        let value = around.unwrap_or_default();
        places.scalar_offset(&steps, at).map_or(value, |start| Span::new(start, value.end))
    }
}

impl Project {
    /// The project's own rules that can be read. Of two with one id, the nearer one.
    #[must_use]
    pub fn own_rules(&self, files: &Files) -> (Vec<OwnRule>, Vec<Problem>) {
        let (texts, mut problems) = self.rules(files);
        let mut rules: Vec<OwnRule> = Vec::new();
        for text in texts {
            match OwnRule::read(text) {
                Ok(rule) => {
                    let same = |other: &OwnRule| {
                        other.spec.id == rule.spec.id && other.spec.file_language == rule.spec.file_language
                    };
                    rules.retain(|other| !same(other));
                    rules.push(rule);
                }
                Err(problem) => problems.push(problem),
            }
        }
        (rules, problems)
    }

    /// Which rules run and how much they weigh: what is said of a rule goes before what is said of its pack, and that
    /// before what is said of all rules.
    #[must_use]
    pub fn selection(&self) -> Selection {
        let levels = self.config.levels_by_weight().into_iter();
        Selection { levels: levels.map(|(name, set)| (name.to_owned(), set)).collect() }
    }

    /// The rules that run in this project: the built-in ones and its own, at the levels it sets. A broken rule is
    /// left out.
    #[must_use]
    pub fn rule_set(&self, files: &Files) -> (RuleSet, Vec<Problem>) {
        let (own, mut problems) = self.own_rules(files);
        let mut rules = RuleSet::builtin();
        if !own.is_empty() {
            let specs: Vec<_> = own.iter().map(|rule| rule.spec.clone()).collect();
            let (with_own, errors) = rules.with(&specs);
            rules = with_own;
            problems.extend(errors.iter().map(|(at, error)| own[*at].broken(error)));
        }
        if self.config.levels.is_empty() {
            return (rules, problems);
        }
        let ids: Vec<_> = rules.rules().map(|listed| listed.rule.id.clone()).collect();
        problems.extend(self.unknown_levels(&ids.iter().map(String::as_str).collect::<Vec<_>>()));
        (rules.select(&self.selection()), problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Setting;

    const RULE: &str = "\
summary: Offers a coffee
level: warning
swap:
  'can''t .. wait': can wait
  'have \\a coffee': talk
message: “{match}” offers a coffee
examples:
  flags:
    - { text: Nadia I cannot really wait for it, match: cannot really wait }
  allows: [we can wait]
";

    fn rule(text: &str) -> Result<OwnRule, Problem> {
        OwnRule::read(NamedText { name: "my/coffee".into(), file: "rules/my/coffee.yaml".into(), text: text.into() })
    }

    #[test]
    fn what_is_wrong_with_a_rule_is_shown_at_its_place() {
        let rule = rule(RULE).unwrap();
        for (path, at, place) in [
            ("swap.can't .. wait", 6, ".. wait'"),
            ("swap.have \\a coffee", 5, "\\a coffee'"),
            ("swap", 0, "'can"),
            ("message", 0, "“{match}”"),
            ("examples.flags[0].match", 0, "cannot"),
            ("examples.flags[0].text", 6, "I cannot"),
            ("examples.allows[0].text", 3, "can wait"),
            ("examples.flags[0]", 0, "{ text"),
            ("examples.flags[7]", 0, "- {"),
            ("except[0]", 0, "summary"),
        ] {
            let problem = rule.problem(path, at, "x");
            assert!(RULE[problem.span.start..].starts_with(place), "{path}: {}", &RULE[problem.span.start..]);
        }
    }

    #[test]
    fn a_rule_file_with_a_misspelt_key_is_shown_with_what_was_meant() {
        let problem = rule(&RULE.replace("message", "mesage")).unwrap_err();
        assert_eq!(problem.to_string(), "rules/my/coffee.yaml:6:1: there is no key `mesage` here");
        assert_eq!(problem.help.as_deref(), Some("Did you mean `message`?"));
    }

    #[test]
    fn a_broken_rule_is_left_out_and_the_others_run() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            super::super::write(&folder.path().join(path), text, super::super::Existing::Keep).unwrap();
        };
        let good = include_str!("init/coffee.yaml");
        write("cordial.yaml", "levels: {my/coffee: error, my/tea: off}\n");
        write("rules/my/coffee.yaml", good);
        write("rules/my/broken.yaml", &good.replace("(virtual|quick)? coffee chat", "(virtual coffee chat"));
        write("rules/my/unread.yaml", "summary: [x");
        let files = Files::default();
        let (project, _) = Project::open(&files, super::super::Look::Near(folder.path()));
        let levels = project.selection().levels;
        assert_eq!(levels, [("my/coffee".into(), Setting::Level(Level::Error)), ("my/tea".into(), Setting::Off)]);
        let (rules, problems) = project.rule_set(&files);
        let ids: Vec<_> = rules.rules().map(|listed| listed.rule.id.clone()).collect();
        assert!(ids.iter().any(|id| id == "my/coffee") && !ids.iter().any(|id| id == "my/broken"));
        let places: Vec<_> = problems.iter().map(|problem| problem.location()).collect();
        assert_eq!(problems.len(), 3, "{problems:?}");
        for (place, end) in places.iter().zip(["unread.yaml:1:10", "broken.yaml:7:25", "cordial.yaml:1:28"]) {
            assert!(place.ends_with(end), "{place} {end}");
        }
    }

    /// Two YAML readers must not disagree about what a rule says.
    #[test]
    fn the_built_in_rules_read_as_the_build_reads_them() {
        let (files, problems) = super::super::files_in(std::path::Path::new("rules"), &["yaml"]);
        assert_eq!(problems, []);
        for file in files {
            let text = Files::default().read(&file).unwrap().text;
            let places = Places::parse(&text).unwrap();
            let ours: RuleSpec =
                yaml::read(places.root()).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let theirs: RuleSpec = serde_yaml::from_str(&text).unwrap();
            assert_eq!(format!("{ours:?}"), format!("{theirs:?}"), "{}", file.display());
        }
    }
}
