//! The native core of CozyGen: what must be fast.
//!
//! - [`thumbs`]: pictures in, small pictures out.
//! - [`gallery`]: the index of a library of media files and their metadata.
//! - [`tags`]: search over millions of tags.
//!
//! The three modules are plain Rust and know nothing of Python; the folder
//! `python` holds the bindings and is built with the feature `python`.

pub mod gallery;
pub mod pool;
pub mod qr;
pub mod tags;
pub mod thumbs;

#[cfg(feature = "python")]
mod python;
