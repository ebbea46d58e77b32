//! How fast the program starts and how fast it lints, against the floor and in one run: `cargo bench --bench speed`.
//!
//! `cargo bench --bench speed -- notes FILE` only writes the generated notes. Figures of other machines differ;
//! the ratios hold.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a benchmark times programs and writes files")]
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const NOTES: usize = 100_000;
const STARTS: usize = 300;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [verb, file] = args.as_slice()
        && verb == "notes"
    {
        fs::write(file, notes(NOTES)).expect("the file can be written");
        return;
    }
    let cordial = PathBuf::from(env!("CARGO_BIN_EXE_cordial"));
    let floor = floor();
    let folder = tempfile::tempdir().expect("a temporary folder");
    starts(&cordial, &floor, folder.path());
    throughput(&cordial, folder.path());
}

/// Builds and finds the program that does nothing.
fn floor() -> PathBuf {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let built = Command::new(cargo).args(["build", "--quiet", "--release", "--example", "floor"]).status();
    assert!(built.is_ok_and(|status| status.success()), "the floor builds");
    let bin = Path::new(env!("CARGO_BIN_EXE_cordial"));
    bin.with_file_name("examples").join("floor")
}

const CLEAN: &str = "Hi Ana, your talk on async traits at RustConf made me rewrite a handler on the train home. I'd be \
                     glad to connect.";
const TEN: &str = "Hi there, I came across your profile and was impressed by your background. I'd love to pick your \
                   brain. Just bumping this to the top of your inbox! We help companies like yours double their \
                   revenue. Are you free Tuesday or Wednesday for a quick call?";

/// Cold starts, the programs taking turns so that the machine's moods hit all of them.
fn starts(cordial: &Path, floor: &Path, empty: &Path) {
    let project = empty.join("project");
    make_project(&project);
    let runs = [
        ("floor", floor, empty, CLEAN),
        ("clean note", cordial, empty, CLEAN),
        ("ten findings", cordial, empty, TEN),
        ("project, 20 rules", cordial, &project, CLEAN),
    ];
    let mut times = vec![Vec::new(); runs.len()];
    for _ in 0..STARTS {
        for (times, (_, program, folder, note)) in times.iter_mut().zip(&runs) {
            times.push(once(program, folder, note));
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1000.0
    };
    let medians: Vec<f64> = times.iter_mut().map(median).collect();
    for ((name, ..), (median, times)) in runs.iter().zip(medians.iter().zip(&times)) {
        let least = times[0].as_secs_f64() * 1000.0;
        println!("start  {name:<18} median {median:6.2} ms  least {least:6.2} ms  {:.2} x floor", median / medians[0]);
    }
    println!("start  ten findings / clean note {:.2} x", medians[2] / medians[1]);
    println!("start  project - clean note {:.2} ms", medians[3] - medians[1]);
}

fn once(program: &Path, folder: &Path, note: &str) -> Duration {
    let begun = Instant::now();
    let mut command = Command::new(program);
    if program.ends_with("cordial") {
        command.args(["lint"]);
    }
    command.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("it has a pipe").write_all(note.as_bytes()).expect("it reads");
    child.wait().expect("it ends");
    begun.elapsed()
}

/// A project with twenty rules of its own.
fn make_project(folder: &Path) {
    fs::create_dir_all(folder.join("rules/my")).expect("a folder");
    fs::write(folder.join("cordial.yaml"), "account: free\n").expect("a config");
    for number in 0..20 {
        let rule = format!(
            "summary: Rule {number}\nlevel: warning\nphrases:\n  - number{number} (of|in) the (list|book)\n  - \
             a word{number} ..2 again\nmessage: “{{match}}”\nwhy: x\nhelp: y\nexamples:\n  flags:\n    - {{ text: \
             \"See the number{number} of the list here now.\", match: number{number} of the list }}\n  allows:\n    - \
             \"See here.\"\n"
        );
        fs::write(folder.join(format!("rules/my/rule{number}.yaml")), rule).expect("a rule");
    }
}

/// Notes per second and peak memory of `lint --jsonl`, for the notes once and ten times over.
fn throughput(cordial: &Path, folder: &Path) {
    let lines = notes(NOTES);
    for times in [1, 10] {
        let path = folder.join(format!("notes{times}.jsonl"));
        let mut file = File::create(&path).expect("a file");
        (0..times).for_each(|_| file.write_all(lines.as_bytes()).expect("room on the disk"));
        let begun = Instant::now();
        let mut child = Command::new(cordial)
            .args(["lint", "--jsonl", "--isolated"])
            .arg(&path)
            .stdout(File::create(folder.join("out.jsonl")).expect("a file"))
            .spawn()
            .expect("the program starts");
        let peak = peak(&mut child);
        let seconds = begun.elapsed().as_secs_f64();
        let rate = (NOTES * times) as f64 / seconds;
        println!("lint   {} notes in {seconds:.2} s: {rate:.0} notes/s, peak memory {peak}", NOTES * times);
    }
    let out = fs::read_to_string(folder.join("out.jsonl")).expect("the output");
    let findings = out.lines().filter(|line| line.contains("\"verdict\":\"findings\"")).count();
    println!("lint   {:.0} % of the notes have findings", findings as f64 * 100.0 / (NOTES * 10) as f64);
}

/// Waits for the program and tells the most memory it held, where the system says.
fn peak(child: &mut std::process::Child) -> String {
    let status = format!("/proc/{}/status", child.id());
    let mut most = String::from("unknown");
    while child.try_wait().expect("it ends").is_none() {
        if let Ok(text) = fs::read_to_string(&status)
            && let Some(line) = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))
        {
            line.trim().clone_into(&mut most);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    most
}

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
fn notes(count: usize) -> String {
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
