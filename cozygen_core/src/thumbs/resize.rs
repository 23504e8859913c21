//! The last step down: Lanczos3 over premultiplied pixels.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, MulDiv, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::error::Fault;
use super::pixels::Pixels;

/// Resize the first `span` columns and rows of `pixels` to `(width, height)`.
pub(crate) fn resize(
    mut pixels: Pixels,
    span: (f64, f64),
    (width, height): (u32, u32),
) -> Result<Pixels, Fault> {
    let kind = pixel_type(pixels.channels);
    if pixels.has_alpha() && !pixels.premultiplied {
        multiply(&mut pixels)?;
    }
    if (pixels.width, pixels.height) != (width, height) {
        pixels = convolve(&pixels, kind, span, (width, height))?;
    }
    if pixels.has_alpha() {
        divide(&mut pixels)?;
    }
    Ok(pixels)
}

fn convolve(
    pixels: &Pixels,
    kind: PixelType,
    span: (f64, f64),
    (width, height): (u32, u32),
) -> Result<Pixels, Fault> {
    let source = ImageRef::new(pixels.width, pixels.height, &pixels.data, kind).map_err(fault)?;
    let mut target = Image::new(width, height, kind);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .crop(0.0, 0.0, span.0, span.1)
        .use_alpha(false);
    Resizer::new().resize(&source, &mut target, &options).map_err(fault)?;
    let premultiplied = pixels.premultiplied;
    Ok(Pixels { premultiplied, ..Pixels::new(target.into_vec(), width, height, pixels.channels) })
}

fn pixel_type(channels: usize) -> PixelType {
    match channels {
        1 => PixelType::U8,
        3 => PixelType::U8x3,
        _ => PixelType::U8x4,
    }
}

fn multiply(pixels: &mut Pixels) -> Result<(), Fault> {
    let (width, height) = (pixels.width, pixels.height);
    let mut image = Image::from_slice_u8(width, height, &mut pixels.data, PixelType::U8x4)
        .map_err(fault)?;
    MulDiv::new().multiply_alpha_inplace(&mut image).map_err(fault)?;
    pixels.premultiplied = true;
    Ok(())
}

fn divide(pixels: &mut Pixels) -> Result<(), Fault> {
    let (width, height) = (pixels.width, pixels.height);
    let mut image = Image::from_slice_u8(width, height, &mut pixels.data, PixelType::U8x4)
        .map_err(fault)?;
    MulDiv::new().divide_alpha_inplace(&mut image).map_err(fault)?;
    pixels.premultiplied = false;
    Ok(())
}

fn fault(error: impl std::fmt::Display) -> Fault {
    Fault::broken(format!("cannot resize: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_colour_stays_that_colour() {
        let pixels = Pixels::new([90, 140, 230].repeat(100 * 40), 100, 40, 3);
        let small = resize(pixels, (100.0, 40.0), (25, 10)).unwrap();
        assert_eq!((small.width, small.height), (25, 10));
        assert_eq!(small.data, [90, 140, 230].repeat(250));
    }

    #[test]
    fn colour_under_transparency_does_not_show_at_the_edge() {
        let half = [[255, 0, 0, 0].repeat(20), [0, 0, 255, 255].repeat(20)].concat();
        let small = resize(Pixels::new(half.repeat(40), 40, 40, 4), (40.0, 40.0), (10, 10));
        let small = small.unwrap();
        assert!(small.data.chunks_exact(4).all(|pixel| pixel[0] == 0), "no red bleeds through");
    }
}
