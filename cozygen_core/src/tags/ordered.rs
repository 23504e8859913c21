//! Positions sorted by the text that follows them, read back in order of popularity.
//!
//! The text holds popular tags first, so the smallest positions of a range are
//! its most popular hits. The minimum of every block of 64 is kept beside the
//! array; a range of 100,000 is then answered from a few hundred numbers.

use std::ops::Range;

/// Positions a block.
pub const BLOCK: usize = 64;

/// Positions of the text in the order of what follows them.
#[derive(Debug, Clone, Copy)]
pub struct Ordered<'a> {
    /// The text that the positions point into.
    pub text: &'a [u8],
    /// The positions.
    pub at: &'a [u32],
    /// The smallest position of each block.
    pub mins: &'a [u32],
}

impl<'a> Ordered<'a> {
    /// Where in the order the texts that begin with `prefix` are.
    pub fn range(self, prefix: &[u8]) -> Range<usize> {
        let head = |at: u32| {
            let rest = &self.text[at as usize..];
            &rest[..rest.len().min(prefix.len())]
        };
        let lo = self.at.partition_point(|&at| head(at) < prefix);
        let len = self.at[lo..].partition_point(|&at| head(at) == prefix);
        lo..lo + len
    }

    /// The positions of `range`, smallest first, a batch at a time.
    pub fn ascending(self, range: Range<usize>) -> Ascending<'a> {
        Ascending { order: self, range, done: 0, batch: 64, found: Vec::new(), next: 0 }
    }
}

/// An iterator over the positions of a range, smallest first.
#[derive(Debug)]
pub struct Ascending<'a> {
    order: Ordered<'a>,
    range: Range<usize>,
    done: usize,
    batch: usize,
    found: Vec<u32>,
    next: usize,
}

impl Iterator for Ascending<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if self.next == self.found.len() && !self.refill() {
            return None;
        }
        self.next += 1;
        Some(self.found[self.next - 1])
    }
}

impl Ascending<'_> {
    /// Find more of the smallest; what was given already is found again and passed over.
    fn refill(&mut self) -> bool {
        let len = self.range.len();
        if self.done == len {
            return false;
        }
        let want = if len <= 512 || self.batch * 16 >= len { len } else { self.batch };
        self.found.clear();
        if want == len {
            self.found.extend_from_slice(&self.order.at[self.range.clone()]);
        } else {
            self.smallest(want);
        }
        self.found.sort_unstable();
        self.next = self.done;
        self.done = self.found.len();
        self.batch *= 8;
        true
    }

    fn smallest(&mut self, want: usize) {
        let Range { start, end } = self.range.clone();
        let (first, last) = (start.div_ceil(BLOCK), end / BLOCK);
        let at = self.order.at;
        self.found.extend_from_slice(&at[start..first * BLOCK]);
        self.found.extend_from_slice(&at[last * BLOCK..end]);
        let mut blocks: Vec<(u32, u32)> =
            (first..last).map(|block| (self.order.mins[block], block as u32)).collect();
        if blocks.len() > want {
            blocks.select_nth_unstable(want - 1);
            blocks.truncate(want);
        }
        for (_, block) in blocks {
            let from = block as usize * BLOCK;
            self.found.extend_from_slice(&at[from..from + BLOCK]);
        }
        if self.found.len() > want {
            self.found.select_nth_unstable(want - 1);
            self.found.truncate(want);
        }
    }
}

/// The smallest position of each block of `at`.
pub fn mins(at: &[u32]) -> Vec<u32> {
    at.chunks(BLOCK).map(|block| block.iter().copied().min().unwrap_or(u32::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_comes_back_ascending_and_whole() {
        let at: Vec<u32> =
            (0..10_000u32).map(|i| i.wrapping_mul(2_654_435_761) % 100_003).collect();
        let mins = mins(&at);
        let order = Ordered { text: b"", at: &at, mins: &mins };
        for range in [0..10_000, 5..9_991, 64..128, 3..3, 70..9_000, 127..129] {
            let mut want = at[range.clone()].to_vec();
            want.sort_unstable();
            let got: Vec<u32> = order.ascending(range.clone()).collect();
            assert_eq!(got, want, "{range:?}");
        }
    }
}
