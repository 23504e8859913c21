//! EXIF orientation: eight ways a camera may have been held.

use super::pixels::Pixels;

/// How the stored picture must be turned to stand upright, clockwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Orientation {
    NoTransforms,
    FlipHorizontal,
    Rotate180,
    FlipVertical,
    Rotate90FlipH,
    Rotate90,
    Rotate270FlipH,
    Rotate270,
}

impl Orientation {
    /// The meaning of the EXIF values 1 to 8.
    pub(crate) fn from_exif(value: u16) -> Option<Self> {
        Some(match value {
            1 => Self::NoTransforms,
            2 => Self::FlipHorizontal,
            3 => Self::Rotate180,
            4 => Self::FlipVertical,
            5 => Self::Rotate90FlipH,
            6 => Self::Rotate90,
            7 => Self::Rotate270FlipH,
            8 => Self::Rotate270,
            _ => return None,
        })
    }
}

/// The orientation that an EXIF block states; upright when it states none.
///
/// Only the first directory is read and no pointer in it is followed, so a
/// looping block costs nothing.
pub(crate) fn from_exif(block: &[u8]) -> Orientation {
    let tiff = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    tiff_orientation(tiff).unwrap_or(Orientation::NoTransforms)
}

/// The tag of the orientation in a directory.
const TAG: u16 = 0x112;

fn tiff_orientation(tiff: &[u8]) -> Option<Orientation> {
    let big_endian = match tiff.get(..4)? {
        b"II*\0" => false,
        b"MM\0*" => true,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let offset: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let directory =
        if big_endian { u32::from_be_bytes(offset) } else { u32::from_le_bytes(offset) };
    let directory = usize::try_from(directory).ok()?;
    let entries = usize::from(short(directory)?);
    (0..entries)
        .map_while(|index| Some((index, short(directory + 2 + index * 12)?)))
        .find(|(_, tag)| *tag == TAG)
        .and_then(|(index, _)| Orientation::from_exif(short(directory + 2 + index * 12 + 8)?))
}

/// Whether width and height change places.
pub(crate) fn swaps_axes(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// `(width, height)` as seen by a person.
pub(crate) fn oriented((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    if swaps_axes(orientation) { (height, width) } else { (width, height) }
}

/// Turn the pixels upright.
pub(crate) fn apply(pixels: Pixels, orientation: Orientation) -> Pixels {
    if orientation == Orientation::NoTransforms {
        return pixels;
    }
    let (width, height) = oriented((pixels.width, pixels.height), orientation);
    let mut turned = Pixels::zeroed(width, height, pixels.channels);
    turned.premultiplied = pixels.premultiplied;
    let channels = pixels.channels;
    let targets = turned.data.chunks_exact_mut(channels);
    for (index, target) in targets.enumerate() {
        let at = (index as u32 % width, index as u32 / width);
        let (x, y) = origin(at, (pixels.width, pixels.height), orientation);
        let from = (y as usize * pixels.width as usize + x as usize) * channels;
        target.copy_from_slice(&pixels.data[from..from + channels]);
    }
    turned
}

/// The stored pixel that is seen at `(x, y)`; `(w, h)` is the stored size.
fn origin((x, y): (u32, u32), (w, h): (u32, u32), orientation: Orientation) -> (u32, u32) {
    match orientation {
        Orientation::NoTransforms => (x, y),
        Orientation::FlipHorizontal => (w - 1 - x, y),
        Orientation::Rotate180 => (w - 1 - x, h - 1 - y),
        Orientation::FlipVertical => (x, h - 1 - y),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate90 => (y, h - 1 - x),
        Orientation::Rotate270FlipH => (w - 1 - y, h - 1 - x),
        Orientation::Rotate270 => (w - 1 - y, x),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// EXIF 1-8 over the picture `1 2 / 3 4`, as the EXIF standard draws them.
    #[test]
    fn i_48_every_orientation_puts_each_quadrant_in_its_place() {
        let seen: [[u8; 4]; 8] = [
            [1, 2, 3, 4],
            [2, 1, 4, 3],
            [4, 3, 2, 1],
            [3, 4, 1, 2],
            [1, 3, 2, 4],
            [3, 1, 4, 2],
            [4, 2, 3, 1],
            [2, 4, 1, 3],
        ];
        for (exif, expected) in (1..=8).zip(seen) {
            let orientation = Orientation::from_exif(exif).unwrap();
            let stored = Pixels::new(vec![1, 2, 3, 4], 2, 2, 1);
            assert_eq!(apply(stored, orientation).data, expected, "orientation {exif}");
        }
    }

    #[test]
    fn turning_sideways_swaps_the_axes() {
        let stored = Pixels::new(vec![1, 2, 3], 3, 1, 1);
        let turned = apply(stored, Orientation::Rotate90);
        assert_eq!((turned.width, turned.height, turned.data), (1, 3, vec![1, 2, 3]));
    }

    #[test]
    fn i_49_nonsense_orientations_leave_the_picture_upright() {
        for value in [0u16, 9, 65535] {
            let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
            exif.extend(value.to_le_bytes());
            exif.extend([0, 0, 0, 0, 0, 0]);
            assert_eq!(from_exif(&exif), Orientation::NoTransforms, "value {value}");
        }
        assert_eq!(from_exif(b"II*\0\xff\xff\xff\xff"), Orientation::NoTransforms);
    }
}
