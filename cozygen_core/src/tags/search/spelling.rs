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
/// A wrong first letter is rare.
const FIRST_LETTER: f32 = 3.0;

/// A correction: the lower the better.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Candidate {
    score: f32,
    at: u32,
}

impl Search<'_> {
    /// Corrections of the whole name, then of its words.
    pub fn spelling(&self, query: &Query<'_>, found: &mut Found<'_>) {
        self.whole_names(query.bytes(), found);
        if found.len() < CORRECTIONS {
            self.word_by_word(query, found);
        }
    }

    /// Tags with a name within two edits of `text` (one if it is short).
    pub fn whole_names(&self, text: &[u8], found: &mut Found<'_>) {
        let edits = allowed(text.len());
        let mut near = Vec::new();
        let Some(pattern) = Pattern::new(text) else { return };
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
                    near.push(Candidate { score: self.score(distance, text, name, tag), at: row });
                }
            });
        }
        push_best(near, found);
    }

    fn score(&self, distance: u32, typed: &[u8], text: &[u8], tag: u32) -> f32 {
        let other_first = if typed.first() == text.first() { 0.0 } else { FIRST_LETTER };
        let popularity = (self.view.count[tag as usize] as f32 + 1.0).log2();
        distance as f32 * EDIT + other_first - popularity
    }

    /// Replace each word by what it may have meant, and look for the words again.
    fn word_by_word(&self, query: &Query<'_>, found: &mut Found<'_>) {
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
                    let distance = (word.score / EDIT).floor().max(1.0);
                    let popularity = (self.view.count[hit.tag as usize] as f32 + 1.0).log2();
                    let score = distance * EDIT - popularity;
                    let old = best.entry(hit.row).or_insert(score);
                    *old = old.min(score);
                }
            }
        }
        let near = best.into_iter().map(|(at, score)| Candidate { score, at }).collect();
        push_best(near, found);
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
        for word in &mut near {
            word.score = (word.score + 64.0).max(EDIT);
        }
        near
    }

    fn word_candidate(&self, distance: u32, token: &[u8], word: &[u8], at: u32) -> Candidate {
        let tag = self.view.tag_of(self.view.row_of(at));
        Candidate { score: self.score(distance, token, word, tag), at }
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
fn each_near(texts: Lengths<'_>, length: usize, mask: u64, edits: u32, mut take: impl FnMut(u32)) {
    let range = texts.of(length);
    let masks = &texts.masks[range.clone()];
    for (chunk, block) in masks.chunks(8).enumerate() {
        let mut beyond = [1u64; 8];
        for (slot, &other) in beyond.iter_mut().zip(block) {
            *slot = more_than(mask & !other, edits) | more_than(other & !mask, edits);
        }
        if beyond.iter().all(|&bits| bits != 0) {
            continue;
        }
        for (i, _) in beyond.iter().enumerate().filter(|&(_, &bits)| bits == 0) {
            take(texts.at[range.start + chunk * 8 + i]);
        }
    }
}

/// Nonzero if `bits` has more than `few` (one or two) ones.
#[inline]
fn more_than(bits: u64, few: u32) -> u64 {
    let less = bits & bits.wrapping_sub(1);
    if few == 1 { less } else { less & less.wrapping_sub(1) }
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
