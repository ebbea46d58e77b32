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
