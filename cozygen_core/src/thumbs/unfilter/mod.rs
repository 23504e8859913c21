//! Undoing PNG's row filters for 8-bit RGB and RGBA, eight rows at a time.
//!
//! A Paeth pixel needs its left neighbour, so one row is a chain of additions
//! that no CPU can shorten; but eight rows, each two pixels behind the one
//! above, are eight chains that run in one register (`avx2`), or in two of
//! SSE2 or NEON where all eight are Paeth rows (`portable`). Other rows are
//! undone one by one (`scalar`), which is also the reference that the tests
//! compare with, beside the `png` crate.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod portable;
mod scalar;

use super::error::Fault;

/// Rows that are undone together.
pub(crate) const ROWS: usize = 8;
/// Bytes behind each row that the four-byte writes of a three-byte pixel may touch.
const PAD: usize = 16;

/// Undoes the filters of successive strips of at most [`ROWS`] rows.
pub(crate) struct Unfilter {
    width: usize,
    bpp: usize,
    strip: Vec<u8>,
    above: Vec<u8>,
}

impl Unfilter {
    /// For rows of `width` pixels of `bpp` bytes, 3 or 4.
    pub(crate) fn new(width: u32, bpp: usize) -> Self {
        let width = width as usize;
        let row = width * bpp + PAD;
        Self { width, bpp, strip: vec![0; row * ROWS], above: vec![0; row] }
    }

    /// Bytes of a row in the packed stream, with its filter.
    fn packed(&self) -> usize {
        self.width * self.bpp + 1
    }

    /// Undo the strip of `rows` rows at the beginning of `packed`.
    ///
    /// # Errors
    /// When a filter is none of the five.
    pub(crate) fn strip(&mut self, packed: &[u8], rows: usize) -> Result<(), Fault> {
        let len = self.packed();
        let filters: Vec<u8> = packed.chunks_exact(len).take(rows).map(|row| row[0]).collect();
        if filters.len() < rows || filters.iter().any(|filter| *filter > 4) {
            return Err(Fault::broken("the PNG has a row without a known filter"));
        }
        let done = self.strip_wide(packed, &filters) || self.strip_portable(packed, &filters);
        if !done {
            self.strip_scalar(packed, &filters);
        }
        let last = (rows - 1) * self.above.len();
        let end = last + self.above.len();
        self.above.copy_from_slice(&self.strip[last..end]);
        Ok(())
    }

    #[cfg(target_arch = "x86_64")]
    fn strip_wide(&mut self, packed: &[u8], filters: &[u8]) -> bool {
        let Ok(filters) = <&[u8; ROWS]>::try_from(filters) else { return false };
        // The last pixel of three bytes is read as four.
        if packed.len() <= self.packed() * ROWS || !is_x86_feature_detected!("avx2") {
            return false;
        }
        // SAFETY: AVX2 is there; `packed` has a byte more than eight rows,
        // `strip` eight rows and `above` one, each with padding behind it.
        unsafe {
            match self.bpp {
                3 => avx2::strip::<3>(packed, filters, &self.above, &mut self.strip, self.width),
                _ => avx2::strip::<4>(packed, filters, &self.above, &mut self.strip, self.width),
            }
        }
        true
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn strip_wide(&mut self, _packed: &[u8], _filters: &[u8]) -> bool {
        false
    }

    fn strip_portable(&mut self, packed: &[u8], filters: &[u8]) -> bool {
        if filters.len() < ROWS || filters.iter().any(|filter| *filter != 4) {
            return false;
        }
        match self.bpp {
            3 => portable::strip::<3>(packed, &self.above, &mut self.strip, self.width),
            _ => portable::strip::<4>(packed, &self.above, &mut self.strip, self.width),
        }
        true
    }

    fn strip_scalar(&mut self, packed: &[u8], filters: &[u8]) {
        let (len, row_len) = (self.packed(), self.above.len());
        for (index, filter) in filters.iter().enumerate() {
            let source = &packed[index * len + 1..(index + 1) * len];
            let (before, rest) = self.strip.split_at_mut(index * row_len);
            let above = if index == 0 { &self.above } else { &before[(index - 1) * row_len..] };
            let out = &mut rest[..source.len()];
            match self.bpp {
                3 => scalar::row::<3>(*filter, source, &above[..source.len()], out),
                _ => scalar::row::<4>(*filter, source, &above[..source.len()], out),
            }
        }
    }

    /// A row of the strip that was undone last.
    pub(crate) fn row(&self, index: usize) -> &[u8] {
        let start = index * self.above.len();
        &self.strip[start..start + self.width * self.bpp]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random and are the same every time.
    struct Noise(u64);

    impl Noise {
        fn byte(&mut self) -> u8 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 56) as u8
        }
    }

    fn packed(
        width: usize,
        height: usize,
        bpp: usize,
        filter: Option<u8>,
        noise: &mut Noise,
    ) -> Vec<u8> {
        let mut packed = Vec::new();
        for _ in 0..height {
            packed.push(filter.unwrap_or_else(|| noise.byte() % 5));
            packed.extend((0..width * bpp).map(|_| noise.byte()));
        }
        packed
    }

    fn by_the_png_crate(packed: &[u8], width: u32, height: u32, bpp: usize) -> Vec<u8> {
        let mut file = Vec::new();
        let mut chunk = |kind: &[u8], body: &[u8]| {
            file.extend((body.len() as u32).to_be_bytes());
            file.extend(kind);
            file.extend(body);
            file.extend([0; 4]);
        };
        let mut ihdr = [width.to_be_bytes(), height.to_be_bytes()].concat();
        ihdr.extend([8, if bpp == 3 { 2 } else { 6 }, 0, 0, 0]);
        chunk(b"IHDR", &ihdr);
        chunk(b"IDAT", &fdeflate::compress_to_vec(packed));
        chunk(b"IEND", b"");
        let file = [crate::thumbs::sniff::PNG_MAGIC.as_slice(), &file].concat();
        let mut options = png::DecodeOptions::default();
        options.set_ignore_checksums(true);
        let decoder = png::Decoder::new_with_options(std::io::Cursor::new(file), options);
        let mut reader = decoder.read_info().unwrap();
        let mut out = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut out).unwrap();
        out
    }

    fn by_strips(packed: &[u8], width: u32, height: usize, bpp: usize, wide: bool) -> Vec<u8> {
        let mut unfilter = Unfilter::new(width, bpp);
        let (len, mut out) = (unfilter.packed(), Vec::new());
        let padded = [packed, &[0; 8]].concat();
        for first in (0..height).step_by(ROWS) {
            let rows = ROWS.min(height - first);
            let end = if wide { padded.len() } else { (first + rows) * len };
            unfilter.strip(&padded[first * len..end], rows).unwrap();
            (0..rows).for_each(|index| out.extend_from_slice(unfilter.row(index)));
        }
        out
    }

    #[test]
    fn every_filter_size_and_path_agrees_with_the_png_crate() {
        let mut noise = Noise(1);
        for bpp in [3, 4] {
            for (width, height) in
                [(1, 1), (1, 9), (2, 8), (13, 16), (14, 8), (15, 8), (16, 24), (67, 33)]
            {
                for filter in [None, Some(0), Some(1), Some(2), Some(3), Some(4)] {
                    let data = packed(width as usize, height, bpp, filter, &mut noise);
                    let expected = by_the_png_crate(&data, width, height as u32, bpp);
                    for wide in [true, false] {
                        let ours = by_strips(&data, width, height, bpp, wide);
                        assert_eq!(ours, expected, "{width}×{height}×{bpp} {filter:?} wide {wide}");
                    }
                }
            }
        }
    }

    #[test]
    fn an_unknown_filter_is_an_error() {
        assert!(Unfilter::new(1, 3).strip(&[5, 0, 0, 0], 1).is_err());
        assert!(Unfilter::new(1, 3).strip(&[0, 0, 0], 1).is_err());
    }
}
