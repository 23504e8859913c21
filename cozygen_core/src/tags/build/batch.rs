//! What is read of a list on its way to the catalogue, a few thousand rows at a time:
//! one thread reads and finds normal forms while another merges.

use std::borrow::Cow;
use std::sync::mpsc::SyncSender;

use xxhash_rust::xxh3::xxh3_64;

use super::super::normal::{MAX_TAG_BYTES, normal_into};
use super::super::policy::Signs;
use super::super::sources::{Link, RawTag, Sink};

/// Rows and bytes of text that fill a batch.
const ROWS: usize = 4096;
const BYTES: usize = 256 << 10;
/// Of a row that is left out so many letters are kept.
const SHOWN: usize = 200;

/// A piece of an arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    pub start: u32,
    pub len: u32,
}

impl Span {
    /// The same text where the arena begins at `base` of a larger one.
    pub fn behind(self, base: u32) -> Self {
        Self { start: self.start + base, ..self }
    }

    /// The text in its arena.
    pub fn of(self, arena: &str) -> &str {
        let start = self.start as usize;
        arena.get(start..start + self.len as usize).unwrap_or("")
    }
}

/// A name as written and its normal form; one piece of text if that is the same.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    pub shown: Span,
    pub normal: Span,
}

impl Text {
    /// The same texts where the arena begins at `base` of a larger one.
    pub fn behind(self, base: u32) -> Self {
        Self { shown: self.shown.behind(base), normal: self.normal.behind(base) }
    }
}

/// A tag as one list has it.
#[derive(Debug, Clone, Copy)]
pub struct ReadTag {
    pub name: Text,
    /// The hash of the normal form.
    pub hash: u64,
    pub note: Span,
    pub category: Span,
    pub count: Option<u32>,
    pub chant: bool,
    /// The list says that it is explicit.
    pub explicit: bool,
    pub signs: Signs,
}

/// What a reader found.
#[derive(Debug)]
pub enum Row {
    /// A tag.
    Tag(ReadTag),
    /// Two names that belong together, and what the words of the first say.
    Pair(Link, Text, Signs, Text),
    /// A line that was left out, and why.
    Skip(usize, &'static str, Span),
    /// So many bytes of so many are read.
    At(usize, usize),
}

/// Some rows with their texts.
#[derive(Debug, Default)]
pub struct Batch {
    pub arena: String,
    pub rows: Vec<Row>,
}

/// Collects what a list says and sends it on.
pub struct Batches {
    batch: Batch,
    out: SyncSender<Batch>,
    normal: String,
    /// The name that was read last: its aliases follow.
    last: Option<Text>,
    category: Span,
    /// Nobody merges any more.
    gone: bool,
}

/// The hash by which a name is looked up.
pub fn hash(normal: &str) -> u64 {
    xxh3_64(normal.as_bytes())
}

impl Batches {
    /// Send to `out`; what is left goes when this is dropped.
    pub fn new(out: SyncSender<Batch>) -> Self {
        let (batch, normal) = (Batch::default(), String::new());
        Self { batch, out, normal, last: None, category: Span::default(), gone: false }
    }

    fn push(&mut self, text: &str) -> Span {
        let start = self.batch.arena.len() as u32;
        self.batch.arena.push_str(text);
        Span { start, len: text.len() as u32 }
    }

    fn row(&mut self, row: Row) {
        self.batch.rows.push(row);
        if self.batch.rows.len() >= ROWS || self.batch.arena.len() >= BYTES {
            self.send();
        }
    }

    fn send(&mut self) {
        self.last = None;
        self.category = Span::default();
        let batch = std::mem::take(&mut self.batch);
        self.gone = self.gone || self.out.send(batch).is_err();
    }

    /// Keep `shown` with the normal form that was found last.
    fn text(&mut self, shown: &str) -> Text {
        let normal = std::mem::take(&mut self.normal);
        let span = self.push(&normal);
        let shown = if shown == normal { span } else { self.push(shown) };
        self.normal = normal;
        Text { shown, normal: span }
    }

    /// The category; rows of one category mostly follow each other.
    fn category(&mut self, name: &str) -> Span {
        if self.category.of(&self.batch.arena) != name {
            self.category = self.push(name);
        }
        self.category
    }

    /// The target of a pair: mostly the name that was read last.
    fn target(&mut self, name: &str) -> Text {
        match self.last {
            Some(last) if last.shown.of(&self.batch.arena) == name => last,
            _ => {
                normal_into(name, &mut self.normal);
                let target = self.text(name);
                self.last = Some(target);
                target
            }
        }
    }

    fn keep(&mut self, raw: RawTag<'_>) {
        let shown = unescape(raw.name.trim());
        let name = self.text(&shown);
        self.last = (shown == raw.name).then_some(name);
        let tag = ReadTag {
            name,
            hash: hash(&self.normal),
            note: self.push(raw.note),
            category: self.category(raw.category),
            count: raw.count,
            chant: raw.chant,
            explicit: raw.explicit,
            signs: Signs::of(&self.normal),
        };
        self.row(Row::Tag(tag));
    }
}

impl Drop for Batches {
    fn drop(&mut self) {
        self.send();
    }
}

impl Sink for Batches {
    fn tag(&mut self, raw: RawTag<'_>) {
        if self.gone {
            return;
        }
        normal_into(raw.name, &mut self.normal);
        if self.normal.is_empty() || self.normal.len() > MAX_TAG_BYTES {
            self.skip(0, "an empty or overlong name", raw.name);
        } else {
            self.keep(raw);
        }
    }

    fn link(&mut self, kind: Link, from: &str, to: &str) {
        if self.gone {
            return;
        }
        let target = self.target(to);
        normal_into(from, &mut self.normal);
        let signs = Signs::of(&self.normal);
        let from = self.text(from);
        self.row(Row::Pair(kind, from, signs, target));
    }

    fn skip(&mut self, line: usize, why: &'static str, row: &str) {
        let row: String = row.chars().take(SHOWN).collect();
        let row = self.push(&row);
        self.row(Row::Skip(line, why, row));
    }

    fn at(&mut self, done: usize, total: usize) {
        self.row(Row::At(done, total));
    }
}

fn unescape(name: &str) -> Cow<'_, str> {
    if name.contains('\\') {
        Cow::Owned(name.replace("\\(", "(").replace("\\)", ")"))
    } else {
        Cow::Borrowed(name)
    }
}
