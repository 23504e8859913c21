//! The text: one row a name, popular tags first, a tag's own name before its others.

use std::io::{Result, Seek, Write};

use super::super::bits;
use super::super::cache::{Section, Writer};
use super::super::index::RowKind;
use super::super::sources::Link;
use super::batch::Text;
use super::catalog::Catalog;
use super::names::Name;

/// All rows. Each begins behind a line end; the text begins and ends with one.
pub struct Rows {
    pub text: Vec<u8>,
    /// Where each row begins; one more at the end.
    pub at: Vec<u32>,
    pub kind: Vec<u8>,
    /// The row of each tag's own name.
    pub tag_row: Vec<u32>,
    shown_row: Vec<u32>,
    shown_at: Vec<u32>,
    shown_text: Vec<u8>,
}

impl Rows {
    /// Lay out the tags of `catalog` with their further `names` (sorted by tag).
    pub fn new(catalog: &Catalog, names: &[Name]) -> Self {
        let rows = catalog.entries.len() + names.len();
        let mut rows = Self {
            text: vec![b'\n'],
            at: Vec::with_capacity(rows + 1),
            kind: Vec::with_capacity(rows),
            tag_row: Vec::with_capacity(catalog.entries.len()),
            shown_row: Vec::new(),
            shown_at: vec![0],
            shown_text: Vec::new(),
        };
        rows.at.push(1);
        let mut names = names.iter().peekable();
        for (tag, entry) in catalog.entries.iter().enumerate() {
            rows.tag_row.push(rows.kind.len() as u32);
            rows.push(catalog, entry.name, RowKind::Name);
            let first = rows.kind.len();
            while let Some(name) = names.next_if(|name| name.tag as usize == tag) {
                if rows.has(first, catalog.text(name.text.normal)) {
                    continue;
                }
                let kind = match name.kind {
                    Link::OtherName => RowKind::OtherName,
                    _ => RowKind::Alias,
                };
                rows.push(catalog, name.text, kind);
            }
        }
        rows
    }

    fn push(&mut self, catalog: &Catalog, name: Text, kind: RowKind) {
        let normal = catalog.text(name.normal);
        if name.shown != name.normal {
            let shown = catalog.text(name.shown);
            self.shown_row.push(self.kind.len() as u32);
            self.shown_text.extend_from_slice(shown.as_bytes());
            self.shown_at.push(self.shown_text.len() as u32);
        }
        self.text.extend_from_slice(normal.as_bytes());
        self.text.push(b'\n');
        self.at.push(self.text.len() as u32);
        self.kind.push(kind as u8);
    }

    /// Is `normal` among the rows from `first` on?
    fn has(&self, first: usize, normal: &str) -> bool {
        (first..self.kind.len()).any(|row| self.row(row) == normal.as_bytes())
    }

    /// The text of a row.
    pub fn row(&self, row: usize) -> &[u8] {
        &self.text[self.at[row] as usize..self.at[row + 1] as usize - 1]
    }

    /// All rows in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> + Clone {
        (0..self.kind.len()).map(|row| self.row(row))
    }

    /// Write the sections up to the tags' rows.
    pub fn write<W: Write + Seek>(&self, out: &mut Writer<W>) -> Result<()> {
        out.section(Section::Text, &self.text)?;
        let starts = &self.at[..self.kind.len()];
        let (words, before) = bits::build(self.text.len(), starts.iter().copied());
        out.section(Section::RowBits, &words)?;
        out.section(Section::RowRanks, &before)?;
        out.section(Section::RowAt, &self.at)?;
        out.section(Section::RowKind, &self.kind)?;
        let (words, before) = bits::build(self.kind.len(), self.tag_row.iter().copied());
        out.section(Section::NameBits, &words)?;
        out.section(Section::NameRanks, &before)?;
        out.section(Section::TagRow, &self.tag_row)
    }

    /// Write how rows are shown that are not shown in normal form.
    pub fn write_shown<W: Write + Seek>(&self, out: &mut Writer<W>) -> Result<()> {
        out.section(Section::ShownRow, &self.shown_row)?;
        out.section(Section::ShownAt, &self.shown_at)?;
        out.section(Section::ShownText, &self.shown_text)
    }
}
