//! The entries in order of popularity, without what is blocked.

use std::cmp::Ordering;
use std::panic::resume_unwind;

use super::super::sources::{Link, SourceReport};
use super::catalog::Catalog;
use super::order::head;

/// What the order of an entry is decided by: the count, then the first letters; rarely all letters.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Ascending: the more posts, the less.
    rarity: u32,
    entry: u32,
    letters: u64,
}

impl Catalog<'_> {
    /// Mark what is explicit, drop what is blocked, sort by popularity.
    pub fn sort(&mut self, reports: &mut [SourceReport]) {
        self.spread_explicit();
        let order = self.in_order(reports);
        let mut places = vec![u32::MAX; self.entries.len()];
        for (new, old) in order.iter().enumerate() {
            places[old.entry as usize] = new as u32;
        }
        self.entries = order.iter().map(|old| self.entries[old.entry as usize]).collect();
        // The hashes stay, so the look-up only learns the new places.
        self.lookup.retain(|id| {
            *id = places[*id as usize];
            *id != u32::MAX
        });
    }

    /// A tag is explicit if it implies one that is.
    fn spread_explicit(&mut self) {
        let implications: Vec<(u32, u32)> = self
            .pairs
            .iter()
            .filter(|pair| pair.kind == Link::Implication)
            .filter_map(|pair| {
                let found = |text| self.find(self.text(text));
                Some((found(pair.from.normal)?, found(pair.to.normal)?))
            })
            .collect();
        loop {
            let mut changed = false;
            for &(from, to) in &implications {
                if self.entries[to as usize].explicit && !self.entries[from as usize].explicit {
                    self.entries[from as usize].explicit = true;
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    fn in_order(&self, reports: &mut [SourceReport]) -> Vec<Place> {
        let mut order: Vec<Place> = Vec::with_capacity(self.entries.len());
        for (place, entry) in self.entries.iter().enumerate() {
            if !entry.signs.block(entry.explicit) {
                let letters = head(self.text(entry.name.normal).as_bytes());
                order.push(Place { rarity: !entry.count, entry: place as u32, letters });
                continue;
            }
            let list = entry.sources.trailing_zeros() as usize;
            if let Some(report) = reports.get_mut(list) {
                report.tags -= 1;
                report.skipped += 1;
            }
        }
        let text = |place: &Place| self.text(self.entries[place.entry as usize].name.normal);
        sorted(order, |a, b| {
            (a.rarity, a.letters).cmp(&(b.rarity, b.letters)).then_with(|| text(a).cmp(text(b)))
        })
    }
}

/// Both halves sorted side by side, then merged.
fn sorted<T: Copy + Send>(
    mut items: Vec<T>,
    order: impl Fn(&T, &T) -> Ordering + Copy + Send + Sync,
) -> Vec<T> {
    let middle = items.len() / 2;
    let (left, right) = items.split_at_mut(middle);
    std::thread::scope(|scope| {
        let side = scope.spawn(move || {
            crate::pool::lower_priority();
            right.sort_unstable_by(order);
        });
        left.sort_unstable_by(order);
        side.join().unwrap_or_else(|panic| resume_unwind(panic));
    });
    let (mut left, mut right) =
        (items[..middle].iter().peekable(), items[middle..].iter().peekable());
    let mut all = Vec::with_capacity(items.len());
    while let (Some(&a), Some(&b)) = (left.peek(), right.peek()) {
        let next = if order(a, b).is_le() { left.next() } else { right.next() };
        all.extend(next);
    }
    all.extend(left);
    all.extend(right);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_halves_make_one_order() {
        for len in [0u32, 1, 2, 3, 1000, 1001] {
            let items: Vec<u32> = (0..len).map(|i| i.wrapping_mul(2_654_435_761) % 97).collect();
            let mut want = items.clone();
            want.sort_unstable();
            assert_eq!(sorted(items, u32::cmp), want);
        }
    }
}
