//! Width, height and orientation from the head of a file, without decoding.

use super::error::Fault;
use super::jpeg_markers;
use super::options::Limits;
use super::orientation::{self, Orientation};
use super::png_chunks;
use super::sniff::Format;
use super::window::Window;

/// What a file's header says of the picture as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) orientation: Orientation,
}

impl Header {
    fn upright(width: u32, height: u32) -> Self {
        Self { width, height, orientation: Orientation::NoTransforms }
    }

    /// Refuse from the header what would cost too much to decode.
    pub(crate) fn check(&self, limits: &Limits) -> Result<(), Fault> {
        let (width, height) = (self.width, self.height);
        if width == 0 || height == 0 {
            return Err(Fault::broken(format!("the picture is {width}×{height}")));
        }
        if width > limits.max_edge || height > limits.max_edge {
            let reason = format!("{width}×{height} exceeds {} pixels a side", limits.max_edge);
            return Err(Fault::too_large(reason, "max_edge"));
        }
        if u64::from(width) * u64::from(height) > limits.max_pixels {
            let reason = format!("{width}×{height} exceeds {} pixels", limits.max_pixels);
            return Err(Fault::too_large(reason, "max_pixels"));
        }
        Ok(())
    }
}

/// Read the header of a file of a known format.
pub(crate) fn read(format: Format, window: &mut Window) -> Result<Header, Fault> {
    match format {
        Format::Png => png_chunks::header(window),
        Format::Jpeg => jpeg_markers::read(window).map(|markers| markers.header()),
        Format::Webp => webp(window),
        Format::Gif => gif(window),
        Format::Bmp => bmp(window),
        Format::Tiff => tiff(window),
    }
}

fn gif(window: &mut Window) -> Result<Header, Fault> {
    let [w0, w1, h0, h1] = window.array(6)?;
    Ok(Header::upright(u16::from_le_bytes([w0, w1]).into(), u16::from_le_bytes([h0, h1]).into()))
}

fn bmp(window: &mut Window) -> Result<Header, Fault> {
    if u32::from_le_bytes(window.array(14)?) == 12 {
        let [w0, w1, h0, h1] = window.array(18)?;
        let (width, height) = (u16::from_le_bytes([w0, w1]), u16::from_le_bytes([h0, h1]));
        return Ok(Header::upright(width.into(), height.into()));
    }
    let width = i32::from_le_bytes(window.array(18)?);
    let height = i32::from_le_bytes(window.array(22)?);
    Ok(Header::upright(width.unsigned_abs(), height.unsigned_abs()))
}

fn webp(window: &mut Window) -> Result<Header, Fault> {
    match &window.array::<4>(12)? {
        b"VP8X" => webp_extended(window),
        b"VP8 " => webp_lossy(window, 20),
        b"VP8L" => webp_lossless(window, 20),
        _ => Err(Fault::broken("no picture in the WebP container")),
    }
}

fn webp_lossy(window: &mut Window, at: u64) -> Result<Header, Fault> {
    let [_, _, _, m0, m1, m2, w0, w1, h0, h1] = window.array(at)?;
    if [m0, m1, m2] != [0x9d, 0x01, 0x2a] {
        return Err(Fault::broken("the VP8 start code is missing"));
    }
    let size = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
    Ok(Header::upright(size(w0, w1), size(h0, h1)))
}

fn webp_lossless(window: &mut Window, at: u64) -> Result<Header, Fault> {
    let [signature, bits @ ..]: [u8; 5] = window.array(at)?;
    if signature != 0x2f {
        return Err(Fault::broken("the VP8L signature is missing"));
    }
    let bits = u32::from_le_bytes(bits);
    Ok(Header::upright((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
}

fn webp_extended(window: &mut Window) -> Result<Header, Fault> {
    let [flags, _, _, _, w0, w1, w2, h0, h1, h2] = window.array(20)?;
    let mut header = Header::upright(
        u32::from_le_bytes([w0, w1, w2, 0]) + 1,
        u32::from_le_bytes([h0, h1, h2, 0]) + 1,
    );
    if flags & 0x08 != 0 {
        header.orientation = webp_orientation(window).unwrap_or(Orientation::NoTransforms);
    }
    Ok(header)
}

/// Chunks of a WebP container that are looked at before giving up on EXIF.
const WEBP_CHUNKS: usize = 256;

/// The EXIF chunk follows the pixels; a container without one is no error.
fn webp_orientation(window: &mut Window) -> Option<Orientation> {
    webp_chunk(window, b"EXIF").map(|block| orientation::from_exif(&block))
}

/// The contents of the first chunk of a kind, at most 1 MiB.
pub(crate) fn webp_chunk(window: &mut Window, kind: &[u8; 4]) -> Option<Vec<u8>> {
    let mut at = 12;
    for _ in 0..WEBP_CHUNKS {
        let name: [u8; 4] = window.array(at).ok()?;
        let len = u32::from_le_bytes(window.array(at + 4).ok()?);
        if &name == kind {
            return window.get(at + 8, len.min(1 << 20) as usize).ok().map(<[u8]>::to_vec);
        }
        at += 8 + u64::from(len) + u64::from(len & 1);
    }
    None
}

/// Entries of a TIFF directory that are looked at.
const TIFF_ENTRIES: u16 = 512;

fn tiff(window: &mut Window) -> Result<Header, Fault> {
    let big_endian = window.array::<2>(0)? == *b"MM";
    let u16_of =
        |b: [u8; 2]| if big_endian { u16::from_be_bytes(b) } else { u16::from_le_bytes(b) };
    let u32_of =
        |b: [u8; 4]| if big_endian { u32::from_be_bytes(b) } else { u32::from_le_bytes(b) };
    let directory = u64::from(u32_of(window.array(4)?));
    let mut header = Header::upright(0, 0);
    for index in 0..u16_of(window.array(directory)?).min(TIFF_ENTRIES) {
        let at = directory + 2 + u64::from(index) * 12;
        let is_short = u16_of(window.array(at + 2)?) == 3;
        let short = u16_of(window.array(at + 8)?);
        let value = if is_short { short.into() } else { u32_of(window.array(at + 8)?) };
        match u16_of(window.array(at)?) {
            256 => header.width = value,
            257 => header.height = value,
            274 => {
                header.orientation =
                    Orientation::from_exif(short).unwrap_or(Orientation::NoTransforms);
            }
            _ => {}
        }
    }
    Ok(header)
}
