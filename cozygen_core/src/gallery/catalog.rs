//! The table of files and folders with its look-ups; knows no order.

use std::collections::HashMap;

use hashbrown::HashTable;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::ids::serial_id;
use super::kind::Kind;
use super::row::{FileStat, Folder, FolderStat, ROOT, Row, flag};

/// `ComfyUI_00001_.png`, and some more.
const USUAL_NAME: usize = 24;

/// Files and folders, found by number, id, or name.
pub struct Catalog {
    pub(super) rows: Vec<Row>,
    pub(super) names: Vec<u8>,
    pub(super) folders: Vec<Folder>,
    folder_names: HashMap<(u32, Box<[u8]>), u32>,
    pub(super) by_name: HashTable<u32>,
    pub(super) by_id: HashTable<u32>,
    pub(super) live: usize,
}

impl Default for Catalog {
    fn default() -> Self {
        Self::new()
    }
}

impl Catalog {
    /// A catalog that holds only the root folder.
    pub fn new() -> Self {
        let root = Folder {
            parent: ROOT,
            name: Box::default(),
            stat: FolderStat::default(),
            mount: Some(0),
            alive: true,
            children: Vec::new(),
            rows: Vec::new(),
        };
        Self {
            rows: Vec::new(),
            names: Vec::new(),
            folders: vec![root],
            folder_names: HashMap::new(),
            by_name: HashTable::new(),
            by_id: HashTable::new(),
            live: 0,
        }
    }

    /// Rebuild the look-ups over loaded tables; rows must name existing folders.
    pub fn from_tables(rows: Vec<Row>, names: Vec<u8>, folders: Vec<Folder>) -> Self {
        let mut catalog = Self { rows, names, folders, ..Self::new() };
        for number in 1..catalog.folders.len() as u32 {
            let folder = &catalog.folders[number as usize];
            if folder.alive {
                catalog.folder_names.insert((folder.parent, folder.name.clone()), number);
            }
        }
        for row in 0..catalog.rows.len() as u32 {
            if !catalog.row(row).is(flag::GONE) {
                catalog.enter_folder(row, catalog.row(row).folder);
                catalog.live += 1;
            }
        }
        catalog.index_filled();
        catalog
    }

    /// Make room for that many more files.
    pub fn reserve(&mut self, files: usize) {
        self.rows.reserve(files);
        self.names.reserve(files.saturating_mul(USUAL_NAME));
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.live
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// Rows that only old snapshots still show.
    pub fn gone(&self) -> usize {
        self.rows.len() - self.live
    }

    /// The row of that number.
    pub fn row(&self, row: u32) -> &Row {
        &self.rows[row as usize]
    }

    pub(super) fn row_mut(&mut self, row: u32) -> &mut Row {
        &mut self.rows[row as usize]
    }

    /// The folder of that number.
    pub fn folder(&self, folder: u32) -> &Folder {
        &self.folders[folder as usize]
    }

    pub(super) fn folder_mut(&mut self, folder: u32) -> &mut Folder {
        &mut self.folders[folder as usize]
    }

    /// The name of a file.
    pub fn name(&self, row: u32) -> &[u8] {
        let row = self.row(row);
        let start = row.name_at as usize;
        &self.names[start..start + usize::from(row.name_len)]
    }

    /// The path of a folder below the root, parts joined by `/`, empty for the root.
    pub fn folder_path(&self, folder: u32) -> Vec<u8> {
        let mut parts = Vec::new();
        let mut at = folder;
        while at != ROOT {
            parts.push(&*self.folder(at).name);
            at = self.folder(at).parent;
        }
        parts.reverse();
        parts.join(&b'/')
    }

    /// The living folder at `path` (as of [`Self::folder_path`]).
    pub fn find_folder(&self, path: &[u8]) -> Option<u32> {
        if path.is_empty() {
            return Some(ROOT);
        }
        path.split(|byte| *byte == b'/').try_fold(ROOT, |at, part| self.child(at, part))
    }

    /// The living folder called `name` in `parent`.
    pub fn child(&self, parent: u32, name: &[u8]) -> Option<u32> {
        self.folder_names.get(&(parent, name.into())).copied()
    }

    /// The file of that id.
    pub fn find_id(&self, id: u64) -> Option<u32> {
        self.by_id.find(mix(id), |row| self.row(*row).id == id).copied()
    }

    /// The file called `name` in `folder`.
    pub fn find_file(&self, folder: u32, name: &[u8]) -> Option<u32> {
        self.by_name
            .find(name_hash(folder, name), |row| {
                self.row(*row).folder == folder && self.name(*row) == name
            })
            .copied()
    }

    /// An id for a new file at this place that no other file has.
    pub fn fresh_id(&self, folder_path: &[u8], name: &[u8]) -> u64 {
        let hashed = |seed| xxh3_64_with_seed(&[folder_path, b"/", name].concat(), seed);
        std::iter::once(serial_id(folder_path, name))
            .chain((0u64..).map(hashed))
            .find(|id| *id != 0 && self.find_id(*id).is_none())
            .unwrap_or_default()
    }

    /// The folder called `name` in `parent`, made if it is not there.
    pub fn ensure_folder(&mut self, parent: u32, name: &[u8]) -> u32 {
        if let Some(known) = self.child(parent, name) {
            return known;
        }
        let number = self.folders.len() as u32;
        self.folders.push(Folder {
            parent,
            name: name.into(),
            stat: FolderStat::default(),
            mount: None,
            alive: true,
            children: Vec::new(),
            rows: Vec::new(),
        });
        self.folder_mut(parent).children.push(number);
        self.folder_names.insert((parent, name.into()), number);
        number
    }

    /// The folder at `path`, made with all above it if it is not there.
    pub fn ensure_path(&mut self, path: &[u8]) -> u32 {
        let mut at = ROOT;
        for part in path.split(|byte| *byte == b'/').filter(|part| !part.is_empty()) {
            at = self.ensure_folder(at, part);
        }
        at
    }

    /// Forget an empty folder; its number is not used again.
    pub(super) fn drop_folder(&mut self, folder: u32) {
        self.detach_folder(folder);
        self.folder_mut(folder).alive = false;
    }

    fn detach_folder(&mut self, folder: u32) {
        let (parent, name) = (self.folder(folder).parent, self.folder(folder).name.clone());
        self.folder_names.remove(&(parent, name));
        self.folder_mut(parent).children.retain(|child| *child != folder);
    }

    /// Hang a folder with all it holds elsewhere, under another name.
    pub(super) fn move_folder(&mut self, folder: u32, parent: u32, name: &[u8]) {
        self.detach_folder(folder);
        self.folder_mut(folder).parent = parent;
        self.folder_mut(folder).name = name.into();
        self.folder_mut(parent).children.push(folder);
        self.folder_names.insert((parent, name.into()), folder);
    }

    /// Add a file; the caller has checked that the name and the id are free.
    pub(super) fn add_file(&mut self, folder: u32, name: &[u8], id: u64, stat: FileStat) -> u32 {
        let number = self.push_row(folder, name, id, stat);
        self.enter_folder(number, folder);
        self.index_row(number);
        number
    }

    pub(super) fn push_row(&mut self, folder: u32, name: &[u8], id: u64, stat: FileStat) -> u32 {
        let number = self.rows.len() as u32;
        let name_at = self.push_name(name);
        self.rows.push(Row {
            id,
            mtime_ns: stat.mtime_ns,
            size: stat.size,
            inode: stat.inode,
            folder,
            name_at,
            width: 0,
            height: 0,
            duration_ms: 0,
            fps_milli: 0,
            name_len: name.len() as u16,
            kind: Kind::of_name(name).unwrap_or(Kind::Image) as u8,
            flags: hidden_bit(name),
            slot: 0,
        });
        number
    }

    fn push_name(&mut self, name: &[u8]) -> u32 {
        let at = self.names.len() as u32;
        self.names.extend_from_slice(name);
        at
    }

    /// Mark a file as gone and take it out of the look-ups.
    pub(super) fn remove_file(&mut self, row: u32) {
        self.unindex_row(row);
        self.leave_folder(row);
        self.row_mut(row).flags |= flag::GONE;
    }

    /// Give a file another folder or name; its id stays.
    pub(super) fn move_file(&mut self, row: u32, folder: u32, name: &[u8]) {
        self.unindex_row(row);
        self.leave_folder(row);
        let name_at = self.push_name(name);
        let kind = Kind::of_name(name).unwrap_or(Kind::Image) as u8;
        let moved = self.row_mut(row);
        moved.folder = folder;
        moved.name_at = name_at;
        moved.name_len = name.len() as u16;
        moved.kind = kind;
        moved.flags = moved.flags & !flag::HIDDEN | hidden_bit(name);
        self.enter_folder(row, folder);
        self.index_row(row);
    }

    pub(super) fn enter_folder(&mut self, row: u32, folder: u32) {
        self.row_mut(row).slot = self.folder(folder).rows.len() as u32;
        self.folder_mut(folder).rows.push(row);
    }

    fn leave_folder(&mut self, row: u32) {
        let (folder, slot) = (self.row(row).folder, self.row(row).slot);
        self.folder_mut(folder).rows.swap_remove(slot as usize);
        if let Some(moved) = self.folder(folder).rows.get(slot as usize).copied() {
            self.row_mut(moved).slot = slot;
        }
    }

    fn index_row(&mut self, row: u32) {
        let id = self.row(row).id;
        let by_name = name_hash(self.row(row).folder, self.name(row));
        let (rows, names) = (&self.rows, &self.names);
        self.by_id.insert_unique(mix(id), row, |row| mix(rows[*row as usize].id));
        self.by_name.insert_unique(by_name, row, |row| hash_of(rows, names, *row));
        self.live += 1;
    }

    fn unindex_row(&mut self, row: u32) {
        let id = mix(self.row(row).id);
        if let Ok(entry) = self.by_id.find_entry(id, |other| *other == row) {
            entry.remove();
        }
        let name = name_hash(self.row(row).folder, self.name(row));
        if let Ok(entry) = self.by_name.find_entry(name, |other| *other == row) {
            entry.remove();
        }
        self.live -= 1;
    }
}

fn hidden_bit(name: &[u8]) -> u8 {
    if name.first() == Some(&b'.') { flag::HIDDEN } else { 0 }
}

/// Where a row stands in the look-up by name.
pub(super) fn hash_of(rows: &[Row], names: &[u8], row: u32) -> u64 {
    let row = &rows[row as usize];
    let start = row.name_at as usize;
    name_hash(row.folder, &names[start..start + usize::from(row.name_len)])
}

fn name_hash(folder: u32, name: &[u8]) -> u64 {
    xxh3_64_with_seed(name, u64::from(folder))
}

/// Ids restored from a cache file must not be able to degrade the table.
pub(super) fn mix(id: u64) -> u64 {
    xxh3_64(&id.to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAT: FileStat = FileStat { size: 1, mtime_ns: 2, inode: 3 };

    fn add(catalog: &mut Catalog, folder: &[u8], name: &[u8]) -> u32 {
        let number = catalog.ensure_path(folder);
        let id = catalog.fresh_id(folder, name);
        catalog.add_file(number, name, id, STAT)
    }

    #[test]
    fn a_moved_file_is_found_at_its_new_place_only_and_keeps_its_id() {
        let mut catalog = Catalog::new();
        let row = add(&mut catalog, b"a/b", b"x.png");
        let id = catalog.row(row).id;
        let other = catalog.ensure_path(b"c");
        catalog.move_file(row, other, b".y.webm");
        assert_eq!(catalog.find_id(id), Some(row));
        assert_eq!(catalog.find_file(other, b".y.webm"), Some(row));
        let before = catalog.find_folder(b"a/b").unwrap();
        assert_eq!(catalog.find_file(before, b"x.png"), None);
        assert!(catalog.row(row).is(flag::HIDDEN));
        assert_eq!(catalog.row(row).kind(), Kind::Video);
    }

    #[test]
    fn a_new_file_under_a_renamed_files_old_name_gets_another_id() {
        let mut catalog = Catalog::new();
        let row = add(&mut catalog, b"", b"x.png");
        catalog.move_file(row, ROOT, b"y.png");
        let again = add(&mut catalog, b"", b"x.png");
        assert_ne!(catalog.row(row).id, catalog.row(again).id);
    }

    #[test]
    fn a_removed_file_is_not_found_but_its_row_can_still_be_shown() {
        let mut catalog = Catalog::new();
        let row = add(&mut catalog, b"", b"x.png");
        catalog.remove_file(row);
        assert_eq!(catalog.find_file(ROOT, b"x.png"), None);
        assert_eq!((catalog.len(), catalog.gone()), (0, 1));
        assert_eq!(catalog.name(row), b"x.png");
    }

    #[test]
    fn a_moved_folder_takes_its_files_along() {
        let mut catalog = Catalog::new();
        let row = add(&mut catalog, b"a/b", b"x.png");
        let folder = catalog.find_folder(b"a/b").unwrap();
        catalog.move_folder(folder, ROOT, b"z");
        assert_eq!(catalog.find_folder(b"a/b"), None);
        let moved = catalog.find_folder(b"z").unwrap();
        assert_eq!(catalog.find_file(moved, b"x.png"), Some(row));
        assert_eq!(catalog.folder_path(moved), b"z");
    }
}
