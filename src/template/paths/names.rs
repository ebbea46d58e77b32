//! What names stand for: the loops, assignments and arguments around an expression, as Tera looks through them.

use super::value::Value;

/// A round of a loop.
#[derive(Debug)]
pub(super) struct Round<'t> {
    pub(super) key: Option<(&'t str, Value)>,
    pub(super) value: (&'t str, Value),
    /// From 0.
    pub(super) index: usize,
    pub(super) length: usize,
    /// What was set in this round.
    pub(super) sets: Vec<(&'t str, Value)>,
}

impl Round<'_> {
    /// `loop.index` and its like.
    fn count(&self, field: &str) -> Option<Value> {
        Some(Value::Known(match field {
            "index" => (self.index + 1).into(),
            "index0" => self.index.into(),
            "first" => (self.index == 0).into(),
            "last" => (self.index + 1 == self.length).into(),
            "length" => self.length.into(),
            _ => return None,
        }))
    }
}

/// The names of one template, include or component that is being walked.
#[derive(Debug, Default)]
pub(super) struct Frame<'t> {
    pub(super) rounds: Vec<Round<'t>>,
    pub(super) sets: Vec<(&'t str, Value)>,
    /// What a component was given; it sees nothing else of the context.
    pub(super) arguments: Option<Vec<(&'t str, Value)>>,
    /// Whether the frame below is that of the template which includes this one.
    pub(super) is_included: bool,
}

/// What a name was found to be.
#[derive(Debug)]
pub(super) enum Found {
    /// Set, or given, on the way here.
    Set(Value),
    /// Of a loop.
    Round(Value),
    /// Nothing on the way here: it is the context's, if anything is.
    Context,
    /// Nothing at all.
    Nothing,
}

/// The frames around a place, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Names<'t> {
    frames: Vec<Frame<'t>>,
}

impl<'t> Names<'t> {
    pub(super) fn enter(&mut self, frame: Frame<'t>) {
        self.frames.push(frame);
    }

    pub(super) fn leave(&mut self) {
        self.frames.pop();
    }

    /// How many includes and components are open.
    pub(super) const fn depth(&self) -> usize {
        self.frames.len()
    }

    pub(super) fn begin(&mut self, round: Round<'t>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.rounds.push(round);
        }
    }

    pub(super) fn end(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.rounds.pop();
        }
    }

    /// `loop.field`, when the expression stands in a loop of its own template.
    pub(super) fn count(&self, field: &str) -> Option<Value> {
        self.frames.last()?.rounds.last()?.count(field)
    }

    /// Sets a name: in the innermost loop of the template, or in all of it.
    pub(super) fn set(&mut self, name: &'t str, value: Value, is_global: bool) {
        let Some(frame) = self.frames.last_mut() else { return };
        let sets = match frame.rounds.last_mut() {
            Some(round) if !is_global => &mut round.sets,
            _ => &mut frame.sets,
        };
        match sets.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => sets.push((name, value)),
        }
    }

    pub(super) fn find(&self, name: &str) -> Found {
        self.find_below(name, self.frames.len(), false)
    }

    /// The same for a name that a component takes from where it is called.
    pub(super) fn find_implicit(&self, name: &str) -> Found {
        self.find_below(name, self.frames.len(), true)
    }

    /// Looks through the frames from one on down.
    fn find_below(&self, name: &str, count: usize, is_implicit: bool) -> Found {
        let of = |sets: &[(&str, Value)]| sets.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        for frame in self.frames[..count].iter().rev() {
            for round in frame.rounds.iter().rev() {
                if let Some(value) = of(&round.sets) {
                    return Found::Set(value);
                }
                let key = round.key.iter().chain([&round.value]);
                if let Some((_, value)) = key.into_iter().find(|(known, _)| *known == name) {
                    return Found::Round(value.clone());
                }
            }
            if let Some(value) = of(&frame.sets) {
                return Found::Set(value);
            }
            if let Some(arguments) = &frame.arguments {
                match of(arguments) {
                    Some(value) => return Found::Set(value),
                    None if is_implicit => {}
                    None => return Found::Nothing,
                }
            }
            if frame.arguments.is_none() && !frame.is_included {
                return Found::Context;
            }
        }
        Found::Context
    }
}
