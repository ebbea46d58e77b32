//! Findings as workflow commands, which GitHub Actions shows at their lines:
//! `::warning file=drafts/ana.md,line=4,endLine=4,col=9,endColumn=13,title=cordial (words/asap)::…`.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::escape;
use super::run::{Region, Run};
use crate::diagnostic::Level;

/// One command for each finding and for each file that could not be checked, and a last line that sums up.
#[must_use]
pub fn render(run: &Run) -> String {
    let mut out = String::new();
    for trouble in &run.troubles {
        let place = trouble.place.map(|place| [("line", place.line), ("col", place.utf16)]);
        let place = place.iter().flatten().map(|(key, number)| (*key, number.to_string()));
        let properties = std::iter::once(("file", trouble.file.clone())).chain(place);
        command(&mut out, trouble.level, properties, "cordial", &trouble.message, trouble.help.as_deref());
    }
    for found in run.results() {
        let title = format!("cordial ({})", found.rule);
        command(&mut out, found.level, properties(&found.region), &title, &found.said(), found.help.as_deref());
    }
    for checked in &run.checked {
        // A template without a note says why in its findings.
        let is_explained = checked.found.iter().any(|found| found.level == Level::Error);
        if let (Some(error), false) = (&checked.error, is_explained) {
            let properties = std::iter::once(("file", checked.file.clone()));
            command(&mut out, Level::Error, properties, "cordial", error, None);
        }
    }
    for alike in &run.alike {
        let title = format!("cordial ({})", alike.rule);
        let said = format!("{}: {}", alike.message, alike.files.join(", "));
        let properties = alike.files.first().map(|file| ("file", file.clone()));
        command(&mut out, alike.level, properties.into_iter(), &title, &said, alike.help.as_deref());
    }
    let _ = writeln!(out, "{}", run.summary.line());
    out
}

/// The place of a finding. GitHub takes columns only where one line holds it all.
fn properties(region: &Region) -> impl Iterator<Item = (&'static str, String)> {
    let (start, end) = (region.start, region.end);
    let lines = [("line", start.line), ("endLine", end.line)];
    let columns = [("col", start.utf16), ("endColumn", end.utf16)].into_iter().filter(move |_| start.line == end.line);
    let numbers = lines.into_iter().chain(columns).map(|(key, number)| (key, number.to_string()));
    std::iter::once(("file", region.file.clone())).chain(numbers)
}

fn command(
    out: &mut String,
    level: Level,
    properties: impl Iterator<Item = (&'static str, String)>,
    title: &str,
    message: &str,
    help: Option<&str>,
) {
    let name = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Suggestion => "notice",
    };
    let properties = properties.chain([("title", title.to_owned())]);
    let properties: Vec<_> = properties.map(|(key, value)| format!("{key}={}", property(&value))).collect();
    let _ = write!(out, "::{name} {}::{}", properties.join(","), data(message));
    if let Some(help) = help {
        let _ = write!(out, "%0A{}", data(help));
    }
    out.push('\n');
}

/// Text for people in which GitHub Actions finds no command: it obeys lines that begin with `::`, and `##[` anywhere, in
/// all that a step prints, whoever wrote it.
#[must_use]
pub fn inert(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##[") {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n').map(|line| {
        let start = line.len() - line.trim_start().len();
        let line = line.replace("##[", "## [");
        if line[start..].starts_with("::") { format!("{}: {}", &line[..start], &line[start + 1..]) } else { line }
    });
    Cow::Owned(lines.collect())
}

/// A message. What has a meaning in a command is written by its number; what cannot be seen, by its name.
fn data(text: &str) -> String {
    let visible = |line: &str| escape::visible(line, true).replace('%', "%25");
    text.split('\n').map(|line| visible(line.trim_end_matches('\r'))).collect::<Vec<_>>().join("%0A")
}

/// The value of a property, in which colons and commas have a meaning, too.
fn property(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_end_a_command_or_begin_another() {
        assert_eq!(data("100% “done”\r\n::error::x\u{1b}[2J"), "100%25 “done”%0A::error::x\\x1b[2J");
        assert_eq!(property("a,b:c%\n.md"), "a%2Cb%3Ac%25%0A.md");
    }

    #[test]
    fn text_for_people_holds_no_command() {
        for (text, expected) in [
            ("a :: b\n::stop-commands::x\n  ::error::y\n", "a :: b\n: :stop-commands::x\n  : :error::y\n"),
            ("say ##[add-mask]x", "say ## [add-mask]x"),
            ("\u{a0}::warning::é", "\u{a0}: :warning::é"),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(inert(text), expected);
        }
    }

    #[test]
    fn a_run_without_findings_says_so() {
        assert_eq!(render(&Run::default()), "Checked 0 notes\n");
    }
}
