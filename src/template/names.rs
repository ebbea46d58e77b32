//! The filters, tests and functions there are.

use tera::{Context, Tera};

use super::filters::OWN;
use crate::diagnostic::{Diagnostic, Level};
use crate::text::{Span, similar};

/// The id under which what is not there is reported.
pub(super) const UNKNOWN: &str = "template/unknown";

/// What a name in a template is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    Filter,
    Test,
    Function,
}

/// Tera 2.4.0's own.
const FILTERS: &[&str] = &[
    "safe",
    "default",
    "upper",
    "lower",
    "wordcount",
    "escape",
    "escape_html",
    "escape_xml",
    "newlines_to_br",
    "pluralize",
    "trim",
    "trim_start",
    "trim_end",
    "replace",
    "capitalize",
    "title",
    "truncate",
    "indent",
    "str",
    "int",
    "float",
    "length",
    "reverse",
    "split",
    "abs",
    "round",
    "first",
    "last",
    "nth",
    "join",
    "sort",
    "unique",
    "get",
    "values",
    "keys",
    "pairs",
    "group_by",
];
const TESTS: &[&str] = &[
    "string",
    "number",
    "map",
    "bool",
    "array",
    "integer",
    "float",
    "none",
    "iterable",
    "defined",
    "undefined",
    "odd",
    "even",
    "divisible_by",
    "starting_with",
    "ending_with",
    "containing",
];
const FUNCTIONS: &[&str] = &["range", "throw", "super"];

/// Names of other template languages, and what is meant here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("uppercase", "upper"),
    ("upcase", "upper"),
    ("lowercase", "lower"),
    ("downcase", "lower"),
    ("count", "length"),
    ("size", "length"),
    ("strip", "trim"),
    ("date", "ago"),
    ("object", "map"),
    ("mapping", "map"),
    ("sequence", "array"),
    ("null", "none"),
    ("startswith", "starting_with"),
    ("endswith", "ending_with"),
    ("divisibleby", "divisible_by"),
];

impl Sort {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Filter => "filter",
            Self::Test => "test",
            Self::Function => "function",
        }
    }

    fn known(self) -> impl Iterator<Item = &'static str> {
        let (of_tera, own): (&'static [_], &'static [_]) = match self {
            Self::Filter => (FILTERS, OWN),
            Self::Test => (TESTS, &[]),
            Self::Function => (FUNCTIONS, &[]),
        };
        of_tera.iter().chain(own).copied()
    }

    /// Whether there is one of the name. Those that are not listed Tera is asked for.
    fn has(self, name: &str, tera: &Tera) -> bool {
        let uses = match self {
            Self::Filter => format!("{{% if false %}}{{{{ 1 | {name} }}}}{{% endif %}}"),
            Self::Test => format!("{{% if false %}}{{{{ 1 is {name} }}}}{{% endif %}}"),
            Self::Function => format!("{{% if false %}}{{{{ {name}() }}}}{{% endif %}}"),
        };
        self.known().any(|known| known == name) || tera.render_str(&uses, &Context::new(), false).is_ok()
    }

    /// What is wrong with a name that nothing has.
    pub(super) fn check(self, name: &str, span: Span, tera: &Tera) -> Option<Diagnostic> {
        if self.has(name, tera) {
            return None;
        }
        let elsewhere =
            ELSEWHERE.iter().find(|(other, here)| *other == name && self.known().any(|known| known == *here));
        let near = elsewhere.map(|&(_, here)| here).or_else(|| similar(name, self.known()));
        let message = match near {
            Some(near) => format!("there is no {} “{name}”: did you mean {near}?", self.as_str()),
            None => format!("there is no {} “{name}”", self.as_str()),
        };
        let mut known: Vec<_> = self.known().collect();
        known.sort_unstable();
        let help = format!("Known: {}.", known.join(", "));
        Some(Diagnostic::new(UNKNOWN, Level::Error, message, span).with_help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_listed_names_are_those_that_tera_knows() {
        let mut tera = Tera::default();
        super::super::filters::register(&mut tera);
        for sort in [Sort::Filter, Sort::Test, Sort::Function] {
            for name in sort.known() {
                let text = match sort {
                    Sort::Filter => format!("{{{{ 1 | {name} }}}}"),
                    Sort::Test => format!("{{{{ 1 is {name} }}}}"),
                    Sort::Function => format!("{{{{ {name}() }}}}"),
                };
                assert!(tera.clone().add_raw_template("t", &text).is_ok(), "{name}");
            }
        }
    }

    #[test]
    fn a_name_that_nothing_has_gets_a_suggestion() {
        let said =
            |sort: Sort, name: &str| sort.check(name, Span::default(), &Tera::default()).map(|found| found.message);
        assert_eq!(said(Sort::Filter, "uper").unwrap(), "there is no filter “uper”: did you mean upper?");
        assert_eq!(said(Sort::Filter, "strip").unwrap(), "there is no filter “strip”: did you mean trim?");
        assert_eq!(said(Sort::Test, "null").unwrap(), "there is no test “null”: did you mean none?");
        assert_eq!(said(Sort::Function, "now").unwrap(), "there is no function “now”");
        assert_eq!(said(Sort::Filter, "group_by"), None);
    }
}
