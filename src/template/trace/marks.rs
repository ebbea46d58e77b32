//! The characters that say, within a rendered text, where the text behind them comes from.
//!
//! They are private-use characters of plane 15, which stand for nothing by themselves. A mark is two of them: what it
//! does, and the number of a [`Site`](super::site::Site).

/// The number of a site.
pub(super) type SiteId = usize;

const OPEN: u32 = 0xF_0000;
const LOW: u32 = 0xF_1000;
const CLOSE: u32 = 0xF_2000;
const ROUND: u32 = 0xF_3000;
const STOP: u32 = 0xF_4000;
/// How many numbers one character holds.
const WIDE: u32 = 0x1000;

/// As many sites as marks can name.
pub(super) const MOST_SITES: usize = (WIDE * WIDE) as usize;

/// What a mark says of the text behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark<'t> {
    /// A site prints it, or what is inside of the site starts.
    Open(SiteId),
    /// What is inside of a site ends.
    Close(SiteId),
    /// A loop goes into its next round: its number, or the key.
    Round(SiteId, &'t str),
    /// Nothing: keeps a brace that is text from the brace of a tag.
    Stop,
}

pub(super) fn open(site: SiteId) -> String {
    mark(OPEN, site)
}

pub(super) fn close(site: SiteId) -> String {
    mark(CLOSE, site)
}

/// The mark of a round; what `count` prints follows, and a [`stop`].
pub(super) fn round(site: SiteId, count: &str) -> String {
    format!("{}{{{{ {count} }}}}{}", mark(ROUND, site), stop())
}

pub(super) fn stop() -> char {
    character(STOP)
}

fn mark(verb: u32, site: SiteId) -> String {
    let number = u32::try_from(site).unwrap_or_default();
    [character(verb + number / WIDE % WIDE), character(LOW + number % WIDE)].iter().collect()
}

fn character(code: u32) -> char {
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Whether a text has characters that marks are made of.
pub(super) fn has_marks(text: &str) -> bool {
    // Only characters of planes 12 to 15 start with this byte, so most texts are not looked at twice.
    text.as_bytes().contains(&LEAD) && text.chars().any(|c| (OPEN..=STOP).contains(&u32::from(c)))
}

const LEAD: u8 = 0xF3;

/// A marked text cut at its marks: the text before each, and the mark; none behind the last text.
pub(super) struct Marked<'t> {
    rest: &'t str,
    /// Whether a mark was damaged.
    pub(super) is_damaged: bool,
}

impl<'t> Marked<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { rest: text, is_damaged: false }
    }

    /// The mark that a text starts with, and its length.
    fn mark_at(text: &'t str) -> Option<(Result<Mark<'t>, Damaged>, usize)> {
        let mut chars = text.chars();
        let first = u32::from(chars.next()?);
        if first == STOP {
            return Some((Ok(Mark::Stop), BYTES));
        }
        let (verb, high) = (first / WIDE * WIDE, first % WIDE);
        if !(OPEN..STOP).contains(&first) {
            return None;
        }
        let low = chars.next().map(u32::from).filter(|low| (LOW..LOW + WIDE).contains(low));
        let Some(low) = low.filter(|_| verb != LOW) else { return Some((Err(Damaged), BYTES)) };
        let site = (high * WIDE + low - LOW) as usize;
        let inside = &text[2 * BYTES..];
        Some(match verb {
            OPEN => (Ok(Mark::Open(site)), 2 * BYTES),
            CLOSE => (Ok(Mark::Close(site)), 2 * BYTES),
            _ => match inside.find(stop()) {
                Some(end) => (Ok(Mark::Round(site, &inside[..end])), 3 * BYTES + end),
                None => (Err(Damaged), 2 * BYTES),
            },
        })
    }
}

/// The length of a character of plane 15.
const BYTES: usize = 4;

struct Damaged;

impl<'t> Iterator for Marked<'t> {
    type Item = (&'t str, Option<Mark<'t>>);

    fn next(&mut self) -> Option<Self::Item> {
        let mut from = 0;
        while let Some(at) = self.rest.as_bytes()[from..].iter().position(|byte| *byte == LEAD) {
            let at = from + at;
            match Self::mark_at(&self.rest[at..]) {
                Some((mark, length)) => {
                    let before = &self.rest[..at];
                    self.rest = &self.rest[at + length..];
                    self.is_damaged |= mark.is_err();
                    return Some((before, Some(mark.unwrap_or(Mark::Stop))));
                }
                None => from = at + BYTES,
            }
        }
        let last = std::mem::take(&mut self.rest);
        (!last.is_empty()).then_some((last, None))
    }
}

/// The text without its marks.
pub(super) fn plain(text: &str) -> String {
    Marked::new(text).map(|(text, _)| text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_is_read_and_taken_away_again() {
        let text = format!("a{}é\u{f8000}{}3{}{}🎈{}", open(0), mark(ROUND, 70_000), stop(), stop(), close(4096));
        let read: Vec<_> = Marked::new(&text).collect();
        let expected = [
            ("a", Some(Mark::Open(0))),
            ("é\u{f8000}", Some(Mark::Round(70_000, "3"))),
            ("", Some(Mark::Stop)),
            ("🎈", Some(Mark::Close(4096))),
        ];
        assert_eq!(read, expected);
        assert_eq!(plain(&text), "aé\u{f8000}🎈");
        assert!(has_marks(&text) && !has_marks("aé\u{f8000}🎈"));
    }

    #[test]
    fn a_damaged_mark_is_noticed() {
        for text in [&open(7)[..4], &open(7)[4..], &mark(ROUND, 7)] {
            let mut marked = Marked::new(text);
            marked.by_ref().for_each(drop);
            assert!(marked.is_damaged && has_marks(text));
        }
    }
}
