//! WebP through libwebp; animations through `image`, first frame.

use std::io::Cursor;

use cozygen_pixels::Kind;

use super::{Decoded, general, too_much_memory};
use crate::thumbs::error::Fault;
use crate::thumbs::header::{Header, webp_chunk};
use crate::thumbs::pixels::Pixels;
use crate::thumbs::plan::Plan;
use crate::thumbs::webp_native;
use crate::thumbs::window::Window;

/// Decode a WebP file in memory.
pub(super) fn decode(bytes: &[u8], header: Header, plan: &Plan) -> Result<Decoded, Fault> {
    let features = webp_native::features(bytes)?;
    if features.animated {
        check_memory(u64::from(header.width) * u64::from(header.height) * 8, bytes, plan)?;
        return general::decode(Kind::Webp, &mut Cursor::new(bytes), header, plan);
    }
    let stored = Header { width: features.width, height: features.height, ..header };
    stored.check(&plan.limits)?;
    let channels = if features.has_alpha { 4 } else { 3 };
    // A lossless picture is unpacked to four bytes a pixel beside the result.
    let beside = if features.lossless { 4 } else { channels / 4 };
    let area = u64::from(stored.width) * u64::from(stored.height);
    check_memory(area * (channels + beside), bytes, plan)?;
    let mut pixels = Pixels::zeroed(stored.width, stored.height, channels as usize);
    webp_native::decode_into(bytes, &mut pixels)?;
    let icc = webp_chunk(&mut Window::whole(bytes), b"ICCP");
    Ok(Decoded::unreduced(pixels, stored, icc))
}

fn check_memory(pixels: u64, file: &[u8], plan: &Plan) -> Result<(), Fault> {
    let total = pixels + file.len() as u64;
    if total > plan.limits.max_memory { Err(too_much_memory(&plan.limits)) } else { Ok(()) }
}
