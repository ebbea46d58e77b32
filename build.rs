//! Turns the data files into what the program embeds: the channel table, the templates and the rule pack.
#![expect(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::path::{Path, PathBuf};
use std::{env, fs};

use rule::spec::RuleSpec;

// The compiler of rule packs is the library's own source: the build and the program cannot disagree.
#[path = "src/diagnostic.rs"]
#[allow(dead_code, unreachable_pub, reason = "the build uses a part of the library's source")]
mod diagnostic;
#[path = "src/text/mod.rs"]
#[allow(dead_code, unused_imports, unreachable_pub, reason = "the build uses a part of the library's source")]
mod text;
#[path = "src/contact"]
#[allow(dead_code, unused_imports, unreachable_pub, reason = "the build uses a part of the library's source")]
mod contact {
    mod event_kind;
    mod fact;
    pub use event_kind::EventKind;
    pub use fact::FactKind;
}
#[path = "src/context"]
#[allow(dead_code, unreachable_pub, reason = "the build uses a part of the library's source")]
mod context {
    mod kind;
    pub use kind::Kind;
}
#[path = "src/rule"]
#[allow(dead_code, unused_imports, unreachable_pub, reason = "the build uses a part of the library's source")]
mod rule {
    pub mod pack;
    pub mod phrase;
    pub mod spec;
    pub mod wording {
        pub mod table;
    }
}

fn main() {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let out = Path::new(&out);
    println!("cargo::rerun-if-changed=src/context/channels.yaml");
    let table = fs::read_to_string("src/context/channels.yaml").expect("the channel table is part of the package");
    fs::write(out.join("channels.rs"), channels(&table)).expect("OUT_DIR can be written");
    fs::write(out.join("templates.rs"), templates(Path::new("templates"))).expect("OUT_DIR can be written");
    for source in [
        "build.rs",
        "rules",
        "src/rule",
        "src/text",
        "src/contact/event_kind.rs",
        "src/contact/fact.rs",
        "src/context/kind.rs",
    ] {
        println!("cargo::rerun-if-changed={source}");
    }
    let counts = fs::read_to_string("src/rule/wording/wording.tsv").expect("the counts are part of the package");
    let table = rule::wording::table::compile(&counts).unwrap_or_else(|e| panic!("src/rule/wording/wording.tsv: {e}"));
    fs::write(out.join("wording.table"), table).expect("OUT_DIR can be written");
    fs::write(out.join("rules.pack"), rule_pack(Path::new("rules"))).expect("OUT_DIR can be written");
}

/// The built-in rules, compiled. A broken rule ends the build with its file and what is wrong.
fn rule_pack(folder: &Path) -> Vec<u8> {
    let mut files: Vec<PathBuf> = Vec::new();
    for pack in
        fs::read_dir(folder).expect("rules/ is part of the package").flatten().filter(|entry| entry.path().is_dir())
    {
        files.extend(fs::read_dir(pack.path()).expect("a pack is a folder").flatten().map(|entry| entry.path()));
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    let specs: Vec<RuleSpec> = files.iter().map(|file| spec(file)).collect();
    rule::pack::compile(&specs, None).unwrap_or_else(|errors| {
        let lines: Vec<_> =
            errors.iter().map(|(number, error)| format!("{}: {error}", files[*number].display())).collect();
        panic!("{}", lines.join("\n"))
    })
}

fn spec(file: &Path) -> RuleSpec {
    let yaml = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let spec: RuleSpec = serde_yaml::from_str(&yaml).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let pack = file.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    spec.named(&format!("{pack}/{name}"))
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Channel {
    id: String,
    name: String,
    limit: Option<Limit>,
    subject: Option<usize>,
    source: String,
    checked: String,
    confidence: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    free: usize,
    premium: usize,
}

/// The channel table as an enum with one row per channel.
fn channels(yaml: &str) -> String {
    let rows: Vec<Channel> = serde_yaml::from_str(yaml).unwrap_or_else(|e| panic!("src/context/channels.yaml: {e}"));
    let mut variants = String::new();
    let mut table = String::new();
    for row in &rows {
        let variant: String = row.id.split('-').map(capitalised).collect();
        variants += &format!("/// {}.\n#[serde(rename = \"{}\")]\n{variant},\n", capitalised(&row.name), row.id);
        table += &format!(
            "Row {{ channel: Channel::{variant}, id: {:?}, name: {:?}, limit: {:?}, subject: {:?}, source: {:?}, checked: {:?}, confidence: {:?} }},\n",
            row.id,
            row.name,
            row.limit.as_ref().map(|limit| (limit.free, limit.premium)),
            row.subject,
            row.source,
            row.checked,
            row.confidence,
        );
    }
    format!(
        "/// Where a note is sent. One row of `channels.yaml` each.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]\n\
         pub enum Channel {{\n{variants}}}\n\nstatic ROWS: &[Row] = &[\n{table}];\n"
    )
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The built-in templates as pairs of id and text: every `.tera` file under `root`.
fn templates(root: &Path) -> String {
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the templates are part of the package") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "tera") {
                files.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files.sort();
    let pairs = files
        .iter()
        .map(|file| format!("({file:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{file}\"))),\n"));
    format!("static BUILTIN: &[(&str, &str)] = &[\n{}];\n", pairs.collect::<String>())
}
