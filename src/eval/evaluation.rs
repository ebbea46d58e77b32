use super::issues::Reasons;
use super::tally::{flags, right};
use super::{Figures, Issues, Label, LabelledNote};
use crate::context::{Context, Kind};
use crate::diagnostic::Diagnostic;
use crate::lint::{Linter, Session};
use crate::text::Document;

/// What the linter is shown of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The text alone.
    Bare,
    /// The text and the person it is written to; only of notes that have one.
    Contact,
}

impl View {
    /// All views.
    pub const ALL: [Self; 2] = [Self::Bare, Self::Contact];
}

/// How a note was misjudged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Miss {
    /// It is good and was flagged.
    Flagged,
    /// It is bad and was not flagged.
    Missed,
    /// It is bad and was flagged, but by no rule that stands for one of its issues.
    OtherReason,
}

/// A note that was misjudged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misjudged {
    /// How.
    pub miss: Miss,
    /// What it is for, as it was taken.
    pub kind: Kind,
    /// In which views.
    pub views: Vec<View>,
    /// What flagged it; for a note that was missed, what was only suggested.
    pub found: Vec<Diagnostic>,
}

impl Misjudged {
    /// Adds a view, and what was found there and in no other.
    fn add(&mut self, view: View, found: &[Diagnostic]) {
        self.views.push(view);
        for one in found.iter().filter(|one| flags(one) == (self.miss != Miss::Missed)) {
            if !self.found.iter().any(|other| other.rule == one.rule && other.span == one.span) {
                self.found.push(one.clone());
            }
        }
    }
}

/// What was found in a note, in each view of it.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    found: [Option<Vec<Diagnostic>>; 2],
}

impl Judged {
    /// The findings; `None` where the note was not looked at in this view.
    #[must_use]
    pub fn found(&self, view: View) -> Option<&[Diagnostic]> {
        self.found[view as usize].as_deref()
    }
}

/// Lints labelled notes one after the other and keeps count, in constant memory.
#[derive(Debug)]
pub struct Evaluation<'r> {
    session: Session<'r>,
    reasons: Option<Reasons>,
    base: Context<'static>,
    views: Vec<View>,
    figures: [Figures; 2],
}

impl<'r> Evaluation<'r> {
    /// Judges with these rules. `issues` says which rule stands for which issue; without it nothing is said about
    /// reasons. What a note does not say about itself, `base` says.
    #[must_use]
    pub fn new(linter: &Linter<'r>, issues: Option<Issues>, base: Context<'static>) -> Self {
        Self {
            session: linter.session(),
            reasons: issues.map(|issues| Reasons::new(issues, linter.rules())),
            base,
            views: View::ALL.to_vec(),
            figures: [Figures::default(), Figures::default()],
        }
    }

    /// Judges in these views only.
    #[must_use]
    pub fn in_views(self, views: &[View]) -> Self {
        Self { views: views.to_vec(), ..self }
    }

    /// Lints a note in each view there is of it. Nothing is counted yet.
    pub fn judge(&mut self, note: &LabelledNote<'_>) -> Judged {
        let mut judged = Judged::default();
        let document = Document::from_text(note.text.as_ref());
        for &view in &self.views {
            let with_contact = view == View::Contact;
            if !with_contact || note.contact.is_some() {
                let context = note.context(&self.base, with_contact);
                judged.found[view as usize] = Some(self.session.lint(&document, &context));
            }
        }
        judged
    }

    /// Counts a note that was judged.
    pub fn count(&mut self, note: &LabelledNote<'_>, judged: &Judged) {
        let kind = note.kind.unwrap_or(self.base.kind);
        for (figures, found) in self.figures.iter_mut().zip(&judged.found) {
            if let Some(found) = found {
                figures.add(note, kind, found, self.reasons.as_ref());
            }
        }
    }

    /// How a note was misjudged in a view, if it was.
    fn miss(&self, note: &LabelledNote<'_>, judged: &Judged, view: View) -> Option<Miss> {
        let found = judged.found(view)?;
        match (note.label, found.iter().any(flags)) {
            (Label::Good, true) => Some(Miss::Flagged),
            (Label::Bad, false) => Some(Miss::Missed),
            (Label::Bad, true) if right(note, found, self.reasons.as_ref()) == Some(false) => Some(Miss::OtherReason),
            _ => None,
        }
    }

    /// How a note was misjudged: once for each way, with the views in which it was.
    #[must_use]
    pub fn misses(&self, note: &LabelledNote<'_>, judged: &Judged) -> Vec<Misjudged> {
        let mut misses: Vec<Misjudged> = Vec::new();
        for view in View::ALL {
            let Some(miss) = self.miss(note, judged, view) else { continue };
            let at = misses.iter().position(|other| other.miss == miss).unwrap_or_else(|| {
                let kind = note.kind.unwrap_or(self.base.kind);
                misses.push(Misjudged { miss, kind, views: Vec::new(), found: Vec::new() });
                misses.len() - 1
            });
            misses[at].add(view, judged.found(view).unwrap_or_default());
        }
        misses
    }

    /// The figures of a view; `None` if no note was looked at in it.
    #[must_use]
    pub fn figures(&self, view: View) -> Option<&Figures> {
        let figures = &self.figures[view as usize];
        (figures.all.good + figures.all.bad > 0).then_some(figures)
    }

    /// Whether there is a table that tells right reasons from others.
    #[must_use]
    pub const fn knows_reasons(&self) -> bool {
        self.reasons.is_some()
    }

    /// The issues of the notes that the table does not name: no finding is right for them.
    #[must_use]
    pub fn unnamed_issues(&self) -> Vec<&str> {
        let Some(reasons) = &self.reasons else { return Vec::new() };
        let mut unnamed: Vec<&str> =
            self.figures.iter().flat_map(|figures| figures.by_issue.keys()).map(String::as_str).collect();
        unnamed.retain(|issue| !reasons.names(issue));
        unnamed.sort_unstable();
        unnamed.dedup();
        unnamed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Setting;
    use crate::eval::{Proportion, RuleHits};
    use crate::rule::{RuleSet, Selection};

    const NOTES: &str = concat!(
        r#"{"label":"good","text":"Hi Ana, your talk on night trains at RailConf stayed with me; shall we stay in touch?"}"#,
        "\n",
        r#"{"label":"good","native":false,"text":"Hi Ana, I came across your profile when I looked for the night trains talk."}"#,
        "\n",
        r#"{"label":"bad","issues":["generic","generic"],"text":"Hi Ana, I came across your profile and would love to connect."}"#,
        "\n",
        r#"{"label":"bad","kind":"message","issues":["guilt"],"contact":{"first_name":"Ana"},"text":"Hi Ana, buy now: 50% off for a short time only."}"#,
        "\n",
        r#"{"label":"bad","kind":"message","text":"Hi Ana, the trains were late."}"#,
        "\n",
    );

    /// Few rules, so that the others do not change what is found.
    fn rules() -> RuleSet {
        let on = ["generic/came-across-profile", "spam/urgency-scarcity"].map(|id| (id.to_owned(), Setting::On));
        let levels = [("*".to_owned(), Setting::Off)].into_iter().chain(on).collect();
        RuleSet::builtin().select(&Selection { levels })
    }

    /// The first way in which a note was misjudged, with the numbers of its views and findings.
    type First = Option<(Miss, usize, usize)>;

    fn evaluated(rules: &RuleSet) -> (Evaluation<'_>, Vec<First>) {
        let (issues, found) = Issues::from_yaml("generic: generic/*\nsalesy: spam/*\n");
        assert_eq!(found, []);
        let mut evaluation = Evaluation::new(&Linter::new(rules), Some(issues), Context::default());
        let misses = NOTES.lines().map(|line| {
            let note: LabelledNote<'_> = serde_json::from_str(line).unwrap();
            let judged = evaluation.judge(&note);
            evaluation.count(&note, &judged);
            let misses = evaluation.misses(&note, &judged);
            misses.first().map(|first| (first.miss, first.views.len(), first.found.len()))
        });
        let misses = misses.collect();
        (evaluation, misses)
    }

    #[test]
    fn counts_notes_in_each_view_and_by_what_they_are() {
        let rules = rules();
        let (evaluation, misses) = evaluated(&rules);
        use Miss::{Flagged, Missed, OtherReason};
        assert_eq!(misses, [None, Some((Flagged, 1, 1)), None, Some((OtherReason, 2, 1)), Some((Missed, 1, 0))]);
        let bare = evaluation.figures(View::Bare).unwrap();
        assert_eq!(bare.all.good_flagged(), Proportion::new(1, 2));
        assert_eq!(bare.all.bad_missed(), Proportion::new(1, 3));
        assert_eq!(bare.all.precision(), Proportion::new(2, 3));
        assert_eq!(bare.all.right_reason(), Proportion::new(1, 2));
        assert_eq!(bare.by_kind[&Kind::Message].recall(), Proportion::new(1, 2));
        assert_eq!(bare.by_issue["generic"].right_reason(), Proportion::new(1, 1));
        assert_eq!(bare.by_native[&false].good_flagged(), Proportion::new(1, 1));
        let hits = bare.rules["generic/came-across-profile"];
        assert_eq!(hits, RuleHits { good: 1, bad: 1, right: 1, ..RuleHits::default() });
        assert_eq!(evaluation.figures(View::Contact).unwrap().all.bad, 1);
        assert_eq!(evaluation.unnamed_issues(), ["guilt"]);
    }

    #[test]
    fn a_view_that_nobody_asked_for_has_no_figures() {
        let rules = rules();
        let (evaluation, _) = evaluated(&rules);
        let mut evaluation = Evaluation { figures: Default::default(), ..evaluation }.in_views(&[View::Contact]);
        let note: LabelledNote<'_> = serde_json::from_str(NOTES.lines().next().unwrap()).unwrap();
        let judged = evaluation.judge(&note);
        evaluation.count(&note, &judged);
        assert!(View::ALL.iter().all(|view| judged.found(*view).is_none() && evaluation.figures(*view).is_none()));
    }
}
