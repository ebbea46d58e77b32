use super::*;

fn accept(source: &str, notes: &[Option<&str>]) -> Option<String> {
    let expected: Vec<_> = notes.iter().map(|note| note.map(|note| Expected::new(note, None))).collect();
    with_expected("invite/x", source, &expected)
}

#[test]
fn a_note_is_written_where_its_person_stands() {
    for (before, note, after) in [
        (
            "{#\ntitle: x\nsamples:\n  - first_name: Ana # the short one\n    today: 2026-10-03 # Saturday\n  # Others.\n#}\nHi",
            "Hi Ana,\n\n  figs",
            "{#\ntitle: x\nsamples:\n  - first_name: Ana # the short one\n    today: 2026-10-03 # Saturday\n    note: |\n      Hi Ana,\n\n        figs\n  # Others.\n#}\nHi",
        ),
        (
            "{# title: x\nsamples:\n- first_name: Ana #}Hi",
            "Hi",
            "{# title: x\nsamples:\n- first_name: Ana \n  note: |\n    Hi\n#}Hi",
        ),
        (
            "{# title: x\nsamples: [{ first_name: Ana }] #}Hi",
            "Hi, you: #1",
            "{# title: x\nsamples: [{ first_name: Ana, note: \"Hi, you: #1\" }] #}Hi",
        ),
        (
            "{#\r\ntitle: x\r\nsamples:\r\n  - first_name: Ana\r\n#}\r\nHi\r\n",
            "Hi\nyou",
            "{#\r\ntitle: x\r\nsamples:\r\n  - first_name: Ana\r\n    note: |\r\n      Hi\r\n      you\r\n#}\r\nHi\r\n",
        ),
        (
            "\u{feff}{#\ntitle: x\nsamples:\n  - first_name: Ana\n#}\nHi",
            "Hi #} you",
            "\u{feff}{#\ntitle: x\nsamples:\n  - first_name: Ana\n    note: \"Hi #\\x7d you\"\n#}\nHi",
        ),
    ] {
        assert_eq!(accept(before, &[Some(note)]).as_deref(), Some(after));
    }
}

#[test]
fn a_note_takes_the_place_of_the_old_one() {
    for (old, new) in [
        (" Hi # old", " | # old\n      Hi Ana"),
        (" \"Hi\n      you\" # old", " | # old\n      Hi Ana"),
        ("", " |\n      Hi Ana"),
        (" # to do", " | # to do\n      Hi Ana"),
        (" |\n      Hi\n\n      you", " |\n      Hi Ana"),
        (" |- # kept\n     Hi", " |- # kept\n      Hi Ana"),
        (" >2- # kept\n        Hi\n", " | # kept\n      Hi Ana\n"),
        (" |", " |\n      Hi Ana"),
    ] {
        let file = |note: &str| {
            format!("{{#\ntitle: x\nsamples:\n  - first_name: Ana\n    note:{note}\n    today: 2026-10-03\n#}}\nHi")
        };
        assert_eq!(accept(&file(old), &[Some("Hi Ana")]), Some(file(new)), "{old}");
    }
    for (old, new) in
        [("note: Hi,", "note: \"Hi Ana\","), ("note:,", "note: \"Hi Ana\","), ("note,", "note: \"Hi Ana\",")]
    {
        let file = |note: &str| format!("{{# title: x\nsamples: [{{ {note} first_name: Ana }}] #}}\nHi");
        assert_eq!(accept(&file(old), &[Some("Hi Ana")]), Some(file(new)), "{old}");
    }
}

#[test]
fn a_note_that_is_not_accepted_stays() {
    let file = |note: &str| {
        format!("{{# title: x\nsamples:\n  - {{ first_name: Ana, note: Hi }}\n  - first_name: Bo\n{note}#}}\nHi")
    };
    assert_eq!(accept(&file(""), &[None, Some("Ho")]), Some(file("    note: |\n      Ho\n")));
    assert_eq!(accept(&file(""), &[None]), None, "a person more than notes");
    assert_eq!(accept("Hi", &[]), None);
}

#[test]
fn a_subject_stays_on_its_line() {
    let file = |subject: &str, note: &str| {
        format!("{{#\ntitle: x\nchannel: email\nsubject: x\nsamples:\n  - first_name: Ana\n{subject}{note}#}}\nHi")
    };
    let expected = [Some(Expected::new("Hi", Some("On figs")))];
    let new = file("    subject: \"On figs\"\n", "    note: |\n      Hi\n");
    for old in [
        file("", ""),
        file("    subject: Figs\n", "    note: Ho\n"),
        file("    subject: |\n      Figs\n", "    note:\n"),
        file("    subject:\n", ""),
    ] {
        assert_eq!(with_expected("invite/x", &old, &expected).as_deref(), Some(&*new), "{old}");
    }
}

proptest::proptest! {
    #[test]
    fn any_note_is_read_back_and_nothing_else_changes(
        note in "(\\PC|[\n\t #}{'\":|>-]|Hi|\r\n|\u{feff}|\u{2028}|\u{85}|👩‍💻){0,30}",
        layout in 0_usize..6,
        crlf: bool,
    ) {
        let samples = [
            "samples:\n  - first_name: Ana # a\n    role: baker # b\n",
            "samples:\n  - note: Hi\n    first_name: Ana # a\n",
            "samples:\n  - first_name: Ana\n    note: |2 # a\n        Hi\n\n    role: baker\n",
            "samples:\n- { first_name: Ana, note: , role: baker }\n",
            "samples: [{ first_name: Ana, # a\n  role: baker }]\n",
            "samples:\n      - first_name: Ana\n        note: # a\n",
        ][layout];
        let mut file = format!("{{#\n# Notes.\ntitle: x\n{samples}may: [talk]\n#}}\nHi {{{{ talk.what }}}} {{# c #}}\n");
        if crlf {
            file = file.replace('\n', "\r\n");
        }
        let expected = [Some(Expected::new(&note, None))];
        let written = with_expected("invite/x", &file, &expected).unwrap();
        // It is read back inside; what is left to see is that a second time changes nothing, and that comments stay.
        proptest::prop_assert_eq!(with_expected("invite/x", &written, &expected), Some(written.clone()));
        for comment in file.match_indices(" # ").map(|(at, _)| &file[at..at + 4]) {
            proptest::prop_assert!(written.contains(comment), "{}", written);
        }
        let body = |text: &str| text[text.find("may:").unwrap()..].to_owned();
        proptest::prop_assert_eq!(body(&written), body(&file));
    }
}
