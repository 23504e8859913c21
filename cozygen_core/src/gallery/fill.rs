//! Filling a catalog with very many files at once, without keeping its look-ups
//! true file by file.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::catalog::{Catalog, hash_of, mix};
use super::ids::serial_id;
use super::roots::Roots;
use super::row::{FileStat, Row, flag};
use super::walk::Listing;

/// A catalog made from listings, without the cost of keeping orders meanwhile.
pub fn filled(roots: &Roots, listings: &[Listing]) -> Catalog {
    let mut catalog = Catalog::new();
    catalog.reserve(listings.iter().map(|listing| listing.files.len()).sum());
    for listing in listings {
        let folder = catalog.ensure_path(&listing.path);
        catalog.folder_mut(folder).stat = listing.stat;
        if roots.is_root(&listing.path) {
            catalog.folder_mut(folder).mount = Some(0);
        }
        catalog.fill(folder, &listing.path, &listing.files);
    }
    catalog.index_filled();
    catalog
}

impl Catalog {
    /// Add the files of a folder that is new here; they are found after [`Self::index_filled`].
    pub fn fill(&mut self, folder: u32, folder_path: &[u8], files: &[(Vec<u8>, FileStat)]) {
        for (name, stat) in files {
            let row = self.push_row(folder, name, serial_id(folder_path, name), *stat);
            self.enter_folder(row, folder);
        }
        self.live += files.len();
    }

    /// Make both look-ups, side by side; an id that another file has already is replaced.
    pub fn index_filled(&mut self) {
        let (rows, names) = (&self.rows, &self.names);
        let ((by_id, twice), by_name) = std::thread::scope(|scope| {
            let ids = scope.spawn(|| indexed_by_id(rows));
            let by_name = indexed_by_name(rows, names);
            // A thread that cannot finish leaves its share to this one.
            (ids.join().unwrap_or_else(|_| indexed_by_id(rows)), by_name)
        });
        (self.by_id, self.by_name) = (by_id, by_name);
        for row in twice {
            let id = self.fresh_id(&self.folder_path(self.row(row).folder), self.name(row));
            self.row_mut(row).id = id;
            let rows = &self.rows;
            self.by_id.insert_unique(mix(id), row, |row| mix(rows[*row as usize].id));
        }
    }
}

fn there(rows: &[Row]) -> impl Iterator<Item = u32> + '_ {
    (0..rows.len() as u32).filter(|row| !rows[*row as usize].is(flag::GONE))
}

/// All rows by id, and those whose id another row has.
fn indexed_by_id(rows: &[Row]) -> (HashTable<u32>, Vec<u32>) {
    let (mut table, mut twice) = (HashTable::with_capacity(rows.len()), Vec::new());
    let id = |row: u32| rows[row as usize].id;
    for row in there(rows) {
        match table.entry(mix(id(row)), |other| id(*other) == id(row), |row| mix(id(*row))) {
            Entry::Occupied(_) => twice.push(row),
            Entry::Vacant(place) => drop(place.insert(row)),
        }
    }
    (table, twice)
}

fn indexed_by_name(rows: &[Row], names: &[u8]) -> HashTable<u32> {
    let mut table = HashTable::with_capacity(rows.len());
    for row in there(rows) {
        table.insert_unique(hash_of(rows, names, row), row, |row| hash_of(rows, names, *row));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAT: FileStat = FileStat { size: 1, mtime_ns: 2, inode: 3 };

    #[test]
    fn files_that_are_filled_in_are_found_and_differ_as_if_added_one_by_one() {
        let names: [&[u8]; 4] = [b"x_1.png", b"x_01.png", b"x_2.png", b"other.webm"];
        let files: Vec<_> = names.iter().map(|name| (name.to_vec(), STAT)).collect();
        let (mut filled, mut added) = (Catalog::new(), Catalog::new());
        for folder in [&b"a"[..], b"a/b"] {
            let number = filled.ensure_path(folder);
            filled.fill(number, folder, &files);
            let number = added.ensure_path(folder);
            for name in names {
                let id = added.fresh_id(folder, name);
                added.add_file(number, name, id, STAT);
            }
        }
        filled.index_filled();
        assert_eq!((filled.len(), added.len()), (8, 8));
        for row in 0..8 {
            let (id, folder) = (filled.row(row).id, filled.row(row).folder);
            assert_eq!(id, added.row(row).id);
            assert_eq!(filled.find_id(id), Some(row));
            assert_eq!(filled.find_file(folder, filled.name(row)), Some(row));
        }
    }
}
