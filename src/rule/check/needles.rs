//! Which patterns can match a note. One look at its letters tells, so that most notes never run, or even compile, a
//! pattern.

use rustc_hash::FxHashMap;

/// What the matches of all patterns hold. Each needle is looked for by its rarest two bytes.
#[derive(Clone, Debug, Default)]
pub struct Needles {
    /// Needles of two bytes and more, by their rarest two in lower case.
    by_pair: FxHashMap<[u8; 2], Vec<Needle>>,
    /// The pairs that they are looked for by, in every case that they may have.
    pairs: Pairs,
    /// Needles of one byte.
    single: Vec<Needle>,
    /// Patterns without needles, and the bytes of their shortest match.
    always: Vec<(usize, usize)>,
    /// Patterns that match nothing in ASCII.
    beyond_ascii: Vec<usize>,
    /// Patterns that match nothing without a digit.
    digit: Vec<usize>,
    /// Patterns that ignore case.
    caseless: Vec<usize>,
}

/// A text that a match holds.
#[derive(Clone, Debug)]
struct Needle {
    /// The pattern; none for a letter that stands for another one wherever case is ignored.
    pattern: Option<usize>,
    text: Box<[u8]>,
    /// Where its rarest two bytes are.
    pair: usize,
    /// Whether capitals matter.
    exact: bool,
}

/// Two letters beyond ASCII fold to ASCII ones: the long s and the Kelvin sign.
const ODD: [&str; 2] = ["\u{17F}", "\u{212A}"];

impl Needles {
    /// Adds a pattern's needles (in lower case unless capitals matter, as `exact` says); without needles it is a
    /// candidate for texts of `least` bytes. `digit` says that it matches nothing without a digit.
    pub fn add(&mut self, pattern: usize, needles: &[String], exact: bool, digit: bool, least: usize) {
        self.digit.extend(digit.then_some(pattern));
        if needles.is_empty() {
            return self.always.push((pattern, least));
        }
        if !exact {
            if self.caseless.is_empty() {
                ODD.into_iter().for_each(|odd| self.needle(None, odd, true));
            }
            self.caseless.push(pattern);
        }
        for needle in needles {
            self.needle(Some(pattern), needle, exact);
        }
    }

    /// Adds a pattern that matches nothing in ASCII; it is a candidate for every other text.
    pub fn add_beyond_ascii(&mut self, pattern: usize) {
        self.beyond_ascii.push(pattern);
    }

    fn needle(&mut self, pattern: Option<usize>, text: &str, exact: bool) {
        let text = text.as_bytes();
        let at = rarest(text);
        let needle = Needle { pattern, text: text.into(), pair: at, exact };
        match text.get(at..at + 2) {
            Some(&[first, second]) => {
                self.pairs.add(first, second, exact);
                let key = [first.to_ascii_lowercase(), second.to_ascii_lowercase()];
                self.by_pair.entry(key).or_default().push(needle);
            }
            _ => self.single.push(needle),
        }
    }

    /// Adds the patterns that may match a text.
    pub fn candidates(&self, text: &str, found: &mut Vec<usize>) {
        let bytes = text.as_bytes();
        found.extend(self.always.iter().filter(|(_, least)| text.len() >= *least).map(|(pattern, _)| *pattern));
        if !text.is_ascii() {
            found.extend(&self.beyond_ascii);
        }
        for (at, pair) in bytes.windows(2).enumerate() {
            if self.pairs.hold(pair[0], pair[1]) {
                let key = [pair[0].to_ascii_lowercase(), pair[1].to_ascii_lowercase()];
                let needles = self.by_pair.get(&key).into_iter().flatten();
                needles.filter(|needle| needle.stands(bytes, at)).for_each(|needle| self.hold(needle, found));
            }
        }
        self.single.iter().filter(|needle| needle.is_in(bytes)).for_each(|needle| self.hold(needle, found));
        let digit = found.iter().any(|pattern| self.digit.contains(pattern));
        if digit && !bytes.iter().any(u8::is_ascii_digit) {
            found.retain(|pattern| !self.digit.contains(pattern));
        }
    }

    /// Adds the patterns that a needle in the text speaks for.
    fn hold(&self, needle: &Needle, found: &mut Vec<usize>) {
        let of = needle.pattern.as_ref().map_or(&*self.caseless, std::slice::from_ref);
        for pattern in of {
            if !found.contains(pattern) {
                found.push(*pattern);
            }
        }
    }
}

impl Needle {
    /// Whether a text holds a needle of one byte.
    fn is_in(&self, bytes: &[u8]) -> bool {
        let [lower, upper] = cases(self.text[0], self.exact);
        bytes.contains(&lower) || (upper != lower && bytes.contains(&upper))
    }

    /// Whether the needle stands where its rarest two bytes do.
    fn stands(&self, bytes: &[u8], at: usize) -> bool {
        let here = at.checked_sub(self.pair).and_then(|start| bytes.get(start..start + self.text.len()));
        here.is_some_and(|here| if self.exact { *here == *self.text } else { here.eq_ignore_ascii_case(&self.text) })
    }
}

/// A byte in lower and upper case; as it is where capitals matter.
const fn cases(byte: u8, exact: bool) -> [u8; 2] {
    if exact { [byte; 2] } else { [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()] }
}

/// A set of pairs of bytes.
#[derive(Clone, Debug)]
struct Pairs(Box<[u64; 1024]>);

impl Default for Pairs {
    fn default() -> Self {
        Self(Box::new([0; 1024]))
    }
}

impl Pairs {
    /// Adds a pair, in every case unless capitals matter.
    fn add(&mut self, first: u8, second: u8, exact: bool) {
        for first in cases(first, exact) {
            for second in cases(second, exact) {
                self.0[Self::at(first, second)] |= 1 << (second & 63);
            }
        }
    }

    fn hold(&self, first: u8, second: u8) -> bool {
        self.0[Self::at(first, second)] & 1 << (second & 63) != 0
    }

    fn at(first: u8, second: u8) -> usize {
        usize::from(first) << 2 | usize::from(second) >> 6
    }
}

/// Letters and marks of English notes, the commonest first.
const COMMON: &[u8] = b" eotainshrludywmcgpfbv,.k'i";

/// Where the two bytes of a text stand that a note is least likely to hold.
fn rarest(text: &[u8]) -> usize {
    let rarity = |byte: &u8| {
        let byte = byte.to_ascii_lowercase();
        COMMON.iter().position(|common| *common == byte).unwrap_or(2 * COMMON.len())
    };
    let pairs = text.windows(2).map(|pair| pair.iter().map(rarity).sum::<usize>());
    // The first one of several that are as rare.
    pairs.enumerate().rev().max_by_key(|(_, rarity)| *rarity).map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(needles: &Needles, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        needles.candidates(text, &mut found);
        found.sort_unstable();
        found
    }

    #[test]
    fn needles_ignore_case_unless_capitals_matter() {
        let mut needles = Needles::default();
        needles.add(1, &[], false, false, 1);
        needles.add(2, &[], false, false, 500);
        needles.add(3, &["cal.".into(), "#".into()], false, false, 4);
        needles.add(4, &["PLEASE".into()], true, false, 6);
        needles.add(5, &["call".into()], false, true, 9);
        for (text, found) in [
            ("see CAL.example, é", &[1, 3][..]),
            ("see", &[1]),
            ("", &[]),
            ("at the very end #", &[1, 3]),
            ("Please", &[1]),
            ("PLEASE", &[1, 4]),
            ("call me", &[1]),
            ("Call 5", &[1, 5]),
            ("the \u{212A}elvin sign, 5", &[1, 3, 5]),
        ] {
            assert_eq!(candidates(&needles, text), found, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn finds_what_a_plain_search_finds(texts in proptest::collection::vec("[a-c.#ß]{1,4}", 1..6), note in "[a-cA-C.#ß ]{0,20}") {
            let mut needles = Needles::default();
            for (number, text) in texts.iter().enumerate() {
                needles.add(number, std::slice::from_ref(text), number % 2 == 0, false, 0);
            }
            let holds = |number: usize| {
                if number.is_multiple_of(2) { note.contains(&texts[number]) } else { note.to_ascii_lowercase().contains(&texts[number]) }
            };
            let plain: Vec<usize> = (0..texts.len()).filter(|number| holds(*number)).collect();
            proptest::prop_assert_eq!(candidates(&needles, &note), plain);
        }
    }
}
