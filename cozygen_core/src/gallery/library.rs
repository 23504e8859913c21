//! The library in memory: the catalog, its listings, its generation.

use std::time::{SystemTime, UNIX_EPOCH};

use super::catalog::Catalog;
use super::change::{Changes, Facts, FileChange, Happened, Op};
use super::error::{GalleryError, Result};
use super::names;
use super::row::{FileStat, FolderStat, Row, flag};
use super::scope::{Order, Scope};
use super::views::{Key, State, Views};

/// Above this share of gone rows the table is packed.
const MOST_GONE: usize = 4;
/// Smaller tables are not worth packing.
const LEAST_GONE: usize = 50_000;
/// Longer names than the system allows are refused.
const LONGEST_NAME: usize = u16::MAX as usize;

/// All files of one library, ready to be listed.
pub struct Library {
    /// Files and folders.
    pub catalog: Catalog,
    views: Views,
    generation: u64,
}

impl Library {
    /// A library over a catalog.
    pub fn new(catalog: Catalog) -> Self {
        Self { catalog, views: Views::default(), generation: first_generation() }
    }

    /// The number of the present state; grows with every visible change, and
    /// across restarts.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Keep an order that was read from a cache.
    pub fn adopt(&mut self, order: Order, rows: &[u32]) {
        self.views.keep((Scope::ALL, order), State::of_all(rows, self.generation));
    }

    /// Make the listing readable by [`Self::listing`].
    pub fn prepare(&mut self, scope: Scope, order: Order) {
        let built = self.lacking(scope, order);
        self.keep(built);
    }

    /// What must be sorted before the listing can be read, sorted: of a large
    /// part of the library, every file in that order first.
    pub fn lacking(&self, scope: Scope, order: Order) -> Vec<(Key, State)> {
        let mut built = Vec::new();
        let known = |key| self.views.get(&key, None);
        if known((scope, order)).is_some() {
            return built;
        }
        let whole = (Scope::ALL, order);
        let of_whole = scope.recursive && !matches!(order, Order::Random(_));
        if scope != Scope::ALL && of_whole && known(whole).is_none() {
            built.push((whole, State::build(&self.catalog, whole, None, self.generation)));
        }
        let all = known(whole).or_else(|| built.first().map(|(_, state)| state));
        let key = (scope, order);
        let state = State::build(&self.catalog, key, all, self.generation);
        built.push((key, state));
        built
    }

    /// Keep what [`Self::lacking`] sorted; nothing may have changed since.
    pub fn keep(&mut self, built: Vec<(Key, State)>) {
        built.into_iter().for_each(|(key, state)| self.views.keep(key, state));
    }

    /// The listing now, or as it was at `generation`.
    ///
    /// `Reset` when that moment is no longer kept, or was never asked for.
    pub fn listing(&self, scope: Scope, order: Order, generation: Option<u64>) -> Result<&State> {
        let wanted = generation.filter(|wanted| *wanted != self.generation);
        if wanted.is_some_and(|wanted| wanted > self.generation) {
            return Err(GalleryError::Reset);
        }
        self.views.get(&(scope, order), wanted).ok_or(GalleryError::Reset)
    }

    /// Whether [`Self::listing`] of the present would need a build first.
    pub fn is_prepared(&self, scope: Scope, order: Order) -> bool {
        self.views.get(&(scope, order), None).is_some()
    }

    /// Apply a batch as one step; readers see all of it or nothing.
    pub fn apply(&mut self, ops: &[Op]) -> Changes {
        let mut step = Step { changes: Changes::default(), generation: self.generation + 1 };
        for op in ops {
            self.apply_one(op, &mut step);
        }
        self.views.prune();
        if !step.changes.is_empty() {
            self.generation = step.generation;
        }
        step.changes.generation = self.generation;
        step.changes
    }

    fn apply_one(&mut self, op: &Op, step: &mut Step) {
        match op {
            Op::Folder { path, stat } => self.put_folder(path, *stat, step),
            Op::DropFolder { path } => self.drop_folder(path, step),
            Op::MoveFolder { from, to } => self.move_folder(from, to, step),
            Op::File { folder, name, id, stat } => self.put_file(folder, name, *id, *stat, step),
            Op::DropFile { id } => {
                if let Some(row) = self.catalog.find_id(*id) {
                    self.drop_file(row, step);
                }
            }
            Op::Known { id, facts } => self.learn(*id, facts),
        }
    }

    fn put_folder(&mut self, path: &[u8], stat: FolderStat, step: &mut Step) {
        let folder = self.known_or_new_folder(path, step);
        self.catalog.folder_mut(folder).stat = stat;
    }

    fn known_or_new_folder(&mut self, path: &[u8], step: &mut Step) -> u32 {
        if let Some(folder) = self.catalog.find_folder(path) {
            return folder;
        }
        let folder = self.catalog.ensure_path(path);
        let mut at = folder;
        while at != super::row::ROOT {
            at = self.catalog.folder(at).parent;
            self.folders_changed(at, step);
        }
        folder
    }

    fn folders_changed(&mut self, parent: u32, step: &mut Step) {
        self.views.folders_changed(&self.catalog, parent, step.generation);
        step.changes.folders.push(self.catalog.folder_path(parent));
    }

    fn drop_folder(&mut self, path: &[u8], step: &mut Step) {
        let Some(folder) = self.catalog.find_folder(path) else { return };
        if folder == super::row::ROOT {
            return;
        }
        let scope = Scope { folder, ..Scope::ALL };
        let below = scope.folders(&self.catalog);
        for number in below.iter().rev() {
            for row in self.catalog.folder(*number).rows.clone() {
                self.drop_file(row, step);
            }
            self.catalog.drop_folder(*number);
        }
        self.folders_changed(self.catalog.folder(folder).parent, step);
    }

    fn move_folder(&mut self, from: &[u8], to: &[u8], step: &mut Step) {
        let Some(folder) = self.catalog.find_folder(from) else { return };
        if from.is_empty() || to == from || to.starts_with(&[from, b"/"].concat()) {
            return;
        }
        self.drop_folder(to, step);
        let (above, name) = split_path(to);
        let parent = self.catalog.ensure_path(above);
        let before = self.catalog.folder(folder).parent;
        self.catalog.move_folder(folder, parent, name);
        self.views.forget_partial();
        step.changes.folders.extend([self.catalog.folder_path(before), above.to_vec()]);
        for number in (Scope { folder, ..Scope::ALL }).folders(&self.catalog) {
            for row in self.catalog.folder(number).rows.clone() {
                self.note(Happened::Changed, row, step);
            }
        }
    }

    fn put_file(
        &mut self,
        folder: &[u8],
        name: &[u8],
        id: Option<u64>,
        stat: FileStat,
        step: &mut Step,
    ) {
        if name.len() > LONGEST_NAME {
            return;
        }
        let number = self.known_or_new_folder(folder, step);
        let here = self.catalog.find_file(number, name);
        let moved = id.and_then(|id| self.catalog.find_id(id)).filter(|row| here != Some(*row));
        match (here, moved) {
            (here, Some(row)) => {
                if let Some(replaced) = here {
                    self.drop_file(replaced, step);
                }
                self.move_file(row, number, name, stat, step);
            }
            (Some(row), None) => self.change_file(row, stat, step),
            (None, None) => {
                let id = id.unwrap_or_else(|| self.catalog.fresh_id(folder, name));
                let row = self.catalog.add_file(number, name, id, stat);
                self.views.insert(&self.catalog, row, step.generation);
                self.note(Happened::Created, row, step);
            }
        }
    }

    fn move_file(&mut self, row: u32, folder: u32, name: &[u8], stat: FileStat, step: &mut Step) {
        self.views.remove(&self.catalog, row, step.generation);
        let left = self.catalog.folder_path(self.catalog.row(row).folder);
        self.catalog.move_file(row, folder, name);
        self.restamp(row, stat);
        self.views.insert(&self.catalog, row, step.generation);
        if left != self.catalog.folder_path(folder) {
            let row = self.catalog.row(row);
            let (id, mtime_ns) = (row.id, row.mtime_ns);
            let gone = FileChange { what: Happened::Removed, id, folder: left, mtime_ns };
            step.changes.files.push(gone);
            self.note(Happened::Created, self.catalog.find_id(id).unwrap_or_default(), step);
        } else {
            self.note(Happened::Changed, row, step);
        }
    }

    fn change_file(&mut self, row: u32, stat: FileStat, step: &mut Step) {
        if self.catalog.row(row).stat() == stat {
            return;
        }
        self.views.remove(&self.catalog, row, step.generation);
        self.restamp(row, stat);
        self.views.insert(&self.catalog, row, step.generation);
        self.note(Happened::Changed, row, step);
    }

    fn restamp(&mut self, row: u32, stat: FileStat) {
        let row = self.catalog.row_mut(row);
        if (row.size, row.mtime_ns) != (stat.size, stat.mtime_ns) {
            row.flags &= !(flag::KNOWN | flag::HAS_META);
        }
        (row.size, row.mtime_ns, row.inode) = (stat.size, stat.mtime_ns, stat.inode);
    }

    fn drop_file(&mut self, row: u32, step: &mut Step) {
        self.views.remove(&self.catalog, row, step.generation);
        self.note(Happened::Removed, row, step);
        self.catalog.remove_file(row);
    }

    fn note(&self, what: Happened, row: u32, step: &mut Step) {
        let Row { id, folder, mtime_ns, .. } = *self.catalog.row(row);
        let folder = self.catalog.folder_path(folder);
        step.changes.files.push(FileChange { what, id, folder, mtime_ns });
    }

    fn learn(&mut self, id: u64, facts: &Facts) {
        let Some(row) = self.catalog.find_id(id) else { return };
        let row = self.catalog.row_mut(row);
        if (row.size, row.mtime_ns) != (facts.size, facts.mtime_ns) {
            return;
        }
        (row.width, row.height) = (facts.width, facts.height);
        (row.duration_ms, row.fps_milli) = (facts.duration_ms, facts.fps_milli);
        row.flags |= flag::KNOWN | if facts.has_meta { flag::HAS_META } else { 0 };
    }

    /// Whether [`Self::packed`] is worth its while.
    pub fn wants_packing(&self) -> bool {
        self.catalog.gone() > LEAST_GONE.max(self.catalog.len() / MOST_GONE)
    }

    /// The same library without gone rows; earlier generations are forgotten.
    pub fn packed(&self) -> Self {
        let mut rows = Vec::with_capacity(self.catalog.len());
        let mut names = Vec::new();
        for number in 0..self.catalog.rows.len() as u32 {
            let mut row = *self.catalog.row(number);
            if !row.is(flag::GONE) {
                row.name_at = names.len() as u32;
                names.extend_from_slice(self.catalog.name(number));
                rows.push(row);
            }
        }
        let mut folders = self.catalog.folders.clone();
        folders.iter_mut().for_each(|folder| folder.rows.clear());
        let catalog = Catalog::from_tables(rows, names, folders);
        Self { catalog, views: Views::default(), generation: self.generation + 1 }
    }
}

struct Step {
    changes: Changes,
    generation: u64,
}

/// What lies above, and the last component.
pub fn split_path(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().rposition(|byte| *byte == b'/') {
        Some(slash) => (&path[..slash], &path[slash + 1..]),
        None => (b"", path),
    }
}

/// The clock keeps generations of two runs apart.
fn first_generation() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    now.as_millis() as u64
}

/// A path for people.
pub fn shown_path(path: &[u8]) -> String {
    names::shown(path)
}
