//! From a source's own colour space to sRGB, on the few pixels of a thumbnail.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::pixels::Pixels;

/// Convert by the profile; a profile that makes no sense changes nothing.
pub(crate) fn to_srgb(mut pixels: Pixels, icc: Option<&[u8]>) -> Pixels {
    if let Some(converted) = icc.and_then(|icc| convert(&pixels, icc)) {
        pixels.data = converted;
    }
    pixels
}

fn convert(pixels: &Pixels, icc: &[u8]) -> Option<Vec<u8>> {
    let layout = match pixels.channels {
        3 => Layout::Rgb,
        4 => Layout::Rgba,
        // A gray profile is a tone curve near sRGB's; the pixels stand as they are.
        _ => return None,
    };
    let source = ColorProfile::new_from_slice(icc).ok()?;
    if source.color_space != DataColorSpace::Rgb {
        return None;
    }
    let target = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = source.create_transform_8bit(layout, &target, layout, options).ok()?;
    let mut converted = vec![0; pixels.data.len()];
    transform.transform(&pixels.data, &mut converted).ok()?;
    Some(converted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i_31_a_profile_of_garbage_changes_nothing() {
        let pixels = Pixels::new(vec![10, 200, 30], 1, 1, 3);
        for icc in [&b""[..], b"garbage", &[0xff; 4096]] {
            assert_eq!(to_srgb(pixels.clone(), Some(icc)), pixels);
        }
    }

    #[test]
    fn a_wide_gamut_is_brought_to_srgb() {
        let icc = ColorProfile::new_display_p3().encode().unwrap();
        let p3_red = Pixels::new(vec![200, 60, 60], 1, 1, 3);
        let srgb = to_srgb(p3_red, Some(&icc));
        assert!(srgb.data[0] > 205, "more saturated in sRGB's numbers: {:?}", srgb.data);
    }
}
