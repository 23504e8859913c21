//! The compiled index: what a search reads.

use std::path::{Path, PathBuf};

use super::bits::Ranks;
use super::build::{MAX_SPELL, Meta};
use super::cache::{Section, Sections};
use super::error::{Result, TagError};
use super::grams::Grams;
use super::ordered::Ordered;

/// Flag of a tag that is explicit.
pub const EXPLICIT: u8 = 1;
/// Flag of a tag whose note is what it inserts.
pub const CHANT: u8 = 2;

/// Flag of a tag whose count only places it: its list has a text instead.
pub const NOMINAL: u8 = 4;

/// What a row is to its tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum RowKind {
    /// The tag's own name.
    Name = 0,
    /// Another spelling.
    Alias = 1,
    /// A name in some language, for search only.
    OtherName = 2,
}

/// A compiled tag list.
#[derive(Debug)]
pub struct Index {
    sections: Sections,
    meta: Meta,
}

impl Index {
    /// Map the compiled list at `path`.
    pub fn open(path: &Path) -> Result<Self> {
        let index = Self::new(Sections::open(path)?, path)?;
        index.sections.rest();
        Ok(index)
    }

    /// Check that the sections fit each other.
    pub(super) fn new(sections: Sections, path: &Path) -> Result<Self> {
        let corrupt = |why| TagError::Corrupt { path: PathBuf::from(path), why };
        let meta = serde_json::from_slice(sections.bytes(Section::Meta))
            .map_err(|_| corrupt("its description is broken"))?;
        let index = Self { sections, meta };
        if index.view().fits(&index.meta) {
            Ok(index)
        } else {
            Err(corrupt("its parts do not fit each other"))
        }
    }

    /// What the index says of itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// How many tags there are.
    pub fn len(&self) -> usize {
        self.sections.slice::<u32>(Section::TagRow).len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of the compiled list.
    pub fn size(&self) -> usize {
        self.sections.size()
    }

    /// All parts, ready to be read.
    pub(super) fn view(&self) -> View<'_> {
        let s = &self.sections;
        let text = s.bytes(Section::Text);
        View {
            text,
            rows: Ranks { words: s.slice(Section::RowBits), before: s.slice(Section::RowRanks) },
            row_at: s.slice(Section::RowAt),
            row_kind: s.bytes(Section::RowKind),
            names: Ranks { words: s.slice(Section::NameBits), before: s.slice(Section::NameRanks) },
            tag_row: s.slice(Section::TagRow),
            count: s.slice(Section::TagCount),
            category: s.bytes(Section::TagCategory),
            flags: s.bytes(Section::TagFlags),
            sources: s.slice(Section::TagSources),
            category_counts: s.slice(Section::CategoryCounts),
            name_order: Ordered {
                text,
                at: s.slice(Section::NameOrder),
                mins: s.slice(Section::NameMins),
            },
            word_order: Ordered {
                text,
                at: s.slice(Section::WordOrder),
                mins: s.slice(Section::WordMins),
            },
            grams: Grams {
                keys: s.slice(Section::GramKeys),
                starts: s.slice(Section::GramStarts),
                counts: s.slice(Section::GramCounts),
                data: s.bytes(Section::GramData),
                dense: s.slice(Section::GramDense),
            },
            shown: Texts {
                of: s.slice(Section::ShownRow),
                at: s.slice(Section::ShownAt),
                text: s.bytes(Section::ShownText),
            },
            notes: Texts {
                of: s.slice(Section::NoteTag),
                at: s.slice(Section::NoteAt),
                text: s.bytes(Section::NoteText),
            },
            initial_keys: s.slice(Section::InitialKeys),
            initial_tags: s.slice(Section::InitialTags),
            spelling: Lengths {
                masks: s.slice(Section::SpellMask),
                at: s.slice(Section::SpellRow),
                starts: s.slice(Section::SpellLength),
            },
            vocabulary: Lengths {
                masks: s.slice(Section::VocabularyMask),
                at: s.slice(Section::VocabularyAt),
                starts: s.slice(Section::VocabularyLength),
            },
        }
    }
}

/// Texts of some of many things; `of` says whose, ascending.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    of: &'a [u32],
    at: &'a [u32],
    text: &'a [u8],
}

impl<'a> Texts<'a> {
    /// The text of `thing`.
    pub fn get(self, thing: u32) -> Option<&'a str> {
        let i = self.of.binary_search(&thing).ok()?;
        let bytes = self.text.get(self.at[i] as usize..self.at[i + 1] as usize)?;
        std::str::from_utf8(bytes).ok()
    }
}

/// Texts by length, with their letters.
#[derive(Debug, Clone, Copy)]
pub struct Lengths<'a> {
    /// The letters of each text.
    pub masks: &'a [u64],
    /// Its row or position.
    pub at: &'a [u32],
    /// Where each length begins.
    pub starts: &'a [u32],
}

impl Lengths<'_> {
    /// The texts of one length.
    pub fn of(self, len: usize) -> std::ops::Range<usize> {
        if len > MAX_SPELL {
            return 0..0;
        }
        self.starts[len] as usize..self.starts[len + 1] as usize
    }
}

/// All parts of an index.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub text: &'a [u8],
    pub rows: Ranks<'a>,
    pub row_at: &'a [u32],
    pub row_kind: &'a [u8],
    pub names: Ranks<'a>,
    pub tag_row: &'a [u32],
    pub count: &'a [u32],
    pub category: &'a [u8],
    pub flags: &'a [u8],
    pub sources: &'a [u32],
    pub category_counts: &'a [u32],
    pub name_order: Ordered<'a>,
    pub word_order: Ordered<'a>,
    pub grams: Grams<'a>,
    pub shown: Texts<'a>,
    pub notes: Texts<'a>,
    pub initial_keys: &'a [u64],
    pub initial_tags: &'a [u32],
    pub spelling: Lengths<'a>,
    pub vocabulary: Lengths<'a>,
}

impl<'a> View<'a> {
    /// Do the lengths of the parts agree?
    fn fits(&self, meta: &Meta) -> bool {
        let (tags, rows) = (self.tag_row.len(), self.row_kind.len());
        let columns = [self.count.len(), self.category.len(), self.flags.len(), self.sources.len()];
        columns.iter().all(|&len| len == tags)
            && self.row_at.len() == rows + 1
            && self.name_order.at.len() == rows
            && self.rows.words.len() == self.text.len() / 64 + 1
            && self.grams.starts.len() == self.grams.keys.len() + 1
            && self.category_counts.len() == meta.categories.len() * 2
            && self.grams.dense.len() == 1 << 16
            && self.spelling.starts.len() == MAX_SPELL + 2
            && self.vocabulary.starts.len() == MAX_SPELL + 2
            && std::str::from_utf8(self.text).is_ok()
    }

    /// The row that holds position `at` of the text.
    #[inline]
    pub fn row_of(&self, at: u32) -> u32 {
        self.rows.through(at) - 1
    }

    /// The tag of a row.
    #[inline]
    pub fn tag_of(&self, row: u32) -> u32 {
        self.names.through(row) - 1
    }

    /// Where the text of a row begins and ends.
    #[inline]
    pub fn row_range(&self, row: u32) -> (usize, usize) {
        let row = row as usize;
        (self.row_at[row] as usize, self.row_at[row + 1] as usize - 1)
    }

    /// The text of a row, in normal form.
    #[inline]
    pub fn row(&self, row: u32) -> &'a [u8] {
        let (start, end) = self.row_range(row);
        &self.text[start..end]
    }

    /// The rows of a tag: its name and then its other names.
    pub fn rows_of(&self, tag: u32) -> std::ops::Range<u32> {
        let tag = tag as usize;
        let end = self.tag_row.get(tag + 1).map_or(self.row_kind.len() as u32, |&row| row);
        self.tag_row[tag]..end
    }

    /// The name of a tag, in normal form.
    pub fn name(&self, tag: u32) -> &'a [u8] {
        self.row(self.tag_row[tag as usize])
    }

    /// A row as its list has it.
    pub fn shown(&self, row: u32) -> &'a str {
        self.shown.get(row).unwrap_or_else(|| std::str::from_utf8(self.row(row)).unwrap_or(""))
    }
}
