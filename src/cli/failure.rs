//! Why a command could not do its job, in words for people.

use std::fmt::Write as _;
use std::io;

use crate::report::{Ink, Style, escape, wrap};

/// Something that kept a command from doing its job.
#[derive(Debug)]
pub enum Failure {
    /// What went wrong, where, and what to do about it.
    Told(Box<Told>),
    /// The reader of our output went away; there is nobody to tell.
    ClosedPipe,
}

/// The words of a [`Failure`].
#[derive(Debug)]
pub struct Told {
    what: String,
    place: Option<String>,
    help: Option<String>,
}

impl Failure {
    /// A failure: one line, lower case, without a full stop.
    #[must_use]
    pub fn new(what: impl Into<String>) -> Self {
        Self::Told(Box::new(Told { what: what.into(), place: None, help: None }))
    }

    /// The same failure with its place: `people/ana.yaml:3:7`.
    #[must_use]
    pub fn at(self, place: impl Into<String>) -> Self {
        self.map(|told| told.place = Some(place.into()))
    }

    /// The same failure with a way out.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        self.map(|told| told.help = Some(help.into()))
    }

    fn map(mut self, change: impl FnOnce(&mut Told)) -> Self {
        if let Self::Told(told) = &mut self {
            change(told);
        }
        self
    }

    /// What went wrong, and what to do about it, if there is anybody to tell.
    #[must_use]
    pub fn told(&self) -> Option<(&str, Option<&str>)> {
        let Self::Told(told) = self else { return None };
        Some((&told.what, told.help.as_deref()))
    }

    /// The failure as it is printed, or nothing if there is nobody to read it.
    #[must_use]
    pub fn render(&self, style: Style) -> String {
        let Self::Told(told) = self else { return String::new() };
        let mut out = wrap::labelled("error", Ink::Error, &told.what, style);
        if let Some(place) = &told.place {
            let place = escape::visible(place, style.unicode);
            let lines = wrap::lines(&place, style.width.saturating_sub(5), style.width);
            let _ = writeln!(out, " {} {}", style.paint(Ink::Dim, "-->"), lines.join("\n"));
        }
        if let Some(help) = &told.help {
            out += &wrap::labelled("help", Ink::Help, help, style);
        }
        out
    }
}

/// Trouble with writing our own output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            Self::new(format!("the output could not be written: {error}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_where_and_the_way_out() {
        let failure = Failure::new("“rust” is not a date").at("people/ana.yaml:3:7").help("write 2026-10-03");
        let style = Style { width: 80, colour: false, unicode: true };
        assert_eq!(
            failure.render(style),
            "error: “rust” is not a date\n --> people/ana.yaml:3:7\nhelp: write 2026-10-03\n"
        );
    }

    #[test]
    fn a_closed_pipe_is_quiet() {
        let failure = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe)).at("here");
        assert!(matches!(failure, Failure::ClosedPipe));
        assert_eq!(failure.render(Style { width: 80, colour: false, unicode: true }), "");
    }
}
