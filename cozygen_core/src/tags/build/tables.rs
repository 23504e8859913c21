//! What is known of each tag beside its names, column by column.

use std::io::{Result, Seek, Write};

use super::super::cache::{Section, Writer};
use super::super::index::{CHANT, EXPLICIT, NOMINAL};
use super::catalog::Catalog;

/// The columns.
pub struct Tables {
    count: Vec<u32>,
    category: Vec<u8>,
    flags: Vec<u8>,
    sources: Vec<u32>,
    /// Tags of each category: harmless, explicit.
    category_counts: Vec<u32>,
    note_tag: Vec<u32>,
    note_at: Vec<u32>,
    note_text: Vec<u8>,
}

impl Tables {
    /// Read the columns off the sorted entries.
    pub fn new(catalog: &Catalog) -> Self {
        let entries = &catalog.entries;
        let mut tables = Self {
            count: entries.iter().map(|e| e.count).collect(),
            category: entries.iter().map(|e| e.category).collect(),
            flags: Vec::with_capacity(entries.len()),
            sources: entries.iter().map(|e| e.sources).collect(),
            category_counts: vec![0; catalog.categories.len() * 2],
            note_tag: Vec::new(),
            note_at: vec![0],
            note_text: Vec::new(),
        };
        for (tag, entry) in entries.iter().enumerate() {
            let explicit = if entry.explicit { EXPLICIT } else { 0 };
            let chant = if entry.chant { CHANT } else { 0 };
            let nominal = if entry.counted || entry.count == 0 { 0 } else { NOMINAL };
            tables.flags.push(explicit | chant | nominal);
            tables.category_counts
                [usize::from(entry.category) * 2 + usize::from(entry.explicit)] += 1;
            let note = catalog.text(entry.note);
            if !note.is_empty() {
                tables.note_tag.push(tag as u32);
                tables.note_text.extend_from_slice(note.as_bytes());
                tables.note_at.push(tables.note_text.len() as u32);
            }
        }
        tables
    }

    /// Write the columns.
    pub fn write<W: Write + Seek>(&self, out: &mut Writer<W>) -> Result<()> {
        out.section(Section::TagCount, &self.count)?;
        out.section(Section::TagCategory, &self.category)?;
        out.section(Section::TagFlags, &self.flags)?;
        out.section(Section::TagSources, &self.sources)?;
        out.section(Section::CategoryCounts, &self.category_counts)
    }

    /// Write the notes.
    pub fn write_notes<W: Write + Seek>(&self, out: &mut Writer<W>) -> Result<()> {
        out.section(Section::NoteTag, &self.note_tag)?;
        out.section(Section::NoteAt, &self.note_at)?;
        out.section(Section::NoteText, &self.note_text)
    }
}
