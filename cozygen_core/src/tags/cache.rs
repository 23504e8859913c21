//! The compiled list as one file: a header, a table of sections, the sections.
//!
//! Written beside its place and renamed, so a reader sees the old file or the
//! new one. The header has the length and a checksum of everything behind it:
//! a file that was cut off or damaged is refused, not half used. The file is
//! mapped, never copied; nobody but CozyGen writes it.

use std::fs::{self, File};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use bytemuck::Pod;
use memmap2::{Mmap, MmapMut};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::error::{Result, TagError};

/// Changes whenever the meaning of the sections does; also tells byte order.
const VERSION: u32 = 2;
const MAGIC: &[u8; 8] = b"CozyTags";
const HEADER: usize = 64;
const ALIGN: usize = 64;
/// Where the first section begins.
const BODY: usize = (HEADER + SECTIONS * 16).next_multiple_of(ALIGN);

/// The sections, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Section {
    Meta,
    Text,
    RowBits,
    RowRanks,
    RowAt,
    RowKind,
    NameBits,
    NameRanks,
    TagRow,
    TagCount,
    TagCategory,
    TagFlags,
    TagSources,
    CategoryCounts,
    NameOrder,
    NameMins,
    WordOrder,
    WordMins,
    GramKeys,
    GramStarts,
    GramCounts,
    GramData,
    GramDense,
    ShownRow,
    ShownAt,
    ShownText,
    NoteTag,
    NoteAt,
    NoteText,
    InitialKeys,
    InitialTags,
    SpellMask,
    SpellRow,
    SpellLength,
    VocabularyMask,
    VocabularyAt,
    VocabularyLength,
}

/// How many sections there are.
const SECTIONS: usize = Section::VocabularyLength as usize + 1;

/// A mapped and checked file of sections.
#[derive(Debug)]
pub struct Sections {
    map: Mmap,
    table: Vec<(usize, usize)>,
}

impl Sections {
    /// Map `path` and check it.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(TagError::io(path))?;
        // SAFETY: the file is CozyGen's own and only ever replaced by a rename,
        // so the bytes under the mapping do not change.
        let map = unsafe { Mmap::map(&file) }.map_err(TagError::io(path))?;
        Self::check(map).map_err(|why| TagError::Corrupt { path: path.to_owned(), why })
    }

    fn check(map: Mmap) -> std::result::Result<Self, &'static str> {
        let header = map.get(..HEADER).ok_or("it is shorter than its header")?;
        let u64_at = |at: usize| {
            map.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_ne_bytes)
        };
        if &header[..8] != MAGIC {
            return Err("it is no compiled tag list");
        }
        if u64_at(8) != u64::from(VERSION) {
            return Err("another version of CozyGen wrote it");
        }
        if u64_at(16) != map.len() as u64 {
            return Err("it was cut off");
        }
        if u64_at(24) != checksum(&map) {
            return Err("its checksum does not fit");
        }
        let entry =
            |i: usize| (u64_at(HEADER + i * 16) as usize, u64_at(HEADER + i * 16 + 8) as usize);
        let table: Vec<(usize, usize)> = (0..SECTIONS).map(entry).collect();
        let inside = |&(at, len): &(usize, usize)| {
            at % ALIGN == 0 && at.checked_add(len).is_some_and(|end| end <= map.len())
        };
        if !table.iter().all(inside) {
            return Err("a section lies outside the file");
        }
        Ok(Self { map, table })
    }

    /// Let go of the pages that checking has read: those that are searched come back by themselves.
    pub fn rest(&self) {
        // SAFETY: a mapping of a file that is only read: what is let go is read again from the file.
        // A system that refuses keeps the pages, which costs memory and nothing else.
        #[cfg(unix)]
        let _ = unsafe { self.map.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
    }

    /// The bytes of a section.
    pub fn bytes(&self, section: Section) -> &[u8] {
        let (at, len) = self.table[section as usize];
        &self.map[at..at + len]
    }

    /// A section as numbers; empty if its length does not fit them.
    pub fn slice<T: Pod>(&self, section: Section) -> &[T] {
        bytemuck::try_cast_slice(self.bytes(section)).unwrap_or_default()
    }

    /// Bytes of the whole file.
    pub fn size(&self) -> usize {
        self.map.len()
    }
}

/// The checksum of a whole file: its table and, separately, what follows.
fn checksum(file: &[u8]) -> u64 {
    let body = BODY.min(file.len());
    xxh3_64(&file[HEADER..body]) ^ xxh3_64(&file[body..])
}

/// Writes the sections one after the other.
pub struct Writer<W: Write + Seek> {
    out: W,
    hash: Xxh3,
    at: usize,
    table: [(u64, u64); SECTIONS],
}

impl<W: Write + Seek> Writer<W> {
    fn new(mut out: W) -> std::io::Result<Self> {
        let at = BODY;
        out.write_all(&[0; BODY])?;
        Ok(Self { out, hash: Xxh3::new(), at, table: [(0, 0); SECTIONS] })
    }

    /// Add one section; each once, in the order of [`Section`].
    pub fn section<T: Pod>(&mut self, section: Section, values: &[T]) -> std::io::Result<()> {
        let bytes: &[u8] = bytemuck::cast_slice(values);
        self.table[section as usize] = (self.at as u64, bytes.len() as u64);
        let padding = bytes.len().next_multiple_of(ALIGN) - bytes.len();
        for part in [bytes, &[0; ALIGN][..padding]] {
            self.hash.update(part);
            self.out.write_all(part)?;
            self.at += part.len();
        }
        Ok(())
    }

    /// Write the header. The table is known last, so it has a checksum of its own.
    fn finish(mut self) -> std::io::Result<W> {
        let mut head = [0u8; BODY];
        for (i, (at, len)) in self.table.iter().enumerate() {
            head[HEADER + i * 16..][..8].copy_from_slice(&at.to_ne_bytes());
            head[HEADER + i * 16 + 8..][..8].copy_from_slice(&len.to_ne_bytes());
        }
        head[..8].copy_from_slice(MAGIC);
        head[8..16].copy_from_slice(&u64::from(VERSION).to_ne_bytes());
        head[16..24].copy_from_slice(&(self.at as u64).to_ne_bytes());
        let sum = xxh3_64(&head[HEADER..]) ^ self.hash.digest();
        head[24..32].copy_from_slice(&sum.to_ne_bytes());
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(&head)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Write a cache file at `path` through `fill`, whole or not at all.
pub fn write(
    path: &Path,
    fill: impl FnOnce(&mut Writer<BufWriter<File>>) -> std::io::Result<()>,
) -> Result<()> {
    let temporary = temporary(path);
    let written = create(&temporary, fill).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        // The first error is the one to report; a left-over is overwritten next time.
        let _ = fs::remove_file(&temporary);
        TagError::io(path)(error)
    })
}

fn create(
    path: &Path,
    fill: impl FnOnce(&mut Writer<BufWriter<File>>) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let mut writer = Writer::new(BufWriter::with_capacity(1 << 20, File::create(path)?))?;
    fill(&mut writer)?;
    writer.finish().map(drop)
}

fn temporary(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    path.with_file_name(name)
}

/// The same in memory, for an index without a cache file.
pub fn in_memory(
    fill: impl FnOnce(&mut Writer<std::io::Cursor<Vec<u8>>>) -> std::io::Result<()>,
) -> Result<Sections> {
    let path = Path::new("<memory>");
    let build = || {
        let mut writer = Writer::new(std::io::Cursor::new(Vec::new()))?;
        fill(&mut writer)?;
        let bytes = writer.finish()?.into_inner();
        let mut map = MmapMut::map_anon(bytes.len())?;
        map.copy_from_slice(&bytes);
        map.make_read_only()
    };
    let map = build().map_err(TagError::io(path))?;
    Sections::check(map).map_err(|why| TagError::Corrupt { path: path.to_owned(), why })
}
