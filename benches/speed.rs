//! How fast the program starts and how fast it lints, against the floor and in one run: `cargo bench --bench speed`.
//!
//! `cargo bench --bench speed -- notes FILE` only writes the generated notes, `-- checks` only tells what each check
//! costs, and `-- rendering` what it costs to render a note and to know where its text comes from. Figures of other
//! machines differ; the ratios hold.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a benchmark times programs and writes files")]
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cordial::contact::Contact;
use cordial::context::{Context, Kind};
use cordial::diagnostic::Setting;
use cordial::lint::{Linter, Sameness, Session};
use cordial::rule::{Listed, RuleSet, Selection};
use cordial::template::{Library, Rendering};
use cordial::text::Document;
use serde::Deserialize as _;

use self::notes::notes;

#[path = "speed/notes.rs"]
mod notes;

const NOTES: usize = 100_000;
const STARTS: usize = 300;
const DRAFTS: usize = 10_000;
/// Notes that each set of rules lints to tell what a check costs, and how often: in short rounds, so that on a busy
/// machine some are undisturbed.
const TIMED: usize = 200;
const ROUNDS: usize = 200;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [verb, file] = args.as_slice()
        && verb == "notes"
    {
        fs::write(file, notes(NOTES)).expect("the file can be written");
        return;
    }
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["checks"] => return checks(),
        ["rendering"] => return rendering(),
        _ => {}
    }
    let cordial = PathBuf::from(env!("CARGO_BIN_EXE_cordial"));
    let floor = floor();
    let folder = tempfile::tempdir().expect("a temporary folder");
    starts(&cordial, &floor, folder.path());
    throughput(&cordial, folder.path());
    sameness();
    rendering();
    checks();
}

/// Something to do with a note.
type Work = fn(&Rendering<'_>);

/// Renders the notes of the built-in templates to their sample people: by Tera alone, as a draft that is clean, and as one
/// in which something must be located. They take turns, and of each the best round counts.
fn rendering() {
    let library = Library::builtin();
    let notes = Rendering::all(&library);
    let start = Instant::now();
    std::hint::black_box(notes[0].traced());
    println!("trace  {:.2} ms for the marked copies of all templates, once", start.elapsed().as_secs_f64() * 1e3);
    let works: [(&str, Work); 3] = [
        ("Tera alone", |note| drop(std::hint::black_box(note.by_tera()))),
        ("a clean draft", |note| drop(std::hint::black_box(note.note()))),
        ("a traced draft", |note| drop(std::hint::black_box(note.traced()))),
    ];
    let mut best = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        for (best, (_, work)) in best.iter_mut().zip(&works) {
            let start = Instant::now();
            notes.iter().for_each(|note| work(note));
            *best = start.elapsed().min(*best);
        }
    }
    let micros = |time: Duration| time.as_secs_f64() * 1e6 / notes.len() as f64;
    for ((name, _), time) in works.iter().zip(best) {
        println!("trace  {name:<14} {:6.2} µs, {:.2} x Tera", micros(time), micros(time) / micros(best[0]));
    }
}

/// Compares ten thousand drafts with one another, fingerprints and all.
fn sameness() {
    let rules = RuleSet::builtin();
    let linter = Linter::new(&rules);
    let (mut session, mut sameness) = (linter.session(), Sameness::new(&rules).expect("a rule compares notes"));
    let lines = notes(DRAFTS);
    let drafts: Vec<Document> = lines.lines().map(|line| read(line).0).collect();
    let start = Instant::now();
    for (number, draft) in drafts.iter().enumerate() {
        if let Some(fingerprint) = session.fingerprint(draft, &Context::default()) {
            sameness.add(number, fingerprint);
        }
    }
    let groups = sameness.finish().len();
    println!("same   {} drafts compared in {:.2} s: {groups} groups", drafts.len(), start.elapsed().as_secs_f64());
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

/// What each check costs: the time for a note, less the time without the rules of that check. The sets of rules take
/// turns, and of each the best round counts.
fn checks() {
    let notes: Vec<_> = notes(TIMED).lines().map(read).collect();
    let all = RuleSet::builtin();
    let name = |listed: &Listed<'_>| format!("{:?}", listed.rule.check.kind()).to_lowercase();
    let mut names: Vec<String> = all.rules().filter(|listed| listed.runs).map(|listed| name(&listed)).collect();
    names.sort_unstable();
    let counts: Vec<(&str, usize)> = names.chunk_by(|a, b| a == b).map(|equal| (&*equal[0], equal.len())).collect();
    let without = |off: &dyn Fn(&str) -> bool| {
        let off = all.rules().filter(|listed| listed.runs && off(&name(listed)));
        let levels = off.map(|listed| (listed.rule.id.clone(), Setting::Off)).collect();
        RuleSet::builtin().select(&Selection { levels })
    };
    let mut sets = vec![without(&|_| false), without(&|_| true)];
    sets.extend(counts.iter().map(|(name, _)| without(&|check| check == *name)));
    let mut sessions: Vec<_> = sets.iter().map(|rules| Linter::new(rules).session()).collect();
    let mut best = vec![Duration::MAX; sets.len()];
    for _ in 0..ROUNDS {
        for (best, session) in best.iter_mut().zip(&mut sessions) {
            *best = time(session, &notes).min(*best);
        }
    }
    let micros = |time: Duration| time.as_secs_f64() * 1e6 / TIMED as f64;
    let whole = micros(best[0]);
    println!("check  all together {whole:8.2} µs for a note");
    println!(
        "check  reading      {:8.2} µs {:5.1} %  words, sentences, the automaton",
        micros(best[1]),
        micros(best[1]) * 100.0 / whole
    );
    let mut costs: Vec<_> = counts.iter().zip(&best[2..]).map(|(of, time)| (whole - micros(*time), *of)).collect();
    costs.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    for (cost, (name, rules)) in costs {
        let (cost, share) = (cost.max(0.0), cost.max(0.0) * 100.0 / whole);
        println!("check  {name:<12} {cost:8.2} µs {share:5.1} %  {rules} rules");
    }
}

type Written = (Document, Kind, Option<Contact>);

/// A generated line as the library takes it.
fn read(line: &str) -> Written {
    let note: serde_json::Value = serde_json::from_str(line).expect("a generated note");
    let kind = Kind::deserialize(&note["kind"]).expect("a kind");
    let contact = note.get("contact").map(|contact| Contact::deserialize(contact).expect("a contact"));
    (Document::from_text(note["text"].as_str().expect("a text")), kind, contact)
}

/// The time in which the notes are linted.
fn time(session: &mut Session<'_>, notes: &[Written]) -> Duration {
    let begun = Instant::now();
    for (document, kind, contact) in notes {
        let context = Context { kind: *kind, contact: contact.as_ref(), ..Context::default() };
        std::hint::black_box(session.lint(document, &context));
    }
    begun.elapsed()
}
