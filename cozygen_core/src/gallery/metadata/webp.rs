//! WebP: the canvas, and the EXIF chunk at the end where ComfyUI writes.

use super::Metadata;
use super::source::Source;

/// Read size and texts.
pub fn read(source: &mut Source, metadata: &mut Metadata) {
    let mut at = 12;
    for _ in 0..source.limits.most_parts {
        let Some(header) = source.array::<8>(at) else { return };
        let length = u64::from(u32::from_le_bytes([header[4], header[5], header[6], header[7]]));
        match &header[..4] {
            b"VP8X" => extended(source, at + 8, metadata),
            b"VP8 " | b"VP8L" if metadata.width == 0 => simple(source, at + 8, &header, metadata),
            b"EXIF" => {
                if let Some(body) = source.text_bytes(at + 8, length) {
                    super::exif::read_raw(&body, metadata);
                }
                return;
            }
            _ => {}
        }
        at += 8 + length + length % 2;
    }
}

fn extended(source: &mut Source, at: u64, metadata: &mut Metadata) {
    let Some(b) = source.array::<10>(at) else { return };
    metadata.width = 1 + u32::from_le_bytes([b[4], b[5], b[6], 0]);
    metadata.height = 1 + u32::from_le_bytes([b[7], b[8], b[9], 0]);
}

fn simple(source: &mut Source, at: u64, header: &[u8; 8], metadata: &mut Metadata) {
    let Some(b) = source.array::<10>(at) else { return };
    if header[3] == b'L' {
        let bits = u32::from_le_bytes([b[1], b[2], b[3], b[4]]);
        (metadata.width, metadata.height) = (1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff));
    } else {
        let size = |low: u8, high: u8| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
        (metadata.width, metadata.height) = (size(b[6], b[7]), size(b[8], b[9]));
    }
}
