//! Reading metadata in the background, newest files first, once per version.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use super::change::Facts;
use super::error::Result;
use super::metadata::{self, Limits};
use super::row::{FileStat, Row, flag};
use super::scope::{Order, Scope};
use super::shared::Shared;
use super::status::Phase;
use super::store::Stored;

/// Files between two writes to the cache.
const BATCH: usize = 512;
/// Fewer files are not worth another thread.
const SPLIT_AT: usize = 64;
/// Between two events of progress.
const TELL_EVERY: Duration = Duration::from_millis(500);

/// The thread: reads what is unknown, then waits for more.
pub fn run(shared: &Shared) {
    crate::pool::lower_priority();
    while wait_for_work(shared) {
        if let Err(error) = read_all(shared) {
            let mut status = shared.status();
            (status.cache, status.cache_reason) = ("memory", error.to_string());
        }
    }
}

/// Wait until there is a listing with unread files; false at the end.
fn wait_for_work(shared: &Shared) -> bool {
    let mut status = shared.status();
    loop {
        if shared.stopped() {
            return false;
        }
        if status.phase == Phase::Reading {
            return true;
        }
        let woken = shared.changed.wait_timeout(status, Duration::from_secs(1));
        status = woken.unwrap_or_else(PoisonError::into_inner).0;
    }
}

fn read_all(shared: &Shared) -> Result<()> {
    let unknown = unknown_newest_first(shared);
    let mut progress = Progress::new(shared, unknown.len());
    for ids in unknown.chunks(BATCH) {
        rest_while_paused(shared);
        if shared.stopped() {
            return Ok(());
        }
        let found = recall_or_read(shared, ids)?;
        progress.advance(shared, found);
    }
    if unknown.is_empty() || unknown_newest_first(shared).len() < unknown.len() {
        finish(shared);
    }
    Ok(())
}

/// Nothing is unread: the phase is over, unless more came meanwhile.
fn finish(shared: &Shared) {
    let left = unknown_newest_first(shared).len();
    let mut status = shared.status();
    status.per_second = 0.0;
    drop(status);
    if left == 0 {
        shared.set_phase(Phase::Ready);
        shared.signal(super::keeper::Signal::Save);
    }
}

fn unknown_newest_first(shared: &Shared) -> Vec<u64> {
    let library = shared.read();
    let Ok(state) = library.listing(Scope::ALL, Order::Newest, None) else { return Vec::new() };
    let rows = state.files.iter_from(0).map(|row| library.catalog.row(row));
    rows.filter(|row| !row.is(flag::KNOWN)).map(|row| row.id).collect()
}

fn rest_while_paused(shared: &Shared) {
    while shared.paused.load(std::sync::atomic::Ordering::Relaxed) && !shared.stopped() {
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// From the cache where the version is the same, else from the file.
fn recall_or_read(shared: &Shared, ids: &[u64]) -> Result<usize> {
    let rows = rows_of(shared, ids);
    let mut recalled = shared.store.get(ids)?;
    let stats: HashMap<u64, FileStat> = rows.iter().map(|row| (row.id, row.stat())).collect();
    recalled.retain(|entry| stats.get(&entry.id).is_some_and(|stat| is_same(&entry.facts, *stat)));
    let known: HashSet<u64> = recalled.iter().map(|entry| entry.id).collect();
    shared.recall(&recalled);
    let rest: Vec<u64> = ids.iter().copied().filter(|id| !known.contains(id)).collect();
    read_files(shared, &rest)?;
    Ok(ids.len())
}

fn is_same(facts: &Facts, stat: FileStat) -> bool {
    (facts.size, facts.mtime_ns) == (stat.size, stat.mtime_ns)
}

fn rows_of(shared: &Shared, ids: &[u64]) -> Vec<Row> {
    let library = shared.read();
    ids.iter()
        .filter_map(|id| library.catalog.find_id(*id))
        .map(|row| *library.catalog.row(row))
        .collect()
}

/// Read these files now, keep what they say, and return it. A file that cannot
/// be read has no metadata until it changes.
pub fn read_files(shared: &Shared, ids: &[u64]) -> Result<Vec<Stored>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<_> = {
        let library = shared.read();
        let rows = ids.iter().filter_map(|id| library.catalog.find_id(*id));
        rows.map(|row| {
            let place = shared.roots.on_disk(&shared.path_of(&library, row));
            (library.catalog.row(row).id, library.catalog.row(row).stat(), place)
        })
        .collect()
    };
    let read = read_places(&places, shared.options.threads);
    shared.learn(&read)?;
    Ok(read)
}

type Place = (u64, FileStat, PathBuf);

/// Read files with as many threads as background work may use.
fn read_places(places: &[Place], threads: usize) -> Vec<Stored> {
    let read = |part: &[Place]| -> Vec<Stored> {
        part.iter().map(|(id, stat, place)| read_one(*id, *stat, place)).collect()
    };
    if threads < 2 || places.len() < SPLIT_AT {
        return read(places);
    }
    std::thread::scope(|scope| {
        let work = |part| {
            scope.spawn(move || {
                crate::pool::lower_priority();
                read(part)
            })
        };
        let handles: Vec<_> = places.chunks(places.len().div_ceil(threads)).map(work).collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap_or_default()).collect()
    })
}

/// Read one file for the version that `stat` names.
pub fn read_one(id: u64, stat: FileStat, place: &std::path::Path) -> Stored {
    let found = metadata::read(place, &Limits::for_summary()).unwrap_or_default();
    let summary = found.summary().map(|summary| summary.to_json());
    let facts = Facts {
        size: stat.size,
        mtime_ns: stat.mtime_ns,
        width: found.width,
        height: found.height,
        duration_ms: found.duration_ms,
        fps_milli: found.fps_milli,
        has_meta: summary.is_some(),
    };
    Stored { id, facts, summary }
}

/// Tells listeners how far the work is, twice a second.
struct Progress {
    begun: Instant,
    told: Instant,
    done: usize,
    before: usize,
}

impl Progress {
    fn new(shared: &Shared, unknown: usize) -> Self {
        let total = shared.read().catalog.len();
        let mut status = shared.status();
        (status.total, status.done) = (total, total.saturating_sub(unknown));
        let now = Instant::now();
        Self { begun: now, told: now, done: 0, before: status.done }
    }

    fn advance(&mut self, shared: &Shared, count: usize) {
        self.done += count;
        let total = shared.read().catalog.len();
        let mut status = shared.status();
        status.total = total;
        status.done = (self.before + self.done).min(total);
        status.per_second = self.done as f64 / self.begun.elapsed().as_secs_f64().max(1e-3);
        if self.told.elapsed() >= TELL_EVERY {
            self.told = Instant::now();
            shared.events.push(&status.progress());
        }
    }
}
