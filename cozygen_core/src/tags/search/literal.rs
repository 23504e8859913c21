//! The literal tiers: exact, prefix, words, inside.

use std::ops::Range;

use super::super::grams::Known;
use super::super::index::RowKind;
use super::super::normal::is_word_byte;
use super::found::Found;
use super::occurs::{begins_words, holds};
use super::query::Query;
use super::{Search, Tier, Via};

/// A popular tag whose initials are typed ranks right behind the prefixes.
const POPULAR: u32 = 100_000;
/// A range of words that is read at once.
const SHORT: usize = 256;
/// Words are looked up all over the text, lists are read in a row: so many rows of a list cost one word.
const LISTED: usize = 6;

impl Search<'_> {
    /// All literal tiers, until there are enough hits.
    pub fn literal(&self, query: &Query<'_>, found: &mut Found<'_>) {
        self.exact(query.bytes(), found);
        self.prefix(query.bytes(), found);
        self.initials(query, POPULAR, found);
        self.words_and_inside(&query.tokens, found);
    }

    /// The last two tiers; in one pass where both would read the same lists.
    fn words_and_inside(&self, tokens: &[&[u8]], found: &mut Found<'_>) {
        if self.word_range(tokens).is_some() {
            self.words(tokens, found);
            return self.inside(tokens, found);
        }
        if found.full() {
            return;
        }
        let mut inside = Vec::new();
        self.each_row(tokens, |row| {
            if self.begins_words(row, tokens) {
                return found.push(row, Tier::Words, Via::Literal);
            }
            if inside.len() < found.want {
                inside.push(row);
            }
            false
        });
        // Rows of tags that are there already were kept in vain: read on where they used up the room.
        let cut_short = inside.len() == found.want;
        for row in inside {
            if found.full() {
                return;
            }
            found.push(row, Tier::Inside, Via::Literal);
        }
        if cut_short {
            self.inside(tokens, found);
        }
    }

    /// Rows that are `text`; names and aliases before other names.
    pub fn exact(&self, text: &[u8], found: &mut Found<'_>) {
        let rows: Vec<u32> = self.rows_called(text).collect();
        let other = |row: u32| self.view.row_kind[row as usize] == RowKind::OtherName as u8;
        for late in [false, true] {
            for &row in rows.iter().filter(|&&row| other(row) == late) {
                if found.full() {
                    return;
                }
                found.push(row, Tier::Exact, Via::Literal);
            }
        }
    }

    /// The rows whose whole text is `text`, popular ones first.
    pub fn rows_called(&self, text: &[u8]) -> impl Iterator<Item = u32> {
        let line = [text, b"\n"].concat();
        let order = self.view.name_order;
        order.ascending(order.range(&line)).map(|at| self.view.row_of(at))
    }

    /// Rows that begin with `text`.
    pub fn prefix(&self, text: &[u8], found: &mut Found<'_>) {
        let order = self.view.name_order;
        let mut rows = order.ascending(order.range(text));
        while !found.full() {
            let Some(at) = rows.next() else { return };
            found.push(self.view.row_of(at), Tier::Prefix, Via::Literal);
        }
    }

    /// Rows where every token begins a word.
    pub fn words(&self, tokens: &[&[u8]], found: &mut Found<'_>) {
        self.words_as(tokens, (Tier::Words, Via::Literal), found);
    }

    /// The same, filed under another tier.
    pub fn words_as(&self, tokens: &[&[u8]], (tier, via): (Tier, Via), found: &mut Found<'_>) {
        if found.full() {
            return;
        }
        let Some((read, range)) = self.word_range(tokens) else {
            return self.each_row(tokens, |row| {
                self.begins_words(row, tokens) && found.push(row, tier, via)
            });
        };
        // The token whose range is read begins a word of every row there.
        let others: Vec<&[u8]> = tokens.iter().copied().filter(|token| *token != read).collect();
        for at in self.view.word_order.ascending(range) {
            let row = self.view.row_of(at);
            let fits = others.is_empty() || self.begins_words(row, &others);
            if fits && found.push(row, tier, via) {
                return;
            }
        }
    }

    /// The token whose words are to be read, and where they are; `None` if a list of rows costs less.
    fn word_range<'t>(&self, tokens: &[&'t [u8]]) -> Option<(&'t [u8], Range<usize>)> {
        let order = self.view.word_order;
        let ranges = tokens.iter().filter(|t| is_word_byte(t[0])).map(|t| (*t, order.range(t)));
        let (token, range) = ranges.min_by_key(|(_, range)| range.len())?;
        let alone = tokens.len() == 1;
        (alone || !self.list_costs_less(tokens, range.len())).then_some((token, range))
    }

    fn list_costs_less(&self, tokens: &[&[u8]], range: usize) -> bool {
        range > SHORT
            && tokens.iter().any(|token| match self.view.grams.rarest(token) {
                Known::Nowhere => true,
                Known::List(list) => (self.view.grams.counts[list] as usize) < range * LISTED,
                Known::Dense => false,
            })
    }

    /// Rows where every token occurs.
    pub fn inside(&self, tokens: &[&[u8]], found: &mut Found<'_>) {
        if found.full() {
            return;
        }
        self.each_row(tokens, |row| found.push(row, Tier::Inside, Via::Literal));
    }

    /// All rows where every token occurs, by popularity, each tag at its best tier.
    pub fn by_popularity(&self, query: &Query<'_>, found: &mut Found<'_>) {
        self.each_row(&query.tokens, |row| {
            let tag = self.view.tag_of(row);
            if found.has(tag) {
                return false;
            }
            let rows = self.view.rows_of(tag);
            let best = rows.filter_map(|row| Some((self.tier(row, query)?, row))).min();
            best.is_some_and(|(tier, row)| found.push(row, tier, Via::Literal))
        });
    }

    fn tier(&self, row: u32, query: &Query<'_>) -> Option<Tier> {
        let text = self.view.row(row);
        if text == query.bytes() {
            Some(Tier::Exact)
        } else if text.starts_with(query.bytes()) {
            Some(Tier::Prefix)
        } else if self.begins_words(row, &query.tokens) {
            Some(Tier::Words)
        } else {
            self.holds_all(row, &query.tokens).then_some(Tier::Inside)
        }
    }

    fn begins_words(&self, row: u32, tokens: &[&[u8]]) -> bool {
        begins_words(self.view.text, self.view.row_range(row), tokens)
    }

    fn holds_all(&self, row: u32, tokens: &[&[u8]]) -> bool {
        let range = self.view.row_range(row);
        tokens.iter().all(|token| holds(self.view.text, range, token))
    }
}
