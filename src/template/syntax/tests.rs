use serde::Deserialize;
use tera::{ErrorKind, Tera};

use super::generate_tests::{Numbers, damaged, template};
use super::tree::Tree;
use super::*;

/// A template of `tests/corpus/nasty_templates.yaml`.
#[derive(Deserialize)]
struct Nasty {
    name: String,
    files: std::collections::BTreeMap<String, String>,
}

fn nasty() -> Vec<(String, String)> {
    let all: Vec<Nasty> = serde_yaml::from_str(include_str!("../../../tests/corpus/nasty_templates.yaml")).unwrap();
    all.into_iter()
        .flat_map(|nasty| nasty.files.into_iter().map(move |(file, text)| (format!("{}/{file}", nasty.name), text)))
        .collect()
}

/// Why Tera does not read a template.
fn tera_refuses(source: &str) -> Option<String> {
    let error = Tera::default().add_raw_template("t", source).err()?;
    match error.kind() {
        ErrorKind::SyntaxError(report) => Some(format!("{} at {:?}", report.message(), report.span().range)),
        _ => None,
    }
}

/// What we say to a template is what Tera says.
fn agree(name: &str, source: &str) {
    let (ours, tera) = (parse(source), tera_refuses(source));
    match (&ours, &tera) {
        (Ok(_), Some(why)) => panic!("{name}: only Tera refuses {source:?}: {why}"),
        (Err(error), None) => panic!("{name}: only we refuse {source:?}: {error:?}"),
        (Err(error), Some(_)) => assert!(source.get(error.span.range()).is_some(), "{name}: {error:?} in {source:?}"),
        (Ok(tree), None) => check_tiles(tree, source),
    }
}

/// The stretches of a template lie side by side.
fn check_tiles(_tree: &Tree, source: &str) {
    let mut at = 0;
    for segment in &segments(source).list {
        assert_eq!(segment.whole.start, at, "{source:?}");
        assert!(segment.whole.contains(segment.given), "{source:?}");
        at = segment.whole.end;
    }
    assert_eq!(at, source.len());
}

#[test]
fn nasty_templates_are_read_as_tera_reads_them() {
    let numbers = Numbers::new(7);
    for (name, source) in nasty() {
        assert!(tera_refuses(&source).is_none(), "{name}: {:?}", tera_refuses(&source));
        agree(&name, &source);
        for _ in 0..30 {
            agree(&name, &damaged(&source, &numbers));
        }
    }
}

#[test]
fn generated_templates_are_read_as_tera_reads_them() {
    let rounds = 3_000;
    let (numbers, mut sound) = (Numbers::new(1), 0);
    for round in 0..rounds {
        let source = template(&numbers, 3);
        sound += usize::from(parse(&source).is_ok());
        agree(&format!("round {round}"), &source);
        for _ in 0..3 {
            agree(&format!("round {round}"), &damaged(&source, &numbers));
        }
    }
    assert!(sound * 2 > rounds, "only {sound} of {rounds} are sound");
}
