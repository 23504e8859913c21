//! From file bytes to pixels no larger than a thumbnail needs.

mod general;
mod jpeg;
mod png;
mod png_plain;
mod webp;

use std::fs::File;
use std::io::BufReader;

use cozygen_pixels::Kind;

use super::error::Fault;
use super::header::{self, Header};
use super::options::Limits;
use super::pixels::Pixels;
use super::plan::Plan;
use super::sniff::{Format, sniff};
use super::source::Opened;
use super::window::Window;

/// Pixels on their way to a thumbnail.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) pixels: Pixels,
    /// How many of the pixels' columns and rows the source covers: less than
    /// all where the last ones stand for a part of a reduction step.
    pub(crate) span: (f64, f64),
    /// The source as its header states it.
    pub(crate) header: Header,
    pub(crate) icc: Option<Vec<u8>>,
}

impl Decoded {
    fn unreduced(pixels: Pixels, header: Header, icc: Option<Vec<u8>>) -> Self {
        let span = (f64::from(pixels.width), f64::from(pixels.height));
        Self { pixels, span, header, icc }
    }
}

/// Bytes that tell the format and, nearly always, the size.
const HEAD: u64 = 4096;

/// Decode an opened file, shrinking on the way as far as `plan` allows.
pub(crate) fn decode(mut opened: Opened, plan: &Plan) -> Result<Decoded, Fault> {
    opened.check_len(&plan.limits)?;
    let head = opened.head(HEAD)?;
    let format = sniff(&head).ok_or_else(|| unknown(&head))?;
    // From the head alone, before the rest of a large file is read.
    let header = header::read(format, &mut Window::head(&head, &mut opened.file))?;
    header.check(&plan.limits)?;
    std::io::Seek::seek(&mut opened.file, std::io::SeekFrom::Start(head.len() as u64))?;
    if opened.len > plan.limits.max_memory / 2 {
        return stream(format, opened.file, header, plan);
    }
    bytes(format, opened.rest(head)?, header, plan)
}

fn bytes(format: Format, bytes: Vec<u8>, header: Header, plan: &Plan) -> Result<Decoded, Fault> {
    match format {
        Format::Png => png::decode(bytes, plan),
        Format::Jpeg => jpeg::decode(&bytes, plan),
        Format::Webp => webp::decode(&bytes, header, plan),
        Format::Gif => general::decode(Kind::Gif, &bytes, header, plan),
        Format::Bmp => general::decode(Kind::Bmp, &bytes, header, plan),
        Format::Tiff => general::decode(Kind::Tiff, &bytes, header, plan),
    }
}

/// A file too large to hold in memory beside its pixels.
fn stream(format: Format, file: File, header: Header, plan: &Plan) -> Result<Decoded, Fault> {
    match format {
        Format::Png => png::decode_rows(BufReader::with_capacity(1 << 16, file), header, plan),
        _ => Err(too_much_memory(&plan.limits)),
    }
}

fn too_much_memory(limits: &Limits) -> Fault {
    let mebibytes = limits.max_memory >> 20;
    Fault::too_large(format!("decoding takes more than {mebibytes} MiB"), "max_memory")
}

fn unknown(head: &[u8]) -> Fault {
    if head.is_empty() {
        return Fault::broken("the file is empty");
    }
    Fault::unsupported("not a picture that can be read here")
}
