//! What notes look like on a terminal: one file per case under `tests/report/`, drawn at several widths.
//! `SNAPSHOTS=overwrite cargo test --test report` writes them anew; read every change.

use cordial::context::{Channel, Context, Kind};
use cordial::diagnostic::{Diagnostic, Edit, Fix, Level};
use cordial::report::{Note, Style, note, snippet};
use cordial::text::{Document, Sources, Span};
use proptest::prelude::*;
use snapbox::{Data, assert_data_eq};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// A note, and what is found in it.
#[derive(Default)]
struct Case {
    name: &'static str,
    text: String,
    diagnostics: Vec<Diagnostic>,
    context: Context<'static>,
    facts: Vec<String>,
}

fn case(name: &'static str, text: impl Into<String>) -> Case {
    Case { name, text: text.into(), ..Case::default() }
}

impl Case {
    /// A finding on the first place where `words` stand.
    fn find(self, level: Level, rule: &str, words: &str, message: &str) -> Self {
        let start = self.text.find(words).expect("the words stand in the text");
        self.span(level, rule, Span::new(start, start + words.len()), message)
    }

    fn span(mut self, level: Level, rule: &str, span: Span, message: &str) -> Self {
        self.diagnostics.push(Diagnostic::new(rule, level, message, span));
        self
    }

    fn help(mut self, help: &str) -> Self {
        let last = self.diagnostics.pop().expect("a finding to help with");
        self.diagnostics.push(last.with_help(help));
        self
    }

    fn fix(mut self, text: &str) -> Self {
        let last = self.diagnostics.pop().expect("a finding to fix");
        let fix = Fix { safe: true, edits: vec![Edit { span: last.span, text: text.into() }] };
        self.diagnostics.push(last.with_fix(fix));
        self
    }

    fn draw(&self, style: Style) -> String {
        let document = Document::from_text(self.text.clone());
        note::render(
            &Note {
                name: self.name,
                document: &document,
                diagnostics: &self.diagnostics,
                context: &self.context,
                kind_assumed: self.context.channel.is_none(),
                facts: &self.facts,
                shared: None,
            },
            style,
        )
    }
}

fn follow_up() -> Case {
    let text = "Hi Ana, it was good to meet you at RiskMinds. I know you are busy, but I am just bumping this to the top \
                of your inbox!! Could we hop on a quick call asap?";
    case("follow-up.txt", text)
        .find(
            Level::Error,
            "pushy/bump",
            "just bumping this to the top of your inbox",
            "“just bumping this” adds pressure",
        )
        .help("Leave it out; say again who you are and where you met.")
        .find(Level::Warning, "tone/exclamation", "!!", "two exclamation marks in a row")
        .fix("!")
        .find(Level::Warning, "pushy/call", "hop on a quick call", "a call is a lot to ask of somebody you barely know")
        .help("Ask one question that can be answered in a line.")
        .find(Level::Suggestion, "words/asap", "asap", "“asap” sounds like an order")
        .fix("")
}

fn cases() -> Vec<Case> {
    let long = "Hi Ana, we spoke about the night bus after your talk. ".repeat(5);
    vec![
        Case {
            facts: vec!["her talk at RiskMinds".into(), "the night bus".into()],
            ..case("clean.txt", "Hi Ana, your talk at RiskMinds stayed with me; is the night bus still running?")
        },
        case("clean-without-facts.txt", "Hi Ana 👩‍💻, your slides stayed with me."),
        follow_up(),
        case("overlap.txt", "Hi Bo, I was wondering if you could possibly help me out with this at all.")
            .find(Level::Warning, "hedging/pile", "was wondering if you could possibly", "three hedges in one sentence")
            .find(Level::Suggestion, "hedging/possibly", "possibly", "“possibly” softens a question that is soft already")
            .find(Level::Error, "vague/help", "possibly help me out with this", "says nothing of what the help would be")
            .find(Level::Suggestion, "filler/at-all", "this", "“this” has nothing to point to"),
        Case {
            context: Context { kind: Kind::Invite, channel: Some(Channel::LinkedinInvite), ..Context::default() },
            ..case("too-long.txt", long.trim())
        }
        .span(Level::Suggestion, "length/invite", Span::new(200, 269), "69 over what a free account can send")
        .span(Level::Suggestion, "grounding/unused", Span::new(0, 269), "the note uses none of the facts you gave")
        .span(Level::Warning, "repeat/sentence", Span::new(54, 107), "this sentence stands here five times"),
        case("empty-spans.txt", "Hi Ana,\nI write about the slides\n")
            .span(Level::Suggestion, "shape/greeting", Span::new(0, 0), "starts without a bow")
            .span(Level::Warning, "shape/end", Span::new(32, 32), "the last sentence has no end")
            .span(Level::Warning, "shape/end-of-text", Span::new(33, 99), "nothing follows"),
        case("empty.txt", "").span(Level::Error, "shape/empty", Span::new(0, 0), "there is no text"),
        case("spaces.txt", "Hi  Ana,\r\n\r\n\r\n\tsee you \nsoon")
            .span(Level::Warning, "space/double", Span::new(2, 4), "two spaces")
            .span(Level::Warning, "space/lines", Span::new(8, 14), "two empty lines")
            .span(Level::Suggestion, "space/end", Span::new(22, 23), "a space ends the line"),
        case("hostile.txt", "Hi \x1b[31mAna\u{202e} evil\u{202c}, click https://example.com/a/very/long/address/that/does/not/end?with=a&query=of&many=parts now\u{200b}.\u{7}")
            .find(Level::Error, "safety/bidi", "\u{202e} evil\u{202c}", "“\u{202e} evil\u{202c}” turns the direction of writing")
            .find(Level::Warning, "safety/link", "https://example.com/a/very/long/address/that/does/not/end?with=a&query=of&many=parts", "a link in an invitation looks like spam")
            .find(Level::Error, "safety/escape", "\x1b", "a control character"),
        case("wide.txt", "こんにちは、田中さん。先日のご講演「夜行バスの設計」をとても興味深く拝聴しました。👩‍💻👨‍👩‍👧‍👦🇬🇧 Cafe\u{301} ole\u{301}!")
            .find(Level::Warning, "x/talk", "夜行バスの設計", "a finding on wide characters")
            .find(Level::Suggestion, "x/emoji", "👨‍👩‍👧‍👦", "a finding on one emoji")
            .find(Level::Error, "x/mark", "Cafe\u{301}", "a finding that ends in a combining mark"),
        case("many.txt", "a b c d e f g h i j k l")
            .span(Level::Warning, "x/all", Span::new(0, 23), "the whole line").into_many(),
    ]
}

impl Case {
    fn into_many(self) -> Self {
        let letters = (0..12).map(|at| at * 2);
        letters.fold(self, |case, at| case.span(Level::Suggestion, "x/letter", Span::new(at, at + 1), "a letter"))
    }
}

#[test]
fn notes_look_right_at_every_width() {
    for case in cases() {
        let mut drawn = String::new();
        for width in [20, 40, 80, 120] {
            let plain = Style { width, colour: false, unicode: true };
            drawn += &format!("{}\n{}\n", "=".repeat(width), case.draw(plain));
        }
        drawn +=
            &format!("{} ASCII\n{}\n", "=".repeat(54), case.draw(Style { width: 60, colour: false, unicode: false }));
        let coloured = case.draw(Style { width: 60, colour: true, unicode: true });
        drawn += &format!("{} colour\n{}", "=".repeat(53), coloured.replace('\x1b', "␛"));
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report").join(case.name);
        assert_data_eq!(drawn, Data::read_from(&path, None).raw());
    }
}

/// A template with findings in it, and a rule.
fn templates() -> (Sources, Vec<(Document, Vec<Diagnostic>)>) {
    let template = "{#---\ntitle: After a talk\nneeds: [talk]\n---#}\nHi {{ contact.first_name }},\n\n\
                    I heard {{ talk.what }} at {{ contact.compny }} and was wondering whether you could possibly send me \
                    the slides, because the part about the night bus is just what our team needs right now asap.\n\
                    {% if event %}\nSee you at {{ event.what }}!!\n{% endif %}\n";
    let rule = "summary: “Rust” — überall\nphrases:\n\t- have (not\u{202e} heard\n";
    let mut sources = Sources::default();
    let first = sources.add("templates/invite/after-a-talk.tera", template);
    let second = sources.add("rules/my/rule.yaml", rule);
    let find = |level, rule: &str, words: &str, of: &str, message: &str| {
        let start = of.find(words).expect("the words stand in the file");
        Diagnostic::new(rule, level, message, Span::new(start, start + words.len()))
    };
    let at = |words: &str| template.find(words).expect("the words stand in the template");
    let lines = Span::new(at("{% if"), at("{% endif %}") + 11);
    let in_template = vec![
        find(Level::Error, "template/unknown", "contact.compny", template, "a contact has no field “compny”")
            .with_help("Write contact.company."),
        find(Level::Warning, "words/asap", "asap", template, "“asap” sounds like an order")
            .with_fix(Fix { safe: true, edits: vec![Edit { span: Span::default(), text: "soon".into() }] }),
        Diagnostic::new("template/if", Level::Suggestion, "the lines behind this are often empty", lines),
    ];
    let in_rule = vec![
        find(Level::Error, "rule/phrase", "(not\u{202e} heard", rule, "the bracket that opens here is never closed")
            .with_help("Write “)” behind the last alternative."),
        Diagnostic::new("rule/source", Level::Error, "the rule names no source", Span::new(999, 1000)),
    ];
    let whole = |file, text: &str| Document::from_source(file, text, Span::new(0, text.len()));
    let documents = vec![(whole(first, template), in_template), (whole(second, rule), in_rule)];
    (sources, documents)
}

#[test]
fn templates_look_right_at_every_width() {
    let (sources, documents) = templates();
    let mut drawn = String::new();
    for (width, colour, unicode) in [(40, false, true), (80, false, true), (120, false, false), (80, true, true)] {
        drawn += &format!("{}\n", "=".repeat(width));
        for (document, diagnostics) in &documents {
            drawn += &snippet::render(document, diagnostics, &sources, Style { width, colour, unicode });
        }
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report/templates.txt");
    assert_data_eq!(drawn.replace('\x1b', "␛"), Data::read_from(&path, None).raw());
}

/// Columns of a line, counted as a terminal draws it.
fn columns(line: &str) -> usize {
    line.graphemes(true).map(|cluster| cluster.width()).sum()
}

fn any_level() -> impl Strategy<Value = Level> {
    prop_oneof![Just(Level::Error), Just(Level::Warning), Just(Level::Suggestion)]
}

/// Pieces of notes that are hard to draw.
fn any_note() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("word "),
        Just("a"),
        Just(" "),
        Just("\n"),
        Just("\r\n"),
        Just("\t"),
        Just("日本"),
        Just("👩\u{200d}💻"),
        Just("🇬🇧"),
        Just("e\u{301}"),
        Just("\u{301}"),
        Just("\u{202e}"),
        Just("\x1b[31m"),
        Just("\r"),
        Just("\u{fffc}"),
        Just("https://example.com/long/path"),
        Just("…"),
        Just("لا"),
        Just("\u{fe0f}"),
        Just("\u{200d}"),
    ];
    prop_oneof![prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn no_line_is_wider_than_the_terminal(
        name in "\\PC{0,50}",
        text in any_note(),
        found in prop::collection::vec((any_level(), 0usize..80, 0usize..80, any_note()), 0..8),
        width in 20usize..100,
        colour: bool,
        unicode: bool,
    ) {
        let mut case = Case { text, ..Case::default() };
        for (level, start, len, message) in &found {
            case = case.span(*level, "pack/some-rule", Span::new(*start, start + len), message).help(message);
        }
        let document = Document::from_text(case.text.clone());
        let note = Note {
            name: &name, document: &document, diagnostics: &case.diagnostics, context: &case.context,
            kind_assumed: true, facts: &[case.text], shared: None,
        };
        let drawn = note::render(&note, Style { width, colour, unicode });
        let plain = drawn.replace("\x1b[0m", "");
        let plain = ["1", "2", "32", "1;31", "1;33", "1;36", "4;31", "4;33", "4;36"]
            .iter().fold(plain, |plain, code| plain.replace(&format!("\x1b[{code}m"), ""));
        prop_assert!(!plain.contains('\x1b'));
        for line in plain.lines() {
            prop_assert!(columns(line) <= width, "{} columns of {width}: {line:?}", columns(line));
        }
    }

    #[test]
    fn the_marked_words_are_those_of_the_finding(
        text in "([a-zäé日本] ?|👩\u{200d}💻|e\u{301}){1,60}",
        start: prop::sample::Index,
        len in 1usize..30,
        width in 20usize..100,
    ) {
        let clusters: Vec<_> = text.grapheme_indices(true).collect();
        let start = start.index(clusters.len());
        let end = clusters.get(start + len).map_or(text.len(), |(at, _)| *at);
        let span = Span::new(clusters[start].0, end);
        let words = |text: &str| text.split_whitespace().collect::<String>();
        let case = case("note", &text).span(Level::Warning, "a/b", span, "found");
        let drawn = case.draw(Style { width, colour: false, unicode: true });
        if drawn.contains("* warning") {
            prop_assert_eq!(text.trim(), text[span.range()].trim());
            return Ok(());
        }
        let body: Vec<_> = drawn.lines().filter_map(|line| line.strip_prefix("│ ")).collect();
        let mut marked = String::new();
        for (row, beneath) in body.iter().zip(&body[1..]).filter(|(_, beneath)| beneath.contains('~')) {
            let mut column = 0;
            for cluster in row.graphemes(true) {
                if beneath.as_bytes().get(column) == Some(&b'~') {
                    marked += cluster;
                }
                column += cluster.width();
            }
        }
        prop_assert_eq!(words(&marked), words(&text[span.range()]));
    }

    #[test]
    fn excerpts_fit_and_never_fail(
        name in "\\PC{0,50}",
        text in any_note(),
        found in prop::collection::vec((any_level(), 0usize..80, 0usize..80, any_note()), 1..4),
        width in 20usize..100,
        unicode: bool,
    ) {
        let mut sources = Sources::default();
        let file = sources.add(name, text.clone());
        let document = Document::from_source(file, &text, Span::new(0, text.len()));
        let diagnostics: Vec<_> = found
            .into_iter()
            .map(|(level, start, len, message)| {
                Diagnostic::new("pack/rule", level, message.clone(), Span::new(start, start + len)).with_help(message)
            })
            .collect();
        let drawn = snippet::render(&document, &diagnostics, &sources, Style { width, colour: false, unicode });
        for line in drawn.lines() {
            prop_assert!(columns(line) <= width, "{} columns of {width}: {line:?}", columns(line));
        }
    }
}
