//! The chunks of a WebP container in memory.

use std::ops::Range;

/// Chunks that are looked at.
const MOST: usize = 4096;

/// The first frame of an animation as a file of its own, and where it belongs.
pub(crate) struct Frame {
    pub(crate) at: (u32, u32),
    pub(crate) size: (u32, u32),
    pub(crate) file: Vec<u8>,
}

/// Where the contents of the first chunk of a kind lie, as far as the file goes.
pub(crate) fn find(file: &[u8], kind: &[u8; 4]) -> Option<Range<usize>> {
    let mut at = 12;
    for _ in 0..MOST {
        let (name, rest) = file.get(at..)?.split_at_checked(4)?;
        let len = u32::from_le_bytes(*rest.first_chunk()?) as usize;
        let start = at + 8;
        if name == kind {
            return Some(start..file.len().min(start.checked_add(len)?));
        }
        at = start.checked_add(len)?.checked_add(len % 2)?;
    }
    None
}

/// Unwrap the first frame of an animation.
pub(crate) fn first_frame(file: &[u8]) -> Option<Frame> {
    let frame = &file[find(file, b"ANMF")?];
    let (head, picture) = frame.split_at_checked(16)?;
    let three = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], 0]);
    let (at, size) = ((three(0) * 2, three(3) * 2), (three(6) + 1, three(9) + 1));
    // Transparency in a chunk of its own is only read behind a header that says so.
    let header = if picture.starts_with(b"ALPH") { &head[6..12] } else { &[] };
    Some(Frame { at, size, file: wrap(header, picture)? })
}

fn wrap(extended: &[u8], chunks: &[u8]) -> Option<Vec<u8>> {
    let extra = if extended.is_empty() { 0 } else { 18 };
    let len = u32::try_from(4 + extra + chunks.len()).ok()?;
    let mut file = Vec::with_capacity(len as usize + 8);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&len.to_le_bytes());
    file.extend_from_slice(b"WEBP");
    if !extended.is_empty() {
        file.extend_from_slice(b"VP8X\x0a\0\0\0\x10\0\0\0");
        file.extend_from_slice(extended);
    }
    file.extend_from_slice(chunks);
    Some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: &[u8; 4], contents: &[u8]) -> Vec<u8> {
        [&name[..], &(contents.len() as u32).to_le_bytes(), contents, &[0][..contents.len() % 2]]
            .concat()
    }

    #[test]
    fn a_chunk_is_found_behind_one_of_odd_length_and_cut_at_the_end() {
        let file = [b"RIFF\0\0\0\0WEBP".to_vec(), chunk(b"EXIF", b"odd"), chunk(b"VP8L", b"abcd")];
        let file = file.concat();
        assert_eq!(find(&file, b"VP8L"), Some(32..36));
        assert_eq!(find(&file[..34], b"VP8L"), Some(32..34));
        assert_eq!(find(&file, b"ALPH"), None);
        assert_eq!(find(&file[..20], b"VP8L"), None);
    }

    #[test]
    fn a_frame_becomes_a_file() {
        let head = [1, 0, 0, 2, 0, 0, 7, 0, 0, 9, 0, 0, 40, 0, 0, 0];
        let frame = |picture: Vec<u8>| {
            [b"RIFF\0\0\0\0WEBP".to_vec(), chunk(b"ANMF", &[&head[..], &picture].concat())].concat()
        };
        let plain = first_frame(&frame(chunk(b"VP8 ", b"xy"))).unwrap();
        assert_eq!((plain.at, plain.size), ((2, 4), (8, 10)));
        assert_eq!(plain.file, b"RIFF\x0e\0\0\0WEBPVP8 \x02\0\0\0xy");
        let seen_through = first_frame(&frame(chunk(b"ALPH", b"xy"))).unwrap();
        assert_eq!(seen_through.file[12..30], *b"VP8X\x0a\0\0\0\x10\0\0\0\x07\0\0\x09\0\0");
        assert!(first_frame(b"RIFF\0\0\0\0WEBPANMF\x02\0\0\0xy").is_none());
    }
}
