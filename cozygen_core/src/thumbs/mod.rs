//! Thumbnails: decode any supported picture within limits, shrink, encode.
//!
//! ```no_run
//! use cozygen_core::thumbs::{Options, thumbnail};
//! let thumb = thumbnail("picture.png".as_ref(), &Options::default())?;
//! assert!(thumb.width <= 384);
//! # Ok::<(), cozygen_core::thumbs::ThumbError>(())
//! ```
//!
//! A file is judged by its first bytes, refused from its header when it exceeds
//! the [`Limits`], read once (never mapped), shrunk while it is decoded where
//! the format allows it, resized with Lanczos3, turned upright and brought to
//! sRGB. What fails is a [`ThumbError`] that names the file.

mod blur;
mod color;
mod decode;
mod encode;
mod error;
mod halve;
mod header;
mod jpeg_markers;
mod options;
mod orientation;
mod pixels;
mod plan;
mod png_chunks;
mod reduce;
mod resize;
mod scratch;
mod sniff;
mod source;
mod unfilter;
mod webp_chunks;
mod webp_native;
mod window;

use std::path::Path;

pub use encode::Encoded;
use error::Fault;
pub use error::ThumbError;
pub use options::{Limits, Options, OutputFormat};
use pixels::Pixels;
use plan::Plan;
pub use sniff::{Format, sniff};
use window::Window;

/// A finished thumbnail.
#[derive(Clone, Debug)]
pub struct Thumbnail {
    /// The encoded file.
    pub data: Vec<u8>,
    /// What `data` is.
    pub format: Encoded,
    /// Columns of the thumbnail.
    pub width: u32,
    /// Rows of the thumbnail.
    pub height: u32,
    /// Columns of the source, turned upright.
    pub source_width: u32,
    /// Rows of the source, turned upright.
    pub source_height: u32,
    /// About 25 bytes that draw a blurred preview.
    pub thumbhash: Vec<u8>,
}

/// Make the thumbnail of a file.
///
/// # Errors
/// When the file cannot be read, is broken, has no decoder, or exceeds a limit.
pub fn thumbnail(path: &Path, options: &Options) -> Result<Thumbnail, ThumbError> {
    let plan = Plan::new(options);
    source::open(path)
        .and_then(|opened| decode::decode(opened, &plan))
        .and_then(|decoded| finish(decoded, &plan, options.format))
        .map_err(|fault| fault.at(path))
}

/// The pixels of a thumbnail before it is encoded, as gray, RGB or RGBA rows:
/// what benchmarks and tests compare.
///
/// # Errors
/// As [`thumbnail`].
pub fn thumbnail_pixels(path: &Path, options: &Options) -> Result<Vec<u8>, ThumbError> {
    let plan = Plan::new(options);
    source::open(path)
        .and_then(|opened| decode::decode(opened, &plan))
        .and_then(|decoded| shrink(decoded, &plan))
        .map(|(pixels, _)| pixels.data)
        .map_err(|fault| fault.at(path))
}

fn finish(decoded: decode::Decoded, plan: &Plan, format: OutputFormat) -> Result<Thumbnail, Fault> {
    let (small, source) = shrink(decoded, plan)?;
    encode_thumbnail(small, source, format)
}

/// Down to the target, upright, in sRGB; and the size of the source.
fn shrink(decoded: decode::Decoded, plan: &Plan) -> Result<(Pixels, (u32, u32)), Fault> {
    let header = decoded.header;
    let pixels = decoded.pixels.drop_opaque_alpha();
    let small = resize::resize(pixels, decoded.span, plan.fit(header.width, header.height))?;
    let upright = orientation::apply(small, header.orientation);
    let small = color::to_srgb(upright, decoded.icc.as_deref());
    let source = orientation::oriented((header.width, header.height), header.orientation);
    Ok((small, source))
}

fn encode_thumbnail(
    small: Pixels,
    (source_width, source_height): (u32, u32),
    format: OutputFormat,
) -> Result<Thumbnail, Fault> {
    let (width, height) = (small.width, small.height);
    let thumbhash = blur::thumbhash(&small)?;
    let (data, format) = encode::encode(small, format)?;
    Ok(Thumbnail { data, format, width, height, source_width, source_height, thumbhash })
}

/// Make a thumbnail of pixels that are in memory: rows of gray (1 channel), RGB
/// (3) or RGBA (4) bytes.
///
/// # Errors
/// When the length of `pixels` is not `width` × `height` × `channels`.
pub fn thumbnail_from_pixels(
    pixels: &[u8],
    (width, height): (u32, u32),
    channels: usize,
    options: &Options,
) -> Result<Thumbnail, ThumbError> {
    let plan = Plan::new(options);
    shrink_rows(pixels, (width, height), channels, &plan)
        .and_then(|small| encode_thumbnail(small, (width, height), options.format))
        .map_err(|fault| fault.at(Path::new("pixels in memory")))
}

/// Without a copy of the pixels where they need no averaging.
fn shrink_rows(
    pixels: &[u8],
    size: (u32, u32),
    channels: usize,
    plan: &Plan,
) -> Result<Pixels, Fault> {
    let target = plan.fit(size.0, size.1);
    let whole = size.0 as usize * size.1 as usize * channels == pixels.len();
    if whole && matches!(channels, 1 | 3) && plan.box_factor(size.0, size.1) == 1 && target != size
    {
        return resize::resize_rows(pixels, channels, size, target);
    }
    let (reduced, span) = reduce_rows(pixels, size, channels, plan)?;
    resize::resize(reduced.drop_opaque_alpha(), span, target)
}

fn reduce_rows(
    pixels: &[u8],
    (width, height): (u32, u32),
    channels: usize,
    plan: &Plan,
) -> Result<(Pixels, (f64, f64)), Fault> {
    let row = width as usize * channels;
    let expected = row.checked_mul(height as usize);
    if !matches!(channels, 1 | 3 | 4) || row == 0 || height == 0 || expected != Some(pixels.len()) {
        return Err(Fault::broken("the pixels do not have the stated size"));
    }
    let mut reducer =
        reduce::RowReducer::new(width, height, channels, plan.box_factor(width, height));
    pixels.chunks_exact(row).for_each(|row| reducer.push(row));
    Ok(reducer.finish())
}

/// The thumbhash of pixels in memory, laid out as for [`thumbnail_from_pixels`].
///
/// # Errors
/// When the length of `pixels` is not `width` × `height` × `channels`.
pub fn thumbhash(
    pixels: &[u8],
    (width, height): (u32, u32),
    channels: usize,
) -> Result<Vec<u8>, ThumbError> {
    let plan = Plan::new(&Options { width: 64, ..Options::default() });
    reduce_rows(pixels, (width, height), channels, &plan)
        .and_then(|(pixels, _)| blur::thumbhash(&pixels))
        .map_err(|fault| fault.at(Path::new("pixels in memory")))
}

/// What a file's header says, without decoding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// What the file is.
    pub format: Format,
    /// Columns, as seen by a person.
    pub width: u32,
    /// Rows, as seen by a person.
    pub height: u32,
}

/// Bytes of a file that nearly always hold its header.
const PROBE_HEAD: u64 = 4096;

/// Read format and size from the head of a file.
///
/// # Errors
/// When the file cannot be read, has no known format, or ends inside its header.
pub fn probe(path: &Path) -> Result<Probe, ThumbError> {
    probe_opened(path).map_err(|fault| fault.at(path))
}

fn probe_opened(path: &Path) -> Result<Probe, Fault> {
    let mut opened = source::open(path)?;
    let head = opened.head(PROBE_HEAD)?;
    probe_window(&head, |head| Window::head(head, &mut opened.file))
}

/// The same for bytes in memory, which may be the head of a longer file.
///
/// # Errors
/// As [`probe`].
pub fn probe_bytes(head: &[u8]) -> Result<Probe, ThumbError> {
    probe_window(head, Window::whole).map_err(|fault| fault.at(Path::new("bytes in memory")))
}

fn probe_window<'a>(
    head: &'a [u8],
    open: impl FnOnce(&'a [u8]) -> Window<'a>,
) -> Result<Probe, Fault> {
    let format =
        sniff(head).ok_or_else(|| Fault::unsupported("not a picture that can be read here"))?;
    let header = header::read(format, &mut open(head))?;
    let (width, height) = orientation::oriented((header.width, header.height), header.orientation);
    Ok(Probe { format, width, height })
}
