//! EXIF: ComfyUI writes `prompt:{…}` and `workflow:{…}` into string tags of
//! WebP, others put A1111 parameters into the user comment.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use exif::{Exif, In, Reader, Tag, Value};

use super::source::{Limits, decoded};
use super::{Metadata, size};

/// The APP1 segments of a JPEG's beginning.
pub fn read_jpeg(head: &[u8], metadata: &mut Metadata) {
    size::jpeg(head, metadata);
    for (marker, at, length) in size::segments(head) {
        let Some(body) = head.get(at..at + length) else { return };
        match marker {
            0xe1 if body.starts_with(b"Exif\0\0") => read_raw(body, metadata),
            0xfe => take_text("comment", &decoded(body), metadata),
            _ => {}
        }
    }
}

/// A bare EXIF block, with or without its prefix.
pub fn read_raw(body: &[u8], metadata: &mut Metadata) {
    let body = body.strip_prefix(b"Exif\0\0").unwrap_or(body);
    if let Ok(exif) = Reader::new().read_raw(body.to_vec()) {
        take(&exif, metadata);
    }
}

/// AVIF and TIFF files, up to the limit of all texts.
pub fn read_container(path: &Path, metadata: &mut Metadata, limits: &Limits) {
    let Ok(file) = File::open(path) else { return };
    if file.metadata().map_or(u64::MAX, |meta| meta.len()) > limits.all_texts as u64 {
        return;
    }
    if let Ok(exif) = Reader::new().read_from_container(&mut BufReader::new(file)) {
        take_size(&exif, metadata);
        take(&exif, metadata);
    }
}

fn take_size(exif: &Exif, metadata: &mut Metadata) {
    let number = |tag| exif.get_field(tag, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    if let (Some(width), Some(height)) = (number(Tag::ImageWidth), number(Tag::ImageLength)) {
        (metadata.width, metadata.height) = (width, height);
    }
}

fn take(exif: &Exif, metadata: &mut Metadata) {
    for field in exif.fields() {
        match (&field.value, field.tag) {
            (Value::Ascii(parts), tag) => {
                for part in parts {
                    take_text(named(tag), &decoded(part), metadata);
                }
            }
            (Value::Undefined(bytes, _), Tag::UserComment) => {
                take_text("parameters", &user_comment(bytes), metadata);
            }
            _ => {}
        }
    }
}

fn named(tag: Tag) -> &'static str {
    if tag == Tag::ImageDescription { "description" } else { "" }
}

/// `key:{json}` is the text `key`; A1111 parameters are told by their shape.
fn take_text(fallback: &str, text: &str, metadata: &mut Metadata) {
    let text = text.trim_start();
    if let Some((key, value)) = text.split_once(':') {
        let known = ["prompt", "workflow", "cozygen_prompt_raw", "parameters"];
        if let Some(key) = known.iter().find(|known| known.eq_ignore_ascii_case(key.trim())) {
            metadata.add(*key, value.trim());
            return;
        }
    }
    if text.starts_with('{') {
        metadata.add("comment", text);
    } else if super::a1111::looks_like(text) {
        metadata.add("parameters", text);
    } else if !fallback.is_empty() && fallback != "parameters" {
        metadata.add(fallback, text);
    }
}

/// The first eight bytes name the encoding.
fn user_comment(bytes: &[u8]) -> String {
    let (code, text) = bytes.split_at(bytes.len().min(8));
    match code {
        b"UNICODE\0" => utf16(text),
        b"ASCII\0\0\0" | b"\0\0\0\0\0\0\0\0" | b"JIS\0\0\0\0\0" => decoded(text),
        _ => decoded(bytes),
    }
}

/// UTF-16 of either order: told by a mark, else by where the zeros are.
fn utf16(bytes: &[u8]) -> String {
    let (bytes, marked) = match bytes {
        [0xfe, 0xff, rest @ ..] => (rest, Some(true)),
        [0xff, 0xfe, rest @ ..] => (rest, Some(false)),
        _ => (bytes, None),
    };
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let big = marked.unwrap_or_else(|| zeros(0) >= zeros(1));
    let units = bytes.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    });
    let text: String =
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    text.trim_end_matches('\0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m_10_user_comments_of_every_encoding() {
        let units = |big: bool| -> Vec<u8> {
            let pair = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            "größe x".encode_utf16().flat_map(pair).collect()
        };
        for body in [
            [&b"UNICODE\0"[..], &units(true)].concat(),
            [&b"UNICODE\0"[..], &units(false)].concat(),
            [&b"UNICODE\0\xff\xfe"[..], &units(false)].concat(),
            [&b"ASCII\0\0\0"[..], "größe x".as_bytes()].concat(),
            [&b"JIS\0\0\0\0\0"[..], "größe x".as_bytes()].concat(),
        ] {
            assert_eq!(user_comment(&body), "größe x");
        }
        assert_eq!(user_comment(b""), "");
    }

    #[test]
    fn comfyui_strings_name_their_key() {
        let mut metadata = Metadata::default();
        take_text("", "prompt:{\"1\": {}}", &mut metadata);
        take_text("", "Workflow: {\"nodes\": []}", &mut metadata);
        take_text("", "Canon", &mut metadata);
        assert_eq!(metadata.text("prompt"), Some("{\"1\": {}}"));
        assert_eq!(metadata.text("workflow"), Some("{\"nodes\": []}"));
        assert_eq!(metadata.texts.len(), 2);
    }

    #[test]
    fn broken_exif_is_no_exif() {
        let mut metadata = Metadata::default();
        for body in [&b""[..], b"Exif\0\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff"] {
            read_raw(body, &mut metadata);
        }
        assert!(metadata.texts.is_empty());
    }
}
