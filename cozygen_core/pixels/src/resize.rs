//! Lanczos3 over interleaved 8-bit pixels, with the best instructions of the CPU.
//!
//! Only the typed interface of the resizer is used: the other one compiles the
//! filters for every pixel type there is.

use std::cell::RefCell;

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8, U8x3, U8x4};
use fast_image_resize::{FilterType, MulDiv, PixelTrait, ResizeAlg, ResizeOptions, Resizer};

/// A buffer does not have the stated size, or the crop lies outside of it.
#[derive(Debug, thiserror::Error)]
#[error("cannot resize: {0}")]
pub struct ResizeError(String);

fn error(error: impl std::fmt::Display) -> ResizeError {
    ResizeError(error.to_string())
}

/// Resize the first `span` columns and rows of `pixels`, whose size is `from`,
/// to the size `to`; `channels` is 1, 3 or 4, and alpha must be premultiplied.
///
/// # Errors
/// When `pixels` is not as long as its size says.
pub fn lanczos3(
    pixels: &[u8],
    channels: usize,
    from: (u32, u32),
    span: (f64, f64),
    to: (u32, u32),
) -> Result<Vec<u8>, ResizeError> {
    match channels {
        1 => convolve::<U8>(pixels, 1, from, span, to),
        3 => convolve::<U8x3>(pixels, 3, from, span, to),
        _ => convolve::<U8x4>(pixels, 4, from, span, to),
    }
}

/// Bytes of buffers that a thread keeps from one picture to the next.
const KEPT: usize = 16 << 20;

thread_local! {
    static RESIZER: RefCell<Resizer> = RefCell::new(Resizer::new());
}

fn convolve<P: PixelTrait>(
    pixels: &[u8],
    channels: usize,
    from: (u32, u32),
    span: (f64, f64),
    (width, height): (u32, u32),
) -> Result<Vec<u8>, ResizeError> {
    let source = TypedImageRef::<P>::from_buffer(from.0, from.1, pixels).map_err(error)?;
    let mut resized = vec![0; width as usize * height as usize * channels];
    let mut target = TypedImage::<P>::from_buffer(width, height, &mut resized).map_err(error)?;
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .crop(0.0, 0.0, span.0, span.1)
        .use_alpha(false);
    RESIZER.with_borrow_mut(|resizer| {
        let done = resizer.resize_typed(&source, &mut target, &options);
        if resizer.size_of_internal_buffers() > KEPT {
            resizer.reset_internal_buffers();
        }
        done.map_err(error)
    })?;
    Ok(resized)
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
