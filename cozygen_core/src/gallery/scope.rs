//! What a listing shows and in which order.

use std::cmp::Ordering;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::catalog::Catalog;
use super::kind::Kind;
use super::names::natural_cmp;
use super::row::{ROOT, flag};

/// Which files a listing shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Number of the folder.
    pub folder: u32,
    /// With everything below it, or only its own files.
    pub recursive: bool,
    /// Also names that start with a dot.
    pub hidden: bool,
    /// Only this kind.
    pub kind: Option<Kind>,
}

impl Scope {
    /// Every file there is, hidden ones too.
    pub const ALL: Self = Self { folder: ROOT, recursive: true, hidden: true, kind: None };

    /// Whether the file `row` belongs to the listing.
    pub fn holds(&self, catalog: &Catalog, row: u32) -> bool {
        let entry = catalog.row(row);
        self.admits(entry.kind(), entry.is(flag::HIDDEN))
            && self.holds_folder(catalog, entry.folder)
    }

    pub(super) fn admits(&self, kind: Kind, hidden: bool) -> bool {
        self.kind.is_none_or(|wanted| wanted == kind) && (self.hidden || !hidden)
    }

    /// Whether files lying directly in `folder` belong to the listing.
    pub fn holds_folder(&self, catalog: &Catalog, folder: u32) -> bool {
        let mut at = folder;
        while at != self.folder {
            let entry = catalog.folder(at);
            if at == ROOT || !self.recursive || (!self.hidden && entry.is_hidden()) {
                return false;
            }
            at = entry.parent;
        }
        true
    }

    /// The folders whose files belong to the listing.
    pub fn folders(&self, catalog: &Catalog) -> Vec<u32> {
        let mut found = vec![self.folder];
        let mut next = 0;
        while self.recursive && next < found.len() {
            let children = &catalog.folder(found[next]).children;
            found.extend(children.iter().filter(|child| self.shows_folder(catalog, **child)));
            next += 1;
        }
        found
    }

    /// Whether a folder's own name lets it be shown.
    pub fn shows_folder(&self, catalog: &Catalog, folder: u32) -> bool {
        self.hidden || !catalog.folder(folder).is_hidden()
    }
}

/// A total order over files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Newest first; equal times by name.
    Newest,
    /// By name as people read it; equal names by folder.
    Name,
    /// Largest first; equal sizes by name.
    Size,
    /// Shuffled by this seed.
    Random(u64),
}

impl Order {
    /// A number that is smaller for what comes first, equal where [`Self::compare`] must decide.
    pub fn key(self, catalog: &Catalog, row: u32) -> u64 {
        let entry = catalog.row(row);
        match self {
            Self::Newest => !(entry.mtime_ns.cast_unsigned() ^ 1 << 63),
            Self::Name => 0,
            Self::Size => !entry.size,
            Self::Random(seed) => shuffled(entry.id, seed),
        }
    }

    /// How two files stand to each other; equal only for the same file.
    pub fn compare(self, catalog: &Catalog, a: u32, b: u32) -> Ordering {
        let (left, right) = (catalog.row(a), catalog.row(b));
        let first = match self {
            Self::Newest => right.mtime_ns.cmp(&left.mtime_ns),
            Self::Name => Ordering::Equal,
            Self::Size => right.size.cmp(&left.size),
            Self::Random(seed) => shuffled(left.id, seed).cmp(&shuffled(right.id, seed)),
        };
        first
            .then_with(|| natural_cmp(catalog.name(a), catalog.name(b)))
            .then_with(|| left.folder.cmp(&right.folder))
            .then_with(|| a.cmp(&b))
    }
}

fn shuffled(id: u64, seed: u64) -> u64 {
    xxh3_64_with_seed(&id.to_le_bytes(), seed)
}

/// The order asked for, and whether it is read from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    /// The order that is kept.
    pub order: Order,
    /// Read backwards.
    pub reversed: bool,
}

impl Sort {
    /// Newest first.
    pub const NEWEST: Self = Self { order: Order::Newest, reversed: false };

    /// The sort of that word: `newest`, `oldest`, `name`, `size`, `random:<seed>`.
    pub fn parse(word: &str) -> Option<Self> {
        let (order, reversed) = match word {
            "newest" => return Some(Self::NEWEST),
            "oldest" => (Order::Newest, true),
            "name" => (Order::Name, false),
            "size" => (Order::Size, false),
            _ => (Order::Random(word.strip_prefix("random:")?.parse().ok()?), false),
        };
        Some(Self { order, reversed })
    }
}
