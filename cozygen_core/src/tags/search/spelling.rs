//! Misspelt queries: whole names within two edits, so that an edit may cross a
//! word's border; then the words one by one, the last one perhaps unfinished.

use hashbrown::HashMap;

use super::super::build::{MAX_SPELL, MIN_SPELL, letter_mask};
use super::super::index::Lengths;
use super::super::normal::is_word_byte;
use super::found::Found;
use super::osa::Pattern;
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
            near.extend(self.word_by_word(query, found));
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
        let lengths = text.len().saturating_sub(edits as usize)..=text.len() + edits as usize;
        for length in lengths {
            each_near(self.view.spelling, length, letter_mask(text), edits, |row| {
                let tag = self.view.tag_of(row);
                if !found.filter.admits(tag) || found.has(tag) {
                    return;
                }
                let name = self.view.row(row);
                let (distance, _) = pattern.distances(name);
                if distance <= edits {
                    let score = self.score(distance, text, name, tag);
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

    /// Replace each word by what it may have meant, and look for the words again.
    fn word_by_word(&self, query: &Query<'_>, found: &Found<'_>) -> Vec<Candidate> {
        let tokens = &query.tokens[..query.tokens.len().min(WORDS)];
        let mut best: HashMap<u32, f32> = HashMap::new();
        for (i, token) in tokens.iter().enumerate() {
            let last = i + 1 == tokens.len();
            for word in self.near_words(token, last) {
                let mut words = tokens.to_vec();
                words[i] = self.word_at(word.at);
                let mut some = found.apart(CORRECTIONS);
                self.words_as(&words, (Tier::Typo, Via::Spelling), &mut some);
                for hit in some.hits.iter().filter(|hit| !found.has(hit.tag)) {
                    let score = word.edits as f32 * EDIT - self.popularity(hit.tag);
                    let old = best.entry(hit.row).or_insert(score);
                    *old = old.min(score);
                }
            }
        }
        best.into_iter().map(|(at, score)| Candidate { score, edits: 0, at }).collect()
    }

    /// The words nearest to `token`; a last word may be unfinished.
    fn near_words(&self, token: &[u8], last: bool) -> Vec<Candidate> {
        let mut near = Vec::new();
        let edits = allowed(token.len());
        let Some(pattern) = Pattern::new(token) else { return near };
        if token.len() < MIN_SPELL {
            return near;
        }
        let longest = if last { MAX_SPELL } else { token.len() + edits as usize };
        let popular = self
            .view
            .tag_row
            .get(POPULAR_TAGS)
            .map_or(u32::MAX, |&row| self.view.row_at[row as usize]);
        for length in token.len().saturating_sub(edits as usize)..=longest {
            let unfinished = length > token.len() + edits as usize;
            let end = if unfinished { popular } else { u32::MAX };
            self.words_of_length(length, token, edits, unfinished, end, |at| {
                let word = self.word_at(at);
                let (whole, fewest) = pattern.distances(word);
                let distance = if last { fewest } else { whole };
                if distance <= edits && distance > 0 {
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

    fn words_of_length(
        &self,
        length: usize,
        token: &[u8],
        edits: u32,
        unfinished: bool,
        end: u32,
        mut take: impl FnMut(u32),
    ) {
        let words = self.view.vocabulary;
        let mask = letter_mask(token);
        if !unfinished {
            return each_near(words, length, mask, edits, take);
        }
        let range = words.of(length);
        let popular = words.at[range.clone()].partition_point(|&at| at < end);
        for i in range.start..range.start + popular {
            if (mask & !words.masks[i]).count_ones() <= edits {
                take(words.at[i]);
            }
        }
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

/// Call `take` with every text of `length` whose letters may be within `edits` of `mask`'s.
fn each_near(texts: Lengths<'_>, length: usize, mask: u64, edits: u32, take: impl FnMut(u32)) {
    let range = texts.of(length);
    let near = near_masks(&texts.masks[range.clone()], mask, edits);
    near.into_iter().map(|i| texts.at[range.start + i as usize]).for_each(take);
}

/// Places in `masks` that differ from `mask` by at most `edits` (one or two) letters either way.
fn near_masks(masks: &[u64], mask: u64, edits: u32) -> Vec<u32> {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, as was just asked.
        return unsafe { near_masks_avx2(masks, mask, edits) };
    }
    compare_masks(masks, mask, edits)
}

/// The same code, compiled for registers four times as wide.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn near_masks_avx2(masks: &[u64], mask: u64, edits: u32) -> Vec<u32> {
    compare_masks(masks, mask, edits)
}

#[inline(always)]
fn compare_masks(masks: &[u64], mask: u64, edits: u32) -> Vec<u32> {
    if edits == 1 { compare::<1>(masks, mask) } else { compare::<2>(masks, mask) }
}

#[inline(always)]
fn compare<const EDITS: usize>(masks: &[u64], mask: u64) -> Vec<u32> {
    let mut near = Vec::new();
    let (blocks, rest) = masks.as_chunks::<16>();
    for (block, others) in blocks.iter().enumerate() {
        let beyond = others.map(|other| beyond::<EDITS>(mask, other));
        if beyond.contains(&0) {
            let hits = (0..16).filter(|&i| beyond[i] == 0);
            near.extend(hits.map(|i| (block * 16 + i) as u32));
        }
    }
    let from = masks.len() - rest.len();
    let hits = (0..rest.len()).filter(|&i| beyond::<EDITS>(mask, rest[i]) == 0);
    near.extend(hits.map(|i| (from + i) as u32));
    near
}

/// Nonzero if more than `EDITS` letters are in one and not in the other.
#[inline(always)]
fn beyond<const EDITS: usize>(mask: u64, other: u64) -> u64 {
    let (mut missing, mut extra) = (mask & !other, other & !mask);
    for _ in 0..EDITS {
        missing &= missing.wrapping_sub(1);
        extra &= extra.wrapping_sub(1);
    }
    missing | extra
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
