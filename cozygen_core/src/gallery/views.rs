//! Listings kept in order while files come and go, with their recent past.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering as Atomic};
use std::time::{Duration, Instant};

use super::catalog::Catalog;
use super::names::natural_cmp;
use super::row::flag;
use super::scope::{Order, Scope};
use super::sequence::Sequence;

/// How long an earlier state of a listing stays readable.
const KEEP: Duration = Duration::from_secs(300);
/// More listings than this are dropped, least recently read first.
const MOST_VIEWS: usize = 96;
/// More earlier states of one listing than this are dropped, oldest first.
const MOST_PAST: usize = 2048;

/// One state of a listing.
#[derive(Clone)]
pub struct State {
    /// The generation from which on it held.
    pub since: u64,
    /// Files in the kept order.
    pub files: Sequence,
    /// Folders by name; empty for recursive listings.
    pub folders: Arc<Vec<u32>>,
}

impl State {
    /// Sort a listing; from `all`, every file in that order, where it is at hand.
    pub fn build(catalog: &Catalog, key: Key, all: Option<&Self>, generation: u64) -> Self {
        let (scope, order) = key;
        let rows = sorted_rows(catalog, &scope, order, all.map(|all| &all.files));
        Self {
            since: generation,
            files: Sequence::from_sorted(&rows),
            folders: Arc::new(sorted_folders(catalog, &scope)),
        }
    }

    /// Every file in an order that was read from a cache.
    pub fn of_all(rows: &[u32], generation: u64) -> Self {
        Self { since: generation, files: Sequence::from_sorted(rows), folders: Arc::default() }
    }
}

struct Past {
    state: State,
    until: u64,
    retired: Instant,
}

struct View {
    now: State,
    past: VecDeque<Past>,
    last_read: AtomicU64,
}

/// Which listing.
pub type Key = (Scope, Order);

/// All listings that are kept.
pub struct Views {
    views: HashMap<Key, View>,
    born: Instant,
}

impl Default for Views {
    fn default() -> Self {
        Self { views: HashMap::new(), born: Instant::now() }
    }
}

impl Views {
    /// The listing as it is, or as it was at `generation`; `None` when it is
    /// not kept (build it, if now is wanted) or that moment is forgotten.
    pub fn get(&self, key: &Key, generation: Option<u64>) -> Option<&State> {
        let view = self.views.get(key)?;
        view.last_read.store(self.clock(), Atomic::Relaxed);
        let wanted = generation.unwrap_or(u64::MAX);
        if wanted >= view.now.since {
            return Some(&view.now);
        }
        view.past
            .iter()
            .find(|past| past.state.since <= wanted && wanted < past.until)
            .map(|past| &past.state)
    }

    /// Keep a listing that [`State::build`] made of the present.
    pub fn keep(&mut self, key: Key, now: State) {
        let last_read = AtomicU64::new(self.clock());
        self.make_room();
        self.views.insert(key, View { now, past: VecDeque::new(), last_read });
    }

    /// Forget every listing, when the numbers of rows have changed.
    pub fn clear(&mut self) {
        self.views.clear();
    }

    /// Take a file out of all listings; call it before the file changes.
    pub fn remove(&mut self, catalog: &Catalog, row: u32, generation: u64) {
        for ((scope, order), view) in &mut self.views {
            if scope.holds(catalog, row) {
                view.retire(generation);
                let order = *order;
                view.now.files.remove(row, |a, b| order.compare(catalog, a, b));
            }
        }
    }

    /// Put a file into the listings it belongs to; call it after the change.
    pub fn insert(&mut self, catalog: &Catalog, row: u32, generation: u64) {
        for ((scope, order), view) in &mut self.views {
            if scope.holds(catalog, row) {
                view.retire(generation);
                let order = *order;
                view.now.files.insert(row, |a, b| order.compare(catalog, a, b));
            }
        }
    }

    /// Renew the list of folders where `parent` is listed.
    pub fn folders_changed(&mut self, catalog: &Catalog, parent: u32, generation: u64) {
        for ((scope, _), view) in &mut self.views {
            if !scope.recursive && scope.folder == parent {
                view.retire(generation);
                view.now.folders = Arc::new(sorted_folders(catalog, scope));
            }
        }
    }

    /// Drop all listings of folders below which something moved as a whole.
    pub fn forget_partial(&mut self) {
        self.views.retain(|(scope, _), _| *scope == Scope::ALL);
    }

    /// Let go of what is too old.
    pub fn prune(&mut self) {
        for view in self.views.values_mut() {
            while view.past.front().is_some_and(|past| past.retired.elapsed() > KEEP) {
                view.past.pop_front();
            }
        }
    }

    fn clock(&self) -> u64 {
        self.born.elapsed().as_micros() as u64
    }

    fn make_room(&mut self) {
        if self.views.len() < MOST_VIEWS {
            return;
        }
        let oldest = self
            .views
            .iter()
            .filter(|((scope, _), _)| *scope != Scope::ALL)
            .min_by_key(|(_, view)| view.last_read.load(Atomic::Relaxed))
            .map(|(key, _)| *key);
        if let Some(key) = oldest {
            self.views.remove(&key);
        }
    }
}

impl View {
    /// Keep the present state as past, once per generation.
    fn retire(&mut self, generation: u64) {
        if self.now.since == generation {
            return;
        }
        let retired = Instant::now();
        self.past.push_back(Past { state: self.now.clone(), until: generation, retired });
        if self.past.len() > MOST_PAST {
            self.past.pop_front();
        }
        self.now.since = generation;
    }
}

/// Rows of the scope in order: filtered from all rows in that order when those
/// are at hand and the scope is large, sorted otherwise.
fn sorted_rows(catalog: &Catalog, scope: &Scope, order: Order, all: Option<&Sequence>) -> Vec<u32> {
    let folders = scope.folders(catalog);
    let most: usize = folders.iter().map(|folder| catalog.folder(*folder).rows.len()).sum();
    if let Some(all) = all.filter(|all| most > all.len() / 16) {
        let mut inside = vec![false; catalog.folders.len()];
        folders.iter().for_each(|folder| inside[*folder as usize] = true);
        return filtered(catalog, scope, &inside, all);
    }
    let mut rows: Vec<u32> = folders
        .iter()
        .flat_map(|folder| catalog.folder(*folder).rows.iter().copied())
        .filter(|row| admits(catalog, scope, *row))
        .collect();
    sort(catalog, order, &mut rows);
    rows
}

fn admits(catalog: &Catalog, scope: &Scope, row: u32) -> bool {
    let entry = catalog.row(row);
    scope.admits(entry.kind(), entry.is(flag::HIDDEN))
}

/// Reads the rows in memory order first: one pass over the table costs less
/// than a cache miss for every position.
fn filtered(catalog: &Catalog, scope: &Scope, inside: &[bool], all: &Sequence) -> Vec<u32> {
    let shown: Vec<bool> = catalog
        .rows
        .iter()
        .map(|row| inside[row.folder as usize] && scope.admits(row.kind(), row.is(flag::HIDDEN)))
        .collect();
    all.iter_from(0).filter(|row| shown[*row as usize]).collect()
}

/// Keys beside their rows: the table itself, a cache miss a row, is asked only between equals.
fn sort(catalog: &Catalog, order: Order, rows: &mut [u32]) {
    let mut keyed: Vec<(u64, u32)> =
        rows.iter().map(|row| (order.key(catalog, *row), *row)).collect();
    keyed.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| order.compare(catalog, a.1, b.1)));
    rows.iter_mut().zip(keyed).for_each(|(row, (_, sorted))| *row = sorted);
}

fn sorted_folders(catalog: &Catalog, scope: &Scope) -> Vec<u32> {
    if scope.recursive {
        return Vec::new();
    }
    let children = catalog.folder(scope.folder).children.iter().copied();
    let mut folders: Vec<u32> =
        children.filter(|child| scope.shows_folder(catalog, *child)).collect();
    folders
        .sort_unstable_by(|a, b| natural_cmp(&catalog.folder(*a).name, &catalog.folder(*b).name));
    folders
}
