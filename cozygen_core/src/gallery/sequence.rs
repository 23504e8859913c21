//! A long sorted list of row numbers in shared chunks: a copy costs only its
//! spine, so that a reader's snapshot survives changes almost for free.

use std::cmp::Ordering;
use std::sync::Arc;

const CHUNK: usize = 1024;

/// Row numbers in some order.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    chunks: Vec<Arc<Vec<u32>>>,
    /// `starts[i]` is the position of the first row of chunk `i`.
    starts: Vec<u32>,
    len: usize,
}

impl Sequence {
    /// A sequence over rows that are already in order.
    pub fn from_sorted(rows: &[u32]) -> Self {
        let chunks = rows.chunks(CHUNK).map(|chunk| Arc::new(chunk.to_vec())).collect();
        let mut sequence = Self { chunks, ..Self::default() };
        sequence.restart(0);
        sequence
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The row at `position`.
    pub fn get(&self, position: usize) -> Option<u32> {
        if position >= self.len {
            return None;
        }
        let chunk = self.chunk_at(position);
        self.chunks[chunk].get(position - self.starts[chunk] as usize).copied()
    }

    /// Rows from `offset` on.
    pub fn iter_from(&self, offset: usize) -> impl Iterator<Item = u32> + '_ {
        let first = if offset < self.len { self.chunk_at(offset) } else { self.chunks.len() };
        let skip = self.starts.get(first).map_or(0, |start| offset - *start as usize);
        self.chunks[first..].iter().flat_map(|chunk| chunk.iter().copied()).skip(skip)
    }

    /// How many rows `before` holds for; they must come first.
    pub fn partition_point(&self, mut before: impl FnMut(u32) -> bool) -> usize {
        let chunk = self.chunks.partition_point(|chunk| before(chunk[0]));
        let Some(chunk) = chunk.checked_sub(1) else { return 0 };
        let inside = self.chunks[chunk].partition_point(|row| before(*row));
        self.starts[chunk] as usize + inside
    }

    /// Put `row` where `order` says.
    pub fn insert(&mut self, row: u32, order: impl Fn(u32, u32) -> Ordering) {
        let position = self.partition_point(|other| order(other, row).is_lt());
        if self.chunks.is_empty() {
            self.chunks.push(Arc::new(Vec::with_capacity(CHUNK)));
            self.starts.push(0);
        }
        let chunk = self.chunk_for_insert(position);
        let inside = position - self.starts[chunk] as usize;
        Arc::make_mut(&mut self.chunks[chunk]).insert(inside, row);
        self.after_insert(chunk);
    }

    /// Take `row` out; `order` must still place it where it is.
    pub fn remove(&mut self, row: u32, order: impl Fn(u32, u32) -> Ordering) -> bool {
        let position = self.partition_point(|other| order(other, row).is_lt());
        if self.get(position) != Some(row) {
            return false;
        }
        let chunk = self.chunk_at(position);
        let inside = position - self.starts[chunk] as usize;
        Arc::make_mut(&mut self.chunks[chunk]).remove(inside);
        self.len -= 1;
        if self.chunks[chunk].is_empty() {
            self.chunks.remove(chunk);
            self.starts.remove(chunk);
        } else {
            self.shift(chunk + 1, -1);
            return true;
        }
        self.shift(chunk, -1);
        true
    }

    /// All rows in order.
    pub fn to_vec(&self) -> Vec<u32> {
        self.iter_from(0).collect()
    }

    fn chunk_at(&self, position: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= position) - 1
    }

    fn chunk_for_insert(&self, position: usize) -> usize {
        if position >= self.len { self.chunks.len() - 1 } else { self.chunk_at(position) }
    }

    fn after_insert(&mut self, chunk: usize) {
        self.len += 1;
        if self.chunks[chunk].len() < 2 * CHUNK {
            self.shift(chunk + 1, 1);
            return;
        }
        let upper = Arc::make_mut(&mut self.chunks[chunk]).split_off(CHUNK);
        self.chunks.insert(chunk + 1, Arc::new(upper));
        self.restart(chunk);
    }

    fn shift(&mut self, from: usize, by: i32) {
        for start in &mut self.starts[from..] {
            *start = start.wrapping_add_signed(by);
        }
    }

    fn restart(&mut self, from: usize) {
        self.starts.truncate(from);
        let mut at = match from.checked_sub(1) {
            Some(last) => self.starts[last] as usize + self.chunks[last].len(),
            None => 0,
        };
        for chunk in &self.chunks[from..] {
            self.starts.push(at as u32);
            at += chunk.len();
        }
        self.len = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behaves_as_a_sorted_vector_under_many_changes() {
        let order = |a: u32, b: u32| a.cmp(&b);
        let start: Vec<u32> = (0..5000).map(|n| n * 4).collect();
        let (mut sequence, mut plain) = (Sequence::from_sorted(&start), start);
        let mut seed = 7u32;
        for step in 0..20_000 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let value = (seed >> 8) % 20_000;
            match plain.binary_search(&value) {
                Ok(at) if step % 3 != 0 => {
                    plain.remove(at);
                    assert!(sequence.remove(value, order));
                }
                Ok(_) => {}
                Err(at) => {
                    plain.insert(at, value);
                    sequence.insert(value, order);
                }
            }
        }
        assert_eq!(sequence.to_vec(), plain);
        assert_eq!(sequence.len(), plain.len());
        for position in (0..plain.len()).step_by(777) {
            assert_eq!(sequence.get(position), Some(plain[position]));
            assert_eq!(sequence.iter_from(position).next(), Some(plain[position]));
        }
        assert_eq!(sequence.get(plain.len()), None);
        assert_eq!(sequence.iter_from(plain.len() + 5).next(), None);
    }

    #[test]
    fn a_copy_does_not_see_later_changes() {
        let order = |a: u32, b: u32| a.cmp(&b);
        let mut sequence = Sequence::from_sorted(&(0..3000).collect::<Vec<_>>());
        let copy = sequence.clone();
        assert!(sequence.remove(5, order));
        assert!(!sequence.remove(5, order));
        assert_eq!((copy.len(), copy.get(5), sequence.get(5)), (3000, Some(5), Some(6)));
    }

    #[test]
    fn the_last_row_can_leave() {
        let order = |a: u32, b: u32| a.cmp(&b);
        let mut sequence = Sequence::default();
        sequence.insert(9, order);
        assert!(sequence.remove(9, order));
        assert!(sequence.is_empty());
        sequence.insert(3, order);
        assert_eq!(sequence.to_vec(), [3]);
    }
}
