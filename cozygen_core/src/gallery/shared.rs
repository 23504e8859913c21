//! What the threads of an index and its callers share, and how it is changed.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{
    Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
};
use std::time::Instant;

use super::answer::{self, Part, Request};
use super::change::{Changes, Op};
use super::error::Result;
use super::index::Options;
use super::keeper;
use super::library::Library;
use super::reader;
use super::roots::Roots;
use super::row::Row;
use super::scope::{Order, Scope};
use super::status::{Events, Phase, Status, changes_json};
use super::store::{Store, Stored};

/// What the index's threads and its callers share.
pub struct Shared {
    pub(super) roots: Roots,
    pub(super) options: Options,
    pub(super) library: RwLock<Library>,
    pub(super) store: Store,
    pub(super) status: Mutex<Status>,
    pub(super) changed: Condvar,
    pub(super) events: Events,
    pub(super) stop: AtomicBool,
    pub(super) paused: AtomicBool,
    pub(super) walked: AtomicUsize,
    pub(super) revision: AtomicU64,
    pub(super) commits: Mutex<Commits>,
    pub(super) signals: Mutex<Sender<keeper::Signal>>,
}

/// Order of commits, and what the next snapshot must cover.
pub struct Commits {
    /// Changes since the last snapshot.
    pub unsaved: usize,
    /// When it was.
    pub saved: Instant,
}

impl Shared {
    pub(super) fn read(&self) -> RwLockReadGuard<'_, Library> {
        self.library.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, Library> {
        let library = self.library.write().unwrap_or_else(PoisonError::into_inner);
        // Counted under the lock: whoever sees this number and then reads, reads the change.
        self.revision.fetch_add(1, Ordering::Release);
        library
    }

    pub(super) fn status(&self) -> MutexGuard<'_, Status> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub(super) fn signal(&self, signal: keeper::Signal) {
        // The keeper has gone only when the index is closed: nobody needs the signal then.
        let _ = self.signals.lock().unwrap_or_else(PoisonError::into_inner).send(signal);
    }

    pub(super) fn set_phase(&self, phase: Phase) {
        let mut status = self.status();
        if status.phase != phase && status.phase != Phase::Closed {
            status.phase = phase;
            self.events.push(&status.progress());
        }
        self.changed.notify_all();
    }

    /// The turn of whoever changes the library. Taken before the library is
    /// locked, so that nobody who only reads ever waits behind a change that
    /// itself waits for something long.
    pub(super) fn turn(&self) -> MutexGuard<'_, Commits> {
        self.commits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sort what the listing needs, then work with it; nothing changes meanwhile,
    /// and everybody may read. `None` when there is no such folder.
    pub(super) fn prepared<T>(
        &self,
        request: &Request,
        order: Order,
        work: impl FnOnce(&Library, Scope) -> T,
    ) -> Option<T> {
        let _turn = self.turn();
        let scope = request.scope(&self.read())?;
        self.sort(scope, order);
        Some(work(&self.read(), scope))
    }

    /// Sort while others read; for whoever has the turn.
    pub(super) fn sort(&self, scope: Scope, order: Order) {
        let built = self.read().lacking(scope, order);
        if !built.is_empty() {
            self.write().keep(built);
        }
    }

    /// Apply a batch, remember it, and tell listeners.
    pub(super) fn commit(&self, ops: &[Op]) -> Result<Changes> {
        let mut commits = self.turn();
        let changes = self.write().apply(ops);
        commits.unsaved += ops.len();
        let result = self.store.append(ops);
        drop(commits);
        if !changes.is_empty() {
            self.events.push(&changes_json(&changes));
        }
        result.map(|()| changes)
    }

    /// Note what was read; nothing that a listener needs to hear.
    pub(super) fn learn(&self, entries: &[Stored]) -> Result<()> {
        self.store.put(entries)?;
        self.recall(entries);
        Ok(())
    }

    /// Note what the cache remembered; it need not be written again.
    pub(super) fn recall(&self, entries: &[Stored]) {
        let ops: Vec<Op> =
            entries.iter().map(|entry| Op::Known { id: entry.id, facts: entry.facts }).collect();
        let _turn = self.turn();
        self.write().apply(&ops);
    }

    pub(super) fn path_of(&self, library: &Library, row: u32) -> Vec<u8> {
        let folder = library.catalog.folder_path(library.catalog.row(row).folder);
        super::roots::join(&folder, library.catalog.name(row))
    }

    /// Read what is not yet known of a page's files; false when all is known.
    pub(super) fn read_unknown(&self, parts: &[Part]) -> Result<bool> {
        let rows = parts.iter().filter_map(|part| part.row);
        let unknown: Vec<u64> =
            rows.filter(|row| !answer::is_known(row)).map(|row| row.id).collect();
        reader::read_files(self, &unknown)?;
        Ok(!unknown.is_empty())
    }

    /// Metadata of a page's files, from the cache.
    pub(super) fn summaries(&self, parts: &[Part]) -> Result<Vec<Option<String>>> {
        let rows: Vec<Row> = parts.iter().filter_map(|part| part.row).collect();
        let ids: Vec<u64> = rows.iter().map(|row| row.id).collect();
        let by_id: std::collections::HashMap<u64, Option<String>> =
            self.store.get(&ids)?.into_iter().map(|entry| (entry.id, entry.summary)).collect();
        let of = |part: &Part| by_id.get(&part.row?.id).cloned().flatten();
        Ok(parts.iter().map(of).collect())
    }
}
