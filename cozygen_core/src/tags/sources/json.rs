//! JSON as the boorus' programs give it, JSON lines, and chants.

use std::borrow::Cow;
use std::path::Path;

use serde::Deserialize;

use super::super::error::{Result, TagError};
use super::categories::Scheme;
use super::lines::numbered;
use super::{Link, RawTag, Sink};

/// One object; which fields it has says what it is.
#[derive(Debug, Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    name: Option<Cow<'a, str>>,
    post_count: Option<i64>,
    count: Option<i64>,
    category: Option<u32>,
    is_deprecated: Option<bool>,
    #[serde(borrow)]
    antecedent_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    consequent_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    status: Option<Cow<'a, str>>,
    #[serde(borrow)]
    terms: Option<Cow<'a, str>>,
    #[serde(borrow)]
    content: Option<Cow<'a, str>>,
}

/// Does the text begin as a JSON array of objects does?
pub fn is_array(start: &str) -> bool {
    start.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', ']']))
}

/// Read an array, or one object a line.
pub fn read(content: &str, path: &Path, hint: &str, sink: &mut dyn Sink) -> Result<()> {
    let text = content.trim_matches(['\0', ' ', '\n', '\r', '\t']);
    if text.starts_with('[') {
        let records: Vec<Record<'_>> = serde_json::from_str(text).map_err(|_| {
            TagError::Unsupported { path: path.to_owned(), why: "the JSON is broken or not tags" }
        })?;
        for (i, record) in records.iter().enumerate() {
            take(i + 1, record, "", hint, sink);
        }
        return Ok(());
    }
    for (number, line) in numbered(content) {
        match serde_json::from_str::<Record<'_>>(line) {
            Ok(record) => take(number, &record, line, hint, sink),
            Err(_) => sink.skip(number, "not a JSON object of a tag", line),
        }
    }
    Ok(())
}

fn take(number: usize, record: &Record<'_>, row: &str, hint: &str, sink: &mut dyn Sink) {
    if let Err(why) = record_into(record, hint, sink) {
        let name = record.name.as_deref().unwrap_or(row);
        sink.skip(number, why, name);
    }
}

fn record_into(
    record: &Record<'_>,
    hint: &str,
    sink: &mut dyn Sink,
) -> std::result::Result<(), &'static str> {
    if let (Some(from), Some(to)) = (&record.antecedent_name, &record.consequent_name) {
        if record.status.as_deref().is_some_and(|status| status != "active") {
            return Err("not active");
        }
        let implies = hint.contains("implication");
        sink.link(if implies { Link::Implication } else { Link::Alias }, from, to);
        return Ok(());
    }
    let name = record.name.as_deref().filter(|n| !n.trim().is_empty()).ok_or("no name")?;
    if let Some(content) = &record.content {
        return chant(name, content, record.terms.as_deref().unwrap_or(""), sink);
    }
    if record.is_deprecated == Some(true) {
        return Err("deprecated");
    }
    let scheme = if hint.contains("e621") { Scheme::E621 } else { Scheme::Danbooru };
    let category = scheme.category(record.category.unwrap_or(0)).ok_or("an invalid tag")?;
    let count = record.post_count.or(record.count);
    let count = count.map(|n| u32::try_from(n.max(0)).unwrap_or(u32::MAX));
    sink.tag(RawTag { name, category, count, ..RawTag::default() });
    Ok(())
}

fn chant(
    name: &str,
    content: &str,
    terms: &str,
    sink: &mut dyn Sink,
) -> std::result::Result<(), &'static str> {
    sink.tag(RawTag { name, category: "chant", note: content, chant: true, ..RawTag::default() });
    for term in terms.split(',').map(str::trim).filter(|t| !t.is_empty()) {
        sink.link(Link::Alias, term, name);
    }
    Ok(())
}
