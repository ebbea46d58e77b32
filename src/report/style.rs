use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::Level;

/// What the place that is written to can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns of a line.
    pub width: usize,
    /// Whether ANSI colour is understood.
    pub colour: bool,
    /// Whether more than ASCII can be drawn.
    pub unicode: bool,
}

/// What a stretch of print means; the colours follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// A suggestion.
    Suggestion,
    /// A way out.
    Help,
    /// All is well.
    Good,
    /// A title.
    Strong,
    /// Less important than its surroundings.
    Dim,
    /// Nothing special.
    Plain,
}

impl From<Level> for Ink {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warning => Self::Warning,
            Level::Suggestion => Self::Suggestion,
        }
    }
}

impl Ink {
    /// The parameters of the ANSI sequence.
    const fn code(self) -> &'static str {
        match self {
            Self::Error => "1;31",
            Self::Warning => "1;33",
            Self::Suggestion => "1;36",
            Self::Help | Self::Good => "32",
            Self::Strong => "1",
            Self::Dim => "2",
            Self::Plain => "",
        }
    }
}

impl Style {
    /// The text in this ink where there is colour, else as it is.
    #[must_use]
    pub fn paint<T: fmt::Display>(self, ink: Ink, text: T) -> Painted<T> {
        Painted { code: if self.colour { ink.code() } else { "" }, text }
    }

    /// The text with quotes, dashes and the like in ASCII where that is all there is. Letters stay.
    #[must_use]
    pub fn fold(self, text: &str) -> Cow<'_, str> {
        if self.unicode || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '“' | '”' | '„' | '«' | '»' => out.push('"'),
                '‘' | '’' | '‚' => out.push('\''),
                '–' | '‑' | '‐' | '−' | '·' => out.push('-'),
                '—' => out.push_str("--"),
                '‹' => out.push('<'),
                '›' => out.push('>'),
                '…' => out.push_str("..."),
                '•' => out.push('*'),
                '→' => out.push_str("->"),
                '×' => out.push('x'),
                '\u{a0}' => out.push(' '),
                _ => out.push(c),
            }
        }
        Cow::Owned(out)
    }
}

/// Text in an ink; see [`Style::paint`].
#[derive(Clone, Copy, Debug)]
pub struct Painted<T> {
    code: &'static str,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.code.is_empty() {
            return self.text.fmt(f);
        }
        write!(f, "\x1b[{}m", self.code)?;
        self.text.fmt(f)?;
        f.write_str("\x1b[0m")
    }
}
