//! The rows that hold all tokens, popular ones first.

use std::hint::black_box;

use memchr::memmem::Finder;

use super::super::grams::{Known, Rows};
use super::Search;
use super::occurs::holds;

/// A second list narrows the first only if it is not this many times longer.
const NARROWING: u32 = 16;
/// Lists read at once.
const LISTS: usize = 3;
/// Rows whose texts are fetched together: the memory answers many questions at once, but slowly.
pub const BATCH: usize = 24;

/// A row and where its text is.
pub type Place = (u32, (usize, usize));

impl Search<'_> {
    /// Call `take` with every row that holds all tokens, popular ones first,
    /// until it says that there are enough.
    pub fn each_row(&self, tokens: &[&[u8]], mut take: impl FnMut(u32) -> bool) {
        let grams = self.view.grams;
        if tokens.iter().any(|token| grams.rarest(token) == Known::Nowhere) {
            return;
        }
        let lists = self.lists(tokens);
        let Some((&rarest, others)) = lists.split_first() else { return self.scan(tokens, take) };
        let unsaid = self.unsaid(tokens, &lists);
        let mut others: Vec<Follower<'_>> =
            others.iter().map(|&list| Follower::new(grams.rows(list))).collect();
        let mut rows =
            grams.rows(rarest).filter(|&row| others.iter_mut().all(|list| list.reaches(row)));
        let mut batch = [(0, (0, 0)); BATCH];
        loop {
            let places = self.fetch(&mut rows, &mut batch);
            if places.is_empty() {
                return;
            }
            for &(row, range) in places {
                let fits = unsaid.iter().all(|token| holds(self.view.text, range, token));
                if fits && take(row) {
                    return;
                }
            }
        }
    }

    /// The lists to read, the shortest first; empty if all tokens are nearly everywhere.
    fn lists(&self, tokens: &[&[u8]]) -> Vec<usize> {
        let grams = self.view.grams;
        let mut lists: Vec<usize> = tokens.iter().flat_map(|token| grams.lists(token)).collect();
        lists.sort_unstable_by_key(|&list| grams.counts[list]);
        lists.dedup();
        let longest = lists.first().map_or(0, |&list| grams.counts[list].saturating_mul(NARROWING));
        lists.retain(|&list| grams.counts[list] <= longest);
        lists.truncate(LISTS);
        lists
    }

    /// The tokens of which the lists say too little; those in no list first, for they decide most.
    fn unsaid<'t>(&self, tokens: &[&'t [u8]], lists: &[usize]) -> Vec<&'t [u8]> {
        let mut left: Vec<(bool, &[u8])> = tokens
            .iter()
            .map(|&token| (matches!(self.view.grams.rarest(token), Known::List(_)), token))
            .filter(|(_, token)| {
                let mut own = self.view.grams.lists(token);
                !(token.len() <= 3 && own.next().is_some_and(|list| lists.contains(&list)))
            })
            .collect();
        left.sort_by_key(|(listed, _)| *listed);
        left.into_iter().map(|(_, token)| token).collect()
    }

    /// The next rows with their places. Their texts lie far apart and are asked for together.
    pub fn fetch<'b>(
        &self,
        rows: &mut impl Iterator<Item = u32>,
        batch: &'b mut [Place; BATCH],
    ) -> &'b [Place] {
        let mut count = 0;
        for (place, row) in batch.iter_mut().zip(rows) {
            *place = (row, self.view.row_range(row));
            count += 1;
        }
        let places = &batch[..count];
        let first = |&(_, (start, _)): &Place| self.view.text[start];
        black_box(places.iter().map(first).fold(0, |all, byte| all ^ byte));
        places
    }

    /// Read the text from the top: for tokens so short that they are nearly everywhere.
    fn scan(&self, tokens: &[&[u8]], mut take: impl FnMut(u32) -> bool) {
        let rows = |token: &&&[u8]| self.view.grams.rows_with(token);
        let Some(rarest) = tokens.iter().min_by_key(rows) else { return };
        let finder = Finder::new(rarest);
        let mut from = 0;
        while let Some(hit) = finder.find(&self.view.text[from..]) {
            let row = self.view.row_of((from + hit) as u32);
            let range = self.view.row_range(row);
            if tokens.iter().all(|token| holds(self.view.text, range, token)) && take(row) {
                return;
            }
            from = self.view.row_at[row as usize + 1] as usize;
        }
    }
}

/// A list read along with a rarer one.
struct Follower<'a> {
    rows: Rows<'a>,
    now: Option<u32>,
}

impl<'a> Follower<'a> {
    fn new(mut rows: Rows<'a>) -> Self {
        let now = rows.next();
        Self { rows, now }
    }

    /// Is `row` in the list? Rows are asked for in ascending order.
    #[inline]
    fn reaches(&mut self, row: u32) -> bool {
        while self.now.is_some_and(|now| now < row) {
            self.now = self.rows.next();
        }
        self.now == Some(row)
    }
}
