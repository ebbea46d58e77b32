use serde::Deserialize;

use super::*;

/// The bytes that a path's key and value are written with.
fn written<'t>(text: &'t str, steps: &str) -> (Option<&'t str>, Option<&'t str>) {
    let places = Places::parse(text).unwrap();
    let steps = path(steps);
    (places.key(&steps).map(|span| &text[span.range()]), places.value(&steps).map(|span| &text[span.range()]))
}

#[test]
fn locates_keys_and_values() {
    let text = "\u{feff}# people\r\n- first_name: Zoë  # née\r\n  facts:\r\n    - talk: \"Rust: the hard parts\"\r\n      when: 2026\r\n    - {post: 'it''s', list: [a, b ]}\r\n  company:\r\n";
    for (steps, key, value) in [
        ("[0].first_name", Some("first_name"), Some("Zoë")),
        ("[0].facts[0].talk", Some("talk"), Some("\"Rust: the hard parts\"")),
        ("[0].facts[0].when", Some("when"), Some("2026")),
        ("[0].facts[0]", None, Some("talk: \"Rust: the hard parts\"\r\n      when: 2026")),
        ("[0].facts[1]", None, Some("{post: 'it''s', list: [a, b ]}")),
        ("[0].facts[1].post", Some("post"), Some("'it''s'")),
        ("[0].facts[1].list", Some("list"), Some("[a, b ]")),
        ("[0].facts[1].list[1]", None, Some("b")),
        ("[0].company", Some("company"), Some("")),
        ("[0].compnay", None, None),
        ("[1]", None, None),
    ] {
        assert_eq!(written(text, steps), (key, value), "{steps}");
    }
}

#[test]
fn counts_the_entries_of_a_mapping() {
    let text = "swap:\n  'can''t wait': ''\n  utilize: use\n";
    assert_eq!(written(text, "swap[1]"), (Some("utilize"), Some("use")));
    let places = Places::parse(text).unwrap();
    assert_eq!(places.key_offset(&path("swap[0]"), 6), Some(text.find("wait").unwrap()));
}

#[test]
fn maps_offsets_in_scalars_to_the_file() {
    for (text, letter) in [
        ("p: have not heard <x>", '<'),
        ("p: 'don''t bump <it>'", '<'),
        (r#"p: "a\tb \"c\" \u00e9\x41 <d>""#, '<'),
        (r#"p: "\ud83d\ude00 é <d>""#, '<'),
        ("p: Zoë’s <talk>  # note", '<'),
    ] {
        let places = Places::parse(text).unwrap();
        let value = places.node(&path("p")).and_then(Node::text).unwrap().to_owned();
        let at = value.find(letter).unwrap();
        assert_eq!(places.scalar_offset(&path("p"), at), text.find(letter), "{text}");
        assert_eq!(places.scalar_offset(&path("p"), value.len() + 1), None);
    }
}

#[test]
fn points_into_the_first_line_of_a_scalar_of_several_lines_and_else_to_its_start() {
    for (text, at, offset) in [
        ("p: |\n  one\n  two\n", 2, 9),
        ("p: |\n  one\n  two\n", 4, 7),
        ("p: >-\n  one\n  two\n", 4, 8),
        ("p: one\n  two\n", 2, 5),
        ("p: one\n  two\n", 4, 3),
        ("p: \"one\n  two\"\n", 4, 3),
    ] {
        let places = Places::parse(text).unwrap();
        assert_eq!(places.scalar_offset(&path("p"), at), Some(offset), "{text}");
    }
}

#[test]
fn an_empty_text_says_nothing() {
    for text in ["", "# only a comment\n", "---\n"] {
        assert!(Places::parse(text).unwrap().root().is_null(), "{text:?}");
    }
}

#[test]
fn refuses_what_people_do_not_mean() {
    for (text, place, message) in [
        ("a: Rust: the hard parts", ": the", "a colon inside a value that has no quotes"),
        ("a: @rustlang", "@rust", "YAML does not allow `@` at the start"),
        ("a: [Re]thinking", "thinking", "brackets"),
        ("a: 1\nb: 2\na: 3", "a: 3", "`a` stands here twice"),
        ("a: &x 1\nb: *x", "*x", "an alias"),
        ("a: \"open", "", "a quote is opened and not closed"),
        ("a:\n\t- b", "- b", "a tab"),
        ("a: 1\n---\nb: 2\n", "---", "a second document"),
        ("%YAML 1.2\n---\na: 1", "%YAML", "directive"),
        ("[a]: 1", "[a]", "a key must be text"),
    ] {
        let error = Places::parse(text).unwrap_err();
        assert!(error.message.contains(message), "{text:?}: {error}");
        assert!(error.help.is_some(), "{text:?}: {error}");
        assert!(text[error.span.start..].starts_with(place), "{text:?}: {:?}", &text[error.span.start..]);
    }
}

#[test]
fn refuses_deep_nesting() {
    for text in ["[".repeat(2000), "- ".repeat(2000), format!("{}1{}", "{a: ".repeat(500), "}".repeat(500))] {
        assert!(Places::parse(&text).is_err());
    }
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    #[serde(default)]
    number: Option<u32>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    level: Option<Level>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Level {
    Warning,
    Above(usize),
}

fn row(text: &str) -> Result<Row, YamlError> {
    read(Places::parse(text).unwrap().root())
}

#[test]
fn reads_values_with_serde() {
    let expected = Row {
        name: "7".into(),
        number: Some(7),
        words: vec!["true".into(), "1.50".into()],
        level: Some(Level::Warning),
    };
    assert_eq!(row("name: 7\nnumber: 7\nwords: [true, 1.50]\nlevel: warning").unwrap(), expected);
    assert_eq!(row("name: ''\nlevel: {above: 3}").unwrap().level, Some(Level::Above(3)));
    assert_eq!(row("name: a\nnumber: ~\nlevel:").unwrap().number, None);
}

#[test]
fn an_error_in_a_value_has_the_place_of_the_value() {
    for (text, place, message, help) in [
        ("name: a\nnumebr: 1", "numebr", "there is no key `numebr` here", Some("Did you mean `number`?")),
        ("name: a\nx: 1", "x", "there is no key `x` here", Some("Known here: name, number, words, level.")),
        ("number: 1\nwords: []", "number: 1", "the key `name` is missing", None),
        ("name: [a]", "[a]", "expected text, found a list", None),
        ("name:", "", "expected text, found nothing", None),
        ("name: a\nnumber: many", "many", "expected a number, found “many”", None),
        ("name: a\nwords: one", "one", "expected a list, found “one”", None),
        ("name: a\nwords: [b, {c: d}]", "c: d", "expected text, found keys with values", None),
        ("name: a\nlevel: waning", "waning", "“waning” is not known here", Some("Did you mean `warning`?")),
        ("- a", "- a", "expected keys with values, found a list", None),
    ] {
        let error = row(text).unwrap_err();
        assert_eq!(error.message, message, "{text}");
        assert_eq!(error.help.as_deref(), help, "{text}");
        assert_eq!(&text[error.span.range()], place, "{text}");
    }
}

#[test]
fn finds_the_offset_of_a_line_and_column() {
    for (text, line, column, offset) in
        [("ab\nzoë: x\n", 2, 6, 9), ("a\r\nb", 1, 9, 1), ("\u{feff}ab", 1, 2, 4), ("a", 9, 9, 1), ("", 0, 0, 0)]
    {
        assert_eq!(offset_of(text, line, column), offset, "{text:?} {line}:{column}");
    }
}

proptest::proptest! {
    #[test]
    fn what_is_written_is_read_back(text in "(\\PC|[\\pC\"'\\\\#: \n\r\t-]|null|no|~|1){0,8}") {
        for written in [scalar(&text), quoted(&text).into()] {
            let yaml = format!("p: {written}\nq: x\n");
            let places = Places::parse(&yaml).unwrap();
            assert_eq!(places.node(&path("p")).and_then(Node::text), Some(&*text), "{yaml:?}");
        }
    }

    #[test]
    fn every_place_lies_on_characters_of_the_text(text in "([-:#@'\"{}\\[\\]\\\\,|>&*! \t\r\n]|[a-c]|é|👍|\u{feff}){0,60}") {
        match Places::parse(&text) {
            Ok(places) => check(&text, places.root()),
            Err(error) => assert!(text.get(error.span.range()).is_some()),
        }
    }

    #[test]
    fn offsets_never_leave_the_scalar(text in "p: (['\"]?)([a-c' \"\\\\#]|é|\\\\u00e9){0,12}(['\"]?)") {
        let Ok(places) = Places::parse(&text) else { return Ok(()) };
        let Some(node) = places.node(&path("p")) else { return Ok(()) };
        for at in 0..=node.text().map_or(0, str::len) {
            if let Some(offset) = node.offset(&text, at) {
                assert!(text.is_char_boundary(offset) && node.span.start <= offset && offset <= node.span.end);
            }
        }
    }
}

fn check(text: &str, node: &Node<'_>) {
    assert!(text.get(node.span.range()).is_some(), "{node:?}");
    let inner = node.entries().iter().flat_map(|(key, value)| [key, value]).chain(node.items());
    for child in inner {
        assert!(node.span.contains(child.span), "{node:?}");
        check(text, child);
    }
}
