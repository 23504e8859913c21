//! The initials of tags with several words: `evth` for eyes_visible_through_hair.

use std::io::{Result, Seek, Write};

use super::super::cache::{Section, Writer};
use super::super::normal::starts_word;
use super::rows::Rows;

/// Most initials that are kept of one tag.
const LETTERS: usize = 8;

/// Initials as sorted numbers, and whose they are.
pub struct Initials {
    keys: Vec<u64>,
    tags: Vec<u32>,
}

/// Up to eight letters, the first in the highest byte.
pub fn pack(letters: impl Iterator<Item = u8>) -> u64 {
    letters.take(LETTERS).enumerate().fold(0, |key, (i, b)| key | u64::from(b) << (56 - 8 * i))
}

/// The initials of a name in normal form; 0 if it is one word or not ASCII.
pub fn key(name: &[u8]) -> u64 {
    if !name.is_ascii() {
        return 0;
    }
    let starts = (0..name.len()).filter(|&at| starts_word(name, at)).map(|at| name[at]);
    let key = pack(starts);
    if key & 0x00ff_ffff_ffff_ffff == 0 { 0 } else { key }
}

impl Initials {
    /// Of the tags' own names, the popular ones first among equals.
    pub fn new(rows: &Rows) -> Self {
        let mut pairs: Vec<(u64, u32)> = rows
            .tag_row
            .iter()
            .enumerate()
            .map(|(tag, &row)| (key(rows.row(row as usize)), tag as u32))
            .filter(|(key, _)| *key != 0)
            .collect();
        pairs.sort_unstable();
        let (keys, tags) = pairs.into_iter().unzip();
        Self { keys, tags }
    }

    /// Write both columns.
    pub fn write<W: Write + Seek>(&self, out: &mut Writer<W>) -> Result<()> {
        out.section(Section::InitialKeys, &self.keys)?;
        out.section(Section::InitialTags, &self.tags)
    }
}
