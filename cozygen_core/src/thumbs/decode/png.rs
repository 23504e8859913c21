//! PNG: row by row through the `png` crate, reduced on the way.

use std::fs::File;
use std::io::{BufRead, Cursor, Seek};

use png::{ColorType, DecodeOptions, Decoder, Reader, Transformations};

use super::{Decoded, from_disk, png_plain, too_much_memory};
use crate::thumbs::error::Fault;
use crate::thumbs::header::Header;
use crate::thumbs::pixels::Pixels;
use crate::thumbs::plan::Plan;
use crate::thumbs::png_chunks;
use crate::thumbs::reduce::RowReducer;
use crate::thumbs::window::Window;

/// Decode a PNG in memory.
pub(super) fn decode(bytes: Vec<u8>, plan: &Plan) -> Result<Decoded, Fault> {
    let chunks = png_chunks::read(&bytes)?;
    if let Some(size) = png_plain::unpacked_size(&chunks, bytes.len(), plan) {
        return png_plain::decode(bytes, chunks, size, plan);
    }
    let mut decoded = decode_rows(Cursor::new(bytes), chunks.header(), plan)?;
    decoded.icc = chunks.icc;
    Ok(decoded)
}

/// Decode a PNG from its file, without holding it.
pub(super) fn stream(mut file: File, header: Header, plan: &Plan) -> Result<Decoded, Fault> {
    let head = [];
    let icc = png_chunks::icc(&mut Window::head(&head, &mut file))?;
    let mut decoded = decode_rows(from_disk(file)?, header, plan)?;
    decoded.icc = icc;
    Ok(decoded)
}

/// Decode a PNG of any kind; only interlaced ones are held in full.
fn decode_rows<R: BufRead + Seek>(
    source: R,
    header: Header,
    plan: &Plan,
) -> Result<Decoded, Fault> {
    let mut reader = open(source, plan)?;
    let (pixels, span) =
        if reader.info().interlaced { whole(&mut reader, plan)? } else { rows(&mut reader, plan)? };
    Ok(Decoded { pixels, span, header, icc: None })
}

fn open<R: BufRead + Seek>(source: R, plan: &Plan) -> Result<Reader<R>, Fault> {
    let mut options = DecodeOptions::default();
    options.set_ignore_text_chunk(true);
    options.set_ignore_iccp_chunk(true);
    let mut decoder = Decoder::new_with_options(source, options);
    let budget = usize::try_from(plan.limits.max_memory).unwrap_or(usize::MAX);
    decoder.set_limits(png::Limits { bytes: budget });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    decoder.read_info().map_err(fault)
}

fn channels(color: ColorType) -> usize {
    match color {
        ColorType::Grayscale => 1,
        ColorType::Rgb | ColorType::Indexed => 3,
        ColorType::GrayscaleAlpha | ColorType::Rgba => 4,
    }
}

type Reduced = (Pixels, (f64, f64));

fn rows<R: BufRead + Seek>(reader: &mut Reader<R>, plan: &Plan) -> Result<Reduced, Fault> {
    let (width, height) = reader.info().size();
    let color = reader.output_color_type().0;
    let factor = plan.box_factor(width, height);
    let (columns, rows) = (width.div_ceil(factor), height.div_ceil(factor));
    let reduced = u64::from(columns) * u64::from(rows) * channels(color) as u64;
    if reduced > plan.limits.max_memory {
        return Err(too_much_memory(&plan.limits));
    }
    let mut reducer = RowReducer::new(width, height, channels(color), factor);
    let mut widened = Vec::new();
    for _ in 0..height {
        let row = reader.next_row().map_err(fault)?;
        let row = row.ok_or_else(|| Fault::broken("the PNG has too few rows"))?;
        reducer.push(four_channels(row.data(), color, &mut widened));
    }
    Ok(reducer.finish())
}

fn whole<R: BufRead + Seek>(reader: &mut Reader<R>, plan: &Plan) -> Result<Reduced, Fault> {
    let len = reader.output_buffer_size().filter(|len| *len as u64 <= plan.limits.max_memory);
    let mut data = vec![0; len.ok_or_else(|| too_much_memory(&plan.limits))?];
    reader.next_frame(&mut data).map_err(fault)?;
    let (width, height) = reader.info().size();
    let color = reader.output_color_type().0;
    let factor = plan.box_factor(width, height);
    if factor == 1 && color != ColorType::GrayscaleAlpha {
        let span = (f64::from(width), f64::from(height));
        return Ok((Pixels::new(data, width, height, channels(color)), span));
    }
    let mut reducer = RowReducer::new(width, height, channels(color), factor);
    let mut widened = Vec::new();
    for row in data.chunks_exact(data.len() / height as usize) {
        reducer.push(four_channels(row, color, &mut widened));
    }
    Ok(reducer.finish())
}

/// Gray with alpha becomes RGBA; everything else is passed on.
fn four_channels<'a>(row: &'a [u8], color: ColorType, widened: &'a mut Vec<u8>) -> &'a [u8] {
    if color != ColorType::GrayscaleAlpha {
        return row;
    }
    widened.clear();
    widened.extend(row.chunks_exact(2).flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]));
    widened
}

fn fault(error: png::DecodingError) -> Fault {
    match error {
        png::DecodingError::LimitsExceeded => {
            Fault::too_large("the PNG needs more memory than allowed", "max_memory")
        }
        // The file was read when it was opened: what fails now is its end.
        other => Fault::broken(other.to_string()),
    }
}
