//! Notes to lint: always the same ones.

use std::fmt::Write as _;

/// A small generator of random numbers (xorshift), so that every run sees the same notes.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn one<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const NAMES: &[&str] = &["Ana", "Tomás", "Birgit", "Zoë", "Kofi", "Łukasz", "Mei", "Søren", "Priya", "Jo"];
const TOPICS: &[&str] = &[
    "hinge torque",
    "async traits",
    "tide gauges",
    "labelling freezer boxes",
    "the tram depot",
    "kiln shelves",
    "payroll at midnight",
    "naïve caching",
    "café acoustics",
    "the night bus",
];
const PLAIN: &[&str] = &[
    "Your notes on {} sorted out our whole lab in an afternoon.",
    "I sat behind you when you spoke about {}, and the drawing of the second case stayed with me.",
    "We had the same trouble at our yard last winter – and went about it the other way round.",
    "My colleague keeps your page on {} above her desk.",
    "If you ever write the second part, I’d be an eager reader.",
    "I teach an evening class on it in Łódź and would be glad to point people to your work.",
    "Would you mind if I cite the figure with the two curves?",
    "The question from the back row about {} was mine, and your answer saved me a week.",
];
const SUSPECT: &[&str] = &[
    "I came across your profile and was impressed by your background.",
    "I’d love to pick your brain sometime.",
    "Just bumping this to the top of your inbox.",
    "We help companies like yours to double their revenue.",
    "Are you free Tuesday or Wednesday for a quick call?",
    "I wanted to reach out and explore synergies.",
    "I hope this message finds you well!",
    "I haven’t heard back from you about {}.",
];

/// Notes as JSON Lines: 100–600 characters, mean about 310; half with a letter beyond ASCII, half with findings, a
/// third with a contact.
pub(super) fn notes(count: usize) -> String {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut out = String::new();
    for number in 0..count {
        let name = random.one(NAMES);
        let topic = random.one(TOPICS);
        let suspect = random.below(2) == 0;
        let wanted = 100 + random.below(210) + random.below(210);
        let mut text = format!("Hi {name},");
        while text.chars().count() < wanted {
            let list = if suspect && random.below(3) == 0 { SUSPECT } else { PLAIN };
            write!(text, " {}", random.one(list).replace("{}", topic)).expect("a string");
        }
        let text: String = text.chars().take(600).collect();
        let text = if random.below(2) == 0 { ascii(&text) } else { text };
        let kind = random.one(&["invite", "message", "follow_up"]);
        let mut note = serde_json::json!({ "id": number, "text": text, "kind": kind });
        if random.below(3) == 0 {
            note["contact"] = serde_json::json!({
                "first_name": name, "company": "Millrace Works", "facts": [{ "kind": "talk", "what": format!("the talk on {topic}") }],
            });
        }
        writeln!(out, "{note}").expect("a string");
    }
    out
}

fn ascii(text: &str) -> String {
    let plain = |c: char| match c {
        '’' => '\'',
        '–' => '-',
        'ï' => 'i',
        'é' | 'ë' => 'e',
        'ø' => 'o',
        'ó' | 'á' => 'a',
        _ if c.is_ascii() => c,
        _ => 'l',
    };
    text.chars().map(plain).collect()
}
