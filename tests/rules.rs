//! The built-in rules prove themselves, as `cordial rule test` does for anybody's.

#![expect(clippy::disallowed_methods, reason = "the rules are read as files")]

use std::fs;
use std::path::{Path, PathBuf};

use cordial::lint::prove;
use cordial::rule::spec::RuleSpec;

fn files() -> Vec<PathBuf> {
    let entries = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("the folder can be read");
        entries.map(|entry| entry.expect("the entry can be read").path())
    };
    let packs = entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")).filter(|path| path.is_dir());
    let mut files: Vec<_> = packs.flat_map(|pack| entries(&pack)).collect();
    files.sort();
    files
}

fn spec(file: &Path) -> RuleSpec {
    let yaml = fs::read_to_string(file).expect("the file can be read");
    let spec: RuleSpec = serde_yaml::from_str(&yaml).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let name = |path: &Path| path.file_stem().expect("a file").to_string_lossy().into_owned();
    spec.named(&format!("{}/{}", name(file.parent().expect("a pack")), name(file)))
}

#[test]
fn every_builtin_rule_is_proved_by_its_examples() {
    let mut failures = String::new();
    for file in files() {
        let spec = spec(&file);
        for failure in prove(&spec) {
            failures += &format!("{}: {}: {}\n", spec.id, failure.path, failure.message);
        }
    }
    assert!(failures.is_empty(), "{}\n{failures}", failures.lines().count());
}

#[test]
fn few_rules_need_a_regular_expression() {
    let patterns: Vec<_> =
        files().iter().map(|file| spec(file)).filter(|spec| spec.pattern.is_some()).map(|spec| spec.id).collect();
    assert!(patterns.len() <= 15, "{patterns:?}");
}

#[test]
fn every_rule_says_why_and_shows_a_way_out() {
    for file in files() {
        let spec = spec(&file);
        assert!(spec.why.is_some() && spec.evidence.is_some(), "{}", spec.id);
        // A way out is a wording, or a sentence to finish.
        let worded = spec.help.is_some_and(|help| help.contains(['“', '«']) || help.contains("___"));
        assert!(worded || spec.swap.is_some(), "{}", spec.id);
    }
}

#[test]
fn a_sign_counts_once_and_another_can_speak_for_the_note() {
    let yaml = r#"
summary: Signs of a sale
level: warning
signs:
  at: 3
  cues:
    - { points: 2, phrases: [<money> a head, half price] }
    - { points: 1, phrases: [our tool, our plan] }
    - { points: -1, phrases: [you asked] }
message: "{count} signs: {value}"
examples:
  flags:
    - { text: "So our tool is £4 a head.", match: our tool }
    - { text: "This week our plan is half price.", match: our plan }
  allows:
    - "The tool is £4 a head, which is half price."
    - "Our tool is our plan for the day."
    - "As you asked, our tool is £4 a head."
"#;
    let mut spec: RuleSpec = serde_yaml::from_str(yaml).expect("the shape of a rule file");
    spec.id = "my/sale".to_owned();
    assert!(prove(&spec).is_empty(), "{:?}", prove(&spec));
    spec.signs.as_mut().expect("it has signs").at = 4;
    assert_eq!(prove(&spec)[0].path, "signs.at");
}
