//! Bounds on what a template may do: it may come from a stranger, and Tera cannot be interrupted.

use std::cell::Cell;
use std::io::{self, Write};

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::prepare::{HELD, ROUND};

/// Rounds of all loops of one note together; each use of a component or an include is one too.
const MOST_ROUNDS: u32 = 10_000;
/// The same for a note with marks in it, which takes more room in each round.
const MOST_MARKED_ROUNDS: u32 = 500;
/// Items that `range` makes.
const LONGEST_RANGE: i64 = 1_000;
/// Bytes of one note.
const LONGEST_NOTE: usize = 64 * 1024;
/// Bytes of all texts in one value that a template makes.
const LARGEST_VALUE: usize = 64 * 1024;
/// How deep lists and maps nest in one; Tera goes through them by recursion.
const DEEPEST_VALUE: usize = 32;
/// Bytes of one template file.
pub(crate) const LONGEST_TEMPLATE: usize = 64 * 1024;

thread_local! {
    /// Rounds of the note that this thread renders.
    static ROUNDS: Cell<u32> = const { Cell::new(0) };
}

/// Registers the functions that keep loops short.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(HELD, |values: Kwargs, _: &State| -> TeraResult<&'static str> {
        hold(&values)?;
        Ok("")
    });
    tera.register_function(ROUND, |values: Kwargs, _: &State| -> TeraResult<&'static str> {
        hold(&values)?;
        let rounds = ROUNDS.get() + 1;
        ROUNDS.set(rounds);
        if rounds > MOST_ROUNDS {
            return Err(Error::message(format!(
                "The loops and includes of this note go through more than {MOST_ROUNDS} rounds"
            )));
        }
        Ok("")
    });
    tera.register_function("range", range);
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
}

/// Refuses values that grow: a name set to itself twice over fills the memory in 40 lines.
fn hold(values: &Kwargs) -> TeraResult<()> {
    let mut left = LARGEST_VALUE;
    let fits = values.iter().all(|(_, value)| fits(value, &mut left, 0));
    if fits { Ok(()) } else { Err(too_large()) }
}

fn too_large() -> Error {
    Error::message(format!("A value that the template makes is larger than {} kB", LARGEST_VALUE / 1024))
}

/// Takes the size of a value off what is left, as long as there is enough.
fn fits(value: &Value, left: &mut usize, depth: usize) -> bool {
    // A list takes room even when it is empty, and much of it.
    let size = value.as_str().map_or(8, str::len);
    if size > *left || depth > DEEPEST_VALUE {
        return false;
    }
    *left -= size;
    let items = value.as_array().into_iter().flatten();
    items.chain(value.as_map().into_iter().flat_map(|map| map.values())).all(|item| fits(item, left, depth + 1))
}

/// Tera's filter, for texts that stay small.
fn replace(text: &str, arguments: Kwargs, _: &State) -> TeraResult<String> {
    let (from, to) = (arguments.must_get::<&str>("from")?, arguments.must_get::<&str>("to")?);
    let grows = text.matches(from).count().saturating_mul(to.len().saturating_sub(from.len()));
    if text.len().saturating_add(grows) > LARGEST_VALUE { Err(too_large()) } else { Ok(text.replace(from, to)) }
}

/// Tera's filter, for texts that stay small.
fn join(items: &[Value], arguments: Kwargs, _: &State) -> TeraResult<String> {
    let between = arguments.get::<&str>("sep")?.unwrap_or_default();
    let mut text = String::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            text += between;
        }
        text += &item.to_string();
        if text.len() > LARGEST_VALUE {
            return Err(too_large());
        }
    }
    Ok(text)
}

/// Starts the count for a new note.
pub(super) fn start() {
    ROUNDS.set(0);
}

/// The same for a note with marks in it.
pub(super) fn start_marked() {
    ROUNDS.set(MOST_ROUNDS - MOST_MARKED_ROUNDS);
}

fn range(arguments: Kwargs, _: &State) -> TeraResult<Vec<i64>> {
    let start = arguments.get::<i64>("start")?.unwrap_or_default();
    let end = arguments.must_get::<i64>("end")?;
    let step = arguments.get::<i64>("step_by")?.unwrap_or(1);
    let step = usize::try_from(step).ok().filter(|step| *step > 0);
    let Some(step) = step else { return Err(Error::message("`range` needs a `step_by` of at least 1")) };
    if end.saturating_sub(start) > LONGEST_RANGE {
        return Err(Error::message(format!("`range` makes at most {LONGEST_RANGE} numbers")));
    }
    Ok((start..end).step_by(step).collect())
}

/// A writer that takes no more than a long note, or some times as much.
pub(super) struct Page {
    written: Vec<u8>,
    most: usize,
}

impl Page {
    /// Room for so many of the longest notes.
    pub(super) const fn of(notes: usize) -> Self {
        Self { written: Vec::new(), most: notes * LONGEST_NOTE }
    }

    pub(super) fn into_text(self) -> String {
        // Tera writes whole strings; what is left of a cut one is not printed.
        String::from_utf8(self.written).unwrap_or_default()
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.written.len() + bytes.len() > self.most {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tera::{Context, Tera};

    use crate::template::Library;

    /// Why a note is not made from a template.
    fn why(source: &str) -> String {
        let (library, found) = Library::empty().with(&[("invite/a".to_owned(), format!("{{# title: a #}}\n{source}"))]);
        assert_eq!(found, []);
        library.render(library.get("invite/a").unwrap(), &Context::new()).unwrap_err().diagnostic.message
    }

    #[test]
    fn values_that_grow_are_stopped() {
        let start = "{% set x = 'aaaaaaaa' %}";
        let grown = "value that the template makes is larger than 64 kB";
        for source in [
            start.to_owned() + &"{% set x = x ~ x %}".repeat(60),
            start.to_owned() + &"{% set x %}{{ x }}{{ x }}{% endset %}".repeat(60),
            start.to_owned() + "{% for i in range(end=60) %}{% set_global x = x ~ x %}{% endfor %}",
            start.to_owned() + &"{% set x = [x, x] %}".repeat(60),
            start.to_owned() + &"{% set x = {'a': x} %}".repeat(60),
            format!("{start}{{{{ x{} }}}}", " | replace(from='a', to='aa')".repeat(60)),
            format!("{start}{{{{ x{} }}}}", " | split(pat='') | join(sep='aaaa')".repeat(60)),
            "{% component A(y, z=1) %}{{ <A y={y ~ y}/> }}{% endcomponent %}{{ <A y=\"aaaaaaaaaaaaaaaaa\"/> }}"
                .to_owned(),
            "{% component A() %}{% <A> %}{% if body %}{{ body }}{{ body }}{% endif %}aaaaaaaa{% </A> %}{% endcomponent %}{{ <A/> }}".to_owned(),
        ] {
            assert!(why(&source).contains(grown), "{source}: {}", why(&source));
        }
    }

    #[test]
    fn lists_are_joined_and_texts_replaced_as_by_tera() {
        let mut own = Tera::default();
        super::register(&mut own);
        for text in [
            "{{ [1, 'a', 2.5, none, true, [1, 'b'], x] | join(sep=', ') }}",
            "{{ [] | join }}{{ ['a', 'b'] | join }}{{ 'ab' | join(sep='-') }}",
            "{{ 'banana' | replace(from='an', to='<ä>') }}{{ 'ab' | replace(from='', to='-') }}{{ '' | replace(from='', to='x') }}",
            "{{ 1 | replace(from='a', to='b') }}",
            "{{ 'a' | replace(from='a') }}",
            "{{ ['a'] | join(sep=1) }}",
        ] {
            let (own, tera) = [&own, &Tera::default()].map(|tera| tera.render_str(text, &Context::new(), false)).into();
            match (own, tera) {
                (Ok(own), Ok(tera)) => assert_eq!(own, tera, "{text}"),
                (own, tera) => assert!(own.is_err() && tera.is_err(), "{text}: {own:?}, {tera:?}"),
            }
        }
    }

    #[test]
    fn includes_that_multiply_are_stopped() {
        let part = |at: usize| format!("{{% include 'parts/p{}' %}}", at + 1).repeat(8);
        let mut files: Vec<_> = (0..12).map(|at| (format!("parts/p{at}"), part(at))).collect();
        files.push(("parts/p12".to_owned(), String::new()));
        files.push(("invite/a".to_owned(), "{# title: a #}{% include 'parts/p0' %}".to_owned()));
        let (library, found) = Library::empty().with(&files);
        assert_eq!(found, []);
        let error = library.render(library.get("invite/a").unwrap(), &Context::new()).unwrap_err();
        assert!(error.diagnostic.message.contains("more than 10000 rounds"), "{error:?}");
    }
}
