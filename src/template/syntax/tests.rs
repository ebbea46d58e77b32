use serde::Deserialize;
use snapbox::{Data, assert_data_eq};
use tera::{Context, ErrorKind, Tera};

use super::generate_tests::{Numbers, damaged, plain, template};
use super::tree::{ExprKind, Node, Tree};
use super::walk::{Part, walk};
use super::*;
use crate::template::prepare::Prepared;
use crate::text::Span;

/// A template of `tests/corpus/nasty_templates.yaml`.
#[derive(Deserialize)]
struct Nasty {
    name: String,
    files: std::collections::BTreeMap<String, String>,
}

fn nasty() -> Vec<(String, String)> {
    let all: Vec<Nasty> = serde_yaml::from_str(include_str!("../../../tests/corpus/nasty_templates.yaml")).unwrap();
    all.into_iter()
        .flat_map(|nasty| nasty.files.into_iter().map(move |(file, text)| (format!("{}/{file}", nasty.name), text)))
        .collect()
}

/// Why Tera does not read a template.
fn tera_refuses(source: &str) -> Option<String> {
    let error = Tera::default().add_raw_template("t", source).err()?;
    match error.kind() {
        ErrorKind::SyntaxError(report) => Some(format!("{} at {:?}", report.message(), report.span().range)),
        _ => None,
    }
}

/// What we say to a template is what Tera says.
fn agree(name: &str, source: &str) {
    let (ours, tera) = (parse(source), tera_refuses(source));
    match (&ours, &tera) {
        (Ok(_), Some(why)) => panic!("{name}: only Tera refuses {source:?}: {why}"),
        (Err(error), None) => panic!("{name}: only we refuse {source:?}: {error:?}"),
        (Err(error), Some(_)) => assert!(source.get(error.span.range()).is_some(), "{name}: {error:?} in {source:?}"),
        (Ok(tree), None) => check_places(tree, source),
    }
}

/// The stretches of a template lie side by side, and every part of its tree inside the one around it.
fn check_places(tree: &Tree, source: &str) {
    let list = segments(source).list;
    assert!(list.iter().all(|segment| segment.whole.contains(segment.given)), "{source:?}");
    let mut spans = Vec::new();
    stretches(&tree.nodes, &mut spans);
    assert_eq!(spans, list.iter().map(|segment| segment.whole).collect::<Vec<_>>(), "{source:?}");
    walk(&tree.nodes, &mut |part| match part {
        Part::Expr(expr) => {
            for part in expr.parts() {
                assert!(expr.span.contains(part.span), "{expr:?} in {source:?}");
            }
            let text = &source[expr.span.range()];
            match &expr.kind {
                ExprKind::Variable(name) => assert_eq!(text.trim_matches(['(', ')', ' ']), name, "{source:?}"),
                ExprKind::Attribute { name, .. } => assert_eq!(&source[name.span.range()], name.value, "{source:?}"),
                _ => assert_eq!(text.trim(), text),
            }
        }
        Part::Node(Node::Text(text)) => assert!(text.whole.contains(text.printed), "{source:?}"),
        Part::Node(Node::Print { tag, expr }) => assert!(tag.contains(expr.span), "{source:?}"),
        Part::Node(_) => {}
    });
}

/// The texts, comments and tags of a tree, in order.
fn stretches(nodes: &[Node], spans: &mut Vec<Span>) {
    for node in nodes {
        match node {
            Node::Text(text) => spans.push(text.whole),
            Node::If(branches) => spans.push(branches.arms[0].tag),
            Node::For(inner) => spans.push(inner.tag),
            Node::Comment(tag)
            | Node::Break(tag)
            | Node::Continue(tag)
            | Node::Print { tag, .. }
            | Node::Set { tag, .. }
            | Node::SetBlock { tag, .. }
            | Node::FilterBlock { tag, .. }
            | Node::Include { tag, .. }
            | Node::Extends { tag, .. }
            | Node::Block { tag, .. }
            | Node::Component { tag, .. }
            | Node::ComponentCall { tag, .. } => spans.push(*tag),
        }
        for body in node.bodies() {
            stretches(&body.nodes, spans);
            spans.push(body.end);
        }
    }
}

#[test]
fn nasty_templates_are_read_as_tera_reads_them() {
    let numbers = Numbers::new(7);
    for (name, source) in nasty() {
        assert!(tera_refuses(&source).is_none(), "{name}: {:?}", tera_refuses(&source));
        agree(&name, &source);
        for _ in 0..30 {
            agree(&name, &damaged(&source, &numbers));
        }
    }
}

#[test]
fn generated_templates_are_read_as_tera_reads_them() {
    let rounds = 3_000;
    let (numbers, mut sound) = (Numbers::new(1), 0);
    for round in 0..rounds {
        let source = template(&numbers, 3);
        sound += usize::from(parse(&source).is_ok());
        agree(&format!("round {round}"), &source);
        for _ in 0..3 {
            agree(&format!("round {round}"), &damaged(&source, &numbers));
        }
    }
    assert!(sound * 2 > rounds, "only {sound} of {rounds} are sound");
}

/// The text that a tree prints, when all its branches are taken.
fn printed(nodes: &[Node], source: &str) -> String {
    let part = |node: &Node| match node {
        Node::Text(text) => source[text.printed.range()].to_owned(),
        Node::If(branches) => printed(&branches.arms[0].body.nodes, source),
        _ => String::new(),
    };
    nodes.iter().map(part).collect()
}

#[test]
fn what_is_printed_of_a_text_is_what_tera_prints() {
    let (numbers, mut sound) = (Numbers::new(3), 0);
    for _ in 0..5_000 {
        let source = plain(&numbers);
        // A brace before a tag makes another one of it.
        let Ok(tree) = parse(&source) else { continue };
        sound += 1;
        let tera = Tera::default().render_str(&Prepared::new(&source).text, &Context::new(), false);
        assert_eq!(printed(&tree.nodes, &source), tera.unwrap(), "{source:?}");
    }
    assert!(sound > 2_500, "only {sound} are sound");
}

/// What is said of a template of one line.
fn said(source: &str) -> String {
    let error = parse(source).expect_err(source);
    let (before, length) = (source[..error.span.start].chars().count(), source[error.span.range()].chars().count());
    let finding = error.into_diagnostic(source);
    let help = finding.help.map_or_else(String::new, |help| format!("  help: {help}\n"));
    format!("{}{} {}\n{help}", " ".repeat(before), "^".repeat(length.max(1)), finding.message)
}

#[test]
fn an_error_says_where_it_is_and_what_to_do() {
    let mut page =
        String::from("# What is said of templates that cannot be read: the place, the words, the way out.\n");
    for source in [
        "{% if a %}x{% endfor %}",
        "{% for a in b %}{% if c %}x{% endfor %}{% endif %}",
        "{% if a %}x",
        "{% for x in y %}{% if x %}{% endif %}",
        "{% set x %}",
        "{% filter upper %}",
        "{% block a %}",
        "{% <Box> %}a",
        "{% component A() %}",
        "{% endif %}",
        "{% else %}",
        "{% elif a %}",
        "{% if a %}{% else %}{% elif b %}{% endif %}",
        "{% if a %}{% else %}{% else %}{% endif %}",
        "{% for a in b %}{% elif c %}{% endfor %}",
        "{% if a %}{% set b %}{% else %}{% endset %}{% endif %}",
        "{% if a %}{% elseif b %}{% endif %}",
        "{% if a %}{% else if b %}{% endif %}",
        "{% if a %}{% end %}",
        "{% end %}",
        "{% fi a %}",
        "{% macro a() %}",
        "{% contact.first_name %}",
        "{% first_name %}",
        "{% unless a %}",
        "{% %}",
        "{{ }}",
        "{{ a | truncate(20) }}",
        "{{ a | default('x') }}",
        "{{ a | truncate(length) }}",
        "{% if a && b %}{% endif %}",
        "{% if a || b %}{% endif %}",
        "{% if !a %}{% endif %}",
        "{% if a = b %}{% endif %}",
        "{% if a === b %}{% endif %}",
        "{% if a <> b %}{% endif %}",
        "{{ a ? b : c }}",
        "{{ a | default(value=“you”) }}",
        "{{ ‘a’ }}",
        "{{ a\u{a0}}}",
        "{{ café }}",
        "{{ a; }}",
        "{{ a & b }}",
        "{{ 'a }}",
        "{{ 'a\\d' }}",
        "Hi {{ a",
        "Hi {{ a }",
        "Hi {{ a } there",
        "Hi {% if a",
        "{# a",
        "{% raw %} a",
        "{{ 99999999999999999999 }}",
        "{{ a.upper() }}",
        "{{ a b }}",
        "{{ a | }}",
        "{{ a is }}",
        "{{ a. }}",
        "{{ a[ }}",
        "{{ (a }}",
        "{{ [a }}",
        "{{ {a: 1 } }}",
        "{{ {\"a\": {\"b\": 1}} }}",
        "{{ - - a }}",
        "{{ a ~ -b }}",
        "{{ a not b }}",
        "{{ [[[1]]] }}",
        "{{ a[b[c[d[e[f]]]]] }}",
        "{{ f(a=1, a=2) }}",
        "{{ a | f(a=1 b=2) }}",
        "{% for loop in a %}{% endfor %}",
        "{% for a of b %}{% endfor %}",
        "{% for a in b %}{{ loop.counter }}{% endfor %}",
        "{% set a b %}",
        "{% set not = 1 %}",
        "{% break %}",
        "{% for a in b %}{% set c %}{% break %}{% endset %}{% endfor %}",
        "{% include name %}",
        "{% extends 'a' %}text",
        "text{% extends 'a' %}",
        "{% extends 'a' %}{% extends 'b' %}",
        "{% block a %}{% endblock %}{% block a %}{% endblock %}",
        "{% block a %}{% endblock b %}",
        "{% for a in b %}{% block c %}{% endblock %}{% endfor %}",
        "{% <A> %}{% </B> %}",
        "{{ <A> }}",
        "{{ <A b=c/> }}",
        "{{ <A b=1/> }}",
        "{% if a %}{% component B() %}{% endcomponent %}{% endif %}",
        "{% component A(a, a) %}{% endcomponent %}",
        "{% component A(body) %}{% endcomponent %}",
        "{% component A(a: strin) %}{% endcomponent %}",
        "{% component A(a: bool = 1) %}{% endcomponent %}",
        "{% component A(a = [b]) %}{% endcomponent %}",
        "{% component A(a = b) %}{% endcomponent %}",
        "{% component A(...a, b) %}{% endcomponent %}",
        "{% component A %}{% endcomponent %}",
    ] {
        page += &format!("\n{source}\n{}", said(source));
    }
    assert_data_eq!(page, Data::read_from("tests/corpus/template_errors.txt".as_ref(), None).raw());
}

#[test]
fn hostile_templates_get_an_answer_in_linear_time() {
    // As long as a template can be; the line is a megabyte.
    let long = |piece: &str| piece.repeat(64 * 1024 / piece.len());
    let line = "Hi {{ contact.first_name }}, ".repeat(40_000);
    assert_eq!(parse(&line).unwrap().nodes.len(), 80_001);
    for piece in [
        "{",
        "{{",
        "{{ ",
        "{%",
        "{% ",
        "{#",
        "{#-#}",
        "{# #} ",
        "\n{# c #}",
        "{% raw %}",
        "{% raw %}{% endraw",
        "{%-",
        "{{ a -}} ",
        "{{ '",
        "\"",
        "\\",
        "{% if a %}",
        "{% if a %}{% else %}",
        "{% endif %}",
        "{% for a in b %}",
        "{% set a %}",
        "{% filter upper %}",
        "{% block a %}",
        "{% <A> %}",
        "{% component A() %}",
        "{{ (",
        "{{ a.",
        "\u{a0}",
        "👩‍💻{{",
    ] {
        for source in [long(piece), format!("{{{{ {}", long(piece)), format!("{{% if a %}}{}{{% elif", long(piece))] {
            let read = parse(&source);
            assert!(read.is_err() || segments(&source).error.is_none(), "{piece}");
            if let Err(error) = read {
                assert!(source.get(error.span.range()).is_some(), "{piece}: {error:?}");
            }
        }
    }
    for piece in
        ["(", "[", "{\"a\": ", "a(b=", "-(", "not (", "a[", "a.", "1+", "a ~ ", "a | b | ", "<A b={", "a if b else "]
    {
        let message = parse(&format!("{{{{ {}", long(piece))).unwrap_err().message;
        assert!(message.contains("more than"), "{piece}: {message}");
    }
    let elifs = |count: usize| format!("{{% if a %}}{}{{% endif %}}", "{% elif b %}".repeat(count));
    assert!(parse(&elifs(128)).is_ok());
    assert_eq!(parse(&elifs(129)).unwrap_err().message, "more than 128 elifs stand before this one");
}

#[test]
fn what_tera_bears_is_borne() {
    let joined = vec!["a"; 240].join(" ~ ");
    let maps = format!("{}{joined}{}", "{\"a\": ".repeat(38), "} ".repeat(38));
    let body = format!("{{{{ {maps} }}}}{{% if a %}}{}{{% endif %}}", "{% elif b %}".repeat(128));
    let calls = format!("{}{body}{}", "{% <A> %}".repeat(38), "{% </A> %}".repeat(38));
    let source = format!("{calls}{{% component A() %}}{{{{ body }}}}{{% endcomponent %}}");
    agree("the deepest", &source);
    assert!(parse(&source).is_ok());
}

#[test]
fn the_bounds_are_those_of_tera() {
    let nested = |count: usize, open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(count), close.repeat(count))
    };
    for count in 36..44 {
        for (open, close) in [
            ("{% if a %}", "{% endif %}"),
            ("{% if a %}{% elif b %}", "{% endif %}"),
            ("{% for a in b %}", "{% endfor %}"),
            ("{% for a in b %}{% else %}", "{% endfor %}"),
            ("{% set a %}", "{% endset %}"),
            ("{% filter upper %}", "{% endfilter %}"),
            ("{% <A> %}", "{% </A> %}"),
        ] {
            agree(open, &nested(count, open, "x", close));
            agree(open, &nested(count, open, "", close));
        }
        for (open, close) in
            [("(", ")"), ("f(a=", ")"), ("{'a': ", "} "), ("-(", ")"), ("not (", ")"), ("a if b else ", "")]
        {
            agree(open, &format!("{{{{ {} }}}}", nested(count, open, "1", close)));
        }
    }
    for count in 1..6 {
        agree("brackets", &format!("{{{{ {} }}}}", nested(count, "a[", "1", "]")));
        agree("arrays", &format!("{{{{ {} }}}}", nested(count, "[", "1", "]")));
        agree("loops", &format!("{{{{ {} }}}}", nested(count, "[", "1", " for a in b]")));
    }
    for count in 250..262 {
        agree("sums", &format!("{{{{ 1{} }}}}", " + 1".repeat(count)));
        agree("steps", &format!("{{{{ a{} | f }}}}", ".b".repeat(count)));
        agree("filters", &format!("{{{{ f(a=1{}, b=2 + 2) }}}}", " | f".repeat(count)));
    }
}
