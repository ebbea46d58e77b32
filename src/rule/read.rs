use super::spec::RuleSpec;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::text::yaml::{self, Places, Segment};

/// The id under which everything about a rule file is reported.
pub const RULE: &str = "rule";

/// Reads a rule file. Its id comes from its place: `<pack>/<name>`.
///
/// # Errors
/// What is wrong first, with bytes of `text`.
pub fn read(id: &str, text: &str) -> Result<RuleSpec, Box<Diagnostic>> {
    let located = |error| Box::new(Diagnostic::from_yaml(RULE, error, 0));
    let places = Places::parse(text).map_err(located)?;
    let mut spec: RuleSpec = yaml::read(places.root()).map_err(located)?;
    id.clone_into(&mut spec.id);
    Ok(spec)
}

/// The bytes of a rule file that a path such as `phrases[2]` means, from byte `at` of that value on.
#[must_use]
pub fn place(text: &str, path: &str, at: usize) -> Span {
    let Ok(places) = Places::parse(text) else { return Span::default() };
    // A phrase as a key may hold any mark, so it is not taken apart.
    if let Some(phrase) = path.strip_prefix("swap.") {
        let steps = [Segment::Key("swap"), Segment::Key(phrase)];
        let key = places.key(&steps).unwrap_or_default();
        let start = places.key_offset(&steps, at).filter(|start| key.start <= *start && *start < key.end);
        return Span::new(start.unwrap_or(key.start), key.end);
    }
    let steps = yaml::path(path);
    let known = (0..=steps.len()).rev().find_map(|upto| Some((upto, places.value(&steps[..upto])?)));
    let (upto, value) = known.unwrap_or((0, Span::default()));
    if upto < steps.len() || steps.is_empty() {
        // What is missing has no place: the first line stands for the file.
        return if upto == 0 { Span::new(0, text.lines().next().map_or(0, str::len)) } else { value };
    }
    let start = places.scalar_offset(&steps, at).filter(|start| at > 0 && value.start <= *start && *start < value.end);
    Span::new(start.unwrap_or(value.start), value.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_rule_file_has_its_place() {
        let slip = |text: &str| {
            let error = read("my/x", text).unwrap_err();
            (error.span.start, error.message)
        };
        let (at, message) = slip("summary: x\nlevle: error\n");
        assert_eq!(at, 11, "{message}");
        assert!(message.contains("levle"), "{message}");
    }

    #[test]
    fn a_column_in_a_phrase_is_a_column_of_the_file() {
        let text = "summary: x\nphrases:\n  - follow-up\n  - 'a (b'\nswap: {a.b: c}\n";
        assert_eq!(&text[place(text, "phrases[0]", 6).range()], "-up");
        assert_eq!(&text[place(text, "phrases[1]", 2).range()], "(b'");
        assert_eq!(&text[place(text, "swap.a.b", 0).range()], "a.b");
        assert_eq!(&text[place(text, "examples", 0).range()], "summary: x");
    }
}
