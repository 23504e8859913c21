//! From tag lists to a compiled index.

mod catalog;
mod initials;
mod order;
mod rows;
mod spelling;
mod tables;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use catalog::MAX_SOURCES;
pub use initials::{key as initials_key, pack as pack_initials};
pub use spelling::{MAX_SPELL, MIN_SPELL, mask as letter_mask};

use super::cache::{self, Section, Writer};
use super::error::Result;
use super::index::Index;
use super::progress::Progress;
use super::sources::{Limits, Source, SourceReport};
use catalog::Catalog;
use rows::Rows;
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
    let names = catalog.finish(&mut reports);
    progress.compiled(0.2);
    let rows = Rows::new(&catalog, &names);
    progress.compiled(0.3);
    let meta = Meta {
        categories: catalog.categories.clone(),
        sources: sources.iter().take(MAX_SOURCES).map(|s| s.label.clone()).collect(),
        reports,
        fingerprint: fingerprint.to_owned(),
    };
    let tables = Tables::new(&catalog);
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
    progress.compiled(1.0);
    index
}

/// Write all sections; the two halves of the sorting run side by side.
fn write<W: std::io::Write + std::io::Seek>(
    out: &mut Writer<W>,
    meta: &Meta,
    rows: &Rows,
    tables: &Tables,
    progress: &Progress,
) -> std::io::Result<()> {
    let meta = serde_json::to_vec(meta).map_err(std::io::Error::other)?;
    out.section(Section::Meta, &meta)?;
    rows.write(out)?;
    tables.write(out)?;
    let (side, grams) = std::thread::scope(|scope| {
        let side = scope.spawn(|| {
            crate::pool::lower_priority();
            let orders = order::orders(rows);
            let spelling = spelling::Spelling::new(rows, orders.words());
            (orders, spelling, initials::Initials::new(rows))
        });
        let grams = super::grams::build(rows.iter());
        (side.join(), grams)
    });
    let (orders, spelling, initials) =
        side.map_err(|_| std::io::Error::other("sorting the tags failed"))?;
    progress.compiled(0.85);
    orders.write(out)?;
    out.section(Section::GramKeys, &grams.keys)?;
    out.section(Section::GramStarts, &grams.starts)?;
    out.section(Section::GramCounts, &grams.counts)?;
    out.section(Section::GramData, &grams.data)?;
    out.section(Section::GramDense, &grams.dense)?;
    drop(grams);
    rows.write_shown(out)?;
    tables.write_notes(out)?;
    initials.write(out)?;
    spelling.write(out)
}
