//! From a file to text: size limit, gzip, byte order marks, bytes that are no text.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::super::error::{Result, TagError};
use super::Limits;

/// The whole list as text; bytes that are not UTF-8 become U+FFFD.
pub fn load(path: &Path, limits: Limits) -> Result<String> {
    let file = File::open(path).map_err(TagError::io(path))?;
    let meta = file.metadata().map_err(TagError::io(path))?;
    if !meta.is_file() {
        return Err(TagError::Unsupported { path: path.to_owned(), why: "not a regular file" });
    }
    if meta.len() > limits.list_bytes {
        return Err(too_large(path, meta.len(), limits));
    }
    let bytes = read_limited(file, path, limits)?;
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        read_limited(MultiGzDecoder::new(bytes.as_slice()), path, limits)?
    } else {
        bytes
    };
    decode(bytes, path)
}

fn read_limited(from: impl Read, path: &Path, limits: Limits) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(limits.list_bytes + 1).read_to_end(&mut bytes).map_err(TagError::io(path))?;
    if bytes.len() as u64 > limits.list_bytes {
        return Err(too_large(path, bytes.len() as u64, limits));
    }
    Ok(bytes)
}

fn too_large(path: &Path, size: u64, limits: Limits) -> TagError {
    TagError::TooLarge { path: path.to_owned(), size, limit: limits.list_bytes }
}

fn decode(bytes: Vec<u8>, path: &Path) -> Result<String> {
    let wide = |read: fn([u8; 2]) -> u16| -> Vec<u16> {
        bytes[2..].chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => return Ok(String::from_utf16_lossy(&wide(u16::from_le_bytes))),
        [0xfe, 0xff, ..] => return Ok(String::from_utf16_lossy(&wide(u16::from_be_bytes))),
        [0xef, 0xbb, 0xbf, ..] => return Ok(String::from_utf8_lossy(&bytes[3..]).into_owned()),
        _ => {}
    }
    // Trailing NULs are what a crash leaves; NULs near the start are no text.
    if bytes.iter().take(4096).filter(|&&b| b == 0).count() > 16 && bytes[0] != 0 {
        return Err(TagError::Unsupported { path: path.to_owned(), why: "binary data" });
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}
