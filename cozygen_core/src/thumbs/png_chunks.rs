//! The chunks of a PNG: where its pixels lie and what else matters to a thumbnail.

use std::ops::Range;

use super::error::Fault;
use super::header::Header;
use super::orientation::{self, Orientation};
use super::sniff::PNG_MAGIC;
use super::window::Window;

/// Chunks other than pixels that are walked over before the file is refused.
const MAX_OTHER_CHUNKS: usize = 4096;
/// Bytes an ICC profile may unpack to.
const MAX_ICC: usize = 4 << 20;
/// Bytes of an EXIF block that are read.
const MAX_EXIF: usize = 1 << 20;

/// The header chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ihdr {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) depth: u8,
    pub(crate) color: u8,
    pub(crate) interlaced: bool,
}

/// Everything a thumbnail needs to know before the pixels are unpacked.
#[derive(Debug)]
pub(crate) struct Chunks {
    pub(crate) ihdr: Ihdr,
    pub(crate) has_transparent_color: bool,
    pub(crate) pixels: Vec<Range<usize>>,
    pub(crate) orientation: Orientation,
    pub(crate) icc: Option<Vec<u8>>,
}

/// Read the header chunk, and the orientation if it stands before the pixels.
pub(crate) fn header(window: &mut Window) -> Result<Header, Fault> {
    let ihdr = ihdr(window)?;
    let mut header =
        Header { width: ihdr.width, height: ihdr.height, orientation: Orientation::NoTransforms };
    let mut at = 33;
    for _ in 0..MAX_OTHER_CHUNKS {
        let Ok(head) = window.array::<8>(at) else { break };
        let (len, kind) = split(head);
        match &kind {
            b"IDAT" | b"IEND" => break,
            b"eXIf" => {
                let block = window.get(at + 8, (len as usize).min(MAX_EXIF))?;
                header.orientation = orientation::from_exif(block);
                break;
            }
            _ => at += 12 + u64::from(len),
        }
    }
    Ok(header)
}

/// The colour profile, if it stands before the pixels; too many chunks there
/// are refused.
pub(crate) fn icc(window: &mut Window) -> Result<Option<Vec<u8>>, Fault> {
    let mut at = 33;
    for _ in 0..MAX_OTHER_CHUNKS {
        let (len, kind) = split(window.array(at)?);
        match &kind {
            b"IDAT" | b"IEND" => return Ok(None),
            b"iCCP" => {
                return Ok(unpack_icc(window.get(at + 8, (len as usize).min(MAX_ICC))?));
            }
            _ => at += 12 + u64::from(len),
        }
    }
    Err(too_many_chunks())
}

fn too_many_chunks() -> Fault {
    Fault::too_large("more than 4096 chunks besides its pixels", "(fixed)")
}

fn ihdr(window: &mut Window) -> Result<Ihdr, Fault> {
    if window.get(0, 8)? != PNG_MAGIC || window.get(8, 8)? != b"\0\0\0\x0dIHDR" {
        return Err(Fault::broken("a PNG must begin with its header"));
    }
    let [w0, w1, w2, w3, h0, h1, h2, h3, depth, color, _, _, interlace] = window.array(16)?;
    Ok(Ihdr {
        width: u32::from_be_bytes([w0, w1, w2, w3]),
        height: u32::from_be_bytes([h0, h1, h2, h3]),
        depth,
        color,
        interlaced: interlace != 0,
    })
}

fn split([l0, l1, l2, l3, kind @ ..]: [u8; 8]) -> (u32, [u8; 4]) {
    (u32::from_be_bytes([l0, l1, l2, l3]), kind)
}

/// Walk all chunks of a PNG in memory.
///
/// A file that ends early yields what came before: the decoder says whether
/// that is enough.
pub(crate) fn read(bytes: &[u8]) -> Result<Chunks, Fault> {
    let mut chunks = Chunks {
        ihdr: ihdr(&mut Window::whole(bytes))?,
        has_transparent_color: false,
        pixels: Vec::new(),
        orientation: Orientation::NoTransforms,
        icc: None,
    };
    let (mut at, mut others) = (33, 0);
    while let Some((kind, body)) = chunk_at(bytes, at) {
        at = body.end + 4;
        match &kind {
            b"IDAT" => chunks.pixels.push(body),
            b"IEND" => break,
            // Further frames of an animation, of which there may be many.
            b"fcTL" | b"fdAT" => {}
            _ => {
                others += 1;
                chunks.note(kind, &bytes[body]);
            }
        }
        if others > MAX_OTHER_CHUNKS {
            return Err(too_many_chunks());
        }
    }
    Ok(chunks)
}

fn chunk_at(bytes: &[u8], at: usize) -> Option<([u8; 4], Range<usize>)> {
    let head: [u8; 8] = bytes.get(at..at + 8)?.try_into().ok()?;
    let (len, kind) = split(head);
    let end = (at + 8).checked_add(len as usize)?;
    // The last chunk of a cut file is shorter than it says.
    (at + 8 <= bytes.len()).then_some((kind, at + 8..end.min(bytes.len())))
}

impl Chunks {
    fn note(&mut self, kind: [u8; 4], body: &[u8]) {
        match &kind {
            b"tRNS" => self.has_transparent_color = true,
            b"eXIf" => self.orientation = orientation::from_exif(body),
            b"iCCP" if self.icc.is_none() => self.icc = unpack_icc(body),
            _ => {}
        }
    }

    pub(crate) fn header(&self) -> Header {
        let (width, height) = (self.ihdr.width, self.ihdr.height);
        Header { width, height, orientation: self.orientation }
    }
}

/// Name, zero, method, zlib data; anything wrong with it means no profile.
fn unpack_icc(body: &[u8]) -> Option<Vec<u8>> {
    let name = body.iter().take(80).position(|byte| *byte == 0)?;
    let packed = body.get(name + 2..)?;
    fdeflate::decompress_to_vec_bounded(packed, MAX_ICC).ok()
}
