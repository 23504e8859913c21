//! WebP through libwebp, of an animation the first frame; vast lossless ones through `image-webp`.

use cozygen_pixels::webp_lossless;

use super::general::fault;
use super::{Decoded, too_much_memory};
use crate::thumbs::error::Fault;
use crate::thumbs::header::{Header, webp_chunk};
use crate::thumbs::pixels::Pixels;
use crate::thumbs::plan::Plan;
use crate::thumbs::webp_chunks::{self, Frame};
use crate::thumbs::webp_native::{self, Features};
use crate::thumbs::window::Window;

/// Bytes beside the pixels that speed is worth: libwebp unpacks a lossless
/// picture beside them, a third faster than `image-webp` in their place.
const BESIDE: u64 = 16 << 20;

/// Decode a WebP file in memory.
pub(super) fn decode(bytes: Vec<u8>, header: Header, plan: &Plan) -> Result<Decoded, Fault> {
    let features = webp_native::features(&bytes)?;
    let icc = webp_chunk(&mut Window::whole(&bytes), b"ICCP");
    let (pixels, header) = if features.animated {
        first_frame(&bytes, header, plan)?
    } else {
        let stored = Header { width: features.width, height: features.height, ..header };
        stored.check(&plan.limits)?;
        (still(bytes, &features, plan)?, stored)
    };
    Ok(Decoded::unreduced(pixels, header, icc))
}

fn still(bytes: Vec<u8>, features: &Features, plan: &Plan) -> Result<Pixels, Fault> {
    let area = u64::from(features.width) * u64::from(features.height);
    let channels = if features.has_alpha { 4 } else { 3 };
    if features.lossless && area * 4 > BESIDE {
        check_memory(area * 4, &bytes, plan)?;
        return frugal(bytes, features);
    }
    let beside = if features.lossless { 4 } else { channels / 4 };
    check_memory(area * (channels + beside), &bytes, plan)?;
    let mut pixels = Pixels::zeroed(features.width, features.height, channels as usize);
    let stride = pixels.row_len();
    webp_native::decode_into(&bytes, pixels.channels, stride, &mut pixels.data)?;
    Ok(pixels)
}

fn frugal(bytes: Vec<u8>, features: &Features) -> Result<Pixels, Fault> {
    let chunk = webp_chunks::find(&bytes, b"VP8L").ok_or_else(|| Fault::broken("no picture"))?;
    let mut pixels = Pixels::zeroed(features.width, features.height, 4);
    webp_lossless(bytes, chunk, &mut pixels.data).map_err(fault)?;
    Ok(if features.has_alpha { pixels } else { pixels.drop_alpha() })
}

/// What an animation begins with, on its canvas.
fn first_frame(bytes: &[u8], header: Header, plan: &Plan) -> Result<(Pixels, Header), Fault> {
    let canvas = Header { width: header.width, height: header.height, ..header };
    canvas.check(&plan.limits)?;
    let frame = webp_chunks::first_frame(bytes).ok_or_else(|| Fault::broken("no frame"))?;
    let features = webp_native::features(&frame.file)?;
    let stated = (features.width, features.height) == frame.size;
    let fits = |at: u32, length: u32, whole: u32| at.saturating_add(length) <= whole;
    if !stated
        || !fits(frame.at.0, frame.size.0, canvas.width)
        || !fits(frame.at.1, frame.size.1, canvas.height)
    {
        return Err(Fault::broken("a frame outside of its canvas"));
    }
    if frame.size == (canvas.width, canvas.height) {
        return Ok((still(frame.file, &features, plan)?, canvas));
    }
    placed(&frame, &features, canvas, plan).map(|pixels| (pixels, canvas))
}

/// A frame that is smaller than the canvas, which is transparent around it.
fn placed(
    frame: &Frame,
    features: &Features,
    canvas: Header,
    plan: &Plan,
) -> Result<Pixels, Fault> {
    let area = u64::from(canvas.width) * u64::from(canvas.height);
    let beside = if features.lossless { 8 } else { 5 };
    check_memory(area * beside, &frame.file, plan)?;
    let mut pixels = Pixels::zeroed(canvas.width, canvas.height, 4);
    let stride = pixels.row_len();
    let start = frame.at.1 as usize * stride + frame.at.0 as usize * 4;
    let place = pixels.data.get_mut(start..).unwrap_or_default();
    webp_native::decode_into(&frame.file, 4, stride, place)?;
    Ok(pixels)
}

fn check_memory(pixels: u64, file: &[u8], plan: &Plan) -> Result<(), Fault> {
    let total = pixels + file.len() as u64;
    if total > plan.limits.max_memory { Err(too_much_memory(&plan.limits)) } else { Ok(()) }
}
