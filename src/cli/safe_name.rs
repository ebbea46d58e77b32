//! Names that become names of files.

use crate::contact::{check_id, slug};

/// The name most like the one that was written, which is safe as the name of a file.
pub(super) fn near(name: &str, other: &str) -> String {
    if check_id(name).is_ok() {
        return name.to_owned();
    }
    match slug(name) {
        _ if !name.contains(char::is_alphanumeric) => other.to_owned(),
        slug if check_id(&slug).is_ok() => slug,
        device => format!("{device}-1"),
    }
}
