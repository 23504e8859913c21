//! What can go wrong between a path and a thumbnail.

use std::io;
use std::path::{Path, PathBuf};

/// Why there is no thumbnail; every variant names the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ThumbError {
    /// The file cannot be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is broken or not what it claims to be.
    #[error("{}: {reason}", path.display())]
    Decode {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no decoder for this kind of file.
    #[error("{}: {reason}", path.display())]
    Unsupported {
        /// The file.
        path: PathBuf,
        /// Which kind it is, as far as known.
        reason: String,
    },
    /// A limit was hit before memory or time was spent.
    #[error("{}: {reason} (limit: {setting})", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What is too large.
        reason: String,
        /// The setting that allows it.
        setting: &'static str,
    },
}

/// A failure inside a decoder, which knows no path.
#[derive(Debug)]
pub(crate) enum Fault {
    Io(io::Error),
    Broken(String),
    Unsupported(String),
    TooLarge { reason: String, setting: &'static str },
}

impl Fault {
    pub(crate) fn broken(reason: impl Into<String>) -> Self {
        Self::Broken(reason.into())
    }

    pub(crate) fn unsupported(reason: impl Into<String>) -> Self {
        Self::Unsupported(reason.into())
    }

    pub(crate) fn too_large(reason: impl Into<String>, setting: &'static str) -> Self {
        Self::TooLarge { reason: reason.into(), setting }
    }

    /// Name the file in which it happened.
    pub(crate) fn at(self, path: &Path) -> ThumbError {
        let path = path.to_path_buf();
        match self {
            Self::Io(source) => ThumbError::Io { path, source },
            Self::Broken(reason) => ThumbError::Decode { path, reason },
            Self::Unsupported(reason) => ThumbError::Unsupported { path, reason },
            Self::TooLarge { reason, setting } => ThumbError::TooLarge { path, reason, setting },
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
