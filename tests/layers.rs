//! Who may use whom. Every path to another module of the crate is checked against this table; test modules may use
//! anything. A module that is not listed fails, so that a new one takes its place on purpose.

#![expect(clippy::disallowed_methods, reason = "this test reads the source files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Each module and those right below it; it may use everything below those too.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("diagnostic", &["text"]),
    ("contact", &["diagnostic"]),
    ("context", &["contact"]),
    ("allow", &["contact"]),
    ("config", &["context"]),
    ("draft", &["context"]),
    ("history", &["context"]),
    ("rule", &["context"]),
    ("template", &["allow", "context"]),
    ("lint", &["rule", "template"]),
    ("compose", &["lint"]),
    ("fix", &["lint"]),
    ("eval", &["lint"]),
    ("report", &["eval", "fix"]),
    ("project", &["config", "draft", "history", "compose", "fix", "report"]),
    ("lsp", &["project"]),
    ("cli", &["lsp"]),
];

/// Whether `module` stands above `other`.
fn is_above(module: &str, other: &str) -> bool {
    let below = LAYERS.iter().find(|(name, _)| *name == module).map_or(&[][..], |(_, below)| below);
    below.iter().any(|&name| name == other || is_above(name, other))
}

#[test]
fn every_module_uses_only_those_below_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut trouble = Vec::new();
    for file in rust_files(&src) {
        let inside = file.strip_prefix(&src).expect("the file is in src");
        let path = modules(inside);
        let Some(module) = path.first() else { continue };
        if !LAYERS.iter().any(|(name, _)| name == module) {
            trouble.push(format!("{}: `{module}` has no place in tests/layers.rs", inside.display()));
            continue;
        }
        let source = fs::read_to_string(&file).expect("the file can be read");
        for used in uses(&source, path.len()) {
            let is_module = LAYERS.iter().any(|(name, _)| *name == used);
            if is_module && used != *module && !is_above(module, &used) {
                trouble.push(format!("{}: `{module}` may not use `{used}`", inside.display()));
            }
        }
    }
    assert!(trouble.is_empty(), "\n{}", trouble.join("\n"));
}

/// The files below a folder, sorted; files of tests excepted.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The module a file holds, as its path from the crate's root; nothing for `lib.rs` and `main.rs`.
fn modules(file: &Path) -> Vec<String> {
    let path = file.with_extension("");
    let names = path.iter().map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| !matches!(&**name, "lib" | "main" | "mod")).collect()
}

/// The modules of the crate's root that a source names, `depth` modules below it.
fn uses(source: &str, depth: usize) -> BTreeSet<String> {
    let code: Vec<_> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let tests = Regex::new(r"(?m)^#\[cfg\(test\)\]\n(?:#\[.*\]\n)*mod \w+ \{").expect("a sound pattern");
    let code = tests.find(&code).map_or(&*code, |found| &code[..found.start()]);
    let root = format!(r"\b(?:crate|super(?:::super){{{}}})::(\{{|\w+)", depth.saturating_sub(1));
    let root = Regex::new(&root).expect("a sound pattern");
    let mut names = BTreeSet::new();
    for found in root.captures_iter(code) {
        match &found[1] {
            "{" => names.extend(grouped(&code[found.get(0).expect("the whole match").end()..])),
            "super" => {}
            name => drop(names.insert(name.to_owned())),
        }
    }
    names
}

/// The first names inside the braces of `use crate::{a, b::{c, d}}`.
fn grouped(code: &str) -> Vec<String> {
    let mut depth = 1;
    let mut names = vec![String::new()];
    let mut is_first = true;
    for c in code.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => {
                names.push(String::new());
                is_first = true;
            }
            ':' => is_first = false,
            c if depth == 1 && is_first && !c.is_whitespace() => names.last_mut().expect("never empty").push(c),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

#[test]
fn finds_the_modules_a_source_names() {
    let source = "use crate::text::{Span, fold};\nuse crate::{lint, rule::{pack, spec}, fix};\n// crate::cli\n\
                  fn f(x: crate::report::Note) { super::super::contact::g(); super::near() }\n\
                  #[cfg(test)]\nmod tests {\n    use crate::project;\n}\n";
    let names: Vec<_> = uses(source, 2).into_iter().collect();
    assert_eq!(names, ["contact", "fix", "lint", "report", "rule", "text"]);
    assert!(uses("use super::text::Span;", 1).contains("text"));
}
