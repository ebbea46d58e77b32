//! The rules that look at what the other rules found.

use super::message::diagnostic;
use super::session::{Session, applies, needs_are_met};
use super::trace::Untraced;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::rule::check::Found;
use crate::rule::pack::Check;
use crate::rule::spec::DensitySpec;
use crate::text::Span;

/// Adds what these rules find, given the findings of the others.
pub(super) fn find(session: &mut Session<'_>, text: &str, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if found.is_empty() {
        return;
    }
    let rules = session.rules;
    for &place in &rules.late {
        let active = &rules.active[place];
        let rule = rules.rule(active);
        let is_hit = rule.check.least_hits() == 0 || session.is_hit(place);
        if !is_hit || !needs_are_met(&rule.check, context) || !applies(rule, context) {
            continue;
        }
        let reports = match &rule.check {
            Check::Density(settings) => {
                let level = session.doubt(rule, active, text, context).map(|doubt| doubt.level);
                density(settings, &rule.id, text, found).map(|found| Found { level, ..found }).into_iter().collect()
            }
            Check::Cadence(cadence) => {
                let counted = found.iter().filter(|found| is_one_of(&found.rule, &cadence.rules));
                let first = counted.map(|found| found.span).min();
                let reports = session.run(place, active, text, context, &mut Untraced);
                reports.into_iter().filter_map(|report| Some(Found { span: first?, ..report })).collect()
            }
            _ => Vec::new(),
        };
        found.extend(reports.into_iter().map(|report| diagnostic(rule, active, report, text, context)));
    }
}

/// Whether a rule is named, by its id or by `pack/*`.
fn is_one_of(id: &str, named: &[String]) -> bool {
    named.iter().any(|name| id == name || name.strip_suffix('*').is_some_and(|pack| id.starts_with(pack)))
}

/// Findings of enough different rules in one note.
fn density(settings: &DensitySpec, own: &str, text: &str, found: &[Diagnostic]) -> Option<Found> {
    let count = counted(settings, own, found).len();
    let span = Span::new(0, text.trim_end().len());
    (count >= settings.distinct).then(|| Found { count, limit: settings.distinct, ..Found::at(span) })
}

/// The ids that a `density` rule counts, each once.
pub(super) fn counted<'f>(settings: &DensitySpec, own: &str, found: &'f [Diagnostic]) -> Vec<&'f str> {
    let named = std::slice::from_ref(&settings.rules);
    let ids = found.iter().map(|found| &*found.rule).filter(|id| *id != own && is_one_of(id, named));
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
