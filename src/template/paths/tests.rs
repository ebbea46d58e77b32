use super::*;
use crate::template::Library;
use crate::text::{Origin, Span};

/// The paths of the template `invite/t` in a library.
pub(super) fn paths_of(files: &[(&str, &str)]) -> Paths {
    let library = library(files);
    walk(&library, library.get("invite/t").expect("the template loads"))
}

pub(super) fn library(files: &[(&str, &str)]) -> Library {
    let files: Vec<_> = files.iter().map(|(id, text)| (format!("templates/{id}.tera"), (*text).to_owned())).collect();
    let (library, findings) = Library::empty().with(&files);
    let errors: Vec<_> = findings.iter().filter(|(_, f)| f.level == crate::diagnostic::Level::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    library
}

fn of(body: &str) -> Paths {
    paths_of(&[("invite/t", &front(body))])
}

fn front(body: &str) -> String {
    format!("{{# title: x\nneeds: [event]\nmay: [talk, post] #}}\n{body}")
}

fn texts_of(paths: &Paths) -> Vec<String> {
    paths.paths.iter().map(|path| path.document.text().replace('\u{fffc}', "_")).collect()
}

fn texts(body: &str) -> Vec<String> {
    let paths = of(body);
    assert_eq!(paths.coverage, Coverage::All { paths: paths.paths.len() });
    texts_of(&paths)
}

#[test]
fn branches_are_paths() {
    for (body, expected) in [
        ("Hi {{ contact.first_name }}.", &["Hi _."][..]),
        ("{% if contact.company %}a{% else %}b{% endif %}", &["a", "b"]),
        ("{% if contact.company %}x{% endif %}{% if contact.company %}y{% endif %}.", &["xy.", "."]),
        ("{% if contact.company %}x{% endif %}{% if not contact.company %}y{% endif %}", &["x", "y"]),
        ("{% if contact.first_name %}x{% else %}y{% endif %}", &["x"]),
        ("{% if event %}x{% else %}y{% endif %}", &["x"]),
        ("{% if event.what %}x{% else %}y{% endif %}", &["x"]),
        ("{% if talk %}x{% elif talk.what %}y{% elif talk.when %}z{% endif %}.", &["x.", "."]),
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
        ("{% if contact.role in [\"a\", \"b\"] %}x{% elif contact.role == \"a\" %}y{% endif %}.", &["x.", "."]),
        ("{% if detail >= 1 %}a{% endif %}{% if detail == 2 %}b{% endif %}.", &["ab.", "a.", "."]),
        ("{% if event.detail %}a{% endif %}{% if detail == 2 %}b{% endif %}.", &["ab.", "b.", "."]),
        ("{% if me.company and detail >= 1 %}a{% endif %}{% if me.company %}b{% endif %}.", &["ab.", "b.", "."]),
        ("{% if me %}a{% endif %}{% if me.company %}b{% endif %}.", &["ab.", "a.", "."]),
        (
            "{% if channel == \"email\" %}a{% else %}b{% endif %}{% if kind == \"invite\" %}c{% else %}d{% endif %}",
            &["ac", "bc"],
        ),
        ("{{ kind }} {{ language }} {{ detail }}", &["invite en 2", "invite en 1", "invite en 0"]),
        (
            "{% if talk %}{{ talk.what }}{% if talk.when %} {{ talk.when | ago }}{% endif %}{% endif %}.",
            &["_ _.", "_.", "."],
        ),
    ] {
        assert_eq!(texts(body), expected, "{body}");
    }
}

#[test]
fn text_inside_expressions_is_text() {
    for (body, expected) in [
        ("Hi {{ contact.last_name | default(value=\"friend\") }}.", &["Hi _.", "Hi friend."][..]),
        ("{{ \"Dear\" if contact.last_name else \"Hey\" }} {{ contact.first_name }}", &["Dear _", "Hey _"]),
        ("{{ contact.company or \"your team\" }}", &["_", "your team"]),
        ("{{ \"at \" ~ contact.company }}.", &["at _.", "at ."]),
        ("{{ contact.company }}.", &["_."]),
        ("{{ contact.company }}{% if not contact.company %}x{% endif %}.", &["_."]),
        ("{% if contact.company %}x{% endif %}{{ contact.company }}.", &["x_."]),
        ("{{ 1 + 2 }}{{ 7 // 2 }}{{ true }}", &["33true"]),
        ("{{ \"a\" | upper }}{{ contact.first_name | upper }}{{ \"b c\" | title }}", &["A_B C"]),
        ("{{ contact.company | length }}", &["_"]),
        ("{{ today }}.", &["_.", "."]),
    ] {
        assert_eq!(texts(body), expected, "{body}");
    }
}

#[test]
fn sets_filters_and_loops_are_followed() {
    for (body, expected) in [
        (
            "{% set x = \"a\" if contact.company else \"b\" %}{% if x == \"a\" %}1{% else %}2{% endif %}{{ x }}",
            &["1a", "2b"][..],
        ),
        ("{% set x = contact.role == \"a\" %}{% if x %}1{% endif %}{% if x %}2{% endif %}.", &["12.", "."]),
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
        ("{% for c in \"añ\" %}{{ c }}-{% endfor %}", &["a-ñ-"]),
        ("{{ facts | length }}", &["1", "2"]),
        ("{% if facts | length > 1 %}{{ facts[1].what }}{% endif %}.", &[".", "_."]),
        (
            "{% for f in facts %}{% if f.kind == \"talk\" %}t{% else %}o{% endif %}{% endfor %}",
            &["o", "to", "ot", "oo"],
        ),
        ("{{ [\"a\", contact.first_name] | join(sep=\" & \") }}", &["a & _"]),
    ] {
        assert_eq!(texts(body), expected, "{body}");
    }
}

#[test]
fn includes_blocks_and_components_stand_where_they_are_used() {
    let files = [
        ("parts/base", "A{% block one %}a{% endblock %}B{% block two %}b{% endblock %}"),
        ("parts/sign", "{% if me.first_name %}{{ me.first_name }}{% else %}x{% endif %}"),
        (
            "parts/card",
            "{% component Card(who, word=\"Hi\") %}{{ word }} {{ who }}{% if body %}: {{ body }}{% endif %}{% endcomponent %}",
        ),
    ];
    for (body, expected) in [
        (
            "{% extends \"parts/base\" %}{% block two %}[{{ super() }}{{ super() | upper }}]{% endblock %}",
            &["AaB[bB]"][..],
        ),
        ("{% include \"parts/sign\" %}, {% include \"parts/sign\" %}", &["_, _", "x, x"]),
        (
            "{{ <Card who={contact.first_name}/> }}; {% <Card who={\"you\"} word={\"Yo\"}> %}b{% </Card> %}",
            &["Hi _; Yo you: b"],
        ),
        ("{{ <Card who={contact.company or \"you\"}/> }}", &["Hi _", "Hi you"]),
    ] {
        let front = front(body);
        let all: Vec<_> = files.iter().copied().chain([("invite/t", &*front)]).collect();
        assert_eq!(texts_of(&paths_of(&all)), expected, "{body}");
    }
}

#[test]
fn typed_text_keeps_its_place() {
    let body = "Hi {{ \"dear \" ~ contact.company }}{% filter upper %}a{% if contact.role %}b{% endif %}{% endfilter %}{{ 1 }}";
    let source = front(body);
    let paths = of(body);
    let shown: Vec<_> = paths.paths[0]
        .document
        .pieces()
        .iter()
        .map(|piece| {
            let text = &paths.paths[0].document.text()[piece.range.range()];
            let (kind, at) = match &piece.origin {
                Origin::Literal(at) => ("typed", at),
                Origin::Value { expr, .. } => ("nothing", expr),
                Origin::Derived { expr, .. } => ("derived", expr),
                Origin::Hole { expr, .. } => ("hole", expr),
            };
            format!("{kind} {} of {}", text.replace('\u{fffc}', "_"), &source[at.span.range()])
        })
        .collect();
    let expected = [
        "typed Hi  of Hi ",
        "typed dear  of dear ",
        "hole _ of contact.company",
        "derived A of a",
        "derived B of b",
        "derived 1 of 1",
    ];
    assert_eq!(shown, expected);
    let without = paths.paths.last().expect("a path");
    let nothing = without.document.pieces().iter().find(|piece| matches!(piece.origin, Origin::Value { .. }));
    assert!(nothing.is_some_and(|piece| piece.range.is_empty()), "{without:?}");
}

#[test]
fn a_path_tells_its_choices_and_a_person() {
    let paths =
        of("{% if contact.company %}a{% elif detail >= 1 %}b{% else %}c{% endif %}{{ contact.first_name | upper }}");
    let last = paths.paths.last().expect("a path");
    let told: Vec<_> = last.choices.iter().map(Choice::told).collect();
    assert_eq!(told, ["contact.company is missing", "“detail >= 1” does not hold"]);
    assert_eq!(last.fills.iter().map(|fill| &**fill).collect::<Vec<_>>(), ["contact.first_name | upper"]);
    let given = |path: &str| last.person.iter().find(|given| *given.path == *path).map(|given| given.is.clone());
    assert_eq!(given("contact.company"), Some(Is::Absent));
    assert_eq!(given("contact.first_name"), Some(Is::There));
    assert_eq!(given("detail"), Some(Is::Value("0".into())));
}

#[test]
fn what_may_be_missing_is_noted() {
    let missing = |body: &str| {
        let noted = of(body).missing.into_iter();
        let told = |choice: &Choice| choice.told();
        noted.map(|m| (m.path, m.effect, m.choices.iter().map(told).collect::<Vec<_>>().join(", "))).collect::<Vec<_>>()
    };
    let fails = |path: &str, choices: &str| vec![(path.to_owned(), Effect::Fails, choices.to_owned())];
    assert_eq!(missing("{{ contact.company }}"), fails("contact.company", ""));
    assert_eq!(missing("{% if contact.company %}{{ contact.company }}{% endif %}"), []);
    assert_eq!(
        missing("{% if me.role or contact.company %}{{ contact.company }}{% endif %}"),
        fails("contact.company", "“me.role or contact.company” holds")
    );
    assert_eq!(missing("{% if contact.company | length > 3 %}a{% endif %}"), fails("contact.company", ""));
    assert_eq!(missing("{% if contact.company and contact.company | length > 3 %}a{% endif %}"), []);
    assert_eq!(missing("{{ talk.what }}"), fails("talk.what", ""));
    assert_eq!(missing("{{ event.what }}{{ contact.first_name }}"), []);
    assert_eq!(
        missing("{{ \"at \" ~ me.company }}"),
        [("me.company".to_owned(), Effect::PrintsNothing, String::new())]
    );
    let of_list = missing("{% for f in facts %}{{ f.when }}{% endfor %}");
    assert_eq!((&*of_list[0].0, of_list[0].1), ("facts[0].when", Effect::Fails));
}

#[test]
fn branches_that_nobody_takes_are_dead() {
    let dead = |body: &str| {
        let choice = |dead: Dead| Choice { at: dead.at, what: dead.what, taken: dead.never };
        of(body).dead.into_iter().map(|dead| choice(dead).told()).collect::<Vec<_>>()
    };
    assert_eq!(dead("{% if contact.company %}a{% elif contact.company %}b{% endif %}"), ["contact.company is there"]);
    assert_eq!(dead("{% if contact.first_name %}a{% else %}b{% endif %}"), ["contact.first_name is missing"]);
    assert_eq!(dead("{% if event %}{% for f in facts %}x{% else %}none{% endfor %}{% endif %}").len(), 2);
    assert_eq!(dead("{{ contact.first_name | default(value=\"you\") }}"), ["contact.first_name is missing"]);
    assert_eq!(dead("{% if kind == \"message\" %}a{% endif %}"), ["“kind == \"message\"” holds"]);
    assert_eq!(dead("{% if me.role %}a{% endif %}{% for f in facts %}{{ f.what }}{% endfor %}"), [""; 0]);
}

#[test]
fn what_cannot_be_analysed_is_said() {
    let unread = |body: &str| of(body).unread.into_iter().map(|unread| unread.why).collect::<Vec<_>>();
    for (body, expected) in [
        (
            "{% filter truncate(length=4) %}hi {{ contact.first_name }}{% endfilter %}",
            "what truncate makes of text depends on the values in it",
        ),
        (
            "{% for c in contact.first_name %}{{ c }}{% endfor %}",
            "how many rounds the loop over contact.first_name makes is not known",
        ),
        ("{{ facts }}", "the note prints a list as such"),
        ("{% for i in range(end=900) %}x{% endfor %}", "the loop makes more rounds than can be followed"),
        ("{{ facts[detail].what }}", "which item is meant is not known"),
        (
            "{% filter title %}o{{ contact.first_name }}{% endfilter %}",
            "what title makes of text beside a value depends on the value",
        ),
    ] {
        assert_eq!(unread(body), [expected], "{body}");
    }
    assert_eq!(unread("{{ contact.first_name | truncate(length=4) }}{{ \"hello\" | truncate(length=2) }}"), [""; 0]);
}

#[test]
fn a_subject_has_paths_too() {
    let source = "{# title: x\nchannel: email\nneeds: [event]\nsubject: \"From {{ event.what }}{% if event.detail %}!{% endif %}\" #}\nHi";
    let library = library(&[("invite/t", source)]);
    let paths = walk_subject(&library, library.get("invite/t").expect("the template")).expect("a subject");
    assert_eq!(texts_of(&paths), ["From _"]);
    let Origin::Literal(at) = paths.paths[0].document.pieces()[0].origin else { panic!("{paths:?}") };
    assert_eq!(&source[at.span.range()], "From ");
    assert_eq!(at.span, Span::new(source.find("From").expect("it is there"), source.find("{{").expect("it is there")));
}

#[test]
fn the_built_in_library_has_all_its_paths() {
    let library = Library::builtin();
    for template in library.templates() {
        let paths = walk(&library, template);
        assert_eq!(paths.coverage, Coverage::All { paths: paths.paths.len() }, "{}", template.id());
        assert!(paths.unread.is_empty() && paths.missing.is_empty(), "{}: {paths:?}", template.id());
    }
}
