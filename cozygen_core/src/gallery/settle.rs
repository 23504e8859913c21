//! Waiting until a file that is being written is whole.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::time::{Duration, Instant};

use super::row::FileStat;
use super::walk::file_stat;

/// A file that does not change for this long is taken as finished.
const QUIET: Duration = Duration::from_millis(300);
/// A PNG without its end is waited for at most this long.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is known of a file that may still grow.
struct Growing {
    stat: Option<FileStat>,
    since: Instant,
    first: Instant,
    closed: bool,
}

/// Files that changed lately, until they are whole.
#[derive(Default)]
pub struct Settling {
    waiting: HashMap<Vec<u8>, Growing>,
}

impl Settling {
    /// A file changed; `closed` when its writer has let go of it.
    pub fn touch(&mut self, path: Vec<u8>, closed: bool) {
        let now = Instant::now();
        let entry = self.waiting.entry(path).or_insert(Growing {
            stat: None,
            since: now,
            first: now,
            closed,
        });
        entry.closed = closed;
        entry.since = now;
    }

    /// Forget a file: it was moved or removed.
    pub fn drop(&mut self, path: &[u8]) {
        self.waiting.remove(path);
    }

    /// Whether nothing is waited for.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The files that are whole now, or gone; they are not waited for any more.
    pub fn settled(&mut self, place: impl Fn(&[u8]) -> std::path::PathBuf) -> Vec<Vec<u8>> {
        let now = Instant::now();
        let mut done = Vec::new();
        self.waiting.retain(|path, growing| {
            let finished = growing.is_finished(&place(path), now);
            if finished {
                done.push(path.clone());
            }
            !finished
        });
        done
    }
}

impl Growing {
    fn is_finished(&mut self, place: &Path, now: Instant) -> bool {
        let Ok(meta) = fs::metadata(place) else { return true };
        let stat = file_stat(&meta);
        if self.stat != Some(stat) {
            let known = self.stat.is_some();
            self.stat = Some(stat);
            if known || !self.closed {
                self.since = now;
                self.closed &= !known;
            }
        }
        let quiet = now.duration_since(self.since) >= QUIET;
        if !self.closed && !quiet {
            return false;
        }
        is_whole(place) || now.duration_since(self.first) > PATIENCE
    }
}

/// A PNG ends with IEND, a JPEG with EOI; other formats do not say.
fn is_whole(place: &Path) -> bool {
    let Ok(mut file) = File::open(place) else { return true };
    let (mut head, mut tail) = ([0; 2], [0; 12]);
    if file.read_exact(&mut head).is_err() {
        return false;
    }
    let ending = file.seek(SeekFrom::End(-12)).and_then(|_| file.read_exact(&mut tail));
    match head {
        [0x89, b'P'] => ending.is_ok() && &tail[4..8] == b"IEND",
        _ => true,
    }
}
