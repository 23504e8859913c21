//! The thumbhash: a picture in about 25 bytes, shown before the thumbnail is there.

use super::error::Fault;
use super::pixels::Pixels;
use super::reduce::RowReducer;
use super::resize::resize;

/// The longer side that is hashed; the hash keeps at most seven waves of it.
const SIDE: u32 = 32;

/// The thumbhash of pixels of any size.
pub(crate) fn thumbhash(pixels: &Pixels) -> Result<Vec<u8>, Fault> {
    let longer = pixels.width.max(pixels.height).max(1);
    let side = |length: u32| (length * SIDE.min(longer) / longer).max(1);
    let (width, height) = (side(pixels.width), side(pixels.height));
    // Averaged first: the filter's cost grows with what it shrinks.
    let factor = (longer / (SIDE * 2)).max(1);
    let mut reducer = RowReducer::new(pixels.width, pixels.height, pixels.channels, factor);
    pixels.data.chunks_exact(pixels.row_len()).for_each(|row| reducer.push(row));
    let (reduced, span) = reducer.finish();
    let small = resize(reduced, span, (width, height))?;
    Ok(thumbhash::rgba_to_thumb_hash(width as usize, height as usize, &rgba(&small)))
}

fn rgba(pixels: &Pixels) -> Vec<u8> {
    match pixels.channels {
        1 => pixels.data.iter().flat_map(|gray| [*gray, *gray, *gray, 255]).collect(),
        3 => pixels.data.chunks_exact(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255]).collect(),
        _ => pixels.data.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_keeps_the_colour_and_the_shape() {
        let wide = Pixels::new([250, 10, 10].repeat(200 * 100), 200, 100, 3);
        let hash = thumbhash(&wide).unwrap();
        let (red, green, _, alpha) = thumbhash::thumb_hash_to_average_rgba(&hash).unwrap();
        assert!(red > 0.9 && green < 0.1 && alpha == 1.0, "{red} {green} {alpha}");
        assert!(thumbhash::thumb_hash_to_approximate_aspect_ratio(&hash).unwrap() > 1.3);
    }

    #[test]
    fn i_57_a_fully_transparent_picture_has_a_hash_too() {
        assert!(!thumbhash(&Pixels::zeroed(9, 1, 4)).unwrap().is_empty());
    }
}
