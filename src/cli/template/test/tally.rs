use crate::cli::ExitStatus;
use crate::compose::{Outcome, Reading};

/// How the templates have done.
#[derive(Debug, Default)]
pub(super) struct Tally {
    templates: usize,
    /// Templates that others include: no note is made from them.
    parts: usize,
    /// Templates that give no note at all, for want of sample people or because they cannot be read.
    untested: usize,
    same: usize,
    differ: usize,
    /// Notes with nothing to compare them with.
    new: usize,
    /// Notes that were written into a file.
    pub(super) accepted: usize,
    /// Those of built-in templates, which need not say which notes they give.
    builtin: usize,
    /// Sample people who get no note.
    without: usize,
    /// Whether something that was told of keeps the job from being done whole.
    pub(super) trouble: bool,
}

impl Tally {
    /// Counts a template that cannot be read.
    pub(super) const fn untested(&mut self) {
        self.templates += 1;
        self.untested += 1;
    }

    /// Counts a template and its notes.
    pub(super) fn template(&mut self, reading: &Reading<'_>, is_builtin: bool) {
        self.templates += 1;
        self.parts += usize::from(reading.is_part);
        self.without += reading.without;
        self.untested += usize::from(!reading.is_part && reading.notes.is_empty() && reading.without == 0);
        for note in &reading.notes {
            *match note.outcome() {
                Outcome::Same => &mut self.same,
                Outcome::Differs => &mut self.differ,
                Outcome::New if is_builtin => &mut self.builtin,
                Outcome::New => &mut self.new,
            } += 1;
        }
    }

    /// `2 templates, 5 notes: 3 as expected, 1 differs, 1 with nothing to compare`
    pub(super) fn line(&self, accept: bool) -> Option<String> {
        if self.templates == 0 {
            return None;
        }
        let notes = self.same + self.differ + self.new + self.builtin;
        let parts = if self.parts > 0 { format!(" ({})", count(self.parts, "part", "parts")) } else { String::new() };
        let start =
            format!("{}{parts}, {}", count(self.templates, "template", "templates"), count(notes, "note", "notes"));
        let told = [
            (self.same, format!("{} as expected", self.same)),
            (self.accepted, format!("{} accepted", self.accepted)),
            (if accept { 0 } else { self.differ }, count(self.differ, "differs", "differ")),
            (if accept { 0 } else { self.new }, format!("{} with nothing to compare", self.new)),
            (self.builtin, format!("{} of built-in templates, which do not say what they should give", self.builtin)),
            (self.without, format!("{} got none", count(self.without, "person", "people"))),
            (self.untested, format!("{} could not be tested", count(self.untested, "template", "templates"))),
        ];
        let told: Vec<_> = told.into_iter().filter(|(number, _)| *number > 0).map(|(_, told)| told).collect();
        Some(if told.is_empty() { start } else { format!("{start}: {}", told.join(", ")) })
    }

    /// What to do about notes that differ.
    pub(super) const fn help(&self, accept: bool) -> Option<&'static str> {
        match (accept, self.differ + self.new, self.builtin) {
            (false, 1.., _) => {
                Some("if these notes are right, `cordial template test --accept` writes them into the files")
            }
            (true, _, 1..) => Some(
                "built-in templates stay as they are; `cordial template show talk > templates/invite/talk.tera` makes \
                 one yours",
            ),
            _ => None,
        }
    }

    pub(super) const fn status(&self, accept: bool) -> ExitStatus {
        if self.trouble || self.without + self.untested > 0 {
            ExitStatus::Failed
        } else if !accept && self.differ + self.new > 0 {
            ExitStatus::Findings
        } else {
            ExitStatus::Clean
        }
    }
}

/// `1 note`, `2 notes`
fn count(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}
