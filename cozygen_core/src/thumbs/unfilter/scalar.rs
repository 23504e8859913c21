//! One row at a time: the reference, and what runs without AVX2.

/// Undo one row of `B`-byte pixels; all slices have the same length.
pub(super) fn row<const B: usize>(filter: u8, source: &[u8], above: &[u8], out: &mut [u8]) {
    match filter {
        1 => undo::<B>(source, above, out, |left, _, _| left),
        2 => undo::<B>(source, above, out, |_, up, _| up),
        3 => undo::<B>(source, above, out, |left, up, _| {
            ((u16::from(left) + u16::from(up)) / 2) as u8
        }),
        4 => undo::<B>(source, above, out, paeth),
        _ => out.copy_from_slice(source),
    }
}

#[inline(always)]
fn undo<const B: usize>(
    source: &[u8],
    above: &[u8],
    out: &mut [u8],
    predict: impl Fn(u8, u8, u8) -> u8,
) {
    let (mut left, mut corner) = ([0; B], [0; B]);
    let pixels = source.chunks_exact(B).zip(above.chunks_exact(B)).zip(out.chunks_exact_mut(B));
    for ((source, above), out) in pixels {
        for channel in 0..B {
            let predicted = predict(left[channel], above[channel], corner[channel]);
            left[channel] = source[channel].wrapping_add(predicted);
            corner[channel] = above[channel];
        }
        out.copy_from_slice(&left);
    }
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let (pa, pb, pc) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    if pa <= pb && pa <= pc {
        left
    } else if pb <= pc {
        up
    } else {
        corner
    }
}
