//! What misspellings are compared with: names and words by length, each with a
//! mask of its letters that rules out most of them in one step.

use std::io::{Result, Seek, Write};

use super::super::cache::{Section, Writer};
use super::super::normal::is_word_byte;
use super::rows::Rows;

/// Shorter texts are not corrected.
pub const MIN_SPELL: usize = 3;
/// Longer ones neither: the distance is computed in one machine word.
pub const MAX_SPELL: usize = 64;

/// Which letters occur, and which occur twice: one edit changes one bit on
/// either side at most.
pub fn mask(text: &[u8]) -> u64 {
    let mut mask = 0;
    for &byte in text {
        let bit = match byte {
            b'a'..=b'z' => byte - b'a',
            b'0'..=b'9' => 26 + (byte - b'0') / 2,
            _ => 31,
        };
        let once = 1u64 << bit;
        mask |= if mask & once == 0 { once } else { once << 32 };
    }
    mask
}

/// Texts sorted by length and then popularity.
pub struct ByLength {
    masks: Vec<u64>,
    at: Vec<u32>,
    /// Where each length begins; lengths 0 to [`MAX_SPELL`] and one more.
    lengths: Vec<u32>,
}

/// Names (as rows) and words (as positions of their first occurrence).
pub struct Spelling {
    pub names: ByLength,
    pub words: ByLength,
}

/// All names that may be corrected to.
pub fn names(rows: &Rows) -> ByLength {
    let names = rows.iter().enumerate().filter(|(_, text)| fits(text));
    by_length(names.map(|(row, text)| (row as u32, text)))
}

/// All such words; `sorted` are the beginnings of all words in the order of what follows.
pub fn words(rows: &Rows, sorted: &[u32]) -> ByLength {
    by_length(vocabulary(&rows.text, sorted).into_iter().filter(|(_, text)| fits(text)))
}

fn fits(text: &[u8]) -> bool {
    (MIN_SPELL..=MAX_SPELL).contains(&text.len()) && text.is_ascii()
}

impl Spelling {
    /// Write both.
    pub fn write<W: Write + Seek>(&self, out: &mut Writer<W>) -> Result<()> {
        out.section(Section::SpellMask, &self.names.masks)?;
        out.section(Section::SpellRow, &self.names.at)?;
        out.section(Section::SpellLength, &self.names.lengths)?;
        out.section(Section::VocabularyMask, &self.words.masks)?;
        out.section(Section::VocabularyAt, &self.words.at)?;
        out.section(Section::VocabularyLength, &self.words.lengths)
    }
}

/// Every distinct word with the position where the most popular tag has it.
///
/// In sorted order the same word comes in a row, but for longer words that begin
/// with it (`hair`, `hair2`, `hair`): those lie on a stack above it meanwhile.
fn vocabulary<'t>(text: &'t [u8], sorted: &[u32]) -> Vec<(u32, &'t [u8])> {
    let mut words: Vec<(u32, &[u8])> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for &at in sorted {
        let word = word_at(text, at as usize);
        while open.last().is_some_and(|&id| !word.starts_with(words[id].1)) {
            open.pop();
        }
        match open.last() {
            Some(&id) if words[id].1.len() == word.len() => words[id].0 = words[id].0.min(at),
            _ => {
                open.push(words.len());
                words.push((at, word));
            }
        }
    }
    words
}

/// The word that begins at `at`.
pub fn word_at(text: &[u8], at: usize) -> &[u8] {
    let rest = &text[at..];
    let end = rest.iter().position(|&b| !is_word_byte(b));
    &rest[..end.unwrap_or(rest.len())]
}

/// Sorted by counting: there are few lengths, and rows come in order of popularity already.
fn by_length<'t>(texts: impl Iterator<Item = (u32, &'t [u8])>) -> ByLength {
    let mut found: Vec<(u8, u32, u64)> =
        texts.map(|(at, text)| (text.len() as u8, at, mask(text))).collect();
    if !found.is_sorted_by_key(|&(_, at, _)| at) {
        found.sort_unstable_by_key(|&(_, at, _)| at);
    }
    let mut lengths = vec![0u32; MAX_SPELL + 2];
    for &(len, ..) in &found {
        lengths[usize::from(len) + 1] += 1;
    }
    for len in 1..lengths.len() {
        lengths[len] += lengths[len - 1];
    }
    let (mut masks, mut places) = (vec![0; found.len()], vec![0; found.len()]);
    let mut next = lengths.clone();
    for (len, at, mask) in found {
        let place = &mut next[usize::from(len)];
        (masks[*place as usize], places[*place as usize]) = (mask, at);
        *place += 1;
    }
    ByLength { masks, at: places, lengths }
}

#[cfg(test)]
mod tests {
    use super::super::super::normal::starts_word;
    use super::*;

    #[test]
    fn each_word_is_there_once_where_it_is_first() {
        let text = b"\nhair\nhair2_x\nlong-hair\nhair:d\nha\nhair_hair2\nhair0\nx\n";
        let mut sorted: Vec<u32> =
            (1..text.len()).filter(|&at| starts_word(text, at)).map(|at| at as u32).collect();
        sorted.sort_by_key(|&at| &text[at as usize..]);
        let mut got = vocabulary(text, &sorted);
        got.sort_unstable();
        let words: [&[u8]; 7] = [b"hair", b"hair2", b"x", b"long", b"d", b"ha", b"hair0"];
        let first = |word: &[u8]| {
            (1..text.len()).find(|&at| starts_word(text, at) && word_at(text, at) == word)
        };
        let want: Vec<(u32, &[u8])> =
            words.iter().filter_map(|word| Some((first(word)? as u32, *word))).collect();
        assert_eq!(got, want);
    }
}
