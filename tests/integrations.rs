//! The files that other programs read to run cordial: the pre-commit hooks and the action.

#![expect(clippy::disallowed_methods, reason = "the files are read")]

use std::fs;
use std::path::Path;

use regex::Regex;
use serde_json::Value;

fn read(name: &str) -> Value {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("the file can be read");
    serde_yaml::from_str(&text).expect("the file is YAML")
}

#[test]
fn the_hooks_take_drafts_and_templates_and_nothing_else() {
    let hooks = read(".pre-commit-hooks.yaml");
    let hooks = hooks.as_array().expect("a list");
    let takes = |path: &str| -> Vec<&str> {
        let taken = hooks.iter().filter(|hook| {
            let files = Regex::new(hook["files"].as_str().expect("a pattern")).expect("a sound pattern");
            files.is_match(path)
        });
        taken.map(|hook| hook["id"].as_str().expect("an id")).collect()
    };
    for (path, ids) in [
        ("drafts/ana.md", vec!["cordial"]),
        ("notes/drafts/2026/bo.txt", vec!["cordial"]),
        ("templates/invite/talk.tera", vec!["cordial-templates"]),
        ("README.md", vec![]),
        ("mydrafts/ana.md", vec![]),
        ("templates/invite/talk.html", vec![]),
    ] {
        assert_eq!(takes(path), ids, "{path}");
    }
    for hook in hooks {
        assert_eq!((&hook["entry"], &hook["language"]), (&"cordial lint".into(), &"rust".into()));
    }
}

#[test]
fn every_input_of_the_action_reaches_its_script_as_a_variable() {
    let action = read("action.yml");
    let text = action["runs"].to_string();
    for (name, input) in action["inputs"].as_object().expect("keys") {
        assert!(input["description"].is_string() && input["default"].is_string(), "{name}");
        assert!(text.contains(&format!("${{{{ inputs.{name} }}}}")), "{name}");
    }
    for step in action["runs"]["steps"].as_array().expect("a list") {
        assert!(!step["run"].as_str().unwrap_or_default().contains("${{"), "{step}");
    }
}

#[cfg(unix)]
mod script {
    #![expect(clippy::disallowed_types, reason = "the script is run as GitHub runs it")]

    use std::process::{Command, Output};

    use super::*;

    /// Runs the last step of the action in a project with a good and a bad draft.
    fn run(folder: &Path, inputs: &[(&str, &str)]) -> Output {
        let action = read("action.yml");
        let step = action["runs"]["steps"].as_array().and_then(|steps| steps.last()).expect("a step").clone();
        let program = folder.join("cordial/bin");
        fs::create_dir_all(&program).expect("a folder");
        let _ = std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_cordial"), program.join("cordial"));
        fs::create_dir_all(folder.join("my drafts")).expect("a folder");
        fs::write(folder.join("my drafts/bad.md"), "Hi Ana, we met at RustConf, please reply asap.\n").expect("a file");
        fs::write(folder.join("good.md"), "Hi Ana, your talk on figs at RustConf stayed with me.\n").expect("a file");
        let mut command = Command::new("bash");
        // As GitHub starts a script whose shell is bash.
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"].as_str().expect("a script")]);
        command.current_dir(folder).env("RUNNER_TEMP", folder).env("GITHUB_ACTIONS", "true");
        command.env("GITHUB_STEP_SUMMARY", folder.join("summary.md")).env_remove("GITHUB_WORKSPACE");
        let defaults = [("PATHS", "."), ("COMMAND", "lint"), ("FAIL_ON", ""), ("REDACT", "true"), ("SARIF_FILE", "")];
        for (name, value) in defaults.iter().chain(inputs) {
            command.env(format!("CORDIAL_{name}"), value);
        }
        command.output().expect("bash runs")
    }

    #[test]
    fn the_action_lints_the_paths_and_fails_as_it_is_asked() {
        for (inputs, code, said) in [
            (&[("PATHS", "my drafts\n\ngood.md\n")][..], 1, "file=my drafts/bad.md,"),
            (&[("PATHS", "good.md")], 0, "Checked 1 note: clean"),
            (&[("PATHS", "my drafts"), ("FAIL_ON", "never")], 0, "::"),
            (&[("PATHS", "--nothing")], 2, "file=--nothing,"),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let done = run(folder.path(), inputs);
            let out = String::from_utf8_lossy(&done.stdout);
            assert_eq!(done.status.code(), Some(code), "{inputs:?}: {done:?}");
            assert!(out.contains(said), "{inputs:?}: {out}");
        }
    }

    #[test]
    fn the_action_writes_sarif_beside_one_summary() {
        let folder = tempfile::tempdir().expect("a folder");
        let done = run(folder.path(), &[("PATHS", "my drafts"), ("SARIF_FILE", "found.sarif")]);
        assert_eq!(done.status.code(), Some(1), "{done:?}");
        let sarif = fs::read_to_string(folder.path().join("found.sarif")).expect("the file is there");
        let log: Value = serde_json::from_str(&sarif).expect("SARIF is JSON");
        assert!(log["runs"][0]["results"].as_array().is_some_and(|results| !results.is_empty()));
        let summary = fs::read_to_string(folder.path().join("summary.md")).expect("the summary is there");
        assert_eq!(summary.matches("## cordial\n").count(), 1);
    }
}
