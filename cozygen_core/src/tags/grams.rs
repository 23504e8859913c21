//! Which rows hold which three (or two) bytes in a row: lists of row numbers,
//! ascending, as variable-length differences.

use std::io::{Seek, Write};

use super::cache::{Section, Writer};

/// Two-byte pairs get a list only below so many rows; others are found by reading on.
const DENSE_PAIR: u32 = 24_000;
/// Marks the key of a pair.
const PAIR: u32 = 1 << 24;

/// The lists.
#[derive(Debug, Clone, Copy)]
pub struct Grams<'a> {
    /// Keys, ascending.
    pub keys: &'a [u32],
    /// Where each list begins in `data`; one more at the end.
    pub starts: &'a [u32],
    /// Rows in each list.
    pub counts: &'a [u32],
    /// The lists.
    pub data: &'a [u8],
    /// Rows with each pair that has no list because it is dense; 0 if it is absent (65,536 pairs).
    pub dense: &'a [u32],
}

/// What is known of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// In no row.
    Nowhere,
    /// In too many rows to list, or too short.
    Dense,
    /// In the rows of this list.
    List(usize),
}

impl<'a> Grams<'a> {
    /// The rarest list among the pieces of `token`.
    pub fn rarest(self, token: &[u8]) -> Known {
        let mut best = Known::Dense;
        for key in keys(token) {
            match (self.find(key), best) {
                (Known::Nowhere, _) => return Known::Nowhere,
                (Known::List(at), Known::List(old)) if self.counts[at] >= self.counts[old] => {}
                (found @ Known::List(_), _) => best = found,
                (Known::Dense, _) => {}
            }
        }
        best
    }

    /// All lists of the pieces of `token`.
    pub fn lists(self, token: &[u8]) -> impl Iterator<Item = usize> {
        keys(token).filter_map(move |key| match self.find(key) {
            Known::List(at) => Some(at),
            _ => None,
        })
    }

    fn find(self, key: u32) -> Known {
        match self.keys.binary_search(&key) {
            Ok(at) => Known::List(at),
            Err(_) if key & PAIR != 0 && self.is_dense(key & 0xffff) => Known::Dense,
            Err(_) => Known::Nowhere,
        }
    }

    fn is_dense(self, pair: u32) -> bool {
        self.dense[pair as usize] > 0
    }

    /// About how many rows a short, dense token is in.
    pub fn rows_with(self, token: &[u8]) -> u32 {
        match *token {
            [a, b] => self.dense[usize::from(a) << 8 | usize::from(b)],
            _ => u32::MAX,
        }
    }

    /// The rows of a list.
    pub fn rows(self, list: usize) -> Rows<'a> {
        let bytes = &self.data[self.starts[list] as usize..self.starts[list + 1] as usize];
        Rows { bytes, row: 0, first: true }
    }
}

/// The rows of one list, ascending.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    bytes: &'a [u8],
    row: u32,
    first: bool,
}

impl Iterator for Rows<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let (&byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        let mut step = u32::from(byte & 0x7f);
        if byte >= 0x80 {
            step = self.wide(step);
        }
        self.row = if self.first { step } else { self.row + step };
        self.first = false;
        Some(self.row)
    }
}

impl Rows<'_> {
    #[cold]
    fn wide(&mut self, mut step: u32) -> u32 {
        let mut shift = 7;
        while let Some((&byte, rest)) = self.bytes.split_first() {
            self.bytes = rest;
            step |= u32::from(byte & 0x7f).wrapping_shl(shift);
            shift += 7;
            if byte < 0x80 {
                break;
            }
        }
        step
    }
}

/// The keys of a token: its triples, or its one pair.
fn keys(token: &[u8]) -> impl Iterator<Item = u32> {
    let pair = (token.len() == 2).then(|| pair_key(token[0], token[1]));
    token.windows(3).map(triple_key).chain(pair)
}

fn triple_key(w: &[u8]) -> u32 {
    u32::from(w[0]) << 16 | u32::from(w[1]) << 8 | u32::from(w[2])
}

fn pair_key(a: u8, b: u8) -> u32 {
    PAIR | u32::from(a) << 8 | u32::from(b)
}

/// Lists of one kind of piece.
#[derive(Debug, Default)]
pub struct Lists {
    keys: Vec<u32>,
    starts: Vec<u32>,
    counts: Vec<u32>,
    data: Vec<u8>,
    dense: Vec<u32>,
    /// Bytes of all lists.
    end: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// One more than the last row, 0 before the first.
    last: u32,
    rows: u32,
    /// Bytes counted in the first pass, the place to write in the second.
    at: u32,
}

impl Slot {
    /// The difference to write for `row`, `None` if the row is in the list already.
    #[inline]
    fn step(&mut self, row: u32) -> Option<u32> {
        if self.last == row + 1 {
            return None;
        }
        let step = if self.last == 0 { row } else { row + 1 - self.last };
        self.last = row + 1;
        self.rows += 1;
        Some(step)
    }

    #[inline]
    fn count(&mut self, row: u32) {
        if let Some(step) = self.step(row) {
            self.at += width(step);
        }
    }
}

/// The lists of all three bytes in a row; `rows` (without their line ends) in row order.
pub fn triples<'t>(rows: impl Iterator<Item = &'t [u8]> + Clone) -> Lists {
    let mut table = Triples { blocks: vec![NO_BLOCK; 1 << 16], slots: Vec::new() };
    for (row, text) in rows.clone().enumerate() {
        for triple in text.windows(3) {
            let slot = table.slot(triple);
            table.slots[slot].count(row as u32);
        }
    }
    let mut lists = table.lay_out();
    for (row, text) in rows.enumerate() {
        for triple in text.windows(3) {
            let slot = table.slot(triple);
            write_step(&mut table.slots[slot], row as u32, &mut lists.data);
        }
    }
    lists
}

/// The lists of all two bytes in a row that are not dense.
pub fn pairs<'t>(rows: impl Iterator<Item = &'t [u8]> + Clone) -> Lists {
    let mut slots = vec![Slot::default(); 1 << 16];
    for (row, text) in rows.clone().enumerate() {
        for pair in text.windows(2) {
            slots[pair_of(pair)].count(row as u32);
        }
    }
    let mut lists = Lists { dense: vec![0; 1 << 16], ..Lists::default() };
    for (pair, slot) in slots.iter_mut().enumerate().filter(|(_, slot)| slot.rows > 0) {
        if slot.rows > DENSE_PAIR {
            lists.dense[pair] = slot.rows;
            slot.rows = 0;
        } else {
            lists.place(PAIR | pair as u32, slot);
        }
    }
    lists.data = vec![0; lists.end as usize];
    for (row, text) in rows.enumerate() {
        for pair in text.windows(2) {
            let slot = &mut slots[pair_of(pair)];
            if slot.rows > 0 {
                write_step(slot, row as u32, &mut lists.data);
            }
        }
    }
    lists
}

/// Write the sections: the lists of triples, then those of pairs.
pub fn write<W: Write + Seek>(
    out: &mut Writer<W>,
    mut lists: Lists,
    mut pairs: Lists,
) -> std::io::Result<()> {
    lists.starts.extend(pairs.starts.iter().map(|start| start + lists.end));
    lists.starts.push(lists.end + pairs.end);
    lists.keys.append(&mut pairs.keys);
    lists.counts.append(&mut pairs.counts);
    lists.data.append(&mut pairs.data);
    out.section(Section::GramKeys, &lists.keys)?;
    out.section(Section::GramStarts, &lists.starts)?;
    out.section(Section::GramCounts, &lists.counts)?;
    out.section(Section::GramData, &lists.data)?;
    out.section(Section::GramDense, &pairs.dense)
}

/// No block: no triple begins with this pair.
const NO_BLOCK: u32 = u32::MAX;

/// Slots in blocks of 256, one for each pair that begins a triple.
struct Triples {
    blocks: Vec<u32>,
    slots: Vec<Slot>,
}

impl Triples {
    /// Where the slot of a triple is.
    #[inline]
    fn slot(&mut self, triple: &[u8]) -> usize {
        let pair = pair_of(triple);
        let mut block = self.blocks[pair];
        if block == NO_BLOCK {
            block = (self.slots.len() >> 8) as u32;
            self.blocks[pair] = block;
            self.slots.resize(self.slots.len() + 256, Slot::default());
        }
        (block as usize) << 8 | usize::from(triple[2])
    }

    /// Give every list its place, in the order of the keys; slots then hold where to write.
    fn lay_out(&mut self) -> Lists {
        let mut lists = Lists::default();
        let known = self.blocks.iter().enumerate().filter(|(_, block)| **block != NO_BLOCK);
        for (pair, &block) in known {
            let slots = &mut self.slots[(block as usize) << 8..][..256];
            for (last, slot) in slots.iter_mut().enumerate().filter(|(_, slot)| slot.rows > 0) {
                lists.place((pair << 8 | last) as u32, slot);
            }
        }
        lists.data = vec![0; lists.end as usize];
        lists
    }
}

impl Lists {
    fn place(&mut self, key: u32, slot: &mut Slot) {
        self.keys.push(key);
        self.starts.push(self.end);
        self.counts.push(slot.rows);
        let bytes = slot.at;
        *slot = Slot { last: 0, rows: 1, at: self.end };
        self.end += bytes;
    }
}

/// The first two bytes as one number.
#[inline]
fn pair_of(text: &[u8]) -> usize {
    usize::from(text[0]) << 8 | usize::from(text[1])
}

#[inline]
fn write_step(slot: &mut Slot, row: u32, data: &mut [u8]) {
    let Some(mut step) = slot.step(row) else { return };
    while step >= 0x80 {
        data[slot.at as usize] = step as u8 | 0x80;
        slot.at += 1;
        step >>= 7;
    }
    data[slot.at as usize] = step as u8;
    slot.at += 1;
}

fn width(step: u32) -> u32 {
    (32 - (step | 1).leading_zeros()).div_ceil(7)
}

#[cfg(test)]
mod tests {
    use super::super::cache::{self, Sections};
    use super::*;

    #[test]
    fn every_list_holds_exactly_the_rows_with_its_piece() {
        let rows: Vec<String> = (0..900u32)
            .map(|i| format!("row_{}_{}", i * 37 % 900, ["猫耳", "dog", "xx"][i as usize % 3]))
            .collect();
        let path = std::env::temp_dir().join(format!("cozygen-grams-{}", std::process::id()));
        let texts = || rows.iter().map(|row| row.as_bytes());
        cache::write(&path, |out| write(out, triples(texts()), pairs(texts()))).unwrap();
        let built = Sections::open(&path).unwrap();
        let grams = Grams {
            keys: built.slice(Section::GramKeys),
            starts: built.slice(Section::GramStarts),
            counts: built.slice(Section::GramCounts),
            data: built.bytes(Section::GramData),
            dense: built.slice(Section::GramDense),
        };
        std::fs::remove_file(&path).unwrap();
        for piece in ["row", "w_8", "猫", "og", "xx", "_1"] {
            let Known::List(list) = grams.rarest(piece.as_bytes()) else { panic!("{piece}") };
            let got: Vec<u32> = grams.rows(list).collect();
            let want: Vec<u32> = (0..900).filter(|&i| rows[i as usize].contains(piece)).collect();
            assert_eq!(got, want, "{piece}");
            assert_eq!(grams.counts[list] as usize, want.len());
        }
        assert_eq!(grams.rarest(b"zzz"), Known::Nowhere);
        assert_eq!(grams.rarest(b"qq"), Known::Nowhere);
        assert_eq!(grams.rarest(b"r"), Known::Dense);
    }
}
