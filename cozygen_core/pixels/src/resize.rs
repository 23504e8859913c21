//! Lanczos3 over interleaved 8-bit pixels, with the best instructions of the CPU.
//!
//! Only the typed interface of the resizer is used: the other one compiles the
//! filters for every pixel type there is.

use std::cell::RefCell;

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8, U8x3, U8x4};
use fast_image_resize::{
    Filter, FilterType, MulDiv, PixelTrait, ResizeAlg, ResizeOptions, Resizer,
};

use crate::lanczos;

/// A buffer does not have the stated size, or the crop lies outside of it.
#[derive(Debug, thiserror::Error)]
#[error("cannot resize: {0}")]
pub struct ResizeError(String);

fn error(error: impl std::fmt::Display) -> ResizeError {
    ResizeError(error.to_string())
}

/// Resize the first `span` columns and rows of `pixels`, whose size is `from`,
/// into `out`, whose size is `to`; `channels` is 1, 3 or 4, and alpha must be
/// premultiplied.
///
/// # Errors
/// When `pixels` or `out` is not as long as its size says.
pub fn lanczos3(
    pixels: &[u8],
    channels: usize,
    from: (u32, u32),
    span: (f64, f64),
    to: (u32, u32),
    out: &mut [u8],
) -> Result<(), ResizeError> {
    match channels {
        1 => convolve::<U8>(pixels, from, span, to, out),
        3 => convolve::<U8x3>(pixels, from, span, to, out),
        _ => convolve::<U8x4>(pixels, from, span, to, out),
    }
}

/// Bytes that lie between the vertical and the horizontal pass at once.
const BETWEEN: usize = 2 << 20;
/// Bytes of buffers that a thread keeps from one picture to the next.
const KEPT: usize = 4 << 20;

thread_local! {
    static RESIZER: RefCell<Resizer> = RefCell::new(Resizer::new());
}

/// Band by band, so that the rows between the two passes stay few.
fn convolve<P: PixelTrait>(
    pixels: &[u8],
    from: (u32, u32),
    span: (f64, f64),
    (width, height): (u32, u32),
    out: &mut [u8],
) -> Result<(), ResizeError> {
    let source = TypedImageRef::<P>::from_buffer(from.0, from.1, pixels).map_err(error)?;
    let lanczos3 = Filter::new("Lanczos3", lanczos::lanczos3, 3.0).map_err(error)?;
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Custom(lanczos3)))
        .use_alpha(false);
    let channels = size_of::<P>();
    let band = (BETWEEN / (from.0 as usize * channels)).clamp(16, 1 << 20);
    let scale = span.1 / f64::from(height);
    for (index, out) in out.chunks_mut(band * width as usize * channels).enumerate() {
        let first = index * band;
        let rows = band.min((height as usize).saturating_sub(first));
        let mut target = TypedImage::<P>::from_buffer(width, rows as u32, out).map_err(error)?;
        let (top, tall) = (first as f64 * scale, rows as f64 * scale);
        let options = options.crop(0.0, top, span.0, tall.min(f64::from(from.1) - top));
        resize_band(&source, &mut target, &options)?;
    }
    Ok(())
}

fn resize_band<P: PixelTrait>(
    source: &TypedImageRef<P>,
    target: &mut TypedImage<P>,
    options: &ResizeOptions,
) -> Result<(), ResizeError> {
    RESIZER.with_borrow_mut(|resizer| {
        let done = resizer.resize_typed(source, target, options);
        if resizer.size_of_internal_buffers() > KEPT {
            resizer.reset_internal_buffers();
        }
        done.map_err(error)
    })
}

/// Multiply the colour of RGBA pixels by their alpha.
///
/// # Errors
/// When `pixels` is not as long as its size says.
pub fn multiply_alpha(pixels: &mut [u8], (width, height): (u32, u32)) -> Result<(), ResizeError> {
    let mut image = TypedImage::<U8x4>::from_buffer(width, height, pixels).map_err(error)?;
    MulDiv::new().multiply_alpha_inplace_typed(&mut image).map_err(error)
}

/// Undo [`multiply_alpha`].
///
/// # Errors
/// When `pixels` is not as long as its size says.
pub fn divide_alpha(pixels: &mut [u8], (width, height): (u32, u32)) -> Result<(), ResizeError> {
    let mut image = TypedImage::<U8x4>::from_buffer(width, height, pixels).map_err(error)?;
    MulDiv::new().divide_alpha_inplace_typed(&mut image).map_err(error)
}
