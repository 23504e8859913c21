//! FLAC: length, and the Vorbis comments in which ComfyUI writes.

use super::Metadata;
use super::source::{Source, decoded};

/// Read length and texts.
pub fn read(source: &mut Source, metadata: &mut Metadata) {
    let mut at = 4;
    for _ in 0..source.limits.most_parts.min(128) {
        let Some(header) = source.array::<4>(at) else { return };
        let length = u64::from(u32::from_be_bytes([0, header[1], header[2], header[3]]));
        match header[0] & 0x7f {
            0 => stream_info(source, at + 4, metadata),
            4 => {
                if let Some(body) = source.text_bytes(at + 4, length) {
                    comments(&body, metadata);
                }
            }
            _ => {}
        }
        if header[0] & 0x80 != 0 {
            return;
        }
        at += 4 + length;
    }
}

fn stream_info(source: &mut Source, at: u64, metadata: &mut Metadata) {
    let Some(b) = source.array::<18>(at) else { return };
    let rate = u64::from(b[10]) << 12 | u64::from(b[11]) << 4 | u64::from(b[12]) >> 4;
    let samples =
        u64::from(b[13] & 15) << 32 | u64::from(u32::from_be_bytes([b[14], b[15], b[16], b[17]]));
    let length = (samples * 1000).checked_div(rate);
    metadata.duration_ms = length.and_then(|length| u32::try_from(length).ok()).unwrap_or(0);
}

/// `vendor, count, then key=value` with little-endian lengths.
pub fn comments(body: &[u8], metadata: &mut Metadata) {
    let Some((_, rest)) = sized(body) else { return };
    let Some((count, mut rest)) = number(rest) else { return };
    for _ in 0..count.min(1000) {
        let Some((entry, after)) = sized(rest) else { return };
        if let Some((key, value)) = decoded(entry).split_once('=') {
            metadata.add(key.to_lowercase(), value);
        }
        rest = after;
    }
}

fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*head) as usize, rest))
}

fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(bytes)?;
    rest.split_at_checked(length)
}
