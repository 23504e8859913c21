//! The whole table in one file that loads in milliseconds.
//!
//! Layout, little-endian: magic, journal position, four lengths, then rows,
//! names, folders (postcard), orders, and xxh3 of all before it. Written beside
//! and renamed, so that a crash leaves the old file or the new one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use bytemuck::Pod;
use xxhash_rust::xxh3::Xxh3Default;

use super::catalog::Catalog;
use super::error::{GalleryError, Result};
use super::library::Library;
use super::row::{Folder, Row, flag};
use super::scope::{Order, Scope};

const MAGIC: &[u8; 8] = b"CZGAL\0\0\x01";
const SECTIONS: usize = 4;
const HEADER: usize = 8 + 8 + SECTIONS * 8;
const SUM: u64 = 8;
/// Bytes below which a second thread costs more than it saves.
const WORTH_TWO_THREADS: usize = 4 << 20;
/// The orders that are kept.
pub const ORDERS: [Order; 3] = [Order::Newest, Order::Name, Order::Size];

/// A loaded snapshot.
pub struct Snapshot {
    /// The library as it was.
    pub library: Library,
    /// Changes up to this position of the journal are in it.
    pub journal: u64,
}

/// A library ready to be written.
pub struct Packed {
    journal: u64,
    rows: Vec<Row>,
    names: Vec<u8>,
    folders: Vec<u8>,
    orders: Vec<u32>,
}

/// Copy what a snapshot holds; cheap enough to hold a read lock meanwhile.
///
/// The listings of all files in [`ORDERS`] must be prepared.
pub fn pack(library: &Library, journal: u64) -> Result<Packed> {
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
    let mut orders = Vec::with_capacity(rows.len() * ORDERS.len());
    for order in ORDERS {
        let files = &library.listing(Scope::ALL, order, None)?.files;
        orders.extend(files.iter_from(0).map(|number| numbers[number as usize]));
    }
    Ok(Packed { journal, rows, names, folders, orders })
}

impl Packed {
    fn sections(&self) -> [&[u8]; SECTIONS] {
        let (rows, orders) = (bytemuck::cast_slice(&self.rows), bytemuck::cast_slice(&self.orders));
        [rows, &self.names, &self.folders, orders]
    }

    fn header(&self) -> Vec<u8> {
        let mut header = [&MAGIC[..], &self.journal.to_le_bytes()].concat();
        for section in self.sections() {
            header.extend((section.len() as u64).to_le_bytes());
        }
        header
    }

    fn write_to(&self, file: &mut File) -> io::Result<()> {
        let header = self.header();
        let mut sum = Xxh3Default::new();
        for part in [&header[..]].into_iter().chain(self.sections()) {
            sum.update(part);
            file.write_all(part)?;
        }
        file.write_all(&sum.digest().to_le_bytes())
    }
}

/// Write it durably.
pub fn write(path: &Path, packed: &Packed) -> Result<()> {
    let beside = path.with_extension("tmp");
    let fail = |error| GalleryError::io(path, error);
    let mut file = File::create(&beside).map_err(fail)?;
    packed.write_to(&mut file).and_then(|()| file.sync_all()).map_err(fail)?;
    drop(file);
    fs::rename(&beside, path).map_err(fail)
}

/// Read it back; `Corrupt` when anything about it is not right.
pub fn load(path: &Path) -> Result<Snapshot> {
    let fail = |reason: &str| GalleryError::corrupt(path, reason);
    let mut parts = Parts::open(path)?;
    let header: Vec<u8> = parts.next(HEADER as u64)?;
    if header[..8] != *MAGIC {
        return Err(fail("not a gallery cache of this version"));
    }
    let lengths: [u64; SECTIONS] = std::array::from_fn(|index| number(&header, 16 + 8 * index));
    let rows: Vec<Row> = parts.next(lengths[0])?;
    let names: Vec<u8> = parts.next(lengths[1])?;
    let folders: Vec<u8> = parts.next(lengths[2])?;
    let orders: Vec<u32> = parts.next(lengths[3])?;
    parts.finish()?;
    let folders: Vec<Folder> =
        postcard::from_bytes(&folders).map_err(|_| fail("the folders are broken"))?;
    check(&rows, &names, &folders, &orders).map_err(fail)?;
    let count = rows.len();
    let mut library = Library::new(Catalog::from_tables(rows, names, folders));
    for (order, rows) in ORDERS.iter().zip(orders.chunks(count.max(1))) {
        library.adopt(*order, rows);
    }
    Ok(Snapshot { library, journal: number(&header, 8) })
}

/// The file read part by part, straight to where each belongs.
struct Parts<'a> {
    path: &'a Path,
    file: File,
    sum: Xxh3Default,
    at: u64,
    left: u64,
}

impl<'a> Parts<'a> {
    fn open(path: &'a Path) -> Result<Self> {
        let fail = |error| GalleryError::io(path, error);
        let file = File::open(path).map_err(fail)?;
        let left = file.metadata().map_err(fail)?.len();
        Ok(Self { path, file, sum: Xxh3Default::new(), at: 0, left })
    }

    fn fail(&self, reason: &str) -> GalleryError {
        GalleryError::corrupt(self.path, reason)
    }

    /// The next `length` bytes; what the file does not hold is never allocated.
    fn next<T: Pod>(&mut self, length: u64) -> Result<Vec<T>> {
        let whole = length.is_multiple_of(size_of::<T>() as u64);
        self.left = match self.left.checked_sub(length) {
            Some(left) if whole => left,
            _ => return Err(self.fail("a section is cut off")),
        };
        let mut items: Vec<T> = bytemuck::zeroed_vec(length as usize / size_of::<T>());
        let bytes = bytemuck::cast_slice_mut(&mut items);
        let read = read_in_halves(&self.file, self.at, bytes);
        read.map_err(|error| GalleryError::io(self.path, error))?;
        self.at += length;
        self.sum.update(bytes);
        Ok(items)
    }

    /// The checksum, and nothing after it.
    fn finish(mut self) -> Result<()> {
        let expected = self.sum.digest().to_le_bytes();
        let found: Vec<u8> = self.next(SUM)?;
        if found == expected && self.left == 0 {
            return Ok(());
        }
        Err(self.fail("the checksum differs"))
    }
}

/// Two threads, because most of the time goes into the memory that the bytes come to.
fn read_in_halves(file: &File, at: u64, bytes: &mut [u8]) -> io::Result<()> {
    if bytes.len() < WORTH_TWO_THREADS {
        return read_at(file, at, bytes);
    }
    let (first, second) = bytes.split_at_mut(bytes.len() / 2);
    let middle = at + first.len() as u64;
    std::thread::scope(|scope| {
        let other = scope.spawn(|| read_at(file, middle, second));
        let mine = read_at(file, at, first);
        let theirs = other.join().map_err(|_| io::Error::other("the second half was not read"))?;
        mine.and(theirs)
    })
}

#[cfg(unix)]
fn read_at(file: &File, at: u64, bytes: &mut [u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, at: u64, bytes: &mut [u8]) -> io::Result<()> {
    let mut done = 0;
    while done < bytes.len() {
        match std::os::windows::fs::FileExt::seek_read(file, &mut bytes[done..], at + done as u64) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => done += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn number(bytes: &[u8], at: usize) -> u64 {
    bytes
        .get(at..at + 8)
        .map_or(0, |part| part.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)))
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
