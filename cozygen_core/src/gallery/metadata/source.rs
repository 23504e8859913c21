//! A file read piece by piece, never more than a limit.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::super::error::{GalleryError, Result};

/// How much of a file is read before giving up.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// One text, unpacked; longer ones are left out. Default 16 MiB.
    pub longest_text: usize,
    /// All texts of a file together. Default 48 MiB.
    pub all_texts: usize,
    /// Chunks, boxes, or elements looked at. Default 20,000.
    pub most_parts: usize,
    /// Also the editor's graph of a PNG that holds the server's. Default true.
    pub workflow_too: bool,
}

impl Limits {
    /// For a summary: what it does not need is passed over.
    pub fn for_summary() -> Self {
        Self { workflow_too: false, ..Self::default() }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { longest_text: 16 << 20, all_texts: 48 << 20, most_parts: 20_000, workflow_too: true }
    }
}

/// One read of this size holds the metadata of nearly every PNG.
const HEAD: usize = 32 << 10;

/// An open file with its beginning in memory.
pub struct Source {
    file: File,
    head: Vec<u8>,
    len: u64,
    /// The limits in force.
    pub limits: Limits,
    /// Bytes of text that may still be kept.
    left: usize,
}

impl Source {
    /// Open and read the beginning; never waits on a pipe.
    pub fn open(path: &Path, limits: Limits) -> Result<Self> {
        let fail = |error| GalleryError::io(path, error);
        let mut file = open_without_waiting(path).map_err(fail)?;
        let meta = file.metadata().map_err(fail)?;
        if !meta.is_file() {
            return Err(fail(std::io::ErrorKind::InvalidInput.into()));
        }
        let wanted = (HEAD as u64).min(meta.len());
        let mut head = Vec::with_capacity(wanted as usize);
        (&mut file).take(wanted).read_to_end(&mut head).map_err(fail)?;
        Ok(Self { file, head, len: meta.len(), limits, left: limits.all_texts })
    }

    /// The file's beginning, at most 32 KiB.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// The first bytes, zeros past the end: what the format is told by.
    pub fn magic(&self) -> [u8; 16] {
        std::array::from_fn(|at| self.head.get(at).copied().unwrap_or(0))
    }

    /// The file's length when it was opened.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Exactly `count` bytes at `at`, or `None` past the end.
    pub fn bytes(&mut self, at: u64, count: usize) -> Option<Vec<u8>> {
        let end = at.checked_add(count as u64)?;
        if end > self.len {
            return None;
        }
        if end <= self.head.len() as u64 {
            return Some(self.head[at as usize..end as usize].to_vec());
        }
        let mut bytes = vec![0; count];
        self.file.seek(SeekFrom::Start(at)).ok()?;
        self.file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Exactly `N` bytes at `at`.
    pub fn array<const N: usize>(&mut self, at: u64) -> Option<[u8; N]> {
        if let Some(bytes) = self.head.get(at as usize..(at as usize).checked_add(N)?) {
            return bytes.try_into().ok();
        }
        self.bytes(at, N)?.try_into().ok()
    }

    /// Bytes of a text, unless it is longer than the limits allow.
    pub fn text_bytes(&mut self, at: u64, count: u64) -> Option<Vec<u8>> {
        let count = usize::try_from(count).ok()?;
        if !self.allows(count) {
            return None;
        }
        let bytes = self.bytes(at, count)?;
        self.left -= count;
        Some(bytes)
    }

    /// Whether a text of this length may be kept.
    pub fn allows(&self, count: usize) -> bool {
        count <= self.limits.longest_text && count <= self.left
    }
}

#[cfg(unix)]
fn open_without_waiting(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK).open(path)
}

#[cfg(not(unix))]
fn open_without_waiting(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// UTF-8 if it is that, Latin-1 otherwise; zeros at the end are cut off.
pub fn decoded(bytes: &[u8]) -> String {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    match std::str::from_utf8(&bytes[..end]) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes[..end].iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Big-endian 32 bits at `at`, 0 past the end.
pub fn be32(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
}

/// Big-endian 64 bits at `at`, 0 past the end.
pub fn be64(bytes: &[u8], at: usize) -> u64 {
    u64::from(be32(bytes, at)) << 32 | u64::from(be32(bytes, at + 4))
}
