//! What goes where: into files, and through pipes that stay open.

#![expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "the program is started as people start it")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

fn cordial(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cordial"));
    command.args(args).env("LC_ALL", "C.UTF-8").env("COLUMNS", "80").env_remove("CI").env_remove("GITHUB_ACTIONS");
    command
}

const NOTE: &str =
    "Hi Ana, I heard your talk on figs, and it has stayed with me. I would like to follow where you take it next.\n";

/// As Vim's `:r !cordial compose ana` runs it.
#[test]
fn a_file_that_both_streams_go_into_gets_the_note_alone() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let out = file.reopen().expect("the file opens");
    let error = out.try_clone().expect("the file opens");
    let status = cordial(&["compose", "--isolated", "--name", "Ana", "--talk", "figs"])
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(error)
        .status()
        .expect("it runs");
    assert!(status.success());
    let mut text = String::new();
    std::io::Read::read_to_string(&mut file.reopen().expect("the file opens"), &mut text).expect("it is text");
    assert_eq!(text, NOTE);
}

#[test]
fn a_pipe_gets_the_note_without_colour_and_the_rest_goes_elsewhere() {
    let done = cordial(&["compose", "--isolated", "--name", "Ana", "--talk", "figs"])
        .stdin(Stdio::null())
        .output()
        .expect("it runs");
    assert_eq!(String::from_utf8_lossy(&done.stdout), NOTE);
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(told.contains("Ready: 108/200") && !told.contains('\x1b') && !told.contains("Next"), "{told}");
}

/// A program may send one line and wait for its answer before the next.
#[test]
fn each_json_line_is_answered_at_once() {
    for (command, line, answer) in [
        ("lint", r#"{"text":"Hi Ana, I heard your talk on figs."}"#, r#"{"v":1,"line":1,"verdict":"#),
        ("compose", r#"{"first_name":"Ana","facts":[{"talk":"figs"}]}"#, r#"{"v":1,"id":"ana","line":1,"#),
    ] {
        let mut child = cordial(&[command, "--jsonl", "--isolated"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut input = child.stdin.take().expect("a pipe");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        writeln!(input, "{line}").expect("it reads");
        let mut told = String::new();
        output.read_line(&mut told).expect("it answers");
        assert!(told.starts_with(answer), "{told}");
        drop(input);
        assert!(child.wait().expect("it ends").success());
    }
}

/// `cordial lint --jsonl | head -1`
#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = cordial(&["lint", "--jsonl", "--isolated"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let mut input = child.stdin.take().expect("a pipe");
    let _ = writeln!(input, r#"{{"text":"Hi Ana, I heard your talk on figs."}}"#);
    drop(input);
    let done = child.wait_with_output().expect("it ends");
    assert!(done.status.success(), "{:?}", done.status);
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
}

#[test]
fn a_template_keeps_its_line_breaks_when_notes_are_accepted() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("hello.tera");
    let template =
        "{#\ntitle: Hello\nkind: invite\nsamples:\n  - first_name: Ana\nNOTE#}\nHi {{ contact.first_name }}.\n";
    let lines = |note: &str| template.replace("NOTE", note).replace('\n', "\r\n");
    std::fs::write(&file, lines("")).expect("it is written");
    let test = |flag: &[&str]| {
        let args = [&["template", "test", "--isolated", file.to_str().expect("a path")], flag].concat();
        cordial(&args).output().expect("it runs").status.code()
    };
    assert_eq!((test(&[]), test(&["--accept"]), test(&[])), (Some(1), Some(0), Some(0)));
    let accepted = std::fs::read_to_string(&file).expect("it is read");
    assert_eq!(accepted, lines("    note: |\n      Hi Ana.\n"));
}

/// As an editor filters a buffer: `:%!cordial lint --fix`.
#[test]
fn what_comes_through_a_pipe_goes_out_mended_and_otherwise_as_it_was() {
    for (text, mended) in [
        ("\u{feff}---\r\nkind: message\r\n---\r\n\r\nHi Ana,\r\nI hereby ask the the 👍.\r\n\r\n", true),
        ("---\nkind: invte\n---\nHi Ana, I heard the the talk", true),
        ("Hi Ana, I heard your talk on figs.", false),
        (" \r\n", false),
        ("", false),
    ] {
        let mut child = cordial(&["lint", "--fix", "--isolated"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("it reads");
        let done = child.wait_with_output().expect("it ends");
        let expected = text.replace("I hereby", "I").replace("the the", "the");
        assert_eq!(String::from_utf8_lossy(&done.stdout), expected);
        assert_eq!(expected != text, mended);
    }
}

#[test]
fn a_file_is_mended_and_otherwise_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ana.txt");
    std::fs::write(&file, "\u{feff}---\r\nkind: message\r\n---\r\nHi Ana,\r\nI heard the the talk.\r\n")
        .expect("it is written");
    let name = file.to_str().expect("a plain path");
    let run = |flag| {
        cordial(&["lint", flag, "--isolated", "--fail-on", "error", name])
            .stdin(Stdio::null())
            .output()
            .expect("it runs")
            .status
    };
    assert_eq!(run("--diff").code(), Some(1));
    assert_eq!(run("--fix").code(), Some(0));
    let text = std::fs::read_to_string(&file).expect("it is text");
    assert_eq!(text, "\u{feff}---\r\nkind: message\r\n---\r\nHi Ana,\r\nI heard the talk.\r\n");
    assert_eq!(run("--diff").code(), Some(0));
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
}
