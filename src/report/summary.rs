//! A run as people read it beside a change: each note as prose, how long it is, and what was found in it. In Markdown, for
//! the job summary of GitHub Actions.

use std::fmt::Write as _;

use super::markdown::{escaped, quotation};
use super::run::{Checked, Found, Prose, Run, Trouble, What};
use super::{escape, note};
use crate::lint::Readiness;

/// The summary, of at most so many bytes: what does not fit is counted, not cut.
#[must_use]
pub fn render(run: &Run, most: usize) -> String {
    let mut out = format!("## cordial\n\n{}\n", run.summary.line());
    let end = |left: usize| format!("\n… and {left} more, for which there is no room here.\n");
    let room = most.saturating_sub(end(usize::MAX).len());
    let parts = parts(run);
    for (at, part) in parts.iter().enumerate() {
        if out.len() + part.len() > room {
            out += &end(parts.len() - at);
            break;
        }
        out += part;
    }
    if out.len() > most { String::new() } else { out }
}

/// What may be left out, from the end on.
fn parts(run: &Run) -> Vec<String> {
    let mut parts: Vec<String> = run.troubles.iter().map(|trouble| format!("\n{}", line(trouble))).collect();
    for same in run.alike.iter().filter(|alike| !alike.files.is_empty()) {
        let files: Vec<_> = same.files.iter().map(|file| code(file)).collect();
        let level = same.level;
        parts.push(format!("\n- **{level}** `{}`: {}: {}\n", same.rule, shown(&same.message), files.join(", ")));
    }
    let (ready, others): (Vec<_>, Vec<_>) = run.checked.iter().partition(|checked| is_ready(checked));
    // A template stands above its notes; drafts have a file each.
    for same in others.chunk_by(|one, next| one.file == next.file) {
        let heading = format!("\n### {}\n", shown(&same[0].file));
        for (at, checked) in same.iter().enumerate() {
            let heading = if at == 0 { heading.as_str() } else { "" };
            parts.push(format!("{heading}{}", entry(checked)));
        }
    }
    parts.extend(folded(&ready));
    parts
}

/// Whether a draft needs no look. What a template gives is always shown: it is what a change to it changes.
fn is_ready(checked: &Checked) -> bool {
    matches!(&checked.what, What::Note(prose) if prose.sample.is_none() && prose.before.is_none())
        && checked.found.is_empty()
}

/// The drafts in which nothing was found, folded away.
fn folded(ready: &[&Checked]) -> Option<String> {
    let noun = if ready.len() == 1 { "1 note is ready".to_owned() } else { format!("{} notes are ready", ready.len()) };
    let gauge = |checked: &Checked| match &checked.what {
        What::Note(prose) => prose.gauge.clone(),
        What::Template => String::new(),
    };
    let rows = ready.iter().map(|checked| format!("- {} · {}\n", shown(&checked.file), gauge(checked)));
    let rows: String = rows.collect();
    (!ready.is_empty()).then(|| format!("\n<details><summary>{noun}</summary>\n\n{rows}\n</details>\n"))
}

fn entry(checked: &Checked) -> String {
    let mut out = match &checked.what {
        What::Template => format!("\n{}\n", shown(checked.error.as_deref().unwrap_or(&checked.about))),
        What::Note(prose) => note_entry(prose, &checked.about),
    };
    if !checked.found.is_empty() {
        out.push('\n');
    }
    checked.found.iter().for_each(|found| out += &finding(found));
    out
}

/// A note, and below it the one before the change under review, where that is another.
fn note_entry(prose: &Prose, about: &str) -> String {
    let text: String = prose.text.iter().map(|stretch| stretch.text.as_str()).collect();
    let before = prose.before.as_deref().filter(|before| before.trim() != text.trim());
    let name = prose.sample.as_ref().map(|sample| format!("**{}** · ", shown(sample))).unwrap_or_default();
    let state = if prose.before.is_some() && before.is_none() { " · unchanged" } else { "" };
    let readiness = note::label(prose.readiness);
    let mark = if prose.readiness == Readiness::Ready { readiness.to_owned() } else { format!("**{readiness}**") };
    let mut out = format!("\n{name}{} · {} · {mark}{state}\n\n", shown(about), prose.gauge);
    out += &quoted(prose);
    if let Some(before) = before {
        let _ = write!(out, "\nBefore:\n\n{}", quotation(&lines(before, escaped)));
    }
    out
}

/// The text with what was found in it in bold.
fn quoted(prose: &Prose) -> String {
    let bold = |line: &str| format!("<b>{}</b>", escaped(line));
    let marked = prose
        .text
        .iter()
        .map(|stretch| if stretch.marked { lines(&stretch.text, bold) } else { lines(&stretch.text, escaped) });
    let marked: String = marked.collect();
    // What would begin a list.
    let guard = if marked.starts_with(['-', '+', '=']) { "\\" } else { "" };
    quotation(&format!("{guard}{marked}"))
}

/// Each line of a text by itself, with what cannot be seen in it by its name: bold text ends with its paragraph.
fn lines(text: &str, line: impl Fn(&str) -> String) -> String {
    let each = text.split('\n').map(|part| {
        let part = escape::visible(part.trim_end_matches('\r'), true);
        if part.is_empty() { String::new() } else { line(&part) }
    });
    each.collect::<Vec<_>>().join("\n")
}

fn finding(found: &Found) -> String {
    let help = found.help.as_deref().map(|help| format!("  \n  {}", shown(help))).unwrap_or_default();
    format!("- **{}** `{}`: {}{help}\n", found.level, found.rule, shown(&found.message))
}

fn line(trouble: &Trouble) -> String {
    let place = trouble.place.map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
    let help = trouble.help.as_deref().map(|help| format!("  \n  {}", shown(help))).unwrap_or_default();
    format!("- **{}** {}{place}: {}{help}\n", trouble.level, code(&trouble.file), shown(&trouble.message))
}

/// One line of text.
fn shown(text: &str) -> String {
    escaped(&escape::visible(text, true))
}

fn code(name: &str) -> String {
    format!("`{}`", escape::visible(name, true).replace('`', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::diagnostic::{Diagnostic, Level};
    use crate::report::run::Telling;
    use crate::report::{Note, Places};
    use crate::rule::RuleSet;
    use crate::text::{Document, Sources, Span};

    fn noted(run: &mut Run, name: &str, text: &str, marks: &[(usize, usize)], telling: Telling<'_>) {
        let found = marks.iter().map(|(start, end)| {
            Diagnostic::new("words/asap", Level::Warning, "“asap” is an order", Span::new(*start, *end))
                .with_help("Say *when*.")
        });
        let found: Vec<_> = found.collect();
        let note = Note {
            name,
            document: &Document::from_text(text),
            diagnostics: &found,
            context: &Context::default(),
            kind_assumed: false,
            facts: &[],
            shared: None,
        };
        run.note(&note, telling, &RuleSet::builtin(), &mut Places::new(&Sources::default()));
    }

    #[test]
    fn reviewers_see_the_notes_of_a_template_before_and_after() {
        let mut run = Run::default();
        let to = |sample, before| Telling { sample: Some(sample), before, ..Telling::default() };
        noted(&mut run, "t.tera", "- Hi Ana,\n\nasap\n<i>now", &[(11, 15)], to("Ana", Some("Hi Ana.")));
        noted(&mut run, "t.tera", "Hi Bo.", &[], to("Bo", Some("Hi Bo.")));
        noted(&mut run, "a_b.md", "Hi Cy.", &[], Telling::default());
        let expected = "\
## cordial

Checked 3 notes: 2 clean, 1 warning

### t.tera

**Ana** · invite · LinkedIn invitation note · 22/200 · **Rewrite**

> \\- Hi Ana,
>
> <b>asap</b>\\
> \\<i\\>now

Before:

> Hi Ana.

- **warning** `words/asap`: “asap” is an order  
  Say \\*when\\*.

**Bo** · invite · LinkedIn invitation note · 6/200 · Ready · unchanged

> Hi Bo.

<details><summary>1 note is ready</summary>

- a\\_b.md · 6/200

</details>
";
        assert_eq!(render(&run, 1 << 20), expected);
    }

    #[test]
    fn a_summary_keeps_to_its_size() {
        let mut run = Run::default();
        for number in 0..20 {
            noted(&mut run, &format!("{number}.md"), "Hi, asap!", &[(4, 8)], Telling::default());
        }
        for most in [0, 50, 200, 1000, 4000] {
            let text = render(&run, most);
            assert!(text.len() <= most, "{most}: {text}");
        }
        assert!(render(&run, 1000).ends_with("more, for which there is no room here.\n"));
    }
}
