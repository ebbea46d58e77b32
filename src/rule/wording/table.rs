//! The counts of words and word pairs, compiled to bytes that are read in place.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// What is counted apart beside good and bad, in the order of the file's columns.
pub(super) const FAULTS: usize = 3;

/// Points for each factor e by which a word is likelier in bad notes than in good ones.
const SCALE: f64 = 20.0;
/// Added to both sides of a ratio, so that one note more or less does not decide.
const SMOOTHING: f64 = 1.0;
/// How much of the share that a fault has of the bad notes speaks for it. Less than all of it (1): what a note says is
/// to decide which fault it has, rather than how many have it.
const PRIOR: f64 = 0.75;

/// The number of a word that stands in no row.
pub(super) const UNKNOWN: u16 = u16::MAX;
const EMPTY: u32 = u32::MAX;

/// What a word or pair of words adds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Points {
    /// To the wording: more than 0 where it is likelier in bad notes.
    pub(super) bad: i8,
    /// To each fault, beside the others.
    pub(super) faults: [i8; FAULTS],
}

impl Points {
    const BYTES: usize = 1 + FAULTS;

    fn read(bytes: &[u8]) -> Self {
        let at = |at: usize| bytes.get(at).map_or(0, |byte| byte.cast_signed());
        Self { bad: at(0), faults: std::array::from_fn(|fault| at(1 + fault)) }
    }

    fn write(self, out: &mut Vec<u8>) {
        out.push(self.bad.cast_unsigned());
        out.extend(self.faults.map(i8::cast_unsigned));
    }
}

/// How many notes of each sort hold something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) good: u32,
    pub(super) bad: u32,
    /// Of the bad ones.
    pub(super) faults: [u32; FAULTS],
}

impl Row {
    /// The points of a row, given the row of all notes.
    fn points(self, all: Self) -> Points {
        let part = |count: u32, of: u32| (f64::from(count) + SMOOTHING) / (f64::from(of) + SMOOTHING);
        let bad = (part(self.bad, all.bad) / part(self.good, all.good)).ln();
        let fault = |at: usize| {
            let share = f64::from(all.faults[at]) / f64::from(all.bad.max(1));
            let expected = SMOOTHING * share;
            let within = (f64::from(self.faults[at]) + expected) / share;
            let others = f64::from(self.bad.saturating_sub(self.faults[at])) + SMOOTHING - expected;
            (within / (others / (1.0 - share))).ln()
        };
        Points { bad: small(bad), faults: std::array::from_fn(|at| small(fault(at))) }
    }

    /// What speaks for each fault before a word is read.
    fn priors(self) -> [i8; FAULTS] {
        std::array::from_fn(|at| {
            let share = f64::from(self.faults[at]) / f64::from(self.bad.max(1));
            small(PRIOR * (share / (1.0 - share)).ln())
        })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the number is within the bounds of the type")]
fn small(ratio: f64) -> i8 {
    (ratio * SCALE).round().clamp(-127.0, 127.0) as i8
}

/// The words and pairs that were counted, with their points.
#[derive(Clone, Debug)]
pub struct Table {
    bytes: Cow<'static, [u8]>,
    words: usize,
    slots: usize,
}

/// Bytes before the first section: numbers of words and slots, the priors, and room up to a multiple of 4.
const HEAD: usize = 12;

impl Table {
    /// The table in these bytes, which [`compile`] made; nothing if it did not.
    pub(super) fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        let bytes = bytes.into();
        let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize);
        let (words, slots) = (number(0)?, number(4)?);
        let table = Self { words, slots, bytes };
        let is_whole = table.bytes.len() == table.names() + table.offset(words) && slots.is_power_of_two();
        is_whole.then_some(table)
    }

    /// How many rows it has, at most: the places of words, and behind them those of pairs.
    pub(super) const fn rows(&self) -> usize {
        self.words + self.slots
    }

    pub(super) fn priors(&self) -> [i8; FAULTS] {
        std::array::from_fn(|at| self.bytes[8 + at].cast_signed())
    }

    /// The number of a word, [`UNKNOWN`] for one that was not counted.
    pub(super) fn word(&self, word: &str) -> u16 {
        let (mut low, mut high) = (0, self.words);
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.name(middle).cmp(word.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return u16::try_from(middle).unwrap_or(UNKNOWN),
            }
        }
        UNKNOWN
    }

    /// The points of a word by its number.
    pub(super) fn points(&self, word: u16) -> Points {
        Points::read(&self.bytes[self.singles() + usize::from(word) * Points::BYTES..])
    }

    /// The place among the rows and the points of a pair of words, if it was counted.
    pub(super) fn pair(&self, first: u16, second: u16) -> Option<(usize, Points)> {
        let key = key(first, second);
        let mut slot = start(key, self.slots);
        loop {
            let at = self.pairs() + slot * SLOT;
            let found = self.number(at);
            if found == key {
                return Some((self.words + slot, Points::read(&self.bytes[at + 4..at + SLOT])));
            }
            if found == EMPTY {
                return None;
            }
            slot = (slot + 1) & (self.slots - 1);
        }
    }

    fn number(&self, at: usize) -> u32 {
        self.bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(EMPTY, u32::from_le_bytes)
    }

    fn name(&self, word: usize) -> &[u8] {
        let names = self.names();
        self.bytes.get(names + self.offset(word)..names + self.offset(word + 1)).unwrap_or_default()
    }

    fn offset(&self, word: usize) -> usize {
        self.number(self.offsets() + word * 4) as usize
    }

    const fn singles(&self) -> usize {
        HEAD
    }

    const fn pairs(&self) -> usize {
        self.singles() + self.words * Points::BYTES
    }

    const fn offsets(&self) -> usize {
        self.pairs() + self.slots * SLOT
    }

    const fn names(&self) -> usize {
        self.offsets() + (self.words + 1) * 4
    }
}

const SLOT: usize = 4 + Points::BYTES;

fn key(first: u16, second: u16) -> u32 {
    (u32::from(first) << 16) | u32::from(second)
}

/// The slot that a pair is looked for first (multiplicative hashing; Knuth, TAOCP 6.4).
const fn start(key: u32, slots: usize) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 8) as usize & (slots - 1)
}

/// Compiles a file of counts: a line of names, a line for all notes, and one for each word or pair.
///
/// # Errors
/// The line, from 1, that is not one, and what is wrong with it.
#[allow(unreachable_pub, reason = "build.rs includes this file and uses it from outside")]
pub fn compile(tsv: &str) -> Result<Vec<u8>, String> {
    let mut lines = tsv.lines().enumerate().skip(1).map(|(at, line)| {
        let (words, row) =
            parse(line).ok_or_else(|| format!("line {}: expected words and {} numbers", at + 1, 2 + FAULTS))?;
        Ok::<_, String>((words, row))
    });
    let all = lines.next().ok_or("the line for all notes is missing")??.1;
    let rows: BTreeMap<&str, Row> = lines.collect::<Result<_, _>>()?;
    let words: Vec<&str> = rows.keys().copied().filter(|words| !words.contains(' ')).collect();
    if words.len() >= usize::from(UNKNOWN) {
        return Err(format!("{} words are more than fit", words.len()));
    }
    let number = |word: &str| words.binary_search(&word).ok().and_then(|at| u16::try_from(at).ok());
    let pairs: Vec<(u32, Points)> = rows
        .iter()
        .filter_map(|(words, row)| {
            let (first, second) = words.split_once(' ')?;
            Some((key(number(first)?, number(second)?), row.points(all)))
        })
        .collect();
    let slots = (pairs.len() * 2).next_power_of_two().max(2);
    let mut table = vec![(EMPTY, Points::default()); slots];
    for (key, points) in pairs {
        let mut slot = start(key, slots);
        while table[slot].0 != EMPTY {
            slot = (slot + 1) & (slots - 1);
        }
        table[slot] = (key, points);
    }
    let mut out = Vec::new();
    let put = |out: &mut Vec<u8>, number: usize| out.extend(u32::try_from(number).unwrap_or(EMPTY).to_le_bytes());
    put(&mut out, words.len());
    put(&mut out, slots);
    out.extend(all.priors().map(i8::cast_unsigned));
    out.resize(HEAD, 0);
    words.iter().for_each(|word| rows[word].points(all).write(&mut out));
    for (key, points) in table {
        out.extend(key.to_le_bytes());
        points.write(&mut out);
    }
    let mut end = 0;
    put(&mut out, end);
    for word in &words {
        end += word.len();
        put(&mut out, end);
    }
    words.iter().for_each(|word| out.extend(word.as_bytes()));
    Ok(out)
}

fn parse(line: &str) -> Option<(&str, Row)> {
    let (words, numbers) = line.split_once('\t')?;
    let mut numbers = numbers.split('\t').map(|number| number.parse::<u32>().ok());
    let mut next = || numbers.next().flatten();
    let row = Row { good: next()?, bad: next()?, faults: [next()?, next()?, next()?] };
    Some((words, row))
}
