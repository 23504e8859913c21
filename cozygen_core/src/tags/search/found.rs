//! The hits so far: each tag once, the better tier first.

use hashbrown::HashSet;

use super::super::index::View;
use super::filter::Filter;
use super::{Tier, Via};

/// A hit by its numbers.
#[derive(Debug, Clone, Copy)]
pub struct Match {
    pub tag: u32,
    pub row: u32,
    pub tier: Tier,
    pub via: Via,
}

/// Collects hits until there are enough.
pub struct Found<'a> {
    view: View<'a>,
    pub filter: Filter<'a>,
    pub hits: Vec<Match>,
    seen: HashSet<u32>,
    /// So many are enough.
    pub want: usize,
}

impl<'a> Found<'a> {
    /// Nothing yet; `want` hits are enough.
    pub fn new(view: &View<'a>, filter: Filter<'a>, want: usize) -> Self {
        Self { view: *view, filter, hits: Vec::new(), seen: HashSet::new(), want }
    }

    /// Another collector with the same filter, for trying something.
    pub fn apart(&self, want: usize) -> Self {
        Self::new(&self.view, self.filter.clone(), want)
    }

    /// How many hits.
    pub fn len(&self) -> usize {
        self.hits.len()
    }

    /// None?
    pub fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }

    /// Enough?
    pub fn full(&self) -> bool {
        self.hits.len() >= self.want
    }

    /// Is the tag among the hits?
    pub fn has(&self, tag: u32) -> bool {
        self.seen.contains(&tag)
    }

    /// Take the tag of `row` unless it is there or not admitted; says whether there are enough.
    #[inline]
    pub fn push(&mut self, row: u32, tier: Tier, via: Via) -> bool {
        let tag = self.view.tag_of(row);
        if self.filter.admits(tag) && self.seen.insert(tag) {
            self.hits.push(Match { tag, row, tier, via });
        }
        self.full()
    }
}
