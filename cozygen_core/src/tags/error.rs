//! What can go wrong with tag lists and their cache, with the file named.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// An error of tag lists or of the compiled cache.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TagError {
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A list is larger than the limit.
    #[error("{path}: the list has {size} bytes, more than the limit of {limit} (list_bytes)")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes, unpacked where it is compressed.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// No known format fits the content.
    #[error("{path}: not a tag list: {why}")]
    Unsupported {
        /// The file.
        path: PathBuf,
        /// What was seen.
        why: &'static str,
    },
    /// The compiled cache cannot be used and must be rebuilt.
    #[error("{path}: the compiled tag list is unusable: {why}")]
    Corrupt {
        /// The cache file.
        path: PathBuf,
        /// What did not fit.
        why: &'static str,
    },
    /// The lists hold more than the index can number.
    #[error("the tag lists hold more than {limit} bytes of names (name_bytes)")]
    TooMany {
        /// The limit in bytes.
        limit: usize,
    },
}

impl TagError {
    /// What is wrong, without the path: for the person whose list it is.
    pub fn sentence(&self) -> String {
        match self {
            Self::Io { source, .. } => format!("the file cannot be read ({})", source.kind()),
            Self::TooLarge { size, limit, .. } => format!(
                "the list is too large: {} MB of at most {} MB",
                size.div_ceil(1_000_000),
                limit / 1_000_000
            ),
            Self::Unsupported { why, .. } | Self::Corrupt { why, .. } => (*why).to_owned(),
            Self::TooMany { .. } => self.to_string(),
        }
    }

    /// An I/O error with its file.
    pub fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}

/// The result of work on tags.
pub type Result<T> = std::result::Result<T, TagError>;
