//! Little-endian numbers in a byte slice, read in place.

use std::borrow::Cow;
use std::ops::Range;

/// A list of `u32` inside the pack's bytes.
#[derive(Clone, Debug)]
pub(super) struct Numbers(Range<usize>);

impl Numbers {
    pub(super) fn get(&self, bytes: &[u8], index: usize) -> u32 {
        let at = self.0.start + index * 4;
        let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).unwrap_or_default();
        u32::from_le_bytes(four)
    }

    /// The numbers of a range, two by two; nothing for one beyond the end.
    pub(super) fn pairs<'b>(&self, bytes: &'b [u8], range: Range<usize>) -> impl Iterator<Item = (u32, u32)> + 'b {
        let bytes = bytes.get(self.0.start + range.start * 8..self.0.start + range.end * 8).unwrap_or_default();
        let (pairs, _) = bytes.as_chunks::<8>();
        pairs
            .iter()
            .map(|&[a, b, c, d, e, f, g, h]| (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len() / 4
    }
}

/// Writes sections, each with its length before it.
#[derive(Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    pub(super) fn blob(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(&narrow(bytes.len()).to_le_bytes());
        self.0.extend_from_slice(bytes);
        while !self.0.len().is_multiple_of(4) {
            self.0.push(0);
        }
    }

    pub(super) fn numbers(&mut self, numbers: &[u32]) {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.blob(&bytes);
    }
}

/// Reads sections in the order they were written.
pub(super) struct Reader<'b> {
    pub(super) bytes: &'b Cow<'static, [u8]>,
    pub(super) at: usize,
}

impl Reader<'_> {
    pub(super) fn blob(&mut self) -> Option<Range<usize>> {
        let len = self.bytes.get(self.at..self.at + 4)?;
        let len = u32::from_le_bytes(len.try_into().ok()?) as usize;
        let start = self.at + 4;
        self.bytes.get(start..start + len)?;
        self.at = (start + len).next_multiple_of(4);
        Some(start..start + len)
    }

    pub(super) fn numbers(&mut self) -> Option<Numbers> {
        self.blob().map(Numbers)
    }
}

/// A length or index as it is stored; packs are far below 4 GiB.
pub(super) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
