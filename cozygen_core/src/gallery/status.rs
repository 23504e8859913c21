//! What the index says of itself, and what happened lately.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::change::{Changes, Happened};
use super::item::{id_text, seconds};
use super::names;

/// Events that nobody fetched; older ones are dropped and a reset is told.
const MOST_WAITING: usize = 4096;
/// A batch that concerns more files is told as a reset.
const MOST_IDS: usize = 1000;

/// What the index is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Looking for what there is; no listing yet.
    Walking,
    /// Serving; reading metadata in the background.
    Reading,
    /// Serving, nothing left to do.
    Ready,
    /// The root is not there; what was known is served.
    Unavailable,
    /// Closed.
    Closed,
}

impl Phase {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Walking => "walking",
            Self::Reading => "reading",
            Self::Ready => "ready",
            Self::Unavailable => "unavailable",
            Self::Closed => "closed",
        }
    }
}

/// Progress and troubles, as a person may want to know them.
#[derive(Clone, Debug)]
pub struct Status {
    /// What is going on.
    pub phase: Phase,
    /// Since when the listing of a cache can be read.
    pub loaded: Option<Instant>,
    /// Files whose metadata is known, or that the walk found so far.
    pub done: usize,
    /// Files there are; 0 while unknown.
    pub total: usize,
    /// Files per second of the current work.
    pub per_second: f64,
    /// `watching`, `polling` or `off`.
    pub watch: &'static str,
    /// Why it polls.
    pub watch_reason: String,
    /// `fine`, `rebuilt` or `memory`.
    pub cache: &'static str,
    /// Why.
    pub cache_reason: String,
    /// Folders that could not be read.
    pub failed_folders: usize,
    /// Links that were not followed.
    pub refused_links: usize,
    /// A root that is not there.
    pub missing: Vec<String>,
}

impl Default for Status {
    fn default() -> Self {
        Self {
            phase: Phase::Walking,
            loaded: None,
            done: 0,
            total: 0,
            per_second: 0.0,
            watch: "off",
            watch_reason: String::new(),
            cache: "fine",
            cache_reason: String::new(),
            failed_folders: 0,
            refused_links: 0,
            missing: Vec::new(),
        }
    }
}

impl Status {
    /// All of it.
    pub fn to_json(&self) -> Value {
        json!({
            "state": self.phase.word(), "done": self.done, "total": self.total,
            "per_second": self.per_second.round(), "watch": self.watch,
            "watch_reason": self.watch_reason, "cache": self.cache,
            "cache_reason": self.cache_reason, "failed_folders": self.failed_folders,
            "refused_links": self.refused_links, "missing": self.missing,
        })
    }

    /// What listeners are told while work goes on.
    pub fn progress(&self) -> Value {
        json!({
            "event": "index", "state": self.phase.word(), "done": self.done,
            "total": self.total, "per_second": self.per_second.round(),
        })
    }
}

/// A batch of changes as listeners get it.
pub fn changes_json(changes: &Changes) -> Value {
    let too_many = changes.files.len() > MOST_IDS;
    let files: Vec<Value> = changes
        .files
        .iter()
        .filter(|_| !too_many)
        .map(|change| {
            let what = match change.what {
                Happened::Created => "created",
                Happened::Changed => "changed",
                Happened::Removed => "removed",
            };
            json!([
                what,
                id_text(change.id),
                names::shown(&change.folder),
                seconds(change.mtime_ns)
            ])
        })
        .collect();
    let folders: Vec<String> = changes.folders.iter().map(|path| names::shown(path)).collect();
    json!({
        "event": "changes", "generation": changes.generation, "files": files,
        "folders": folders, "reset": too_many,
    })
}

/// Events waiting for the one who fetches them.
#[derive(Default)]
pub struct Events {
    waiting: Mutex<VecDeque<String>>,
    wake: Condvar,
}

impl Events {
    /// Add one; the oldest go when nobody fetches.
    pub fn push(&self, event: &Value) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= MOST_WAITING {
            waiting.clear();
            waiting.push_back(json!({"event": "reset"}).to_string());
        }
        waiting.push_back(event.to_string());
        self.wake.notify_all();
    }

    /// The next one, or `None` when none comes in time.
    pub fn next(&self, timeout: Duration) -> Option<String> {
        let until = Instant::now() + timeout;
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(event) = waiting.pop_front() {
                return Some(event);
            }
            let left = until.checked_duration_since(Instant::now())?;
            let woken = self.wake.wait_timeout(waiting, left);
            waiting = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Wake whoever waits, for the end.
    pub fn wake(&self) {
        self.wake.notify_all();
    }
}
