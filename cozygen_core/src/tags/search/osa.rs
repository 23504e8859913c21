//! How many edits lie between two texts (optimal string alignment, Hyyrö 2003):
//! insertions, deletions, substitutions and swaps of neighbours, a row of the
//! table in one machine word.

/// A text to compare others with.
pub struct Pattern {
    places: [u64; 128],
    len: u32,
}

impl Pattern {
    /// `None` unless `text` is ASCII and 1 to 64 bytes long.
    pub fn new(text: &[u8]) -> Option<Self> {
        if text.is_empty() || text.len() > 64 || !text.is_ascii() {
            return None;
        }
        let mut places = [0; 128];
        for (i, &byte) in text.iter().enumerate() {
            places[usize::from(byte)] |= 1 << i;
        }
        Some(Self { places, len: text.len() as u32 })
    }
}

/// Texts that are compared side by side.
pub const SIDE_BY_SIDE: usize = 4;

/// Edits to a whole text and the fewest to any beginning of it, for each of four texts.
pub type FourDistances = [(u32, u32); SIDE_BY_SIDE];

impl Pattern {
    /// [`Pattern::distances`] to each of four texts of one length.
    pub fn distances_to(&self, texts: [&[u8]; SIDE_BY_SIDE]) -> FourDistances {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2, as was just asked.
            return unsafe { self.side_by_side_avx2(texts) };
        }
        self.side_by_side(texts)
    }

    /// The same code, compiled for registers that hold all four.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn side_by_side_avx2(&self, texts: [&[u8]; SIDE_BY_SIDE]) -> FourDistances {
        self.side_by_side(texts)
    }

    #[inline(always)]
    fn side_by_side(&self, texts: [&[u8]; SIDE_BY_SIDE]) -> FourDistances {
        let none = [0u64; SIDE_BY_SIDE];
        let (mut up, mut down, mut same, mut before) = ([u64::MAX; SIDE_BY_SIDE], none, none, none);
        let mut distance = [i64::from(self.len); SIDE_BY_SIDE];
        let mut fewest = distance;
        let last = self.len - 1;
        let length = texts.iter().map(|text| text.len()).min().unwrap_or(0);
        for at in 0..length {
            let mut here = none;
            for (places, text) in here.iter_mut().zip(texts) {
                *places = self.places[usize::from(text[at] & 0x7f)];
            }
            for i in 0..SIDE_BY_SIDE {
                let swapped = ((!same[i] & here[i]) << 1) & before[i];
                let carried = (here[i] & up[i]).wrapping_add(up[i]) ^ up[i];
                same[i] = carried | here[i] | down[i] | swapped;
                let right = down[i] | !(same[i] | up[i]);
                let left = same[i] & up[i];
                distance[i] += (right >> last & 1) as i64 - (left >> last & 1) as i64;
                fewest[i] = if distance[i] < fewest[i] { distance[i] } else { fewest[i] };
                let right = right << 1 | 1;
                up[i] = left << 1 | !(same[i] | right);
                down[i] = right & same[i];
                before[i] = here[i];
            }
        }
        std::array::from_fn(|i| (distance[i] as u32, fewest[i] as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table, cell by cell.
    fn plain(a: &[u8], b: &[u8]) -> Vec<u32> {
        let mut rows = vec![(0..=b.len() as u32).collect::<Vec<_>>()];
        for i in 1..=a.len() {
            let mut row = vec![i as u32];
            for j in 1..=b.len() {
                let cost = u32::from(a[i - 1] != b[j - 1]);
                let mut best =
                    (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + cost);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                row.push(best);
            }
            rows.push(row);
        }
        rows[a.len()].clone()
    }

    #[test]
    fn the_distance_is_that_of_the_table() {
        let words: [&[u8]; 9] = [
            b"long_hair",
            b"logn_hair",
            b"lon_ghair",
            b"hair",
            b"a",
            b"ab",
            b"ba",
            b"twintails",
            b"abababababababababababababababababababababababababababababababab",
        ];
        for a in words {
            for b in words {
                let Some(pattern) = Pattern::new(a) else { panic!("{a:?}") };
                let want = plain(a, b);
                let fewest = want.iter().copied().min().unwrap_or(0);
                let four = [(want[b.len()], fewest); SIDE_BY_SIDE];
                assert_eq!(pattern.distances_to([b; SIDE_BY_SIDE]), four);
                assert_eq!(pattern.side_by_side([b; SIDE_BY_SIDE]), four);
            }
        }
    }

    #[test]
    fn four_texts_are_compared_each_by_itself() {
        let Some(pattern) = Pattern::new(b"long_hair") else { panic!("long_hair") };
        let texts: [&[u8]; SIDE_BY_SIDE] = [b"logn_hair", b"lon_ghair", b"short_hat", b"long_hair"];
        let whole = pattern.distances_to(texts).map(|(whole, _)| whole);
        assert_eq!(whole, texts.map(|text| plain(b"long_hair", text)[text.len()]));
    }
}
