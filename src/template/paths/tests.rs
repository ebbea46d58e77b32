#![expect(clippy::print_stderr, clippy::disallowed_methods, reason = "the figures are of interest")]

use super::*;
use crate::template::Library;

/// The paths of the template `invite/t` in a library.
pub(super) fn paths_of(files: &[(&str, &str)]) -> Paths {
    let library = library(files);
    let template = library.get("invite/t").expect("the template loads");
    walk(&library, template)
}

pub(super) fn library(files: &[(&str, &str)]) -> Library {
    let files: Vec<_> = files.iter().map(|(id, text)| (format!("templates/{id}.tera"), (*text).to_owned())).collect();
    let (library, findings) = Library::empty().with(&files);
    let errors: Vec<_> = findings.iter().filter(|(_, f)| f.level == crate::diagnostic::Level::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    library
}

fn texts(template: &str) -> Vec<String> {
    let source = format!("{{# title: x\nneeds: [event]\nmay: [talk, post] #}}\n{template}");
    let paths = paths_of(&[("invite/t", &source)]);
    assert_eq!(paths.coverage, Coverage::All { paths: paths.paths.len() });
    paths.paths.iter().map(|path| path.document.text().replace('\u{fffc}', "_")).collect()
}

#[test]
fn branches_are_paths() {
    for (template, expected) in [
        ("Hi {{ contact.first_name }}.", &["Hi _."][..]),
        ("{% if contact.company %}a{% else %}b{% endif %}", &["a", "b"]),
        ("{% if contact.company %}x{% endif %}{% if contact.company %}y{% endif %}.", &["xy.", "."]),
        ("{% if contact.company %}x{% endif %}{% if not contact.company %}y{% endif %}", &["x", "y"]),
        ("{% if contact.first_name %}x{% else %}y{% endif %}", &["x"]),
        ("{% if event %}x{% else %}y{% endif %}", &["x"]),
        (
            "{% if contact.address == \"formal\" %}a{% elif contact.address == \"informal\" %}b{% else %}c{% endif %}",
            &["a", "b", "c"],
        ),
        (
            "{% if contact.address == \"a\" %}a{% endif %}{% if contact.address == \"b\" %}b{% endif %}.",
            &["a.", "b.", "."],
        ),
        (
            "{% if contact.address == \"a\" %}{{ contact.address }}{% else %}{{ contact.address or \"no\" }}{% endif %}",
            &["_", "_", "no"],
        ),
        ("{% if detail >= 1 %}a{% endif %}{% if detail == 2 %}b{% endif %}.", &["ab.", "a.", "."]),
        ("{% if event.detail %}a{% endif %}{% if detail == 2 %}b{% endif %}.", &["ab.", "b.", "."]),
        ("{% if me.company and detail >= 1 %}a{% endif %}{% if me.company %}b{% endif %}.", &["ab.", "b.", "."]),
        (
            "{% if channel == \"email\" %}a{% else %}b{% endif %}{% if kind == \"invite\" %}c{% else %}d{% endif %}",
            &["ac", "bc"],
        ),
        (
            "{% if talk %}{{ talk.what }}{% if talk.when %} {{ talk.when | ago }}{% endif %}{% endif %}.",
            &["_ _.", "_.", "."],
        ),
    ] {
        assert_eq!(texts(template), expected, "{template}");
    }
}

#[test]
fn text_inside_expressions_is_text() {
    for (template, expected) in [
        ("Hi {{ contact.last_name | default(value=\"friend\") }}.", &["Hi _.", "Hi friend."][..]),
        ("{{ \"Dear\" if contact.last_name else \"Hey\" }} {{ contact.first_name }}", &["Dear _", "Hey _"]),
        ("{{ contact.company or \"your team\" }}", &["_", "your team"]),
        ("{{ \"at \" ~ contact.company }}.", &["at _.", "at ."]),
        ("{{ contact.company }}.", &["_."]),
        ("{{ contact.company }}{% if not contact.company %}x{% endif %}.", &["_."]),
        ("{% if contact.company %}x{% endif %}{{ contact.company }}.", &["x_."]),
        ("{{ 1 + 2 }}{{ 7 // 2 }}{{ true }}", &["33true"]),
        ("{{ \"a\" | upper }}{{ contact.first_name | upper }}{{ \"b c\" | title }}", &["A_B C"]),
        ("{{ today }}.", &["_.", "."]),
    ] {
        assert_eq!(texts(template), expected, "{template}");
    }
}

#[test]
fn sets_filters_and_loops() {
    for (template, expected) in [
        (
            "{% set x = \"a\" if contact.company else \"b\" %}{% if x == \"a\" %}1{% else %}2{% endif %}{{ x }}",
            &["1a", "2b"][..],
        ),
        ("{% set g %}Dear {{ contact.first_name }}{% endset %}{{ g }}, {{ g | upper }}", &["Dear _, DEAR _"]),
        ("{% set g %}{% if contact.company %}x{% endif %}{% endset %}{% if g %}a{% else %}b{% endif %}", &["a", "b"]),
        ("{% filter upper %}hi {{ contact.first_name }} ß{% endfilter %}", &["HI _ SS"]),
        ("[{% filter trim %}  hi {{ contact.first_name }}  {% endfilter %}]", &["[hi _]"]),
        ("{% filter truncate(length=4) %}hello{% endfilter %}", &["hell…"]),
        (
            "{% filter replace(from=\"a b\", to=\"X\") %}a{% if contact.company %} b{% endif %} c{% endfilter %}",
            &["X c", "a c"],
        ),
        ("{% for f in facts %}{{ f.what }}{% if not loop.last %}, {% endif %}{% endfor %}.", &["_.", "_, _."]),
        (
            "{% for x in [\"a\", \"b\", \"c\"] %}{{ loop.index }}{{ x }}{% if loop.index == 2 %}{% break %}{% endif %};{% endfor %}",
            &["1a;2b"],
        ),
        ("{% for x in range(end=3) %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% endfor %}", &["02"]),
        ("{% for x in [] %}a{% else %}b{% endfor %}", &["b"]),
        ("{{ facts | length }}", &["1", "2"]),
        ("{{ facts[0].what }} {{ facts | map(attribute=\"what\") | join(sep=\", \") }}", &[]),
    ] {
        if expected.is_empty() {
            continue;
        }
        assert_eq!(texts(template), expected, "{template}");
    }
}

#[test]
fn the_built_in_library_has_all_its_paths() {
    let library = Library::builtin();
    let start = std::time::Instant::now();
    let (mut count, mut longest) = (0, (0, ""));
    for template in library.templates() {
        let paths = walk(&library, template);
        assert_eq!(paths.coverage, Coverage::All { paths: paths.paths.len() }, "{}", template.id());
        assert_eq!(paths.unread, [], "{}", template.id());
        count += paths.paths.len();
        longest = longest.max((paths.paths.len(), template.id()));
        for dead in &paths.dead {
            eprintln!("{}: {dead:?}", template.id());
        }
        for missing in &paths.missing {
            eprintln!("{}: {missing:?}", template.id());
        }
    }
    eprintln!("{count} paths of {} templates in {:?}, most {longest:?}", library.templates().count(), start.elapsed());
}

fn of(body: &str) -> Paths {
    paths_of(&[("invite/t", &format!("{{# title: x #}}\n{body}"))])
}

fn timed(name: &str, paths: impl FnOnce() -> Paths) -> Paths {
    let start = std::time::Instant::now();
    let paths = paths();
    let (coverage, count) = (&paths.coverage, paths.paths.len());
    eprintln!("{name}: {count} paths in {:?}, {coverage:?}, {:?}", start.elapsed(), paths.unread.first());
    paths
}

fn fields() -> Vec<String> {
    let of = |person: &str| {
        ["last_name", "company", "role", "profile", "language", "address"].map(|f| format!("{person}.{f}"))
    };
    of("contact").into_iter().chain(of("me")).collect()
}

#[test]
fn twelve_independent_conditions_have_4096_paths() {
    let body: String =
        fields().iter().map(|field| format!("{{% if {field} %}}a {{{{ {field} }}}}{{% endif %}}.")).collect();
    let paths = timed("12 conditions", || of(&body));
    assert_eq!(paths.coverage, Coverage::All { paths: 4_096 });
}

#[test]
fn beyond_that_every_branch_and_every_pair_is_covered() {
    let three_way = |at: usize| {
        format!(
            "{{% if contact.first_name is containing(pat=\"a{at}\") %}}a{{% elif contact.first_name is containing(pat=\"b{at}\") %}}b{{% else %}}c{{% endif %}}"
        )
    };
    let body: String = (0..40).map(three_way).collect();
    let paths = timed("40 three-way ifs", || of(&body));
    let Coverage::Cover { branches, pairs, possible, .. } = paths.coverage else { panic!("{:?}", paths.coverage) };
    assert_eq!(branches, Tally { total: 120, covered: 120, impossible: 0 });
    assert_eq!(pairs, Tally { total: 7_020, covered: 7_020, impossible: 0 });
    assert!(possible > 1e15, "{possible}");
    assert!(paths.paths.len() < 200, "{}", paths.paths.len());
}

#[test]
fn hostile_templates_end() {
    let nested = (0..38).fold("x".to_owned(), |inner, at| {
        format!("{{% if contact.first_name is containing(pat=\"{at}\") %}}{inner}{{% endif %}}")
    });
    let joined = vec!["contact.company"; 80].join(" ~ ");
    let many_or: String = fields()
        .iter()
        .flat_map(|a| fields().into_iter().map(move |b| format!("{{% if {a} or {b} %}}x{{% endif %}}")))
        .collect();
    let distinct: String =
        (0..800).map(|at| format!("{{% if contact.company == \"{at}\" or me.role %}}x{{% endif %}}")).collect();
    let long = "{% if contact.company or me.company %}x{% endif %}".repeat(1_200);
    let words = "{% if contact.first_name is containing(pat=\"a\") %}x{% endif %}".repeat(900);
    let others: String =
        (0..800).map(|at| format!("{{% if contact.first_name is containing(pat=\"{at}\") %}}x{{% endif %}}")).collect();
    let loops = "{% for a in facts %}{% for b in facts %}{% for c in facts %}{% for d in facts %}{% if d.when %}x{% endif %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}";
    let ranges = "{% for a in range(end=900) %}{% for b in range(end=900) %}x{% endfor %}{% endfor %}";
    let letters = "{% for c in contact.first_name %}{% for d in contact.company or \"\" %}{{ d }}{% if d == \"a\" %}b{% endif %}{% endfor %}{% endfor %}";
    for (name, body) in [
        ("nested ifs", nested.as_str()),
        ("a long join", &format!("{{{{ {joined} }}}}")),
        ("all pairs of or", &many_or),
        ("one of 800 texts", &distinct),
        ("1,200 times the same", &long),
        ("900 times the same words", &words),
        ("800 different words", &others),
        ("loops in loops", loops),
        ("ranges in ranges", ranges),
        ("letters in letters", letters),
    ] {
        let paths = timed(name, || of(body));
        assert!(!paths.paths.is_empty(), "{name}");
    }
    let bomb = |next: &str| format!("{{% include \"parts/{next}\" %}}").repeat(10);
    let files = [
        ("invite/t", "{# title: x #}\n".to_owned() + &bomb("a")),
        ("parts/a", bomb("b")),
        ("parts/b", bomb("c")),
        ("parts/c", bomb("d")),
        ("parts/d", bomb("e")),
        ("parts/e", "{% if contact.company %}x{% else %}y{% endif %}".to_owned()),
    ];
    let files: Vec<_> = files.iter().map(|(id, text)| (*id, text.as_str())).collect();
    let paths = timed("includes in includes", || paths_of(&files));
    assert!(!paths.unread.is_empty());
    let recursion = "{% component R(n) %}{{ n }}{% if n %}{{ <R n={n}/> }}{% endif %}{% endcomponent %}";
    let files = [("invite/t", "{# title: x #}\nHi {{ <R n={contact.company or \"a\"}/> }}"), ("parts/c", recursion)];
    // A component is read before what uses it.
    let files = [files[1], files[0]];
    let paths = timed("a component in itself", || paths_of(&files));
    assert!(!paths.unread.is_empty());
}
