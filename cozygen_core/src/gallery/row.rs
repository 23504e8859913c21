//! One media file and one folder, as the index keeps them.

use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};

use super::kind::Kind;

/// The root folder's number.
pub const ROOT: u32 = 0;

/// What one `stat` says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStat {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970; negative before.
    pub mtime_ns: i64,
    /// Inode number, 0 where there is none.
    pub inode: u64,
}

/// What one `stat` says of a folder, and when it was listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderStat {
    /// Nanoseconds since 1970.
    pub mtime_ns: i64,
    /// When the listing that the index holds was begun, same clock.
    pub listed_ns: i64,
    /// Device, to notice a file system that went away.
    pub device: u64,
    /// Inode number.
    pub inode: u64,
}

/// A file in the index: 64 bytes, one cache line.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct Row {
    /// Opaque identity; survives a rename that the watcher saw.
    pub id: u64,
    /// Nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Bytes.
    pub size: u64,
    /// Inode number, 0 where there is none.
    pub inode: u64,
    /// Number of the folder.
    pub folder: u32,
    /// Where the name starts in the arena of names.
    pub name_at: u32,
    /// Pixels; 0 while unknown.
    pub width: u32,
    /// Pixels; 0 while unknown.
    pub height: u32,
    /// Milliseconds; 0 while unknown or without duration.
    pub duration_ms: u32,
    /// Thousandths of frames per second; 0 while unknown.
    pub fps_milli: u32,
    /// Length of the name.
    pub name_len: u16,
    /// [`Kind`] as a byte.
    pub kind: u8,
    /// Bits of [`flag`].
    pub flags: u8,
    /// Where the row stands among its folder's rows; not kept on disk.
    pub slot: u32,
}

/// Bits of [`Row::flags`].
pub mod flag {
    /// The name starts with a dot.
    pub const HIDDEN: u8 = 1;
    /// Metadata was read from this very version of the file.
    pub const KNOWN: u8 = 2;
    /// The metadata holds something worth showing.
    pub const HAS_META: u8 = 4;
    /// The file is gone; the row remains for snapshots that still show it.
    pub const GONE: u8 = 8;
}

impl Row {
    /// Whether any bit of `flag` is set.
    pub fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// The media kind.
    pub fn kind(&self) -> Kind {
        Kind::from_byte(self.kind)
    }

    /// The last `stat`.
    pub fn stat(&self) -> FileStat {
        FileStat { size: self.size, mtime_ns: self.mtime_ns, inode: self.inode }
    }

    /// Changes whenever the file's content may have: for versioned URLs.
    pub fn version(&self) -> u64 {
        super::version_of(self.stat())
    }
}

/// A folder in the index.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Folder {
    /// Number of the folder above; the root is its own parent.
    pub parent: u32,
    /// The last component of the path, empty for the root.
    pub name: Box<[u8]>,
    /// The last `stat` and listing.
    pub stat: FolderStat,
    /// Which root is mounted here, if one is.
    pub mount: Option<u32>,
    /// False once removed; the number is not used again.
    pub alive: bool,
    /// Numbers of the folders in it.
    pub children: Vec<u32>,
    /// Numbers of the files in it.
    #[serde(skip)]
    pub rows: Vec<u32>,
}

impl Folder {
    /// Whether the name starts with a dot.
    pub fn is_hidden(&self) -> bool {
        self.name.first() == Some(&b'.')
    }
}
