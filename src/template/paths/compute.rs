//! What Tera makes of known values: its own filters, tests and operators, not ours.

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use crate::template::library::engine;
use crate::template::limits;

/// The function that hands a value out of Tera.
const KEEP: &str = "__keep";
/// Bytes of an answer that are of any use to a note.
const LONGEST: usize = 64 * 1024;

thread_local! {
    /// What [`KEEP`] was given last.
    static KEPT: RefCell<Option<Value>> = const { RefCell::new(None) };
}

/// Tera, asked for one expression at a time. Answers are remembered.
#[derive(Default)]
pub(super) struct Computer {
    tera: Option<Tera>,
    answers: FxHashMap<String, Option<Value>>,
}

impl Computer {
    /// The value of an expression over values, named in it `__0`, `__1` and so on. `None` when it is an error.
    pub(super) fn compute(&mut self, expression: &str, values: &[Value]) -> Option<Value> {
        let key = format!("{expression}\0{values:?}");
        if let Some(answer) = self.answers.get(&key) {
            return answer.clone();
        }
        let answer = self.ask(expression, values);
        self.answers.insert(key, answer.clone());
        answer
    }

    fn ask(&mut self, expression: &str, values: &[Value]) -> Option<Value> {
        let mut context = Context::new();
        for (name, value) in names().zip(values) {
            context.insert_value(name, value.clone());
        }
        limits::start();
        KEPT.take();
        let source = format!("{{{{ {KEEP}(value={expression}) }}}}");
        self.tera.get_or_insert_with(tera).render_str(&source, &context, false).ok()?;
        KEPT.take().filter(|value| value.as_str().is_none_or(|text| text.len() <= LONGEST))
    }
}

/// The names that stand for values in an expression.
pub(super) fn names() -> impl Iterator<Item = String> {
    (0_u32..).map(|at| format!("__{at}"))
}

fn tera() -> Tera {
    let mut tera = engine();
    tera.register_function(KEEP, |arguments: Kwargs, _: &State| -> TeraResult<&'static str> {
        KEPT.set(arguments.get::<Value>("value")?);
        Ok("")
    });
    tera
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_tera_itself() {
        let mut computer = Computer::default();
        assert_eq!(computer.compute("__0 | title", &["her talk".into()]), Some("Her Talk".into()));
        assert_eq!(computer.compute("__0 + __1 * 2", &[1.into(), 3.into()]), Some(7.into()));
        assert_eq!(computer.compute("__0 is odd", &[3.into()]), Some(true.into()));
        assert_eq!(computer.compute("__0 | upper", &[3.into()]), None);
        assert_eq!(computer.compute("__0 | a_or_an", &["ox".into()]), Some("an ox".into()));
    }
}
