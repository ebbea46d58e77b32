//! Names of files as the service that shows the findings knows them: from the root of the repository, with slashes.

/// Where the run stands in the repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Root {
    /// The folder of the repository, with slashes and without one at its end.
    folder: Option<String>,
    /// The folder of the run, in the repository's.
    here: String,
}

impl Root {
    /// A run in the folder `here` of a repository in `folder`; both are whole paths.
    #[must_use]
    pub fn new(folder: &str, here: &str) -> Self {
        let (folder, here) = (slashes(folder), slashes(here));
        let folder = folder.trim_end_matches('/').to_owned();
        let inside = inside(&folder, &here).unwrap_or_default().to_owned();
        Self { folder: Some(folder), here: inside }
    }

    /// A file's name. What is no path, such as `<stdin>`, stays as it is.
    #[must_use]
    pub fn name(&self, name: &str) -> String {
        if name.starts_with('<') {
            return name.to_owned();
        }
        let name = slashes(name);
        let is_whole = name.starts_with('/') || name.as_bytes().get(1) == Some(&b':');
        if is_whole {
            let inside = self.folder.as_deref().and_then(|folder| inside(folder, &name));
            return inside.map(str::to_owned).unwrap_or(name);
        }
        let mut steps: Vec<&str> = self.here.split('/').filter(|step| !step.is_empty()).collect();
        for step in name.split('/') {
            match step {
                "" | "." => {}
                ".." if steps.last().is_some_and(|last| *last != "..") => drop(steps.pop()),
                step => steps.push(step),
            }
        }
        steps.join("/")
    }
}

fn slashes(path: &str) -> String {
    if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() }
}

/// The rest of a path behind a folder.
fn inside<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    let rest = path.strip_prefix(folder)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_root_of_the_repository() {
        let none = Root::default();
        let top = Root::new("/w/repo/", "/w/repo");
        let below = Root::new("/w/repo", "/w/repo/notes/a");
        let beside = Root::new("/w/repo", "/tmp");
        for (root, name, expected) in [
            (&none, "./drafts//ana.md", "drafts/ana.md"),
            (&none, "/tmp/ana.md", "/tmp/ana.md"),
            (&none, "../ana.md", "../ana.md"),
            (&none, "<stdin>", "<stdin>"),
            (&top, "ana.md", "ana.md"),
            (&top, "/w/repo/ana.md", "ana.md"),
            (&top, "/w/repository/ana.md", "/w/repository/ana.md"),
            (&below, "ana.md", "notes/a/ana.md"),
            (&below, "../b/ana.md", "notes/b/ana.md"),
            (&below, "<stdin>", "<stdin>"),
            (&beside, "ana.md", "ana.md"),
        ] {
            assert_eq!(root.name(name), expected, "{name} in {root:?}");
        }
    }
}
