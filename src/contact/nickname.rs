//! Short and familiar forms of first names: Kate for Katherine, Bob for Robert.

/// One name a line, with its short forms behind it; put together for cordial from common knowledge.
const NAMES: &str = include_str!("nicknames.txt");

/// Whether two first names may be the same person's: equal, one a known short form of the other or both of the same
/// name, or one the beginning of the other (Sam and Samuel, but not Sara and Sarah). Both come folded, without accents.
#[must_use]
pub fn may_be_the_same_name(one: &str, other: &str) -> bool {
    one == other || is_beginning(one, other) || NAMES.lines().any(|line| has(line, one) && has(line, other))
}

fn has(line: &str, name: &str) -> bool {
    line.split(' ').any(|form| form == name)
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
        for (one, other) in
            [("kate", "katherine"), ("bob", "robert"), ("sam", "samuel"), ("bill", "will"), ("ana", "ana")]
        {
            assert!(may_be_the_same_name(one, other) && may_be_the_same_name(other, one), "{one} {other}");
        }
        for (one, other) in [("sara", "sarah"), ("ana", "anna"), ("tom", "tim"), ("kate", "kara")] {
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
