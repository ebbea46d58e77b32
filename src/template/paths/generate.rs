//! Templates and people made at random, the same on every run.

use std::fmt::Write;

use jiff::civil::Date;
use tera::Context;

use crate::contact::Contact;
use crate::context::{Channel, Kind};
use crate::template::{PrintedFact, Scope};

/// A source of numbers that look random.
pub(in crate::template) struct Dice(u64);

impl Dice {
    pub(in crate::template) fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        (0..4).for_each(|_| {
            dice.roll(2);
        });
        dice
    }

    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or_default() % sides
    }

    pub(super) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

/// The body of templates, of tags that Tera takes.
pub(in crate::template) struct Writer {
    pub(super) dice: Dice,
    /// Names set to text, and to what may be missing.
    sets: Vec<String>,
    loops: Vec<String>,
    count: usize,
    in_capture: bool,
    in_component: bool,
    includes: bool,
}

const FIELDS: &[&str] = &["contact.company", "contact.last_name", "contact.role", "me.company", "me.role"];
const ALWAYS: &[&str] = &["contact.first_name", "event.what"];
const TEXTS: &[&str] = &[
    "Hi ",
    "there, ",
    "I would love to ",
    "pick",
    "\n",
    "\n\n",
    "  ",
    ".",
    ", ",
    "é",
    "ß ",
    "it's ",
    "👩‍💻",
    "- ",
    "\r\n",
];

impl Writer {
    pub(in crate::template) fn new(seed: u64) -> Self {
        Self {
            dice: Dice::new(seed),
            sets: Vec::new(),
            loops: Vec::new(),
            count: 0,
            in_capture: false,
            in_component: false,
            includes: true,
        }
    }

    fn text(&mut self) -> String {
        (0..=self.dice.roll(2)).map(|_| self.dice.pick(TEXTS)).collect()
    }

    fn dash(&mut self) -> &'static str {
        self.dice.pick(&["", "", "", "-"])
    }

    /// Something that may be missing.
    fn optional(&mut self) -> String {
        match self.dice.roll(8) {
            0 | 1 if !self.loops.is_empty() => {
                let name = self.loops[self.dice.roll(self.loops.len())].clone();
                format!("{name}.when")
            }
            2 if !self.sets.is_empty() => self.sets[self.dice.roll(self.sets.len())].clone(),
            _ if self.in_component => self.dice.pick(&["who", "word"]).to_owned(),
            3 => self.dice.pick(&["event.when", "event.detail", "talk", "today"]).to_owned(),
            _ => self.dice.pick(FIELDS).to_owned(),
        }
    }

    /// Something that is there.
    fn present(&mut self) -> String {
        match self.dice.roll(4) {
            0 if !self.loops.is_empty() => {
                let name = self.loops[self.dice.roll(self.loops.len())].clone();
                format!("{name}.what")
            }
            _ if self.in_component => self.dice.pick(&["\"x\"", "\"a b\""]).to_owned(),
            _ => self.dice.pick(ALWAYS).to_owned(),
        }
    }

    fn filter(&mut self) -> String {
        let filters = [
            "upper",
            "lower",
            "trim",
            "trim_start",
            "trim_end",
            "replace(from=\"a\", to=\"bb\")",
            "str",
            "safe",
            "default(value=\"d\")",
            "capitalize",
            "title",
            "escape_html",
            "trim(pat=\"H\")",
            "truncate(length=7)",
            "indent(width=2)",
            "a_or_an",
            "possessive",
        ];
        self.dice.pick(&filters).to_owned()
    }

    fn condition(&mut self, depth: usize) -> String {
        let optional = self.optional();
        if self.dice.roll(4) == 0 {
            return self.question();
        }
        match self.dice.roll(if depth == 0 { 7 } else { 10 }) {
            0..=2 => optional,
            3 => format!("not {optional}"),
            4 => format!("{} == \"{}\"", self.dice.pick(FIELDS), self.dice.pick(&["Acme", "Öz", "none"])),
            5 => format!("detail {} {}", self.dice.pick(&[">=", "==", "<", "!="]), self.dice.roll(3)),
            6 => self
                .dice
                .pick(&[
                    "event",
                    "talk",
                    "me",
                    "contact.company is defined",
                    "talk.when",
                    "channel == \"email\"",
                    "facts",
                ])
                .to_owned(),
            7 => format!("{} and {}", self.condition(depth - 1), self.condition(depth - 1)),
            8 => format!("({} or {})", self.condition(depth - 1), self.condition(depth - 1)),
            _ => format!("not ({})", self.condition(depth - 1)),
        }
    }

    /// A condition on more than whether something is there.
    fn question(&mut self) -> String {
        let field = if self.in_component { "who" } else { self.dice.pick(FIELDS) };
        match self.dice.roll(9) {
            0 => format!("{field} and {field} is starting_with(pat=\"A\")"),
            1 => format!("{field} | length > 4"),
            2 => format!("{field} in [\"Acme\", \"baker\"]"),
            3 => format!("not {field} or {field} == \"Acme\""),
            4 => format!("(\"x\" if {field} else \"y\") == \"x\""),
            5 => format!("{field} is undefined or \"a\" in {field}"),
            6 => "detail is odd".to_owned(),
            7 if !self.loops.is_empty() => {
                self.dice.pick(&["loop.first", "loop.index0 is odd", "loop.length > 1"]).to_owned()
            }
            _ if self.in_component => "word != who".to_owned(),
            _ => self
                .dice
                .pick(&["facts | length > 1", "facts[0].when", "contact?.company", "channel in [\"email\"]"])
                .to_owned(),
        }
    }

    fn expression(&mut self) -> String {
        let present = self.present();
        let optional = self.optional();
        match self.dice.roll(15) {
            0..=3 => present,
            13 => format!("({}) ~ \"!\"", self.condition(0)),
            14 if !self.in_component => {
                let last = [
                    "facts[0].what",
                    "(facts | last).what",
                    "facts | length + 1",
                    "event.what | length",
                    "facts[1].what",
                ];
                self.dice.pick(&last).to_owned()
            }
            4 => format!("{present} | {}", self.filter()),
            5 => format!("\"lit {}\" ~ {optional}", self.dice.pick(&["a", "é", ""])),
            6 => format!("{present} if {} else \"other\"", self.condition(1)),
            7 => format!("{optional} or 'fall'"),
            8 => format!("{optional} | default(value=\"friend\")"),
            9 => format!("({optional} or \"a b\") | {}", self.filter()),
            10 => format!("\"quick one\" | {}", self.filter()),
            11 => format!("{} ~ \" & \" ~ {present}", self.expression_plain()),
            _ => self.dice.pick(&["1 + 2", "detail", "\"a\"", "facts | length"]).to_owned(),
        }
    }

    fn expression_plain(&mut self) -> String {
        if self.dice.roll(2) == 0 { self.optional() } else { self.present() }
    }

    pub(super) fn block(&mut self, depth: usize) -> String {
        (0..=self.dice.roll(3)).map(|_| self.node(depth)).collect()
    }

    fn scoped(&mut self, depth: usize) -> String {
        let sets = self.sets.len();
        let text = self.block(depth);
        self.sets.truncate(sets);
        text
    }

    fn captured(&mut self, depth: usize) -> String {
        let was = std::mem::replace(&mut self.in_capture, true);
        let text = self.scoped(depth);
        self.in_capture = was;
        text
    }

    fn node(&mut self, depth: usize) -> String {
        let (a, b, c, d) = (self.dash(), self.dash(), self.dash(), self.dash());
        let kind = if depth == 0 { self.dice.roll(7) } else { self.dice.roll(17) };
        self.count += 1;
        let name = format!("v{}", self.count);
        match kind {
            0..=2 => self.text(),
            3..=5 => format!("{{{{{a} {} {b}}}}}", self.expression()),
            6 => format!("{{#{a} note {b}#}}"),
            7..=9 => {
                let mut text = format!("{{%{a} if {} {b}%}}{}", self.condition(1), self.scoped(depth - 1));
                while self.dice.roll(3) == 0 {
                    let _ = write!(text, "{{% elif {} {d}%}}{}", self.condition(1), self.scoped(depth - 1));
                }
                if self.dice.roll(2) == 0 {
                    let _ = write!(text, "{{%{c} else %}}{}", self.scoped(depth - 1));
                }
                text + &format!("{{%{c} endif {d}%}}")
            }
            10 => {
                let list = match self.dice.roll(3) {
                    0 if !self.in_component => "facts".to_owned(),
                    1 => format!("[{{\"what\": {}, \"when\": \"x\"}}]", self.present()),
                    _ => "[{\"what\": \"p\", \"when\": none}, {\"what\": \"q\", \"when\": \"w\"}]".to_owned(),
                };
                self.loops.push(name.clone());
                let mut body = self.scoped(depth - 1);
                if !self.in_capture && self.dice.roll(3) == 0 {
                    let word = self.dice.pick(&["break", "continue"]);
                    let _ = write!(body, "{{% if loop.index == 1 %}}B{{% {word} %}}{{% endif %}} more");
                }
                if self.dice.roll(2) == 0 {
                    body.push_str("{% if not loop.last %}, {% endif %}");
                }
                self.loops.pop();
                let otherwise = if self.dice.roll(2) == 0 {
                    format!("{{% else %}}{}", self.scoped(depth - 1))
                } else {
                    String::new()
                };
                format!("{{%{a} for {name} in {list} {b}%}}{body}{otherwise}{{%{c} endfor {d}%}}")
            }
            11 => {
                let body = self.captured(depth - 1);
                let filter = if self.dice.roll(2) == 0 { format!(" | {}", self.filter()) } else { String::new() };
                self.sets.push(name.clone());
                format!("{{%{a} set {name}{filter} {b}%}}{body}{{%{c} endset {d}%}}")
            }
            12 => format!("{{%{a} filter {} {b}%}}{}{{%{c} endfilter {d}%}}", self.filter(), self.captured(depth - 1)),
            13 => {
                let value = match self.dice.roll(3) {
                    0 => self.expression(),
                    1 => self.optional(),
                    _ => format!("({})", self.condition(1)),
                };
                self.sets.push(name.clone());
                let global = self.dice.pick(&["set", "set", "set_global"]);
                format!("{{%{a} {global} {name} = {value} {b}%}}")
            }
            14 if self.includes => format!("{{%{a} include \"parts/{}\" {b}%}}", self.dice.pick(&["one", "two"])),
            15 if !self.in_component => {
                format!("{{{{{a} <Greet who={{{}}} word=\"Dear\"/> {b}}}}}", self.expression_plain())
            }
            16 if !self.in_component && self.in_capture => {
                format!("{{%{a} <Box title={{{}}}> %}}{}{{% </Box> {d}%}}", self.present(), self.captured(depth - 1))
            }
            _ => self.text(),
        }
    }

    /// The files of a library with the template `invite/t`.
    pub(in crate::template) fn files(&mut self, depth: usize) -> Vec<(&'static str, String)> {
        let body: String = (0..3).map(|_| self.block(depth)).collect();
        let extends = self.dice.roll(5) == 0;
        self.sets.clear();
        self.includes = false;
        let (one, two) = (self.scoped(2), self.scoped(1));
        let base = self.scoped(1);
        self.in_component = true;
        let greet = self.scoped(1);
        let front = "{#\ntitle: x\nneeds: [event]\nmay: [talk]\n#}\n";
        let template = if extends {
            format!(
                "{front}{{% extends \"parts/base\" %}}{{% block main -%}} {body} {{{{ super() | upper }}}}{{% endblock %}}"
            )
        } else {
            format!("{front}{body}")
        };
        let parts = format!(
            "{{% component Greet(who, word=\"Hello\") %}}{greet}{{{{ word }}}} {{{{ who }}}}{{% endcomponent %}}\
             {{% component Box(title) %}}<{{{{ title | upper }}}}{{% if body %}}: {{{{ body }}}}{{% else %}} empty{{% endif %}}>{{% endcomponent %}}"
        );
        vec![
            ("invite/t", template),
            ("parts/one", one),
            ("parts/two", two),
            ("parts/components", parts),
            (
                "parts/base",
                format!("Base {{% block head %}}H{{% endblock %}} {{% block main %}}old {base}{{% endblock %}} tail"),
            ),
        ]
    }
}

/// What a template sees of one person.
pub(super) fn context(contact: &Contact, me: Option<&Contact>, channel: Channel, today: bool, detail: u8) -> Context {
    let today = today.then(|| "2026-10-14".parse::<Date>().expect("a day"));
    let scope = Scope::new(contact, me, Kind::Invite, channel, "en", today);
    let facts = contact.facts.iter().enumerate();
    let facts: Vec<_> = facts.filter_map(|(at, fact)| PrintedFact::new(at, fact, contact, "en").ok()).collect();
    scope.with(&facts.iter().collect::<Vec<_>>(), detail)
}

/// Somebody who has some of what can be had.
pub(in crate::template) fn person(dice: &mut Dice) -> Context {
    let contact = contact(dice, true);
    let me = contact_or_none(dice);
    let channels: Vec<_> = Channel::all().collect();
    let channel = channels[dice.roll(channels.len())];
    let detail = u8::try_from(dice.roll(3)).unwrap_or_default();
    context(&contact, me.as_ref(), channel, dice.roll(2) == 0, detail)
}

fn contact_or_none(dice: &mut Dice) -> Option<Contact> {
    (dice.roll(4) > 0).then(|| contact(dice, false))
}

fn contact(dice: &mut Dice, has_facts: bool) -> Contact {
    let mut yaml = "first_name: Zoë\n".to_owned();
    for (field, values) in
        [("last_name", &["", "Öz", "Brien"][..]), ("company", &["", "Acme", "Polar"]), ("role", &["", "baker", "Acme"])]
    {
        let value = dice.pick(values);
        if !value.is_empty() {
            let _ = writeln!(yaml, "{field}: {value}");
        }
    }
    if has_facts {
        yaml += "facts:\n";
        let facts = [
            "{ event: RustConf }",
            "{ event: RustConf, when: 2026-10-03 }",
            "{ event: RustConf, detail: over coffee }",
            "{ event: RustConf, detail: the hall, when: 2026-10-03 }",
        ];
        let _ = writeln!(yaml, "- {}", dice.pick(&facts));
        if dice.roll(2) == 0 {
            let _ =
                writeln!(yaml, "- {}", dice.pick(&["{ talk: Async traits }", "{ talk: her talk, when: 2026-03-02 }"]));
        }
    }
    serde_yaml::from_str(&yaml).expect("a contact")
}
