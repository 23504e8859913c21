//! The two sorted arrays: where names begin, and where words begin.

use std::io::{Result, Seek, Write};

use super::super::cache::{Section, Writer};
use super::super::normal::starts_word;
use super::super::ordered::mins;
use super::rows::Rows;

/// The sorted positions.
pub struct Orders {
    names: Vec<u32>,
    words: Vec<u32>,
}

/// Sort the beginnings of all names and of all words.
pub fn orders(rows: &Rows) -> Orders {
    let starts = rows.at[..rows.kind.len()].iter().copied();
    let words = (1..rows.text.len() - 1).filter(|&at| starts_word(&rows.text, at));
    Orders {
        names: sorted(&rows.text, starts),
        words: sorted(&rows.text, words.map(|at| at as u32)),
    }
}

/// Sort `positions` by the text behind them: eight bytes decide nearly always.
fn sorted(text: &[u8], positions: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> = positions.map(|at| (head(text, at), at)).collect();
    keyed.sort_unstable_by(|a, b| {
        a.0.cmp(&b.0).then_with(|| text[a.1 as usize..].cmp(&text[b.1 as usize..]))
    });
    keyed.into_iter().map(|(_, at)| at).collect()
}

fn head(text: &[u8], at: u32) -> u64 {
    let rest = &text[at as usize..];
    match rest.first_chunk::<8>() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => rest.iter().fold(0, |key, &b| key << 8 | u64::from(b)) << (64 - 8 * rest.len()),
    }
}

impl Orders {
    /// The beginnings of all words.
    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// Write both with the minima of their blocks.
    pub fn write<W: Write + Seek>(&self, out: &mut Writer<W>) -> Result<()> {
        out.section(Section::NameOrder, &self.names)?;
        out.section(Section::NameMins, &mins(&self.names))?;
        out.section(Section::WordOrder, &self.words)?;
        out.section(Section::WordMins, &mins(&self.words))
    }
}
