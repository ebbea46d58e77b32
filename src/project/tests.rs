use std::fs;

use super::*;
use crate::context::{Account, Kind};

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn names(files: &[PathBuf], folder: &Path) -> Vec<String> {
    files.iter().map(|file| file.strip_prefix(folder).unwrap().display().to_string().replace('\\', "/")).collect()
}

/// A problem without the folder of the test.
fn told(problems: &[Problem], folder: &Path) -> Vec<String> {
    let folder = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
    problems.iter().map(|problem| problem.to_string().replace(&folder, "").replace('\\', "/")).collect()
}

#[test]
fn the_nearest_config_wins_and_reads_what_stands_beside_it() {
    let folder = folder(&[
        ("cordial.yaml", "account: premium\n"),
        ("contacts.yaml", "- first_name: Ana\n- nonsense: x\n"),
        ("rules/mine/hello.yaml", "summary: x"),
        ("rules/mine/README.md", "not a rule"),
        ("rules/lost.yml", "summary: x"),
        ("templates/invite/first.tera", "Hi"),
        ("drafts/cordial.yaml", "account: free\n"),
    ]);
    let files = Files::default();
    let (project, problems) = Project::open(&files, Look::Near(&folder.path().join("new/a.txt")));
    assert_eq!(problems, []);
    assert_eq!(project.config.account, Some(Account::Premium));
    let (contacts, problems) = project.contacts(&files);
    assert_eq!(contacts.len(), 1);
    assert_eq!(told(&problems, folder.path()).len(), 1);
    assert!(told(&problems, folder.path())[0].starts_with("contacts.yaml:2:3: a contact has no key `nonsense`"));
    let (rules, problems) = project.rules(&files);
    assert_eq!((rules.len(), rules[0].name.as_str()), (1, "mine/hello"));
    assert_eq!(told(&problems, folder.path()), ["rules/lost.yml: a rule stands in the folder of its pack"]);
    assert_eq!(project.templates(&files).0[0].name, "invite/first");

    let (project, _) = Project::open(&files, Look::Near(&folder.path().join("drafts/a.txt")));
    assert_eq!(project.config.account, Some(Account::Free));
    assert_eq!(project.contacts(&files), (Vec::new(), Vec::new()));
    let (project, _) = Project::open(&files, Look::Isolated);
    assert_eq!((project.config.account, project.root()), (None, None));
}

#[test]
fn a_config_goes_over_the_one_it_extends_and_paths_keep_to_their_file() {
    let folder = folder(&[
        ("shared/cordial.yaml", "account: premium\nfail_on: error\nrules: more\ncontacts: people.yaml\n"),
        ("shared/people.yaml", "- first_name: Ana\n"),
        ("shared/more/team/a.yaml", "x"),
        ("mine/cordial.yaml", "account: free\nextend: ../shared\n"),
    ]);
    let files = Files::default();
    let (project, problems) = Project::open(&files, Look::At(&folder.path().join("mine/cordial.yaml")));
    assert_eq!(problems, []);
    assert_eq!((project.config.account, project.config_files().count()), (Some(Account::Free), 2));
    assert!(project.config.fail_on.is_some());
    assert_eq!(project.contacts(&files).0.len(), 1);
    assert_eq!(project.rules(&files).0[0].name, "team/a");
}

#[test]
fn trouble_with_a_named_file_is_told_where_it_is_named() {
    for (config, expected) in [
        ("extend: ../nowhere.yaml", "mine/cordial.yaml:1:9: nowhere.yaml: there is no such file"),
        ("extend: ./cordial.yaml", "mine/cordial.yaml:1:9: mine/cordial.yaml is extended in a circle"),
        ("contacts: x.yaml", "mine/cordial.yaml:1:11: mine/x.yaml: there is no such file"),
        ("rules: [x]", "mine/cordial.yaml:1:9: there is no folder “x”"),
        ("levels: {spam/x: off}", "mine/cordial.yaml:1:10: there is no rule “spam/x”"),
        ("overrides: [{paths: 'a{'}]", "mine/cordial.yaml:1:21: “a{” is not a pattern for paths"),
        ("acount: free", "mine/cordial.yaml:1:1: there is no key `acount` here"),
    ] {
        let folder = folder(&[("mine/cordial.yaml", config)]);
        let files = Files::default();
        let (project, mut problems) = Project::open(&files, Look::Near(&folder.path().join("mine")));
        problems.extend(project.contacts(&files).1);
        problems.extend(project.rules(&files).1);
        problems.extend(project.unknown_levels(&["spam/caps"]));
        let told = told(&problems, folder.path());
        assert_eq!(told.len(), 1, "{config}: {told:?}");
        assert!(told[0].starts_with(expected), "{config}: {told:?}");
    }
}

#[test]
fn overrides_apply_to_the_files_they_match() {
    let config = "overrides:\n- {paths: follow-ups/, kind: follow_up}\n- {paths: ['*.mail.txt'], kind: message, channel: email}\n";
    let folder = folder(&[("cordial.yaml", config)]);
    let (project, problems) = Project::open(&Files::default(), Look::Near(folder.path()));
    assert_eq!(problems, []);
    for (file, kind) in [
        ("a.txt", None),
        ("follow-ups/a.txt", Some(Kind::FollowUp)),
        ("b/follow-ups/../c.mail.txt", Some(Kind::Message)),
        ("../a.mail.txt", None),
    ] {
        assert_eq!(project.overrides(&folder.path().join(file)).kind, kind, "{file}");
    }
}

#[test]
fn folders_stand_for_the_drafts_and_templates_in_them() {
    let folder = folder(&[
        (".gitignore", "drafts/\n"),
        ("drafts/b.txt", ""),
        ("drafts/a.md", ""),
        ("t/x.tera", ""),
        ("t/x.rs", ""),
        ("node_modules/y.md", ""),
        (".hidden/z.md", ""),
        ("named.rs", ""),
        ("none/x.rs", ""),
    ]);
    let at = |name: &str| folder.path().join(name);
    let (files, problems) = expand(&[at(""), at("named.rs"), at("t"), at("nmaed.rs"), at("none")]);
    assert_eq!(names(&files, folder.path()), ["drafts/a.md", "drafts/b.txt", "t/x.tera", "named.rs"]);
    assert_eq!(
        told(&problems, folder.path()),
        ["nmaed.rs: there is no such file", "none: there are no drafts in this folder"]
    );
    assert!(problems[0].help.as_deref().unwrap().ends_with("named.rs?"));
}

#[test]
fn an_unsaved_text_goes_before_the_file() {
    let folder = folder(&[("a.txt", "saved")]);
    let (saved, new) = (folder.path().join("a.txt"), folder.path().join("b/../new.txt"));
    let mut files = Files::default();
    files.set_unsaved(&saved, "unsaved");
    files.set_unsaved(&new, "new");
    assert_eq!(files.read(&saved).unwrap().text, "unsaved");
    assert_eq!(files.read(&folder.path().join("new.txt")).unwrap().text, "new");
    files.forget_unsaved(&saved);
    assert_eq!(files.read(&saved).unwrap().text, "saved");
    assert_eq!(told(&[files.read(folder.path()).unwrap_err()], folder.path().parent().unwrap()).len(), 1);
}

#[test]
fn nothing_is_overwritten_unless_asked_for() {
    let folder = folder(&[("a.txt", "old")]);
    let (old, new) = (folder.path().join("a.txt"), folder.path().join("deep/b.txt"));
    let problem = write(&old, "new", Existing::Keep).unwrap_err();
    assert!(problem.to_string().ends_with("a.txt: this file is there already"));
    assert_eq!(fs::read_to_string(&old).unwrap(), "old");
    write(&old, "new", Existing::Replace).unwrap();
    write(&new, "new", Existing::Keep).unwrap();
    assert_eq!((fs::read_to_string(&old).unwrap(), fs::read_to_string(&new).unwrap()), ("new".into(), "new".into()));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_text_is_replaced_only_where_nobody_changed_it() {
    let folder = folder(&[("a.txt", "\u{feff}old\r\n"), ("b.txt", "old")]);
    let (a, b) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
    rewrite(&a, "\u{feff}old\r\n", "\u{feff}new\r\n").unwrap();
    assert_eq!(fs::read_to_string(&a).unwrap(), "\u{feff}new\r\n");
    let problem = rewrite(&b, "older", "new").unwrap_err();
    assert!(problem.to_string().ends_with("b.txt: this file has changed since it was read, and is left as it is"));
    let mut protected = b.metadata().unwrap().permissions();
    protected.set_readonly(true);
    fs::set_permissions(&b, protected).unwrap();
    let problem = rewrite(&b, "old", "new").unwrap_err();
    assert!(problem.to_string().ends_with("b.txt: this file is protected, and is left as it is"));
    assert_eq!(fs::read_to_string(&b).unwrap(), "old");
    assert!(rewrite(&folder.path().join("c.txt"), "old", "new").is_err());
}
