//! Two rows of RGB to one of half the width: the commonest reduction, with SIMD.

/// Average 2 × 2 boxes of the RGB rows `a` and `b`; an odd last column is left out.
pub(crate) fn rgb(a: &[u8], b: &[u8], out: &mut Vec<u8>) {
    let pixels = a.len().min(b.len()) / 6;
    let start = out.len();
    out.resize(start + pixels * 3, 0);
    let done = wide(a, b, &mut out[start..]);
    let rest = a.chunks_exact(6).zip(b.chunks_exact(6)).zip(out[start..].chunks_exact_mut(3));
    for ((a, b), out) in rest.skip(done) {
        for channel in 0..3 {
            let sum = u16::from(a[channel])
                + u16::from(a[channel + 3])
                + u16::from(b[channel])
                + u16::from(b[channel + 3]);
            out[channel] = ((sum + 2) / 4) as u8;
        }
    }
}

/// How many pixels of `out` were made.
#[cfg(target_arch = "x86_64")]
fn wide(a: &[u8], b: &[u8], out: &mut [u8]) -> usize {
    if !is_x86_feature_detected!("ssse3") {
        return 0;
    }
    // SAFETY: SSSE3 is there.
    unsafe { ssse3(a, b, out) }
}

/// How many pixels of `out` were made.
#[cfg(target_arch = "aarch64")]
fn wide(a: &[u8], b: &[u8], out: &mut [u8]) -> usize {
    // SAFETY: every CPU of this target has NEON.
    unsafe { neon(a, b, out) }
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn wide(_a: &[u8], _b: &[u8], _out: &mut [u8]) -> usize {
    0
}

/// Four pixels of each row make two; sixteen bytes are read and eight written.
///
/// # Safety
/// The CPU has SSSE3.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "ssse3")]
unsafe fn ssse3(a: &[u8], b: &[u8], out: &mut [u8]) -> usize {
    use std::arch::x86_64::{
        _mm_add_epi16, _mm_loadu_si128, _mm_maddubs_epi16, _mm_packus_epi16, _mm_set1_epi8,
        _mm_set1_epi16, _mm_setr_epi8, _mm_shuffle_epi8, _mm_srli_epi16, _mm_storel_epi64,
    };
    // Neighbours of the same channel side by side.
    let pairs = _mm_setr_epi8(0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11, -1, -1, -1, -1);
    let (ones, round) = (_mm_set1_epi8(1), _mm_set1_epi16(2));
    let mut index = 0;
    while index * 12 + 16 <= a.len().min(b.len()) && index * 6 + 8 <= out.len() {
        // SAFETY: sixteen bytes can be read and eight written, checked above.
        unsafe {
            let row = |from: &[u8]| {
                let bytes = _mm_loadu_si128(from.as_ptr().add(index * 12).cast());
                _mm_maddubs_epi16(_mm_shuffle_epi8(bytes, pairs), ones)
            };
            let sums = _mm_add_epi16(_mm_add_epi16(row(a), row(b)), round);
            let averages = _mm_srli_epi16::<2>(sums);
            let target = out.as_mut_ptr().add(index * 6).cast();
            _mm_storel_epi64(target, _mm_packus_epi16(averages, averages));
        }
        index += 1;
    }
    index * 2
}

/// Sixteen pixels of each row make eight, their channels taken apart on the way.
///
/// # Safety
/// The CPU has NEON.
#[cfg(target_arch = "aarch64")]
#[target_feature(enable = "neon")]
unsafe fn neon(a: &[u8], b: &[u8], out: &mut [u8]) -> usize {
    use std::arch::aarch64::{
        uint8x8x3_t, uint8x16_t, vaddq_u16, vld3q_u8, vpaddlq_u8, vrshrn_n_u16, vst3_u8,
    };
    let average =
        |a: uint8x16_t, b: uint8x16_t| vrshrn_n_u16::<2>(vaddq_u16(vpaddlq_u8(a), vpaddlq_u8(b)));
    let groups = (a.len().min(b.len()) / 48).min(out.len() / 24);
    for index in 0..groups {
        // SAFETY: 48 bytes can be read and 24 written, counted above.
        unsafe {
            let a = vld3q_u8(a.as_ptr().add(index * 48));
            let b = vld3q_u8(b.as_ptr().add(index * 48));
            let made = uint8x8x3_t(average(a.0, b.0), average(a.1, b.1), average(a.2, b.2));
            vst3_u8(out.as_mut_ptr().add(index * 24), made);
        }
    }
    groups * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simd_and_plain_agree_at_every_width() {
        let row = |seed: u32, len: usize| -> Vec<u8> {
            (0..len as u32)
                .map(|i| (i.wrapping_mul(2_654_435_761).wrapping_add(seed) >> 24) as u8)
                .collect()
        };
        for pixels in 0..70 {
            let (a, b) = (row(1, pixels * 3), row(99, pixels * 3));
            let mut out = vec![7];
            rgb(&a, &b, &mut out);
            let plain: Vec<u8> = a
                .chunks_exact(6)
                .zip(b.chunks_exact(6))
                .flat_map(|(a, b)| {
                    [0, 1, 2].map(|c| {
                        let sum =
                            [a[c], a[c + 3], b[c], b[c + 3]].map(u16::from).iter().sum::<u16>();
                        ((sum + 2) / 4) as u8
                    })
                })
                .collect();
            assert_eq!(out[0], 7);
            assert_eq!(out[1..], plain, "{pixels} pixels");
        }
    }
}
