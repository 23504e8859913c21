//! The whole table in one file that loads in milliseconds.
//!
//! Layout, little-endian: magic, journal position, four lengths, then rows,
//! names, folders (postcard), orders, and xxh3 of all before it. Written beside
//! and renamed, so that a crash leaves the old file or the new one.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::catalog::Catalog;
use super::error::{GalleryError, Result};
use super::library::Library;
use super::row::{Folder, Row, flag};
use super::scope::Order;

const MAGIC: &[u8; 8] = b"CZGAL\0\0\x01";
const HEADER: usize = 8 + 8 + 4 * 8;
const ORDERS: [Order; 3] = [Order::Newest, Order::Name, Order::Size];

/// A loaded snapshot.
pub struct Snapshot {
    /// The library as it was.
    pub library: Library,
    /// Changes up to this position of the journal are in it.
    pub journal: u64,
}

/// Serialise a library; cheap enough to hold a read lock meanwhile.
pub fn pack(library: &mut Library, journal: u64) -> Result<Vec<u8>> {
    let orders = ORDERS.map(|order| library.rows_in(order));
    let catalog = &library.catalog;
    let mut numbers = vec![u32::MAX; catalog.rows.len()];
    let mut rows: Vec<Row> = Vec::with_capacity(catalog.len());
    let mut names = Vec::with_capacity(catalog.names.len());
    for number in 0..catalog.rows.len() as u32 {
        let mut row = *catalog.row(number);
        if row.is(flag::GONE) {
            continue;
        }
        numbers[number as usize] = rows.len() as u32;
        row.name_at = names.len() as u32;
        names.extend_from_slice(catalog.name(number));
        rows.push(row);
    }
    let folders = postcard::to_allocvec(&catalog.folders)
        .map_err(|_| GalleryError::Broken("folders cannot be serialised"))?;
    let orders: Vec<u32> =
        orders.iter().flatten().map(|number| numbers[*number as usize]).collect();
    Ok(joined(journal, &rows, &names, &folders, &orders))
}

fn joined(journal: u64, rows: &[Row], names: &[u8], folders: &[u8], orders: &[u32]) -> Vec<u8> {
    let sections: [&[u8]; 4] =
        [bytemuck::cast_slice(rows), names, folders, bytemuck::cast_slice(orders)];
    let size: usize = sections.iter().map(|section| section.len()).sum();
    let mut bytes = Vec::with_capacity(HEADER + size + 8);
    bytes.extend(MAGIC);
    bytes.extend(journal.to_le_bytes());
    for section in sections {
        bytes.extend((section.len() as u64).to_le_bytes());
    }
    for section in sections {
        bytes.extend_from_slice(section);
    }
    let sum = xxh3_64(&bytes);
    bytes.extend(sum.to_le_bytes());
    bytes
}

/// Write it durably.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = path.with_extension("tmp");
    let fail = |error| GalleryError::io(path, error);
    let mut file = File::create(&beside).map_err(fail)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fail)?;
    drop(file);
    fs::rename(&beside, path).map_err(fail)
}

/// Read it back; `Corrupt` when anything about it is not right.
pub fn load(path: &Path) -> Result<Snapshot> {
    let bytes = fs::read(path).map_err(|error| GalleryError::io(path, error))?;
    let fail = |reason: &str| GalleryError::corrupt(path, reason);
    if bytes.len() < HEADER + 8 || bytes[..8] != *MAGIC {
        return Err(fail("not a gallery cache of this version"));
    }
    let (body, sum) = bytes.split_at(bytes.len() - 8);
    if xxh3_64(body).to_le_bytes() != *sum {
        return Err(fail("the checksum differs"));
    }
    let mut rest = &body[HEADER..];
    let mut section = |index: usize| -> Result<&[u8]> {
        let length = number(body, 16 + 8 * index) as usize;
        let (section, after) =
            rest.split_at_checked(length).ok_or_else(|| fail("a section is cut off"))?;
        rest = after;
        Ok(section)
    };
    let rows: Vec<Row> = collected(section(0)?);
    let names = section(1)?.to_vec();
    let folders: Vec<Folder> =
        postcard::from_bytes(section(2)?).map_err(|_| fail("the folders are broken"))?;
    let orders: Vec<u32> = collected(section(3)?);
    check(&rows, &names, &folders, &orders).map_err(fail)?;
    let count = rows.len();
    let mut library = Library::new(Catalog::from_tables(rows, names, folders));
    for (order, rows) in ORDERS.iter().zip(orders.chunks(count.max(1))) {
        library.adopt(*order, rows);
    }
    Ok(Snapshot { library, journal: number(body, 8) })
}

fn number(bytes: &[u8], at: usize) -> u64 {
    bytes
        .get(at..at + 8)
        .map_or(0, |part| part.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

fn collected<T: bytemuck::Pod>(bytes: &[u8]) -> Vec<T> {
    let whole = bytes.len() - bytes.len() % size_of::<T>();
    bytemuck::pod_collect_to_vec(&bytes[..whole])
}

/// A file with the right checksum may still come from a defective writer.
fn check(
    rows: &[Row],
    names: &[u8],
    folders: &[Folder],
    orders: &[u32],
) -> std::result::Result<(), &'static str> {
    let count = folders.len();
    if count == 0 || folders.iter().any(|folder| folder.parent as usize >= count) {
        return Err("a folder is missing");
    }
    let in_folders =
        |row: &Row| (row.folder as usize) < count && folders[row.folder as usize].alive;
    let in_names = |row: &Row| row.name_at as usize + usize::from(row.name_len) <= names.len();
    if !rows.iter().all(|row| in_folders(row) && in_names(row)) {
        return Err("a file is nowhere");
    }
    if orders.len() != rows.len() * ORDERS.len()
        || orders.iter().any(|row| *row as usize >= rows.len())
    {
        return Err("an order is incomplete");
    }
    Ok(())
}
