use std::collections::{HashMap, HashSet};

/// The longest id, in bytes.
const LONGEST: usize = 64;

/// Checks an id that somebody wrote. Ids become file names, so they must be safe on every system.
///
/// # Errors
/// What an id looks like, or why this one is no file name, in one line.
pub fn check_id(id: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    let starts_well = id.bytes().next().is_some_and(|first| first.is_ascii_lowercase() || first.is_ascii_digit());
    if !starts_well || id.len() > LONGEST || !id.bytes().all(plain) {
        let message = "an id is lower-case letters, digits, - and _, starts with a letter or digit, and has at most 64";
        return Err(format!("“{id}” cannot be an id: {message}; `{}` would do", slug(id)));
    }
    if is_device(id) {
        return Err(format!("“{id}” cannot be an id: Windows keeps this name for a device; `{id}-1` would do"));
    }
    Ok(())
}

/// Whether Windows would open a device instead of a file of this name.
fn is_device(id: &str) -> bool {
    match id.as_bytes() {
        b"con" | b"prn" | b"aux" | b"nul" => true,
        [b'c', b'o', b'm', digit] | [b'l', b'p', b't', digit] => digit.is_ascii_digit(),
        _ => false,
    }
}

/// An id made from a name: `Zoë O’Neil` is `zoe-oneil`. Names in other scripts are spelt in Latin letters.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for letter in deunicode::deunicode(name).chars().filter(|letter| !matches!(letter, '\'' | '`' | '"')) {
        if letter.is_ascii_alphanumeric() {
            id.push(letter.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
        if id.len() == LONGEST {
            break;
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() { "contact".to_owned() } else { id.to_owned() }
}

/// Hands out ids that nobody else has.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
    /// The number to try next for a slug that was asked for before.
    next: HashMap<String, usize>,
}

impl Ids {
    /// Ids of which some are given away.
    pub(super) fn without(taken: impl IntoIterator<Item = String>) -> Self {
        Self { taken: taken.into_iter().collect(), next: HashMap::new() }
    }

    /// A slug that is free and names no device: `ana`, then `ana-2`, `ana-3`.
    pub(super) fn free(&mut self, name: &str) -> String {
        let slug = slug(name);
        let number = self.next.entry(slug.clone()).or_insert(1);
        loop {
            let id = numbered(&slug, *number);
            *number += 1;
            if !is_device(&id) && self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

fn numbered(slug: &str, number: usize) -> String {
    if number == 1 {
        return slug.to_owned();
    }
    let number = format!("-{number}");
    let head = slug.len().min(LONGEST - number.len());
    format!("{}{number}", slug[..head].trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_id_that_is_safe_as_a_file_name() {
        for (name, id) in [
            ("Ana Ruiz", "ana-ruiz"),
            ("Zoë O’Neil", "zoe-oneil"),
            ("Jürgen Groß", "jurgen-gross"),
            ("Łukasz  Żółw", "lukasz-zolw"),
            ("Søren Ærø", "soren-aero"),
            ("İpek Yıldız", "ipek-yildiz"),
            ("李 明", "li-ming"),
            ("Дарья", "daria"),
            ("../../etc/passwd", "etc-passwd"),
            ("…", "contact"),
        ] {
            assert_eq!(slug(name), id, "{name}");
            assert_eq!(check_id(&slug(name)), Ok(()));
        }
    }

    #[test]
    fn an_unsafe_id_is_refused_with_one_that_would_do() {
        for id in ["", "-ana", "Ana", "ana ruiz", "ana/ruiz", "..", "a\nb", "con", "com1", "lpt9", &"a".repeat(65)] {
            assert!(check_id(id).is_err(), "{id}");
        }
        for id in ["a", "0", "ana_ruiz-2", "con-1", "com10", &"a".repeat(64)] {
            assert_eq!(check_id(id), Ok(()));
        }
        assert!(check_id("Ana Ruiz").unwrap_err().ends_with("`ana-ruiz` would do"));
    }

    #[test]
    fn a_clash_is_numbered() {
        let mut ids = Ids::without(["ana-2".to_owned()]);
        for id in ["ana", "ana-3", "ana-4"] {
            assert_eq!(ids.free("Ana"), id);
        }
        assert_eq!(ids.free("Con"), "con-2");
        let long = "a".repeat(80);
        assert_eq!(ids.free(&long), "a".repeat(64));
        assert_eq!(ids.free(&long), format!("{}-2", "a".repeat(62)));
    }
}
