//! A mended template is still a template, says what it said, and gives its rules nothing to fix.

use cordial::fix::{Linted, Mended, Why, in_sources, mend};
use cordial::lint::{Linter, Session};
use cordial::rule::RuleSet;
use cordial::rule::spec::RuleSpec;
use cordial::template::{Library, TemplateFile};
use cordial::text::Document;
use proptest::prelude::*;

const HEAD: &str = "{#
title: x
needs: [talk]
samples:
  - first_name: Tessa
    facts: [{ talk: the the talk }]
    from: { first_name: Noor }
  - first_name: Bo
    company: Acme Acme
    facts: [{ talk: async traits }]
    from: { first_name: Noor, role: baker }
#}
";

/// The notes of a template, linted, and its own findings.
fn lint(text: &str, session: &mut Session<'_>) -> Linted {
    let one = TemplateFile { id: "invite/x".into(), name: "x.tera".into(), text: text.into() };
    let (library, file, slips) = Library::empty().with_file(one);
    let reading = library.read_samples(file, None, |note, context| session.lint(note, context));
    let own = reading.findings.iter().filter(|(of, _)| *of == file).map(|(_, found)| found.clone());
    let own = slips.into_iter().chain(own).collect();
    let whole = Document::from_source(file, text, (0..text.len()).into());
    let of_notes = reading.notes.iter().map(|note| (note.draft.document.clone(), note.draft.diagnostics.clone()));
    let notes = std::iter::once((whole, own)).chain(of_notes).collect();
    Linted { notes, files: vec![file], is_read: reading.is_read && reading.without == 0 }
}

fn mended(text: &str, rules: &RuleSet) -> Mended {
    let linter = Linter::new(rules);
    let mut session = linter.session();
    mend(vec![text.to_owned()], |texts| lint(&texts[0], &mut session))
}

/// What could be fixed still.
fn left(linted: &Linted) -> usize {
    let fixable = |document: &Document, fix| in_sources(document, fix).is_some();
    let notes = linted.notes.iter();
    notes
        .flat_map(|(note, found)| found.iter().filter_map(move |found| Some((note, found.fix.as_ref()?))))
        .filter(|(note, fix)| fixable(note, fix))
        .count()
}

/// The tags of a template, in order.
fn tags(text: &str) -> Vec<&str> {
    text.split('{')
        .skip(1)
        .filter(|tag| tag.starts_with(['{', '%', '#']))
        .map(|tag| tag.split('}').next().unwrap_or_default())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_mended_template_is_a_template_and_gives_its_rules_nothing_to_fix(
        body in "(Hi |the the |kindly |Kindly do the needful\\.|your esteemed |was was\n|é é |\\{\\{ talk\\.what \\}\\} |\\{\\{ contact\\.first_name \\}\\}|\\{% if contact\\.company %\\} ?(the |is )|\\{\\{ contact\\.company \\}\\}\\{% endif %\\}|\\{% if me\\.role -%\\} the the \\{%- endif %\\}|\\{\\{ \"the the\" \\}\\}|\\{# the the #\\}|\\{% raw %\\}the the \\{% endraw %\\}|, |\r\n){1,14}",
    ) {
        let rules = RuleSet::builtin();
        let text = format!("{HEAD}{body}");
        let linter = Linter::new(&rules);
        let mut session = linter.session();
        let before = lint(&text, &mut session);
        let mended = mended(&text, &rules);
        let after = lint(&mended.texts[0], &mut session);
        prop_assert_eq!(before.is_read, after.is_read);
        prop_assert!(left(&after) == 0 || !mended.refused.is_empty(), "{:?}", mended);
        prop_assert_eq!(tags(&mended.texts[0]), tags(&text));
        prop_assert!(mended.texts[0].starts_with(HEAD) && mended.restless.is_empty());
        prop_assert_eq!(mended.fixed.is_empty(), mended.texts[0] == text);
    }
}

#[test]
fn a_fix_that_would_break_the_template_is_left_out() {
    let rule = |swap: &str| {
        let spec = format!(
            "summary: x\nlevel: warning\nswap:\n  pronto: '{swap}'\nmessage: x\nwhy: x\nevidence: D\nexamples:\n  flags: [{{ text: send it pronto please, match: pronto }}]\n"
        );
        let spec = RuleSpec::from_yaml("my/x", &spec).unwrap();
        RuleSet::builtin().with(&[spec]).0
    };
    let text =
        format!("{HEAD}Hi {{{{ contact.first_name }}}}, answer the the note about {{{{ talk.what }}}} pronto, please.");
    for (swap, expected, why) in [
        ("soon", "answer the note about {{ talk.what }} soon, please.", None),
        ("{{ soon", "answer the note about {{ talk.what }} pronto, please.", Some(Why::Unreadable)),
        ("{% if x %}", "answer the note about {{ talk.what }} pronto, please.", Some(Why::Unreadable)),
        ("pronto!", "answer the note about {{ talk.what }} pronto, please.", Some(Why::FoundAgain)),
    ] {
        let mended = mended(&text, &rule(swap));
        assert!(mended.texts[0].ends_with(expected), "{swap}: {}", mended.texts[0]);
        assert_eq!(mended.refused.first().map(|refused| refused.why), why, "{swap}");
        for refused in &mended.refused {
            assert_eq!(&mended.texts[0][refused.span.range()], "pronto");
        }
    }
}
