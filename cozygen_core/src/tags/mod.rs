//! Tag search: a compiled list of tags that answers while someone types.
//!
//! [`build`](build()) reads any number of lists ([`Source`]) into an [`Index`],
//! [`Index::open`] maps one that was built before, [`Index::search`] and
//! [`Index::validate`] answer. `docs/tags.md` says what is found in which order.
//!
//! The text of all names lies in one buffer, popular tags first. Whatever finds
//! names by place in it finds the popular ones first and can stop early.

mod bits;
mod build;
mod cache;
mod error;
mod fold_table;
mod grams;
mod index;
mod normal;
mod ordered;
mod policy;
mod progress;
mod search;
mod sources;

pub use build::{MAX_SOURCES, Meta, build};
pub use error::{Result, TagError};
pub use index::Index;
pub use normal::normal;
pub use progress::Progress;
pub use search::{Hit, Nsfw, Options, Page, Sort, TagMask, Tier, Verdict, Via};
pub use sources::{Limits, Scheme, Skipped, Source, SourceReport};
