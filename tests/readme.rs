//! The README tells the truth: its commands print what it shows, and its tables say what the code does.
//! `TRYCMD=overwrite` writes what they print.

#![expect(clippy::disallowed_methods, reason = "the page is read, and tried in a folder of its own")]

use std::fs;
use std::path::Path;

use cordial::context::{Account, Channel};

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(path).expect("the page can be read").replace("\r\n", "\n")
}

#[test]
fn the_tour_goes_as_it_is_told() {
    let readme = page("README.md");
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("README.md");
    fs::write(&copy, &readme).unwrap();
    let project = folder.path().join("README.in");
    fs::create_dir(&project).unwrap();
    for (file, text) in files(&readme) {
        let file = project.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    {
        let cases = trycmd::TestCases::new();
        for (name, value) in [("COLUMNS", "80"), ("NO_COLOR", "1"), ("LC_ALL", "C.UTF-8"), ("TERM", "xterm")] {
            cases.env(name, value);
        }
        // They show what a person sees, whoever runs the tests.
        for name in ["CI", "GITHUB_ACTIONS"] {
            cases.env(name, "");
        }
        cases.case(&copy);
    }
    if std::env::var("TRYCMD").is_ok_and(|mode| mode == "overwrite") {
        fs::copy(&copy, Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    }
}

/// The files that the page shows: blocks that name one behind their language.
fn files(page: &str) -> Vec<(&str, &str)> {
    let blocks = page.split("\n```").skip(1).step_by(2);
    let named = blocks.filter_map(|block| {
        let (title, text) = block.split_once('\n')?;
        Some((title.split_once(' ')?.1, text))
    });
    named.collect()
}

#[test]
fn the_limits_are_those_of_the_channels() {
    let readme = page("README.md");
    for channel in Channel::all() {
        let row = readme.lines().find(|line| line.starts_with(&format!("| `{channel}` |"))).unwrap().replace(',', "");
        let limits =
            [Account::Free, Account::Premium].map(|account| channel.limit(Some(account)).map(|limit| limit.hard));
        for limit in limits.into_iter().flatten().chain(channel.subject_limit()) {
            assert!(row.contains(&limit.to_string()), "{row}");
        }
        assert_eq!(row.contains("| none |"), channel.limit(None).is_none(), "{row}");
    }
}

#[test]
fn a_template_sees_what_the_pages_say() {
    let table = |page: &str| {
        let rows: Vec<_> =
            page.lines().skip_while(|line| *line != "## What a template sees").map(str::to_owned).collect();
        rows.into_iter().skip(2).take_while(|line| line.starts_with('|')).collect::<Vec<_>>()
    };
    let rows = table(&page("README.md"));
    assert!(rows.len() > 5);
    assert_eq!(rows, table(&page("docs/templates.md")));
}

#[test]
fn the_person_shown_can_be_read() {
    let readme = page("README.md");
    let yaml = readme.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let (people, found) = cordial::contact::from_yaml(yaml);
    assert_eq!((people.len(), people[0].facts.len(), found), (1, 1, Vec::new()));
}
