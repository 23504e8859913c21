//! What a media file says of itself: its size, its clip length, and the texts
//! that ComfyUI and others wrote into it. Nothing is ever decoded.

mod a1111;
mod ebml;
mod exif;
mod flac;
mod graph;
mod json;
mod models;
mod mp4;
mod node;
mod png;
mod size;
mod source;
mod summary;
mod webp;

use std::path::Path;

pub use json::tolerant;
pub use source::Limits;
pub use summary::Summary;

use super::error::Result;
use source::Source;

/// Everything read from one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// Pixels, 0 when unknown.
    pub width: u32,
    /// Pixels, 0 when unknown.
    pub height: u32,
    /// Milliseconds, 0 when unknown.
    pub duration_ms: u32,
    /// Thousandths of frames per second, 0 when unknown.
    pub fps_milli: u32,
    /// The texts in the file's order: key and value.
    pub texts: Vec<(String, String)>,
}

impl Metadata {
    /// The first text under that key, in any case.
    pub fn text(&self, key: &str) -> Option<&str> {
        let found = self.texts.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
        found.map(|(_, text)| text.as_str())
    }

    /// The prompt graph as JSON text (`NaN` made `null`), if there is one.
    pub fn prompt(&self) -> Option<String> {
        self.graph_text("prompt").or_else(|| {
            let extra = json::parse(self.text("extra_pnginfo")?)?;
            Some(extra.get("prompt")?.to_string())
        })
    }

    /// The prompt graph, parsed once; the same as [`Self::prompt`] says.
    pub fn prompt_graph(&self) -> Option<serde_json::Value> {
        let is_graph = |value: &serde_json::Value| value.is_object() || value.is_array();
        self.text("prompt").and_then(json::parse).filter(is_graph).or_else(|| {
            let mut extra = json::parse(self.text("extra_pnginfo")?)?;
            Some(extra.get_mut("prompt")?.take())
        })
    }

    /// The editor's workflow as JSON text, if there is one.
    pub fn workflow(&self) -> Option<String> {
        self.graph_text("workflow")
    }

    fn graph_text(&self, key: &str) -> Option<String> {
        let text = tolerant(self.text(key)?);
        let parsed: serde_json::Value = serde_json::from_str(&text).ok()?;
        (parsed.is_object() || parsed.is_array()).then(|| text.into_owned())
    }

    /// What a person wants to know, when there is anything to tell.
    pub fn summary(&self) -> Option<Summary> {
        Summary::of(self)
    }

    fn add(&mut self, key: impl Into<String>, text: impl Into<String>) {
        self.texts.push((key.into(), text.into()));
    }
}

/// Read a file's metadata; a file of an unknown format has none.
///
/// Errors when the file cannot be opened or read; broken content is no error,
/// it ends the reading.
pub fn read(path: &Path, limits: &Limits) -> Result<Metadata> {
    let mut source = Source::open(path, *limits)?;
    let mut metadata = Metadata::default();
    match &source.magic() {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => {
            png::read(&mut source, &mut metadata)
        }
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            webp::read(&mut source, &mut metadata);
        }
        [0xff, 0xd8, ..] => exif::read_jpeg(source.head(), &mut metadata),
        [b'G', b'I', b'F', b'8', ..] => size::gif(source.head(), &mut metadata),
        [b'B', b'M', ..] => size::bmp(source.head(), &mut metadata),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => {
            size::avif(source.head(), &mut metadata);
            exif::read_container(path, &mut metadata, limits);
        }
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => mp4::read(&mut source, &mut metadata),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => ebml::read(&mut source, &mut metadata),
        [b'f', b'L', b'a', b'C', ..] => flac::read(&mut source, &mut metadata),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => {
            exif::read_container(path, &mut metadata, limits);
        }
        _ => {}
    }
    unfold_comment(&mut metadata);
    Ok(metadata)
}

/// Video nodes put a JSON object with `prompt` and `workflow` into `comment`.
fn unfold_comment(metadata: &mut Metadata) {
    if metadata.text("prompt").is_some() {
        return;
    }
    let Some(text) = metadata.text("comment").or_else(|| metadata.text("description")) else {
        return;
    };
    let Some(serde_json::Value::Object(members)) = json::parse(text) else { return };
    for key in ["prompt", "workflow", "cozygen_prompt_raw"] {
        match members.get(key) {
            Some(serde_json::Value::String(inner)) => metadata.add(key, inner.clone()),
            Some(inner @ serde_json::Value::Object(_)) => metadata.add(key, inner.to_string()),
            _ => {}
        }
    }
}
