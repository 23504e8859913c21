//! WebM and Matroska: size, length, frame rate, and the tags.

use super::Metadata;
use super::source::{Source, decoded};

const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_A966;
const SCALE: u32 = 0x002A_D7B1;
const DURATION: u32 = 0x4489;
const TRACKS: u32 = 0x1654_AE6B;
const ENTRY: u32 = 0xAE;
const FRAME_NS: u32 = 0x0023_E383;
const VIDEO: u32 = 0xE0;
const WIDTH: u32 = 0xB0;
const HEIGHT: u32 = 0xBA;
const TAGS: u32 = 0x1254_C367;
const TAG: u32 = 0x7373;
const SIMPLE: u32 = 0x67C8;
const NAME: u32 = 0x45A3;
const STRING: u32 = 0x4487;
/// Larger elements are passed over unless they are tags.
const MOST_INFO: u64 = 1 << 20;

#[derive(Clone, Copy)]
struct Element {
    id: u32,
    start: u64,
    end: u64,
}

/// Read all of it; an element of unknown length ends the reading.
pub fn read(source: &mut Source, metadata: &mut Metadata) {
    let whole = Element { id: 0, start: 0, end: source.len() };
    let Some(segment) = find(source, whole, SEGMENT) else { return };
    for part in children(source, segment) {
        match part.id {
            INFO => info(source, part, metadata),
            TRACKS => tracks(source, part, metadata),
            TAGS => tags(source, part, metadata),
            _ => {}
        }
    }
}

/// Id, length, and where the content starts.
fn header(source: &mut Source, at: u64) -> Option<(u32, Option<u64>, u64)> {
    let first = source.array::<1>(at)?[0];
    let id_length = first.leading_zeros() as usize + 1;
    if id_length > 4 {
        return None;
    }
    let id = source.bytes(at, id_length)?.iter().fold(0, |id, byte| id << 8 | u32::from(*byte));
    let at = at + id_length as u64;
    let first = source.array::<1>(at)?[0];
    let length = first.leading_zeros() as usize + 1;
    if length > 8 {
        return None;
    }
    let bytes = source.bytes(at, length)?;
    let marker = 0xffu64 >> length;
    let value = bytes[1..]
        .iter()
        .fold(u64::from(bytes[0]) & marker, |value, byte| value << 8 | u64::from(*byte));
    let unknown = value == (1u64 << (7 * length)) - 1;
    Some((id, (!unknown).then_some(value), at + length as u64))
}

fn children(source: &mut Source, parent: Element) -> Vec<Element> {
    let (mut at, mut found) = (parent.start, Vec::new());
    while at < parent.end && found.len() < source.limits.most_parts {
        let Some((id, length, start)) = header(source, at) else { break };
        // Live streams do not know the segment's length: it goes to the end.
        let open_end = (id == SEGMENT && parent.id == 0).then_some(parent.end - start);
        let Some(end) = length.or(open_end).and_then(|length| start.checked_add(length)) else {
            break;
        };
        found.push(Element { id, start, end: end.min(parent.end) });
        at = end;
    }
    found
}

fn find(source: &mut Source, parent: Element, id: u32) -> Option<Element> {
    children(source, parent).into_iter().find(|element| element.id == id)
}

fn body(source: &mut Source, element: Element) -> Option<Vec<u8>> {
    let length = element.end.checked_sub(element.start)?;
    if length > MOST_INFO { None } else { source.bytes(element.start, length as usize) }
}

fn integer(source: &mut Source, element: Element) -> Option<u64> {
    let bytes = body(source, element).filter(|bytes| bytes.len() <= 8)?;
    Some(bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

fn float(source: &mut Source, element: Element) -> Option<f64> {
    let bytes = body(source, element)?;
    match <[u8; 8]>::try_from(bytes.as_slice()) {
        Ok(double) => Some(f64::from_be_bytes(double)),
        Err(_) => Some(f64::from(f32::from_be_bytes(bytes.try_into().ok()?))),
    }
}

fn info(source: &mut Source, info: Element, metadata: &mut Metadata) {
    let (mut scale, mut duration) = (1_000_000, 0.0);
    for part in children(source, info) {
        match part.id {
            SCALE => scale = integer(source, part).unwrap_or(scale),
            DURATION => duration = float(source, part).unwrap_or(0.0),
            _ => {}
        }
    }
    // A float cast saturates, so that nonsense becomes 0 or the largest number.
    metadata.duration_ms = (duration * scale as f64 / 1e6) as u32;
}

fn tracks(source: &mut Source, tracks: Element, metadata: &mut Metadata) {
    for track in children(source, tracks) {
        if track.id != ENTRY {
            continue;
        }
        let parts = children(source, track);
        let Some(video) = parts.iter().find(|part| part.id == VIDEO) else { continue };
        for part in children(source, *video) {
            let value = integer(source, part).and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
            match part.id {
                WIDTH => metadata.width = value,
                HEIGHT => metadata.height = value,
                _ => {}
            }
        }
        let frame = parts.iter().find(|part| part.id == FRAME_NS).copied();
        let frame = frame.and_then(|part| integer(source, part)).filter(|frame| *frame > 0);
        if let Some(rate) = frame.map(|frame| 1_000_000_000_000 / frame) {
            metadata.fps_milli = u32::try_from(rate).unwrap_or(0);
        }
        return;
    }
}

fn tags(source: &mut Source, tags: Element, metadata: &mut Metadata) {
    for tag in children(source, tags) {
        let simple: Vec<_> = if tag.id == TAG { children(source, tag) } else { Vec::new() };
        for simple in simple.into_iter().filter(|part| part.id == SIMPLE) {
            simple_tag(source, simple, metadata);
        }
    }
}

fn simple_tag(source: &mut Source, tag: Element, metadata: &mut Metadata) {
    let (mut name, mut text) = (None, None);
    for part in children(source, tag) {
        let bytes = source.text_bytes(part.start, part.end.saturating_sub(part.start));
        match part.id {
            NAME => name = bytes,
            STRING => text = bytes,
            _ => {}
        }
    }
    if let (Some(name), Some(text)) = (name, text) {
        metadata.add(decoded(&name).to_lowercase(), decoded(&text));
    }
}
