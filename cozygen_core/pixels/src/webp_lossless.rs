//! A lossless WebP in four bytes a pixel and no more.

use std::io::Cursor;
use std::ops::Range;

use image_webp::{DecodingError, WebPDecoder};

use crate::error::PictureError;

impl From<DecodingError> for PictureError {
    fn from(error: DecodingError) -> Self {
        Self::Broken(error.to_string())
    }
}

/// Unpack the `VP8L` chunk whose contents lie at `chunk` of a file into RGBA;
/// `out` is as long as that takes.
///
/// # Errors
/// When the chunk is broken or `out` has another length.
pub fn webp_lossless(
    file: Vec<u8>,
    chunk: Range<usize>,
    out: &mut [u8],
) -> Result<(), PictureError> {
    let file = with_alpha(file, chunk)
        .ok_or_else(|| PictureError::Broken("no picture in the WebP container".into()))?;
    WebPDecoder::new(Cursor::new(file))?.read_image(out)?;
    Ok(())
}

/// Where the contents of the only chunk begin.
const CONTENTS: usize = 20;

/// The chunk alone, stating transparency: only such a one is unpacked where it
/// is wanted. What the alpha of an opaque picture says is the caller's to ignore.
fn with_alpha(mut file: Vec<u8>, chunk: Range<usize>) -> Option<Vec<u8>> {
    if chunk.start < CONTENTS || chunk.end > file.len() || chunk.len() < 5 {
        return None;
    }
    let len = u32::try_from(chunk.len()).ok()?;
    file.copy_within(chunk, CONTENTS);
    file.truncate(CONTENTS + len as usize);
    if len % 2 == 1 {
        file.push(0);
    }
    let riff = len.checked_add(12 + len % 2)?;
    file[..4].copy_from_slice(b"RIFF");
    file[4..8].copy_from_slice(&riff.to_le_bytes());
    file[8..16].copy_from_slice(b"WEBPVP8L");
    file[16..20].copy_from_slice(&len.to_le_bytes());
    // Bit 28 behind the signature's byte.
    file[24] |= 1 << 4;
    Some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_moves_to_the_front_and_states_transparency() {
        let file = [&[9; 30][..], &[0x2f, 1, 2, 3, 0, 5, 6], &[8; 9]].concat();
        let alone = with_alpha(file.clone(), 30..37).unwrap();
        assert_eq!(alone, b"RIFF\x14\0\0\0WEBPVP8L\x07\0\0\0\x2f\x01\x02\x03\x10\x05\x06\0");
        assert_eq!(with_alpha(file.clone(), 30..33), None);
        assert_eq!(with_alpha(file, 30..60), None);
    }

    #[test]
    fn a_chunk_of_nothing_is_broken() {
        let mut out = [0; 4];
        assert!(webp_lossless(vec![0; 40], 20..40, &mut out).is_err());
    }
}
