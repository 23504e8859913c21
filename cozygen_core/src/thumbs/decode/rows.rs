//! GIF and TIFF: given out row by row, so that the picture is not in memory twice.

use cozygen_pixels::{GifFrame, Source, Tiff};

use super::general::fault;
use super::{Decoded, too_much_memory};
use crate::thumbs::error::Fault;
use crate::thumbs::header::Header;
use crate::thumbs::pixels::Pixels;
use crate::thumbs::plan::Plan;
use crate::thumbs::reduce::RowReducer;

/// The first picture of a TIFF, a strip or a row of tiles at a time.
pub(super) fn tiff(source: &mut dyn Source, header: Header, plan: &Plan) -> Result<Decoded, Fault> {
    let mut tiff = Tiff::open(source, plan.limits.max_memory).map_err(fault)?;
    // It may hold another picture than the one its first directory states.
    let header = resized(header, tiff.size(), plan)?;
    let channels = tiff.channels();
    let factor = plan.box_factor(header.width, header.height);
    let whole = tiff.bands() == 1 && factor == 1;
    let made = if whole { 0 } else { reduced(header, channels, factor) };
    if tiff.band_memory() + made > plan.limits.max_memory {
        return Err(too_much_memory(&plan.limits));
    }
    let icc = tiff.icc();
    let mut band = Vec::new();
    if whole {
        tiff.band(0, &mut band).map_err(fault)?;
        let pixels = Pixels::new(band, header.width, header.height, channels);
        return Ok(Decoded::unreduced(pixels, header, icc));
    }
    let mut reducer = RowReducer::new(header.width, header.height, channels, factor);
    for index in 0..tiff.bands() {
        tiff.band(index, &mut band).map_err(fault)?;
        band.chunks_exact(header.width as usize * channels).for_each(|row| reducer.push(row));
    }
    Ok(done(reducer, header, icc))
}

/// The first frame of a GIF on its canvas.
pub(super) fn gif(source: &mut dyn Source, header: Header, plan: &Plan) -> Result<Decoded, Fault> {
    let mut frame = GifFrame::read(source, plan.limits.max_memory / 2).map_err(fault)?;
    let header = resized(header, frame.size(), plan)?;
    let factor = plan.box_factor(header.width, header.height);
    let area = u64::from(header.width) * u64::from(header.height);
    if area + reduced(header, frame.channels(), factor) > plan.limits.max_memory {
        return Err(too_much_memory(&plan.limits));
    }
    let mut reducer = RowReducer::new(header.width, header.height, frame.channels(), factor);
    let mut row = Vec::new();
    for y in 0..header.height as usize {
        frame.row(y, &mut row);
        reducer.push(&row);
    }
    Ok(done(reducer, header, frame.icc()))
}

fn resized(header: Header, (width, height): (u32, u32), plan: &Plan) -> Result<Header, Fault> {
    let header = Header { width, height, ..header };
    header.check(&plan.limits)?;
    Ok(header)
}

/// Bytes of a picture averaged by `factor`.
fn reduced(header: Header, channels: usize, factor: u32) -> u64 {
    let side = |length: u32| u64::from(length.div_ceil(factor));
    side(header.width) * side(header.height) * channels as u64
}

fn done(reducer: RowReducer, header: Header, icc: Option<Vec<u8>>) -> Decoded {
    let (pixels, span) = reducer.finish();
    Decoded { pixels, span, header, icc }
}
