//! From tag lists to a compiled index.

mod batch;
mod catalog;
mod initials;
mod names;
mod order;
mod popularity;
mod rows;
mod spelling;
mod tables;

use std::panic::resume_unwind;
use std::path::Path;
use std::thread::ScopedJoinHandle;

use serde::{Deserialize, Serialize};

pub use catalog::MAX_SOURCES;
pub use initials::{key as initials_key, pack as pack_initials};
pub use spelling::{MAX_SPELL, MIN_SPELL, mask as letter_mask};

use super::cache::{self, Section, Writer};
use super::error::Result;
use super::grams::{self, Lists};
use super::index::Index;
use super::progress::Progress;
use super::sources::{Limits, Source, SourceReport};
use crate::pool::{lower_priority, return_memory};
use catalog::Catalog;
use initials::Initials;
use rows::Rows;
use spelling::Spelling;
use tables::Tables;

/// What the index says of itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Meta {
    /// Category names; a tag's category is a place in this list.
    pub categories: Vec<String>,
    /// Labels of the lists, the preferred one first.
    pub sources: Vec<String>,
    /// What became of each list.
    pub reports: Vec<SourceReport>,
    /// What the caller wants to find again (sizes and times of the lists, say).
    pub fingerprint: String,
}

/// Build an index of `sources`, the preferred one first, and write it to
/// `cache` if there is one; then it is mapped from there.
pub fn build(
    sources: &[Source],
    limits: Limits,
    fingerprint: &str,
    cache: Option<&Path>,
    progress: &Progress,
) -> Result<Index> {
    let (mut catalog, mut reports) = Catalog::read(sources, limits, progress)?;
    progress.compiled(0.0);
    catalog.sort(&mut reports);
    let names = catalog.names(&mut reports);
    progress.compiled(0.2);
    let (rows, tables) = std::thread::scope(|scope| {
        let tables = scope.spawn(|| Tables::new(&catalog));
        let rows = Rows::new(&catalog, &names);
        (rows, tables.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    progress.compiled(0.3);
    let meta = Meta {
        categories: catalog.categories.clone(),
        sources: sources.iter().take(MAX_SOURCES).map(|s| s.label.clone()).collect(),
        reports,
        fingerprint: fingerprint.to_owned(),
    };
    drop((catalog, names));
    let index = match cache {
        Some(path) => {
            cache::write(path, |out| write(out, &meta, &rows, &tables, progress))?;
            Index::open(path)
        }
        None => Index::new(
            cache::in_memory(|out| write(out, &meta, &rows, &tables, progress))?,
            Path::new("<memory>"),
        ),
    };
    drop((rows, tables));
    return_memory();
    progress.compiled(1.0);
    index
}

/// What is sorted and listed of the rows.
struct Found {
    names: Vec<u32>,
    words: Vec<u32>,
    triples: Lists,
    pairs: Lists,
    spelling: Spelling,
    initials: Initials,
}

/// Sort and list, as much as possible side by side, and `meanwhile` do something else.
fn found(rows: &Rows, meanwhile: impl FnOnce() -> std::io::Result<()>) -> std::io::Result<Found> {
    std::thread::scope(|scope| {
        let words = scope.spawn(|| {
            lower_priority();
            let words = order::words(rows);
            let known = spelling::words(rows, &words);
            (words, known)
        });
        let triples = scope.spawn(|| {
            lower_priority();
            grams::triples(rows.iter())
        });
        let names = scope.spawn(|| {
            lower_priority();
            (order::names(rows), spelling::names(rows), Initials::new(rows))
        });
        meanwhile()?;
        let pairs = grams::pairs(rows.iter());
        let (words, known_words) = joined(words)?;
        let (names, known_names, initials) = joined(names)?;
        let spelling = Spelling { names: known_names, words: known_words };
        Ok(Found { names, words, triples: joined(triples)?, pairs, spelling, initials })
    })
}

fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> std::io::Result<T> {
    thread.join().map_err(|_| std::io::Error::other("sorting the tags failed"))
}

/// Write all sections.
fn write<W: std::io::Write + std::io::Seek>(
    out: &mut Writer<W>,
    meta: &Meta,
    rows: &Rows,
    tables: &Tables,
    progress: &Progress,
) -> std::io::Result<()> {
    let meta = serde_json::to_vec(meta).map_err(std::io::Error::other)?;
    let found = found(rows, || {
        out.section(Section::Meta, &meta)?;
        rows.write(out)?;
        tables.write(out)
    })?;
    progress.compiled(0.85);
    order::write(out, (Section::NameOrder, Section::NameMins), &found.names)?;
    order::write(out, (Section::WordOrder, Section::WordMins), &found.words)?;
    grams::write(out, found.triples, found.pairs)?;
    rows.write_shown(out)?;
    tables.write_notes(out)?;
    found.initials.write(out)?;
    found.spelling.write(out)
}
