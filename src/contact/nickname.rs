//! Short and familiar forms of first names: Kate for Katherine, Bob for Robert.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// One name a line, with its short forms behind it; put together for cordial from common knowledge.
const NAMES: &str = include_str!("nicknames.txt");

/// Whether two first names may be the same person's: equal, but for how letters such as ö are written (Bjorn, Bjoern);
/// one a known short form of the other or both of the same name; one the beginning of the other (Sam and Samuel, but
/// not Sara and Sarah); or one a pet form of the other's beginning (Zuzka, Zuzana). Both come folded, without accents.
#[must_use]
pub fn may_be_the_same_name(one: &str, other: &str) -> bool {
    one == other
        || is_beginning(one, other)
        || lines(one).iter().any(|line| lines(other).contains(line))
        || is_pet_form(one, other)
        || is_pet_form(other, one)
        || (one.bytes().next() == other.bytes().next() && plain(one) == plain(other))
}

/// A name with one letter for those that are also written as two.
fn plain(name: &str) -> String {
    ["ae", "oe", "ue", "aa"].iter().fold(name.to_owned(), |name, two| name.replace(two, &two[..1]))
}

/// Endings that make a pet form of a name's beginning, in a few languages.
const PET: &[&str] = &["ito", "ita", "inho", "inha", "chen", "ie", "ka", "ko", "ek", "je", "sha", "ya", "y", "i"];

fn is_pet_form(pet: &str, name: &str) -> bool {
    let begins = |stem: &str| stem.len() >= 3 && name.starts_with(stem);
    pet.len() < name.len() + 2 && PET.iter().any(|ending| pet.strip_suffix(ending).is_some_and(begins))
}

/// The lines that hold a name.
fn lines(name: &str) -> &'static [usize] {
    static LINES: OnceLock<FxHashMap<&str, Vec<usize>>> = OnceLock::new();
    let lines = LINES.get_or_init(|| {
        let mut lines = FxHashMap::<&str, Vec<usize>>::default();
        for (number, line) in NAMES.lines().enumerate() {
            line.split(' ').for_each(|form| lines.entry(form).or_default().push(number));
        }
        lines
    });
    lines.get(name).map_or(&[], Vec::as_slice)
}

fn is_beginning(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    long.starts_with(short) && (2..=5).contains(&short.len()) && long.len() - short.len() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_the_same_name() {
        for (one, other) in [
            ("kate", "katherine"),
            ("bob", "robert"),
            ("sam", "samuel"),
            ("bill", "will"),
            ("ana", "ana"),
            ("zuzka", "zuzana"),
            ("marty", "martin"),
            ("juergen", "jurgen"),
        ] {
            assert!(may_be_the_same_name(one, other) && may_be_the_same_name(other, one), "{one} {other}");
        }
        for (one, other) in
            [("sara", "sarah"), ("ana", "anna"), ("tom", "tim"), ("kate", "kara"), ("maria", "marta"), ("ben", "bob")]
        {
            assert!(!may_be_the_same_name(one, other), "{one} {other}");
        }
    }

    #[test]
    fn each_line_is_a_name_and_its_forms_in_order() {
        let names: Vec<&str> = NAMES.lines().map(|line| line.split(' ').next().unwrap()).collect();
        assert!(NAMES.lines().all(|line| line.split(' ').count() > 1 && line.is_ascii()));
        assert_eq!(names.len(), names.iter().collect::<std::collections::HashSet<_>>().len());
    }
}
