//! From what someone typed to tags, the most useful first.
//!
//! The tiers follow each other strictly: exact name, prefix, popular initials,
//! words, inside, other initials; and when all of these found less than a
//! handful: word-start subsequences, most of the words, spelling. Inside a tier
//! the popular tag comes first; spelling weighs edits against popularity.

mod artists;
mod browse;
mod filter;
mod found;
mod holding;
mod initials;
mod literal;
mod occurs;
mod osa;
mod query;
mod some_words;
mod spelling;
mod validate;
mod wildcard;

pub use filter::TagMask;
pub use validate::Verdict;

use super::index::{CHANT, EXPLICIT, Index, NOMINAL, RowKind, View};
use super::normal::{MAX_TAG_BYTES, normal, without_syntax};
use filter::Filter;
use found::{Found, Match};
use query::{Form, Query};

/// Fewer hits than this, and corrections are looked for.
const HANDFUL: usize = 5;
/// Most corrections of one kind.
const CORRECTIONS: usize = 8;

/// How a hit was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The whole name or another name.
    Exact,
    /// The beginning of a name.
    Prefix,
    /// Every typed word begins a word.
    Words,
    /// Every typed word occurs.
    Inside,
    /// None of these: a correction.
    Typo,
}

/// What led to a hit beside the letters as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Via {
    /// Nothing: the letters as typed.
    Literal,
    /// A pattern with `*`.
    Wildcard,
    /// The initials of its words.
    Initials,
    /// The beginnings of its words run together.
    Subsequence,
    /// Most of the typed words.
    SomeWords,
    /// Another spelling of what was typed.
    Spelling,
}

/// What to do with explicit tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nsfw {
    /// Leave them out.
    #[default]
    Hide,
    /// Answer with them, marked.
    Show,
}

/// The order of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By tier, then by popularity.
    #[default]
    Relevance,
    /// By popularity alone.
    Count,
    /// By name.
    Name,
}

/// What is asked for beside the text.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// Most hits in the answer. Default 0: the caller says how many.
    pub limit: usize,
    /// Hits to pass over. Default 0.
    pub offset: usize,
    /// Count hits up to here even if fewer are wanted. Default 0.
    pub count_to: usize,
    /// Only these categories; all if empty, none if no name is known.
    pub categories: &'a [&'a str],
    /// Only tags of these lists; all if empty, none if no label is known.
    pub sources: &'a [&'a str],
    /// Explicit tags. Default hidden.
    pub nsfw: Nsfw,
    /// The order. Default by relevance.
    pub sort: Sort,
    /// Only tags with so many posts. Default 0.
    pub min_count: u32,
    /// Only tags of this set.
    pub only: Option<&'a TagMask>,
    /// Leave out corrections. Default false.
    pub literal: bool,
}

/// A tag that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The name as its list has it.
    pub tag: String,
    /// Posts.
    pub count: u32,
    /// Place in [`Meta::categories`](super::Meta::categories).
    pub category: u8,
    /// Bit `n` is set if list `n` has the tag.
    pub sources: u32,
    /// The other name that was found, if it was not the name.
    pub alias: Option<String>,
    /// How it was found.
    pub tier: Tier,
    /// What led to it.
    pub via: Via,
    /// Is it explicit?
    pub nsfw: bool,
    /// Text in place of the count, or what a chant inserts.
    pub note: Option<String>,
    /// The note is to be inserted.
    pub chant: bool,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The hits wanted.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// There may be more than `total`.
    pub more: bool,
}

impl Index {
    /// Find tags. Any text is a valid query; one that can find nothing finds nothing.
    ///
    /// ```
    /// use cozygen_core::tags::{Limits, Options, Progress, Source, build};
    /// let list = std::env::temp_dir().join("cozygen-doc-tags.csv");
    /// std::fs::write(&list, "long_hair,0,900,\"longhair\"\nblue_eyes,0,800,\n")?;
    /// let source = Source { path: list, label: "mine".into(), scheme: None };
    /// let index = build(&[source], Limits::default(), "", None, &Progress::default())?;
    /// let options = Options { limit: 5, ..Options::default() };
    /// assert_eq!(index.search("hair long", &options).hits[0].tag, "long_hair");
    /// assert_eq!(index.search("blue eyse", &options).hits[0].tag, "blue_eyes");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn search(&self, text: &str, options: &Options<'_>) -> Page {
        let view = self.view();
        let Some(filter) = Filter::new(self, &view, options) else { return Page::default() };
        let query = normal(text);
        let want = options.offset.saturating_add(options.limit).max(options.count_to);
        if query.is_empty() && text.trim().is_empty() {
            return browse::page(self, &view, &filter, options, want);
        }
        let mut found = Found::new(&view, filter, want.saturating_add(1));
        if options.sort == Sort::Name {
            found.want = usize::MAX;
        }
        let search = Search { view };
        search.run(&query, options.sort, &mut found);
        let bare = normal(without_syntax(text));
        let meant = if found.is_empty() { bare.as_str() } else { query.as_str() };
        if found.is_empty() && bare != query {
            search.run(&bare, options.sort, &mut found);
        }
        if !options.literal {
            search.corrections(meant, &mut found);
        }
        search.page(found, options, want)
    }
}

/// A search under way.
struct Search<'a> {
    view: View<'a>,
}

impl Search<'_> {
    fn run(&self, query: &str, sort: Sort, found: &mut Found<'_>) {
        if query.is_empty() || query.len() > MAX_TAG_BYTES {
            return;
        }
        let query = Query::new(query);
        match query.form {
            Form::Plain if sort == Sort::Relevance => self.literal(&query, found),
            Form::Plain => self.by_popularity(&query, found),
            Form::Wildcard => self.wildcard(&query, found),
            Form::Abbreviation(initials) => self.abbreviation(&query, initials, found),
            Form::Artist(name) => self.artist(&query, &Query::new(name), found),
        }
    }

    /// What else may have been meant, if less than a handful was found.
    fn corrections(&self, query: &str, found: &mut Found<'_>) {
        let query = Query::new(query);
        let query = Query::new(query.without_prefix());
        let possible = (1..=MAX_TAG_BYTES).contains(&query.text.len());
        if found.len() >= HANDFUL || !possible || query.form == Form::Wildcard {
            return;
        }
        self.initials(&query, 0, found);
        self.subsequence(&query, found);
        if found.len() < HANDFUL {
            self.some_words(&query, found);
        }
        if found.len() < HANDFUL {
            self.spelling(&query, found);
        }
    }

    fn page(&self, mut found: Found<'_>, options: &Options<'_>, want: usize) -> Page {
        let all = found.len();
        match options.sort {
            Sort::Relevance => {}
            Sort::Count => found.hits.sort_by_key(|hit| hit.tag),
            Sort::Name => found.hits.sort_by_key(|hit| self.view.name(hit.tag)),
        }
        let total = if options.sort == Sort::Name { all } else { all.min(want) };
        let hits = found.hits.iter().skip(options.offset).take(options.limit);
        Page { hits: hits.map(|hit| hit_of(&self.view, hit)).collect(), total, more: all > total }
    }
}

fn hit_of(view: &View<'_>, found: &Match) -> Hit {
    let tag = found.tag as usize;
    let name = view.tag_row[tag];
    let kind = view.row_kind[found.row as usize];
    Hit {
        tag: view.shown(name).to_owned(),
        count: if view.flags[tag] & NOMINAL == 0 { view.count[tag] } else { 0 },
        category: view.category[tag],
        sources: view.sources[tag],
        alias: (kind != RowKind::Name as u8).then(|| view.shown(found.row).to_owned()),
        tier: found.tier,
        via: found.via,
        nsfw: view.flags[tag] & EXPLICIT != 0,
        note: view.notes.get(found.tag).map(str::to_owned),
        chant: view.flags[tag] & CHANT != 0,
    }
}
