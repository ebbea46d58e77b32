//! Where the output goes, and what it may look like there.

use std::env;
use std::io::{self, BufRead as _, BufWriter, IsTerminal as _, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};

use super::failure::Failure;
use crate::report::{Ink, Style, github, wrap};

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal that has it, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The streams of the program.
pub struct Terminal {
    stdout: AutoStream<io::Stdout>,
    stderr: AutoStream<io::Stderr>,
    width: usize,
    locale_is_ascii: bool,
    /// Whether standard output is taken by something else.
    is_diverted: bool,
    /// Whether GitHub Actions reads along.
    is_github: bool,
}

impl Terminal {
    /// Looks at the streams and the environment.
    #[must_use]
    pub fn new(colour: Colour) -> Self {
        let stdout = AutoStream::new(io::stdout(), choice(colour, &io::stdout()));
        let stderr = AutoStream::new(io::stderr(), choice(colour, &io::stderr()));
        let (locale_is_ascii, is_github) = (locale_is_ascii(), variable("GITHUB_ACTIONS").is_some());
        Self { stdout, stderr, width: width(), locale_is_ascii, is_diverted: false, is_github }
    }

    /// Keeps standard output for [`data`](Self::data): from now on what is printed goes to standard error.
    pub const fn divert(&mut self) {
        self.is_diverted = true;
    }

    /// How to print.
    #[must_use]
    pub fn style(&self) -> Style {
        if self.is_diverted {
            return self.stderr_style();
        }
        let unicode = supports_unicode::on(supports_unicode::Stream::Stdout) && !self.locale_is_ascii;
        Style { width: self.width, colour: is_coloured(self.stdout.current_choice()), unicode }
    }

    /// How to write to standard error.
    #[must_use]
    pub fn stderr_style(&self) -> Style {
        let unicode = supports_unicode::on(supports_unicode::Stream::Stderr) && !self.locale_is_ascii;
        Style { width: self.width, colour: is_coloured(self.stderr.current_choice()), unicode }
    }

    /// Whether somebody types the input.
    #[must_use]
    pub fn stdin_is_terminal(&self) -> bool {
        io::stdin().is_terminal()
    }

    /// Whether somebody reads standard output as it comes.
    #[must_use]
    pub fn stdout_is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Whether both streams go into one file, as in Vim's `:r !cordial compose ana`: what is said about a note would then
    /// stand in it.
    #[must_use]
    pub fn is_one_file(&self) -> bool {
        let (Ok(stdout), Ok(stderr)) = (same_file::Handle::stdout(), same_file::Handle::stderr()) else { return false };
        stdout == stderr && stdout.as_file().metadata().is_ok_and(|about| about.is_file())
    }

    /// Whether somebody reads standard error as it comes.
    #[must_use]
    pub fn stderr_is_terminal(&self) -> bool {
        io::stderr().is_terminal()
    }

    /// Writes text for people to standard output.
    ///
    /// # Errors
    /// The stream is closed or full.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        let text = text.as_bytes();
        if self.is_diverted { self.stderr.write_all(text) } else { self.stdout.write_all(text) }
    }

    /// Writes text for people to standard output that may hold what others wrote, wherever that is read.
    ///
    /// # Errors
    /// The stream is closed or full.
    pub fn show(&mut self, text: &str) -> io::Result<()> {
        if self.is_github { self.print(&github::inert(text)) } else { self.print(text) }
    }

    /// Standard output for what programs read: buffered and passed on as it is. Flush it at the end.
    #[must_use]
    pub fn data(&mut self) -> BufWriter<StdoutLock<'static>> {
        BufWriter::with_capacity(1 << 16, io::stdout().lock())
    }

    /// Writes a message for people to standard error. If that fails there is nobody to tell.
    pub fn tell(&mut self, text: &str) {
        let text = if self.is_github { github::inert(text) } else { text.into() };
        let _ = self.stderr.write_all(text.as_bytes());
    }

    /// Writes a paragraph for people to standard error.
    pub fn say(&mut self, text: &str) {
        let style = self.stderr_style();
        let lines = wrap::lines(text, style.width, style.width);
        self.tell(&format!("{}\n", style.fold(&lines.join("\n"))));
    }

    /// Says something worth knowing on standard error.
    pub fn note(&mut self, text: &str) {
        let text = wrap::labelled("note", Ink::Help, text, self.stderr_style());
        self.tell(&text);
    }

    /// Says on standard error that something needs a look.
    pub fn warn(&mut self, text: &str) {
        let text = wrap::labelled("warning", Ink::Warning, text, self.stderr_style());
        self.tell(&text);
    }

    /// Asks on standard error and reads the line that is typed; `None` at the end of input.
    ///
    /// # Errors
    /// Standard input cannot be read.
    pub fn ask(&mut self, question: &str) -> io::Result<Option<String>> {
        self.tell(question);
        let mut answer = String::new();
        let read = io::stdin().lock().read_line(&mut answer)?;
        Ok((read > 0).then(|| answer.trim().to_owned()))
    }

    /// Shows a failure on standard error.
    pub fn fail(&mut self, failure: &Failure) {
        let text = failure.render(self.stderr_style());
        self.tell(&text);
    }

    /// Names the command that is likely to come next, when somebody is there to type it.
    pub fn suggest(&mut self, command: &str) {
        if self.stderr_is_terminal() {
            let line = wrap::labelled("Next", Ink::Dim, command, self.stderr_style());
            self.tell(&line);
        }
    }

    /// Sees that everything is written.
    ///
    /// # Errors
    /// The stream is closed or full.
    pub fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }
}

/// Whether escapes reach the stream.
fn is_coloured(choice: ColorChoice) -> bool {
    matches!(choice, ColorChoice::Always | ColorChoice::AlwaysAnsi)
}

fn choice<S: anstream::stream::RawStream>(colour: Colour, stream: &S) -> ColorChoice {
    match colour {
        Colour::Auto => AutoStream::choice(stream),
        Colour::Always => ColorChoice::Always,
        Colour::Never => ColorChoice::Never,
    }
}

/// Narrower than this nothing can be read; wrapping goes on as if there were this much room.
const NARROWEST: usize = 20;

/// The width to write for: `COLUMNS`, else the terminal's, else 80.
fn width() -> usize {
    let asked = variable("COLUMNS").and_then(|columns| columns.trim().parse().ok()).filter(|&width| width > 0);
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    asked.or_else(terminal).unwrap_or(80).max(NARROWEST)
}

/// Whether the locale says that only ASCII can be shown. A locale that is not set says nothing.
fn locale_is_ascii() -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(variable)
        .is_some_and(|locale| locale == "C" || locale == "POSIX")
}

/// An environment variable that is set to something.
#[expect(clippy::disallowed_methods, reason = "what the terminal can show is known nowhere else")]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
