//! Mending texts: fixing, linting again, and leaving out what does not help.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{Fixer, in_sources};
use crate::diagnostic::{Diagnostic, Edit, Level};
use crate::text::{Document, FileId, Span};

/// How often texts are mended and linted again: a fix may make room for another one.
const ROUNDS: usize = 10;

/// The notes that are made from texts, and what was found in them.
#[derive(Clone, Debug, Default)]
pub struct Linted {
    /// The notes with their findings.
    pub notes: Vec<(Document, Vec<Diagnostic>)>,
    /// The files of the texts, in the order of the texts. What stands in other files is not changed.
    pub files: Vec<FileId>,
    /// Whether notes could be made of the texts at all.
    pub is_read: bool,
}

/// What became of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// The texts, in their order.
    pub texts: Vec<String>,
    /// The rules whose findings were fixed, one for each finding, with the number of the text.
    pub fixed: Vec<(usize, Arc<str>)>,
    /// The fixes that were left out.
    pub refused: Vec<Refused>,
    /// The rules that come to no end, because they undo each other; mostly none.
    pub restless: Vec<Arc<str>>,
}

/// A fix that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The rule.
    pub rule: Arc<str>,
    /// The number of the text.
    pub text: usize,
    /// What it would have changed, in bytes of the mended text.
    pub span: Span,
    /// The reason.
    pub why: Why,
}

/// Why a fix is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// No note could be made of what it leaves.
    Unreadable,
    /// The rule would find it again.
    FoundAgain,
    /// There would be one more error.
    Worse,
}

impl Why {
    /// The reason, as the end of a sentence.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "the template could not be read any more",
            Self::FoundAgain => "the rule would find the new words again",
            Self::Worse => "the note would have another error",
        }
    }
}

/// Applies the safe fixes to texts, again and again until there are none. `lint` makes the notes of the texts and lints
/// them. A fix is kept only if its rule is silent afterwards, and notes can be made of the texts still.
pub fn mend(texts: Vec<String>, lint: impl FnMut(&[String]) -> Linted) -> Mended {
    let mut mended = Mended { texts, ..Mended::default() };
    let mut workshop = Workshop { lint, refused: HashMap::new() };
    let mut linted = (workshop.lint)(&mended.texts);
    // The texts after each round, and how much was fixed by then.
    let mut past = vec![(mended.texts.clone(), 0)];
    loop {
        let mut wanted = fixes(&linted);
        wanted.retain(|fix| !workshop.refused.contains_key(&fix.key(&mended.texts)));
        if wanted.is_empty() {
            break;
        }
        let mut round = Round { texts: &mended.texts, linted: &linted, kept: Vec::new(), result: None };
        round.keep(&apart(wanted), &mut workshop);
        let kept = round.kept.iter().map(|fix| (fix.edits[0].0, Arc::clone(&fix.rule)));
        let Some((texts, next)) = round.result else { continue };
        mended.fixed.extend(kept);
        mended.texts = texts;
        linted = next;
        let again = past.iter().position(|(texts, _)| *texts == mended.texts);
        if again.is_some() || past.len() == ROUNDS {
            let fixed = past[again.unwrap_or(past.len() - 2)].1;
            mended.restless = each(mended.fixed[fixed..].iter().map(|(_, rule)| rule));
            mended.fixed.truncate(if again.is_some() { fixed } else { mended.fixed.len() });
            break;
        }
        past.push((mended.texts.clone(), mended.fixed.len()));
    }
    mended.refused = fixes(&linted).iter().filter_map(|fix| workshop.refusal(fix, &mended.texts)).collect();
    mended
}

/// What is fixed at once: some edits, for all the notes that show the place.
#[derive(Clone, Debug)]
struct Change {
    rule: Arc<str>,
    /// The numbers of the texts, and the edits in them; at least one.
    edits: Vec<(usize, Edit)>,
    /// How many findings go with it.
    findings: usize,
}

/// What a change does, wherever it stands: the words, and what takes their place.
type Key = (Arc<str>, Vec<(String, String)>);

impl Change {
    fn key(&self, texts: &[String]) -> Key {
        let words = |(text, edit): &(usize, Edit)| {
            let words = texts.get(*text).and_then(|text| text.get(edit.span.range()));
            (words.unwrap_or_default().to_owned(), edit.text.clone())
        };
        (Arc::clone(&self.rule), self.edits.iter().map(words).collect())
    }
}

/// The changes that the findings propose, each once.
fn fixes(linted: &Linted) -> Vec<Change> {
    let mut fixes: Vec<Change> = Vec::new();
    let mut places: HashMap<Vec<(usize, Span, String)>, usize> = HashMap::new();
    for (document, found) in &linted.notes {
        for diagnostic in found {
            let Some(fix) = diagnostic.fix.as_ref().filter(|fix| fix.safe && !fix.edits.is_empty()) else { continue };
            let Some(edits) = in_sources(document, fix).and_then(|edits| numbered(edits, &linted.files)) else {
                continue;
            };
            let place = edits.iter().map(|(text, edit)| (*text, edit.span, edit.text.clone())).collect();
            let at = *places.entry(place).or_insert_with(|| {
                fixes.push(Change { rule: Arc::clone(&diagnostic.rule), edits, findings: 0 });
                fixes.len() - 1
            });
            // Two rules may want the same change; it is counted for the first.
            fixes[at].findings += usize::from(fixes[at].rule == diagnostic.rule);
        }
    }
    fixes
}

/// The edits with the numbers of their texts; `None` if one stands in another file.
fn numbered(edits: Vec<(FileId, Edit)>, files: &[FileId]) -> Option<Vec<(usize, Edit)>> {
    let number = |file| files.iter().position(|known| *known == file);
    edits.into_iter().map(|(file, edit)| Some((number(file)?, edit))).collect()
}

/// Of changes that touch the same bytes the first.
fn apart(changes: Vec<Change>) -> Vec<Change> {
    let mut fixer = Fixer::default();
    changes.into_iter().filter(|change| fixer.take(&change.with_ids())).collect()
}

impl Change {
    /// The edits, with the numbers of the texts as ids of files.
    fn with_ids(&self) -> Vec<(FileId, Edit)> {
        self.edits.iter().map(|(text, edit)| (id(*text), edit.clone())).collect()
    }
}

fn id(text: usize) -> FileId {
    FileId(u32::try_from(text).unwrap_or(u32::MAX))
}

/// The rules, each once.
fn each<'r>(rules: impl Iterator<Item = &'r Arc<str>>) -> Vec<Arc<str>> {
    let rules: BTreeSet<_> = rules.cloned().collect();
    rules.into_iter().collect()
}

/// What lints, and what it has refused.
struct Workshop<L> {
    lint: L,
    refused: HashMap<Key, Why>,
}

impl<L: FnMut(&[String]) -> Linted> Workshop<L> {
    fn refusal(&self, change: &Change, texts: &[String]) -> Option<Refused> {
        let why = *self.refused.get(&change.key(texts))?;
        let (text, edit) = change.edits.first()?;
        Some(Refused { rule: Arc::clone(&change.rule), text: *text, span: edit.span, why })
    }
}

/// One round: texts as they are, and the changes to them that are kept so far.
struct Round<'t> {
    texts: &'t [String],
    linted: &'t Linted,
    kept: Vec<Change>,
    /// The texts with what is kept, linted.
    result: Option<(Vec<String>, Linted)>,
}

impl Round<'_> {
    /// Keeps those changes that help. All are tried together; where that fails, each half by itself.
    fn keep<L: FnMut(&[String]) -> Linted>(&mut self, changes: &[Change], workshop: &mut Workshop<L>) {
        if changes.is_empty() {
            return;
        }
        let together: Vec<&Change> = self.kept.iter().chain(changes).collect();
        let texts = self.changed(&together);
        match self.judge(&together, (workshop.lint)(&texts)) {
            Ok(next) => {
                self.result = Some((texts, next));
                self.kept.extend_from_slice(changes);
            }
            Err(why) if changes.len() == 1 => {
                workshop.refused.insert(changes[0].key(self.texts), why);
            }
            Err(_) => {
                let (one, other) = changes.split_at(changes.len() / 2);
                self.keep(one, workshop);
                self.keep(other, workshop);
            }
        }
    }

    fn changed(&self, changes: &[&Change]) -> Vec<String> {
        let mut fixer = Fixer::default();
        for change in changes {
            let taken = fixer.take(&change.with_ids());
            debug_assert!(taken, "changes of one round do not collide");
        }
        let texts = self.texts.iter().enumerate();
        texts.map(|(text, before)| fixer.apply(id(text), before).unwrap_or_else(|| before.clone())).collect()
    }

    /// Whether the findings that were to go are gone, and no error came.
    fn judge(&self, changes: &[&Change], next: Linted) -> Result<Linted, Why> {
        if self.linted.is_read && !next.is_read {
            return Err(Why::Unreadable);
        }
        let (before, after) = (count(self.linted), count(&next));
        let mut fixed: HashMap<&str, usize> = HashMap::new();
        for change in changes {
            *fixed.entry(&change.rule).or_default() += change.findings;
        }
        let of = |counts: &HashMap<&str, usize>, rule: &str| counts.get(rule).copied().unwrap_or_default();
        if fixed.iter().any(|(rule, fixed)| of(&after, rule) + fixed > of(&before, rule)) {
            return Err(Why::FoundAgain);
        }
        // What can be read now shows what could not be seen before. The other words of a note may weigh an old finding
        // otherwise; that is not another one.
        let is_new =
            |found: &Diagnostic| found.level == Level::Error && of(&after, &found.rule) > of(&before, &found.rule);
        let is_worse = self.linted.is_read && next.notes.iter().flat_map(|(_, found)| found).any(is_new);
        if is_worse { Err(Why::Worse) } else { Ok(next) }
    }
}

/// How much each rule finds.
fn count(linted: &Linted) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for diagnostic in linted.notes.iter().flat_map(|(_, found)| found) {
        *counts.entry(&*diagnostic.rule).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::context::Context;
    use crate::diagnostic::Fix;
    use crate::lint::Linter;
    use crate::rule::RuleSet;

    /// A rule that wants other words, wherever it finds them.
    type Swap = (&'static str, Level, &'static str, &'static str);

    fn lint(text: &str, swaps: &[Swap]) -> Linted {
        let mut found = Vec::new();
        for (rule, level, words, other) in swaps {
            for (start, _) in text.match_indices(words) {
                let span = Span::new(start, start + words.len());
                let edits = vec![Edit { span, text: (*other).to_owned() }];
                found.push(Diagnostic::new(*rule, *level, "", span).with_fix(Fix { safe: true, edits }));
            }
        }
        let notes = vec![(Document::from_text(text), found)];
        Linted { notes, files: vec![FileId(0)], is_read: !text.contains("{{") }
    }

    fn mended(text: &str, swaps: &[Swap]) -> (String, usize, Vec<Why>, Vec<String>) {
        let mended = mend(vec![text.to_owned()], |texts| lint(&texts[0], swaps));
        let refused = mended.refused.iter().map(|refused| refused.why).collect();
        let restless = mended.restless.iter().map(|rule| rule.to_string()).collect();
        (mended.texts[0].clone(), mended.fixed.len(), refused, restless)
    }

    #[test]
    fn mends_until_nothing_is_left_and_leaves_out_what_does_not_help() {
        use Level::{Error, Warning};
        for (text, swaps, expected, fixed, refused) in [
            ("abc", &[][..], "abc", 0, vec![]),
            ("asap, asap", &[("a", Warning, "asap", "soon")], "soon, soon", 2, vec![]),
            ("aab", &[("a", Warning, "aa", "a"), ("b", Warning, "ab", "c")], "c", 2, vec![]),
            ("a b", &[("a", Warning, "a", "{{"), ("b", Warning, "b", "c")], "a c", 1, vec![Why::Unreadable]),
            ("a b", &[("a", Warning, "a", "aa"), ("b", Warning, "b", "c")], "a c", 1, vec![Why::FoundAgain]),
            ("a b", &[("a", Warning, "a", "x"), ("x", Error, "x", "y{{")], "a b", 0, vec![Why::Worse]),
            ("{{ a", &[("a", Warning, "a", "b")], "{{ b", 1, vec![]),
            ("{{ a", &[("a", Warning, "{{", "x"), ("x", Error, "x", "x")], "x a", 1, vec![Why::FoundAgain]),
        ] {
            assert_eq!(mended(text, swaps), (expected.to_owned(), fixed, refused, vec![]), "{text}");
        }
    }

    #[test]
    fn rules_that_undo_each_other_come_to_an_end() {
        let swaps = [("a", Level::Warning, "a", "b"), ("b", Level::Warning, "b", "a")];
        let (text, fixed, refused, restless) = mended("a", &swaps);
        assert_eq!((&*text, fixed, refused, restless), ("a", 0, vec![], vec!["a".to_owned(), "b".to_owned()]));
        let swaps = [("a", Level::Warning, "a", "bb"), ("b", Level::Warning, "bb", "aa")];
        let (text, fixed, _, restless) = mended("a", &swaps);
        assert!(text.len() <= 1 << ROUNDS && fixed <= 1 << (ROUNDS + 1) && restless.len() == 2, "{fixed} {text}");
    }

    #[test]
    fn a_change_in_another_file_is_not_made() {
        let swaps = [("a", Level::Warning, "a", "b")];
        let elsewhere = |text: &str| Linted { files: vec![FileId(7)], ..lint(text, &swaps) };
        assert_eq!(mend(vec!["a".into()], |texts| elsewhere(&texts[0])).texts, ["a"]);
    }

    #[test]
    fn many_changes_take_no_time() {
        let text = "asap ".repeat(20_000);
        let swaps = [("a", Level::Warning, "asap", "soon")];
        assert_eq!(mended(&text, &swaps).1, 20_000);
    }

    proptest! {
        #[test]
        fn a_mended_note_gives_its_rules_nothing_to_fix(
            start in "(\u{feff}|---\r?\nkind: message\r?\n---\r?\n|Hi ANA,\r?\n)?",
            words in "((the|kindly|per our conversation|please find attached|I|am|writing|to|inform|you|that|utilize|é|ANA|BO|asap|👍)[ ,.]( |\r\n)?){0,25}",
        ) {
            let text = format!("{start}{words}");
            let rules = RuleSet::builtin();
            let linter = Linter::new(&rules);
            let mut session = linter.session();
            let mut lint = |text: &str| {
                let note = crate::draft::read(text).0.note;
                let document = Document::from_source(FileId(0), text, note);
                let found = session.lint(&document, &Context::default());
                Linted { notes: vec![(document, found)], files: vec![FileId(0)], is_read: true }
            };
            let mended = mend(vec![text.clone()], |texts| lint(&texts[0]));
            let after = lint(&mended.texts[0]);
            prop_assert_eq!(fixes(&after).len(), mended.refused.len(), "{:?}", mended);
            for (_, rule) in &mended.fixed {
                let left = count(&after).get(&**rule).copied().unwrap_or_default();
                prop_assert!(left <= mended.refused.len(), "{rule}: {mended:?}");
            }
            if mended.fixed.is_empty() {
                prop_assert_eq!(&mended.texts[0], &text);
            }
            prop_assert_eq!(mended.texts[0].matches('\u{feff}').count(), text.matches('\u{feff}').count());
        }
    }
}
