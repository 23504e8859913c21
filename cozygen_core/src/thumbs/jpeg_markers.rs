//! The marker segments of a JPEG up to its first scan.

use super::error::Fault;
use super::header::Header;
use super::orientation::{self, Orientation};
use super::window::Window;

/// Segments before the first scan that are looked at.
const MAX_SEGMENTS: usize = 4096;
/// Bytes of an ICC profile that are kept.
const MAX_ICC: usize = 4 << 20;

/// What the segments before the first scan say.
#[derive(Debug)]
pub(crate) struct Markers {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) components: u8,
    /// The picture comes in several scans, so all coefficients are held at once.
    pub(crate) multi_scan: bool,
    /// Samples of all components for every pixel: 3 at 4:4:4, 1.5 at 4:2:0.
    samples_per_pixel: f64,
    /// An Adobe segment is present: CMYK is stored inverted.
    pub(crate) adobe: bool,
    orientation: Orientation,
    icc_parts: Vec<(u8, Vec<u8>)>,
}

impl Markers {
    pub(crate) fn header(&self) -> Header {
        Header { width: self.width, height: self.height, orientation: self.orientation }
    }

    /// Samples of all components of a picture of `area` pixels.
    pub(crate) fn samples(&self, area: u64) -> u64 {
        (area as f64 * self.samples_per_pixel) as u64
    }

    /// The ICC profile put together from its segments.
    pub(crate) fn icc(&self) -> Option<Vec<u8>> {
        let mut parts: Vec<_> = self.icc_parts.iter().collect();
        parts.sort_by_key(|part| part.0);
        let profile = parts.into_iter().flat_map(|part| &part.1).copied().collect::<Vec<_>>();
        (!profile.is_empty()).then_some(profile)
    }
}

/// Walk the segments until the frame header has been seen and the scan begins.
pub(crate) fn read(window: &mut Window) -> Result<Markers, Fault> {
    let mut seen = Seen::default();
    let mut at = 2;
    for _ in 0..MAX_SEGMENTS {
        let (marker, start) = next_marker(window, at)?;
        match marker {
            0xda => return seen.finish(window.array::<3>(start)?[2]),
            0xd9 => return seen.finish(0),
            // Stand-alone markers: a second SOI, restarts, TEM.
            0xd8 | 0xd0..=0xd7 | 0x01 => at = start,
            _ => {
                let len = u64::from(u16::from_be_bytes(window.array(start)?));
                let body =
                    len.checked_sub(2).ok_or_else(|| Fault::broken("a segment of no length"))?;
                seen.take(marker, window, start + 2, body as usize)?;
                at = start + len;
            }
        }
    }
    Err(Fault::broken("too many segments before the picture"))
}

/// Bytes between two segments that are skipped when they are no marker.
const MAX_GARBAGE: u64 = 4096;

/// The marker at or after `at`, and the offset behind it.
fn next_marker(window: &mut Window, at: u64) -> Result<(u8, u64), Fault> {
    let mut position = at;
    while position < at + MAX_GARBAGE {
        let [first, second] = window.array(position)?;
        if first == 0xff && second != 0xff && second != 0 {
            return Ok((second, position + 2));
        }
        position += 1;
    }
    Err(Fault::broken("no marker where one must be"))
}

/// The frame header.
struct Frame {
    width: u32,
    height: u32,
    components: u8,
    progressive: bool,
    samples_per_pixel: f64,
}

#[derive(Default)]
struct Seen {
    frame: Option<Frame>,
    adobe: bool,
    orientation: Option<Orientation>,
    icc_parts: Vec<(u8, Vec<u8>)>,
    icc_len: usize,
}

impl Seen {
    fn take(&mut self, marker: u8, window: &mut Window, at: u64, len: usize) -> Result<(), Fault> {
        match marker {
            0xc4 | 0xc8 | 0xcc => Ok(()),
            0xc0..=0xcf => self.frame(marker, window.get(at, len)?),
            0xe1 => self.exif(window.get(at, len)?),
            0xe2 => self.icc(window.get(at, len)?),
            0xee => {
                self.adobe |= window.get(at, len)?.starts_with(b"Adobe");
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn frame(&mut self, marker: u8, body: &[u8]) -> Result<(), Fault> {
        if !matches!(marker, 0xc0..=0xc2) {
            return Err(Fault::unsupported("a lossless, hierarchical or arithmetic JPEG"));
        }
        let [bits, h0, h1, w0, w1, components, sampling @ ..] = body else {
            return Err(Fault::broken("the frame header is too short"));
        };
        if *bits != 8 {
            return Err(Fault::unsupported(format!("a JPEG with {bits} bits per sample")));
        }
        self.frame.get_or_insert(Frame {
            width: u16::from_be_bytes([*w0, *w1]).into(),
            height: u16::from_be_bytes([*h0, *h1]).into(),
            components: *components,
            progressive: marker == 0xc2,
            samples_per_pixel: samples_per_pixel(sampling),
        });
        Ok(())
    }

    fn exif(&mut self, block: &[u8]) -> Result<(), Fault> {
        if block.starts_with(b"Exif\0\0") {
            self.orientation.get_or_insert_with(|| orientation::from_exif(block));
        }
        Ok(())
    }

    fn icc(&mut self, block: &[u8]) -> Result<(), Fault> {
        let Some([number, _count, part @ ..]) = block.strip_prefix(b"ICC_PROFILE\0") else {
            return Ok(());
        };
        self.icc_len += part.len();
        if self.icc_len <= MAX_ICC {
            self.icc_parts.push((*number, part.to_vec()));
        }
        Ok(())
    }

    fn finish(self, components_in_scan: u8) -> Result<Markers, Fault> {
        let frame = self.frame.ok_or_else(|| Fault::broken("a JPEG without a frame"))?;
        Ok(Markers {
            width: frame.width,
            height: frame.height,
            components: frame.components,
            multi_scan: frame.progressive || components_in_scan < frame.components,
            samples_per_pixel: frame.samples_per_pixel,
            adobe: self.adobe,
            orientation: self.orientation.unwrap_or(Orientation::NoTransforms),
            icc_parts: self.icc_parts,
        })
    }
}

/// From the components' sampling factors: identifier, factors, table for each.
fn samples_per_pixel(sampling: &[u8]) -> f64 {
    let area = |component: &[u8]| f64::from(component[1] >> 4) * f64::from(component[1] & 15);
    let areas = sampling.chunks_exact(3).map(area);
    let largest = areas.clone().fold(1.0, f64::max);
    areas.sum::<f64>() / largest
}
