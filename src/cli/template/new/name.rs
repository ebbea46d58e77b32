use crate::cli::Failure;
use crate::cli::safe_name::near;
use crate::contact::check_id;
use crate::context::Kind;
use crate::text::Language;

/// The name of a template: what it is for, its own name, and the language behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) kind: Option<Kind>,
    /// With the language: `hello.de`.
    name: String,
    pub(super) language: Option<Language>,
}

impl Name {
    /// Reads a name. It becomes a path, so its parts must be names for files. `kind` is what a flag says.
    pub(super) fn parse(text: &str, kind: Option<Kind>) -> Result<Self, Failure> {
        let plain = text.strip_suffix(".tera").unwrap_or(text);
        let (folder, name) = plain.split_once('/').map_or((None, plain), |(folder, name)| (Some(folder), name));
        let (stem, language) = match name.split_once('.') {
            Some((stem, tag)) => (stem, Some(tag.parse::<Language>())),
            None => (name, None),
        };
        let wrong = |what: String| {
            let tag = language.iter().flatten().map(|language| format!(".{language}")).collect::<String>();
            let folder = folder
                .and_then(|folder| folder.parse().ok())
                .or(kind)
                .map_or(String::new(), |kind: Kind| format!("{kind}/"));
            let help = format!(
                "write {folder}{}{tag}: small letters, digits, - and _, and its kind before it",
                near(stem, "hello")
            );
            Failure::new(what).help(help)
        };
        if check_id(stem).is_err() || name.contains(['/', '\\']) {
            return Err(wrong(format!("“{text}” is not the name of a template")));
        }
        if let Some(Err(message)) = &language {
            return Err(wrong(message.clone()));
        }
        let of_folder = match folder.map(str::parse::<Kind>) {
            Some(Ok(of_folder)) => Some(of_folder),
            Some(Err(_)) => {
                return Err(wrong(format!(
                    "“{}” is not a kind of template: it is invite, follow_up or message",
                    folder.unwrap_or_default()
                )));
            }
            None => None,
        };
        if let (Some(said), Some(of_folder)) = (kind, of_folder)
            && said != of_folder
        {
            let failure = Failure::new(format!("the name says {of_folder}, and --kind says {said}"));
            return Err(failure.help("leave one of the two out"));
        }
        let language = language.and_then(Result::ok);
        Ok(Self { kind: of_folder.or(kind), name: name.to_owned(), language })
    }

    /// The id, with a kind for a name that says none.
    pub(super) fn id(&self, kind: Kind) -> String {
        format!("{}/{}", self.kind.unwrap_or(kind), self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_say_the_kind_and_the_language() {
        for (text, kind, id) in [
            ("hello", None, Some("invite/hello")),
            ("hello", Some(Kind::Message), Some("message/hello")),
            ("follow-up/hello", None, Some("follow_up/hello")),
            ("message/hello.de.tera", None, Some("message/hello.de")),
            ("message/hello", Some(Kind::Invite), None),
            ("parts/hello", None, None),
            ("invite/../hello", None, None),
            ("Hello", None, None),
            ("hello.xx", None, None),
            ("con", None, None),
            ("a\\b", None, None),
            ("", None, None),
        ] {
            let name = Name::parse(text, kind);
            assert_eq!(name.ok().map(|name| name.id(Kind::default())).as_deref(), id, "{text}");
        }
    }
}
