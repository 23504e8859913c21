//! The last step down: Lanczos3 over premultiplied pixels.

use cozygen_pixels::{ResizeError, divide_alpha, lanczos3, multiply_alpha};

use super::error::Fault;
use super::pixels::Pixels;
use super::scratch;

/// Resize the first `span` columns and rows of `pixels` to `size`.
pub(crate) fn resize(
    mut pixels: Pixels,
    span: (f64, f64),
    size: (u32, u32),
) -> Result<Pixels, Fault> {
    let from = (pixels.width, pixels.height);
    if pixels.has_alpha() && !pixels.premultiplied {
        multiply_alpha(&mut pixels.data, from)?;
    }
    if from != size {
        let small = shrunk(&pixels.data, pixels.channels, from, span, size)?;
        scratch::give(std::mem::replace(&mut pixels, small).data);
    }
    if pixels.has_alpha() {
        divide_alpha(&mut pixels.data, size)?;
        pixels.premultiplied = false;
    }
    Ok(pixels)
}

/// Resize rows without alpha that are borrowed.
pub(crate) fn resize_rows(
    rows: &[u8],
    channels: usize,
    (width, height): (u32, u32),
    size: (u32, u32),
) -> Result<Pixels, Fault> {
    let span = (f64::from(width), f64::from(height));
    shrunk(rows, channels, (width, height), span, size)
}

fn shrunk(
    rows: &[u8],
    channels: usize,
    from: (u32, u32),
    span: (f64, f64),
    size: (u32, u32),
) -> Result<Pixels, Fault> {
    let mut data = scratch::take(size.0 as usize * size.1 as usize * channels);
    lanczos3(rows, channels, from, span, size, &mut data)?;
    Ok(Pixels::new(data, size.0, size.1, channels))
}

impl From<ResizeError> for Fault {
    fn from(error: ResizeError) -> Self {
        Self::broken(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two bands and one: the same pixels but for the last bit of a weight.
    #[test]
    fn bands_meet_without_a_seam() {
        let side = 1200;
        let data: Vec<u8> =
            (0..side * side).map(|i: u32| ((i % side) / 7 + (i / side) / 5) as u8).collect();
        let whole = Pixels::new(data.clone(), side, side, 1);
        let three = Pixels::new(data.iter().flat_map(|v| [*v; 3]).collect(), side, side, 3);
        let span = (f64::from(side), f64::from(side));
        let one = resize(whole, span, (900, 900)).unwrap();
        let banded = resize(three, span, (900, 900)).unwrap();
        let apart = one.data.iter().zip(banded.data.chunks_exact(3));
        assert!(apart.clone().all(|(one, banded)| one.abs_diff(banded[0]) <= 1));
    }

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
