//! Turns the data files into what the program embeds: the channel table, the templates and the rule pack.

use std::{env, fs, path::Path};

fn main() {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let out = Path::new(&out);
    println!("cargo::rerun-if-changed=src/context/channels.yaml");
    let table = fs::read_to_string("src/context/channels.yaml").expect("the channel table is part of the package");
    fs::write(out.join("channels.rs"), channels(&table)).expect("OUT_DIR can be written");
    fs::write(out.join("templates.rs"), templates(Path::new("templates"))).expect("OUT_DIR can be written");
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
