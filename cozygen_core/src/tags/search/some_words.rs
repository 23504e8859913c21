//! No tag has all the words: those that have most of them.

use super::found::Found;
use super::query::Query;
use super::{CORRECTIONS, HANDFUL, Search, Tier, Via};

/// Words beyond these are not looked at.
const WORDS: usize = 6;

impl Search<'_> {
    /// Tags with all typed words but one, then but two, as long as that is half of them and two.
    pub fn some_words(&self, query: &Query<'_>, found: &mut Found<'_>) {
        let tokens = &query.tokens[..query.tokens.len().min(WORDS)];
        for left_out in (1..=tokens.len() / 2).take_while(|out| tokens.len() - out >= 2) {
            let before = found.len();
            let mut together = found.apart(usize::MAX);
            for words in subsets(tokens, tokens.len() - left_out) {
                let mut some = found.apart(CORRECTIONS);
                self.words_as(&words, (Tier::Typo, Via::SomeWords), &mut some);
                for hit in some.hits {
                    together.push(hit.row, hit.tier, hit.via);
                }
            }
            together.hits.sort_by_key(|hit| hit.tag);
            for hit in together.hits.iter().take(CORRECTIONS) {
                if found.full() {
                    return;
                }
                found.push(hit.row, hit.tier, hit.via);
            }
            if found.len() >= HANDFUL || found.len() > before {
                return;
            }
        }
    }
}

/// All ways to take `size` of `tokens`, in order.
fn subsets<'q>(tokens: &[&'q [u8]], size: usize) -> Vec<Vec<&'q [u8]>> {
    let masks = (0u32..1 << tokens.len()).filter(|mask| mask.count_ones() as usize == size);
    let pick = |mask: u32| {
        let taken = tokens.iter().enumerate().filter(move |(i, _)| mask >> i & 1 == 1);
        taken.map(|(_, token)| *token).collect()
    };
    masks.map(pick).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subsets_leave_out_each_word_once() {
        let tokens: [&[u8]; 3] = [b"a", b"b", b"c"];
        let got = subsets(&tokens, 2);
        let want: [[&[u8]; 2]; 3] = [[b"a", b"b"], [b"a", b"c"], [b"b", b"c"]];
        assert_eq!(got, want.map(|set| set.to_vec()));
    }
}
