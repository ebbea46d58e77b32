//! The checklist score: points from 0 to 100, each with its line. It measures agreement with a checklist and nothing
//! else; docs/score.md says what it is not.

mod cues;
pub mod weights;

use serde::Serialize;

use super::readiness::{Gate, closed, gate};
use super::session::Session;
use crate::context::{Context, Kind, note_length};
use crate::diagnostic::Diagnostic;
use crate::rule::check::Note;
use crate::text::{Document, Language};
use weights::Weight;

/// Points of a note, from 0 to 100, and how they come about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Score {
    /// The points.
    pub points: i32,
    /// The most there can be.
    pub of: i32,
    /// What adds and takes off; the points are their sum.
    pub lines: Vec<Line>,
}

/// A line of a score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it adds, or takes off.
    pub points: i32,
    /// For what.
    pub what: String,
}

impl Session<'_> {
    /// The score of a note with these findings. There is none for a note that is not in English: the weights hold for
    /// no other language.
    pub fn score(&mut self, document: &Document, context: &Context<'_>, diagnostics: &[Diagnostic]) -> Option<Score> {
        let shared = self.shared_context(document, context)?.answer;
        if self.language() != Language::ENGLISH {
            return None;
        }
        let mut sum = Sum::default();
        sum.weight(&weights::BASE);
        for (_, weight) in weights::SHARED.iter().filter(|(of, _)| *of == shared) {
            sum.weight(weight);
        }
        let note = Note { text: document.text(), tokens: &self.tokens, context };
        sum.merits(note, gate(diagnostics));
        sum.findings(diagnostics);
        Some(sum.finish(gate(diagnostics)))
    }
}

#[derive(Default)]
struct Sum(Vec<Line>);

impl Sum {
    fn add(&mut self, points: i32, what: impl Into<String>) {
        self.0.push(Line { points, what: what.into() });
    }

    fn weight(&mut self, weight: &Weight) {
        self.add(weight.points, weight.what);
    }

    fn total(&self) -> i32 {
        self.0.iter().map(|line| line.points).sum()
    }

    /// Length, courtesies, and what the note has for its reader.
    fn merits(&mut self, note: Note<'_>, gate: Option<Gate>) {
        let length = note_length(note.text);
        if gate != Some(Gate::Length) {
            let short = note.context.kind == Kind::Invite;
            let fits = |most: usize| short || length <= most;
            if let Some((_, weight)) = weights::LENGTH.iter().find(|(most, _)| fits(*most)) {
                self.weight(weight);
            }
        }
        for (weight, has) in [
            (&weights::GREETING, cues::greets(note)),
            (&weights::THANKS, cues::thanks(note)),
            (&weights::ASKS, cues::asks_politely(note)),
            (&weights::REASON, cues::gives_reason(note)),
            (&weights::OFFER, cues::offers(note)),
        ] {
            if has {
                self.weight(weight);
            }
        }
    }

    /// What each rule takes off, once, and each pack at most.
    fn findings(&mut self, diagnostics: &[Diagnostic]) {
        // A closed gate costs no points: it caps them.
        let mut found: Vec<&Diagnostic> = diagnostics.iter().filter(|found| closed(found).is_none()).collect();
        found.sort_by(|a, b| a.rule.cmp(&b.rule).then(b.level.cmp(&a.level)));
        found.dedup_by(|a, b| a.rule == b.rule);
        for pack in found.chunk_by(|a, b| a.pack() == b.pack()) {
            let mut off = 0;
            for diagnostic in pack {
                let points = weights::of_rule(&diagnostic.rule, diagnostic.level);
                off += points;
                self.add(points, &*diagnostic.rule);
            }
            let cap = weights::cap(pack[0].pack());
            if off < cap {
                self.add(cap - off, format!("{} takes off {} at most", pack[0].pack(), -cap));
            }
        }
    }

    fn finish(mut self, gate: Option<Gate>) -> Score {
        let total = self.total();
        let most = if gate.is_some() { weights::GATED.points } else { 100 };
        let points = total.clamp(0, most);
        if points != total {
            let why = match gate {
                Some(gate) if total > most => format!("{most} at most, because {}", gate.as_str()),
                _ if total > most => "100 at most".to_owned(),
                _ => "0 at least".to_owned(),
            };
            self.add(points - total, why);
        }
        Score { points, of: 100, lines: self.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Contact;
    use crate::lint::Linter;
    use crate::rule::RuleSet;

    fn score(text: &str, context: &Context<'_>) -> Option<Score> {
        let rules = RuleSet::builtin();
        let mut session = Linter::new(&rules).session();
        let document = Document::from_text(text);
        let found = session.lint(&document, context);
        session.score(&document, context, &found)
    }

    #[test]
    fn the_points_are_the_sum_of_the_lines() {
        let contact: Contact =
            serde_json::from_str(r#"{"first_name":"Ana","facts":[{"talk":"hinge torque"}]}"#).unwrap();
        let with = Context { contact: Some(&contact), ..Context::default() };
        let mut points = Vec::new();
        for (text, context) in [
            (
                "Hi Ana, thank you for your talk on hinge torque. Could you tell me which hinge it was, because mine broke?",
                &with,
            ),
            ("Hi Ana, we met at RustConf by the night bus.", &Context::default()),
            ("I would love to connect.", &Context::default()),
            ("Hi {{first_name}}, we met at RustConf by the night bus.", &Context::default()),
            (
                "You have not answered my last three messages. Guaranteed 10x revenue! Buy crypto now, 50% off, act now!!!",
                &with,
            ),
        ] {
            let score = score(text, context).unwrap();
            assert_eq!(score.points, score.lines.iter().map(|line| line.points).sum::<i32>(), "{score:?}");
            assert!((0..=100).contains(&score.points));
            points.push(score.points);
        }
        assert!(points[0] > points[1] && points[1] > points[2] && points[2] > points[3], "{points:?}");
        assert!(points[3] <= weights::GATED.points && points[4] <= 20, "{points:?}");
    }

    #[test]
    fn a_perfect_note_has_all_points() {
        let merits = [&weights::BASE, &weights::SHARED[0].1, &weights::LENGTH[0].1, &weights::GREETING];
        let more = [&weights::THANKS, &weights::ASKS, &weights::REASON, &weights::OFFER];
        assert_eq!(merits.iter().chain(&more).map(|weight| weight.points).sum::<i32>(), 100);
    }

    #[test]
    fn there_is_no_score_in_other_languages() {
        let contact = Contact { first_name: "Ana".into(), language: Some("de".into()), ..Contact::default() };
        let context = Context { contact: Some(&contact), ..Context::default() };
        assert_eq!(score("Hallo Ana, wir waren beide am Hafen.", &context), None);
    }

    #[test]
    fn every_rule_of_the_table_is_there() {
        let rules = RuleSet::builtin();
        let ids: Vec<_> = rules.rules().map(|listed| listed.rule.id.as_str()).collect();
        let lost: Vec<_> = weights::RULES.iter().filter(|weight| !ids.contains(&weight.what)).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
}
