//! Pages of a listing, ready to be sent.

use super::error::Result;
use super::item::{Fields, ItemWriter, folder_json};
use super::kind::Kind;
use super::library::Library;
use super::row::{Row, flag};
use super::scope::{Scope, Sort};
use super::views::State;

/// Which page of which listing.
#[derive(Clone, Debug)]
pub struct Request {
    /// Path of the folder.
    pub folder: Vec<u8>,
    /// With everything below it.
    pub recursive: bool,
    /// Also names that start with a dot.
    pub hidden: bool,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// In which order.
    pub sort: Sort,
    /// Entries before the page.
    pub offset: usize,
    /// Most entries of the page.
    pub limit: usize,
    /// The state to read, instead of the present one.
    pub generation: Option<u64>,
    /// Move the page so that this file is in its middle.
    pub around: Option<u64>,
    /// Members of the items.
    pub fields: Fields,
}

impl Request {
    /// The scope, when the folder is there.
    pub fn scope(&self, library: &Library) -> Option<Scope> {
        let folder = library.catalog.find_folder(&self.folder)?;
        let (recursive, hidden, kind) = (self.recursive, self.hidden, self.kind);
        Some(Scope { folder, recursive, hidden, kind })
    }
}

/// One entry of a page.
pub struct Part {
    /// The JSON; of a file without its closing brace.
    pub json: Vec<u8>,
    /// The file, unless it is a folder.
    pub row: Option<Row>,
}

/// A page and what it is a page of.
pub struct Collected {
    /// The entries.
    pub parts: Vec<Part>,
    /// Entries of the whole listing.
    pub total: usize,
    /// Entries before the page.
    pub offset: usize,
    /// The state that was read.
    pub generation: u64,
}

/// Collect a page of a prepared listing; costs only the page.
///
/// `Reset` when the generation is no longer kept.
pub fn collect(
    library: &Library,
    scope: Scope,
    request: &Request,
    kind: &str,
) -> Result<Collected> {
    let state = library.listing(scope, request.sort.order, request.generation)?;
    let listing = Listing { library, state, reversed: request.sort.reversed };
    let offset = request
        .around
        .and_then(|id| listing.position(id, request.sort))
        .map_or(request.offset, |position| position.saturating_sub(request.limit / 2));
    let mut writer = ItemWriter::new(&library.catalog, kind, request.fields);
    let entries = listing.entries(offset, request.limit);
    Ok(Collected {
        parts: entries.map(|entry| part(library, entry, &mut writer)).collect(),
        total: listing.len(),
        offset,
        generation: request.generation.unwrap_or_else(|| library.generation()),
    })
}

enum Entry {
    Folder(u32),
    File(u32),
}

fn part(library: &Library, entry: Entry, writer: &mut ItemWriter<'_>) -> Part {
    match entry {
        Entry::Folder(folder) => Part { json: folder_json(&library.catalog, folder), row: None },
        Entry::File(row) => Part { json: writer.file(row), row: Some(*library.catalog.row(row)) },
    }
}

/// Folders, then files.
struct Listing<'a> {
    library: &'a Library,
    state: &'a State,
    reversed: bool,
}

impl<'a> Listing<'a> {
    fn len(&self) -> usize {
        self.state.folders.len() + self.state.files.len()
    }

    fn entries(&self, offset: usize, limit: usize) -> impl Iterator<Item = Entry> + 'a {
        let folders = &self.state.folders;
        let in_folders = offset.min(folders.len());
        let first = offset - in_folders;
        let files = &self.state.files;
        let forward = (!self.reversed).then(|| files.iter_from(first));
        let backward = self.reversed.then(|| {
            let count = files.len().saturating_sub(first);
            (0..count).rev().filter_map(|position| files.get(position))
        });
        let rows = forward.into_iter().flatten().chain(backward.into_iter().flatten());
        folders[in_folders..]
            .iter()
            .map(|folder| Entry::Folder(*folder))
            .chain(rows.map(Entry::File))
            .take(limit)
    }

    fn position(&self, id: u64, sort: Sort) -> Option<usize> {
        let catalog = &self.library.catalog;
        let row = catalog.find_id(id)?;
        let files = &self.state.files;
        let at = files.partition_point(|other| sort.order.compare(catalog, other, row).is_lt());
        if files.get(at) != Some(row) {
            return None;
        }
        let at = if self.reversed { files.len() - 1 - at } else { at };
        Some(self.state.folders.len() + at)
    }
}

/// How many files of a newest-first listing lie in each span of time.
///
/// `borders` are nanoseconds, latest first; the spans run from each border to
/// the one before it. Costs a binary search per border.
pub fn spans(library: &Library, scope: Scope, borders: &[i64]) -> Result<Vec<usize>> {
    let state = library.listing(scope, super::scope::Order::Newest, None)?;
    let mut before = 0;
    let count = |border: &i64| {
        let catalog = &library.catalog;
        let until = state.files.partition_point(|row| catalog.row(row).mtime_ns >= *border);
        let inside = until - before;
        before = until;
        inside
    };
    Ok(borders.iter().map(count).collect())
}

/// Times of the first and the last file of a newest-first listing.
pub fn extent(library: &Library, scope: Scope) -> Result<Option<(i64, i64)>> {
    let files = &library.listing(scope, super::scope::Order::Newest, None)?.files;
    let time = |position: usize| files.get(position).map(|row| library.catalog.row(row).mtime_ns);
    Ok(time(0).zip(files.len().checked_sub(1).and_then(time)))
}

/// Close an item, with its metadata if there is any.
pub fn closed(part: Part, summary: Option<&str>) -> Vec<u8> {
    let mut json = part.json;
    if part.row.is_some() {
        if let Some(summary) = summary {
            json.extend(b",\"meta\":");
            json.extend(summary.bytes());
        }
        json.push(b'}');
    }
    json
}

/// Whether metadata of this very version of the file was read.
pub fn is_known(row: &Row) -> bool {
    row.is(flag::KNOWN)
}
