//! Pixel sizes from a file's beginning, for formats without texts of their own.

use super::Metadata;
use super::source::be32;

fn le16(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 2).map_or(0, |b| u32::from(u16::from_le_bytes([b[0], b[1]])))
}

fn be16(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 2).map_or(0, |b| u32::from(u16::from_be_bytes([b[0], b[1]])))
}

/// GIF: the logical screen.
pub fn gif(head: &[u8], metadata: &mut Metadata) {
    (metadata.width, metadata.height) = (le16(head, 6), le16(head, 8));
}

/// BMP: width and height; a negative height means top-down.
pub fn bmp(head: &[u8], metadata: &mut Metadata) {
    let signed = |at| be32(head, at).swap_bytes().cast_signed().unsigned_abs();
    (metadata.width, metadata.height) = (signed(18), signed(22));
}

/// JPEG: the frame header.
pub fn jpeg(head: &[u8], metadata: &mut Metadata) {
    for (marker, at, _) in segments(head) {
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            (metadata.height, metadata.width) = (be16(head, at + 1), be16(head, at + 3));
            return;
        }
    }
}

/// Markers of a JPEG with where their bodies are: marker, start, length.
pub fn segments(head: &[u8]) -> impl Iterator<Item = (u8, usize, usize)> + '_ {
    let mut at = 2;
    std::iter::from_fn(move || {
        let (ff, marker) = (*head.get(at)?, *head.get(at + 1)?);
        let length = be16(head, at + 2) as usize;
        if ff != 0xff || marker == 0xda || length < 2 {
            return None;
        }
        let body = at + 4;
        at += 2 + length;
        Some((marker, body, length - 2))
    })
}

/// AVIF: the first `ispe` property.
pub fn avif(head: &[u8], metadata: &mut Metadata) {
    if let Some(at) = head.windows(4).position(|window| window == b"ispe") {
        (metadata.width, metadata.height) = (be32(head, at + 8), be32(head, at + 12));
    }
}
