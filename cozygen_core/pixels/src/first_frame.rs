//! The first frame of a picture, through `image`.

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::error::{PictureError, Source};

/// Formats that are read in full here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// JPEG, not scaled.
    Jpeg,
    /// Windows bitmap.
    Bmp,
}

impl From<Kind> for ImageFormat {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Jpeg => Self::Jpeg,
            Kind::Bmp => Self::Bmp,
        }
    }
}

/// Interleaved 8-bit pixels.
#[derive(Debug)]
pub struct FirstFrame {
    /// Rows from top to bottom.
    pub data: Vec<u8>,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// 1 gray, 3 RGB, 4 RGBA.
    pub channels: usize,
    /// The colour profile as the file holds it.
    pub icc: Option<Vec<u8>>,
}

impl From<ImageError> for PictureError {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(limit) => Self::TooLarge(limit.to_string()),
            ImageError::Unsupported(kind) => Self::Unsupported(kind.to_string()),
            other => Self::Broken(other.to_string()),
        }
    }
}

/// Decode the first frame, which may take `max_memory` bytes.
///
/// # Errors
/// When the file is broken, unsupported or too large.
pub fn first_frame(
    kind: Kind,
    source: &mut dyn Source,
    max_edge: u32,
    max_memory: u64,
) -> Result<FirstFrame, PictureError> {
    let mut reader = ImageReader::with_format(source, kind.into());
    reader.limits(limits(max_edge, max_memory));
    let mut decoder = reader.into_decoder()?;
    if needed(&decoder) > max_memory {
        return Err(PictureError::TooLarge("the picture needs more memory than allowed".into()));
    }
    // A profile that cannot be read leaves the colours as they are.
    let icc = decoder.icc_profile().ok().flatten();
    Ok(eight_bit(DynamicImage::from_decoder(decoder)?, icc))
}

/// Bytes that are held at once: samples of more than eight bits are made smaller
/// beside the large ones.
fn needed(decoder: &impl ImageDecoder) -> u64 {
    let total = decoder.total_bytes();
    let color = decoder.color_type();
    let is_deep = color.bytes_per_pixel() > color.channel_count();
    if is_deep { total.saturating_mul(2) } else { total }
}

fn limits(max_edge: u32, max_memory: u64) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(max_edge);
    limits.max_image_height = Some(max_edge);
    limits.max_alloc = Some(max_memory);
    limits
}

fn eight_bit(image: DynamicImage, icc: Option<Vec<u8>>) -> FirstFrame {
    let (width, height) = (image.width(), image.height());
    let (data, channels) = match (image.color().has_alpha(), image.color().has_color()) {
        (true, _) => (image.into_rgba8().into_raw(), 4),
        (false, true) => (image.into_rgb8().into_raw(), 3),
        (false, false) => (image.into_luma8().into_raw(), 1),
    };
    FirstFrame { data, width, height, channels, icc }
}
