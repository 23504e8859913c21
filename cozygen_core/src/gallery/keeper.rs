//! The thread that keeps the library true: loads or walks it, reconciles it,
//! follows the watcher, and saves.

use std::sync::PoisonError;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::catalog::Catalog;
use super::change::Op;
use super::error::{GalleryError, Result};
use super::index::Shared;
use super::library::Library;
use super::reconcile::{self, Found};
use super::roots::Roots;
use super::scope::{Order, Scope};
use super::snapshot;
use super::status::Phase;
use super::walk::{Listing, walk};

/// Changes after which a snapshot is taken without waiting for the end.
const MOST_UNSAVED: usize = 50_000;
/// Between two snapshots.
const SAVE_EVERY: Duration = Duration::from_secs(60);
/// Changes applied in one step, so that readers never wait long.
const STEP: usize = 1000;

/// What wakes the keeper.
pub enum Signal {
    /// Look at these folders, or at all when empty.
    Rescan(Vec<Vec<u8>>),
    /// A good moment for a snapshot.
    Save,
    /// The end.
    Stop,
}

/// The thread.
pub fn run(shared: &Shared, inbox: &Receiver<Signal>) {
    begin(shared);
    while !shared.stopped() {
        match inbox.recv_timeout(Duration::from_secs(1)) {
            Ok(Signal::Rescan(_)) => look(shared, false),
            Ok(Signal::Save) => save_if(shared, 1),
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        save_if(shared, MOST_UNSAVED);
    }
    save_if(shared, 1);
}

/// From the cache, else by a walk.
fn begin(shared: &Shared) {
    match shared.store.load() {
        Ok(Some(library)) => {
            *shared.write() = library;
            look(shared, false);
        }
        Ok(None) => first_walk(shared),
        Err(error) => {
            note_cache(shared, "rebuilt", &error);
            if let Err(error) = shared.store.discard_snapshot() {
                note_cache(shared, "memory", &error);
            }
            first_walk(shared);
        }
    }
}

fn note_cache(shared: &Shared, state: &'static str, error: &GalleryError) {
    let mut status = shared.status();
    (status.cache, status.cache_reason) = (state, error.to_string());
}

fn first_walk(shared: &Shared) {
    if shared.roots.check().is_err() {
        shared.status().missing = vec![String::new()];
        shared.set_phase(Phase::Unavailable);
        return;
    }
    let threads = shared.options.threads;
    let found = walk(&shared.roots, vec![Vec::new()], threads, &shared.stop, &shared.walked);
    if shared.stopped() {
        return;
    }
    note_walk(shared, &found.listings, found.failed.len());
    let mut library = Library::new(filled(&shared.roots, &found.listings));
    library.prepare(Scope::ALL, Order::Newest);
    *shared.write() = library;
    shared.set_phase(Phase::Reading);
    save(shared);
}

/// A catalog made from listings, without the cost of keeping orders meanwhile.
pub fn filled(roots: &Roots, listings: &[Listing]) -> Catalog {
    let mut catalog = Catalog::new();
    for listing in listings {
        let folder = catalog.ensure_path(&listing.path);
        catalog.folder_mut(folder).stat = listing.stat;
        if roots.is_root(&listing.path) {
            catalog.folder_mut(folder).mount = Some(0);
        }
        for (name, stat) in &listing.files {
            let id = catalog.fresh_id(&listing.path, name);
            catalog.add_file(folder, name, id, *stat);
        }
    }
    catalog
}

fn note_walk(shared: &Shared, listings: &[Listing], failed: usize) {
    let mut status = shared.status();
    status.refused_links = listings.iter().map(|listing| listing.refused).sum();
    status.failed_folders = failed;
    status.missing.clear();
}

/// Reconcile with the disk.
fn look(shared: &Shared, deep: bool) {
    let known = reconcile::known_folders(&shared.read().catalog);
    let found = reconcile::look(&shared.roots, &known, deep, shared.options.threads, &shared.stop);
    if let Err(error) = take(shared, &found) {
        note_cache(shared, "memory", &error);
    }
    let mut status = shared.status();
    status.missing = found.unavailable.iter().map(|path| super::names::shown(path)).collect();
    let lost = found.unavailable.iter().any(Vec::is_empty);
    drop(status);
    shared.set_phase(if lost { Phase::Unavailable } else { Phase::Reading });
}

/// Apply what was found, in steps.
fn take(shared: &Shared, found: &Found) -> Result<()> {
    let ops = reconcile::difference(&shared.read().catalog, &found.walk.listings);
    for step in ops.chunks(STEP) {
        shared.commit(step)?;
    }
    forget(shared, &ops)
}

fn forget(shared: &Shared, ops: &[Op]) -> Result<()> {
    let gone: Vec<u64> = ops
        .iter()
        .filter_map(|op| if let Op::DropFile { id } = op { Some(*id) } else { None })
        .collect();
    if gone.is_empty() { Ok(()) } else { shared.store.forget(&gone) }
}

fn save_if(shared: &Shared, least: usize) {
    let due = {
        let commits = shared.commits.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = commits.saved.elapsed() > SAVE_EVERY || shared.stopped() || least == 1;
        commits.unsaved >= least && waited
    };
    if due {
        save(shared);
    }
}

/// Take a snapshot: packed under the lock, written without it.
fn save(shared: &Shared) {
    if !shared.store.is_durable() {
        return;
    }
    if let Err(error) = try_save(shared) {
        note_cache(shared, "memory", &error);
    }
}

fn try_save(shared: &Shared) -> Result<()> {
    let mut commits = shared.commits.lock().unwrap_or_else(PoisonError::into_inner);
    let position = shared.store.position()?;
    let packed = snapshot::pack(&mut shared.write(), position)?;
    (commits.unsaved, commits.saved) = (0, Instant::now());
    drop(commits);
    shared.store.save(&packed, position)
}
