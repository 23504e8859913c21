//! Which tags may be answered at all: applied to every candidate before the cut.

use super::super::index::{EXPLICIT, Index, View};
use super::super::normal::normal;
use super::{Nsfw, Options};

/// A set of tags of one index.
#[derive(Debug, Clone)]
pub struct TagMask {
    words: Vec<u64>,
}

impl TagMask {
    fn has(&self, tag: u32) -> bool {
        self.words.get(tag as usize / 64).is_some_and(|word| word >> (tag % 64) & 1 == 1)
    }
}

impl Index {
    /// The set of the tags called `names` (names or aliases; unknown ones are left out).
    pub fn mask<'n>(&self, names: impl Iterator<Item = &'n str>) -> TagMask {
        let mut words = vec![0u64; self.len() / 64 + 1];
        for tag in names.filter_map(|name| self.tag_called(&normal(name))) {
            words[tag as usize / 64] |= 1 << (tag % 64);
        }
        TagMask { words }
    }
}

/// The conditions on a tag.
#[derive(Debug, Clone)]
pub struct Filter<'a> {
    /// Tags from here on have too few posts.
    end: u32,
    /// A bit a category; all if `None`.
    categories: Option<[u64; 4]>,
    /// A bit a list; all if 0.
    sources: u32,
    hide_explicit: bool,
    only: Option<&'a TagMask>,
    category_of: &'a [u8],
    flags: &'a [u8],
    sources_of: &'a [u32],
    /// Artists alone, for a while.
    artist: Option<u8>,
    artists_only: bool,
}

impl<'a> Filter<'a> {
    /// Read the conditions; `None` if no tag can meet them.
    pub fn new(index: &Index, view: &View<'a>, options: &Options<'a>) -> Option<Self> {
        let meta = index.meta();
        let place = |list: &[String], name: &str| list.iter().position(|have| have == name);
        let mut categories = None;
        for at in options.categories.iter().filter_map(|name| place(&meta.categories, name)) {
            categories.get_or_insert([0u64; 4])[at / 64] |= 1 << (at % 64);
        }
        let known = options.sources.iter().filter_map(|label| place(&meta.sources, label));
        let sources = known.fold(0, |mask, at| mask | 1u32 << at);
        let impossible = !options.categories.is_empty() && categories.is_none()
            || !options.sources.is_empty() && sources == 0;
        (!impossible).then(|| Self {
            end: view.count.partition_point(|&count| count >= options.min_count) as u32,
            categories,
            sources,
            hide_explicit: options.nsfw == Nsfw::Hide,
            only: options.only,
            category_of: view.category,
            flags: view.flags,
            sources_of: view.sources,
            artist: place(&meta.categories, "artist").map(|at| at as u8),
            artists_only: false,
        })
    }

    /// May `tag` be answered?
    #[inline]
    pub fn admits(&self, tag: u32) -> bool {
        let at = tag as usize;
        tag < self.end
            && !(self.hide_explicit && self.flags[at] & EXPLICIT != 0)
            && self.categories.is_none_or(|c| {
                c[at_word(self.category_of[at])] >> (self.category_of[at] % 64) & 1 == 1
            })
            && (self.sources == 0 || self.sources_of[at] & self.sources != 0)
            && !(self.artists_only && Some(self.category_of[at]) != self.artist)
            && self.only.is_none_or(|only| only.has(tag))
    }

    /// Admit artists alone, or everyone again.
    pub fn artists_only(&mut self, only: bool) {
        self.artists_only = only;
    }

    /// Tags from here on are never admitted.
    pub fn end(&self) -> u32 {
        self.end
    }

    /// Do categories and explicitness decide alone?
    pub fn by_category_only(&self, tags: usize) -> bool {
        self.end as usize == tags && self.sources == 0 && self.only.is_none()
    }

    /// Does the filter admit the category at all?
    pub fn admits_category(&self, category: usize) -> bool {
        self.categories.is_none_or(|c| c[category / 64] >> (category % 64) & 1 == 1)
    }

    /// Are explicit tags left out?
    pub fn hides_explicit(&self) -> bool {
        self.hide_explicit
    }
}

#[inline]
fn at_word(category: u8) -> usize {
    usize::from(category) / 64
}
