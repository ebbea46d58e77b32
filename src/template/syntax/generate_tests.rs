//! Random templates of every construct, most of them sound.

use std::cell::Cell;

/// A small generator of numbers: the same ones in every run.
pub(super) struct Numbers(Cell<u64>);

impl Numbers {
    pub(super) const fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    pub(super) fn below(&self, bound: usize) -> usize {
        let mut next = self.0.get();
        next ^= next << 13;
        next ^= next >> 7;
        next ^= next << 17;
        self.0.set(next);
        usize::try_from(next % bound.max(1) as u64).unwrap()
    }

    fn pick<'p>(&self, from: &[&'p str]) -> &'p str {
        from[self.below(from.len())]
    }

    fn one_in(&self, of: usize) -> bool {
        self.below(of) == 0
    }
}

/// A template with parts nested up to `depth`.
pub(super) fn template(numbers: &Numbers, depth: usize) -> String {
    let mut text = String::new();
    if numbers.one_in(12) {
        text += numbers.pick(&["", " \n", "{# first #}\n", "{% component Z() %}z{% endcomponent %}"]);
        text += "{% extends \"base\" %}";
        for _ in 0..numbers.below(3) {
            let name = numbers.below(9);
            text += &format!("\n{{% block b{name} %}}{}{{% endblock %}}", nodes(numbers, depth));
        }
        return text + numbers.pick(&["", "\n", " x"]);
    }
    text + &nodes(numbers, depth) + numbers.pick(&["", "\n", "\r\n", "\n\n"])
}

/// A template that prints all its text: with comments, raw text and dashes, and tags that print nothing.
pub(super) fn plain(numbers: &Numbers) -> String {
    let part = |_| match numbers.below(8) {
        0..=2 => text(numbers),
        3 => numbers.pick(COMMENTS).to_owned(),
        4 => raw(numbers),
        5 => tag(numbers, "set x = 1"),
        6 => tag(numbers, "if true") + &text(numbers) + &tag(numbers, "endif"),
        _ => numbers.pick(&["{{ '' }}", "{{- '' }}", "{{ '' -}}", "{{- '' -}}"]).to_owned(),
    };
    (0..numbers.below(12)).map(part).collect()
}

const COMMENTS: &[&str] =
    &["{# c #}", "{#- c #}", "{# {{ #}", "\n{# c #}\n", "  {# a\nb -#}\n", "{#-#}", "{##}", "{#- c -#}", "{# c -#}"];

fn raw(numbers: &Numbers) -> String {
    let open = numbers.pick(&["{% raw %}", "{%- raw -%}", "{%raw-%}"]);
    let body = numbers.pick(&["", " ", " {{ x }} ", " {% if %}\n", "{# no comment #}\n"]);
    open.to_owned() + body + numbers.pick(&["{% endraw %}", "{%- endraw -%}", "{% endraw -%}"])
}

fn nodes(numbers: &Numbers, depth: usize) -> String {
    (0..numbers.below(4)).map(|_| node(numbers, depth)).collect()
}

fn text(numbers: &Numbers) -> String {
    const PIECES: &[&str] = &[
        "Hi",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "é",
        "👩‍💻",
        "\u{a0}",
        "{",
        "}",
        "%}",
        "}}",
        "#}",
        "\"",
        "-",
        "\u{feff}",
        "a b",
    ];
    (0..numbers.below(4)).map(|_| numbers.pick(PIECES)).collect()
}

/// `{% inner %}` with dashes now and then.
fn tag(numbers: &Numbers, inner: &str) -> String {
    let dash = || if numbers.one_in(4) { "-" } else { "" };
    let (before, behind) = (dash(), dash());
    format!("{{%{before} {inner} {behind}%}}")
}

fn node(numbers: &Numbers, depth: usize) -> String {
    let kinds = if depth == 0 { 5 } else { 14 };
    match numbers.below(kinds) {
        0 => text(numbers),
        1 => {
            let dash = numbers.pick(&["", "", "-"]);
            format!("{{{{{dash} {} {dash}}}}}", expression(numbers, 3))
        }
        2 => numbers.pick(COMMENTS).to_owned(),
        3 => {
            let value =
                format!("{} {} = {}", numbers.pick(&["set", "set_global"]), name(numbers), expression(numbers, 2));
            tag(numbers, &value)
        }
        4 => raw(numbers),
        5 | 6 => read_if(numbers, depth - 1),
        7 => {
            let names = numbers.pick(&["x", "k, v", "loop", "x"]);
            let head = tag(numbers, &format!("for {names} in {}", expression(numbers, 2)));
            let body = nodes(numbers, depth - 1)
                + numbers.pick(&["", "", "{{ loop.index }}", "{% break %}", "{% continue %}"]);
            let otherwise =
                if numbers.one_in(3) { tag(numbers, "else") + &nodes(numbers, depth - 1) } else { String::new() };
            head + &body + &otherwise + &tag(numbers, "endfor")
        }
        8 => {
            let head = tag(numbers, numbers_set(depth));
            head + &nodes(numbers, depth - 1) + &tag(numbers, "endset")
        }
        9 => {
            let head = format!("filter {}", numbers.pick(&["upper", "trim | title", "truncate(length=3)"]));
            tag(numbers, &head) + &nodes(numbers, depth - 1) + &tag(numbers, "endfilter")
        }
        10 => tag(numbers, "include \"other\""),
        11 => {
            let name = format!("b{}", numbers.below(30));
            let end = if numbers.one_in(2) { format!("endblock {name}") } else { "endblock".to_owned() };
            tag(numbers, &format!("block {name}")) + &nodes(numbers, depth - 1) + &tag(numbers, &end)
        }
        12 => {
            let head =
                format!("<ui.Box a={{{}}} b=\"x\" {}>", expression(numbers, 1), numbers.pick(&["c", "{...d}", ""]));
            tag(numbers, &head) + &nodes(numbers, depth - 1) + &tag(numbers, "</ui.Box>")
        }
        _ => {
            let parameters =
                numbers.pick(&["", "a, b", "a=1, b: string = \"x\",", "@a, ...rest", "a: map = {\"x\": [1, -2]}"]);
            let name = format!("C{}", numbers.below(30));
            tag(numbers, &format!("component {name}({parameters})"))
                + &nodes(numbers, depth - 1)
                + &tag(numbers, "endcomponent")
        }
    }
}

const fn numbers_set(depth: usize) -> &'static str {
    if depth.is_multiple_of(2) { "set x | trim" } else { "set_global y" }
}

fn read_if(numbers: &Numbers, depth: usize) -> String {
    let mut text = {
        let condition = format!("if {}", expression(numbers, 2));
        tag(numbers, &condition) + &nodes(numbers, depth)
    };
    for _ in 0..numbers.below(3) {
        let condition = format!("elif {}", expression(numbers, 2));
        text += &(tag(numbers, &condition) + &nodes(numbers, depth));
    }
    if numbers.one_in(2) {
        text += &(tag(numbers, "else") + &nodes(numbers, depth));
    }
    text + &tag(numbers, "endif")
}

fn name(numbers: &Numbers) -> &'static str {
    numbers.pick(&["a", "contact", "event", "x", "y_1", "_z", "if", "in"])
}

pub(super) fn expression(numbers: &Numbers, depth: usize) -> String {
    let inner = |numbers: &Numbers| expression(numbers, depth.saturating_sub(1));
    if depth == 0 || numbers.one_in(4) {
        return numbers
            .pick(&[
                "1",
                "2.5",
                "\"s\"",
                "'}}'",
                "`%}`",
                "true",
                "none",
                "a",
                "contact.first_name",
                "e?.x",
                "a[0]",
                "\"\\n\\\"\"",
                "loop.index",
            ])
            .to_owned();
    }
    match numbers.below(16) {
        0 => format!("{} {} {}", inner(numbers), numbers.pick(&["+", "-", "*", "/", "//", "%", "**"]), inner(numbers)),
        1 => format!("{} {} {}", inner(numbers), numbers.pick(&["==", "!=", "<", "<=", ">", ">="]), inner(numbers)),
        2 => format!("{} {} {}", inner(numbers), numbers.pick(&["and", "or", "in", "not in"]), inner(numbers)),
        3 => format!("{} ~ {}", inner(numbers), inner(numbers)),
        4 => format!("{} {}", numbers.pick(&["not", "-"]), inner(numbers)),
        5 => format!("({})", inner(numbers)),
        6 => format!(
            "{} | {}",
            inner(numbers),
            numbers.pick(&["upper", "default(value=1)", "truncate(length=3, end=\"\",)"])
        ),
        7 => format!("{} is {}", inner(numbers), numbers.pick(&["defined", "not none", "divisible_by(divisor=2)"])),
        8 => format!("{} if {} else {}", inner(numbers), inner(numbers), inner(numbers)),
        9 => format!("[{}, ...{}]", inner(numbers), inner(numbers)),
        10 => format!("[{} for x in {} if {}]", inner(numbers), inner(numbers), inner(numbers)),
        11 => format!("{{\"k\": {}, 1: 2 }}", inner(numbers)),
        12 => format!("range(end={})", inner(numbers)),
        13 => format!("<Box a={{{} }} b />", inner(numbers)),
        14 => format!("a[{}]", inner(numbers)),
        _ => format!("({})[{}:{}]", inner(numbers), numbers.pick(&["", "1"]), numbers.pick(&["", "2", ":-1"])),
    }
}

/// A template with one character deleted, doubled, or swapped with the next.
pub(super) fn damaged(source: &str, numbers: &Numbers) -> String {
    let mut chars: Vec<char> = source.chars().collect();
    if chars.is_empty() {
        return String::new();
    }
    let at = numbers.below(chars.len());
    match numbers.below(3) {
        0 => drop(chars.remove(at)),
        1 => chars.insert(at, chars[at]),
        _ => chars.swap(at, (at + 1) % source.chars().count()),
    }
    chars.into_iter().collect()
}
