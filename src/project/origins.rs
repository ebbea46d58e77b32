//! Which config file says what.

use std::fmt;
use std::path::{Path, PathBuf};

use super::Project;
use super::config_files::Layer;
use super::read::{absolute, shown};
use crate::config::{Config, Override};
use crate::diagnostic::Setting;

/// A line of a config file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", shown(&self.file), self.line)
    }
}

impl Project {
    /// The line of a setting that has one value, such as `account` or `rules`: in the nearest config that sets it.
    #[must_use]
    pub fn origin(&self, key: &str) -> Option<Origin> {
        let layer = self.layers.iter().find(|layer| is_set(&layer.config, key))?;
        Some(layer.origin(layer.key(key)?.start))
    }

    /// The line of a field of the writer, such as `role`, in the nearest config that says who writes.
    #[must_use]
    pub fn me_origin(&self, path: &str) -> Option<Origin> {
        let layer = self.layers.iter().find(|layer| layer.config.me.is_some())?;
        Some(layer.origin(layer.me_field(path)?.start))
    }

    /// The levels that are set, each with its line; of two for the same rule or pack, the nearer one.
    #[must_use]
    pub fn level_origins(&self) -> Vec<(&str, Setting, Origin)> {
        let mut levels: Vec<(&str, Setting, Origin)> = Vec::new();
        for layer in self.layers.iter().rev() {
            for (name, setting) in &layer.config.levels {
                levels.retain(|(known, ..)| *known != name.value);
                levels.push((&name.value, *setting, layer.origin(name.span.start)));
            }
        }
        levels
    }

    /// The overrides that apply to a file, or all of them, each with its line; a later one goes over an earlier one.
    #[must_use]
    pub fn override_origins(&self, file: Option<&Path>) -> Vec<(&Override, Origin)> {
        let file = file.map(absolute);
        let of = |layer: &'_ Layer, own: &Override| layer.origin(own.paths.first().map_or(0, |path| path.span.start));
        let mut found = Vec::new();
        for layer in self.layers.iter().rev() {
            match &file {
                Some(file) => found.extend(layer.overrides(file).map(|own| (own, of(layer, own)))),
                None => found.extend(layer.config.overrides.iter().map(|own| (own, of(layer, own)))),
            }
        }
        found
    }
}

fn is_set(config: &Config, key: &str) -> bool {
    match key {
        "me" => config.me.is_some(),
        "account" => config.account.is_some(),
        "contacts" => config.contacts.is_some(),
        "rules" => config.rules.is_some(),
        "templates" => config.templates.is_some(),
        "fail_on" => config.fail_on.is_some(),
        "extend" => config.extend.is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Existing, Files, Look, write};

    #[test]
    fn every_setting_has_the_line_of_the_nearest_config_that_sets_it() {
        let folder = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| write(&folder.path().join(path), text, Existing::Keep).unwrap();
        put("base/cordial.yaml", "account: premium\nfail_on: error\nlevels:\n  my/a: off\n  my/b: off\n");
        put(
            "cordial.yaml",
            "# one\naccount: free\nextend: base\nlevels: {my/a: error}\noverrides:\n- paths: x/\n  kind: message\n",
        );
        let (project, problems) = Project::open(&Files::default(), Look::Near(folder.path()));
        assert_eq!(problems, []);
        let place = |origin: Origin| {
            let file = origin.file.strip_prefix(folder.path()).unwrap().display().to_string().replace('\\', "/");
            format!("{file}:{}", origin.line)
        };
        let origin = |key| project.origin(key).map(place);
        assert_eq!(origin("account").as_deref(), Some("cordial.yaml:2"));
        assert_eq!(origin("fail_on").as_deref(), Some("base/cordial.yaml:2"));
        assert_eq!(origin("me"), None);
        let levels: Vec<_> = project.level_origins().into_iter().map(|(name, _, at)| (name, place(at))).collect();
        assert_eq!(levels, [("my/b", "base/cordial.yaml:5".to_owned()), ("my/a", "cordial.yaml:4".to_owned())]);
        let lines = |file: Option<&Path>| {
            let found = project.override_origins(file).into_iter();
            found.map(|(_, origin)| place(origin)).collect::<Vec<_>>()
        };
        assert_eq!(lines(None), ["cordial.yaml:6"]);
        assert_eq!(lines(Some(&folder.path().join("x/a.txt"))), ["cordial.yaml:6"]);
        assert!(lines(Some(&folder.path().join("a.txt"))).is_empty());
    }
}
