//! What can go wrong in the gallery, each with the file it concerns.

use std::path::{Path, PathBuf};

/// An error of the gallery index or of reading one file's metadata.
#[derive(Debug)]
pub enum GalleryError {
    /// The operating system refused; the path says where.
    Io {
        /// The file or folder concerned.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A cache file is damaged or of another version and must be rebuilt.
    Corrupt {
        /// The cache file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The metadata store refused.
    Store(rusqlite::Error),
    /// The generation asked for is no longer kept.
    Reset,
    /// A file's metadata is broken.
    Broken(&'static str),
    /// The index is being closed.
    Closed,
}

/// Result of the gallery.
pub type Result<T> = std::result::Result<T, GalleryError>;

impl GalleryError {
    /// Wrap an I/O error with the path it happened at.
    pub fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }

    /// A cache file that cannot be used.
    pub fn corrupt(path: &Path, reason: impl Into<String>) -> Self {
        Self::Corrupt { path: path.to_owned(), reason: reason.into() }
    }
}

impl From<rusqlite::Error> for GalleryError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error)
    }
}

impl std::fmt::Display for GalleryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io { path, source } => write!(f, "{}: {source}", path.display()),
            Self::Corrupt { path, reason } => write!(f, "{}: {reason}", path.display()),
            Self::Store(source) => write!(f, "metadata store: {source}"),
            Self::Reset => write!(f, "this generation is no longer kept"),
            Self::Broken(reason) => write!(f, "{reason}"),
            Self::Closed => write!(f, "the index is closed"),
        }
    }
}

impl std::error::Error for GalleryError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Store(source) => Some(source),
            _ => None,
        }
    }
}
