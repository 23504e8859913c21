//! The gallery index: which media files there are, and what they say of themselves.
//!
//! A [`library::Library`] holds every file of some roots in memory and keeps
//! sorted listings up to date, so that a page at any offset costs only the page.
//! It is filled by a [`walk`], kept true by the watcher and by reconciliation,
//! and cached on disk so that the next start needs no walk.

pub mod answer;
pub mod catalog;
pub mod change;
pub mod error;
pub mod fill;
pub mod follow;
pub mod ids;
pub mod index;
pub mod item;
pub mod keeper;
pub mod kind;
pub mod library;
pub mod metadata;
pub mod names;
pub mod reader;
pub mod reconcile;
pub mod remote;
pub mod roots;
pub mod row;
pub mod scope;
pub mod sequence;
pub mod settle;
pub mod shared;
pub mod snapshot;
pub mod status;
pub mod store;
pub mod views;
pub mod walk;
pub mod watch;

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A number that changes when the size or the time does: for versioned URLs.
pub fn version_of(stat: row::FileStat) -> u64 {
    xxh3_64_with_seed(&stat.mtime_ns.to_le_bytes(), stat.size)
}
