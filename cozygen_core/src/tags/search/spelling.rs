//! Misspelt queries: whole names within two edits, so that an edit may cross a
//! word's border; then the words one by one, the last one perhaps unfinished.

use std::hint::black_box;
use std::ops::Range;

use hashbrown::HashMap;

use super::super::build::{MAX_SPELL, MIN_SPELL, letter_mask};
use super::super::index::Lengths;
use super::super::normal::is_word_byte;
use super::found::Found;
use super::osa::{Pattern, SIDE_BY_SIDE};
use super::query::Query;
use super::{CORRECTIONS, Search, Tier, Via};

/// Corrections of one word that are tried.
const PER_WORD: usize = 5;
/// Words beyond these are not corrected.
const WORDS: usize = 5;
/// An unfinished word is completed only to words of tags this popular.
const POPULAR_TAGS: usize = 65_536;
/// A further edit costs as much as 2^10 times the popularity.
const EDIT: f32 = 10.0;
/// A whole name with such a score was surely meant: one edit from a tag of a thousand posts.
const CONVINCING: f32 = 0.0;
/// A wrong first letter is rare.
const FIRST_LETTER: f32 = 3.0;

/// Texts that are fetched together: the memory answers many questions at once, but slowly.
const BATCH: usize = 24;

/// A correction: the lower the better.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Candidate {
    score: f32,
    edits: u32,
    at: u32,
}

impl Search<'_> {
    /// Corrections of the whole name, and of its words unless a popular tag is near enough.
    pub fn spelling(&self, query: &Query<'_>, found: &mut Found<'_>) {
        let mut near = self.near_names(query.bytes(), found);
        let best = near.iter().map(|name| name.score).fold(f32::MAX, f32::min);
        if best > CONVINCING {
            let more = self.word_by_word(query, &near, found);
            near.extend(more);
        }
        push_best(near, found);
    }

    /// Tags with a name within two edits of `text` (one if it is short).
    pub fn whole_names(&self, text: &[u8], found: &mut Found<'_>) {
        push_best(self.near_names(text, found), found);
    }

    fn near_names(&self, text: &[u8], found: &Found<'_>) -> Vec<Candidate> {
        let edits = allowed(text.len());
        let mut near = Vec::new();
        let Some(pattern) = Pattern::new(text) else { return near };
        let mask = letter_mask(text);
        for length in text.len().saturating_sub(edits as usize)..=text.len() + edits as usize {
            let bounds = bounds(edits, text.len(), length);
            let names = self.view.spelling;
            let rows = near_texts(names, names.of(length), mask, bounds);
            let places = rows.map(|row| (row, self.view.row_at[row as usize] as usize));
            each_edit(self.view.text, &pattern, length, places, |row, (distance, _)| {
                if distance > edits {
                    return;
                }
                let tag = self.view.tag_of(row);
                if found.filter.admits(tag) && !found.has(tag) {
                    let score = self.score(distance, text, self.view.row(row), tag);
                    near.push(Candidate { score, edits: distance, at: row });
                }
            });
        }
        near
    }

    fn score(&self, distance: u32, typed: &[u8], text: &[u8], tag: u32) -> f32 {
        let other_first = if typed.first() == text.first() { 0.0 } else { FIRST_LETTER };
        distance as f32 * EDIT + other_first - self.popularity(tag)
    }

    fn popularity(&self, tag: u32) -> f32 {
        (self.view.count[tag as usize] as f32 + 1.0).log2()
    }

    /// Replace each word by what it may have meant, and look for the words again: the most
    /// promising first, until no other can come among the best of these and the names `near`.
    fn word_by_word(
        &self,
        query: &Query<'_>,
        near: &[Candidate],
        found: &Found<'_>,
    ) -> Vec<Candidate> {
        let tokens = &query.tokens[..query.tokens.len().min(WORDS)];
        let mut best = Best::default();
        near.iter().for_each(|name| best.note(self.view.tag_of(name.at), name.score));
        let mut rows: HashMap<u32, f32> = HashMap::new();
        for (promise, i, word) in self.tries(tokens) {
            if promise > best.worst() {
                break;
            }
            let mut words = tokens.to_vec();
            words[i] = self.word_at(word.at);
            let mut some = found.apart(CORRECTIONS);
            self.words_as(&words, (Tier::Typo, Via::Spelling), &mut some);
            for hit in some.hits.iter().filter(|hit| !found.has(hit.tag)) {
                let score = word.edits as f32 * EDIT - self.popularity(hit.tag);
                let old = rows.entry(hit.row).or_insert(score);
                *old = old.min(score);
                best.note(hit.tag, score);
            }
        }
        rows.into_iter().map(|(at, score)| Candidate { score, edits: 0, at }).collect()
    }

    /// Which word may stand for which token, with the best score that a tag with it can have: that of
    /// the most popular one. The best come first.
    fn tries(&self, tokens: &[&[u8]]) -> Vec<(f32, usize, Candidate)> {
        let mut tries = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            for word in self.near_words(token, i + 1 == tokens.len()) {
                let tag = self.view.tag_of(self.view.row_of(word.at));
                tries.push((word.edits as f32 * EDIT - self.popularity(tag), i, word));
            }
        }
        tries.sort_by(|a, b| a.0.total_cmp(&b.0));
        tries
    }

    /// The words nearest to `token`; a last word may be unfinished.
    fn near_words(&self, token: &[u8], last: bool) -> Vec<Candidate> {
        let mut near = Vec::new();
        let edits = allowed(token.len());
        let Some(pattern) = Pattern::new(token) else { return near };
        if token.len() < MIN_SPELL {
            return near;
        }
        let shortest = token.len().saturating_sub(edits as usize);
        let longest = if last { MAX_SPELL } else { token.len() + edits as usize };
        for length in shortest..=longest {
            let compared = length.min(token.len() + edits as usize);
            let words = self.words_of_length(length, token, edits, last);
            let places = words.map(|at| (at, at as usize));
            each_edit(self.view.text, &pattern, compared, places, |at, (whole, fewest)| {
                let distance = if last { fewest } else { whole };
                if distance <= edits && distance > 0 {
                    let word = &self.view.text[at as usize..at as usize + length];
                    near.push(self.word_candidate(distance, token, word, at));
                }
            });
        }
        near.sort_by(|a, b| a.score.total_cmp(&b.score));
        near.truncate(PER_WORD);
        near
    }

    fn word_candidate(&self, distance: u32, token: &[u8], word: &[u8], at: u32) -> Candidate {
        let tag = self.view.tag_of(self.view.row_of(at));
        Candidate { score: self.score(distance, token, word, tag), edits: distance, at }
    }

    /// The words of a length that `token` may have meant by their letters; of those that are much
    /// longer than it only the popular ones.
    fn words_of_length(
        &self,
        length: usize,
        token: &[u8],
        edits: u32,
        last: bool,
    ) -> impl Iterator<Item = u32> {
        let words = self.view.vocabulary;
        let mut range = words.of(length);
        let bounds = if !last {
            bounds(edits, token.len(), length)
        } else if length <= token.len() + edits as usize {
            (edits, edits)
        } else {
            let end = self.popular_end();
            range.end = range.start + words.at[range.clone()].partition_point(|&at| at < end);
            (edits, ANY)
        };
        near_texts(words, range, letter_mask(token), bounds)
    }

    /// Where in the text the popular tags end.
    fn popular_end(&self) -> u32 {
        let row = self.view.tag_row.get(POPULAR_TAGS);
        row.map_or(u32::MAX, |&row| self.view.row_at[row as usize])
    }

    /// The word that begins at a position of the text.
    fn word_at(&self, at: u32) -> &[u8] {
        let rest = &self.view.text[at as usize..];
        let len = rest.iter().position(|&b| !is_word_byte(b)).unwrap_or(rest.len());
        &rest[..len]
    }
}

/// Edits allowed in a text of so many letters.
fn allowed(len: usize) -> u32 {
    if len <= 5 { 1 } else { 2 }
}

/// How many letters of a text of `typed` letters may be missing in one of `length` letters that is
/// within `edits`, and how many that one may have beyond: every further letter was added, every
/// missing one taken away, and only what is left of the edits can replace.
fn bounds(edits: u32, typed: usize, length: usize) -> Bounds {
    let more = length.saturating_sub(typed) as u32;
    let fewer = typed.saturating_sub(length) as u32;
    (edits.saturating_sub(more), edits.saturating_sub(fewer))
}

/// Those of a range of texts whose letters may be within `bounds` of `mask`'s.
fn near_texts(
    texts: Lengths<'_>,
    range: Range<usize>,
    mask: u64,
    bounds: Bounds,
) -> impl Iterator<Item = u32> {
    let near = near_masks(&texts.masks[range.clone()], mask, bounds);
    near.into_iter().map(move |i| texts.at[range.start + i as usize])
}

/// Call `take` with the distances of each of `places` (a number and where its text begins), of whose
/// texts `length` letters are compared. They lie far apart and are asked for together.
fn each_edit(
    text: &[u8],
    pattern: &Pattern,
    length: usize,
    mut places: impl Iterator<Item = (u32, usize)>,
    mut take: impl FnMut(u32, (u32, u32)),
) {
    let mut batch = [(0u32, 0usize); BATCH];
    loop {
        let mut count = 0;
        for (slot, place) in batch.iter_mut().zip(&mut places) {
            *slot = place;
            count += 1;
        }
        black_box(batch[..count].iter().fold(0, |all, &(_, start)| all ^ text[start]));
        for four in batch[..count].chunks(SIDE_BY_SIDE) {
            // The first stands in for those that the last four lack.
            let start = |i: usize| four.get(i).unwrap_or(&four[0]).1;
            let texts = std::array::from_fn(|i| &text[start(i)..start(i) + length]);
            let distances = pattern.distances_to(texts);
            four.iter().zip(distances).for_each(|(&(number, _), found)| take(number, found));
        }
        if count < BATCH {
            return;
        }
    }
}

/// Letters that may be missing, and letters that may be there beyond.
type Bounds = (u32, u32);
/// Any number of letters.
const ANY: u32 = 64;

/// Places in `masks` that differ from `mask` within `bounds`.
fn near_masks(masks: &[u64], mask: u64, bounds: Bounds) -> Vec<u32> {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, as was just asked.
        return unsafe { near_masks_avx2(masks, mask, bounds) };
    }
    compare_masks(masks, mask, bounds)
}

/// The same code, compiled for registers four times as wide.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn near_masks_avx2(masks: &[u64], mask: u64, bounds: Bounds) -> Vec<u32> {
    compare_masks(masks, mask, bounds)
}

#[inline(always)]
fn compare_masks(masks: &[u64], mask: u64, bounds: Bounds) -> Vec<u32> {
    match bounds {
        (0, 1) => compare::<0, 1>(masks, mask),
        (1, 1) => compare::<1, 1>(masks, mask),
        (1, 0) => compare::<1, 0>(masks, mask),
        (0, 2) => compare::<0, 2>(masks, mask),
        (1, 2) => compare::<1, 2>(masks, mask),
        (2, 2) => compare::<2, 2>(masks, mask),
        (2, 1) => compare::<2, 1>(masks, mask),
        (2, 0) => compare::<2, 0>(masks, mask),
        (1, ANY) => compare::<1, ANY>(masks, mask),
        _ => compare::<2, ANY>(masks, mask),
    }
}

#[inline(always)]
fn compare<const MISSING: u32, const BEYOND: u32>(masks: &[u64], mask: u64) -> Vec<u32> {
    let mut near = Vec::new();
    let (blocks, rest) = masks.as_chunks::<16>();
    for (block, others) in blocks.iter().enumerate() {
        // A loop, not `map`: only what stands in this very function is compiled for wide registers.
        let mut beyond = [0u64; 16];
        let mut hit = false;
        for (slot, &other) in beyond.iter_mut().zip(others) {
            *slot = outside::<MISSING, BEYOND>(mask, other);
            hit |= *slot == 0;
        }
        if hit {
            let hits = (0..16).filter(|&i| beyond[i] == 0);
            near.extend(hits.map(|i| (block * 16 + i) as u32));
        }
    }
    let from = masks.len() - rest.len();
    let hits = (0..rest.len()).filter(|&i| outside::<MISSING, BEYOND>(mask, rest[i]) == 0);
    near.extend(hits.map(|i| (from + i) as u32));
    near
}

/// Nonzero if more letters than allowed are in one and not in the other.
#[inline(always)]
fn outside<const MISSING: u32, const BEYOND: u32>(mask: u64, other: u64) -> u64 {
    let (mut missing, mut beyond) = (mask & !other, other & !mask);
    for _ in 0..MISSING {
        missing &= missing.wrapping_sub(1);
    }
    if BEYOND == ANY {
        return missing;
    }
    for _ in 0..BEYOND {
        beyond &= beyond.wrapping_sub(1);
    }
    missing | beyond
}

/// The best score of each of several tags.
#[derive(Debug, Default)]
struct Best(HashMap<u32, f32>);

impl Best {
    fn note(&mut self, tag: u32, score: f32) {
        let old = self.0.entry(tag).or_insert(score);
        *old = old.min(score);
    }

    /// The score that is good enough to be answered.
    fn worst(&self) -> f32 {
        let mut scores: Vec<f32> = self.0.values().copied().collect();
        if scores.len() < CORRECTIONS {
            return f32::INFINITY;
        }
        *scores.select_nth_unstable_by(CORRECTIONS - 1, f32::total_cmp).1
    }
}

fn push_best(mut near: Vec<Candidate>, found: &mut Found<'_>) {
    near.sort_by(|a, b| a.score.total_cmp(&b.score).then(a.at.cmp(&b.at)));
    let mut left = CORRECTIONS;
    for candidate in near {
        if left == 0 || found.full() {
            return;
        }
        let before = found.len();
        found.push(candidate.at, Tier::Typo, Via::Spelling);
        left -= found.len() - before;
    }
}
