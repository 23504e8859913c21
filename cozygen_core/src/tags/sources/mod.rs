//! Tag lists as people have them: read, told apart by content, reported on.

mod categories;
mod columns;
mod csv;
mod json;
mod lines;
mod markdown;
mod report;
mod text;

use std::path::{Path, PathBuf};

pub use categories::Scheme;
pub use report::{Skipped, SourceReport};
pub use text::load;

use super::error::{Result, TagError};

/// One tag list and what is known about it.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// What the person sees and filters by; sources are told apart by it.
    pub label: String,
    /// What the category numbers mean; found from the content if `None`.
    pub scheme: Option<Scheme>,
}

/// How much of a list is accepted.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one list, unpacked. Default 256 MiB.
    pub list_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { list_bytes: 256 << 20 }
    }
}

/// One tag as a list has it.
#[derive(Debug, Clone, Copy, Default)]
pub struct RawTag<'a> {
    /// The name as written, parentheses un-escaped.
    pub name: &'a str,
    /// The category in CozyGen's words.
    pub category: &'a str,
    /// Posts; `None` if the list does not say.
    pub count: Option<u32>,
    /// Text shown in place of a count, or what a chant inserts.
    pub note: &'a str,
    /// The note is to be inserted, not shown.
    pub chant: bool,
    /// The list itself says that the tag is explicit.
    pub explicit: bool,
}

/// What joins two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// The first is another spelling of the second.
    Alias,
    /// The first is a name of the second in some language; for search only.
    OtherName,
    /// Whoever has the first also has the second.
    Implication,
}

/// Receives what a list says, row by row.
pub trait Sink {
    /// A tag.
    fn tag(&mut self, tag: RawTag<'_>);
    /// A pair of names.
    fn link(&mut self, kind: Link, from: &str, to: &str);
    /// A row that was left out, and why.
    fn skip(&mut self, line: usize, why: &'static str, row: &str);
    /// So many bytes of the list are read, of so many. Called first with 0, then now and then.
    fn at(&mut self, _done: usize, _total: usize) {}
}

/// The formats that lists come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `## category` and ``- `tag` — count``.
    Markdown,
    /// JSON array, JSON lines or chants.
    Json,
    /// Columns with a header line.
    Headed,
    /// `name,type,count,"alias,alias"`.
    Tagcomplete,
    /// `name,count`.
    Counts,
    /// `name,other|names`.
    OtherNames,
    /// `name,type,translation`.
    Translations,
    /// One tag a line.
    Plain,
    /// A YAML tree of wildcards.
    Yaml,
}

impl Format {
    /// The name that reports and messages use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Headed => "csv with header",
            Self::Tagcomplete => "tagcomplete csv",
            Self::Counts => "name,count",
            Self::OtherNames => "other names",
            Self::Translations => "translations",
            Self::Plain => "plain text",
            Self::Yaml => "yaml wildcards",
        }
    }
}

/// Read the `content` of `source` into `sink`; the answer names the format that was found.
pub fn read(source: &Source, content: Result<String>, sink: &mut dyn Sink) -> Result<Format> {
    let content = content?;
    sink.at(0, content.len());
    let hint = source.path.file_name().map(|n| n.to_string_lossy().to_lowercase());
    let format = detect(&content, &source.path, hint.as_deref().unwrap_or(""))?;
    match format {
        Format::Markdown => markdown::read(&content, sink),
        Format::Json => json::read(&content, &source.path, hint.as_deref().unwrap_or(""), sink)?,
        Format::Plain => lines::plain(&content, sink),
        Format::Yaml => lines::yaml(&content, sink),
        _ => csv::read(&content, format, source.scheme, hint.as_deref().unwrap_or(""), sink),
    }
    Ok(format)
}

fn detect(content: &str, path: &Path, hint: &str) -> Result<Format> {
    let start = content.trim_start();
    if start.is_empty() {
        return Err(TagError::Unsupported { path: path.to_owned(), why: "the file is empty" });
    }
    if start.starts_with(['<', '%']) && lines::looks_like_markup(start) {
        return Err(TagError::Unsupported { path: path.to_owned(), why: "a web page or document" });
    }
    if start.starts_with("[{") || start.starts_with('{') || json::is_array(start) {
        return Ok(Format::Json);
    }
    if markdown::is_one(content) {
        return Ok(Format::Markdown);
    }
    if hint.ends_with(".yaml") || hint.ends_with(".yml") {
        return Ok(Format::Yaml);
    }
    Ok(csv::detect(content))
}
