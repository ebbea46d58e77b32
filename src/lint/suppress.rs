//! Findings that somebody allows, and allowances that nobody needs.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};

use jiff::civil::Date;

use super::Sameness;
use crate::allow::{Allowance, EXPIRED, UNKNOWN, UNUSED, names};
use crate::diagnostic::{Diagnostic, Level};
use crate::rule::RuleSet;
use crate::text::yaml::Located;
use crate::text::{Document, FileId, Origin, SourceSpan, Span, similar};

/// A finding that is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// What allows it.
    pub allowance: Allowance,
    /// The word in it that names the rule, and its file.
    pub by: SourceSpan,
}

/// Takes away the findings that are allowed. `root` is the file that the note is made from: what it allows for all of
/// itself counts wherever a finding stands. All else counts where the finding stands first: `allowed` tells of a file.
pub fn suppress<'a>(
    found: &mut Vec<Diagnostic>,
    document: &Document,
    root: FileId,
    allowed: impl Fn(FileId) -> &'a [Allowance],
    today: Option<Date>,
) -> Vec<Suppressed> {
    let mut suppressed = Vec::new();
    found.retain(|diagnostic| {
        // Such an error keeps notes from being made: silence would not help.
        if diagnostic.level == Level::Error && is_of_template(&diagnostic.rule) {
            return true;
        }
        let place = document.locate(diagnostic.span).first().copied();
        let other = place.map(|place| place.file).filter(|file| *file != root);
        let all = std::iter::once(root).chain(other).flat_map(|file| allowed(file).iter().map(move |one| (file, one)));
        let silent = all.filter(|(_, one)| !one.is_over(today)).filter_map(|(file, one)| {
            let is_here = match one.covers {
                None => file == root || other.is_some(),
                Some(lines) => place.is_some_and(|place| place.file == file && lies_in(lines, place.span, document)),
            };
            one.named(&diagnostic.rule).filter(|_| is_here).map(|word| (file, one, word))
        });
        // What is for the fewest lines comes first.
        let nearest = silent.min_by_key(|(_, one, _)| Reverse(one.covers.map(|lines| lines.start)));
        let Some((file, one, word)) = nearest else { return true };
        let by = SourceSpan { file, span: word.span };
        suppressed.push(Suppressed { diagnostic: diagnostic.clone(), allowance: one.clone(), by });
        false
    });
    suppressed
}

/// The rules of findings that are allowed, each once, perhaps with the reason: `pushy/bump (she asked me to), spam/caps`.
#[must_use]
pub fn allowed(suppressed: &[Suppressed], with_reasons: bool) -> String {
    let reason = |one: &Suppressed| {
        let reason = one.allowance.reason.as_ref().filter(|_| with_reasons);
        reason.map(|reason| format!(" ({reason})"))
    };
    let named = suppressed.iter().map(|one| format!("{}{}", one.diagnostic.rule, reason(one).unwrap_or_default()));
    named.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}

/// The entries that allow the same in the front matter of a note, each once.
#[must_use]
pub fn entries(suppressed: &[Suppressed]) -> Vec<String> {
    let entry = |one: &Suppressed| {
        let until = one.allowance.until.map(|until| format!(" until {until}")).unwrap_or_default();
        let reason = one.allowance.reason.as_ref().map(|reason| format!(" -- {reason}")).unwrap_or_default();
        format!("{}{until}{reason}", one.diagnostic.rule)
    };
    suppressed.iter().map(entry).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Whether what was found first at a place is found in these lines: typed text by where it begins, as the report counts
/// lines; what is known less exactly only as a whole.
fn lies_in(lines: Span, place: Span, document: &Document) -> bool {
    let is_typed = |origin: &Origin| matches!(origin, Origin::Literal(source) if source.span.contains(place));
    let is_typed = document.pieces().iter().any(|piece| is_typed(&piece.origin));
    let begins = lines.start <= place.start && place.start <= lines.end;
    begins && (is_typed || lines.contains(place))
}

fn is_of_template(rule: &str) -> bool {
    rule.starts_with("template/")
}

/// What is wrong with allowances whatever is found: rules that do not exist, last days that are over.
#[must_use]
pub fn stale(allowances: &[Allowance], rules: &RuleSet, today: Option<Date>) -> Vec<Diagnostic> {
    if allowances.is_empty() {
        return Vec::new();
    }
    let known: Vec<&str> = rules.rules().map(|listed| listed.rule.id.as_str()).collect();
    let mut found = Vec::new();
    for allowance in allowances {
        let is_known = |word: &str| is_of_template(word) || known.iter().any(|rule| names(word, rule));
        let unknown = allowance.rules.iter().filter(|word| !is_known(&word.value));
        found.extend(unknown.map(|word| unknown_rule(word, &known)));
        if let Some(until) = allowance.until.filter(|_| allowance.is_over(today)) {
            let message = format!("this was allowed until {until}, and is not any more");
            let finding = Diagnostic::new(EXPIRED, Level::Warning, message, allowance.entry.span);
            found.push(finding.with_help("Take it out, or give it another day."));
        }
    }
    found
}

fn unknown_rule(word: &Located<String>, known: &[&str]) -> Diagnostic {
    let name = word.value.as_str();
    let message = format!("`allow` names a rule that does not exist: {name}");
    let is_whole = name.contains('/');
    let last = |rule: &'_ str| rule.split_once('/').map_or(rule, |(_, last)| last).to_owned();
    let lasts: Vec<_> = known.iter().map(|rule| last(rule)).collect();
    let by_last = || {
        let near = similar(name, lasts.iter().map(String::as_str))?;
        lasts.iter().position(|last| last == near).map(|at| known[at])
    };
    let near = similar(name, known.iter().copied()).or_else(|| if is_whole { None } else { by_last() });
    let help = match near {
        Some(near) => format!("Did you mean {near}?"),
        None if is_whole => "`cordial rule list` shows them.".to_owned(),
        None => "`cordial rule list` shows them. If it belongs to a reason, put the whole entry in quotes.".to_owned(),
    };
    Diagnostic::new(UNKNOWN, Level::Warning, message, word.span).with_help(help)
}

/// What was linted and silenced in a run, to tell which allowances nobody needs.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    used: HashSet<SourceSpan>,
    /// Places that notes showed, and whether they were typed.
    seen: HashSet<(SourceSpan, bool)>,
    /// The words whose rules could look.
    able: HashSet<String>,
}

impl Watch {
    /// Remembers a note that was linted, or a template's file. `could_look` tells of a word of `allowances` whether a rule
    /// it names had what it needs.
    pub fn note(
        &mut self,
        document: &Document,
        suppressed: &[Suppressed],
        allowances: &[Allowance],
        could_look: impl Fn(&str) -> bool,
    ) {
        self.used.extend(suppressed.iter().map(|one| one.by));
        if allowances.is_empty() {
            return;
        }
        self.seen.extend(document.pieces().iter().map(|piece| match &piece.origin {
            Origin::Literal(source) => (*source, true),
            Origin::Value { expr, .. } | Origin::Derived { expr, .. } | Origin::Hole { expr, .. } => (*expr, false),
        }));
        let words = allowances.iter().flat_map(|one| &one.rules).map(|word| &word.value);
        self.able.extend(words.filter(|word| could_look(word)).cloned());
    }

    /// The words of a file's allowances that silence nothing. Those are left out of which that cannot be said: a part of
    /// what they cover was in no note, or their rules could not look. `parts` are the texts and prints of a template.
    #[must_use]
    pub fn unused(
        &self,
        file: FileId,
        allowances: &[Allowance],
        parts: &[Span],
        rules: &RuleSet,
        today: Option<Date>,
    ) -> Vec<Diagnostic> {
        if allowances.is_empty() {
            return Vec::new();
        }
        let known: Vec<&str> = rules.rules().map(|listed| listed.rule.id.as_str()).collect();
        let sameness = Sameness::new(rules);
        let is_unused = |allowance: &Allowance, word: &Located<String>| {
            let is_known = is_of_template(&word.value) || known.iter().any(|rule| names(&word.value, rule));
            // Whether a note is like others is known at the end of the run only.
            let compares = sameness.as_ref().is_some_and(|sameness| names(&word.value, sameness.rule()));
            let was_seen = || is_of_template(&word.value) || self.was_seen(file, allowance.covers, parts);
            let is_used = self.used.contains(&SourceSpan { file, span: word.span });
            is_known && !is_used && !compares && self.able.contains(&word.value) && was_seen()
        };
        let counting = allowances.iter().filter(|allowance| !allowance.is_over(today));
        let words = counting.flat_map(|allowance| allowance.rules.iter().map(move |word| (allowance, word)));
        let unused = words.filter(|(allowance, word)| is_unused(allowance, word)).map(|(_, word)| {
            let message = format!("`allow` has nothing to do: {} finds nothing here", word.value);
            Diagnostic::new(UNUSED, Level::Suggestion, message, word.span).with_help("Take it out.")
        });
        unused.collect()
    }

    /// Whether notes showed all of a file, or of some lines of it.
    fn was_seen(&self, file: FileId, covers: Option<Span>, parts: &[Span]) -> bool {
        let mut seen = self.seen.iter().filter(|(place, _)| place.file == file);
        if parts.is_empty() {
            return covers.is_none() && seen.next().is_some();
        }
        let seen: Vec<_> = seen.collect();
        let shows = |part: Span, (place, is_typed): &(SourceSpan, bool)| {
            part.contains(place.span) || (*is_typed && part.overlaps(place.span))
        };
        let mut parts = parts.iter().filter(|part| covers.is_none_or(|lines| lines.overlaps(**part))).peekable();
        parts.peek().is_some() && parts.all(|part| seen.iter().any(|place| shows(*part, place)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allow::read_all;
    use crate::text::Piece;

    const NOTE: FileId = FileId(0);
    const PART: FileId = FileId(1);

    fn entry(text: &str, at: usize) -> Located<String> {
        Located { value: text.to_owned(), span: Span::new(at, at + text.len()) }
    }

    fn allowance(text: &str, covers: Option<(usize, usize)>) -> Allowance {
        Allowance::read(&entry(text, 100), covers.map(|(start, end)| Span::new(start, end))).unwrap()
    }

    fn finding(rule: &str, level: Level, start: usize, end: usize) -> Diagnostic {
        Diagnostic::new(rule, level, "", Span::new(start, end))
    }

    /// Six bytes of a template, four that it printed, six of a part.
    fn document() -> Document {
        let at = |file, start, end| SourceSpan { file, span: Span::new(start, end) };
        let piece = |start, end, origin| Piece { range: Span::new(start, end), origin };
        let pieces = vec![
            piece(0, 6, Origin::Literal(at(NOTE, 10, 16))),
            piece(6, 10, Origin::Value { expr: at(NOTE, 20, 40), path: "contact.x".into() }),
            piece(10, 16, Origin::Literal(at(PART, 0, 6))),
        ];
        Document::from_pieces("abc\nefgh\nk mn op".into(), pieces).unwrap()
    }

    /// Whether a finding at these bytes is silent.
    fn is_silent(span: (usize, usize), of_note: &[Allowance], of_part: &[Allowance]) -> bool {
        let mut found = vec![finding("a/b", Level::Warning, span.0, span.1)];
        let allowed = |file| if file == NOTE { of_note } else { of_part };
        let today = Some("2026-10-03".parse().unwrap());
        let suppressed = suppress(&mut found, &document(), NOTE, allowed, today);
        assert_eq!(found.len() + suppressed.len(), 1);
        found.is_empty()
    }

    #[test]
    fn a_finding_is_silent_where_it_is_allowed() {
        for (span, of_note, of_part, expected) in [
            ((1, 2), Some(("a/b", None)), None, true),
            ((1, 2), Some(("a/*", None)), None, true),
            ((1, 2), Some(("a/c, a/b", None)), None, true),
            ((1, 2), Some(("a/c", None)), None, false),
            ((1, 2), None, Some(("a/b", None)), false),
            // The note's own file speaks for what it includes; what is included for itself.
            ((11, 12), Some(("a/b", None)), None, true),
            ((11, 12), None, Some(("a/b", None)), true),
            ((11, 12), Some(("a/b", Some((0, 50)))), None, false),
            ((11, 12), None, Some(("a/b", Some((0, 3)))), true),
            // Lines count where the typed text begins.
            ((1, 2), Some(("a/b", Some((0, 11)))), None, true),
            ((1, 5), Some(("a/b", Some((8, 12)))), None, true),
            ((3, 5), Some(("a/b", Some((8, 12)))), None, false),
            ((5, 12), Some(("a/b", Some((8, 20)))), None, true),
            // What an expression printed is in the lines of all of it.
            ((7, 8), Some(("a/b", Some((15, 30)))), None, false),
            ((7, 8), Some(("a/b", Some((15, 40)))), None, true),
            ((1, 2), Some(("a/b until 2026-10-03", None)), None, true),
            ((1, 2), Some(("a/b until 2026-10-02", None)), None, false),
        ] {
            let list = |one: Option<(&str, Option<(usize, usize)>)>| {
                one.map(|(text, covers)| allowance(text, covers)).into_iter().collect::<Vec<_>>()
            };
            assert_eq!(is_silent(span, &list(of_note), &list(of_part)), expected, "{span:?} {of_note:?} {of_part:?}");
        }
    }

    #[test]
    fn the_nearest_allowance_takes_a_finding_and_an_error_of_a_template_stays() {
        let list = [allowance("a/b", None), allowance("a/b", Some((0, 30))), allowance("a/b", Some((5, 20)))];
        let mut found = vec![finding("a/b", Level::Error, 1, 2), finding("template/undefined", Level::Error, 1, 2)];
        let suppressed = suppress(&mut found, &document(), NOTE, |_| &list, None);
        assert_eq!((found.len(), suppressed.len()), (1, 1));
        assert_eq!(suppressed[0].allowance.covers, Some(Span::new(5, 20)));
        let all = [allowance("*", None)];
        let mut found = vec![
            finding("template/undefined", Level::Error, 1, 2),
            finding("template/samples", Level::Suggestion, 1, 2),
        ];
        assert_eq!(suppress(&mut found, &document(), NOTE, |_| &all, None).len(), 1);
    }

    #[test]
    fn what_is_unknown_or_over_is_told_with_the_way_out() {
        let rules = RuleSet::builtin();
        for (text, said, help) in [
            ("pushy/bump, spam/*, *, template/unused", None, ""),
            ("pushy/bmup", Some("`allow` names a rule that does not exist: pushy/bmup"), "Did you mean pushy/bump?"),
            ("bump", Some("`allow` names a rule that does not exist: bump"), "Did you mean pushy/bump?"),
            ("twice", Some("`allow` names a rule that does not exist: twice"), "`cordial rule list` shows them. If"),
            ("nobody/*", Some("`allow` names a rule that does not exist: nobody/*"), "`cordial rule list` shows them."),
            (
                "pushy/bump until 2026-10-02",
                Some("this was allowed until 2026-10-02, and is not any more"),
                "Take it out, or",
            ),
        ] {
            let (list, _) = read_all(&[entry(text, 0)]);
            let found = stale(&list, &rules, Some("2026-10-03".parse().unwrap()));
            assert_eq!(found.first().map(|found| &*found.message), said, "{text}");
            assert!(found.first().is_none_or(|found| found.help.as_deref().unwrap().starts_with(help)), "{found:?}");
        }
    }

    /// The words that are unused when these pieces were in notes.
    fn unused(list: &[Allowance], parts: &[(usize, usize)], seen: &[Document], used: &[(usize, usize)]) -> Vec<String> {
        let mut watch = Watch::default();
        seen.iter().for_each(|seen| watch.note(seen, &[], list, |word| word != "spam/*"));
        watch.used.extend(used.iter().map(|&(start, end)| SourceSpan { file: NOTE, span: Span::new(start, end) }));
        let parts: Vec<_> = parts.iter().map(|&(start, end)| Span::new(start, end)).collect();
        let found = watch.unused(NOTE, list, &parts, &RuleSet::builtin(), None);
        found.into_iter().map(|found| found.message.split_whitespace().nth(5).unwrap().to_owned()).collect()
    }

    #[test]
    fn only_what_could_be_seen_is_called_unused() {
        let seen = [document()];
        let whole = [allowance("pushy/bump, spam/*, generic/near-duplicate-draft", None)];
        let lines = [allowance("pushy/bump", Some((0, 18)))];
        assert_eq!(unused(&whole, &[], &seen, &[]), ["pushy/bump"]);
        assert!(unused(&whole, &[], &[], &[]).is_empty());
        assert!(unused(&whole, &[], &seen, &[(100, 110)]).is_empty());
        // A template: all of its texts and prints, or those of the lines.
        assert_eq!(unused(&whole, &[(11, 15), (18, 42)], &seen, &[]), ["pushy/bump"]);
        assert!(unused(&whole, &[(11, 15), (18, 42), (50, 52)], &seen, &[]).is_empty());
        assert_eq!(unused(&lines, &[(11, 15), (50, 52)], &seen, &[]), ["pushy/bump"]);
        assert!(unused(&lines, &[(50, 52)], &seen, &[]).is_empty());
        let (document, at) = (document(), SourceSpan { file: NOTE, span: Span::new(0, 60) });
        let whole_note = Piece {
            range: Span::new(0, document.text().len()),
            origin: Origin::Derived { expr: at, why: String::new() },
        };
        let vague = Document::from_pieces(document.text().to_owned(), vec![whole_note]).unwrap();
        assert!(unused(&lines, &[(11, 15)], &[vague], &[]).is_empty());
    }
}
