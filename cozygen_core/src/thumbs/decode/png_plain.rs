//! The PNG that nearly every ComfyUI writes: 8-bit RGB or RGBA, not interlaced.
//!
//! Unpacked in one go into one buffer (no window copies), then undone eight rows
//! at a time: each strip is reduced, or moved to its place, while it is in the
//! nearest cache.

use libdeflater::{DecompressionError, Decompressor};

use super::Decoded;
use crate::thumbs::error::Fault;
use crate::thumbs::pixels::Pixels;
use crate::thumbs::plan::Plan;
use crate::thumbs::png_chunks::Chunks;
use crate::thumbs::reduce::RowReducer;
use crate::thumbs::scratch;
use crate::thumbs::unfilter::{ROWS, Unfilter};

/// Bytes behind the rows, so that the last pixel can be read as four bytes.
const PAD: usize = 8;

/// How many bytes the rows unpack to, if this is the way for the file: the
/// right kind, and file and rows together within the memory budget.
pub(super) fn unpacked_size(chunks: &Chunks, file: usize, plan: &Plan) -> Option<usize> {
    let ihdr = &chunks.ihdr;
    let plain = ihdr.depth == 8 && !ihdr.interlaced && !chunks.has_transparent_color;
    let bpp = bytes_per_pixel(ihdr.color).filter(|_| plain)?;
    let size = (ihdr.width as usize).checked_mul(bpp)?.checked_add(1)?;
    let size = size.checked_mul(ihdr.height as usize)?.checked_add(PAD)?;
    let (width, height) = plan.fit(ihdr.width, ihdr.height);
    let thumbnail = width as usize * height as usize * bpp;
    ((size + file + thumbnail) as u64 <= plan.limits.max_memory).then_some(size)
}

fn bytes_per_pixel(color: u8) -> Option<usize> {
    match color {
        2 => Some(3),
        6 => Some(4),
        _ => None,
    }
}

/// Decode such a file.
pub(super) fn decode(
    mut bytes: Vec<u8>,
    chunks: Chunks,
    size: usize,
    plan: &Plan,
) -> Result<Decoded, Fault> {
    let stream = join(&mut bytes, &chunks);
    let mut rows = scratch::take(size);
    unpack(&bytes[..stream], &mut rows[..size - PAD])?;
    scratch::give(bytes);
    let header = chunks.header();
    let bpp = bytes_per_pixel(chunks.ihdr.color).unwrap_or(3);
    let unfilter = Unfilter::new(header.width, bpp);
    let factor = plan.box_factor(header.width, header.height);
    let strips = Strips { rows, unfilter, height: header.height as usize };
    if factor == 1 {
        let pixels = Pixels::new(strips.in_place()?, header.width, header.height, bpp);
        return Ok(Decoded::unreduced(pixels, header, chunks.icc));
    }
    let reducer = RowReducer::new(header.width, header.height, bpp, factor);
    let (pixels, span) = strips.reduced(reducer)?;
    Ok(Decoded { pixels, span, header, icc: chunks.icc })
}

/// Move the parts of the stream together at the beginning of the buffer.
fn join(bytes: &mut [u8], chunks: &Chunks) -> usize {
    let mut end = 0;
    for part in &chunks.pixels {
        bytes.copy_within(part.clone(), end);
        end += part.len();
    }
    end
}

/// Grain packs badly, to single bytes for the most part, which `fdeflate` takes
/// two at a time; smooth pictures have matches, and there libdeflate leads.
fn unpack(stream: &[u8], rows: &mut [u8]) -> Result<(), Fault> {
    if stream.len() > rows.len() / 5 * 2 {
        unpack_bytes(stream, rows)
    } else {
        unpack_matches(stream, rows)
    }
}

fn unpack_bytes(stream: &[u8], rows: &mut [u8]) -> Result<(), Fault> {
    let mut decompressor = fdeflate::Decompressor::new();
    let (mut read, mut filled) = (0, 0);
    while !decompressor.is_done() {
        let (consumed, produced) = decompressor
            .read(&stream[read..], rows, filled, true)
            .map_err(|_| Fault::broken("the PNG's pixels cannot be unpacked"))?;
        if (consumed, produced) == (0, 0) {
            return Err(Fault::broken("the PNG has too many rows"));
        }
        (read, filled) = (read + consumed, filled + produced);
    }
    complete(filled, rows)
}

fn unpack_matches(stream: &[u8], rows: &mut [u8]) -> Result<(), Fault> {
    let filled =
        Decompressor::new().zlib_decompress(stream, rows).map_err(|error| match error {
            DecompressionError::BadData => Fault::broken("the PNG's pixels cannot be unpacked"),
            DecompressionError::InsufficientSpace => Fault::broken("the PNG has too many rows"),
        })?;
    complete(filled, rows)
}

fn complete(filled: usize, rows: &[u8]) -> Result<(), Fault> {
    if filled == rows.len() { Ok(()) } else { Err(Fault::broken("the PNG has too few rows")) }
}

struct Strips {
    rows: Vec<u8>,
    unfilter: Unfilter,
    height: usize,
}

impl Strips {
    /// All rows, undone, in the buffer they were unpacked to.
    fn in_place(mut self) -> Result<Vec<u8>, Fault> {
        let packed = self.packed_len();
        let len = packed - 1;
        for first in (0..self.height).step_by(ROWS) {
            let count = ROWS.min(self.height - first);
            self.unfilter.strip(&self.rows[first * packed..], count)?;
            for index in 0..count {
                // Never ahead of what is still packed: each row loses a byte.
                let at = (first + index) * len;
                self.rows[at..at + len].copy_from_slice(self.unfilter.row(index));
            }
        }
        self.rows.truncate(self.height * len);
        Ok(self.rows)
    }

    fn reduced(mut self, mut reducer: RowReducer) -> Result<(Pixels, (f64, f64)), Fault> {
        let packed = self.packed_len();
        for first in (0..self.height).step_by(ROWS) {
            let count = ROWS.min(self.height - first);
            self.unfilter.strip(&self.rows[first * packed..], count)?;
            (0..count).for_each(|index| reducer.push(self.unfilter.row(index)));
        }
        scratch::give(self.rows);
        Ok(reducer.finish())
    }

    fn packed_len(&self) -> usize {
        (self.rows.len() - PAD) / self.height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_unpack_alike_and_name_what_is_wrong() {
        let rows: Vec<u8> = (0..9000u32).map(|i| (i * i / 7) as u8).collect();
        let stream = fdeflate::compress_to_vec(&rows);
        for unpack in [unpack_bytes, unpack_matches] {
            let mut out = vec![9; rows.len()];
            unpack(&stream, &mut out).unwrap();
            assert_eq!(out, rows);
            assert!(unpack(&stream, &mut vec![0; rows.len() + 1]).is_err(), "too few rows");
            assert!(unpack(&stream, &mut vec![0; rows.len() - 1]).is_err(), "too many rows");
            for cut in 0..stream.len() {
                assert!(unpack(&stream[..cut], &mut out).is_err(), "cut at {cut}");
            }
        }
    }
}
