//! Turning what the system tells into changes of the library.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::change::Op;
use super::error::Result;
use super::kind::Kind;
use super::library::split_path;
use super::reader;
use super::row::FileStat;
use super::settle::Settling;
use super::shared::Shared;
use super::store::Stored;
use super::walk::file_stat;
use super::watch::Told;

/// What happens within this time is told as one change.
const GATHER: Duration = Duration::from_millis(100);

/// Changes heard of but not yet applied.
#[derive(Default)]
pub struct Following {
    settling: Settling,
    gone: BTreeSet<Vec<u8>>,
    moved: Vec<(Vec<u8>, Vec<u8>)>,
    folders: BTreeSet<Vec<u8>>,
    missed: bool,
    since: Option<Instant>,
}

/// What the keeper has to look at itself.
#[derive(Debug, Default)]
pub struct Look {
    /// Folders to read again.
    pub folders: Vec<Vec<u8>>,
    /// Everything.
    pub all: bool,
}

impl Following {
    /// When [`Self::apply`] is due: soon after something happened, or never.
    pub fn due_in(&self) -> Option<Duration> {
        self.since.map(|since| GATHER.saturating_sub(since.elapsed()))
    }

    /// Hear of a change.
    pub fn hear(&mut self, shared: &Shared, told: Told) {
        match told {
            Told::Missed => self.missed = true,
            Told::Gone(place) => self.went(shared, &place),
            Told::Moved(from, to) => self.moved_to(shared, &from, &to),
            Told::Changed(place, closed) => self.changed(shared, &place, closed),
        }
        let idle = self.gone.is_empty() && self.moved.is_empty() && self.folders.is_empty();
        if self.missed || !idle || !self.settling.is_empty() {
            self.since.get_or_insert_with(Instant::now);
        }
    }

    fn changed(&mut self, shared: &Shared, place: &Path, closed: bool) {
        let Some(path) = in_library(shared, place) else { return };
        if fs::symlink_metadata(place).is_ok_and(|meta| meta.is_dir()) {
            self.folders.insert(path);
        } else if is_media(&path) {
            self.gone.remove(&path);
            self.settling.touch(path, closed);
        }
    }

    fn went(&mut self, shared: &Shared, place: &Path) {
        let Some(path) = in_library(shared, place) else { return };
        self.settling.drop(&path);
        if is_media(&path) || shared.read().catalog.find_folder(&path).is_some() {
            self.gone.insert(path);
        }
    }

    fn moved_to(&mut self, shared: &Shared, from: &Path, to: &Path) {
        match (in_library(shared, from), in_library(shared, to)) {
            (Some(from), Some(to)) => {
                self.gone.remove(&from);
                self.settling.drop(&from);
                self.settling.drop(&to);
                self.moved.push((from, to));
            }
            (Some(_), None) => self.went(shared, from),
            (None, Some(_)) => self.changed(shared, to, true),
            (None, None) => {}
        }
    }

    /// Apply what is whole; the rest waits. What remains to look at is returned.
    pub fn apply(&mut self, shared: &Shared) -> Result<Look> {
        let look = Look {
            folders: std::mem::take(&mut self.folders).into_iter().collect(),
            all: std::mem::take(&mut self.missed),
        };
        self.since = None;
        for (from, to) in std::mem::take(&mut self.moved) {
            self.apply_move(shared, &from, &to)?;
        }
        let gone = std::mem::take(&mut self.gone);
        let whole = self.settling.settled(|path| shared.roots.on_disk(path));
        if !self.settling.is_empty() {
            self.since.get_or_insert_with(Instant::now);
        }
        let mut ops = gone_ops(shared, &gone);
        let removed: Vec<u64> = ops
            .iter()
            .filter_map(|op| if let Op::DropFile { id } = op { Some(*id) } else { None })
            .collect();
        let (files, read) = file_ops(shared, &whole);
        ops.extend(files);
        if !ops.is_empty() {
            shared.store.put(&read)?;
            shared.commit(&ops)?;
            shared.store.forget(&removed)?;
        }
        Ok(look)
    }

    /// A move keeps the id; of a whole folder, all ids in it.
    fn apply_move(&mut self, shared: &Shared, from: &[u8], to: &[u8]) -> Result<()> {
        let place = shared.roots.on_disk(to);
        let Ok(meta) = fs::symlink_metadata(&place) else {
            self.gone.insert(from.to_vec());
            return Ok(());
        };
        if meta.is_dir() {
            let (from, to) = (from.to_vec(), to.to_vec());
            self.folders.insert(to.clone());
            self.since.get_or_insert_with(Instant::now);
            return shared.commit(&[Op::MoveFolder { from, to }]).map(|_| ());
        }
        let id = id_at(shared, from);
        if id.is_some() && is_media(to) && meta.is_file() {
            let (folder, name) = split_path(to);
            let op = Op::File {
                folder: folder.to_vec(),
                name: name.to_vec(),
                id,
                stat: file_stat(&meta),
            };
            return shared.commit(&[op]).map(|_| ());
        }
        self.gone.insert(from.to_vec());
        if is_media(to) {
            self.settling.touch(to.to_vec(), true);
        }
        Ok(())
    }
}

fn in_library(shared: &Shared, place: &Path) -> Option<Vec<u8>> {
    let path = shared.roots.in_library(place)?;
    (!shared.roots.is_trash(&path)).then_some(path)
}

fn is_media(path: &[u8]) -> bool {
    Kind::of_name(split_path(path).1).is_some()
}

fn id_at(shared: &Shared, path: &[u8]) -> Option<u64> {
    let library = shared.read();
    let (folder, name) = split_path(path);
    let folder = library.catalog.find_folder(folder)?;
    library.catalog.find_file(folder, name).map(|row| library.catalog.row(row).id)
}

/// Only what is really not there any more: it may have come back meanwhile.
fn gone_ops(shared: &Shared, gone: &BTreeSet<Vec<u8>>) -> Vec<Op> {
    let mut ops = Vec::new();
    for path in gone {
        if shared.roots.is_root(path) || fs::symlink_metadata(shared.roots.on_disk(path)).is_ok() {
            continue;
        }
        if let Some(id) = id_at(shared, path) {
            ops.push(Op::DropFile { id });
        } else {
            ops.push(Op::DropFolder { path: path.clone() });
        }
    }
    ops
}

/// New and changed files, with their metadata read already, so that listeners
/// get complete items.
fn file_ops(shared: &Shared, whole: &[Vec<u8>]) -> (Vec<Op>, Vec<Stored>) {
    let (mut ops, mut read, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for path in whole {
        let place = shared.roots.on_disk(path);
        let (folder, name) = split_path(path);
        let Some(stat) = allowed_stat(shared, &place) else {
            ops.extend(id_at(shared, path).map(|id| Op::DropFile { id }));
            continue;
        };
        let known = id_at(shared, path);
        let id = known.unwrap_or_else(|| shared.read().catalog.fresh_id(folder, name));
        if !seen.insert(id) || is_unchanged(shared, known, stat) {
            continue;
        }
        let entry = reader::read_one(id, stat, &place);
        let (folder, name) = (folder.to_vec(), name.to_vec());
        // An id of another place would mean a move.
        ops.push(Op::File { folder, name, id: known.is_none().then_some(id), stat });
        ops.push(Op::Known { id, facts: entry.facts });
        read.push(entry);
    }
    (ops, read)
}

fn is_unchanged(shared: &Shared, id: Option<u64>, stat: FileStat) -> bool {
    let library = shared.read();
    let row = id.and_then(|id| library.catalog.find_id(id));
    row.is_some_and(|row| library.catalog.row(row).stat() == stat)
}

/// The stamp of a regular file that may be shown, links followed.
fn allowed_stat(shared: &Shared, place: &PathBuf) -> Option<FileStat> {
    let resolved = fs::canonicalize(place).ok()?;
    let meta = fs::metadata(&resolved).ok()?;
    (meta.is_file() && shared.roots.may_read(&resolved)).then(|| file_stat(&meta))
}
