//! Pixels to the bytes of a JPEG or WebP file.

use super::error::Fault;
use super::options::OutputFormat;
use super::pixels::Pixels;
use super::scratch;
use super::webp_native;

/// What a transparent picture is laid on where the format has no transparency:
/// a middle gray on which dark and light drawings both show.
const GROUND: [u8; 3] = [128, 128, 128];
/// JPEG quality; 4:2:0.
const JPEG_QUALITY: u8 = 85;
/// WebP quality: as sharp to the eye as the JPEG, 40 % smaller.
const WEBP_QUALITY: f32 = 80.0;

/// The file format a thumbnail came out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoded {
    /// `image/jpeg`
    Jpeg,
    /// `image/webp`
    Webp,
}

/// Encode as asked.
pub(crate) fn encode(pixels: Pixels, format: OutputFormat) -> Result<(Vec<u8>, Encoded), Fault> {
    let webp = match format {
        OutputFormat::Auto => pixels.has_alpha(),
        OutputFormat::Jpeg => false,
        OutputFormat::Webp => true,
    };
    if webp {
        let data = webp_native::encode(&three_channels(pixels), WEBP_QUALITY)?;
        return Ok((data, Encoded::Webp));
    }
    let opaque = pixels.flatten(GROUND);
    let data = jpeg(&opaque)?;
    scratch::give(opaque.data);
    Ok((data, Encoded::Jpeg))
}

fn three_channels(pixels: Pixels) -> Pixels {
    if pixels.channels != 1 {
        return pixels;
    }
    let data = pixels.data.iter().flat_map(|gray| [*gray; 3]).collect();
    Pixels::new(data, pixels.width, pixels.height, 3)
}

#[cfg(feature = "turbojpeg")]
fn jpeg(pixels: &Pixels) -> Result<Vec<u8>, Fault> {
    use turbojpeg::{Compressor, Image, PixelFormat, Subsamp};
    let (format, subsampling) = match pixels.channels {
        1 => (PixelFormat::GRAY, Subsamp::Gray),
        _ => (PixelFormat::RGB, Subsamp::Sub2x2),
    };
    let image = Image {
        pixels: &pixels.data[..],
        width: pixels.width as usize,
        pitch: pixels.row_len(),
        height: pixels.height as usize,
        format,
    };
    let compress = || -> turbojpeg::Result<Vec<u8>> {
        let mut compressor = Compressor::new()?;
        compressor.set_quality(JPEG_QUALITY.into())?;
        compressor.set_subsamp(subsampling)?;
        compressor.compress_to_vec(image)
    };
    compress().map_err(fault)
}

#[cfg(not(feature = "turbojpeg"))]
fn jpeg(pixels: &Pixels) -> Result<Vec<u8>, Fault> {
    use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, JPEG_QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let color = if pixels.channels == 1 { ColorType::Luma } else { ColorType::Rgb };
    let (width, height) = (pixels.width as u16, pixels.height as u16);
    encoder.encode(&pixels.data, width, height, color).map_err(fault)?;
    Ok(out)
}

fn fault(error: impl std::fmt::Display) -> Fault {
    Fault::broken(format!("cannot encode the thumbnail: {error}"))
}
