//! Samples of a TIFF to the 8-bit channels of a picture, in place.

/// How a row of samples lies in memory, in the machine's byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Samples {
    /// Gray of one bit, eight pixels in a byte.
    Bits,
    /// So many channels of eight bits.
    Bytes(usize),
    /// So many channels of sixteen bits.
    Words(usize),
    /// So many channels from 0 to 1 in 32 bits.
    Floats(usize),
    /// Four inks of eight bits.
    Inks,
    /// Four inks of sixteen bits.
    WideInks,
}

impl Samples {
    /// Channels of the picture that is made of them.
    pub(crate) fn channels(self) -> usize {
        match self {
            Self::Bits => 1,
            Self::Bytes(channels) | Self::Words(channels) | Self::Floats(channels) => channels,
            Self::Inks | Self::WideInks => 3,
        }
    }

    /// Bytes of a row of so many pixels as it is stored.
    pub(crate) fn row_len(self, width: u32) -> usize {
        match self {
            Self::Bits => (width as usize).div_ceil(8),
            _ => width as usize * self.pixel(),
        }
    }

    /// Whether the picture is larger than what is stored.
    pub(crate) fn grow(self) -> bool {
        self == Self::Bits
    }

    fn pixel(self) -> usize {
        match self {
            Self::Bits => 1,
            Self::Bytes(channels) => channels,
            Self::Words(channels) => channels * 2,
            Self::Floats(channels) => channels * 4,
            Self::Inks => 4,
            Self::WideInks => 8,
        }
    }

    fn sample(self) -> usize {
        match self {
            Self::Bits | Self::Bytes(_) | Self::Inks => 1,
            Self::Words(_) | Self::WideInks => 2,
            Self::Floats(_) => 4,
        }
    }

    /// Lay one colour's samples between those of the others.
    pub(crate) fn spread(self, plane: &[u8], index: usize, row: &mut [u8]) {
        let sample = self.sample();
        for (pixel, from) in row.chunks_exact_mut(self.pixel()).zip(plane.chunks_exact(sample)) {
            if let Some(to) = pixel.get_mut(index * sample..(index + 1) * sample) {
                to.copy_from_slice(from);
            }
        }
    }

    /// Rows of `width` pixels to eight bits a channel.
    pub(crate) fn to_eight_bits(self, rows: &mut Vec<u8>, width: usize) {
        match self {
            Self::Bytes(_) => {}
            Self::Bits => *rows = unpack(rows, width),
            Self::Words(_) => shrink::<2, 1>(rows, |word| [narrow(word)]),
            Self::Floats(_) => shrink::<4, 1>(rows, |float| [of_one(float)]),
            Self::Inks => shrink::<4, 3>(rows, light),
            Self::WideInks => shrink::<8, 3>(rows, |inks| {
                let ink = |at: usize| narrow([inks[at], inks[at + 1]]);
                light([ink(0), ink(2), ink(4), ink(6)])
            }),
        }
    }
}

/// Every group of `N` bytes becomes `M`, which are no more.
fn shrink<const N: usize, const M: usize>(rows: &mut Vec<u8>, of: impl Fn([u8; N]) -> [u8; M]) {
    let count = rows.len() / N;
    for index in 0..count {
        let mut group = [0; N];
        group.copy_from_slice(&rows[index * N..(index + 1) * N]);
        rows[index * M..(index + 1) * M].copy_from_slice(&of(group));
    }
    rows.truncate(count * M);
}

fn unpack(rows: &[u8], width: usize) -> Vec<u8> {
    let bit = |row: &[u8], x: usize| if row[x / 8] >> (7 - x % 8) & 1 == 1 { 255 } else { 0 };
    let row_len = width.div_ceil(8).max(1);
    rows.chunks_exact(row_len).flat_map(|row| (0..width).map(move |x| bit(row, x))).collect()
}

/// The nearest of 256 steps.
fn narrow(word: [u8; 2]) -> u8 {
    ((u32::from(u16::from_ne_bytes(word)) + 128) / 257) as u8
}

fn of_one(float: [u8; 4]) -> u8 {
    (f32::from_ne_bytes(float).clamp(0.0, 1.0) * 255.0).round() as u8
}

fn light([cyan, magenta, yellow, key]: [u8; 4]) -> [u8; 3] {
    let shine = |ink: u8| ((255 - u32::from(ink)) * (255 - u32::from(key)) / 255) as u8;
    [shine(cyan), shine(magenta), shine(yellow)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(samples: Samples, bytes: &[u8], width: usize) -> Vec<u8> {
        let mut rows = bytes.to_vec();
        samples.to_eight_bits(&mut rows, width);
        rows
    }

    #[test]
    fn bits_become_black_and_white_row_by_row() {
        assert_eq!(made(Samples::Bits, &[0b1010_0000, 0b0100_0000], 3), [255, 0, 255, 0, 255, 0]);
    }

    #[test]
    fn sixteen_bits_become_the_nearest_eight() {
        let words = [0u16, 128, 129, 257, 65_535].map(u16::to_ne_bytes).concat();
        assert_eq!(made(Samples::Words(1), &words, 5), [0, 0, 1, 1, 255]);
    }

    #[test]
    fn floats_beyond_the_ends_and_none_at_all() {
        let floats = [-1.0f32, 0.5, 2.0, f32::NAN].map(f32::to_ne_bytes).concat();
        assert_eq!(made(Samples::Floats(1), &floats, 4), [0, 128, 255, 0]);
    }

    #[test]
    fn inks_darken() {
        assert_eq!(made(Samples::Inks, &[0, 255, 255, 0, 0, 0, 0, 255], 2), [255, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_plane_lies_between_the_others() {
        let mut row = [0; 6];
        Samples::Bytes(3).spread(&[7, 8], 1, &mut row);
        assert_eq!(row, [0, 7, 0, 0, 8, 0]);
    }
}
