//! MP4, MOV, M4A: size, length, frame rate, and the tags of `moov`.

use super::Metadata;
use super::source::{Source, be32, be64, decoded};

/// Where a box's content lies.
#[derive(Clone, Copy)]
struct Part {
    kind: [u8; 4],
    start: u64,
    end: u64,
}

/// Read all of it; what is broken ends the reading of that branch.
pub fn read(source: &mut Source, metadata: &mut Metadata) {
    let whole = Part { kind: *b"file", start: 0, end: source.len() };
    let Some(movie) = child(source, whole, b"moov") else { return };
    header(source, movie, metadata);
    for part in children(source, movie) {
        match &part.kind {
            b"trak" => track(source, part, metadata),
            b"udta" => user_data(source, part, metadata),
            b"meta" => tags(source, part, metadata),
            _ => {}
        }
    }
}

fn children(source: &mut Source, parent: Part) -> Vec<Part> {
    let (mut at, mut found) = (parent.start, Vec::new());
    while at + 8 <= parent.end && found.len() < source.limits.most_parts {
        let Some(header) = source.array::<8>(at) else { break };
        let (mut length, mut skip) = (u64::from(be32(&header, 0)), 8);
        if length == 1 {
            let Some(large) = source.array::<8>(at + 8) else { break };
            (length, skip) = (be64(&large, 0), 16);
        } else if length == 0 {
            length = parent.end - at;
        }
        let Some(end) = at.checked_add(length).filter(|end| *end <= parent.end) else { break };
        if length < skip {
            break;
        }
        let kind = [header[4], header[5], header[6], header[7]];
        found.push(Part { kind, start: at + skip, end });
        at = end;
    }
    found
}

fn child(source: &mut Source, parent: Part, kind: &[u8; 4]) -> Option<Part> {
    children(source, parent).into_iter().find(|part| part.kind == *kind)
}

fn descend(source: &mut Source, parent: Part, path: &[&[u8; 4]]) -> Option<Part> {
    path.iter().try_fold(parent, |at, kind| child(source, at, kind))
}

fn body(source: &mut Source, part: Part, most: u64) -> Option<Vec<u8>> {
    source.bytes(part.start, (part.end - part.start).min(most) as usize)
}

/// Time scale and length of `mvhd` or `mdhd`: version 1 has 64-bit times.
fn times(bytes: &[u8]) -> (u64, u64) {
    if bytes.first() == Some(&1) {
        (u64::from(be32(bytes, 20)), be64(bytes, 24))
    } else {
        (u64::from(be32(bytes, 12)), u64::from(be32(bytes, 16)))
    }
}

fn header(source: &mut Source, movie: Part, metadata: &mut Metadata) {
    let part = child(source, movie, b"mvhd");
    let Some(bytes) = part.and_then(|part| body(source, part, 64)) else { return };
    let (scale, length) = times(&bytes);
    if scale > 0 && length < u64::MAX / 1000 {
        metadata.duration_ms = u32::try_from(length * 1000 / scale).unwrap_or(0);
    }
}

fn track(source: &mut Source, track: Part, metadata: &mut Metadata) {
    let handler = descend(source, track, &[b"mdia", b"hdlr"]).and_then(|h| body(source, h, 12));
    if handler.as_deref().and_then(|bytes| bytes.get(8..12)) != Some(b"vide") {
        return;
    }
    if let Some(bytes) = child(source, track, b"tkhd").and_then(|part| body(source, part, 128)) {
        let at = if bytes.first() == Some(&1) { 88 } else { 76 };
        (metadata.width, metadata.height) = (be32(&bytes, at) >> 16, be32(&bytes, at + 4) >> 16);
    }
    let scale = descend(source, track, &[b"mdia", b"mdhd"])
        .and_then(|part| body(source, part, 64))
        .map_or(0, |bytes| times(&bytes).0);
    let table = descend(source, track, &[b"mdia", b"minf", b"stbl", b"stts"]);
    if let Some(bytes) = table.and_then(|part| body(source, part, 64 << 10)) {
        metadata.fps_milli = frame_rate(scale, &bytes);
    }
}

/// Frames over their summed durations.
fn frame_rate(scale: u64, table: &[u8]) -> u32 {
    let entries = table.get(8..).unwrap_or_default().chunks_exact(8);
    let (frames, ticks) = entries.take(be32(table, 4) as usize).fold((0, 0), |(n, t), entry| {
        let count = u64::from(be32(entry, 0));
        (n + count, t + count * u64::from(be32(entry, 4)))
    });
    let rate = (u128::from(frames) * u128::from(scale) * 1000).checked_div(u128::from(ticks));
    rate.and_then(|rate| u32::try_from(rate).ok()).unwrap_or(0)
}

fn user_data(source: &mut Source, user: Part, metadata: &mut Metadata) {
    for part in children(source, user) {
        if part.kind == *b"meta" {
            tags(source, part, metadata);
        }
    }
}

/// `meta` has four bytes of version in MP4, none in QuickTime.
fn tags(source: &mut Source, meta: Part, metadata: &mut Metadata) {
    let plain = source.array::<8>(meta.start).is_some_and(|b| &b[4..] == b"hdlr");
    let meta = if plain { meta } else { Part { start: meta.start + 4, ..meta } };
    let keys = child(source, meta, b"keys").map_or_else(Vec::new, |part| keys(source, part));
    let Some(list) = child(source, meta, b"ilst") else { return };
    for item in children(source, list) {
        let Some(key) = key_of(&item.kind, &keys) else { continue };
        let Some(data) = child(source, item, b"data") else { continue };
        let start = data.start + 8;
        let text = data.end.checked_sub(start).and_then(|n| source.text_bytes(start, n));
        if let Some(text) = text {
            metadata.add(key, decoded(&text));
        }
    }
}

fn key_of(kind: &[u8; 4], keys: &[String]) -> Option<String> {
    match kind {
        b"\xa9cmt" => Some("comment".to_owned()),
        b"desc" | b"\xa9des" => Some("description".to_owned()),
        _ => keys.get((u32::from_be_bytes(*kind) as usize).checked_sub(1)?).cloned(),
    }
}

fn keys(source: &mut Source, part: Part) -> Vec<String> {
    let Some(bytes) = body(source, part, 64 << 10) else { return Vec::new() };
    let (mut at, mut keys) = (8, Vec::new());
    while let Some(name) = bytes.get(at + 8..at + be32(&bytes, at) as usize) {
        keys.push(decoded(name));
        at += be32(&bytes, at) as usize;
    }
    keys
}
