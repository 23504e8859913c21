//! All lists merged: one entry a tag, and the pairs of names that the lists have.

use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, sync_channel};

use hashbrown::{HashMap, HashTable};

use super::super::error::{Result, TagError};
use super::super::policy::Signs;
use super::super::progress::Progress;
use super::super::sources::{Limits, Link, Source, SourceReport, load, read};
use super::batch::{Batch, Batches, ReadTag, Row, Span, Text, hash};

/// Most lists at once: a tag remembers its lists in 32 bits.
pub const MAX_SOURCES: usize = 32;
/// Most categories; what comes later is filed under `general`.
const MAX_CATEGORIES: usize = 255;
/// A tag with a text in place of a count (a quality word, a chant) ranks as if it had so many posts.
const NOTED: u32 = 90_000;
/// A list has at least about so many bytes for each tag.
const BYTES_A_TAG: usize = 24;
/// Positions in the text are 32 bits wide.
const NAME_BYTES: usize = u32::MAX as usize / 2;
/// Batches that may wait to be merged.
const WAITING: usize = 4;

/// A tag with what the preferred list says of it.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub name: Text,
    pub note: Span,
    pub count: u32,
    pub counted: bool,
    pub category: u8,
    pub sources: u32,
    pub explicit: bool,
    pub chant: bool,
    pub signs: Signs,
}

/// Two names that a list joins.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    pub kind: Link,
    pub from: Text,
    /// What the words of the first say.
    pub signs: Signs,
    pub to: Text,
    pub source: u32,
}

/// Everything the lists say.
pub struct Catalog<'p> {
    arena: String,
    pub entries: Vec<Entry>,
    pub lookup: HashTable<u32>,
    pub pairs: Vec<Pair>,
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
                let (out, batches) = sync_channel(WAITING);
                let reading = scope.spawn(move || {
                    crate::pool::lower_priority();
                    read(source, content, &mut Batches::new(out))
                });
                catalog.begin(i as u32, source);
                catalog.take_all(batches)?;
                match reading.join().unwrap_or_else(|panic| resume_unwind(panic)) {
                    Ok(format) => catalog.report().format = format.name().to_owned(),
                    Err(error) => catalog.report().error = error.sentence(),
                }
            }
            Ok(())
        })?;
        let reports = std::mem::take(&mut catalog.reports);
        Ok((catalog, reports))
    }

    fn empty(sources: usize, progress: &'p Progress) -> Self {
        Self {
            arena: String::new(),
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

    fn begin(&mut self, number: u32, source: &Source) {
        self.source = number;
        self.reports.push(SourceReport { label: source.label.clone(), ..Default::default() });
    }

    fn take_all(&mut self, batches: Receiver<Batch>) -> Result<()> {
        for batch in batches {
            if self.arena.len() + batch.arena.len() > NAME_BYTES {
                return Err(TagError::TooMany { limit: NAME_BYTES });
            }
            let base = self.arena.len() as u32;
            self.arena.push_str(&batch.arena);
            for row in batch.rows {
                self.take(row, base);
            }
        }
        Ok(())
    }

    /// Merge a row whose texts begin at `base` of the arena.
    fn take(&mut self, row: Row, base: u32) {
        match row {
            Row::Tag(tag) => self.tag(tag, base),
            Row::Pair(kind, from, signs, to) => {
                let (from, to) = (from.behind(base), to.behind(base));
                self.pairs.push(Pair { kind, from, signs, to, source: self.source });
            }
            Row::Skip(line, why, row) => {
                let at = self.source as usize;
                self.reports[at].skip(line, why, row.behind(base).of(&self.arena));
            }
            Row::At(done, total) => self.at(done, total),
        }
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        span.of(&self.arena)
    }

    fn report(&mut self) -> &mut SourceReport {
        let at = self.source as usize;
        &mut self.reports[at]
    }

    /// The entry with this normal form.
    pub fn find(&self, normal: &str) -> Option<u32> {
        self.find_hashed(hash(normal), normal)
    }

    fn find_hashed(&self, hash: u64, normal: &str) -> Option<u32> {
        let same = |&i: &u32| self.text(self.entries[i as usize].name.normal) == normal;
        self.lookup.find(hash, same).copied()
    }

    fn category(&mut self, name: Span) -> u8 {
        let name = name.of(&self.arena);
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

    fn tag(&mut self, tag: ReadTag, base: u32) {
        let normal = self.text(tag.name.normal.behind(base));
        match self.find_hashed(tag.hash, normal) {
            Some(id) => self.merge(id, tag, base),
            None => self.add(tag, base),
        }
    }

    fn add(&mut self, tag: ReadTag, base: u32) {
        let noted = if tag.note.len == 0 { 0 } else { NOTED };
        let entry = Entry {
            name: tag.name.behind(base),
            note: tag.note.behind(base),
            count: tag.count.unwrap_or(noted),
            counted: tag.count.is_some(),
            category: self.category(tag.category.behind(base)),
            sources: 1 << self.source,
            explicit: tag.explicit || tag.signs.explicit,
            chant: tag.chant,
            signs: tag.signs,
        };
        let id = self.entries.len() as u32;
        self.entries.push(entry);
        let (arena, entries) = (&self.arena, &self.entries);
        let hashed = |&i: &u32| hash(entries[i as usize].name.normal.of(arena));
        self.lookup.insert_unique(tag.hash, id, hashed);
        self.report().tags += 1;
    }

    fn merge(&mut self, id: u32, tag: ReadTag, base: u32) {
        let bit = 1 << self.source;
        let entry = &mut self.entries[id as usize];
        let same_list = entry.sources & bit != 0;
        entry.sources |= bit;
        entry.explicit |= tag.explicit;
        if let (false, Some(count)) = (entry.counted, tag.count) {
            (entry.count, entry.counted) = (count, true);
        }
        if entry.note.len == 0 {
            entry.note = tag.note.behind(base);
        }
        let report = self.report();
        report.repeated += 1;
        if !same_list {
            report.tags += 1;
        }
    }

    fn at(&mut self, done: usize, total: usize) {
        if done == 0 {
            self.arena.reserve(total / 2);
            self.entries.reserve(total / BYTES_A_TAG);
            let (arena, entries) = (&self.arena, &self.entries);
            let hashed = |&i: &u32| hash(entries[i as usize].name.normal.of(arena));
            self.lookup.reserve(total / BYTES_A_TAG, hashed);
        }
        let list = done as f32 / total.max(1) as f32;
        self.progress.read((self.source as f32 + list) / self.sources.max(1) as f32);
    }
}
