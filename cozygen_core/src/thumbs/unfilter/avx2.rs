//! Eight rows in one register: lane `r` works two pixels behind lane `r - 1`.
//!
//! At step `t` lane `r` undoes pixel `t - 2r`. What it needs from above was
//! made by lane `r - 1` two steps ago, so that moving it over one lane is off
//! the critical path, which is the lane's own previous pixel.

use std::arch::x86_64::{
    __m128i, __m256i, _mm_cvtsi32_si128, _mm_insert_epi32, _mm256_add_epi8, _mm256_adds_epu8,
    _mm256_and_si256, _mm256_avg_epu8, _mm256_blend_epi32, _mm256_blendv_epi8,
    _mm256_castsi128_si256, _mm256_castsi256_si128, _mm256_cmpeq_epi8, _mm256_extract_epi32,
    _mm256_extracti128_si256, _mm256_loadu_si256, _mm256_max_epu8, _mm256_min_epu8,
    _mm256_or_si256, _mm256_permutevar8x32_epi32, _mm256_set_m128i, _mm256_set1_epi8,
    _mm256_setr_epi32, _mm256_setzero_si256, _mm256_sub_epi8, _mm256_subs_epu8, _mm256_xor_si256,
};

use super::ROWS;

/// Steps between the first lane's first pixel and the last lane's.
const LAG: usize = 2 * (ROWS - 1);

/// Which lanes have which filter.
struct Masks {
    left: __m256i,
    up: __m256i,
    average: __m256i,
    paeth: __m256i,
}

/// What the last steps left: pixels, the ones of the step before, and those above.
#[derive(Clone, Copy)]
struct State {
    last: __m256i,
    last_but_one: __m256i,
    above: __m256i,
}

/// Undo eight rows.
///
/// # Safety
/// The CPU has AVX2. `packed` is longer than eight rows of `1 + width * B`
/// bytes; `above` has one row of `width * B` bytes and four more; `out` has
/// eight rows, each as long as `above`.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn strip<const B: usize>(
    packed: &[u8],
    filters: &[u8; ROWS],
    above: &[u8],
    out: &mut [u8],
    width: usize,
) {
    let masks = Masks {
        left: mask(filters, 1),
        up: mask(filters, 2),
        average: mask(filters, 3),
        paeth: mask(filters, 4),
    };
    let all_paeth = filters.iter().all(|filter| *filter == 4);
    let zero = _mm256_setzero_si256();
    let mut state = State { last: zero, last_but_one: zero, above: zero };
    let (packed_len, out_len) = (1 + width * B, above.len());
    let rows = Rows::<B> { packed: packed.as_ptr(), packed_len, out: out.as_mut_ptr(), out_len };
    let full = LAG.min(width);
    // SAFETY: every step reads and writes only pixels inside of the rows, or
    // the padding promised by the caller.
    unsafe {
        for step in 0..full {
            edge::<B>(&rows, step, width, above, &masks, &mut state);
        }
        if all_paeth {
            for step in full..width {
                inner::<B, true>(&rows, step, above, &masks, &mut state);
            }
        } else {
            for step in full..width {
                inner::<B, false>(&rows, step, above, &masks, &mut state);
            }
        }
        for step in width..width + LAG {
            edge::<B>(&rows, step, width, above, &masks, &mut state);
        }
    }
}

/// Where the eight rows lie.
struct Rows<const B: usize> {
    packed: *const u8,
    packed_len: usize,
    out: *mut u8,
    out_len: usize,
}

impl<const B: usize> Rows<B> {
    /// # Safety
    /// Pixel `x` of row `row` must exist.
    #[inline(always)]
    unsafe fn source(&self, row: usize, x: usize) -> i32 {
        // SAFETY: as promised by the caller; the fourth byte of the last
        // pixel is the byte that follows the rows.
        unsafe { self.packed.add(row * self.packed_len + 1 + x * B).cast::<i32>().read_unaligned() }
    }

    /// # Safety
    /// As for `source`; the row has padding behind its last pixel.
    #[inline(always)]
    unsafe fn store(&self, row: usize, x: usize, pixel: i32) {
        // SAFETY: as promised by the caller.
        unsafe { self.out.add(row * self.out_len + x * B).cast::<i32>().write_unaligned(pixel) }
    }
}

#[target_feature(enable = "avx2")]
fn mask(filters: &[u8; ROWS], filter: u8) -> __m256i {
    let lane = |index: usize| if filters[index] == filter { -1 } else { 0 };
    _mm256_setr_epi32(lane(0), lane(1), lane(2), lane(3), lane(4), lane(5), lane(6), lane(7))
}

/// A step in which every lane has a pixel.
///
/// # Safety
/// `LAG <= step < width`.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn inner<const B: usize, const ALL_PAETH: bool>(
    rows: &Rows<B>,
    step: usize,
    above: &[u8],
    masks: &Masks,
    state: &mut State,
) {
    // SAFETY: lane `r` reads and writes pixel `step - 2r`, which exists.
    unsafe {
        let source = |row: usize| rows.source(row, step - 2 * row);
        let low = four(source(0), source(1), source(2), source(3));
        let high = four(source(4), source(5), source(6), source(7));
        let first = above.as_ptr().add(step * B).cast::<i32>().read_unaligned();
        let pixels = undo::<ALL_PAETH>(_mm256_set_m128i(high, low), first, masks, state);
        let (low, high) = (_mm256_castsi256_si128(pixels), _mm256_extracti128_si256::<1>(pixels));
        use std::arch::x86_64::_mm_extract_epi32 as lane;
        rows.store(0, step, lane::<0>(low));
        rows.store(1, step - 2, lane::<1>(low));
        rows.store(2, step - 4, lane::<2>(low));
        rows.store(3, step - 6, lane::<3>(low));
        rows.store(4, step - 8, lane::<0>(high));
        rows.store(5, step - 10, lane::<1>(high));
        rows.store(6, step - 12, lane::<2>(high));
        rows.store(7, step - 14, lane::<3>(high));
    }
}

#[inline]
#[target_feature(enable = "avx2")]
fn four(a: i32, b: i32, c: i32, d: i32) -> __m128i {
    let pixels = _mm_insert_epi32::<1>(_mm_cvtsi32_si128(a), b);
    _mm_insert_epi32::<3>(_mm_insert_epi32::<2>(pixels, c), d)
}

/// A step in which some lanes are outside of their row.
///
/// # Safety
/// `step < width + LAG`.
#[target_feature(enable = "avx2")]
unsafe fn edge<const B: usize>(
    rows: &Rows<B>,
    step: usize,
    width: usize,
    above: &[u8],
    masks: &Masks,
    state: &mut State,
) {
    let place = |row: usize| step.checked_sub(2 * row).filter(|x| *x < width);
    let (mut source, mut inside) = ([0i32; ROWS], [0i32; ROWS]);
    for row in 0..ROWS {
        if let Some(x) = place(row) {
            // SAFETY: the pixel exists.
            source[row] = unsafe { rows.source(row, x) };
            inside[row] = -1;
        }
    }
    let first = if step < width {
        // SAFETY: `above` has a pixel there and padding behind it.
        unsafe { above.as_ptr().add(step * B).cast::<i32>().read_unaligned() }
    } else {
        0
    };
    // SAFETY: both arrays have 32 bytes.
    let (source, inside) = unsafe {
        (_mm256_loadu_si256(source.as_ptr().cast()), _mm256_loadu_si256(inside.as_ptr().cast()))
    };
    undo::<false>(source, first, masks, state);
    // Before its row begins a lane's neighbours are black.
    state.last = _mm256_and_si256(state.last, inside);
    let pixels = lanes(state.last);
    for (row, pixel) in pixels.into_iter().enumerate() {
        if let Some(x) = place(row) {
            // SAFETY: the pixel exists.
            unsafe { rows.store(row, x, pixel) };
        }
    }
}

#[target_feature(enable = "avx2")]
fn lanes(pixels: __m256i) -> [i32; ROWS] {
    [
        _mm256_extract_epi32::<0>(pixels),
        _mm256_extract_epi32::<1>(pixels),
        _mm256_extract_epi32::<2>(pixels),
        _mm256_extract_epi32::<3>(pixels),
        _mm256_extract_epi32::<4>(pixels),
        _mm256_extract_epi32::<5>(pixels),
        _mm256_extract_epi32::<6>(pixels),
        _mm256_extract_epi32::<7>(pixels),
    ]
}

/// One pixel in every lane; `first` is the pixel above the first lane.
#[inline]
#[target_feature(enable = "avx2")]
fn undo<const ALL_PAETH: bool>(
    source: __m256i,
    first: i32,
    masks: &Masks,
    state: &mut State,
) -> __m256i {
    let over = _mm256_setr_epi32(7, 0, 1, 2, 3, 4, 5, 6);
    let moved = _mm256_permutevar8x32_epi32(state.last_but_one, over);
    let up = _mm256_blend_epi32::<1>(moved, _mm256_castsi128_si256(_mm_cvtsi32_si128(first)));
    let (left, corner) = (state.last, state.above);
    let predicted = if ALL_PAETH {
        paeth(left, up, corner)
    } else {
        let paeth = _mm256_and_si256(paeth(left, up, corner), masks.paeth);
        let average = _mm256_and_si256(average(left, up), masks.average);
        let plain =
            _mm256_or_si256(_mm256_and_si256(left, masks.left), _mm256_and_si256(up, masks.up));
        _mm256_or_si256(_mm256_or_si256(paeth, average), plain)
    };
    let pixels = _mm256_add_epi8(source, predicted);
    *state = State { last: pixels, last_but_one: left, above: up };
    pixels
}

/// Half of the sum, rounded down (the instruction rounds up).
#[inline]
#[target_feature(enable = "avx2")]
fn average(left: __m256i, up: __m256i) -> __m256i {
    let odd = _mm256_and_si256(_mm256_xor_si256(left, up), _mm256_set1_epi8(1));
    _mm256_sub_epi8(_mm256_avg_epu8(left, up), odd)
}

#[inline]
#[target_feature(enable = "avx2")]
fn distance(a: __m256i, b: __m256i) -> __m256i {
    _mm256_or_si256(_mm256_subs_epu8(a, b), _mm256_subs_epu8(b, a))
}

/// Paeth's predictor in bytes. `|a + b - 2c|` is the sum of the two distances
/// where `a` and `b` lie on the same side of `c`, else their difference; a sum
/// above 255 may saturate, for it is then not the smallest anyway.
#[inline]
#[target_feature(enable = "avx2")]
fn paeth(left: __m256i, up: __m256i, corner: __m256i) -> __m256i {
    let (pa, pb) = (distance(up, corner), distance(left, corner));
    let up_above = _mm256_cmpeq_epi8(_mm256_max_epu8(up, corner), up);
    let left_above = _mm256_cmpeq_epi8(_mm256_max_epu8(left, corner), left);
    let opposite = _mm256_xor_si256(up_above, left_above);
    let pc = _mm256_blendv_epi8(_mm256_adds_epu8(pa, pb), distance(pa, pb), opposite);
    let smaller = _mm256_min_epu8(pb, pc);
    let other = _mm256_blendv_epi8(corner, up, _mm256_cmpeq_epi8(smaller, pb));
    let is_left = _mm256_cmpeq_epi8(_mm256_min_epu8(pa, smaller), pa);
    _mm256_blendv_epi8(other, left, is_left)
}
