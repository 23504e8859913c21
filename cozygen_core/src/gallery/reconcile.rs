//! Bringing the library up to the disk: only folders whose stamp differs are
//! read again, because creating, removing and renaming changes the folder.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::catalog::Catalog;
use super::change::Op;
use super::roots::{Roots, join};
use super::row::{FileStat, FolderStat, ROOT};
use super::scope::Scope;
use super::walk::{Listing, Walk, list_folder, walk};

/// A folder changed within this time of its listing is read once more: clocks
/// of file systems are coarse.
const RACY_NS: i64 = 2_000_000_000;

/// A folder as the library knows it.
#[derive(Clone, Debug)]
pub struct KnownFolder {
    /// Its path.
    pub path: Vec<u8>,
    /// Its stamp.
    pub stat: FolderStat,
    /// Whether it holds files or folders.
    pub filled: bool,
}

/// What a look at the folders' stamps found.
#[derive(Debug, Default)]
pub struct Found {
    /// Folders that were read again, and new ones.
    pub walk: Walk,
    /// A root, or a folder on another disk, has gone: what it held is kept.
    pub unavailable: Vec<Vec<u8>>,
}

/// All living folders of a library.
pub fn known_folders(catalog: &Catalog) -> Vec<KnownFolder> {
    let mut paths: HashMap<u32, Vec<u8>> = HashMap::from([(ROOT, Vec::new())]);
    let everything = Scope::ALL.folders(catalog);
    let mut known = Vec::with_capacity(everything.len());
    for number in everything {
        let folder = catalog.folder(number);
        let above = paths.get(&folder.parent).cloned().unwrap_or_default();
        let path = if number == ROOT { Vec::new() } else { join(&above, &folder.name) };
        let filled = !folder.rows.is_empty() || !folder.children.is_empty();
        known.push(KnownFolder { path: path.clone(), stat: folder.stat, filled });
        paths.insert(number, path);
    }
    known
}

/// Look at the stamps of `known` and read what differs; `deep` reads all again.
pub fn look(
    roots: &Roots,
    known: &[KnownFolder],
    deep: bool,
    threads: usize,
    stop: &AtomicBool,
) -> Found {
    let mut found = Found::default();
    let paths: HashSet<&[u8]> = known.iter().map(|folder| folder.path.as_slice()).collect();
    for folder in known {
        if stop.load(Ordering::Relaxed) || !found.unavailable.is_empty() && found.lost(folder) {
            continue;
        }
        match verdict(roots, folder, deep) {
            Verdict::Same => {}
            Verdict::Gone => found.unavailable.push(folder.path.clone()),
            Verdict::Read => read_again(roots, folder, &paths, threads, stop, &mut found),
        }
    }
    found
}

/// The stamps of the roots; zero for one that was never there.
pub fn root_stamps(roots: &Roots, catalog: &Catalog) -> Vec<(Vec<u8>, FolderStat)> {
    let paths = std::iter::once(&b""[..]).chain(roots.mounts());
    paths
        .filter_map(|path| Some((path.to_vec(), catalog.folder(catalog.find_folder(path)?).stat)))
        .collect()
}

/// Whether a root is not the folder any more that was looked at: unmounted,
/// mounted over, moved away, or there for the first time. Costs one stat a root.
pub fn is_elsewhere(roots: &Roots, stamps: &[(Vec<u8>, FolderStat)]) -> bool {
    stamps.iter().any(|(path, known)| {
        let was_there = *known != FolderStat::default();
        match fs::metadata(roots.on_disk(path)) {
            // Not to be listed: known to be there, but never listed.
            Ok(meta) if !was_there => fs::read_dir(roots.on_disk(path)).is_ok() && meta.is_dir(),
            Ok(meta) => {
                let now = super::walk::folder_stat(&meta, 0);
                (now.device, now.inode) != (known.device, known.inode)
            }
            Err(_) => was_there,
        }
    })
}

enum Verdict {
    Same,
    Read,
    Gone,
}

impl Found {
    fn lost(&self, folder: &KnownFolder) -> bool {
        self.unavailable.iter().any(|path| {
            path.is_empty()
                || folder.path == *path
                || folder.path.starts_with(&[path.as_slice(), b"/"].concat())
        })
    }
}

fn verdict(roots: &Roots, folder: &KnownFolder, deep: bool) -> Verdict {
    match fs::metadata(roots.on_disk(&folder.path)) {
        Ok(meta) => {
            let now = super::walk::folder_stat(&meta, 0);
            let moved = now.device != folder.stat.device && folder.stat.device != 0;
            if moved && folder.filled && is_empty(roots, &folder.path) {
                Verdict::Gone
            } else if deep || moved || !is_settled(&folder.stat, &now) {
                Verdict::Read
            } else {
                Verdict::Same
            }
        }
        Err(_) if roots.is_root(&folder.path) => Verdict::Gone,
        // The folder above has changed too and says whether this one is gone.
        Err(_) => Verdict::Same,
    }
}

fn is_empty(roots: &Roots, path: &[u8]) -> bool {
    fs::read_dir(roots.on_disk(path)).is_ok_and(|mut entries| entries.next().is_none())
}

fn is_settled(known: &FolderStat, now: &FolderStat) -> bool {
    let racy = (known.listed_ns - known.mtime_ns).abs() < RACY_NS;
    !racy && known.mtime_ns == now.mtime_ns && known.inode == now.inode
}

fn read_again(
    roots: &Roots,
    folder: &KnownFolder,
    known: &HashSet<&[u8]>,
    threads: usize,
    stop: &AtomicBool,
    found: &mut Found,
) {
    match list_folder(roots, &folder.path, threads) {
        Ok(listing) => {
            let fresh: Vec<Vec<u8>> = listing
                .folders
                .iter()
                .map(|name| join(&listing.path, name))
                .filter(|path| !known.contains(path.as_slice()))
                .collect();
            found.walk.listings.push(listing);
            let below = walk(roots, fresh, threads, stop, &AtomicUsize::new(0));
            found.walk.listings.extend(below.listings);
            found.walk.failed.extend(below.failed);
        }
        Err(error) => found.walk.failed.push((folder.path.clone(), error.to_string())),
    }
}

/// The changes that make `catalog` equal to the listings.
///
/// A file that vanished and one that appeared with the same inode, size and
/// time are one file, renamed.
pub fn difference(catalog: &Catalog, listings: &[Listing]) -> Vec<Op> {
    let mut difference =
        Difference { catalog, appeared: Vec::new(), vanished: Vec::new(), ops: Vec::new() };
    for listing in listings {
        difference.folder(listing);
    }
    difference.finish()
}

struct Difference<'a> {
    catalog: &'a Catalog,
    appeared: Vec<(&'a [u8], &'a [u8], FileStat)>,
    vanished: Vec<u32>,
    ops: Vec<Op>,
}

impl<'a> Difference<'a> {
    fn folder(&mut self, listing: &'a Listing) {
        let number = self.catalog.find_folder(&listing.path);
        let mut seen = HashSet::with_capacity(listing.files.len());
        for (name, stat) in &listing.files {
            match number.and_then(|number| self.catalog.find_file(number, name)) {
                Some(row) => self.present(listing, name, *stat, row, &mut seen),
                None => self.appeared.push((&listing.path, name, *stat)),
            }
        }
        if let Some(number) = number {
            self.missing(number, listing, &seen);
        }
        self.ops.push(Op::Folder { path: listing.path.clone(), stat: listing.stat });
    }

    fn present(
        &mut self,
        listing: &Listing,
        name: &[u8],
        stat: FileStat,
        row: u32,
        seen: &mut HashSet<u32>,
    ) {
        seen.insert(row);
        if self.catalog.row(row).stat() != stat {
            let (folder, name) = (listing.path.clone(), name.to_vec());
            self.ops.push(Op::File { folder, name, id: None, stat });
        }
    }

    fn missing(&mut self, number: u32, listing: &Listing, seen: &HashSet<u32>) {
        let folder = self.catalog.folder(number);
        self.vanished.extend(folder.rows.iter().filter(|row| !seen.contains(row)));
        let listed: HashSet<&[u8]> = listing.folders.iter().map(Vec::as_slice).collect();
        for child in &folder.children {
            let child = self.catalog.folder(*child);
            if !listed.contains(&*child.name) {
                let path = join(&listing.path, &child.name);
                self.vanished.extend(self.files_below(&path));
                self.ops.push(Op::DropFolder { path });
            }
        }
    }

    fn files_below(&self, path: &[u8]) -> Vec<u32> {
        let Some(folder) = self.catalog.find_folder(path) else { return Vec::new() };
        let scope = Scope { folder, ..Scope::ALL };
        let folders = scope.folders(self.catalog);
        folders.iter().flat_map(|folder| self.catalog.folder(*folder).rows.clone()).collect()
    }

    fn finish(mut self) -> Vec<Op> {
        let key = |stat: FileStat| (stat.inode, stat.size, stat.mtime_ns);
        let mut vanished: HashMap<_, u32> = self
            .vanished
            .iter()
            .filter(|row| self.catalog.row(**row).inode != 0)
            .map(|row| (key(self.catalog.row(*row).stat()), *row))
            .collect();
        let mut moved = HashSet::new();
        let mut files = Vec::with_capacity(self.appeared.len());
        for (folder, name, stat) in &self.appeared {
            let before = vanished.remove(&key(*stat));
            moved.extend(before);
            files.push(Op::File {
                folder: folder.to_vec(),
                name: name.to_vec(),
                id: before.map(|row| self.catalog.row(row).id),
                stat: *stat,
            });
        }
        let gone = self.vanished.iter().filter(|row| !moved.contains(row));
        files.extend(gone.map(|row| Op::DropFile { id: self.catalog.row(*row).id }));
        // Files move out before the folders they were in go.
        files.append(&mut self.ops);
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(path: std::path::PathBuf) -> Roots {
        Roots::new(vec![(String::new(), path)], vec![])
    }

    fn elsewhere(roots: &Roots, known: FolderStat) -> bool {
        is_elsewhere(roots, &[(Vec::new(), known)])
    }

    #[test]
    fn a_root_that_was_never_there_counts_once_it_can_be_listed() {
        let there = tempfile::tempdir().unwrap();
        let file = there.path().join("file");
        fs::write(&file, b"").unwrap();
        let never = FolderStat::default();
        assert!(!elsewhere(&root(there.path().join("absent")), never));
        assert!(!elsewhere(&root(file), never));
        assert!(elsewhere(&root(there.path().to_path_buf()), never));
    }

    #[test]
    fn a_root_that_was_there_counts_when_it_has_gone_or_is_another() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let stat = super::super::walk::folder_stat(&fs::metadata(one.path()).unwrap(), 1);
        assert!(!elsewhere(&root(one.path().to_path_buf()), stat));
        assert!(elsewhere(&root(two.path().to_path_buf()), stat));
        assert!(elsewhere(&root(one.path().join("absent")), stat));
    }

    #[test]
    fn where_the_system_has_no_inodes_a_root_counts_only_when_it_has_gone() {
        let there = tempfile::tempdir().unwrap();
        let stat = FolderStat { mtime_ns: 1, ..FolderStat::default() };
        assert!(elsewhere(&root(there.path().join("absent")), stat));
    }
}
