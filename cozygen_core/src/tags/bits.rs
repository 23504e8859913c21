//! Bits with a running count: which row a position of the text is in.

/// A bit field and, for each word of it, how many ones come before.
#[derive(Debug, Clone, Copy)]
pub struct Ranks<'a> {
    /// 64 bits a word, the lowest bit first.
    pub words: &'a [u64],
    /// Ones before each word.
    pub before: &'a [u32],
}

impl Ranks<'_> {
    /// Ones at or below bit `at`.
    #[inline]
    pub fn through(self, at: u32) -> u32 {
        let word = at as usize / 64;
        let mask = u64::MAX >> (63 - at % 64);
        self.before[word] + (self.words[word] & mask).count_ones()
    }
}

/// The words and running counts of a bit field with ones at `ones` (ascending).
pub fn build(len: usize, ones: impl Iterator<Item = u32>) -> (Vec<u64>, Vec<u32>) {
    let mut words = vec![0u64; len / 64 + 1];
    for at in ones {
        words[at as usize / 64] |= 1 << (at % 64);
    }
    let mut total = 0;
    let before = words
        .iter()
        .map(|word| {
            let before = total;
            total += word.count_ones();
            before
        })
        .collect();
    (words, before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_count_the_ones_up_to_a_bit() {
        let ones = [0u32, 3, 63, 64, 130];
        let (words, before) = build(200, ones.iter().copied());
        let ranks = Ranks { words: &words, before: &before };
        for at in 0..200 {
            let want = ones.iter().filter(|&&one| one <= at).count() as u32;
            assert_eq!(ranks.through(at), want, "bit {at}");
        }
    }
}
