//! WebP through libwebp; animations through `image`, first frame.

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
        return general::decode(Kind::Webp, bytes, header, plan);
    }
    let stored = Header { width: features.width, height: features.height, ..header };
    stored.check(&plan.limits)?;
    let channels = if features.has_alpha { 4 } else { 3 };
    let len = u64::from(stored.width) * u64::from(stored.height) * channels;
    // A lossless picture is unpacked to four bytes a pixel beside the result.
    if len * 2 + bytes.len() as u64 > plan.limits.max_memory {
        return Err(too_much_memory(&plan.limits));
    }
    let mut pixels = Pixels::zeroed(stored.width, stored.height, channels as usize);
    webp_native::decode_into(bytes, &mut pixels)?;
    let icc = webp_chunk(&mut Window::whole(bytes), b"ICCP");
    Ok(Decoded::unreduced(pixels, stored, icc))
}
