//! The size that a JPEG inside another file states.

use std::io::{Read, Seek, SeekFrom};

use crate::error::PictureError;

/// Bytes in which the size must be found.
const LOOKED_AT: u64 = 64 << 10;

/// Columns and rows of the JPEG of `len` bytes at `offset`.
///
/// # Errors
/// When none is stated near its beginning.
pub(crate) fn jpeg_size(
    file: &mut (impl Read + Seek),
    offset: u64,
    len: u64,
) -> Result<(u32, u32), PictureError> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(offset))
        .and_then(|_| file.take(len.min(LOOKED_AT)).read_to_end(&mut head))
        .map_err(|error| PictureError::Broken(error.to_string()))?;
    stated(&head).ok_or_else(|| PictureError::Broken("a JPEG inside states no size".into()))
}

fn stated(head: &[u8]) -> Option<(u32, u32)> {
    let word = |at: usize| Some(u32::from(*head.get(at)?) << 8 | u32::from(*head.get(at + 1)?));
    let mut at = 2;
    loop {
        match (*head.get(at)?, *head.get(at + 1)?) {
            // Start of a frame; the others of the row are tables.
            (0xff, 0xc0..=0xcf) if !matches!(head[at + 1], 0xc4 | 0xc8 | 0xcc) => {
                return Some((word(at + 7)?, word(at + 5)?));
            }
            (0xff, 0xff) => at += 1,
            (0xff, _) => at += 2 + word(at + 2)? as usize,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::stated;

    const FRAME: [u8; 9] = [0xff, 0xc0, 0, 17, 8, 0, 20, 0, 33];

    #[test]
    fn the_size_is_found_behind_tables() {
        let file = [&[0xff, 0xd8, 0xff, 0xc4, 0, 4, 1, 2][..], &FRAME].concat();
        assert_eq!(stated(&file), Some((33, 20)));
    }

    #[test]
    fn a_file_without_a_frame_states_nothing() {
        for file in [&b""[..], &[0xff, 0xd8], &[0xff, 0xd8, 0xff, 0xda, 0, 0], &FRAME[..7]] {
            assert_eq!(stated(file), None);
        }
    }
}
