//! Initials (`evth`, `/evth`) and the beginnings of words run together (`detco`).

use std::ops::Range;

use super::super::build::{initials_key, pack_initials};
use super::super::normal::starts_word;
use super::found::Found;
use super::holding::{BATCH, Place};
use super::query::Query;
use super::{CORRECTIONS, HANDFUL, Search, Tier, Via};

/// Most initials that are compared.
const LETTERS: usize = 8;
/// So many popular tags of the same initials are looked at.
const LOOKED_AT: usize = 256;
/// Most words that the query is cut into beginnings of.
const MOST_WORDS: usize = 4;
/// Longest query cut into beginnings of words.
const LONGEST: usize = 12;

impl Search<'_> {
    /// `/abbr`: a tag or alias of that very name, then the initials, then what begins with
    /// them, then the letters.
    pub fn abbreviation(&self, query: &Query<'_>, letters: &str, found: &mut Found<'_>) {
        self.exact(query.bytes(), found);
        self.initials(&Query::new(letters), 0, found);
        let low = pack_initials(letters.bytes());
        let end = low | u64::MAX.checked_shr(8 * letters.len().min(LETTERS) as u32).unwrap_or(0);
        let mut tags = self.tags_between(low, end).to_vec();
        tags.sort_unstable();
        self.push_initials(tags.into_iter(), found);
        self.literal(query, found);
    }

    /// Tags of at least `min_count` posts whose initials are the query.
    pub fn initials(&self, query: &Query<'_>, min_count: u32, found: &mut Found<'_>) {
        let letters = query.bytes();
        if !(2..=LETTERS).contains(&letters.len())
            || !letters.iter().all(u8::is_ascii_alphanumeric)
            || found.full()
        {
            return;
        }
        let key = pack_initials(letters.iter().copied());
        let tags = self.tags_between(key, key).iter().copied();
        self.push_initials(
            tags.take_while(|&tag| self.view.count[tag as usize] >= min_count),
            found,
        );
    }

    fn push_initials(&self, tags: impl Iterator<Item = u32>, found: &mut Found<'_>) {
        for tag in tags {
            if found.full() {
                return;
            }
            found.push(self.view.tag_row[tag as usize], Tier::Words, Via::Initials);
        }
    }

    /// The tags whose initials lie between two keys, both included.
    fn tags_between(&self, low: u64, high: u64) -> &[u32] {
        let keys = self.view.initial_keys;
        let from = keys.partition_point(|&key| key < low);
        let len = keys[from..].partition_point(|&key| key <= high);
        &self.view.initial_tags[from..from + len]
    }

    /// Tags whose words, two to four, begin with the pieces of the query in order.
    pub fn subsequence(&self, query: &Query<'_>, found: &mut Found<'_>) {
        let letters = query.bytes();
        let fits = (3..=LONGEST).contains(&letters.len());
        if !fits || !letters.iter().all(u8::is_ascii_alphanumeric) || found.len() >= HANDFUL {
            return;
        }
        let mut tags = Vec::new();
        let keys = self.view.initial_keys;
        let all = self.keys_behind(0..keys.len(), 0, 0, letters[0]);
        self.cut(letters, &mut vec![0], all, &mut tags);
        tags.sort_unstable();
        tags.dedup();
        let rows = tags.iter().map(|&tag| self.view.tag_row[tag as usize]);
        let mut left = CORRECTIONS;
        for row in rows {
            if left == 0 || found.full() {
                return;
            }
            let before = found.len();
            found.push(row, Tier::Typo, Via::Subsequence);
            left -= found.len() - before;
        }
    }

    /// Try every way to cut the query behind the cuts made so far; `range` are the initials that
    /// begin with the letters at the cuts.
    fn cut(&self, letters: &[u8], cuts: &mut Vec<usize>, range: Range<usize>, tags: &mut Vec<u32>) {
        let key = pack_initials(cuts.iter().map(|&at| letters[at]));
        if cuts.len() > 1 {
            let same = self.view.initial_keys[range.clone()].partition_point(|&other| other == key);
            let same = &self.view.initial_tags[range.clone()][..same.min(LOOKED_AT)];
            self.beginning(same, letters, cuts, tags);
        }
        if cuts.len() == MOST_WORDS {
            return;
        }
        let from = cuts.last().map_or(1, |last| last + 1);
        for at in from..letters.len() {
            let behind = self.keys_behind(range.clone(), key, cuts.len(), letters[at]);
            if !behind.is_empty() {
                cuts.push(at);
                self.cut(letters, cuts, behind, tags);
                cuts.pop();
            }
        }
    }

    /// Those of a range of keys, all of which begin with the first `known` letters of `key`, that
    /// go on with `letter`.
    fn keys_behind(&self, range: Range<usize>, key: u64, known: usize, letter: u8) -> Range<usize> {
        let shift = 56 - 8 * known;
        let low = key | u64::from(letter) << shift;
        let high = low | ((1 << shift) - 1);
        let keys = &self.view.initial_keys[range.clone()];
        let from = keys.partition_point(|&other| other < low);
        let len = keys[from..].partition_point(|&other| other <= high);
        range.start + from..range.start + from + len
    }

    /// Keep those of `same` whose words begin with the pieces between the cuts.
    fn beginning(&self, same: &[u32], letters: &[u8], cuts: &[usize], tags: &mut Vec<u32>) {
        let mut rows = same.iter().map(|&tag| self.view.tag_row[tag as usize]);
        let mut batch = [(0, (0, 0)); BATCH];
        loop {
            let places = self.fetch(&mut rows, &mut batch);
            let fits =
                |&&(_, (start, end)): &&Place| begins(&self.view.text[start..end], letters, cuts);
            tags.extend(places.iter().filter(fits).map(|&(row, _)| self.view.tag_of(row)));
            if places.len() < BATCH {
                return;
            }
        }
    }
}

/// Do the words of `name` begin with the pieces between the cuts?
fn begins(name: &[u8], letters: &[u8], cuts: &[usize]) -> bool {
    debug_assert_ne!(initials_key(name), 0);
    let words = (0..name.len()).filter(|&at| starts_word(name, at));
    let ends = cuts.iter().skip(1).copied().chain(std::iter::once(letters.len()));
    let pieces = cuts.iter().zip(ends).map(|(&from, to)| &letters[from..to]);
    words.zip(pieces).all(|(at, piece)| name[at..].starts_with(piece))
}
