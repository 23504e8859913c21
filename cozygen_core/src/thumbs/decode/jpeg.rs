//! JPEG, shrunk by the decoder itself.

use super::{Decoded, too_much_memory};
use crate::thumbs::error::Fault;
use crate::thumbs::jpeg_markers::{self, Markers};
use crate::thumbs::pixels::Pixels;
use crate::thumbs::plan::Plan;
use crate::thumbs::window::Window;

#[cfg(not(feature = "turbojpeg"))]
use pure as backend;
#[cfg(feature = "turbojpeg")]
use turbo as backend;

/// Decode a JPEG in memory at the smallest scale that still serves the plan.
pub(super) fn decode(bytes: &[u8], plan: &Plan) -> Result<Decoded, Fault> {
    // Some phones begin a file twice; no decoder takes that.
    let bytes = bytes
        .strip_prefix(b"\xff\xd8")
        .filter(|rest| rest.starts_with(b"\xff\xd8"))
        .unwrap_or(bytes);
    let markers = jpeg_markers::read(&mut Window::whole(bytes))?;
    let eighths = scale(&markers, plan);
    check_memory(bytes, &markers, eighths, plan)?;
    let pixels = backend::pixels(bytes, &markers, eighths, plan)?;
    // The decoder rounds up, so the last pixel may stand for less than the others.
    let exact = |length: u32| f64::from(length) * f64::from(eighths) / 8.0;
    let within = |exact: f64, pixels: u32| exact.min(f64::from(pixels)).max(1.0);
    let span =
        (within(exact(markers.width), pixels.width), within(exact(markers.height), pixels.height));
    let icc = (markers.components == 3).then(|| markers.icc()).flatten();
    Ok(Decoded { pixels, span, header: markers.header(), icc })
}

/// Bytes of coefficients beside the pixels that the best picture is worth.
const BESIDE: u64 = 16 << 20;

/// 1, 2, 4 or 8 eighths: what stays is at least twice the target, or once in
/// fast mode, and where all coefficients of a vast picture are held beside it.
fn scale(markers: &Markers, plan: &Plan) -> u32 {
    let factor = plan.box_factor(markers.width, markers.height);
    let longer = markers.width.max(markers.height);
    let serves = plan.width <= longer * backend::FEWER / 8;
    if factor == 1 && serves && coefficients(markers) > BESIDE {
        return backend::FEWER;
    }
    8 >> factor.ilog2().min(3)
}

/// Bytes of coefficients that are held until the last scan is read.
fn coefficients(markers: &Markers) -> u64 {
    let area = u64::from(markers.width) * u64::from(markers.height);
    if markers.multi_scan { markers.samples(area) * 2 } else { 0 }
}

/// Pixels of the result, and the coefficients of all scans where there are several.
fn check_memory(bytes: &[u8], markers: &Markers, eighths: u32, plan: &Plan) -> Result<(), Fault> {
    let area = u64::from(markers.width) * u64::from(markers.height);
    let shrunk = area * u64::from(eighths * eighths) / 64;
    let pixels = shrunk * u64::from(markers.components);
    let total = pixels + coefficients(markers) + bytes.len() as u64;
    if total > plan.limits.max_memory { Err(too_much_memory(&plan.limits)) } else { Ok(()) }
}

/// Four inks to three lights, in their place; Adobe stores the inks inverted.
fn cmyk_to_rgb(mut inks: Vec<u8>, width: u32, height: u32, inverted: bool) -> Pixels {
    let light = |ink: u8| u16::from(if inverted { ink } else { 255 - ink });
    let count = inks.len() / 4;
    for index in 0..count {
        let key = light(inks[index * 4 + 3]);
        for color in 0..3 {
            let shine = light(inks[index * 4 + color]) * key;
            inks[index * 3 + color] = ((shine + 127) / 255) as u8;
        }
    }
    inks.truncate(count * 3);
    Pixels::new(inks, width, height, 3)
}

#[cfg(feature = "turbojpeg")]
mod turbo {
    use turbojpeg::{Decompressor, Image, PixelFormat, ScalingFactor};

    use super::{Fault, Markers, Pixels, Plan, cmyk_to_rgb};

    /// Eighths that are fewer than all and no less than half.
    pub(super) const FEWER: u32 = 5;
    /// Scans of a progressive JPEG that are decoded.
    const MAX_SCANS: u32 = 100;

    pub(super) fn pixels(
        bytes: &[u8],
        markers: &Markers,
        eighths: u32,
        _plan: &Plan,
    ) -> Result<Pixels, Fault> {
        let factor = ScalingFactor::new(eighths as usize, 8);
        let mut decompressor = Decompressor::new().map_err(fault)?;
        decompressor.set_scan_limit(MAX_SCANS).map_err(fault)?;
        decompressor.read_header(bytes).map_err(fault)?;
        decompressor.set_scaling_factor(factor).map_err(fault)?;
        let (format, channels) = match markers.components {
            1 => (PixelFormat::GRAY, 1),
            3 => (PixelFormat::RGB, 3),
            4 => (PixelFormat::CMYK, 4),
            other => return Err(Fault::unsupported(format!("a JPEG with {other} components"))),
        };
        let width = factor.scale(markers.width as usize);
        let height = factor.scale(markers.height as usize);
        let mut pixels = Pixels::zeroed(width as u32, height as u32, channels);
        let pitch = pixels.row_len();
        let image = Image { pixels: &mut pixels.data[..], width, pitch, height, format };
        decompressor.decompress(bytes, image).or_else(forgive)?;
        if channels < 4 {
            return Ok(pixels);
        }
        Ok(cmyk_to_rgb(pixels.data, pixels.width, pixels.height, markers.adobe))
    }

    /// Warnings after which the picture is there, with a damaged patch at most.
    const FORGIVEN: [&str; 3] =
        ["extraneous bytes before marker", "Corrupt JPEG data", "Inconsistent progression"];

    fn forgive(error: turbojpeg::Error) -> Result<(), Fault> {
        match &error {
            turbojpeg::Error::TurboJpegError(text)
                if FORGIVEN.iter().any(|it| text.contains(it)) =>
            {
                Ok(())
            }
            _ => Err(fault(error)),
        }
    }

    fn fault(error: turbojpeg::Error) -> Fault {
        Fault::broken(error.to_string())
    }
}

#[cfg(not(feature = "turbojpeg"))]
mod pure {
    use cozygen_pixels::Kind;
    use jpeg_decoder::{Decoder, PixelFormat};

    use super::super::{general, too_much_memory};
    use super::{Fault, Markers, Pixels, Plan, cmyk_to_rgb};

    /// Eighths that are fewer than all; there are no others than halves.
    pub(super) const FEWER: u32 = 4;

    /// Scaled through `jpeg-decoder`; unscaled the decoder of `image` is faster.
    pub(super) fn pixels(
        bytes: &[u8],
        markers: &Markers,
        eighths: u32,
        plan: &Plan,
    ) -> Result<Pixels, Fault> {
        if eighths == 8 && markers.components != 4 {
            let frame = general::frame(Kind::Jpeg, &mut std::io::Cursor::new(bytes), plan)?;
            return Ok(Pixels::new(frame.data, frame.width, frame.height, frame.channels));
        }
        let mut decoder = Decoder::new(bytes);
        let budget = usize::try_from(plan.limits.max_memory).unwrap_or(usize::MAX);
        decoder.set_max_decoding_buffer_size(budget);
        let scaled = |length: u32| (length * eighths).div_ceil(8) as u16;
        let (width, height) =
            decoder.scale(scaled(markers.width), scaled(markers.height)).map_err(fault)?;
        let data = decoder.decode().map_err(fault)?;
        let (width, height) = (u32::from(width), u32::from(height));
        match decoder.info().map(|info| info.pixel_format) {
            Some(PixelFormat::L8) => Ok(Pixels::new(data, width, height, 1)),
            Some(PixelFormat::RGB24) => Ok(Pixels::new(data, width, height, 3)),
            Some(PixelFormat::CMYK32) => Ok(cmyk_to_rgb(data, width, height, markers.adobe)),
            _ => Err(too_much_memory(&plan.limits)),
        }
    }

    fn fault(error: jpeg_decoder::Error) -> Fault {
        match error {
            jpeg_decoder::Error::Unsupported(kind) => Fault::unsupported(format!("{kind:?}")),
            other => Fault::broken(other.to_string()),
        }
    }
}
