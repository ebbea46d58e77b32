//! What `cordial init` writes: a small project that explains itself.

use std::path::{Path, PathBuf};

use super::read::{absolute, shown};
use super::{CONFIG, Existing, Files, Problem, write};
use crate::context::Account;
use crate::text::yaml::scalar;

const CONTACTS: &str = include_str!("contacts.yaml");
const RULE: &str = include_str!("coffee.yaml");

/// What a project should not give to git.
const PRIVATE: [&str; 2] = ["contacts.yaml", "drafts/"];

/// What is asked before a project is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers<'a> {
    /// The writer's name.
    pub name: &'a str,
    /// Where the writer works.
    pub company: Option<&'a str>,
    /// The writer's account.
    pub account: Option<Account>,
}

/// What was done in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Files that were written.
    pub written: Vec<PathBuf>,
    /// Files that were there already and stay as they were.
    pub kept: Vec<PathBuf>,
    /// The `.gitignore` that now names what is private.
    pub ignored: Option<PathBuf>,
}

/// Makes a project in a folder. Files that are there already stay as they are.
///
/// # Errors
/// The folder is a project already, or cannot be written.
pub fn init(folder: &Path, answers: &Answers<'_>) -> Result<Made, Problem> {
    is_free(folder)?;
    let mut made = Made::default();
    for (path, text) in files(answers) {
        let path = folder.join(path);
        if path.symlink_metadata().is_ok() {
            made.kept.push(path);
        } else {
            write(&path, &text, Existing::Keep)?;
            made.written.push(path);
        }
    }
    if absolute(folder).ancestors().any(|folder| folder.join(".git").exists()) {
        made.ignored = ignore(&folder.join(".gitignore"))?;
    }
    Ok(made)
}

/// Whether a project can be made in a folder, which need not exist.
///
/// # Errors
/// It is a project already, or a file.
pub fn is_free(folder: &Path) -> Result<(), Problem> {
    let config = folder.join(CONFIG);
    if config.exists() {
        let problem = Problem::new(shown(&config), "this folder is a project already");
        return Err(problem.with_help("Nothing was changed. Edit the file, or choose another folder."));
    }
    match folder.metadata() {
        Ok(about) if !about.is_dir() => {
            Err(Problem::new(shown(folder), "this is a file").with_help("Name a folder; it is made if need be."))
        }
        _ => Ok(()),
    }
}

/// The files of a new project: their paths in its folder, and their texts.
#[must_use]
pub fn files(answers: &Answers<'_>) -> Vec<(&'static str, String)> {
    vec![(CONFIG, config(answers)), ("contacts.yaml", CONTACTS.to_owned()), ("rules/my/coffee.yaml", RULE.to_owned())]
}

fn config(answers: &Answers<'_>) -> String {
    let name = answers.name.trim();
    let (first, last) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
    let line = |key: &str, value: &str| match value.trim() {
        "" => String::new(),
        value => format!("  {key}: {}\n", scalar(value)),
    };
    let me = line("first_name", first) + &line("last_name", last) + &line("company", answers.company.unwrap_or(""));
    let me = if first.is_empty() { "# me:\n#   first_name: Kim\n".to_owned() } else { format!("me:\n{me}") };
    let account = match answers.account {
        Some(account) => format!("account: {}", account.as_str()),
        None => "# account: free".to_owned(),
    };
    format!(
        "\
# Settings for the notes in this folder and the folders in it. Everything may be left out.

# You, with the same keys as a person in contacts.yaml. Templates and rules use it.
{me}
# Your LinkedIn account, free or premium. It decides how long an invitation may be.
{account}

# From which level on findings make a run fail: error, warning, suggestion or never.
# fail_on: warning

# How much rules and whole packs weigh: error, warning, suggestion, on or off.
# levels:
#   my/coffee: off
#   my/*: warning

# What holds for some files only.
# overrides:
#   - paths: follow-ups/
#     kind: follow_up

# Where things stand, if not here:
# contacts: contacts.yaml
# rules: rules
# templates: templates
"
    )
}

/// Adds what is private to a `.gitignore`, where it is not named yet.
fn ignore(path: &Path) -> Result<Option<PathBuf>, Problem> {
    let files = Files::default();
    let old = if files.is_file(path) { files.read(path)?.text } else { String::new() };
    let named = |private: &str| old.lines().any(|line| line.trim().trim_matches('/') == private.trim_matches('/'));
    let missing: Vec<_> = PRIVATE.into_iter().filter(|private| !named(private)).collect();
    if missing.is_empty() {
        return Ok(None);
    }
    let end = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
    let text = format!("{old}{end}# People and drafts are private.\n{}\n", missing.join("\n"));
    write(path, &text, Existing::Replace)?;
    Ok(Some(path.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::Config;
    use crate::contact::from_yaml;
    use crate::lint::prove;
    use crate::project::{Look, Project};
    use crate::rule::spec::RuleSpec;
    use crate::text::yaml::{Places, read};

    #[test]
    fn a_new_project_is_a_project() {
        let folder = tempfile::tempdir().unwrap();
        let answers = Answers { name: "Zoë de la Cruz", company: Some("7: Labs"), account: Some(Account::Free) };
        let made = init(folder.path(), &answers).unwrap();
        assert_eq!((made.written.len(), made.kept, made.ignored), (3, Vec::new(), None));
        let files = Files::default();
        let (project, problems) = Project::open(&files, Look::Near(folder.path()));
        assert_eq!(problems, []);
        let me = project.config.me.as_ref().unwrap();
        assert_eq!((me.full_name().as_str(), me.company.as_deref()), ("Zoë de la Cruz", Some("7: Labs")));
        assert_eq!(project.config.account, Some(Account::Free));
        let (people, problems) = project.contacts(&files);
        assert_eq!(problems, []);
        assert_eq!(people.iter().map(|person| &*person.id).collect::<Vec<_>>(), ["nadia-okafor", "tomas"]);
        assert_eq!(project.rules(&files).0[0].name, "my/coffee");
        let again = init(folder.path(), &answers).unwrap_err();
        assert_eq!(again.message, "this folder is a project already");
    }

    #[test]
    fn the_first_rule_is_proved_by_its_examples() {
        let mut rule: RuleSpec = read(Places::parse(RULE).unwrap().root()).unwrap();
        rule.id = "my/coffee".to_owned();
        assert_eq!(prove(&rule), []);
    }

    /// What is behind a `#` can be switched on by removing it.
    #[test]
    fn what_is_commented_out_is_right_too() {
        let uncommented = |text: &str| {
            let code = |line: &str| match line.trim_start().strip_prefix("# ") {
                Some(code) if code.starts_with("  ") || code.contains(": ") || code.ends_with(':') => {
                    let words = code.split(':').next().unwrap_or_default().trim().contains(' ');
                    if words && !code.trim_start().starts_with('-') {
                        String::new()
                    } else {
                        line.replacen("# ", "", 1)
                    }
                }
                Some(_) => String::new(),
                None => line.to_owned(),
            };
            text.lines().map(|line| code(line) + "\n").collect::<String>()
        };
        let config = uncommented(&config(&Answers::default()));
        let (read, found) = Config::from_yaml(&config);
        assert_eq!(found, [], "{config}");
        assert!(read.me.is_some() && read.account.is_some() && read.fail_on.is_some() && read.contacts.is_some());
        assert_eq!((read.levels.len(), read.overrides.len()), (2, 1));
        let contacts = uncommented(CONTACTS);
        let (people, found) = from_yaml(&contacts);
        assert_eq!(found, [], "{contacts}");
        assert_eq!(people[1].history.len(), 1);
    }

    #[test]
    fn what_is_there_stays_and_what_is_private_is_kept_from_git() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        fs::write(folder.path().join(".gitignore"), "/drafts").unwrap();
        let inner = folder.path().join("notes");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("contacts.yaml"), "- first_name: Ana\n").unwrap();
        let made = init(&inner, &Answers::default()).unwrap();
        assert_eq!((made.written.len(), made.kept), (2, vec![inner.join("contacts.yaml")]));
        assert_eq!(fs::read_to_string(inner.join("contacts.yaml")).unwrap(), "- first_name: Ana\n");
        let ignored = "# People and drafts are private.\ncontacts.yaml\ndrafts/\n";
        assert_eq!(fs::read_to_string(inner.join(".gitignore")).unwrap(), ignored);
        assert_eq!(ignore(&folder.path().join(".gitignore")).unwrap(), Some(folder.path().join(".gitignore")));
        let added = "/drafts\n# People and drafts are private.\ncontacts.yaml\n";
        assert_eq!(fs::read_to_string(folder.path().join(".gitignore")).unwrap(), added);
        assert_eq!(ignore(&folder.path().join(".gitignore")).unwrap(), None);
    }
}
