//! The pages that are made from data are fresh. `CORDIAL_WRITE=1 cargo test --test pages` writes them anew.

#![expect(clippy::disallowed_methods, reason = "the pages are files of the repository")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use cordial::report::rule::{index, markdown};
use cordial::report::score::tables;
use cordial::rule::RuleSet;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What each page must say, by its path from the root.
fn pages() -> BTreeMap<String, String> {
    let rules = RuleSet::builtin();
    let mut listed: Vec<_> = rules.rules().collect();
    listed.sort_by(|a, b| a.rule.id.cmp(&b.rule.id));
    let mut pages: BTreeMap<_, _> = listed.iter().map(|listed| (listed.rule.page(), markdown(listed))).collect();
    pages.insert("docs/rules/README.md".to_owned(), index(&listed));
    pages
}

/// The pages there are in `docs/rules`, by their path from the root.
fn written() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec!["docs/rules".to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).into_iter().flatten() {
            let path = entry.expect("the entry can be read").path();
            let name = format!("{folder}/{}", path.file_name().expect("a name").to_string_lossy());
            if path.is_dir() {
                folders.push(name);
            } else {
                let text = fs::read_to_string(&path).expect("the page can be read").replace("\r\n", "\n");
                found.insert(name, text);
            }
        }
    }
    found
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a page has a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the page can be written");
}

#[test]
fn every_rule_has_its_page() {
    let pages = pages();
    if env::var_os("CORDIAL_WRITE").is_some() {
        written().keys().filter(|name| !pages.contains_key(*name)).for_each(|name| {
            fs::remove_file(root().join(name)).expect("the page can be removed");
        });
        pages.iter().for_each(|(name, text)| write(&root().join(name), text));
    }
    let written = written();
    let stale: Vec<_> =
        pages.iter().filter(|(name, text)| written.get(*name) != Some(*text)).map(|(name, _)| name).collect();
    let left: Vec<_> = written.keys().filter(|name| !pages.contains_key(*name)).collect();
    let how = "CORDIAL_WRITE=1 cargo test --test pages writes them anew";
    assert!(stale.is_empty() && left.is_empty(), "{how}: {stale:?} {left:?}");
}

#[test]
fn the_page_about_the_score_has_the_weights_that_count() {
    let path = root().join("docs/score.md");
    let page = fs::read_to_string(&path).expect("the page can be read").replace("\r\n", "\n");
    let (before, rest) = page.split_once("<!-- weights -->\n").expect("the page has a place for them");
    let (_, after) = rest.split_once("<!-- end of weights -->").expect("the place has an end");
    let fresh = format!("{before}<!-- weights -->\n\n{}\n<!-- end of weights -->{after}", tables());
    if env::var_os("CORDIAL_WRITE").is_some() {
        write(&path, &fresh);
    } else {
        assert_eq!(page, fresh, "CORDIAL_WRITE=1 cargo test --test pages writes it anew");
    }
}
