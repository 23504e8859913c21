//! Does a row hold a token? Eight places at once: where its first two letters stand side by side.
//!
//! Rows are short and asked by the ten thousand, so that neither a searcher built for each nor a
//! loop over single letters pays.

use super::super::normal::is_word_byte;

/// The lowest bit and the highest bit of every byte.
const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Does `token` stand anywhere in `text[start..end]`?
#[inline]
pub fn holds(text: &[u8], (start, end): (usize, usize), token: &[u8]) -> bool {
    any_place(text, (start, end), token, |_| true)
}

/// Does every token begin a word of `text[start..end]`? One that begins with a sign may stand anywhere.
#[inline]
pub fn begins_words(text: &[u8], row: (usize, usize), tokens: &[&[u8]]) -> bool {
    tokens.iter().all(|token| begins_word(text, row, token))
}

fn begins_word(text: &[u8], (start, end): (usize, usize), token: &[u8]) -> bool {
    let anywhere = token.first().is_none_or(|&first| !is_word_byte(first));
    let free = |at: usize| anywhere || at == start || !is_word_byte(text[at - 1]);
    any_place(text, (start, end), token, free)
}

/// Is there a place in `text[start..end]` with `token` that `accept` takes?
#[inline]
fn any_place(
    text: &[u8],
    (start, end): (usize, usize),
    token: &[u8],
    accept: impl Fn(usize) -> bool,
) -> bool {
    let Some((&first, rest)) = token.split_first() else { return true };
    let Some(places) = (end - start).checked_sub(rest.len()) else { return false };
    for from in (start..start + places).step_by(8) {
        let mut hits = pairs_at(text, from, first, rest.first().copied());
        let left = start + places - from;
        if left < 8 {
            hits &= (1 << (8 * left)) - 1;
        }
        while hits != 0 {
            let at = from + hits.trailing_zeros() as usize / 8;
            if text[at + 1..].starts_with(rest) && accept(at) {
                return true;
            }
            hits &= hits - 1;
        }
    }
    false
}

/// The highest bit of byte `n` is set where `first` stands at `from + n` with `second`, if there is one, behind it.
#[inline]
fn pairs_at(text: &[u8], from: usize, first: u8, second: Option<u8>) -> u64 {
    let mut other = eight(text, from) ^ (LOW * u64::from(first));
    if let Some(second) = second {
        other |= eight(text, from + 1) ^ (LOW * u64::from(second));
    }
    // Adding carries into the highest bit of every byte that is not zero, and never beyond it.
    !(((other & !HIGH) + !HIGH) | other) & HIGH
}

/// Eight bytes from `from` on; zeros behind the end of the text.
#[inline]
fn eight(text: &[u8], from: usize) -> u64 {
    let rest = text.get(from..).unwrap_or_default();
    match rest.first_chunk::<8>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(row: &[u8], token: &[u8], words: bool) -> bool {
        let anywhere = !words || token.first().is_none_or(|&b| !is_word_byte(b));
        (0..=row.len()).any(|at| {
            row[at..].starts_with(token) && (anywhere || at == 0 || !is_word_byte(row[at - 1]))
        })
    }

    #[test]
    fn it_says_what_a_plain_search_says() {
        let texts: [&str; 8] = [
            "",
            "a",
            "long_hair",
            "aaaaaaaaaaaaaaaaaaaab",
            "saber_(fate)",
            "ab_abc_abcd_abcde",
            "\u{80}\u{ff}猫耳_cat",
            "x_hair_ornament_on_a_very_long_name_of_a_tag_hairx",
        ];
        let tokens = [
            "", "a", "b", "ab", "abc", "abcde", "hair", "(fate)", "_", "猫", "耳_c", "x", "aab",
            "zz",
        ];
        let joined = format!("\n{}\n", texts.join("\n")).into_bytes();
        let mut start = 1;
        for row in texts {
            let range = (start, start + row.len());
            for token in tokens {
                let (row, token) = (row.as_bytes(), token.as_bytes());
                assert_eq!(
                    holds(&joined, range, token),
                    plain(row, token, false),
                    "{row:?} {token:?}"
                );
                let begins = begins_words(&joined, range, &[token]);
                assert_eq!(begins, plain(row, token, true), "{row:?} {token:?}");
            }
            start = range.1 + 1;
        }
    }
}
