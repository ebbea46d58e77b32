//! `cadence`: from what a rule file says to what is looked at.

use super::check::{Cadence, Watched};
use super::record::Role;
use super::resolve::{Lines, SpecError};
use crate::rule::spec::CadenceSpec;

/// Checks the settings and says what they look at.
pub(super) fn cadence(settings: &CadenceSpec, lines: &mut Lines) -> Result<Cadence, SpecError> {
    let of = watched(settings)?;
    let refuse = |key: &str, message: &str| Err(SpecError::new(format!("cadence.{key}"), 0, message));
    let spans_days = settings.within.is_some() || settings.beyond.is_some();
    match &of {
        Watched::Volume { .. } if settings.within.is_none() => {
            return refuse("max", "`max` counts the events of some days: say of how many with `within`");
        }
        Watched::Told(_) | Watched::Untold(_) if settings.beyond.is_none() => {
            return refuse("beyond", "say after how many days a fact is old, as in `beyond: 90`");
        }
        Watched::Repeats(_) | Watched::Weekdays(_) if spans_days => {
            return refuse("within", "`within` and `beyond` go with `after`, `told` and `untold`");
        }
        _ => {}
    }
    if settings.within.is_some() && settings.beyond.is_some() {
        return refuse("beyond", "give `within` or `beyond`, not both");
    }
    if settings.warn_from.is_some() && settings.within.is_none() {
        return refuse("warn_from", "`warn_from` goes with `within`");
    }
    lines.read("cadence.phrases", Role::Find, &settings.phrases)?;
    Ok(Cadence {
        of,
        within: settings.within,
        beyond: settings.beyond,
        warn_from: settings.warn_from,
        rules: settings.rules.clone(),
        phrases: !settings.phrases.is_empty(),
    })
}

/// The one thing that the settings look at.
fn watched(settings: &CadenceSpec) -> Result<Watched, SpecError> {
    let events = settings.after.clone();
    let mut all = Vec::new();
    match settings.max {
        _ if events.is_empty() => {}
        Some(max) => all.push(Watched::Volume { events, max, with_text: settings.with_text }),
        None => all.push(Watched::After { events, until: settings.until.clone() }),
    }
    let facts = [(&settings.told, Watched::Told as fn(_) -> _), (&settings.untold, Watched::Untold)];
    all.extend(facts.into_iter().filter(|(kinds, _)| !kinds.is_empty()).map(|(kinds, of)| of(kinds.clone())));
    all.extend(settings.repeats.map(Watched::Repeats));
    if !settings.weekdays.is_empty() {
        all.push(Watched::Weekdays(settings.weekdays.clone()));
    }
    if let (1, Some(of)) = (all.len(), all.pop()) {
        return Ok(of);
    }
    let message = "give one of `after`, `told`, `untold`, `repeats` and `weekdays`";
    Err(SpecError::new("cadence", 0, message))
}

#[cfg(test)]
mod tests {
    use crate::rule::pack::compile;
    use crate::rule::spec::RuleSpec;

    #[test]
    fn what_fits_together_is_said() {
        for (settings, message) in [
            ("{}", "cadence: give one of"),
            ("{after: [sent], weekdays: [friday]}", "cadence: give one of"),
            ("{after: [invited], max: 50}", "cadence.max: `max` counts"),
            ("{told: [post]}", "cadence.beyond: say after how many days"),
            ("{repeats: 50, within: 3}", "cadence.within: `within` and `beyond` go"),
            ("{after: [sent], within: 3, beyond: 9}", "cadence.beyond: give `within` or"),
            ("{after: [sent], warn_from: 9}", "cadence.warn_from: `warn_from` goes"),
            ("{after: [sent], phrases: ['(']}", "cadence.phrases[0]: "),
        ] {
            let yaml = format!("summary: x\nlevel: error\nmessage: x\nexamples: {{}}\ncadence: {settings}");
            let spec: RuleSpec = serde_yaml::from_str(&yaml).unwrap();
            let error = compile(&[spec], None).unwrap_err().remove(0).1.to_string();
            assert!(error.starts_with(message), "{settings}: {error}");
        }
    }
}
