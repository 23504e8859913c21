//! What is decoded in full: BMP, and JPEG without libjpeg-turbo.

use cozygen_pixels::{FirstFrame, Kind, PictureError, Source, first_frame};

use super::Decoded;
use crate::thumbs::error::Fault;
use crate::thumbs::header::Header;
use crate::thumbs::pixels::Pixels;
use crate::thumbs::plan::Plan;

/// Decode a picture; the budget decides beforehand.
pub(super) fn decode(
    kind: Kind,
    source: &mut dyn Source,
    header: Header,
    plan: &Plan,
) -> Result<Decoded, Fault> {
    let frame = frame(kind, source, plan)?;
    let header = Header { width: frame.width, height: frame.height, ..header };
    header.check(&plan.limits)?;
    let pixels = Pixels::new(frame.data, frame.width, frame.height, frame.channels);
    Ok(Decoded::unreduced(pixels, header, frame.icc))
}

/// The picture as the library gives it.
pub(super) fn frame(kind: Kind, source: &mut dyn Source, plan: &Plan) -> Result<FirstFrame, Fault> {
    let limits = &plan.limits;
    first_frame(kind, source, limits.max_edge, limits.max_memory).map_err(fault)
}

pub(super) fn fault(error: PictureError) -> Fault {
    match error {
        PictureError::TooLarge(reason) => Fault::too_large(reason, "max_memory"),
        PictureError::Unsupported(reason) => Fault::unsupported(reason),
        PictureError::Broken(reason) => Fault::broken(reason),
    }
}
