//! GIF, BMP and TIFF, and animated WebP, through the `image` crate.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use super::{Decoded, too_much_memory};
use crate::thumbs::error::Fault;
use crate::thumbs::header::Header;
use crate::thumbs::options::Limits;
use crate::thumbs::pixels::Pixels;
use crate::thumbs::plan::Plan;
use crate::thumbs::sniff::Format;

/// Decode the first frame in full; the budget decides beforehand.
pub(super) fn decode(
    format: Format,
    bytes: &[u8],
    header: Header,
    plan: &Plan,
) -> Result<Decoded, Fault> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), image_format(format));
    reader.limits(image_limits(&plan.limits));
    let mut decoder = reader.into_decoder().map_err(fault)?;
    if decoder.total_bytes().saturating_add(bytes.len() as u64) > plan.limits.max_memory {
        return Err(too_much_memory(&plan.limits));
    }
    let icc = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(fault)?;
    let header = Header { width: image.width(), height: image.height(), ..header };
    header.check(&plan.limits)?;
    Ok(Decoded::unreduced(eight_bit(image), header, icc))
}

fn image_format(format: Format) -> ImageFormat {
    match format {
        Format::Png => ImageFormat::Png,
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Webp => ImageFormat::WebP,
        Format::Gif => ImageFormat::Gif,
        Format::Bmp => ImageFormat::Bmp,
        Format::Tiff => ImageFormat::Tiff,
    }
}

fn image_limits(limits: &Limits) -> image::Limits {
    let mut bounds = image::Limits::no_limits();
    bounds.max_image_width = Some(limits.max_edge);
    bounds.max_image_height = Some(limits.max_edge);
    bounds.max_alloc = Some(limits.max_memory);
    bounds
}

fn eight_bit(image: DynamicImage) -> Pixels {
    let (width, height) = (image.width(), image.height());
    let (data, channels) = match (image.color().has_alpha(), image.color().has_color()) {
        (true, _) => (image.into_rgba8().into_raw(), 4),
        (false, true) => (image.into_rgb8().into_raw(), 3),
        (false, false) => (image.into_luma8().into_raw(), 1),
    };
    Pixels::new(data, width, height, channels)
}

fn fault(error: ImageError) -> Fault {
    match error {
        ImageError::Limits(limit) => Fault::too_large(limit.to_string(), "max_memory"),
        ImageError::Unsupported(kind) => Fault::unsupported(kind.to_string()),
        other => Fault::broken(other.to_string()),
    }
}

/// Decode a JPEG without scaling, in pure Rust.
#[cfg(not(feature = "turbojpeg"))]
pub(super) fn jpeg(bytes: &[u8], plan: &Plan) -> Result<Pixels, Fault> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    reader.limits(image_limits(&plan.limits));
    let decode = || -> image::ImageResult<DynamicImage> {
        DynamicImage::from_decoder(reader.into_decoder()?)
    };
    decode().map(eight_bit).map_err(fault)
}
