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

    /// Edits to all of `text`, and the fewest to any beginning of it.
    pub fn distances(&self, text: &[u8]) -> (u32, u32) {
        let (mut up, mut down, mut same, mut before) = (u64::MAX, 0u64, 0u64, 0u64);
        let last = 1u64 << (self.len - 1);
        let mut distance = self.len;
        let mut fewest = distance;
        for &byte in text {
            let here = self.places[usize::from(byte & 0x7f)];
            let swapped = ((!same & here) << 1) & before;
            same = ((here & up).wrapping_add(up) ^ up) | here | down | swapped;
            let right = down | !(same | up);
            let left = same & up;
            distance += u32::from(right & last != 0);
            distance -= u32::from(left & last != 0);
            let right = right << 1 | 1;
            up = left << 1 | !(same | right);
            down = right & same;
            before = here;
            fewest = fewest.min(distance);
        }
        (distance, fewest)
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
                let fewest = want.iter().copied().min();
                assert_eq!(
                    (pattern.distances(b).0, Some(pattern.distances(b).1)),
                    (want[b.len()], fewest)
                );
            }
        }
    }
}
