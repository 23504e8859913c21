//! All lists merged: one entry a tag, in order of precedence, with its other names.

use std::panic::resume_unwind;

use hashbrown::{HashMap, HashTable};
use xxhash_rust::xxh3::xxh3_64;

use super::super::error::{Result, TagError};
use super::super::normal::{MAX_TAG_BYTES, normal_into};
use super::super::policy::{is_blocked, is_explicit};
use super::super::progress::Progress;
use super::super::sources::{Limits, Link, RawTag, Sink, Source, SourceReport, load, read};

/// Most lists at once: a tag remembers its lists in 32 bits.
pub const MAX_SOURCES: usize = 32;
/// Most categories; what comes later is filed under `general`.
const MAX_CATEGORIES: usize = 255;
/// A tag with a text in place of a count (a quality word, a chant) ranks as if it had so many posts.
const NOTED: u32 = 90_000;
/// A list has about so many bytes for each tag.
const BYTES_A_TAG: usize = 32;
/// Positions in the text are 32 bits wide.
const NAME_BYTES: usize = u32::MAX as usize / 2;

/// A piece of the arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    start: u32,
    len: u32,
}

/// A tag with what the preferred list says of it.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub name: Span,
    pub normal: Span,
    pub note: Span,
    pub count: u32,
    pub counted: bool,
    pub category: u8,
    pub sources: u32,
    pub explicit: bool,
    pub chant: bool,
}

/// A further name of an entry.
#[derive(Debug, Clone, Copy)]
pub struct Name {
    pub tag: u32,
    pub text: Span,
    pub normal: Span,
    pub kind: Link,
}

#[derive(Debug, Clone, Copy)]
struct Pair {
    kind: Link,
    from: Span,
    to: Span,
    source: u32,
}

/// Everything the lists say.
pub struct Catalog<'p> {
    arena: String,
    scratch: String,
    pub entries: Vec<Entry>,
    lookup: HashTable<u32>,
    pairs: Vec<Pair>,
    pub categories: Vec<String>,
    category_ids: HashMap<String, u8>,
    reports: Vec<SourceReport>,
    source: u32,
    sources: usize,
    progress: &'p Progress,
}

impl<'p> Catalog<'p> {
    /// Read `sources`, the preferred one first. A list that cannot be read is
    /// an error in its report; the others still count.
    pub fn read(
        sources: &[Source],
        limits: Limits,
        progress: &'p Progress,
    ) -> Result<(Self, Vec<SourceReport>)> {
        let sources = &sources[..sources.len().min(MAX_SOURCES)];
        let mut catalog = Self::empty(sources.len(), progress);
        std::thread::scope(|scope| {
            // The next list is unpacked while this one is read.
            let loading = |source: Option<&Source>| {
                let path = source?.path.clone();
                Some(scope.spawn(move || load(&path, limits)))
            };
            let mut next = loading(sources.first());
            for (i, source) in sources.iter().enumerate() {
                let Some(loaded) = next.take() else { break };
                let content = loaded.join().unwrap_or_else(|panic| resume_unwind(panic));
                next = loading(sources.get(i + 1));
                catalog.take(i as u32, source, content)?;
            }
            Ok(())
        })?;
        let reports = std::mem::take(&mut catalog.reports);
        Ok((catalog, reports))
    }

    fn take(&mut self, number: u32, source: &Source, content: Result<String>) -> Result<()> {
        self.source = number;
        self.reports.push(SourceReport { label: source.label.clone(), ..Default::default() });
        match read(source, content, self) {
            Ok(format) => self.report().format = format.name().to_owned(),
            Err(error) => self.report().error = error.sentence(),
        }
        if self.arena.len() > NAME_BYTES {
            return Err(TagError::TooMany { limit: NAME_BYTES });
        }
        Ok(())
    }

    fn empty(sources: usize, progress: &'p Progress) -> Self {
        Self {
            arena: String::new(),
            scratch: String::new(),
            entries: Vec::new(),
            lookup: HashTable::new(),
            pairs: Vec::new(),
            categories: vec!["general".to_owned()],
            category_ids: HashMap::from_iter([("general".to_owned(), 0)]),
            reports: Vec::new(),
            source: 0,
            sources,
            progress,
        }
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        let start = span.start as usize;
        self.arena.get(start..start + span.len as usize).unwrap_or("")
    }

    /// Mark what is explicit, drop what is blocked, sort by popularity, and give
    /// each tag its other names (sorted by tag).
    pub fn finish(&mut self, reports: &mut [SourceReport]) -> Vec<Name> {
        self.spread_explicit();
        self.sort(reports);
        self.names(reports)
    }

    fn report(&mut self) -> &mut SourceReport {
        let at = self.source as usize;
        &mut self.reports[at]
    }

    fn push(&mut self, text: &str) -> Span {
        let span = Span { start: self.arena.len() as u32, len: text.len() as u32 };
        self.arena.push_str(text);
        span
    }

    fn find(&self, normal: &str) -> Option<u32> {
        let same = |&i: &u32| self.text(self.entries[i as usize].normal) == normal;
        self.lookup.find(xxh3_64(normal.as_bytes()), same).copied()
    }

    fn category(&mut self, name: &str) -> u8 {
        if let Some(&id) = self.category_ids.get(name) {
            return id;
        }
        let name = name.trim().to_lowercase();
        if name.is_empty() || self.categories.len() >= MAX_CATEGORIES {
            return 0;
        }
        let id = self.categories.len() as u8;
        self.categories.push(name.clone());
        *self.category_ids.entry(name).or_insert(id)
    }

    fn add(&mut self, raw: RawTag<'_>, normal: &str) {
        let shown = unescape(raw.name.trim());
        let normal_span = self.push(normal);
        let name = if shown == normal { normal_span } else { self.push(&shown) };
        let note = self.push(raw.note);
        let entry = Entry {
            name,
            normal: normal_span,
            note,
            count: raw.count.unwrap_or(if raw.note.is_empty() { 0 } else { NOTED }),
            counted: raw.count.is_some(),
            category: self.category(raw.category),
            sources: 1 << self.source,
            explicit: raw.explicit || is_explicit(normal),
            chant: raw.chant,
        };
        let id = self.entries.len() as u32;
        self.entries.push(entry);
        let (arena, entries) = (&self.arena, &self.entries);
        self.lookup.insert_unique(xxh3_64(normal.as_bytes()), id, |&i| {
            let span = entries[i as usize].normal;
            let start = span.start as usize;
            xxh3_64(&arena.as_bytes()[start..start + span.len as usize])
        });
        self.report().tags += 1;
    }

    fn merge(&mut self, id: u32, raw: RawTag<'_>) {
        let bit = 1 << self.source;
        let note = if raw.note.is_empty() { None } else { Some(self.push(raw.note)) };
        let entry = &mut self.entries[id as usize];
        let same_list = entry.sources & bit != 0;
        entry.sources |= bit;
        entry.explicit |= raw.explicit;
        if let (false, Some(count)) = (entry.counted, raw.count) {
            (entry.count, entry.counted) = (count, true);
        }
        if let (0, Some(note)) = (entry.note.len, note) {
            entry.note = note;
        }
        let report = self.report();
        report.repeated += 1;
        if !same_list {
            report.tags += 1;
        }
    }

    fn spread_explicit(&mut self) {
        let implications: Vec<(u32, u32)> = self
            .pairs
            .iter()
            .filter(|pair| pair.kind == Link::Implication)
            .filter_map(|pair| Some((self.find_span(pair.from)?, self.find_span(pair.to)?)))
            .collect();
        loop {
            let mut changed = false;
            for &(from, to) in &implications {
                if self.entries[to as usize].explicit && !self.entries[from as usize].explicit {
                    self.entries[from as usize].explicit = true;
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    fn find_span(&self, span: Span) -> Option<u32> {
        let mut normal = String::new();
        normal_into(self.text(span), &mut normal);
        self.find(&normal)
    }

    /// The places of entries in the order of popularity, without what is blocked.
    fn in_order(&self, reports: &mut [SourceReport]) -> Vec<u32> {
        let mut order: Vec<u32> = Vec::with_capacity(self.entries.len());
        for (place, entry) in self.entries.iter().enumerate() {
            if !is_blocked(self.text(entry.normal), entry.explicit) {
                order.push(place as u32);
                continue;
            }
            let list = entry.sources.trailing_zeros() as usize;
            if let Some(report) = reports.get_mut(list) {
                report.tags -= 1;
                report.skipped += 1;
            }
        }
        let entry = |place: &u32| &self.entries[*place as usize];
        order.sort_by(|a, b| {
            let (a, b) = (entry(a), entry(b));
            b.count.cmp(&a.count).then_with(|| self.text(a.normal).cmp(self.text(b.normal)))
        });
        order
    }

    /// Bring the entries into order. Their hashes stay, so the look-up only learns the new places.
    fn sort(&mut self, reports: &mut [SourceReport]) {
        let order = self.in_order(reports);
        let mut places = vec![u32::MAX; self.entries.len()];
        for (new, &old) in order.iter().enumerate() {
            places[old as usize] = new as u32;
        }
        self.entries = order.iter().map(|&old| self.entries[old as usize]).collect();
        self.lookup.retain(|id| {
            *id = places[*id as usize];
            *id != u32::MAX
        });
    }

    fn names(&mut self, reports: &mut [SourceReport]) -> Vec<Name> {
        let mut names = Vec::new();
        let pairs = std::mem::take(&mut self.pairs);
        for (pair, said) in pairs.iter().zip(self.said(&pairs)) {
            let report = reports.get_mut(pair.source as usize);
            match said {
                Said::Name(tag, normal) => {
                    let text = pair.from;
                    let normal = normal.map_or(text, |normal| self.push(&normal));
                    names.push(Name { tag, text, normal, kind: pair.kind });
                    report.into_iter().for_each(|r| r.links += 1);
                }
                Said::Nonsense(why) => {
                    let row = format!("{} -> {}", self.text(pair.from), self.text(pair.to));
                    report.into_iter().for_each(|r| r.skip(0, why, &row));
                }
                Said::Nothing => report.into_iter().for_each(|r| r.links += 1),
            }
        }
        // A stable sort keeps the order of the lists; an alias goes before an other name.
        names.sort_by_key(|name: &Name| (name.tag, name.kind == Link::OtherName));
        names
    }

    /// What each pair says; both halves at once, since normal forms take their time.
    fn said(&self, pairs: &[Pair]) -> Vec<Said> {
        let all = |pairs: &[Pair]| {
            let mut normal = String::new();
            pairs.iter().map(|&pair| self.name(pair, &mut normal)).collect::<Vec<_>>()
        };
        let (here, there) = pairs.split_at(pairs.len() / 2);
        std::thread::scope(|scope| {
            let side = scope.spawn(|| {
                crate::pool::lower_priority();
                all(there)
            });
            let mut said = all(here);
            said.extend(side.join().unwrap_or_else(|panic| resume_unwind(panic)));
            said
        })
    }

    fn name(&self, pair: Pair, normal: &mut String) -> Said {
        if pair.kind == Link::Implication {
            return Said::Nothing;
        }
        let Some(tag) = self.find_span(pair.to) else {
            return Said::Nonsense("its tag is in no list");
        };
        normal_into(self.text(pair.from), normal);
        if normal.is_empty() || normal.len() > MAX_TAG_BYTES {
            return Said::Nonsense("an empty or overlong name");
        }
        if is_blocked(normal, self.entries[tag as usize].explicit) {
            return Said::Nonsense("blocked");
        }
        // The tag's own name, or an alias that is a tag in its own right.
        let other = self.find(normal);
        if other == Some(tag) || other.is_some() && pair.kind == Link::Alias {
            return Said::Nothing;
        }
        Said::Name(tag, (self.text(pair.from) != normal).then(|| normal.clone()))
    }
}

/// What a pair says.
enum Said {
    /// A further name of a tag, with its normal form if that is another text.
    Name(u32, Option<String>),
    /// Nothing that can be used, and why.
    Nonsense(&'static str),
    /// Nothing new.
    Nothing,
}

impl Sink for Catalog<'_> {
    fn tag(&mut self, raw: RawTag<'_>) {
        let mut normal = std::mem::take(&mut self.scratch);
        normal_into(raw.name, &mut normal);
        if normal.is_empty() || normal.len() > MAX_TAG_BYTES {
            self.skip(0, "an empty or overlong name", raw.name);
        } else if let Some(id) = self.find(&normal) {
            self.merge(id, raw);
        } else {
            self.add(raw, &normal);
        }
        self.scratch = normal;
    }

    fn link(&mut self, kind: Link, from: &str, to: &str) {
        let source = self.source;
        let (from, to) = (self.push(from), self.push(to));
        self.pairs.push(Pair { kind, from, to, source });
    }

    fn skip(&mut self, line: usize, why: &'static str, row: &str) {
        self.report().skip(line, why, row);
    }

    fn at(&mut self, done: usize, total: usize) {
        if done == 0 {
            self.arena.reserve(total / 2);
            self.entries.reserve(total / BYTES_A_TAG);
            let (arena, entries) = (&self.arena, &self.entries);
            self.lookup.reserve(total / BYTES_A_TAG, |&i| {
                let span = entries[i as usize].normal;
                let start = span.start as usize;
                xxh3_64(&arena.as_bytes()[start..start + span.len as usize])
            });
        }
        let list = done as f32 / total.max(1) as f32;
        self.progress.read((self.source as f32 + list) / self.sources.max(1) as f32);
    }
}

fn unescape(name: &str) -> String {
    name.replace("\\(", "(").replace("\\)", ")")
}
