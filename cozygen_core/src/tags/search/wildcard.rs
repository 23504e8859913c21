//! `*` stands for anything, also nothing: `*_hair`, `blue*eyes`.

use super::found::Found;
use super::query::Query;
use super::{Search, Tier, Via};

impl Search<'_> {
    /// Whole names that fit the pattern, by popularity; a tag of that very name first.
    pub fn wildcard(&self, query: &Query<'_>, found: &mut Found<'_>) {
        self.exact(query.bytes(), found);
        let pattern = Pattern::new(query.bytes());
        let tier = if pattern.from_start { Tier::Prefix } else { Tier::Inside };
        if found.full() {
            return;
        }
        self.each_row(&pattern.pieces, |row| {
            pattern.fits(self.view.row(row)) && found.push(row, tier, Via::Wildcard)
        });
    }
}

struct Pattern<'q> {
    pieces: Vec<&'q [u8]>,
    from_start: bool,
    to_end: bool,
}

impl<'q> Pattern<'q> {
    fn new(pattern: &'q [u8]) -> Self {
        Self {
            pieces: pattern.split(|&b| b == b'*').filter(|p| !p.is_empty()).collect(),
            from_start: !pattern.starts_with(b"*"),
            to_end: !pattern.ends_with(b"*"),
        }
    }

    /// Do the pieces follow each other in `text`, the first and last where they must be?
    fn fits(&self, text: &[u8]) -> bool {
        let mut rest = text;
        let mut pieces = self.pieces.as_slice();
        if let (true, Some((first, others))) = (self.from_start, pieces.split_first()) {
            let Some(tail) = rest.strip_prefix(*first) else { return false };
            (rest, pieces) = (tail, others);
        }
        if let (true, Some((last, others))) = (self.to_end, pieces.split_last()) {
            let Some(head) = rest.strip_suffix(*last) else { return false };
            (rest, pieces) = (head, others);
        } else if self.to_end && !rest.is_empty() {
            return false;
        }
        pieces.iter().all(|piece| match memchr::memmem::find(rest, piece) {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_hold_the_ends_that_have_no_star() {
        for (pattern, text, want) in [
            ("*_hair", "long_hair", true),
            ("*_hair", "long_hair_ornament", false),
            ("long*", "long_hair", true),
            ("l*g_h*r", "long_hair", true),
            ("l*r", "lr", true),
            ("lr*lr", "lr", false),
            ("*on*ai*", "long_hair", true),
            ("*ai*on*", "long_hair", false),
        ] {
            let pattern = Pattern::new(pattern.as_bytes());
            assert_eq!(pattern.fits(text.as_bytes()), want, "{text}");
        }
    }
}
