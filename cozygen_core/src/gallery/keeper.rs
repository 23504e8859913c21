//! The thread that keeps the library true: loads or walks it, reconciles it,
//! follows the watcher or polls, and saves.

use std::sync::PoisonError;
use std::sync::atomic::AtomicUsize;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::change::Op;
use super::error::{GalleryError, Result};
use super::fill::filled;
use super::follow::{Following, Look};
use super::library::Library;
use super::reconcile::{self, Found};
use super::remote::is_remote;
use super::scope::{Order, Scope};
use super::shared::Shared;
use super::snapshot;
use super::status::Phase;
use super::walk::{Listing, walk};
use super::watch::{Told, Watch};

/// Changes after which a snapshot is taken without waiting for the end.
const MOST_UNSAVED: usize = 50_000;
/// Between two snapshots.
const SAVE_EVERY: Duration = Duration::from_secs(60);
/// Changes applied in one step, so that readers never wait long.
const STEP: usize = 1000;

/// Between two looks at the folders' stamps while polling.
const POLL_SOONEST: Duration = Duration::from_secs(2);
/// The same, while nothing happens.
const POLL_LATEST: Duration = Duration::from_secs(15);
/// Watched libraries are looked at too, in case the system kept something to itself.
const LOOK_ANYWAY: Duration = Duration::from_secs(600);
/// Longest sleep.
const IDLE: Duration = Duration::from_secs(1);
/// More threads do not make a disk faster.
const MOST_WALKERS: usize = 4;
/// Closer than this is now.
const DUE: Duration = Duration::from_millis(5);

/// What wakes the keeper.
pub enum Signal {
    /// Look at these folders, or at all when empty.
    Rescan(Vec<Vec<u8>>),
    /// The system told of a change.
    Told(Told),
    /// A good moment for a snapshot.
    Save,
    /// The end.
    Stop,
}

/// How the keeper hears of changes.
#[derive(Default)]
struct Ears {
    watch: Option<Watch>,
    following: Following,
    /// Pauses between looks; longer while nothing happens.
    pause: Duration,
    looked: Option<Instant>,
    /// A root is not there.
    lost: bool,
    /// Nobody asked for more than the first look.
    deaf: bool,
}

/// The thread.
pub fn run(shared: &Shared, inbox: &Receiver<Signal>) {
    let mut ears = Ears { pause: POLL_SOONEST, ..Ears::default() };
    begin(shared, &mut ears);
    while !shared.stopped() {
        match inbox.recv_timeout(ears.wait()) {
            Ok(Signal::Told(told)) => ears.following.hear(shared, told),
            Ok(Signal::Rescan(folders)) => rescan(shared, &mut ears, folders),
            Ok(Signal::Save) => save_if(shared, 1),
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        attend(shared, &mut ears);
        save_if(shared, MOST_UNSAVED);
    }
    save_if(shared, 1);
}

impl Ears {
    /// How long to wait for a signal.
    fn wait(&self) -> Duration {
        let next = self.next_look().unwrap_or(IDLE);
        self.following.due_in().unwrap_or(next).min(next).min(IDLE)
    }

    /// Until the next look at the folders' stamps; watched libraries are looked
    /// at rarely, for what the system may have kept to itself.
    fn next_look(&self) -> Option<Duration> {
        if self.deaf {
            return None;
        }
        let trusted = self.watch.is_some() && !self.lost;
        let pause = if trusted { LOOK_ANYWAY } else { self.pause };
        self.looked.map(|looked| pause.saturating_sub(looked.elapsed()))
    }
}

/// Apply what was heard when it is due, and look when that is due.
fn attend(shared: &Shared, ears: &mut Ears) {
    if ears.following.due_in().is_some_and(|due| due.is_zero() || due <= DUE) {
        match ears.following.apply(shared) {
            Ok(found) => after_change(shared, ears, found),
            Err(error) => note_cache(shared, "memory", &error),
        }
    }
    if !ears.deaf && !ears.lost && has_moved(shared) {
        look(shared, ears, false);
    }
    if ears.next_look().is_some_and(|due| due.is_zero()) {
        let before = shared.read().generation();
        look(shared, ears, false);
        let changed = shared.read().generation() != before;
        ears.pause = if changed { POLL_SOONEST } else { (ears.pause * 2).min(POLL_LATEST) };
    }
}

/// Nothing tells of a disk that was taken away from under its folder. The library
/// is not held meanwhile: a disk may take its time to answer.
fn has_moved(shared: &Shared) -> bool {
    let stamps = reconcile::root_stamps(&shared.roots, &shared.read().catalog);
    reconcile::is_elsewhere(&shared.roots, &stamps)
}

fn after_change(shared: &Shared, ears: &mut Ears, found: Look) {
    if found.all {
        look(shared, ears, false);
    } else if !found.folders.is_empty() {
        rescan(shared, ears, found.folders);
    }
}

/// Read these folders and what is below them again, watching first so that
/// nothing falls between.
fn rescan(shared: &Shared, ears: &mut Ears, folders: Vec<Vec<u8>>) {
    if folders.is_empty() {
        look(shared, ears, false);
        return;
    }
    let threads = shared.options.threads;
    let places: Vec<Vec<u8>> = folders
        .iter()
        .filter_map(|path| plain_path(path))
        .filter(|path| shared.roots.on_disk(path).is_dir())
        .collect();
    for path in &places {
        ears.add(shared, path);
    }
    let found = walk(&shared.roots, places, threads, &shared.stop, &AtomicUsize::new(0));
    let found = Found { walk: found, unavailable: Vec::new() };
    ears.watch_listings(shared, &found.walk.listings);
    if let Err(error) = take(shared, &found) {
        note_cache(shared, "memory", &error);
    }
    let filled = !shared.read().catalog.is_empty();
    if filled && shared.status().phase == Phase::Ready {
        shared.set_phase(Phase::Reading);
    }
}

/// The one way to write a folder's path: `./a//b/` is `a/b`; a path that climbs is none.
fn plain_path(path: &[u8]) -> Option<Vec<u8>> {
    let parts: Vec<&[u8]> =
        path.split(|byte| *byte == b'/').filter(|part| !matches!(*part, b"" | b".")).collect();
    (!parts.contains(&b"..".as_slice())).then(|| parts.join(&b'/'))
}

impl Ears {
    /// Start to listen to everything that is known.
    fn open(&mut self, shared: &Shared) {
        self.looked = Some(Instant::now());
        if !shared.options.watch {
            self.deaf = true;
            return;
        }
        if shared.options.force_polling || is_remote(shared.roots.first()) {
            self.poll(shared, "this file system tells of no changes");
            return;
        }
        let signals = shared.signals.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match Watch::start(signals) {
            Ok(watch) => self.watch = Some(watch),
            Err(reason) => return self.poll(shared, &reason),
        }
        shared.status().watch = "watching";
        let known = reconcile::known_folders(&shared.read().catalog);
        for folder in known {
            if Watch::is_per_folder() || shared.roots.is_root(&folder.path) {
                self.add(shared, &folder.path);
            }
        }
    }

    /// A root that has come back needs its watches again.
    fn mind(&mut self, shared: &Shared, lost: bool) {
        if self.lost && !lost && self.watch.is_some() {
            for folder in reconcile::known_folders(&shared.read().catalog) {
                self.add(shared, &folder.path);
            }
        }
        self.lost = lost;
    }

    fn add(&mut self, shared: &Shared, path: &[u8]) {
        let Some(watch) = &mut self.watch else { return };
        if let Err(reason) = watch.add(&shared.roots.on_disk(path)) {
            self.watch = None;
            self.poll(shared, &reason);
        }
    }

    fn watch_listings(&mut self, shared: &Shared, listings: &[Listing]) {
        for listing in listings.iter().filter(|_| Watch::is_per_folder()) {
            self.add(shared, &listing.path);
        }
    }

    fn poll(&mut self, shared: &Shared, reason: &str) {
        let mut status = shared.status();
        (status.watch, status.watch_reason) = ("polling", reason.to_owned());
    }
}

/// From the cache, else by a walk.
fn begin(shared: &Shared, ears: &mut Ears) {
    let loaded = shared.store.load();
    // Somebody may wait for what the last run knew; all that follows gives way.
    crate::pool::lower_priority();
    match loaded {
        Ok(Some(library)) => {
            adopt(shared, library);
            shared.status().loaded = Some(Instant::now());
            shared.changed.notify_all();
            // Before there are watches, which take longer: somebody waits for the listing.
            // What changes until they are there is found by one more look.
            look(shared, ears, false);
            ears.open(shared);
            look(shared, ears, false);
        }
        Ok(None) => first_walk(shared, ears),
        Err(error) => {
            note_cache(shared, "rebuilt", &error);
            if let Err(error) = shared.store.discard_snapshot() {
                note_cache(shared, "memory", &error);
            }
            first_walk(shared, ears);
        }
    }
}

/// Start with this library.
fn adopt(shared: &Shared, library: Library) {
    let _turn = shared.turn();
    *shared.write() = library;
}

fn note_cache(shared: &Shared, state: &'static str, error: &GalleryError) {
    let mut status = shared.status();
    (status.cache, status.cache_reason) = (state, error.to_string());
}

fn first_walk(shared: &Shared, ears: &mut Ears) {
    if shared.roots.check().is_err() {
        shared.status().missing = vec![String::new()];
        shared.set_phase(Phase::Unavailable);
        ears.open(shared);
        return;
    }
    let threads = threads_of_first_walk(shared);
    let found = walk(&shared.roots, vec![Vec::new()], threads, &shared.stop, &shared.walked);
    if shared.stopped() {
        return;
    }
    note_walk(shared, &found.listings, found.failed.len());
    let mut library = Library::new(filled(&shared.roots, &found.listings));
    library.prepare(Scope::ALL, Order::Newest);
    adopt(shared, library);
    shared.set_phase(Phase::Reading);
    // What changed between the walk and the watch is found by one more look.
    ears.open(shared);
    look(shared, ears, false);
    save(shared);
}

/// Somebody waits for the first listing: it may use every core, unless a prompt runs.
fn threads_of_first_walk(shared: &Shared) -> usize {
    let paused = shared.paused.load(std::sync::atomic::Ordering::Relaxed);
    if paused { shared.options.threads } else { crate::pool::cores().clamp(1, MOST_WALKERS) }
}

fn note_walk(shared: &Shared, listings: &[Listing], failed: usize) {
    let mut status = shared.status();
    status.refused_links = listings.iter().map(|listing| listing.refused).sum();
    status.failed_folders = failed;
    status.missing.clear();
}

/// Reconcile with the disk.
fn look(shared: &Shared, ears: &mut Ears, deep: bool) {
    ears.looked = Some(Instant::now());
    let before = shared.read().generation();
    let known = reconcile::known_folders(&shared.read().catalog);
    let found = reconcile::look(&shared.roots, &known, deep, shared.options.threads, &shared.stop);
    ears.watch_listings(shared, &found.walk.listings);
    if let Err(error) = take(shared, &found) {
        note_cache(shared, "memory", &error);
    }
    let mut status = shared.status();
    status.missing = found.unavailable.iter().map(|path| super::names::shown(path)).collect();
    let (lost, ready) = (found.unavailable.iter().any(Vec::is_empty), status.phase == Phase::Ready);
    drop(status);
    ears.mind(shared, !found.unavailable.is_empty());
    if lost {
        shared.set_phase(Phase::Unavailable);
    } else if !ready || shared.read().generation() != before {
        shared.set_phase(Phase::Reading);
    }
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
        let commits = shared.turn();
        let waited = commits.saved.elapsed() > SAVE_EVERY || shared.stopped() || least == 1;
        commits.unsaved >= least && waited
    };
    if due {
        save(shared);
    }
}

/// Take a snapshot: packed while everybody may read, written while everything may change.
fn save(shared: &Shared) {
    if !shared.store.is_durable() {
        return;
    }
    if let Err(error) = try_save(shared) {
        note_cache(shared, "memory", &error);
    }
}

fn try_save(shared: &Shared) -> Result<()> {
    for order in snapshot::ORDERS {
        let _turn = shared.turn();
        shared.sort(Scope::ALL, order);
    }
    let mut turn = shared.turn();
    let position = shared.store.position()?;
    let packed = snapshot::pack(&shared.read(), position)?;
    (turn.unsaved, turn.saved) = (0, Instant::now());
    drop(turn);
    shared.store.save(&packed, position)?;
    drop(packed);
    crate::pool::return_memory();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_path_and_none_leads_up() {
        for (path, plain) in [("a/b", "a/b"), ("./a//b/", "a/b"), (".", ""), ("", "")] {
            assert_eq!(plain_path(path.as_bytes()).unwrap(), plain.as_bytes(), "{path}");
        }
        assert_eq!(plain_path(b"a/../../b"), None);
    }

    #[test]
    fn without_watching_it_sleeps_however_long_ago_it_looked() {
        let looked = Instant::now().checked_sub(Duration::from_secs(100));
        let ears = Ears { looked, deaf: true, ..Ears::default() };
        assert_eq!(ears.wait(), IDLE);
        assert_eq!(Ears { looked, ..Ears::default() }.wait(), Duration::ZERO);
    }
}
