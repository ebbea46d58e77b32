//! Templates with more paths than anybody would wait for, and those that are made to hurt.

#![expect(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "the figures are of interest, and how long they take"
)]

use std::time::Instant;

use super::tests::paths_of;
use super::{Coverage, Paths, Tally, walk};
use crate::template::Library;

fn of(body: &str) -> Paths {
    paths_of(&[("invite/t", &format!("{{# title: x #}}\n{body}"))])
}

fn timed(name: &str, paths: impl FnOnce() -> Paths) -> Paths {
    let start = Instant::now();
    let paths = paths();
    eprintln!(
        "{name}: {:?}, {:?}, {:?}",
        start.elapsed(),
        paths.coverage,
        paths.unread.first().map(|first| &first.why)
    );
    paths
}

/// Fields that a person has or has not, whatever else they have.
fn fields() -> Vec<String> {
    let fields = ["last_name", "company", "role", "profile", "language", "address"];
    ["contact", "me"].iter().flat_map(|person| fields.map(|field| format!("{person}.{field}"))).collect()
}

/// A condition that holds or not, whatever else does.
fn asked(what: &str) -> String {
    format!("contact.first_name is containing(pat=\"{what}\")")
}

#[test]
fn twelve_independent_conditions_have_4096_paths() {
    let body = |field: &String| format!("{{% if {field} %}}a {{{{ {field} }}}}{{% endif %}}.");
    let body: String = fields().iter().map(body).collect();
    let paths = timed("12 conditions", || of(&body));
    assert_eq!(paths.coverage, Coverage::All { paths: 4_096 });
}

#[test]
fn beyond_that_every_branch_and_every_pair_is_covered() {
    let (a, b) = (|at: u32| asked(&format!("a{at}")), |at: u32| asked(&format!("b{at}")));
    let three_way = |at: u32| format!("{{% if {} %}}a{{% elif {} %}}b{{% else %}}c{{% endif %}}", a(at), b(at));
    let body: String = (0..40).map(three_way).collect();
    let paths = timed("40 three-way ifs", || of(&body));
    let Coverage::Cover { branches, pairs, possible, .. } = paths.coverage else { panic!("{:?}", paths.coverage) };
    assert_eq!(branches, Tally { total: 120, covered: 120, impossible: 0 });
    assert_eq!(pairs, Tally { total: 7_020, covered: 7_020, impossible: 0 });
    assert!(possible > 1e15, "{possible}");
    assert!(paths.paths.len() < 200, "{}", paths.paths.len());
}

#[test]
fn outcomes_that_exclude_each_other_are_told_apart_from_those_not_found() {
    let one = |at: u32| {
        format!(
            "{{% if contact.company == \"{at}\" %}}{at}{{% endif %}}{{% if {} %}}x{{% endif %}}",
            asked(&at.to_string())
        )
    };
    let body: String = (0..20).map(one).collect();
    let paths = timed("20 values of one field", || of(&body));
    let Coverage::Cover { branches, pairs, .. } = paths.coverage else { panic!("{:?}", paths.coverage) };
    assert_eq!((branches.covered, branches.total), (80, 80));
    assert_eq!(pairs.impossible, 20 * 19 / 2, "{pairs:?}");
    assert_eq!(pairs.covered + pairs.impossible, pairs.total, "{pairs:?}");
}

#[test]
fn templates_that_are_made_to_hurt_come_to_an_end() {
    let nested =
        (0..36).fold("x".to_owned(), |inner, at| format!("{{% if {} %}}{inner}{{% endif %}}", asked(&at.to_string())));
    let joined = vec!["contact.company"; 80].join(" ~ ");
    let both = |a: &String| fields().iter().map(|b| format!("{{% if {a} or {b} %}}x{{% endif %}}")).collect::<String>();
    let many_or: String = fields().iter().map(both).collect();
    let one_of = |at: u32| format!("{{% if contact.company == \"{at}\" or me.role %}}x{{% endif %}}");
    let distinct = |at: u32| format!("{{% if {} %}}x{{% endif %}}", asked(&at.to_string()));
    let loops = (0..4).fold("{% if f0.when %}x{% endif %}".to_owned(), |inner, at| {
        format!("{{% for f{at} in facts %}}{inner}{{% endfor %}}")
    });
    for (name, body) in [
        ("nested ifs", nested),
        ("a long join", format!("{{{{ {joined} }}}}")),
        ("all pairs of or", many_or),
        ("one of 800 texts", (0..800).map(one_of).collect()),
        ("1,200 times the same", "{% if contact.company or me.company %}x{% endif %}".repeat(1_200)),
        ("800 different questions", (0..800).map(distinct).collect()),
        ("loops in loops", loops),
        (
            "ranges in ranges",
            "{% for a in range(end=900) %}{% for b in range(end=900) %}x{% endfor %}{% endfor %}".to_owned(),
        ),
        ("a long text", "word ".repeat(12_000)),
    ] {
        let paths = timed(name, || of(&body));
        assert!(!paths.paths.is_empty(), "{name}");
        assert!(paths.paths.len() <= 4_096, "{name}");
    }
}

#[test]
fn includes_and_components_without_end_are_cut_and_said() {
    let next = |part: &str| format!("{{% include \"parts/{part}\" %}}").repeat(10);
    let (a, b, c, d) = (next("b"), next("c"), next("d"), next("e"));
    let front = format!("{{# title: x #}}\n{}", next("a"));
    let leaf = "{% if contact.company %}x{% else %}y{% endif %}";
    let files = [
        ("parts/e", leaf),
        ("parts/d", &*d),
        ("parts/c", &*c),
        ("parts/b", &*b),
        ("parts/a", &*a),
        ("invite/t", &*front),
    ];
    let paths = timed("includes in includes", || paths_of(&files));
    assert_eq!(paths.unread[0].why, "this goes on for longer than can be followed");
    let nested = |inner: &str| {
        (0..36).fold(inner.to_owned(), |inner, _| format!("{{% if contact.company %}}{inner}{{% endif %}}"))
    };
    let deep: Vec<_> =
        (0..12).map(|at| (format!("parts/{at}"), nested(&format!("{{% include \"parts/{}\" %}}", at + 1)))).collect();
    let deep = deep.iter().map(|(id, text)| (&**id, &**text)).rev();
    let files: Vec<_> = [("parts/12", "x")]
        .into_iter()
        .chain(deep)
        .chain([("invite/t", "{# title: x #}\nHi {% include \"parts/0\" %}")])
        .collect();
    let paths = timed("ifs in includes in ifs", || paths_of(&files));
    assert_eq!(paths.unread[0].why, "this is nested deeper than can be followed");
    let own = "{% component R(n) %}{{ n }}{% if n %}{{ <R n={n}/> }}{% endif %}{% endcomponent %}";
    let files = [("parts/c", own), ("invite/t", "{# title: x #}\nHi {{ <R n={contact.company or \"a\"}/> }}")];
    let paths = timed("a component in itself", || paths_of(&files));
    assert_eq!(paths.unread[0].why, "a component that calls itself is followed 20 times");
}

#[test]
fn the_built_in_library_takes_milliseconds() {
    let library = Library::builtin();
    let start = Instant::now();
    let paths: usize = library.templates().map(|template| walk(&library, template).paths.len()).sum();
    let templates = library.templates().count();
    eprintln!("{paths} paths of {templates} built-in templates: {:?}", start.elapsed());
}
