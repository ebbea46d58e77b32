//! Random templates that render, and random people for them.
//!
//! What is decided depends only on whether something is there and on values that are never printed, so that changing a
//! letter of a text changes no decision.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// A small generator of numbers: the same ones in every run.
pub(super) struct Numbers(u64);

impl Numbers {
    pub(super) fn new(seed: u64) -> Self {
        // Neighbouring seeds shall not give similar templates.
        Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % bound.max(1) as u64).unwrap()
    }

    fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    fn pick<'p>(&mut self, from: &[&'p str]) -> &'p str {
        from[self.below(from.len())]
    }
}

const WORDS: &[&str] = &[
    "Hi ",
    "there, ",
    "it was good to see you",
    " at ",
    "the ",
    "your talk",
    "\n",
    "\n\n",
    "  ",
    " x ",
    "é",
    "ß",
    "👩‍💻",
    "日本 ",
    "\r\n",
    ".",
    ", ",
    "it's ",
    "a b",
    "-",
    " - ",
    "{ ",
    "} ",
    "%} ",
    "# ",
    "e\u{301}",
    "\u{a0}",
    "ﬁn ",
    "\t",
    "Zürich\n",
    "🇦🇹",
    "I would be glad to stay in touch",
    "Best, ",
    "\"quoted\" ",
];
const VALUES: &[&str] = &[
    "Ana",
    "RustConf",
    "async traits",
    "Zoë O'Brien-Müller",
    "her talk at RiskMinds",
    "  edges ",
    "日本",
    "👩‍💻 and co",
    "two\nlines",
    "x",
    "Ada 🇦🇹",
    "a {{ b }} c",
    "state-of-the-art",
    "",
];
const FILTERS: &[&str] =
    &["upper", "lower", "title", "capitalize", "trim", "truncate(length=7)", "replace(from=\"-\", to=\" \")", "str"];

/// Somebody, and what is shared with them.
pub(super) fn person(numbers: &mut Numbers) -> Value {
    // Half of them have the same text everywhere, so that a wrong path cannot be told by what it leads to.
    let same = if numbers.one_in(2) { Some(numbers.pick(VALUES)) } else { None };
    let value = |numbers: &mut Numbers| Value::from(same.unwrap_or_else(|| numbers.pick(VALUES)));
    let fact = |numbers: &mut Numbers| {
        let mut fact = json!({ "kind": "talk", "what": value(numbers) });
        if numbers.one_in(2) {
            fact["detail"] = value(numbers);
        }
        fact
    };
    let facts: Vec<_> = (0..numbers.below(4)).map(|_| fact(numbers)).collect();
    let talk = if numbers.one_in(3) { Value::Null } else { fact(numbers) };
    let mut contact = json!({ "first_name": value(numbers), "company": value(numbers), "age": numbers.below(90) });
    if numbers.one_in(2) {
        contact["role"] = value(numbers);
    }
    let tags: Vec<_> = (0..numbers.below(4)).map(|_| value(numbers)).collect();
    json!({
        "contact": contact,
        "me": { "first_name": value(numbers), "role": value(numbers) },
        "talk": talk,
        "facts": facts,
        "tags": tags,
        "links": { "home": value(numbers), "blog": value(numbers) },
        "vip": numbers.one_in(2),
        "detail": numbers.below(3),
        "mood": numbers.pick(&["warm", "cool"]),
    })
}

/// Templates, of which `t` is rendered.
pub(super) fn templates(numbers: &mut Numbers) -> Vec<(String, String)> {
    let mut maker =
        Maker { numbers, loops: Vec::new(), texts: Vec::new(), is_component: false, has_parts: true, next: 0 };
    let main = maker.nodes(3) + &maker.nodes(3) + &maker.nodes(2);
    let child = maker.block();
    maker.has_parts = false;
    let mut files = vec![("one".to_owned(), maker.nodes(2)), ("two".to_owned(), maker.nodes(1))];
    let base = maker.block();
    maker.is_component = true;
    let greet = maker.nodes(2);
    let parts = format!(
        "{{% component Greet(who, word=\"Hello\") %}}{greet}{{% endcomponent %}}\
         {{% component Sign(@me) %}}, {{{{ me.first_name }}}}{{% endcomponent %}}\
         {{% component Box(title) %}}<{{{{ title }}}}{{% if body %}}: {{{{ body }}}}{{% endif %}}>{{% endcomponent %}}"
    );
    files.push(("parts".to_owned(), parts));
    let t = match maker.numbers.below(8) {
        0 => {
            let who = maker.numbers.pick(&["", "{% set who = links.home %}", "{% set_global who = links.blog %}"]);
            let set = maker.numbers.pick(&["", "{% set who = me.role %}", "{% set who = contact.company %}"]);
            files.push(("base".to_owned(), format!("{set}{base}{{% block main %}}old {{{{ contact.company }}}} {{{{ who or \"-\" }}}}{{% if who %}}{{{{ who }}}}{{% endif %}}{{% endblock %}}. {{% block end %}}{{% if vip %}}Bye{{% endif %}}{{% endblock %}}")));
            format!(
                "{{% extends \"base\" %}}\n{{% block main %}}{child}{who}{{{{ super() }}}}{main}{{% endblock %}}\n{{% block end %}}{{{{ super() | upper }}}}!{{% endblock %}}"
            )
        }
        _ => main,
    };
    files.push(("t".to_owned(), t));
    files
}

struct Maker<'n> {
    numbers: &'n mut Numbers,
    /// Names of loops' values: `f…` are facts, `w…` are texts.
    loops: Vec<String>,
    /// Names that stand for texts.
    texts: Vec<String>,
    is_component: bool,
    /// Whether there are templates to include.
    has_parts: bool,
    next: usize,
}

impl Maker<'_> {
    fn name(&mut self, kind: char) -> String {
        self.next += 1;
        format!("{kind}{}", self.next)
    }

    fn tag(&mut self, inner: &str) -> String {
        let mut dash = || if self.numbers.one_in(5) { "-" } else { "" };
        let (before, behind) = (dash(), dash());
        format!("{{%{before} {inner} {behind}%}}")
    }

    fn print(&mut self, expr: &str) -> String {
        let mut dash = || if self.numbers.one_in(8) { "-" } else { "" };
        let (before, behind) = (dash(), dash());
        format!("{{{{{before} {expr} {behind}}}}}")
    }

    fn nodes(&mut self, depth: usize) -> String {
        let texts = self.texts.len();
        let nodes = (0..2 + self.numbers.below(4)).map(|_| self.node(depth)).collect();
        self.texts.truncate(texts);
        nodes
    }

    fn text(&mut self) -> String {
        (0..1 + self.numbers.below(6)).map(|_| self.numbers.pick(WORDS)).collect()
    }

    /// A path that is there, and prints a text.
    fn path(&mut self) -> String {
        let near = self.loops.len() + self.texts.len();
        if near > 0 && self.numbers.one_in(2) {
            let at = self.numbers.below(near);
            let name = self.loops.iter().chain(&self.texts).nth(at).cloned().unwrap_or_default();
            return if name.starts_with('f') { format!("{name}.what") } else { name };
        }
        if self.is_component {
            return self.numbers.pick(&["who", "word"]).to_owned();
        }
        let paths =
            ["contact.first_name", "contact.company", "me.first_name", "me.role", "links.home", "contact[\"company\"]"];
        self.numbers.pick(&paths).to_owned()
    }

    fn condition(&mut self) -> String {
        if self.is_component {
            return self.numbers.pick(&["who", "not word", "true", "who and word"]).to_owned();
        }
        let conditions = [
            "vip",
            "not vip",
            "contact.company",
            "talk",
            "talk and vip",
            "detail > 1",
            "mood == \"warm\"",
            "facts",
            "contact.role is defined",
            "vip or talk",
            "facts | length > 1",
        ];
        self.numbers.pick(&conditions).to_owned()
    }

    fn expression(&mut self) -> String {
        let (path, other) = (self.path(), self.path());
        match self.numbers.below(if self.is_component { 8 } else { 12 }) {
            0 | 1 => format!("{path} | {}", self.numbers.pick(FILTERS)),
            2 => format!("\"to {}\" ~ {path} ~ '!'", self.numbers.pick(&["a", "é", "x y"])),
            3 => format!("\"yes\" if {} else \"no \\\"way\\\"\"", self.condition()),
            4 => format!("{path} or 'nobody'"),
            5 => format!("{path} if {} else {other}", self.condition()),
            6 => format!("({path} ~ {other}) or (\"one\" if {} else {other})", self.condition()),
            7 => format!("{path}[:2]"),
            8 => "contact.nickname | default(value=\"friend\")".to_owned(),
            9 => format!("contact.role | default(value={path})"),
            10 => "contact.age + 1".to_owned(),
            _ => "tags | join(sep=\" & \")".to_owned(),
        }
    }

    fn node(&mut self, depth: usize) -> String {
        let kinds = if depth == 0 { 40 } else { 60 };
        match self.numbers.below(kinds) {
            0..=15 => self.text(),
            16..=30 => {
                let path = self.path();
                self.print(&path)
            }
            31..=32 => {
                let expr = self.expression();
                self.print(&expr)
            }
            33 => {
                self.numbers.pick(&["{# c #}", "{#- c #}", "\n{# alone {{ x }} #}\n", "{# c -#}", "{#-#}"]).to_owned()
            }
            34 => {
                let (raw, end) = (self.tag("raw"), self.tag("endraw"));
                raw + self.numbers.pick(&[" {{ raw }} ", "{% if %}é ", "  plain  "]) + &end
            }
            35..=38 => {
                let path = self.path();
                // Most names are given another meaning later.
                let known = self.numbers.below(self.texts.len() + 1);
                let name = self.texts.get(known).cloned().unwrap_or_else(|| self.name('a'));
                let verb = if self.numbers.one_in(3) { "set_global" } else { "set" };
                let value = if self.numbers.one_in(4) { "\"a text\"".to_owned() } else { path };
                let tag = self.tag(&format!("{verb} {name} = {value}"));
                self.texts.push(name);
                tag
            }
            39 if self.is_component => self.text(),
            39 if self.has_parts => {
                let part = self.numbers.pick(&["one", "two"]);
                self.tag(&format!("include \"{part}\""))
            }
            39 => self.print("talk.what if talk else 'nothing'"),
            40..=47 => self.branches(depth - 1),
            48..=52 => self.each(depth - 1),
            53 => {
                let name = self.name('c');
                let filter =
                    if self.numbers.one_in(5) { format!(" | {}", self.numbers.pick(FILTERS)) } else { String::new() };
                let text = self.tag(&format!("set {name}{filter}")) + &self.nodes(depth - 1) + &self.tag("endset");
                self.texts.push(name);
                text
            }
            54 if self.numbers.one_in(3) => {
                let filter = format!("filter {}", self.numbers.pick(FILTERS));
                self.tag(&filter) + &self.nodes(0) + &self.tag("endfilter")
            }
            55 if !self.is_component => {
                let title = self.path();
                let head = self.tag(&format!("<Box title={{{title}}}>"));
                head + &self.nodes(depth - 1) + &self.tag("</Box>")
            }
            56..=57 if !self.is_component => {
                let who = self.path();
                let call = match self.numbers.below(4) {
                    0 => format!("<Greet who={{{who}}}/>"),
                    1 => format!("<Greet who={{{who}}} word=\"Dear\"/>"),
                    2 => "<Sign/>".to_owned(),
                    _ => format!("<Greet who=\"a friend\" word={{{who} ~ \".\"}}/>"),
                };
                self.print(&call)
            }
            _ => self.text(),
        }
    }

    fn branches(&mut self, depth: usize) -> String {
        let condition = format!("if {}", self.condition());
        let mut text = self.tag(&condition) + &self.nodes(depth);
        while self.numbers.one_in(4) {
            let condition = format!("elif {}", self.condition());
            text += &(self.tag(&condition) + &self.nodes(depth));
        }
        if self.numbers.one_in(2) {
            text += &(self.tag("else") + &self.nodes(depth));
        }
        text + &self.tag("endif")
    }

    fn each(&mut self, depth: usize) -> String {
        let (list, name, head) = match self.numbers.below(5) {
            _ if self.is_component => ("[who, \"two\"]", self.name('w'), ""),
            0 | 1 => ("facts", self.name('f'), ""),
            2 | 3 => ("tags", self.name('w'), ""),
            _ => ("links", self.name('w'), "key, "),
        };
        let tag = self.tag(&format!("for {head}{name} in {list}"));
        self.loops.push(name);
        let mut text = tag + &self.nodes(depth);
        // Loops of captured text cannot be left; such templates are refused and count as none.
        if self.numbers.one_in(4) {
            let leave = self.numbers.pick(&["break", "continue"]);
            let _ = write!(text, "{{% if loop.index == 2 %}}B{}{{% endif %}} more ", self.tag(leave));
        }
        self.loops.pop();
        if self.numbers.one_in(3) {
            text += &(self.tag("else") + &self.nodes(depth));
        }
        text + &self.tag("endfor")
    }

    /// What stands in a block.
    fn block(&mut self) -> String {
        let part = self.nodes(1);
        part + "{% set who2 = contact.first_name %}{{ who2 }} "
    }
}
