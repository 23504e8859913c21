//! Changes of the library: what is applied, journaled, and told to listeners.

use serde::{Deserialize, Serialize};

use super::row::{FileStat, FolderStat};

/// One change. Paths are below the root, parts joined by `/`, so that a change
/// means the same to every copy of the library.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Op {
    /// A folder is there and was listed.
    Folder {
        /// Its path.
        path: Vec<u8>,
        /// Its stamp.
        stat: FolderStat,
    },
    /// A folder is gone with all it held.
    DropFolder {
        /// Its path.
        path: Vec<u8>,
    },
    /// A folder has another place or name; what it holds keeps its ids.
    MoveFolder {
        /// Where it was.
        from: Vec<u8>,
        /// Where it is.
        to: Vec<u8>,
    },
    /// A file is there: new, changed, or, when `id` is known, moved.
    File {
        /// The folder's path.
        folder: Vec<u8>,
        /// The file's name.
        name: Vec<u8>,
        /// The identity to give or keep; `None` chooses.
        id: Option<u64>,
        /// Its stamp.
        stat: FileStat,
    },
    /// A file is gone.
    DropFile {
        /// Its identity.
        id: u64,
    },
    /// A file's metadata was read.
    Known {
        /// Its identity.
        id: u64,
        /// What was found.
        facts: Facts,
    },
}

/// What reading a file tells about it, as far as the table keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The stamp of the version that was read.
    pub size: u64,
    /// The stamp of the version that was read.
    pub mtime_ns: i64,
    /// Pixels, 0 when unknown.
    pub width: u32,
    /// Pixels, 0 when unknown.
    pub height: u32,
    /// Milliseconds, 0 when unknown.
    pub duration_ms: u32,
    /// Thousandths of frames per second, 0 when unknown.
    pub fps_milli: u32,
    /// Whether there is metadata worth showing.
    pub has_meta: bool,
}

/// What happened to one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happened {
    /// It is new.
    Created,
    /// Its content, name or place is another.
    Changed,
    /// It is gone.
    Removed,
}

/// One file in a [`Changes`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// What happened.
    pub what: Happened,
    /// The file.
    pub id: u64,
    /// The folder it is in, or was.
    pub folder: Vec<u8>,
    /// Its time, nanoseconds.
    pub mtime_ns: i64,
}

/// What one batch did.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The generation after it.
    pub generation: u64,
    /// The files concerned.
    pub files: Vec<FileChange>,
    /// Paths of folders in which folders came or went.
    pub folders: Vec<Vec<u8>>,
}

impl Changes {
    /// Whether no reader would see a difference.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }
}
