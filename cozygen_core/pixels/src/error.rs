//! Why a picture cannot be read, and what it is read from.

use std::io::{BufRead, Seek};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// More memory than allowed would be needed.
    #[error("{0}")]
    TooLarge(String),
    /// The format has a feature that the decoder lacks.
    #[error("{0}")]
    Unsupported(String),
    /// The file is broken.
    #[error("{0}")]
    Broken(String),
}

/// What a picture is read from: a file through a buffer, or bytes in memory.
pub trait Source: BufRead + Seek {}

impl<T: BufRead + Seek> Source for T {}
