//! From file bytes to pixels no larger than a thumbnail needs.

mod general;
mod jpeg;
mod png;
mod png_plain;
mod rows;
mod webp;

use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};

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
    match (format, streams(format, opened.len, header, plan)) {
        (Format::Png, true) => png::stream(opened.file, header, plan),
        (Format::Gif, _) => rows::gif(&mut from_disk(opened.file)?, header, plan),
        (Format::Bmp, _) => general::decode(Kind::Bmp, &mut from_disk(opened.file)?, header, plan),
        (Format::Tiff, _) => rows::tiff(&mut from_disk(opened.file)?, header, plan),
        (_, true) => Err(too_much_memory(&plan.limits)),
        (Format::Png, false) => png::decode(whole(opened, head)?, plan),
        (Format::Jpeg, false) => jpeg::decode(&whole(opened, head)?, plan),
        (Format::Webp, false) => webp::decode(whole(opened, head)?, header, plan),
    }
}

/// PNGs up to this size are held beside their pixels however well they are packed.
const SMALL: u64 = 12 << 20;

/// Whether a file is too large to be held in memory beside its pixels.
fn streams(format: Format, len: u64, header: Header, plan: &Plan) -> bool {
    let pixels = u64::from(header.width) * u64::from(header.height) * 3;
    let large = format == Format::Png && len > SMALL && len > pixels / 2;
    large || len > plan.limits.max_memory / 2
}

fn whole(mut opened: Opened, head: Vec<u8>) -> Result<Vec<u8>, Fault> {
    opened.file.seek(SeekFrom::Start(head.len() as u64))?;
    opened.rest(head)
}

fn from_disk(mut file: File) -> Result<BufReader<File>, Fault> {
    file.rewind()?;
    Ok(BufReader::with_capacity(1 << 16, file))
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
