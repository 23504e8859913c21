//! The two sorted arrays: where names begin, and where words begin.

use std::io::{Result, Seek, Write};

use super::super::cache::{Section, Writer};
use super::super::normal::starts_word;
use super::super::ordered::mins;
use super::rows::Rows;

/// Letters that are compared at once.
const STEP: usize = 8;
/// So few positions are compared letter by letter.
const FEW: usize = 6;
/// Every byte of a word.
const LINE_ENDS: u64 = 0x0a0a_0a0a_0a0a_0a0a;
const LOW_BITS: u64 = 0x7f7f_7f7f_7f7f_7f7f;

/// Where all names begin, in the order of what follows up to the line end.
pub fn names(rows: &Rows) -> Vec<u32> {
    sorted(&rows.text, rows.at[..rows.kind.len()].iter().copied())
}

/// Where all words begin, in the same order.
pub fn words(rows: &Rows) -> Vec<u32> {
    let starts = (1..rows.text.len() - 1).filter(|&at| starts_word(&rows.text, at));
    sorted(&rows.text, starts.map(|at| at as u32))
}

/// Write one order with the minima of its blocks.
pub fn write<W: Write + Seek>(
    out: &mut Writer<W>,
    (section, of_mins): (Section, Section),
    order: &[u32],
) -> Result<()> {
    out.section(section, order)?;
    out.section(of_mins, &mins(order))
}

/// Sort `positions` by the text behind them up to the line end, then by themselves.
fn sorted(text: &[u8], positions: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> =
        positions.map(|at| (line_head(&text[at as usize..]), at)).collect();
    sort_from(text, &mut keyed, STEP);
    keyed.into_iter().map(|(_, at)| at).collect()
}

/// Sort by the keys; where they are equal, by the letters from `depth` on. The
/// keys are read once and then lie side by side: the text is looked up seldom.
fn sort_from(text: &[u8], keyed: &mut [(u64, u32)], depth: usize) {
    keyed.sort_unstable();
    for run in keyed.chunk_by_mut(|a, b| a.0 == b.0) {
        if run.len() == 1 || has_line_end(run[0].0) {
            continue;
        }
        if run.len() <= FEW {
            run.sort_unstable_by_key(|&(_, at)| (line(text, at, depth), at));
            continue;
        }
        for (key, at) in run.iter_mut() {
            *key = line_head(text.get(*at as usize + depth..).unwrap_or_default());
        }
        sort_from(text, run, depth + STEP);
    }
}

/// The rest of the line from `depth` behind `at`.
fn line(text: &[u8], at: u32, depth: usize) -> &[u8] {
    let rest = text.get(at as usize + depth..).unwrap_or_default();
    &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())]
}

/// The first eight bytes, the first in the highest place; zeros behind the end.
pub fn head(text: &[u8]) -> u64 {
    match text.first_chunk::<STEP>() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => (0..STEP).fold(0, |key, i| key << 8 | u64::from(text.get(i).copied().unwrap_or(0))),
    }
}

/// The same with zeros behind the line end.
fn line_head(text: &[u8]) -> u64 {
    let key = head(text);
    match line_ends(key).leading_zeros() {
        zeros @ 0..56 => key & !(u64::MAX >> (zeros + 8)),
        _ => key,
    }
}

fn has_line_end(key: u64) -> bool {
    line_ends(key) != 0
}

/// The highest bit of every byte that is a line end.
fn line_ends(key: u64) -> u64 {
    let zeros = key ^ LINE_ENDS;
    !(((zeros & LOW_BITS) + LOW_BITS) | zeros | LOW_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_come_in_the_order_of_their_lines() {
        let parts = ["hair", "long_hair", "hairband_of_gold", "長い髪", "x", "hairband_of_golde"];
        let text: String =
            (0..600).map(|i| format!("\n{}{}", parts[i * 7 % 6], parts[i * 5 % 4])).collect();
        let text = format!("{text}\n").into_bytes();
        let starts =
            || (1..text.len() - 1).filter(|&at| starts_word(&text, at)).map(|at| at as u32);
        let mut want: Vec<u32> = starts().collect();
        want.sort_by_key(|&at| (line(&text, at, 0), at));
        assert_eq!(sorted(&text, starts()), want);
    }

    #[test]
    fn a_head_ends_with_its_line() {
        for (text, want) in [
            (&b"abcdefgh\n"[..], &b"abcdefgh"[..]),
            (b"abc\nefghij", b"abc\n\0\0\0\0"),
            (b"\nbcdefgh", b"\n\0\0\0\0\0\0\0"),
            (b"abcdefg\nx", b"abcdefg\n"),
            (b"ab", b"ab\0\0\0\0\0\0"),
            (b"\x0b\x09\x8a\n\x0axyz", b"\x0b\x09\x8a\n\0\0\0\0"),
        ] {
            assert_eq!(line_head(text).to_be_bytes(), want, "{text:?}");
        }
    }
}
