//! Nothing typed: all tags, by popularity or by name.

use super::super::index::{Index, RowKind, View};
use super::filter::Filter;
use super::found::Match;
use super::{Options, Page, Sort, Tier, Via, hit_of};

/// A page of all tags that the filter admits; the total is exact.
pub fn page(
    index: &Index,
    view: &View<'_>,
    filter: &Filter<'_>,
    options: &Options<'_>,
    _want: usize,
) -> Page {
    let admitted = |tag: &u32| filter.admits(*tag);
    let tags: Vec<u32> = if options.sort == Sort::Name {
        let rows = view.name_order.at.iter().map(|&at| view.row_of(at));
        let names = rows.filter(|&row| view.row_kind[row as usize] == RowKind::Name as u8);
        let tags = names.map(|row| view.tag_of(row)).filter(admitted);
        tags.skip(options.offset).take(options.limit).collect()
    } else {
        (0..filter.end()).filter(admitted).skip(options.offset).take(options.limit).collect()
    };
    let hit = |&tag: &u32| {
        let row = view.tag_row[tag as usize];
        hit_of(view, &Match { tag, row, tier: Tier::Prefix, via: Via::Literal })
    };
    Page { hits: tags.iter().map(hit).collect(), total: total(index, view, filter), more: false }
}

fn total(index: &Index, view: &View<'_>, filter: &Filter<'_>) -> usize {
    if !filter.by_category_only(index.len()) {
        return (0..filter.end()).filter(|&tag| filter.admits(tag)).count();
    }
    let counts = view.category_counts.chunks_exact(2).enumerate();
    let admitted = counts.filter(|(category, _)| filter.admits_category(*category));
    admitted
        .map(|(_, pair)| pair[0] + if filter.hides_explicit() { 0 } else { pair[1] })
        .sum::<u32>() as usize
}

impl Index {
    /// Name and number of tags of each category, explicit ones apart.
    pub fn categories(&self) -> Vec<(&str, usize, usize)> {
        let counts = self.view().category_counts;
        let names = self.meta().categories.iter().map(String::as_str);
        let pairs = names.zip(counts.chunks_exact(2));
        pairs.map(|(name, pair)| (name, pair[0] as usize, pair[1] as usize)).collect()
    }
}
