//! Where the matches of a line are that the walk has met: it alone is followed, from the token where it may begin.

use std::ops::Range;

use super::Pack;
use super::automaton::Line;
use super::lazy::{self, Lazy};
use super::walk::Hit;

/// A line that ends in a sentence.
pub(super) struct Place<'a> {
    pub(super) pack: &'a Pack,
    pub(super) lazy: &'a Lazy,
    pub(super) line: Line,
    /// Its positions.
    pub(super) own: Range<u32>,
    /// The kinds of the note's tokens.
    pub(super) kinds: &'a [u32],
}

impl Place<'_> {
    /// The first token of those in a row, the last of which is `at`, where a match of the line is under way. `states`
    /// are those behind each token.
    pub(super) fn begin(&self, states: &[u32], start: usize, at: usize) -> usize {
        if self.is_one_token() {
            return at;
        }
        let before = (start..at).rev();
        before.take_while(|before| self.lazy.is_under_way(states[*before], &self.own)).last().unwrap_or(at)
    }

    /// Adds the matches of the line from the first token of `range` on, until none is under way behind token `least`;
    /// the token behind them is returned. A phrase with `$` may end from token `closes` on.
    pub(super) fn locate(
        &self,
        range: Range<usize>,
        least: usize,
        closes: usize,
        threads: &mut [Vec<(u32, usize)>; 2],
        hits: &mut Vec<Hit>,
    ) -> usize {
        if self.is_one_token() {
            if !self.line.at_end || least >= closes {
                hits.push(Hit { line: self.line, first: least, last: least });
            }
            return least + 1;
        }
        self.walk(range, least, threads, |position, first, at| {
            let hit = Hit { line: self.line, first, last: at };
            let ends = lazy::ends_at(self.pack, position).is_some() && (!self.line.at_end || at >= closes);
            if ends && hits.last() != Some(&hit) {
                hits.push(hit);
            }
        })
    }

    /// Whether the line is one word or mark.
    fn is_one_token(&self) -> bool {
        self.own.len() == 1
    }

    /// Walks on and calls `reach` with every position that is reached, the token it began at and the one it reads.
    /// Threads are positions with the token they began at.
    pub(super) fn walk(
        &self,
        range: Range<usize>,
        least: usize,
        threads: &mut [Vec<(u32, usize)>; 2],
        mut reach: impl FnMut(u32, usize, usize),
    ) -> usize {
        let [mut threads, mut next] = threads.each_mut();
        threads.clear();
        for at in range.clone() {
            self.step(at, threads, next);
            if next.is_empty() && at > least {
                return at;
            }
            std::mem::swap(&mut threads, &mut next);
            threads.iter().for_each(|&(position, first)| reach(position, first, at));
        }
        range.end
    }

    /// The threads behind a token: those that go on, and those that begin with it.
    fn step(&self, at: usize, threads: &[(u32, usize)], next: &mut Vec<(u32, usize)>) {
        let token = self.lazy.token(self.kinds[at]);
        next.clear();
        for &(position, first) in threads {
            lazy::follow(self.pack, position, token, |reached| {
                if !next.contains(&(reached, first)) {
                    next.push((reached, first));
                }
            });
        }
        let from = token.starts.partition_point(|start| *start < self.own.start);
        for start in token.starts[from..].iter().take_while(|start| **start < self.own.end) {
            next.push((*start, at));
        }
    }
}
