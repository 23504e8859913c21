//! Reading folders: one, or a tree with a few threads.

use std::collections::HashSet;
use std::fs::{self, DirEntry, Metadata};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use super::error::{GalleryError, Result};
use super::kind::Kind;
use super::names;
use super::roots::{Roots, TRASH, join};
use super::row::{FileStat, FolderStat};

/// Deeper trees are not followed.
const DEEPEST: usize = 128;
/// Folders with more entries are read by several threads.
const SPLIT_AT: usize = 4096;

/// What one folder holds.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Path in the library.
    pub path: Vec<u8>,
    /// The folder's own stamp.
    pub stat: FolderStat,
    /// Media files with their stamps.
    pub files: Vec<(Vec<u8>, FileStat)>,
    /// Names of the folders in it that are followed.
    pub folders: Vec<Vec<u8>>,
    /// Links that lead outside, into themselves, or nowhere.
    pub refused: usize,
    /// Entries that could not be read.
    pub unreadable: usize,
}

/// What a whole walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// One for every folder that could be read.
    pub listings: Vec<Listing>,
    /// Folders that could not be read, or lie too deep.
    pub failed: Vec<(Vec<u8>, String)>,
}

/// Nanoseconds since 1970 of now.
pub fn now_ns() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos() as i64
}

/// The stamp of a file.
pub fn file_stat(meta: &Metadata) -> FileStat {
    FileStat { size: meta.len(), mtime_ns: mtime_ns(meta), inode: inode(meta) }
}

/// The stamp of a folder whose listing began at `listed_ns`.
pub fn folder_stat(meta: &Metadata, listed_ns: i64) -> FolderStat {
    let (mtime_ns, inode) = (mtime_ns(meta), inode(meta));
    FolderStat { mtime_ns, listed_ns, device: device(meta), inode }
}

fn mtime_ns(meta: &Metadata) -> i64 {
    let Ok(time) = meta.modified() else { return 0 };
    let clamp = |nanos: u128| i64::try_from(nanos).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => clamp(after.as_nanos()),
        Err(before) => -clamp(before.duration().as_nanos()),
    }
}

#[cfg(unix)]
fn inode(meta: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(unix)]
fn device(meta: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(meta)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

#[cfg(not(unix))]
fn device(_: &Metadata) -> u64 {
    0
}

/// What one entry of a folder turned out to be.
enum Entry {
    File(Vec<u8>, FileStat),
    Folder(Vec<u8>),
    Refused,
    Unreadable,
    Other,
}

/// Read one folder; entries that vanish meanwhile are left out.
pub fn list_folder(roots: &Roots, path: &[u8], threads: usize) -> Result<Listing> {
    let place = roots.on_disk(path);
    let fail = |error| GalleryError::io(&place, error);
    let listed_ns = now_ns();
    let stat = folder_stat(&fs::metadata(&place).map_err(fail)?, listed_ns);
    let entries: Vec<_> = fs::read_dir(&place).map_err(fail)?.collect();
    let mut listing = Listing {
        path: path.to_vec(),
        stat,
        files: Vec::with_capacity(entries.len()),
        folders: Vec::new(),
        refused: 0,
        unreadable: 0,
    };
    for entry in examined(roots, path, &place, &entries, threads) {
        listing.take(entry);
    }
    if roots.mounts().next().is_some() {
        listing.folders.retain(|name| !roots.begins_at(&place.join(names::from_bytes(name))));
    }
    if path.is_empty() {
        listing.folders.retain(|name| !roots.mounts().any(|label| label == name));
        listing.folders.extend(roots.mounts().map(<[u8]>::to_vec));
    }
    Ok(listing)
}

impl Listing {
    fn take(&mut self, entry: Entry) {
        match entry {
            Entry::File(name, stat) => self.files.push((name, stat)),
            Entry::Folder(name) => self.folders.push(name),
            Entry::Refused => self.refused += 1,
            Entry::Unreadable => self.unreadable += 1,
            Entry::Other => {}
        }
    }
}

type Entries = [std::io::Result<DirEntry>];

/// A flat folder with very many files is stat-ed by several threads.
fn examined(
    roots: &Roots,
    path: &[u8],
    place: &Path,
    entries: &Entries,
    threads: usize,
) -> Vec<Entry> {
    let look = |part: &Entries| -> Vec<Entry> {
        part.iter().map(|entry| examine(roots, path, place, entry)).collect()
    };
    if threads < 2 || entries.len() < SPLIT_AT {
        return look(entries);
    }
    let size = entries.len().div_ceil(threads);
    std::thread::scope(|scope| {
        let handles: Vec<_> = entries
            .chunks(size)
            .map(|part| {
                scope.spawn(move || {
                    crate::pool::lower_priority();
                    look(part)
                })
            })
            .collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap_or_default()).collect()
    })
}

fn examine(roots: &Roots, path: &[u8], place: &Path, entry: &std::io::Result<DirEntry>) -> Entry {
    let Ok(entry) = entry else { return Entry::Unreadable };
    let Ok(kind) = entry.file_type() else { return Entry::Unreadable };
    let name = names::to_bytes(&entry.file_name());
    let is_media = Kind::of_name(&name).is_some();
    if kind.is_dir() {
        return if name == TRASH && roots.is_root(path) {
            Entry::Other
        } else {
            Entry::Folder(name)
        };
    }
    if kind.is_symlink() {
        return follow(roots, place, entry, name, is_media);
    }
    if !kind.is_file() || !is_media {
        return Entry::Other;
    }
    match entry.metadata() {
        Ok(meta) => Entry::File(name, file_stat(&meta)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Entry::Other,
        Err(_) => Entry::Unreadable,
    }
}

/// A link to a file may lead to any root; a link to a folder only to a linked
/// root: inside the library the folder is listed where it really is.
fn follow(roots: &Roots, place: &Path, entry: &DirEntry, name: Vec<u8>, is_media: bool) -> Entry {
    let Ok(target) = fs::canonicalize(entry.path()) else { return Entry::Refused };
    let Ok(meta) = fs::metadata(&target) else { return Entry::Refused };
    if meta.is_file() {
        return match (is_media, roots.may_read(&target)) {
            (false, _) => Entry::Other,
            (true, true) => Entry::File(name, file_stat(&meta)),
            (true, false) => Entry::Refused,
        };
    }
    let loops = fs::canonicalize(place).is_ok_and(|here| here.starts_with(&target));
    if meta.is_dir() && roots.is_linked(&target) && !loops {
        return Entry::Folder(name);
    }
    if meta.is_dir() { Entry::Refused } else { Entry::Other }
}

struct Queue {
    waiting: Vec<Vec<u8>>,
    busy: usize,
}

/// One walk in progress.
struct Walker<'a> {
    roots: &'a Roots,
    threads: usize,
    stop: &'a AtomicBool,
    files: &'a AtomicUsize,
    queue: Mutex<Queue>,
    wake: Condvar,
    entered: Mutex<HashSet<(u64, u64)>>,
    found: Mutex<Walk>,
}

/// Read the folders at `starts` and all below them. `files` counts along.
pub fn walk(
    roots: &Roots,
    starts: Vec<Vec<u8>>,
    threads: usize,
    stop: &AtomicBool,
    files: &AtomicUsize,
) -> Walk {
    let walker = Walker {
        roots,
        threads,
        stop,
        files,
        queue: Mutex::new(Queue { waiting: starts, busy: 0 }),
        wake: Condvar::new(),
        entered: Mutex::default(),
        found: Mutex::default(),
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                crate::pool::lower_priority();
                walker.work();
            });
        }
    });
    walker.found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

impl Walker<'_> {
    fn work(&self) {
        while let Some(path) = self.next() {
            let below = self.visit(path);
            let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            queue.waiting.extend(below);
            queue.busy -= 1;
            self.wake.notify_all();
        }
    }

    fn next(&self) -> Option<Vec<u8>> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(path) = queue.waiting.pop() {
                queue.busy += 1;
                return Some(path);
            }
            if queue.busy == 0 {
                return None;
            }
            queue = self.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn visit(&self, path: Vec<u8>) -> Vec<Vec<u8>> {
        if path.iter().filter(|byte| **byte == b'/').count() > DEEPEST {
            self.fail(path, "too deep".to_owned());
            return Vec::new();
        }
        match list_folder(self.roots, &path, self.threads) {
            Ok(listing) if self.enters(&listing) => self.keep(listing),
            Ok(_) => Vec::new(),
            Err(error) => {
                self.fail(path, error.to_string());
                Vec::new()
            }
        }
    }

    /// A folder reached twice, by links, is read once.
    fn enters(&self, listing: &Listing) -> bool {
        let FolderStat { device, inode, .. } = listing.stat;
        let mut entered = self.entered.lock().unwrap_or_else(PoisonError::into_inner);
        inode == 0 || entered.insert((device, inode))
    }

    fn keep(&self, listing: Listing) -> Vec<Vec<u8>> {
        let below = listing.folders.iter().map(|name| join(&listing.path, name)).collect();
        self.files.fetch_add(listing.files.len(), Ordering::Relaxed);
        self.found.lock().unwrap_or_else(PoisonError::into_inner).listings.push(listing);
        below
    }

    fn fail(&self, path: Vec<u8>, reason: String) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.failed.push((path, reason));
    }
}
