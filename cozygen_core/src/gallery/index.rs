//! The index of one library: answers questions while its own threads keep it true.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::answer::{self, Collected, Part, Request};
use super::error::{GalleryError, Result};
use super::keeper;
use super::library::Library;
use super::metadata::{self, Limits, Metadata};
use super::reader;
use super::roots::Roots;
use super::scope::Scope;
use super::shared::{Commits, Shared};
use super::status::{Events, Phase, Status};
use super::store::{CacheState, Store};

/// How long the listing of a cache waits for the look at the folders' stamps.
const LOOK_FIRST: Duration = Duration::from_millis(80);

/// How an index works.
#[derive(Clone, Debug)]
pub struct Options {
    /// `type` of its items.
    pub kind: &'static str,
    /// Where the cache lies; `None` keeps nothing.
    pub cache: Option<PathBuf>,
    /// Follow changes on disk.
    pub watch: bool,
    /// Threads of a walk. Default: half of the cores, 1 to 4.
    pub threads: usize,
    /// Never trust the system's notifications; for network drives and tests.
    pub force_polling: bool,
}

impl Default for Options {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            kind: "output",
            cache: None,
            watch: true,
            threads: (cores / 2).clamp(1, 4),
            force_polling: false,
        }
    }
}

/// An index with its threads.
pub struct Index {
    shared: Arc<Shared>,
    inbox: Mutex<Option<Receiver<keeper::Signal>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// A page as JSON.
pub struct Page {
    /// The items, a JSON array.
    pub items: Vec<u8>,
    /// Entries of the whole listing.
    pub total: usize,
    /// Entries before the page.
    pub offset: usize,
    /// The state that was read.
    pub generation: u64,
}

impl Index {
    /// Open the cache; nothing is walked before [`Self::start`].
    pub fn open(roots: Roots, options: Options) -> Result<Self> {
        let (store, state) = Store::open(options.cache.as_deref())?;
        let mut status = Status::default();
        match state {
            CacheState::Fine => {}
            CacheState::Rebuilt(reason) => {
                (status.cache, status.cache_reason) = ("rebuilt", reason)
            }
            CacheState::MemoryOnly(reason) => {
                (status.cache, status.cache_reason) = ("memory", reason)
            }
        }
        let (sender, inbox) = channel();
        let shared = Shared {
            roots,
            options,
            library: RwLock::new(Library::new(super::catalog::Catalog::new())),
            store,
            status: Mutex::new(status),
            changed: Condvar::new(),
            events: Events::default(),
            stop: AtomicBool::new(false),
            paused: AtomicBool::new(false),
            walked: AtomicUsize::new(0),
            revision: AtomicU64::new(0),
            commits: Mutex::new(Commits { unsaved: 0, saved: Instant::now() }),
            signals: Mutex::new(sender),
        };
        Ok(Self {
            shared: Arc::new(shared),
            inbox: Mutex::new(Some(inbox)),
            threads: Mutex::default(),
        })
    }

    /// Start the threads; a second call does nothing.
    pub fn start(&self) -> Result<()> {
        let inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(inbox) = inbox else { return Ok(()) };
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        let shared = Arc::clone(&self.shared);
        threads.push(spawn("cozygen-index", move || keeper::run(&shared, &inbox))?);
        let shared = Arc::clone(&self.shared);
        threads.push(spawn("cozygen-meta", move || reader::run(&shared))?);
        Ok(())
    }

    /// Stop the threads and save; at most about a second.
    pub fn close(&self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        self.shared.signal(keeper::Signal::Stop);
        self.shared.set_phase(Phase::Closed);
        self.shared.events.wake();
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A thread that panicked has said so already; closing goes on.
            let _ = thread.join();
        }
    }

    /// Wait until there is a listing; false when it takes longer.
    ///
    /// What a cache holds is a listing too, once the look at the disk has had
    /// [`LOOK_FIRST`] to bring it up to date.
    pub fn wait_ready(&self, timeout: Duration) -> bool {
        let until = Instant::now() + timeout;
        let mut status = self.shared.status();
        while status.phase == Phase::Walking {
            let until = status.loaded.map_or(until, |loaded| until.min(loaded + LOOK_FIRST));
            let Some(left) = until.checked_duration_since(Instant::now()) else {
                return status.loaded.is_some_and(|loaded| loaded.elapsed() >= LOOK_FIRST);
            };
            let woken = self.shared.changed.wait_timeout(status, left);
            status = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
        status.phase != Phase::Closed
    }

    /// Wait until all metadata is read too; false when it takes longer.
    pub fn wait_idle(&self, timeout: Duration) -> bool {
        let until = Instant::now() + timeout;
        let mut status = self.shared.status();
        while !matches!(status.phase, Phase::Ready | Phase::Unavailable | Phase::Closed) {
            let Some(left) = until.checked_duration_since(Instant::now()) else { return false };
            let woken = self.shared.changed.wait_timeout(status, left);
            status = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    /// What the index says of itself.
    pub fn status(&self) -> Status {
        self.shared.status().clone()
    }

    /// The number of the present state.
    pub fn generation(&self) -> u64 {
        self.shared.read().generation()
    }

    /// Another number whenever anything that a page shows may be another: also what
    /// was read of files that are known. Never waits.
    pub fn revision(&self) -> u64 {
        self.shared.revision.load(Ordering::Acquire)
    }

    /// Let background work rest, or go on.
    pub fn pause(&self, paused: bool) {
        self.shared.paused.store(paused, Ordering::Relaxed);
        self.shared.changed.notify_all();
    }

    /// The next event, or `None` when none comes in time.
    pub fn next_event(&self, timeout: Duration) -> Option<String> {
        self.shared.events.next(timeout)
    }

    /// Look at these folders soon (paths in the library); all of them when empty.
    pub fn rescan(&self, folders: Vec<Vec<u8>>) {
        self.shared.signal(keeper::Signal::Rescan(folders));
    }

    /// A page, or `None` when there is no such folder.
    pub fn page(&self, request: &Request, with_meta: bool) -> Result<Option<Page>> {
        let Some(mut collected) = self.collect(request)? else { return Ok(None) };
        if with_meta && self.shared.read_unknown(&collected.parts)? {
            // Reading has told sizes too.
            let Some(again) = self.collect(request)? else { return Ok(None) };
            collected = again;
        }
        let Collected { parts, total, offset, generation } = collected;
        let summaries = if with_meta { self.shared.summaries(&parts)? } else { Vec::new() };
        let mut items = Vec::with_capacity(parts.len() * 512 + 2);
        items.push(b'[');
        for (position, part) in parts.into_iter().enumerate() {
            if position > 0 {
                items.push(b',');
            }
            let summary = summaries.get(position).and_then(Option::as_deref);
            items.extend(answer::closed(part, summary));
        }
        items.push(b']');
        Ok(Some(Page { items, total, offset, generation }))
    }

    fn collect(&self, request: &Request) -> Result<Option<Collected>> {
        let kind = self.shared.options.kind;
        let order = request.sort.order;
        {
            let library = self.shared.read();
            let Some(scope) = request.scope(&library) else { return Ok(None) };
            let past = request.generation.is_some_and(|wanted| wanted != library.generation());
            if past || library.is_prepared(scope, order) {
                return answer::collect(&library, scope, request, kind).map(Some);
            }
        }
        let collected = |library: &Library, scope| answer::collect(library, scope, request, kind);
        self.shared.prepared(request, order, collected).transpose()
    }

    /// One item with its metadata.
    pub fn item(&self, id: u64) -> Result<Option<Vec<u8>>> {
        let Some(mut part) = self.part(id) else { return Ok(None) };
        if self.shared.read_unknown(std::slice::from_ref(&part))? {
            part = match self.part(id) {
                Some(again) => again,
                None => return Ok(None),
            };
        }
        let parts = [part];
        let summary = self.shared.summaries(&parts)?.into_iter().next().flatten();
        let [part] = parts;
        Ok(Some(answer::closed(part, summary.as_deref())))
    }

    fn part(&self, id: u64) -> Option<Part> {
        let library = self.shared.read();
        let row = library.catalog.find_id(id)?;
        let (kind, fields) = (self.shared.options.kind, super::item::Fields::default());
        let json = super::item::ItemWriter::new(&library.catalog, kind, fields).file(row);
        Some(Part { json, row: Some(*library.catalog.row(row)) })
    }

    /// Where a file lies: its path in the library and its place on disk.
    pub fn locate(&self, id: u64) -> Option<(Vec<u8>, PathBuf)> {
        let library = self.shared.read();
        let row = library.catalog.find_id(id)?;
        let path = self.shared.path_of(&library, row);
        let place = self.shared.roots.on_disk(&path);
        Some((path, place))
    }

    /// The id of a file by folder and name.
    pub fn find(&self, folder: &[u8], name: &[u8]) -> Option<u64> {
        let library = self.shared.read();
        let folder = library.catalog.find_folder(folder)?;
        library.catalog.find_file(folder, name).map(|row| library.catalog.row(row).id)
    }

    /// Ids of the files below a folder, for actions on all of them.
    pub fn ids(&self, request: &Request) -> Result<Vec<u64>> {
        let library = self.shared.read();
        let Some(scope) = request.scope(&library) else { return Ok(Vec::new()) };
        let catalog = &library.catalog;
        let folders = scope.folders(catalog);
        let rows = folders.iter().flat_map(|folder| catalog.folder(*folder).rows.iter());
        Ok(rows
            .map(|row| catalog.row(*row))
            .filter(|row| scope.admits(row.kind(), row.is(super::row::flag::HIDDEN)))
            .map(|row| row.id)
            .collect())
    }

    /// Earliest and latest time of a listing.
    pub fn extent(&self, request: &Request) -> Result<Option<(i64, i64)>> {
        self.over_time(request, answer::extent)?.unwrap_or(Ok(None))
    }

    /// How many files lie in each span; see [`answer::spans`]. `None`: no such folder.
    pub fn spans(&self, request: &Request, borders: &[i64]) -> Result<Option<Vec<usize>>> {
        self.over_time(request, |library, scope| answer::spans(library, scope, borders))?
            .transpose()
    }

    fn over_time<T>(
        &self,
        request: &Request,
        work: impl FnOnce(&Library, Scope) -> T,
    ) -> Result<Option<T>> {
        Ok(self.shared.prepared(request, super::scope::Order::Newest, work))
    }

    /// Everything that a file says of itself, read now.
    pub fn metadata(&self, id: u64) -> Result<Option<Metadata>> {
        let Some((_, place)) = self.locate(id) else { return Ok(None) };
        metadata::read(&place, &Limits::default()).map(Some)
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        self.close();
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map_err(|error| GalleryError::io(std::path::Path::new(name), error))
}
